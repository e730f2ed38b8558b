"""Quotients around 1, the view of the map of areas, and the frames of Alaska and Hawaii in it."""

import json

import pandas as pd
import pytest

from charts.location_quotients import quotient_dots, quotient_text
from maps import choropleth
from maps.geometry import to_pixels
from maps.insets import FRAMES, in_frame, with_framed_names
from maps.view_fit import CARD_MAP_HEIGHT_PX

REGIONS = pd.DataFrame(
    {"region": ["Ohio", "Texas", "FRK2"], "lq": [1.84, 0.9, 1.67], "basis": ["stated", "stated", "computed"]}
)


def layers(deck) -> dict[str, dict]:
    """Layers of a map by id."""
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def square(west: float, south: float, size: float = 4.0) -> dict:
    """An area of this many degrees."""
    east, north = west + size, south + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def test_one_stands_in_the_middle_of_the_axis():
    """0.5 is as far from it as 2, whichever quotients there are."""
    low, high = quotient_dots(REGIONS, label="region", value="lq", basis="basis").figure["layout"]["xaxis"]["range"]
    assert low == -high and 10**high == pytest.approx(1.84)


def test_rows_that_are_left_out_are_said_where_they_would_stand():
    chart = quotient_dots(REGIONS, label="region", value="lq", basis="basis", left_out=(2, 30))
    assert chart.figure["layout"]["yaxis"]["categoryarray"] == ["Ohio", "FRK2", "… 30 more between …", "Texas"]
    stems = [shape["y0"] for shape in chart.figure["layout"]["shapes"] if shape.get("x1") in (1.84, 1.67, 0.9)]
    assert stems == [0, 1, 3]


@pytest.mark.parametrize(
    ("value", "text"), [(1.836, "1.84"), (0.02, "0.02"), (0.0012, "0.0012"), (0.00001, "under 0.0001")]
)
def test_a_small_quotient_is_not_written_as_zero(value, text):
    assert quotient_text(value) == text


def test_a_framed_state_keeps_its_shape_and_its_islands():
    """Islands beyond the antimeridian stay west of the others; width and height in web Mercator have one scale."""
    shape = {
        "type": "MultiPolygon",
        "coordinates": [square(-160, 60, 6)["coordinates"], square(178, 52, 1)["coordinates"]],
    }
    land, island = in_frame("US-AK", shape)["coordinates"]
    assert max(point[0] for point in island[0]) < min(point[0] for point in land[0])

    def size(ring):
        pixels = [to_pixels(*point, 6) for point in ring]
        return tuple(max(one[at] for one in pixels) - min(one[at] for one in pixels) for at in (0, 1))

    (wide, high), (old_wide, old_high) = size(land[0]), size(square(-160, 60, 6)["coordinates"][0])
    assert wide / high == pytest.approx(old_wide / old_high, rel=0.01) and wide < old_wide


def test_names_of_framed_states_stand_in_their_frames():
    rows = [
        {"name": "Alaska", "kind": "state", "lon": -150.96, "lat": 65.84, "area": 271.6},
        {"name": "Ohio", "kind": "state", "lon": -82.99, "lat": 40.11, "area": 11.3},
    ]
    alaska, ohio = with_framed_names(rows, ["US-AK"])
    west, south, east, north = FRAMES["US-AK"]
    assert west < alaska["lon"] < east and south < alaska["lat"] < north and ohio == rows[1]


@pytest.mark.parametrize("width", [360, 1000])
def test_the_first_view_holds_the_areas_with_a_quotient(width):
    """All of them within the map, whatever its width, Alaska in a frame; Maine has no figure and does not count."""
    shapes = {"US-OH": square(-84, 38), "US-TX": square(-104, 28), "US-ME": square(-70, 44), "US-AK": square(-160, 60)}
    frame = pd.DataFrame(
        {"region_code": list(shapes), "region": list(shapes), "location_quotient": [1.2, 2.0, None, 3.0]}
    ).assign(tip="x", quotient_gap=[None, None, "withheld", None])
    assert choropleth.framed_states(frame) == ["US-AK"]
    deck = choropleth.quotient_map(frame, shapes, "USA", width=width)
    view = json.loads(deck.to_json())["initialViewState"]
    x, y = to_pixels(view["longitude"], view["latitude"], view["zoom"])
    corners = [to_pixels(longitude, latitude, view["zoom"]) for longitude, latitude in ((-141, 28), (-80, 42))]
    offsets = [(abs(a - x), abs(b - y)) for a, b in corners]
    assert all(a < width / 2 and b < CARD_MAP_HEIGHT_PX / 2 for a, b in offsets)
    assert max(max(a / width, b / CARD_MAP_HEIGHT_PX) for a, b in offsets) > 0.35  # and they fill it
    (alaska,) = layers(deck)["framed-quotients"]["data"]["features"]
    west, south, east, north = FRAMES["US-AK"]
    ring = alaska["geometry"]["coordinates"][0][0]
    assert all(west < longitude < east and south < latitude < north for longitude, latitude in ring)
    assert [one["properties"]["tip"] for one in layers(deck)["quotients"]["data"]["features"]] == [
        "US-OH\nx",
        "US-TX\nx",
        "US-ME\nx",
    ]


def test_alaska_alone_is_in_view():
    """There is nothing else to look at; of many parts the largest counts, not an island beyond the date line."""
    parts = {
        "type": "MultiPolygon",
        "coordinates": [square(178, 51, 1)["coordinates"], square(-160, 60, 9)["coordinates"]],
    }
    frame = pd.DataFrame(
        {"region_code": ["US-AK"], "region": ["Alaska"], "location_quotient": [1.2], "tip": "x"}
    ).assign(quotient_gap=None)
    assert choropleth.framed_states(frame) == []
    view = json.loads(choropleth.quotient_map(frame, {"US-AK": parts}, "USA").to_json())["initialViewState"]
    assert view["longitude"] == pytest.approx(-155.5) and 60 < view["latitude"] < 69

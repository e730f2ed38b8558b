"""Quotients around 1, and the frames of Alaska and Hawaii beside the other states."""

import pandas as pd
import pytest

from charts.location_quotients import quotient_dots, quotient_text
from maps.geometry import to_pixels
from maps.insets import FRAMES, in_frame, with_framed_names

REGIONS = pd.DataFrame(
    {"region": ["Ohio", "Texas", "FRK2"], "lq": [1.84, 0.9, 1.67], "basis": ["stated", "stated", "computed"]}
)


def square(west: float, south: float, size: float) -> list:
    """The rings of an area of this many degrees."""
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


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
        "coordinates": [square(-160, 60, 6), square(178, 52, 1)],
    }
    land, island = in_frame("US-AK", shape)["coordinates"]
    assert max(point[0] for point in island[0]) < min(point[0] for point in land[0])

    def size(ring):
        pixels = [to_pixels(*point, 6) for point in ring]
        return tuple(max(one[at] for one in pixels) - min(one[at] for one in pixels) for at in (0, 1))

    (wide, high), (old_wide, old_high) = size(land[0]), size(square(-160, 60, 6)[0])
    assert wide / high == pytest.approx(old_wide / old_high, rel=0.01) and wide < old_wide


def test_names_of_framed_states_stand_in_their_frames():
    rows = [
        {"name": "Alaska", "kind": "state", "lon": -150.96, "lat": 65.84, "area": 271.6},
        {"name": "Ohio", "kind": "state", "lon": -82.99, "lat": 40.11, "area": 11.3},
    ]
    alaska, ohio = with_framed_names(rows, ["US-AK"])
    west, south, east, north = FRAMES["US-AK"]
    assert west < alaska["lon"] < east and south < alaska["lat"] < north and ohio == rows[1]

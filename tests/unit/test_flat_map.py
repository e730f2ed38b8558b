"""The map as a plotly figure: everything stands where it should, and nothing comes from another host."""

import math

import pandas as pd
import plotly.graph_objects as go
import pytest

from exports.images.outlines import ground
from maps.basemap import UNITS, Ground, clip, great_circle, mercator, snap
from maps.static_map import MAP_CONFIG, flat_map

LYON, BOSTON = (45.75, 4.85), (42.36, -71.06)
EARTH_KM = 6371.0


def point(key: str, side: str, at: tuple[float, float], name: str = "") -> dict:
    return {
        "organisation_id": key,
        "name": name or key,
        "side": side,
        "place": "Lyon" if side == "EU" else "Boston",
        "country_code": "FR" if side == "EU" else "US",
        "latitude": at[0],
        "longitude": at[1],
    }


@pytest.fixture
def points() -> pd.DataFrame:
    """Nine organisations in Lyon, one in Boston."""
    return pd.DataFrame([*(point(f"lyon-{n}", "EU", LYON) for n in range(9)), point("boston", "US", BOSTON)])


@pytest.fixture
def links() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "cooperation_id": status,
                "title": f"Pact {status}",
                "kind": "MoU",
                "status": status,
                "eu_organisation_id": "lyon-0",
                "eu_name": "Lyon-0",
                "eu_latitude": LYON[0],
                "eu_longitude": LYON[1],
                "us_organisation_id": "boston",
                "us_name": "Boston",
                "us_latitude": BOSTON[0],
                "us_longitude": BOSTON[1],
            }
            for status in ("possible", "signed")
        ]
    )


def trace(chart, name: str) -> dict:
    """The only trace of this name."""
    (found,) = [one for one in chart.figure["data"] if one["name"] == name]
    return found


def km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Haversine distance of (longitude, latitude) points."""
    (a, b), (c, d) = (map(math.radians, place) for place in (start, end))
    return (
        2
        * EARTH_KM
        * math.asin(math.sqrt(math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2))
    )


@pytest.mark.parametrize("latitude", [-60, 0, 45.75, 84])
def test_mercator(latitude):
    """By another formula for the same projection."""
    x, y = mercator(90, latitude)
    assert x == pytest.approx(math.pi / 2) and y == pytest.approx(math.asinh(math.tan(math.radians(latitude))))


def test_the_poles_stay_finite():
    assert mercator(0, -90) == mercator(0, -85)


def test_an_arc_is_the_shortest_way():
    """Its pieces add up to the distance, and a chord of the map would be longer."""
    path = great_circle(LYON[::-1], BOSTON[::-1])
    assert path[0] == pytest.approx(LYON[::-1]) and path[-1] == pytest.approx(BOSTON[::-1])
    length = sum(km(a, b) for a, b in zip(path, path[1:], strict=False))
    assert length == pytest.approx(km(LYON[::-1], BOSTON[::-1]), rel=1e-6)
    assert max(latitude for _, latitude in path) > LYON[0] + 3


def test_an_arc_over_the_date_line_does_not_jump():
    path = great_circle((170.0, 60.0), (-170.0, 60.0))
    assert max(abs(a[0] - b[0]) for a, b in zip(path, path[1:], strict=False)) < 5


def test_clip_keeps_what_is_inside():
    box = (0, 0, 10, 10)
    assert sorted(clip([(-5, 2), (5, 2), (5, 4), (-5, 4)], box)) == [(0, 2), (0, 4), (5, 2), (5, 4)]
    assert clip([(11, 0), (12, 0), (12, 5)], box) == []
    assert set(clip([(-9, -9), (99, -9), (99, 99), (-9, 99)], box)) == {(0, 0), (10, 0), (10, 10), (0, 10)}


def test_a_border_is_drawn_alike_from_both_sides():
    line = [(0.2, 0.1), (0.4, 0.2), (3.6, 1.1), (9.4, 2.0)]
    assert snap(line) == [(0, 0), (4, 1), (9, 2)] == snap(line[::-1])[::-1]


@pytest.mark.parametrize("extent", ["Atlantic", "Europe", "USA", "Western Europe"])
def test_plotly_takes_it_and_no_trace_fetches_anything(points, links, extent):
    """Every trace is a scatter: plotly's own maps ask another host for outlines."""
    figure = flat_map(points, links, ground(), extent).figure
    assert {one["type"] for one in figure["data"]} == {"scatter"}
    go.Figure(figure)
    assert MAP_CONFIG["scrollZoom"] and figure["layout"]["dragmode"] == "pan"


def test_circles_stand_at_their_city_and_their_area_is_the_count(points, links):
    """Pixels of deck.gl: 512 for the world at zoom 0; the view is 1000 pixels wide."""
    chart = flat_map(points, links, ground(), "Atlantic")
    lyon, boston = trace(chart, "EU"), trace(chart, "USA")
    per_radian = 512 * 2**2.0 / (2 * math.pi) * UNITS / 1000
    here, there = mercator(LYON[1], LYON[0]), mercator(BOSTON[1], BOSTON[0])
    assert lyon["x"][0] - boston["x"][0] == pytest.approx((here[0] - there[0]) * per_radian, abs=0.2)
    assert lyon["y"][0] - boston["y"][0] == pytest.approx((here[1] - there[1]) * per_radian, abs=0.2)
    assert (lyon["marker"]["size"][0] / boston["marker"]["size"][0]) ** 2 == pytest.approx(9, rel=0.01)
    assert lyon["text"] == ["9"] and boston["text"] == [""]


def test_land_lies_under_its_cities():
    """Lyon is inside an outline, the middle of the ocean is not: counted by the edges a line east of it crosses."""
    rows = pd.DataFrame([point("lyon", "EU", LYON), point("ocean", "US", (40.0, -40.0))])
    chart = flat_map(rows, pd.DataFrame(), ground(), "Atlantic")
    land = trace(chart, "land")
    edges = [
        (a, b, c, d)
        for a, b, c, d in zip(land["x"], land["y"], land["x"][1:], land["y"][1:], strict=False)
        if None not in (a, b, c, d)
    ]

    def crossed(x: float, y: float) -> int:
        return sum((b > y) != (d > y) and x < a + (y - b) * (c - a) / (d - b) for a, b, c, d in edges)

    assert crossed(trace(chart, "EU")["x"][0], trace(chart, "EU")["y"][0]) % 2 == 1
    assert crossed(trace(chart, "USA")["x"][0], trace(chart, "USA")["y"][0]) % 2 == 0


def test_links_are_styled_by_status_and_joined_to_their_circles(points, links):
    chart = flat_map(points, links, ground(), "Atlantic")
    signed, possible = trace(chart, "Signed"), trace(chart, "Possible")
    assert signed["line"]["width"] > possible["line"]["width"]
    assert signed["line"]["dash"] != possible["line"]["dash"] and signed["showlegend"] and possible["showlegend"]
    assert (signed["x"][0], signed["y"][0]) == (trace(chart, "EU")["x"][0], trace(chart, "EU")["y"][0])
    names = [one["name"] for one in chart.figure["data"]]
    assert names.index("Possible") < names.index("Signed") < names.index("EU")


def test_a_status_stands_in_the_legend_once(points, links):
    chart = flat_map(points, pd.concat([links, links], ignore_index=True), ground())
    assert [one["showlegend"] for one in chart.figure["data"] if one["name"] == "Signed"] == [True, False]


def test_markup_in_a_name_is_text(links):
    rows = pd.DataFrame([point("x", "EU", LYON, "<b>bold</b> <script>alert(1)</script>")])
    chart = flat_map(rows, links.assign(title="<a href='x'>link</a>"), ground())
    hover = trace(chart, "EU")["hovertext"][0]
    assert "&lt;b&gt;bold&lt;/b&gt; &lt;script&gt;" in hover and "<b>" not in hover
    assert "<a" not in trace(chart, "Signed")["text"]


def test_what_cannot_be_reached_is_not_drawn_nor_claimed(points, links):
    """In a file one cannot pan from Europe to Boston: no circle, no entry in the legend, and the words say so."""
    chart = flat_map(points, links, ground(), "Europe")
    assert "USA" not in {one["name"] for one in chart.figure["data"]}
    assert "9 organisations (EU 9)" in chart.alt and "1 more organisations lie beyond" in chart.alt
    nobody = flat_map(points[points["side"] == "US"], links, ground(), "Europe")
    assert "no organisation in this view" in nobody.alt


def test_what_is_wrong_is_said(points, links):
    with pytest.raises(ValueError, match="unknown extent 'Asia'; use one of Atlantic, Europe"):
        flat_map(points, links, ground(), "Asia")
    with pytest.raises(ValueError, match="nothing to draw"):
        flat_map(points.head(0), links, ground())


def test_no_outline_is_kept_that_the_view_does_not_show(points, links):
    """All land lies in the box that one can pan to."""
    empty = Ground((), (), (), ())
    chart = flat_map(points, links, ground(), "USA")
    axes = chart.figure["layout"]["xaxis"], chart.figure["layout"]["yaxis"]
    land = trace(chart, "land")
    for axis, values in zip(axes, (land["x"], land["y"]), strict=True):
        held = [value for value in values if value is not None]
        assert axis["minallowed"] - 1 <= min(held) and max(held) <= axis["maxallowed"] + 1
        assert axis["minallowed"] < axis["range"][0] and axis["range"][1] < axis["maxallowed"]
    assert len(trace(flat_map(points, links, empty, "USA"), "land")["x"]) == 0 < len(land["x"])

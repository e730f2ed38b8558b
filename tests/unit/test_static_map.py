"""The map as a plotly figure: everything is where it should be, and nothing comes from another host."""

import math

import pandas as pd
import plotly.graph_objects as go
import pytest
from map_frames import BOSTON, LYON, links_to_boston

from exports.images.outlines import basemap_geometry
from maps.basemap import VIEW_WIDTH_UNITS, BasemapGeometry
from maps.geometry import from_geojson, mercator
from maps.static_map import MAP_CONFIG, static_map


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
    return links_to_boston("lyon-0")


def trace(chart, name: str) -> dict:
    """The only trace of this name."""
    (match,) = [one for one in chart.figure["data"] if one["name"] == name]
    return match


@pytest.mark.parametrize("extent", ["Atlantic", "Europe", "USA", "Western Europe"])
def test_plotly_takes_it_and_no_trace_fetches_anything(points, links, extent):
    """Every trace is a scatter: plotly's own maps ask another host for outlines."""
    figure = static_map(points, links, basemap_geometry(), extent).figure
    assert {one["type"] for one in figure["data"]} == {"scatter"}
    go.Figure(figure)
    assert MAP_CONFIG["scrollZoom"] and figure["layout"]["dragmode"] == "pan"


def test_circles_stand_at_their_city_and_their_area_is_the_count(points, links):
    """Pixels of deck.gl: 512 for the world at zoom 0; the view is 1000 pixels wide."""
    chart = static_map(points, links, basemap_geometry(), "Atlantic")
    lyon, boston = trace(chart, "EU"), trace(chart, "USA")
    per_radian = 512 * 2**1.92 / (2 * math.pi) * VIEW_WIDTH_UNITS / 1000
    here, there = mercator(LYON[1], LYON[0]), mercator(BOSTON[1], BOSTON[0])
    assert lyon["x"][0] - boston["x"][0] == pytest.approx((here[0] - there[0]) * per_radian, abs=0.2)
    assert lyon["y"][0] - boston["y"][0] == pytest.approx((here[1] - there[1]) * per_radian, abs=0.2)
    assert (lyon["marker"]["size"][0] / boston["marker"]["size"][0]) ** 2 == pytest.approx(9, rel=0.01)
    assert lyon["text"] == ["9"] and boston["text"] == [""]


def test_land_lies_under_its_cities():
    """Lyon is inside an outline, the middle of the ocean is not: counted by the edges a line east of it crosses."""
    rows = pd.DataFrame([point("lyon", "EU", LYON), point("ocean", "US", (40.0, -40.0))])
    chart = static_map(rows, pd.DataFrame(), basemap_geometry(), "Atlantic")
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


def test_links_are_styled_by_commitment_and_joined_to_their_circles(points, links):
    chart = static_map(points, links, basemap_geometry(), "Atlantic")
    signed, possible = trace(chart, "Agreement (signed)"), trace(chart, "Intention (possible)")
    assert signed["line"]["width"] > possible["line"]["width"]
    assert signed["line"]["dash"] != possible["line"]["dash"] and signed["showlegend"] and possible["showlegend"]
    assert (signed["x"][0], signed["y"][0]) == (trace(chart, "EU")["x"][0], trace(chart, "EU")["y"][0])
    names = [one["name"] for one in chart.figure["data"]]
    assert names.index("Intention (possible)") < names.index("Agreement (signed)") < names.index("EU")


def test_a_commitment_stands_in_the_legend_once(points, links):
    chart = static_map(points, pd.concat([links, links], ignore_index=True), basemap_geometry())
    assert [one["showlegend"] for one in chart.figure["data"] if one["name"] == "Agreement (signed)"] == [True, False]


def test_markup_in_a_name_is_text(links):
    rows = pd.DataFrame([point("x", "EU", LYON, "<b>bold</b> <script>alert(1)</script>")])
    chart = static_map(rows, links.assign(title="<a href='x'>link</a>"), basemap_geometry())
    hover = trace(chart, "EU")["hovertext"][0]
    assert "&lt;b&gt;bold&lt;/b&gt; &lt;script&gt;" in hover and "<b>" not in hover
    assert "<a" not in trace(chart, "Agreement (signed)")["text"]


def test_what_cannot_be_reached_is_not_drawn_nor_claimed(points, links):
    """In a file one cannot pan from Europe to Boston: no circle, no entry in the legend, and the alt text says so."""
    chart = static_map(points, links, basemap_geometry(), "Europe")
    assert "USA" not in {one["name"] for one in chart.figure["data"]}
    assert "9 organisations and regional clusters (EU 9)" in chart.alt and "1 more lies beyond" in chart.alt
    nobody = static_map(points[points["side"] == "US"], links, basemap_geometry(), "Europe")
    assert "no organisation or regional cluster in this view" in nobody.alt


def test_what_is_wrong_is_said(points, links):
    with pytest.raises(ValueError, match="unknown extent 'Asia'; use one of Atlantic, Europe"):
        static_map(points, links, basemap_geometry(), "Asia")
    with pytest.raises(ValueError, match="nothing to draw"):
        static_map(points.head(0), links, basemap_geometry())


def test_no_outline_is_kept_that_the_view_does_not_show(points, links):
    """All land lies in the box that one can pan to."""
    empty = BasemapGeometry(from_geojson([]), (), from_geojson([]), from_geojson([]), ())
    chart = static_map(points, links, basemap_geometry(), "USA")
    axes = chart.figure["layout"]["xaxis"], chart.figure["layout"]["yaxis"]
    land = trace(chart, "land")
    for axis, values in zip(axes, (land["x"], land["y"]), strict=True):
        held = [value for value in values if value is not None]
        assert axis["minallowed"] - 1 <= min(held) and max(held) <= axis["maxallowed"] + 1
        assert axis["minallowed"] < axis["range"][0] and axis["range"][1] < axis["maxallowed"]
    assert len(trace(static_map(points, links, empty, "USA"), "land")["x"]) == 0 < len(land["x"])

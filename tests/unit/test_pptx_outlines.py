"""The map of the slides: the projection, the cut at the frame, and how much is drawn."""

import json
import math
from pathlib import Path

import pytest
import shapely

from exports.pptx.outlines import View, countries, lakes, state_borders
from exports.pptx.text import Box
from maps.extents import EXTENTS
from maps.geometry import great_circle

BOX = Box(44, 150, 650, 300)
STATIC = Path(__file__).parents[2] / "static"


def test_web_mercator():
    """The centre of the extent is the centre of the box; distances are those of the formula."""
    view = View(BOX, EXTENTS["Atlantic"])
    assert view.place(-58.0, 49.0) == pytest.approx((44 + 325, 150 + 150))
    world = 512 * 2**1.92 * min(650 / 1000, 300 / 560)
    boston, barcelona = view.place(-71.06, 42.36), view.place(2.16, 41.39)
    assert barcelona[0] - boston[0] == pytest.approx(world * (2.16 + 71.06) / 360)

    def north(degrees: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(degrees) / 2))

    assert barcelona[1] - boston[1] == pytest.approx(world * (north(42.36) - north(41.39)) / (2 * math.pi))


@pytest.mark.parametrize("name", ["Atlantic", "Europe", "USA"])
def test_outlines_are_cut_and_light(name):
    """Nothing stands out of the frame (but by rounding), and PowerPoint has few points to draw."""
    view = View(BOX, EXTENTS[name])
    found = dict(countries(view))
    rings = [*(ring for own in found.values() for ring in own), *lakes(view), *state_borders(view)]
    assert 500 < sum(map(len, rings)) < 7000
    for ring in rings:
        for x, y in ring:
            assert 43 <= x <= 44 + 651 and 149 <= y <= 451
    wanted = {
        "Atlantic": {"United States of America", "France"},
        "Europe": {"Germany", "Italy"},
        "USA": {"Mexico", "Canada"},
    }
    assert wanted[name] <= set(found)
    assert "Australia" not in found


def test_neighbours_share_their_border():
    """France and Spain have points of one line in common: no gap opens between them."""
    found = dict(countries(View(BOX, EXTENTS["Europe"])))
    france, spain = ({point for ring in found[name] for point in ring} for name in ("France", "Spain"))
    assert len(france & spain) >= 4


def test_great_circle():
    """A quarter of the equator, and the way over the pole between opposite meridians."""
    way = great_circle((0.0, 0.0), (90.0, 0.0), steps=2)
    assert way[1] == pytest.approx((45.0, 0.0))
    over = great_circle((0.0, 60.0), (180.0, 60.0), steps=2)
    assert over[1][1] == pytest.approx(90.0)


def test_outlines_stay_close_to_the_source():
    """Nineteen of twenty corners of Germany are within a point of the outline drawn; narrow inlets may be closed."""
    view = View(BOX, EXTENTS["Europe"])
    drawn = max((shapely.Polygon(ring) for ring in dict(countries(view))["Germany"]), key=lambda own: own.area)
    features = json.loads((STATIC / "countries.json").read_text(encoding="utf-8"))["features"]
    (parts,) = [own["geometry"]["coordinates"] for own in features if own["properties"]["name"] == "Germany"]
    source = max(
        (shapely.Polygon([view.place(*point) for point in part[0]]) for part in parts), key=lambda own: own.area
    )
    distances = sorted(shapely.distance(shapely.points(shapely.get_coordinates(source.exterior)), drawn.exterior))
    assert distances[round(0.95 * len(distances))] < 1
    assert drawn.area == pytest.approx(source.area, rel=0.02)

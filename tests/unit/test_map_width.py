"""The map of cooperations shows both coasts of the Atlantic, whatever the width of its container."""

import json
import math

import pandas as pd
import pytest

from maps.cooperation_map import cooperation_map
from maps.extents import DESIGN_WIDTH_PX
from settings import ROOT
from ui.parts.map_width import MAX_HEIGHT_PX, SCREEN_WIDTH_PX, map_height_px

WORLD_PX = 512  # width of the world at zoom 0, as deck.gl counts
# From that of a window of 320 pixels on.
CONTAINERS_PX = (288, 320, 358, 400, 488, 588, 668, 768, 820, 906, 1000, 1400, 2100, 2560)


@pytest.fixture(scope="module")
def located() -> pd.DataFrame:
    """Organisations of both sides that have coordinates."""
    frame = pd.read_csv(ROOT / "data" / "organisations.csv", dtype=str, keep_default_na=False)
    frame = frame[frame["side"].isin(["EU", "US"]) & (frame["latitude"] != "")]
    assert len(frame) > 200
    return frame.assign(latitude=frame["latitude"].astype(float), longitude=frame["longitude"].astype(float))


def world(longitude: float, latitude: float, zoom: float) -> tuple[float, float]:
    """Pixels of a place in Web Mercator, written out here apart from the code under test."""
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)
    return (longitude / 360 * WORLD_PX * 2**zoom, -north * WORLD_PX * 2**zoom)


def view(located: pd.DataFrame, width: int) -> dict[str, float]:
    """What the browser is told to show on a map that is laid out for this width."""
    deck = json.loads(cooperation_map(located, pd.DataFrame(), "Atlantic", width=width).to_json())
    return deck["initialViewState"]


def layouts(container: int) -> set[int]:
    """Narrowest and widest layout that assets/map_width.js leaves as it is in a container of this width."""
    least = math.ceil(0.85 * min(container, DESIGN_WIDTH_PX))
    return {max(least, CONTAINERS_PX[0]), min(container + 2, DESIGN_WIDTH_PX)}


@pytest.mark.parametrize("container", CONTAINERS_PX)
def test_both_coasts_are_in_view(located, container):
    """Every organisation of both sides, from Alaska to Cyprus, and nothing beyond the poles."""
    for width in layouts(container):
        shown, height = view(located, width), map_height_px(width)
        centre = world(shown["longitude"], shown["latitude"], shown["zoom"])
        for row in located.itertuples():
            x, y = world(row.longitude, row.latitude, shown["zoom"])
            assert abs(x - centre[0]) <= container / 2, (row.name, width)
            assert abs(y - centre[1]) <= height / 2, (row.name, width)
        assert shown["zoom"] >= shown["minZoom"], "or the map would be drawn closer"
        assert centre[1] - height / 2 >= -WORLD_PX * 2 ** shown["zoom"] / 2 - 1, "blank above the north pole"


def test_heights():
    assert [map_height_px(width) for width in (200, 358, 488, 900)] == [320, 358, 488, 560]
    assert MAX_HEIGHT_PX == 560 and SCREEN_WIDTH_PX == 875

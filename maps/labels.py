"""Placement of the names of countries and states: beside the circles, not under them or on another name."""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from charts.chart import text_px
from maps.geometry import TILE_SIZE_PX, to_pixels

COUNTRY_SIZE_PX = 12.0
STATE_SIZE_PX = 10.5
CANDIDATES_EACH_WAY = 3
MAX_SHIFT_SHARE = 0.3  # of the side of a square as large as the area: a name must not reach the neighbour
MIN_SHIFT_PX = 8.0  # smallest limit of a shift; names of the smallest states are wider than these anyway
MAX_COVERING_CIRCLES = 1  # on a name that is still written
NEAR_X_PX, NEAR_Y_PX = 150, 80  # circles farther from a name do not reach it
Box = tuple[float, float, float, float]  # left, top, right, bottom
Circle = tuple[float, float, float]  # x, y and radius in pixels


def place_labels(
    labels: Sequence[Mapping[str, Any]],
    circles: Iterable[Circle],
    zoom: float,
    min_area: float,
    state_names: bool,
    sizes: tuple[float, float] = (COUNTRY_SIZE_PX, STATE_SIZE_PX),
) -> list[dict[str, Any]]:
    """Rows of the text layer: name, lon, lat, size (pixels), offset ([x, y] pixels).

    labels: name, kind ('country' or 'state'), lon, lat, area (square degrees), as in
    static/labels.json. circles: centre and radius in pixels of `zoom`. `sizes` are the font sizes of countries and of
    states, in pixels. Only areas larger than `min_area` are named; states only with `state_names`, and then they
    replace the name of the United States. Larger areas are placed first, at the nearest position that covers no
    circle. A name is left out when no position in its area is free of other names and under at most
    MAX_COVERING_CIRCLES circles.
    """
    circles = list(circles)
    taken: list[Box] = []
    placed = []
    for label in sorted(labels, key=lambda label: (-label["area"], label["name"])):
        is_state = label["kind"] == "state"
        if label["area"] <= min_area or not _is_wanted(label, state_names):
            continue
        size = sizes[is_state]
        x, y = to_pixels(label["lon"], label["lat"], zoom)
        side = math.sqrt(label["area"] / math.cos(math.radians(label["lat"]))) / 360 * TILE_SIZE_PX * 2**zoom
        candidates = _Candidates(x, y, label["name"], size, max(MAX_SHIFT_SHARE * side, MIN_SHIFT_PX))
        choice = _best(candidates, circles, taken)
        if choice:
            offset, box = choice
            taken.append(box)
            placed.append(
                {"name": label["name"], "lon": label["lon"], "lat": label["lat"], "size": size, "offset": list(offset)}
            )
    return placed


def _is_wanted(label: Mapping[str, Any], state_names: bool) -> bool:
    if label["kind"] == "state":
        return state_names
    return not (state_names and label["name"] == "United States")


class _Candidates:
    """Offsets to try for a name, nearest first, with the box that the name would fill."""

    def __init__(self, x: float, y: float, name: str, size: float, max_shift: float) -> None:
        self.x, self.y = x, y
        self.half_width, self.half_height = text_px(name, size) / 2, size * 0.6
        step = min(max_shift / CANDIDATES_EACH_WAY, size)
        shifts = [round(number * step, 1) for number in range(-CANDIDATES_EACH_WAY, CANDIDATES_EACH_WAY + 1)]
        grid = [offset for offset in itertools.product(shifts, shifts) if math.hypot(*offset) <= max_shift]
        self.offsets = sorted(grid, key=lambda offset: (math.hypot(*offset), offset))

    def box(self, offset: tuple[float, float]) -> Box:
        x, y = self.x + offset[0], self.y + offset[1]
        return x - self.half_width, y - self.half_height, x + self.half_width, y + self.half_height


def _best(candidates: _Candidates, circles: list[Circle], taken: list[Box]) -> tuple[tuple[float, float], Box] | None:
    """The first offset free of names and circles, else the one free of names under the fewest circles, or None."""
    near = [
        circle
        for circle in circles
        if abs(circle[0] - candidates.x) < NEAR_X_PX and abs(circle[1] - candidates.y) < NEAR_Y_PX
    ]
    best, fewest = None, MAX_COVERING_CIRCLES + 1
    for offset in candidates.offsets:
        box = candidates.box(offset)
        if any(_overlap(box, other) for other in taken):
            continue
        covering = sum(_touches(box, circle) for circle in near)
        if covering < fewest:
            best, fewest = (offset, box), covering
        if not covering:
            break
    return best


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _touches(box: Box, circle: Circle) -> bool:
    """Whether a circle overlaps a box."""
    x, y, radius = circle
    across = max(box[0] - x, 0, x - box[2])
    down = max(box[1] - y, 0, y - box[3])
    return math.hypot(across, down) < radius

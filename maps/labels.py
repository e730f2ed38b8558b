"""Where the names of countries and states stand: beside the circles, not under them, nor on another name."""

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any

from maps.geometry import TILE_SIZE_PX, to_pixels

COUNTRY_SIZE = 12.0  # pixels
STATE_SIZE = 10.5
CHAR_WIDTH_EM = 0.6  # of the size, on average
STEPS = 3  # candidates each way
SHIFT = 0.3  # of the side of a square of the area's size: a name must not wander into the neighbour
MIN_SHIFT = 8.0  # pixels; names of the smallest states are wider than these anyway
MAX_COVERED = 1  # circles on a name that is still worth writing
Box = tuple[float, float, float, float]  # left, top, right, bottom
Circle = tuple[float, float, float]  # x, y, radius


def place_labels(
    labels: Sequence[dict[str, Any]],
    circles: Iterable[Circle],
    zoom: float,
    least_area: float,
    state_names: bool,
    sizes: tuple[float, float] = (COUNTRY_SIZE, STATE_SIZE),
) -> list[dict[str, Any]]:
    """Rows of the text layer: name, lon, lat, size (pixels), offset ([x, y] pixels).

    labels: name, kind ('country' or 'state'), lon, lat, area (square degrees), as in
    static/labels.json. circles: centre and radius in pixels of `zoom`. Names of areas up to
    `least_area` are left out; states only with `state_names`, and then not the country round
    them. The larger area chooses first and takes the place nearest to its own that covers no
    circle; `sizes` are the letters of countries and states, in pixels. A name without a place free of other names, or under more than MAX_COVERED circles
    wherever it stands in its area, is left out.
    """
    circles = list(circles)
    taken: list[Box] = []
    placed = []
    for label in sorted(labels, key=lambda label: (-label["area"], label["name"])):
        is_state = label["kind"] == "state"
        if label["area"] <= least_area or (
            not state_names if is_state else state_names and label["name"] == "United States"
        ):
            continue
        size = sizes[is_state]
        x, y = to_pixels(label["lon"], label["lat"], zoom)
        side = math.sqrt(label["area"] / math.cos(math.radians(label["lat"]))) / 360 * TILE_SIZE_PX * 2**zoom
        choice = _best(_Candidates(x, y, label["name"], size, max(SHIFT * side, MIN_SHIFT)), circles, taken)
        if choice:
            offset, box = choice
            taken.append(box)
            placed.append(
                {"name": label["name"], "lon": label["lon"], "lat": label["lat"], "size": size, "offset": list(offset)}
            )
    return placed


class _Candidates:
    """Offsets worth trying for a name, nearest first, with the box the name would fill."""

    def __init__(self, x: float, y: float, name: str, size: float, most: float) -> None:
        self.x, self.y = x, y
        self.half_width, self.half_height = len(name) * size * CHAR_WIDTH_EM / 2, size * 0.6
        step = min(most / STEPS, size)
        shifts = [round(number * step, 1) for number in range(-STEPS, STEPS + 1)]
        grid = [offset for offset in itertools.product(shifts, shifts) if math.hypot(*offset) <= most]
        self.offsets = sorted(grid, key=lambda offset: (math.hypot(*offset), offset))

    def box(self, offset: tuple[float, float]) -> Box:
        x, y = self.x + offset[0], self.y + offset[1]
        return x - self.half_width, y - self.half_height, x + self.half_width, y + self.half_height


def _best(candidates: _Candidates, circles: list[Circle], taken: list[Box]) -> tuple[tuple[float, float], Box] | None:
    """The first offset free of names and circles, else one free of names under no more than MAX_COVERED circles."""
    reach = [circle for circle in circles if abs(circle[0] - candidates.x) < 150 and abs(circle[1] - candidates.y) < 80]
    best, fewest = None, MAX_COVERED + 1
    for offset in candidates.offsets:
        box = candidates.box(offset)
        if any(_overlap(box, other) for other in taken):
            continue
        covered = sum(_covers(box, circle) for circle in reach)
        if covered < fewest:
            best, fewest = (offset, box), covered
        if not covered:
            break
    return best


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _covers(box: Box, circle: Circle) -> bool:
    """Whether a circle touches a box."""
    x, y, radius = circle
    across = max(box[0] - x, 0, x - box[2])
    down = max(box[1] - y, 0, y - box[3])
    return math.hypot(across, down) < radius

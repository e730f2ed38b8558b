"""Outlines for a map of native shapes: web Mercator, cut to the view, on a grid fine enough for a slide.

Every point is rounded to the same grid, so that neighbours still share their border.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from exports.images.outlines import ground
from exports.pptx.text import Box
from maps.basemap import TILE, Point, clip, mercator
from maps.cooperation_map import DESIGN_WIDTH, Extent
from settings import load_settings

Ring = list[Point]

DESIGN_HEIGHT = 560  # pixels; with DESIGN_WIDTH what the extents of the map are made for
GRID = 1.0  # points
MIN_RING = 5.0  # square points; smaller islands are left out


@dataclass(frozen=True)
class View:
    """A map in a box of a slide: where a place stands, and whether it stands within the box."""

    box: Box
    extent: Extent

    @cached_property
    def _projection(self) -> tuple[float, float, float]:
        """Points of the whole world, and where the meridian of Greenwich and the equator lie on the slide."""
        scale = min(self.box.width / DESIGN_WIDTH, self.box.height / DESIGN_HEIGHT)
        world = TILE * 2**self.extent.zoom * scale
        left = self.box.left + self.box.width / 2 - self.extent.longitude / 360 * world
        return world, left, self.box.top + self.box.height / 2 + mercator(0, self.extent.latitude)[1] / math.tau * world

    def place(self, longitude: float, latitude: float) -> Point:
        """Points from the left and top of the slide."""
        world, left, top = self._projection
        east, north = mercator(longitude, latitude)
        return left + east / math.tau * world, top - north / math.tau * world

    @property
    def zoom(self) -> float:
        """The zoom of deck.gl at which a pixel is a point of the slide."""
        return math.log2(self._projection[0] / TILE)

    def holds(self, point: Point) -> bool:
        """Whether a point of the slide lies in the box."""
        return 0 <= point[0] - self.box.left <= self.box.width and 0 <= point[1] - self.box.top <= self.box.height


# The ground of a view never changes while the program runs: worked out once for all exports.
@lru_cache(maxsize=8)
def countries(view: View) -> tuple[tuple[str, list[Ring]], ...]:
    """Name and rings of every country in the view."""
    found = (
        (feature["properties"]["name"], [ring for outline in _polygons(feature) for ring in _visible(view, outline)])
        for feature in _countries()
    )
    return tuple((name, rings) for name, rings in found if rings)


@lru_cache(maxsize=8)
def lakes(view: View) -> list[Ring]:
    """Rings of the larger lakes in the view."""
    return [ring for outline in ground().lakes for ring in _visible(view, outline)]


@lru_cache(maxsize=8)
def state_borders(view: View) -> list[Ring]:
    """Open lines between US states."""
    lines = []
    for line in ground().borders:
        points = _gridded([view.place(*point[:2]) for point in line])
        if len(points) > 1 and all(map(view.holds, points)):
            lines.append(points)
    return lines


@lru_cache(maxsize=1)
def _countries() -> list[dict]:
    """With their names, which the ground of other maps has no use for."""
    return json.loads((load_settings().static_dir / "countries.json").read_text(encoding="utf-8"))["features"]


def _polygons(feature: dict) -> Iterator[list]:
    """Outer and inner rings alike: holes are cut by the even-odd rule."""
    shape = feature["geometry"]
    for polygon in [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]:
        yield from polygon


def _visible(view: View, outline: list) -> list[Ring]:
    """The part of a ring inside the box, or nothing."""
    box = view.box
    longitudes, latitudes = [point[0] for point in outline], [point[1] for point in outline]
    # Most of the world is elsewhere: two corners tell, without projecting the ring.
    xs, ys = zip(view.place(min(longitudes), max(latitudes)), view.place(max(longitudes), min(latitudes)), strict=True)
    if max(xs) < box.left or min(xs) > box.left + box.width or max(ys) < box.top or min(ys) > box.top + box.height:
        return []
    ring = _gridded(
        clip(
            [view.place(*point[:2]) for point in outline],
            (box.left, box.top, box.left + box.width, box.top + box.height),
        )
    )
    return [ring] if len(ring) > 3 and abs(_area(ring)) >= MIN_RING else []


def _gridded(points: Ring) -> Ring:
    """Rounded to the grid, without points that then say nothing new."""
    rounded = [(round(x / GRID) * GRID, round(y / GRID) * GRID) for x, y in points]
    kept: Ring = []
    for point in rounded:
        if kept and kept[-1] == point:
            continue
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) == 0:
            kept.pop()
        kept.append(point)
    return _thinned(kept)


def _thinned(points: Ring) -> Ring:
    """About half of the points that stand out by one step of the grid go.

    Which half hangs on the place of the point alone, never on the direction or start of the
    outline: so two neighbours lose the same points of their border.
    """
    inner = zip(points, points[1:], points[2:], strict=False)
    kept = [here for before, here, after in inner if abs(_turn(before, here, after)) > 1.5 * GRID**2 or _is_kept(here)]
    return [*points[:1], *kept, *points[-1:]] if len(points) > 2 else points


def _is_kept(point: Point) -> bool:
    column, row = (round(value / GRID) for value in point)
    return bool((column * 73856093 ^ row * 19349663) & 8)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2

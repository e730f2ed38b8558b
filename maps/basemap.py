"""Ground of a flat map: outlines on Mercator's projection, cut to a view and snapped to a grid as fine as it shows; great circles."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
UNITS = 2000  # steps of the grid across the view: half a pixel, and still two when zoomed in fourfold
ROOM = 0.45  # of the width of the view: how far ground reaches beyond it on each side
TILE = 512  # pixels of the world at zoom 0, as deck.gl counts
ARC_STEPS = 28


@dataclass(frozen=True)
class Ground:
    """Outlines in degrees, (longitude, latitude): closed rings of land and lakes, open lines of state borders.

    `names` are rows of name, kind ('country' or 'state'), lon, lat and area (square degrees).
    """

    land: tuple[Sequence[Point], ...]
    lakes: tuple[Sequence[Point], ...]
    borders: tuple[Sequence[Point], ...]
    names: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class View:
    """A window on Mercator's plane: lower left corner and the grid's unit (radians), height in units; UNITS wide."""

    left: float
    bottom: float
    unit: float
    height: float

    def at(self, longitude: float, latitude: float) -> Point:
        """Degrees to units of the grid."""
        x, y = mercator(longitude, latitude)
        return (x - self.left) / self.unit, (y - self.bottom) / self.unit

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the ground that is drawn, in units."""
        room = UNITS * ROOM
        return -room, -room, UNITS + room, self.height + room

    def holds(self, place: Point) -> bool:
        """True within the box."""
        left, bottom, right, top = self.box
        return left < place[0] < right and bottom < place[1] < top


def view_of(latitude: float, longitude: float, zoom: float, pixels: float, aspect: float) -> View:
    """The view of a map `pixels` wide and `aspect` times as high, round a centre (degrees) at a zoom of deck.gl."""
    width = 2 * math.pi * pixels / (TILE * 2**zoom)
    x, y = mercator(longitude, latitude)
    return View(x - width / 2, y - width * aspect / 2, width / UNITS, UNITS * aspect)


def mercator(longitude: float, latitude: float) -> Point:
    """Degrees to Mercator's plane, in radians; latitudes are held within 85 degrees."""
    held = max(-85.0, min(85.0, latitude))
    return math.radians(longitude), math.log(math.tan(math.pi / 4 + math.radians(held) / 2))


def great_circle(start: Point, end: Point, steps: int = ARC_STEPS) -> list[Point]:
    """Points (longitude, latitude) of the shortest way on the globe; longitudes run on past 180, without a jump."""
    first, last = _on_sphere(*start), _on_sphere(*end)
    angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(first, last, strict=True)))))
    if angle < 1e-6:
        return [start, end]
    path: list[Point] = []
    for step in range(steps + 1):
        near, far = (math.sin(part * angle) / math.sin(angle) for part in (1 - step / steps, step / steps))
        x, y, z = (near * a + far * b for a, b in zip(first, last, strict=True))
        longitude = math.degrees(math.atan2(y, x))
        if path:
            longitude += 360 * round((path[-1][0] - longitude) / 360)
        path.append((longitude, math.degrees(math.asin(max(-1.0, min(1.0, z))))))
    return path


def _on_sphere(longitude: float, latitude: float) -> tuple[float, float, float]:
    east, north = math.radians(longitude), math.radians(latitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def rings_in(rings: Iterable[Sequence[Point]], view: View) -> Iterator[list[Point]]:
    """The parts of closed rings within the view's box, closed again."""
    for ring in rings:
        shown = snap(clip([view.at(*point) for point in ring], view.box))
        if len(shown) > 2:
            yield [*shown, shown[0]]


def lines_in(lines: Iterable[Sequence[Point]], view: View) -> Iterator[list[Point]]:
    """Lines with a point in the box; they are short, and plotly hides what reaches out."""
    for line in lines:
        shown = snap([view.at(*point) for point in line])
        if len(shown) > 1 and any(map(view.holds, shown)):
            yield shown


def snap(points: Iterable[Point]) -> list[tuple[int, int]]:
    """Points on whole units, repeated ones left out: a border is drawn alike from both of its sides."""
    kept: list[tuple[int, int]] = []
    for x, y in points:
        place = (round(x), round(y))
        if not kept or place != kept[-1]:
            kept.append(place)
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def clip(ring: list[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """The part of a ring within a box (left, bottom, right, top), side by side (Sutherland and Hodgman)."""
    left, bottom, right, top = box
    for axis, limit, sign in ((0, left, 1), (1, bottom, 1), (0, right, -1), (1, top, -1)):
        kept: list[Point] = []
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
            here_in, there_in = sign * here[axis] >= sign * limit, sign * there[axis] >= sign * limit
            if here_in:
                kept.append(here)
            if here_in != there_in:
                part = (limit - here[axis]) / (there[axis] - here[axis])
                kept.append((here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])))
        ring = kept
        if not ring:
            return []
    return ring

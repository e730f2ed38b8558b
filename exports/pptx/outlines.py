"""Outlines for a map of native shapes: web Mercator, simplified, clipped to the frame, on a grid for slides.

All measures are points of the slide. Countries are simplified together and rounded to the same grid, so that
neighbours keep their common border.
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely

from exports.images.outlines import basemap_geometry
from exports.pptx.text import Box
from maps.extents import DESIGN_WIDTH_PX, Extent
from maps.geometry import (
    TILE_SIZE_PX,
    Bounds,
    FloatArray,
    Point,
    clip_lines,
    clip_polygons,
    lines,
    mercator,
    mercator_points,
    project,
    rings,
)

Ring = list[Point]

DESIGN_HEIGHT = 560  # pixels; with DESIGN_WIDTH_PX the size for which the extents of the map are defined
GRID = 1.0
TOLERANCE = 0.7  # corners that change an outline by less than about the square of this are removed
MIN_AREA = 5.0  # smaller islands and lakes are left out


@dataclass(frozen=True)
class View:
    """A map in a box of a slide."""

    box: Box
    extent: Extent

    @cached_property
    def _projection(self) -> tuple[float, float, float]:
        """Width of the whole world, and where the prime meridian and the equator are on the slide."""
        scale = min(self.box.width / DESIGN_WIDTH_PX, self.box.height / DESIGN_HEIGHT)
        world = TILE_SIZE_PX * 2**self.extent.zoom * scale
        left = self.box.left + self.box.width / 2 - self.extent.longitude / 360 * world
        return world, left, self.box.top + self.box.height / 2 + mercator(0, self.extent.latitude)[1] / math.tau * world

    def to_slide(self, points: FloatArray) -> FloatArray:
        """Rows of (longitude, latitude) in degrees as distances from the left and the top of the slide."""
        world, left, top = self._projection
        return mercator_points(points) * (world / math.tau, -world / math.tau) + (left, top)

    def place(self, longitude: float, latitude: float) -> Point:
        """One point of `to_slide`."""
        ((x, y),) = self.to_slide(np.array([[longitude, latitude]])).tolist()
        return x, y

    @property
    def zoom(self) -> float:
        """The zoom of deck.gl at which a pixel is a point of the slide."""
        return math.log2(self._projection[0] / TILE_SIZE_PX)

    @property
    def bounds(self) -> Bounds:
        """The box, as its smallest and largest coordinates."""
        return self.box.left, self.box.top, self.box.left + self.box.width, self.box.top + self.box.height

    def contains(self, point: Point) -> bool:
        """Whether a point of the slide lies in the box."""
        left, top, right, bottom = self.bounds
        return left <= point[0] <= right and top <= point[1] <= bottom


# The basemap of a view does not change while the program runs: computed once for all exports.
@lru_cache(maxsize=8)
def countries(view: View) -> tuple[tuple[str, list[Ring]], ...]:
    """Name and rings of every country in the view."""
    basemap = basemap_geometry()
    shapes = shapely.coverage_simplify(project(basemap.countries, view.to_slide), TOLERANCE)
    drawn = (
        (name, rings(clip_polygons(shapes[at : at + 1], view.bounds, GRID, MIN_AREA)))
        for at, name in enumerate(basemap.country_names)
    )
    return tuple((name, outline) for name, outline in drawn if outline)


@lru_cache(maxsize=8)
def lakes(view: View) -> list[Ring]:
    """Rings of the larger lakes in the view."""
    shapes = shapely.coverage_simplify(project(basemap_geometry().lakes, view.to_slide), TOLERANCE)
    return rings(clip_polygons(shapes, view.bounds, GRID, MIN_AREA))


@lru_cache(maxsize=8)
def state_borders(view: View) -> list[Ring]:
    """Open lines between US states."""
    borders = project(basemap_geometry().state_borders, view.to_slide)
    return lines(clip_lines(borders, view.bounds, TOLERANCE))

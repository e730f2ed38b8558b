"""Basemap of a static map: the outlines it is drawn from, and the view they are clipped to."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from maps.geometry import TILE_SIZE_PX, Bounds, FloatArray, GeometryArray, Point, mercator, mercator_points

# Grid units across the view: half a pixel at its first size, two pixels when enlarged four times.
VIEW_WIDTH_UNITS = 2000
MARGIN_SHARE = 0.45  # of the width of the view: how far the basemap extends beyond each side, for panning


@dataclass(frozen=True, eq=False)
class BasemapGeometry:
    """Outlines in degrees, (longitude, latitude), as shapely geometries.

    `countries` and `country_names` belong together by position; `lakes` are polygons, `state_borders` lines.
    `labels` are rows of name, kind ('country' or 'state'), lon, lat and area (square degrees).
    """

    countries: GeometryArray
    country_names: tuple[str, ...]
    lakes: GeometryArray
    state_borders: GeometryArray
    labels: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class View:
    """A window on the plane of Mercator's projection, VIEW_WIDTH_UNITS wide.

    `left` and `bottom` are its lower left corner and `unit` the size of a grid unit, all in radians; `height` is in
    units.
    """

    left: float
    bottom: float
    unit: float
    height: float

    def to_units(self, points: FloatArray) -> FloatArray:
        """Rows of (longitude, latitude) in degrees as grid units from the lower left corner."""
        return (mercator_points(points) - (self.left, self.bottom)) / self.unit

    def at(self, longitude: float, latitude: float) -> Point:
        """One point of `to_units`."""
        ((x, y),) = self.to_units(np.array([[longitude, latitude]])).tolist()
        return x, y

    @property
    def bounds(self) -> Bounds:
        """Area that is drawn, in units: the view and a margin on each side."""
        margin = VIEW_WIDTH_UNITS * MARGIN_SHARE
        return -margin, -margin, VIEW_WIDTH_UNITS + margin, self.height + margin

    def contains(self, point: Point) -> bool:
        """Whether a point, in units, lies within `bounds`."""
        left, bottom, right, top = self.bounds
        return left < point[0] < right and bottom < point[1] < top


def view_of(latitude: float, longitude: float, zoom: float, width_px: float, aspect: float) -> View:
    """The view of a map `width_px` wide and `aspect` times as high, round a centre (degrees), at a zoom of deck.gl."""
    width = 2 * math.pi * width_px / (TILE_SIZE_PX * 2**zoom)
    x, y = mercator(longitude, latitude)
    return View(x - width / 2, y - width * aspect / 2, width / VIEW_WIDTH_UNITS, VIEW_WIDTH_UNITS * aspect)

"""Geometry of the maps: web Mercator, great circles, and outlines clipped to a view.

Outlines are shapely geometries in arrays, so that every step is one call for all of them. Great circles and the
projection are a few lines each and stay written out (docs/decisions/0015-geometry-libraries.md).
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]  # smallest x, smallest y, largest x, largest y
FloatArray = NDArray[np.float64]
GeometryArray = NDArray[np.object_]  # of shapely geometries

TILE_SIZE_PX = 512  # the world at zoom 0, as deck.gl counts
MAX_LATITUDE = 85.0  # web Mercator ends near 85.05 degrees
GREAT_CIRCLE_STEPS = 28
_LINE, _POLYGON = shapely.GeometryType.LINESTRING, shapely.GeometryType.POLYGON


def mercator_points(points: FloatArray) -> FloatArray:
    """Rows of (longitude, latitude) in degrees on the plane of Mercator's projection, in radians.

    Latitudes beyond MAX_LATITUDE are moved to it.
    """
    longitudes = np.radians(points[:, 0])
    latitudes = np.radians(np.clip(points[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    return np.column_stack([longitudes, np.arctanh(np.sin(latitudes))])


def mercator(longitude: float, latitude: float) -> Point:
    """One point of `mercator_points`."""
    ((x, y),) = mercator_points(np.array([[longitude, latitude]])).tolist()
    return x, y


def to_pixels(longitude: float, latitude: float, zoom: float) -> Point:
    """Web Mercator at a zoom: pixels east of -180 degrees and south of the northern edge."""
    world = TILE_SIZE_PX * 2**zoom
    x, y = mercator(longitude, latitude)
    return (x / math.tau + 0.5) * world, (0.5 - y / math.tau) * world


def to_degrees(x: float, y: float, zoom: float) -> Point:
    """Longitude and latitude of a pixel: the inverse of `to_pixels`."""
    world = TILE_SIZE_PX * 2**zoom
    return x / world * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / world))))


def great_circle(start: Point, end: Point, steps: int = GREAT_CIRCLE_STEPS) -> list[Point]:
    """Points (longitude, latitude) of the shortest line on a sphere, which deck.gl draws too.

    Longitudes continue past 180 degrees instead of jumping to -180.
    """
    first, last = _unit_vector(*start), _unit_vector(*end)
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


def _unit_vector(longitude: float, latitude: float) -> tuple[float, float, float]:
    east, north = math.radians(longitude), math.radians(latitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def from_geojson(geometries: Iterable[dict[str, Any]]) -> GeometryArray:
    """GeoJSON geometries as shapely geometries, in the same order.

    Rings that touch or cross themselves, which rounding to two decimals leaves behind, are made valid.
    """
    shapes = np.array([shape(geometry) for geometry in geometries], dtype=np.object_)
    return shapely.make_valid(shapes, method="structure", keep_collapsed=False)


def project(geometries: GeometryArray, to_plane: Callable[[FloatArray], FloatArray]) -> GeometryArray:
    """Geometries with `to_plane` applied to the (n, 2) array of all their points."""
    return shapely.transform(geometries, to_plane)


def clip_polygons(geometries: GeometryArray, bounds: Bounds, grid: float, min_area: float = 0.0) -> GeometryArray:
    """Polygons of the parts inside the bounds, with corners on multiples of `grid`.

    Parts narrower than the grid, or not larger than `min_area`, are left out. Rounding depends on the point alone, so
    neighbours keep their common border.
    """
    parts = _parts(shapely.intersection(geometries, shapely.box(*bounds), grid_size=grid), _POLYGON)
    return parts[shapely.area(parts) > min_area]


def clip_lines(geometries: GeometryArray, bounds: Bounds, tolerance: float = 0.0) -> GeometryArray:
    """Lines of the parts inside the bounds, without points that change a line by less than `tolerance`."""
    return _parts(shapely.intersection(shapely.simplify(geometries, tolerance), shapely.box(*bounds)), _LINE)


def _parts(geometries: GeometryArray, kind: shapely.GeometryType) -> GeometryArray:
    """The single geometries of one type: a clipped outline may have none or many, and touch the bounds in a point."""
    parts: GeometryArray = shapely.get_parts(geometries)
    wanted: NDArray[np.bool_] = (shapely.get_type_id(parts) == kind) & ~shapely.is_empty(parts)
    return parts[wanted]


def rings(polygons: GeometryArray) -> list[list[Point]]:
    """Closed rings of the polygons, those of holes included."""
    return lines(shapely.get_rings(polygons))


def lines(geometries: GeometryArray) -> list[list[Point]]:
    """Points of each line or ring."""
    return [[(x, y) for x, y in shapely.get_coordinates(line).tolist()] for line in geometries]

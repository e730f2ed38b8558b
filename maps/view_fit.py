"""The view that contains given areas, for a map of any width."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from maps.extents import DESIGN_WIDTH_PX, Extent, zoom_of
from maps.geometry import Bounds, to_degrees, to_pixels

CARD_MAP_HEIGHT_PX = 460  # of a map that is a card of its own
# Of the width and height of the map: the rest shows the surroundings.
_FILLED_SHARE = 0.8
# Closer, one small state would fill the map without any neighbour to recognise it by.
_MAX_ZOOM = 5.5


def bounds_of(geometry: dict[str, Any]) -> Bounds:
    """West, south, east, north in degrees of the largest part of a GeoJSON Polygon or MultiPolygon.

    Only of the largest part: an overseas territory, or an island beyond the antimeridian, would move the view away.
    """
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return max((_bounds(part[0]) for part in parts), key=lambda own: (own[2] - own[0]) * (own[3] - own[1]))


def _bounds(ring: Sequence[Sequence[float]]) -> Bounds:
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def fitted(
    extent: Extent, geometries: Iterable[dict[str, Any]], width_px: int, height_px: int = CARD_MAP_HEIGHT_PX
) -> Extent:
    """The extent moved and zoomed so that these areas fill a map of this size; unchanged without areas."""
    bounds = [bounds_of(geometry) for geometry in geometries]
    if not bounds:
        return extent
    extent = replace(extent, min_longitudes=0)  # the areas decide
    west, south = min(own[0] for own in bounds), min(own[1] for own in bounds)
    east, north = max(own[2] for own in bounds), max(own[3] for own in bounds)
    (left, top), (right, bottom) = to_pixels(west, north, 0), to_pixels(east, south, 0)
    scale = min(
        width_px * _FILLED_SHARE / max(abs(right - left), 1e-9),
        height_px * _FILLED_SHARE / max(abs(bottom - top), 1e-9),
    )
    # Zooms of extents are those on a map of DESIGN_WIDTH_PX: subtract what drawing at this width adds.
    zoom = min(math.log2(scale), _MAX_ZOOM) - (zoom_of(extent, width_px) - zoom_of(extent, DESIGN_WIDTH_PX))
    latitude = to_degrees(0, (top + bottom) / 2, 0)[1]
    return replace(extent, latitude=latitude, longitude=(west + east) / 2, zoom=zoom)

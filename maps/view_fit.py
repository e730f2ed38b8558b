"""The view that holds given areas, for a map of any width."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from maps.cooperation_map import DESIGN_WIDTH_PX, Extent, zoom_of
from maps.geometry import to_degrees, to_pixels

CARD_MAP_HEIGHT_PX = 460  # pixels of a map of filled areas
# Of the map's width and height: the rest is air, and the sea and the neighbours that tell where the areas lie.
_FILLED = 0.8
# Closer, one small state would fill the map and nothing around would tell which it is.
_CLOSEST = 5.5

Box = tuple[float, float, float, float]


def box_of(geometry: dict[str, Any]) -> Box:
    """West, south, east, north in degrees of the largest part of a GeoJSON Polygon or MultiPolygon.

    Of the largest part alone: an overseas territory, or an island beyond the date line, would draw the view away.
    """
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return max((_box(part[0]) for part in parts), key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def _box(ring: Sequence[Sequence[float]]) -> Box:
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def fitted(view: Extent, geometries: Iterable[dict[str, Any]], width: int, height: int = CARD_MAP_HEIGHT_PX) -> Extent:
    """``view`` moved and zoomed so that these areas fill a map of this size in pixels; ``view`` itself without areas."""
    boxes = [box_of(geometry) for geometry in geometries]
    if not boxes:
        return view
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    (left, top), (right, bottom) = to_pixels(west, north, 0), to_pixels(east, south, 0)
    room = min(width * _FILLED / max(abs(right - left), 1e-9), height * _FILLED / max(abs(bottom - top), 1e-9))
    wanted = min(math.log2(room), _CLOSEST)
    # Extents are written for a map of DESIGN_WIDTH_PX: what that costs or gains at this width is taken off again.
    zoom = wanted - (zoom_of(view, width) - zoom_of(view, DESIGN_WIDTH_PX))
    return replace(view, latitude=to_degrees(0, (top + bottom) / 2, 0)[1], longitude=(west + east) / 2, zoom=zoom)

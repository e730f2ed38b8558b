"""The named views of the maps, and their zoom on a map of any width."""

import math
from dataclasses import dataclass, replace
from types import MappingProxyType

from maps.geometry import TILE_SIZE_PX

DESIGN_WIDTH_PX = 1000  # of the map for which the zoom of an extent is given
NARROW_WIDTH_PX = 500  # below, circles and labels are smaller and fewer
SPREAD_ZOOM, SPREAD_KM = 4.6, 22.0  # from this zoom on, organisations of one city are drawn so far apart
STATES_ZOOM = 3.3  # from this zoom on, states have names
MIN_STEPS, MAX_STEPS = -1, 4  # of zoom, counted from an extent
NARROW_LABEL_FACTOR = 6  # on a narrow map, areas need so many times their size to be labelled


@dataclass(frozen=True)
class Extent:
    """A named view: centre (degrees) and zoom of a map DESIGN_WIDTH_PX pixels wide.

    Wide views draw one circle for all organisations within `merge_km`, or whose circles would hide one another.
    Close ones draw each organisation, `spread_km` from its neighbour in the same city. Labels are written for
    countries and, with `state_names`, states larger than `label_area` square degrees.
    """

    latitude: float
    longitude: float
    zoom: float
    merge_km: float
    spread_km: float
    label_area: float
    state_names: bool
    min_longitudes: float = 0  # degrees around the centre that a map of any width shows


EXTENTS = MappingProxyType(
    {
        "Atlantic": Extent(49.0, -58.0, 1.92, 50, 0, 45, False, min_longitudes=186),  # from Anchorage to Cyprus
        "Europe": Extent(51.0, 8.5, 3.35, 25, 0, 4, False),
        "USA": Extent(38.5, -96.0, 3.3, 30, 0, 3, True),
        "Western Europe": Extent(47.6, 5.5, 4.6, 0, 22, 2, False),
        "US North-East": Extent(41.3, -75.8, 5.0, 0, 16, 0, True),
    }
)
DEFAULT_EXTENT = "Atlantic"


def extent_of(name: str) -> Extent:
    """The extent of this name; ValueError for an unknown one."""
    if name not in EXTENTS:
        raise ValueError(f"unknown extent {name!r}; use one of {', '.join(EXTENTS)}")
    return EXTENTS[name]


def closer(extent: Extent, steps: int) -> Extent:
    """The extent with its zoom raised by whole steps, or lowered by negative ones; as it is for 0.

    Each step halves the distance within which organisations share a circle and quarters the size from which areas are
    labelled; from SPREAD_ZOOM on each organisation has a circle of its own.
    """
    if not steps:
        return extent
    zoom = extent.zoom + steps
    is_close = zoom >= SPREAD_ZOOM
    return replace(
        extent,
        zoom=zoom,
        merge_km=0 if is_close else (extent.merge_km or extent.spread_km) / 2**steps,
        spread_km=SPREAD_KM / 2 ** (zoom - SPREAD_ZOOM) if is_close else 0,
        label_area=extent.label_area / 4**steps,
        state_names=extent.state_names or zoom >= STATES_ZOOM,
        min_longitudes=0,
    )


def is_narrow(width_px: int) -> bool:
    """Whether a map is as narrow as on a phone."""
    return width_px < NARROW_WIDTH_PX


def zoom_of(extent: Extent, width_px: int) -> float:
    """Zoom of an extent on a map `width_px` wide."""
    zoom = extent.zoom + 0.85 * math.log2(width_px / DESIGN_WIDTH_PX)
    if extent.min_longitudes:
        zoom = min(zoom, math.log2(width_px * 360 / extent.min_longitudes / TILE_SIZE_PX))
    return zoom


def min_label_area(extent: Extent, width_px: int) -> float:
    """Square degrees that an area must exceed to be labelled on a map `width_px` wide."""
    return extent.label_area * (NARROW_LABEL_FACTOR if is_narrow(width_px) else 1)

"""Circles of organisations or participations on a map: where they are placed, and their layers."""

import math
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.theme import FONT, SIDE_COLOURS, text_on
from domain.vocabulary import SIDES
from maps.basemap_layers import PAINT_IN_ORDER
from maps.deck import rgb
from maps.extents import Extent
from maps.geometry import TILE_SIZE_PX, to_pixels
from maps.labels import Circle
from maps.points import group_points, keep_apart, spread_points

POINT_RADIUS_PX = 5.0  # of one organisation
NARROW_FACTOR = 0.75  # of the radius, on a narrow map
OUTLINE_WIDTH_PX = 1.2  # of the white line round a circle
MIN_COUNT_SHOWN = 4  # circles of at least so many organisations have their number written in them
HIGHLIGHT = (20, 20, 20)
DRAWING_ORDER = SIDES[::-1]
POINT_LAYERS = {side: f"points-{side.lower()}" for side in DRAWING_ORDER}


def place_circles(points: pd.DataFrame, extent: Extent, zoom: float, radius_px: float) -> list[dict[str, Any]]:
    """Rows of `spread_points` or `group_points`, whichever the extent asks for, placed for this zoom.

    `radius_px`: radius of the circle of one organisation.
    """
    if extent.spread_km:
        return keep_apart(spread_points(points, extent.spread_km), 2 * radius_px + OUTLINE_WIDTH_PX, zoom)
    return group_points(points, extent.merge_km, (radius_px + OUTLINE_WIDTH_PX) * 360 / TILE_SIZE_PX / 2**zoom)


def ends_of(placed: list[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """Where the circle of each organisation is, as (longitude, latitude) by organisation id."""
    return {key: (row["longitude"], row["latitude"]) for row in placed for key in row["organisation_ids"]}


def circle_pixels(placed: list[dict[str, Any]], zoom: float, radius_px: float) -> list[Circle]:
    """The circles in pixels of web Mercator, their outline included."""
    return [
        (*to_pixels(row["longitude"], row["latitude"], zoom), radius_px * row["sqrt"] + OUTLINE_WIDTH_PX)
        for row in placed
    ]


def is_covered(number: int, placed: list[dict[str, Any]], circles: list[Circle], radius_px: float) -> bool:
    """Whether a smaller circle, which is drawn later, lies on the centre of this one."""
    x, y, _ = circles[number]
    return any(
        other["count"] < placed[number]["count"] and math.hypot(x - a, y - b) < reach + radius_px
        for other, (a, b, reach) in zip(placed, circles, strict=True)
    )


def circle_layer(side: str, placed: list[dict[str, Any]], radius_px: float) -> pdk.Layer:
    """Circles of one side; the area is proportional to the number of organisations."""
    return pdk.Layer(
        "ScatterplotLayer",
        data=[row for row in placed if row["side"] == side],
        id=POINT_LAYERS[side],
        get_position="[longitude, latitude]",
        get_radius=f"{radius_px} * sqrt",
        pickable=True,
        auto_highlight=True,
        parameters=PAINT_IN_ORDER,
        radius_units=pdk.types.String("pixels"),
        stroked=True,
        get_fill_color=[*rgb(SIDE_COLOURS[side]), 225],
        get_line_color=[255, 255, 255],
        line_width_units=pdk.types.String("pixels"),
        get_line_width=OUTLINE_WIDTH_PX,
    )


def count_layer(
    placed: list[dict[str, Any]], circles: list[Circle], radius_px: float, font_size_px: float | None = None
) -> list[pdk.Layer]:
    """Layer of the numbers of organisations in the larger circles; no layer without numbers.

    `circles` are those of `placed`. A number is left out where a smaller circle covers it, or where it would be read
    together with the number of a neighbour.
    """
    size = font_size_px or 2.4 * radius_px

    def is_beside(number: int, before: int) -> bool:
        x, y = (abs(a - b) for a, b in zip(circles[number][:2], circles[before][:2], strict=True))
        return y < size and x < 1.5 * size

    candidates = [
        number
        for number, row in enumerate(placed)
        if row["count"] >= MIN_COUNT_SHOWN
        and radius_px * row["sqrt"] >= 0.6 * size
        and not is_covered(number, placed, circles, radius_px)
    ]
    rows = [
        {
            "longitude": placed[number]["longitude"],
            "latitude": placed[number]["latitude"],
            "text": str(placed[number]["count"]),
            "ink": rgb(text_on(SIDE_COLOURS[placed[number]["side"]])),
        }
        for at, number in enumerate(candidates)
        if not any(is_beside(number, before) for before in candidates[:at])
    ]
    if not rows:
        return []
    return [
        pdk.Layer(
            "TextLayer",
            data=rows,
            id="counts",
            get_position="[longitude, latitude]",
            get_text="text",
            get_size=round(size),
            get_color="ink",
            font_family=pdk.types.String(FONT),
            font_weight=pdk.types.String("bold"),
            parameters=PAINT_IN_ORDER,
        )
    ]


def ring_layer(placed: list[dict[str, Any]], selected: set[str], radius_px: float) -> list[pdk.Layer]:
    """Layer of dark rings round the circles that contain a selected organisation; no layer without rings."""
    rows = [
        {key: row[key] for key in ("longitude", "latitude", "sqrt")}
        for row in placed
        if selected & set(row["organisation_ids"])
    ]
    if not rows:
        return []
    return [
        pdk.Layer(
            "ScatterplotLayer",
            data=rows,
            id="selected",
            get_position="[longitude, latitude]",
            filled=False,
            get_radius=f"{radius_px} * sqrt + 4",
            parameters=PAINT_IN_ORDER,
            radius_units=pdk.types.String("pixels"),
            stroked=True,
            get_line_color=list(HIGHLIGHT),
            line_width_units=pdk.types.String("pixels"),
            get_line_width=2.5,
        )
    ]

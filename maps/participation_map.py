"""Participations in projects on the map: one circle per side and place, its area proportional to their number."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.chart import require
from domain.frames import records
from domain.geography import KM_PER_DEGREE
from domain.text import format_count, plural
from domain.vocabulary import SIDE_LABELS, SIDES
from maps.basemap_layers import label_layers, outline_layers
from maps.circles import (
    DRAWING_ORDER,
    NARROW_FACTOR,
    POINT_RADIUS_PX,
    circle_layer,
    circle_pixels,
    count_layer,
)
from maps.deck import STATIC_URL, map_deck
from maps.extents import DESIGN_WIDTH_PX, extent_of, is_narrow, min_label_area, zoom_of
from maps.geometry import TILE_SIZE_PX
from maps.labels import place_labels

MAX_RADIUS_PX = 24.0  # of the largest circle
MIN_RADIUS_PX = 2.5
MERGE_PX = 12.0  # places nearer than this to a larger one are merged into its circle
EQUATOR_KM = 40_075.0
COLUMNS = ("side", "city", "latitude", "longitude", "participations", "organisations", "projects")


def participation_map(
    places: pd.DataFrame, extent: str, *, labels: Sequence[Mapping[str, Any]] = (), width: int = DESIGN_WIDTH_PX
) -> pdk.Deck:
    """Deck of places.

    places: side (EU, US, OTHER), city (may be missing), latitude, longitude (degrees), participations,
    organisations, projects, one row per side and place. Places that would lie on a larger one of their side are merged
    into its circle. `extent`: a key of maps.extents.EXTENTS; `labels`: rows of static/labels.json; `width` in pixels.
    Raises ValueError for an empty frame, an unknown extent, a missing coordinate and an unknown side.
    """
    require(places, *COLUMNS)
    view = extent_of(extent)
    unknown = set(places["side"]) - set(SIDES)
    if unknown:
        raise ValueError(f"unknown side {', '.join(sorted(unknown))}; use {', '.join(SIDES)}")
    if places[["latitude", "longitude"]].isna().any(axis=None):
        raise ValueError("a place has no coordinates: only participations with a point can be drawn")
    zoom, radius_px = zoom_of(view, width), POINT_RADIUS_PX * (NARROW_FACTOR if is_narrow(width) else 1)
    placed = _merged(places, MERGE_PX * EQUATOR_KM * math.cos(math.radians(view.latitude)) / (TILE_SIZE_PX * 2**zoom))
    circles = circle_pixels(placed, zoom, radius_px)
    placed_labels = place_labels(labels, circles, zoom, min_label_area(view, width), view.state_names)
    layers = [*outline_layers(STATIC_URL), *label_layers(placed_labels)]
    sides = {row["side"] for row in placed}
    layers += [circle_layer(side, placed, radius_px) for side in DRAWING_ORDER if side in sides]
    # A number is written only in a circle wide enough for it.
    wide = [number for number, row in enumerate(placed) if row["sqrt"] * radius_px > 5 * len(str(row["count"]))]
    layers += count_layer([placed[number] for number in wide], [circles[number] for number in wide], radius_px)
    return map_deck(layers, view, width)


def participation_alt(places: pd.DataFrame) -> str:
    """Text alternative: participations by side, and the places with most of them."""
    sides = places.groupby("side")["participations"].sum()
    by_side = ", ".join(f"{SIDE_LABELS[side]} {format_count(sides[side])}" for side in SIDES if side in sides)
    top = places.sort_values(["participations", "latitude"], ascending=[False, True], kind="stable").head(5)
    largest = ", ".join(f"{_name(row)} {format_count(row['participations'])}" for row in records(top))
    total = format_count(places["participations"].sum())
    return f"Map of {total} participations with a point ({by_side}). Most in one place: {largest}."


def _merged(places: pd.DataFrame, merge_km: float) -> list[dict[str, Any]]:
    """Circles, the largest first, each with its count, `sqrt` (radius in units of POINT_RADIUS_PX) and tip."""
    ordered = sorted(
        records(places[list(COLUMNS)]),
        key=lambda row: (-row["participations"], row["latitude"], row["longitude"]),
    )
    groups: list[list[dict[str, Any]]] = []
    # Only circles in the same cell or a neighbouring one can be near, which keeps thousands of places fast.
    cells: dict[tuple[str, int, int], list[list[dict[str, Any]]]] = {}
    cell_degrees = max(merge_km, 1.0) / KM_PER_DEGREE * 2
    for row in ordered:
        across, up = math.floor(row["longitude"] / cell_degrees), math.floor(row["latitude"] / cell_degrees)
        around = (
            group
            for x in (across - 1, across, across + 1)
            for y in (up - 1, up, up + 1)
            for group in cells.get((row["side"], x, y), [])
        )
        near = next((group for group in around if _distance_km(group[0], row) <= merge_km), None)
        if near is None:
            groups.append([row])
            cells.setdefault((row["side"], across, up), []).append(groups[-1])
        else:
            near.append(row)
    largest = max(sum(row["participations"] for row in group) for group in groups)
    return sorted((_circle(group, largest) for group in groups), key=lambda circle: -circle["count"])


def _distance_km(here: dict[str, Any], there: dict[str, Any]) -> float:
    north = there["latitude"] - here["latitude"]
    east = (there["longitude"] - here["longitude"]) * math.cos(math.radians(here["latitude"]))
    return KM_PER_DEGREE * math.hypot(north, east)


def _circle(group: list[dict[str, Any]], largest: int) -> dict[str, Any]:
    first, count = group[0], int(sum(row["participations"] for row in group))
    around = " and around" if len(group) > 1 else ""
    lines = [
        f"{_name(first)}{around} ({SIDE_LABELS[first['side']]})",
        plural(count, "participation"),
    ]
    if not around:
        lines.append(
            f"{plural(int(first['organisations']), 'organisation')}, {plural(int(first['projects']), 'project')}"
        )
    pixels = max(MAX_RADIUS_PX * math.sqrt(count / largest), MIN_RADIUS_PX)
    return {
        "side": first["side"],
        "latitude": round(first["latitude"], 4),
        "longitude": round(first["longitude"], 4),
        "count": count,
        "sqrt": round(pixels / POINT_RADIUS_PX, 3),
        "tip": "\n".join(lines),
    }


def _name(row: dict[str, Any]) -> str:
    return row["city"] if isinstance(row["city"], str) and row["city"] else "place without a name"

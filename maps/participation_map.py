"""Participations in projects on the map: one circle a side and place, its area by their number."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.chart import require
from charts.theme import SIDE_LABELS
from domain.text import format_count
from maps.basemap_layers import label_layers, outline_layers
from maps.cooperation_map import (
    DESIGN_WIDTH_PX,
    EXTENTS,
    NARROW_WIDTH_PX,
    OUTLINE_WIDTH_PX,
    POINT_RADIUS_PX,
    SIDES,
    STATIC_URL,
    circle_layer,
    count_layer,
    map_deck,
    zoom_of,
)
from maps.geometry import TILE_SIZE_PX, to_pixels
from maps.labels import place_labels
from maps.points import KM_PER_DEGREE

MAX_RADIUS = 24.0  # pixels, of the fullest circle
MIN_RADIUS = 2.5
MERGE_PIXELS = 12.0  # places nearer than that to a fuller one join its circle
EARTH_KM = 40_075.0  # round the equator
COLUMNS = ("side", "city", "latitude", "longitude", "participations", "organisations", "projects")


def participation_map(
    places: pd.DataFrame, extent: str, *, labels: Sequence[dict[str, Any]] = (), width: int = DESIGN_WIDTH_PX
) -> pdk.Deck:
    """Deck of places.

    places: side (EU, US, OTHER), city (may be missing), latitude, longitude (degrees), participations,
    organisations, projects, one row a side and place. Places that would lie on a fuller one of their side join
    its circle. `extent`: a key of maps.cooperation_map.EXTENTS; `labels`: rows of static/labels.json; `width` in pixels.
    Raises ValueError for an empty frame, an unknown extent, a missing coordinate and an unknown side.
    """
    require(places, *COLUMNS)
    if extent not in EXTENTS:
        raise ValueError(f"unknown extent {extent!r}; use one of {', '.join(EXTENTS)}")
    unknown = set(places["side"]) - set(SIDES)
    if unknown:
        raise ValueError(f"unknown side {', '.join(sorted(unknown))}; use {', '.join(SIDES)}")
    if places[["latitude", "longitude"]].isna().any(axis=None):
        raise ValueError("a place has no coordinates: only participations with a point can be drawn")
    view, is_narrow = EXTENTS[extent], width < NARROW_WIDTH_PX
    zoom, radius = zoom_of(view, width), POINT_RADIUS_PX * (0.75 if is_narrow else 1)
    placed = _merged(places, MERGE_PIXELS * EARTH_KM * math.cos(math.radians(view.latitude)) / (TILE_SIZE_PX * 2**zoom))
    reach = [
        (*to_pixels(row["longitude"], row["latitude"], zoom), radius * row["sqrt"] + OUTLINE_WIDTH_PX) for row in placed
    ]
    area = view.label_area * (6 if is_narrow else 1)
    layers = [*outline_layers(STATIC_URL), *label_layers(place_labels(labels, reach, zoom, area, view.state_names))]
    layers += [circle_layer(side, placed, radius) for side in SIDES if any(row["side"] == side for row in placed)]
    # A number needs a circle wide enough to hold it.
    wide = [number for number, row in enumerate(placed) if row["sqrt"] * radius > 5 * len(str(row["count"]))]
    layers += count_layer([placed[number] for number in wide], [reach[number] for number in wide], radius)
    return map_deck(layers, view, width)


def participation_alt(places: pd.DataFrame) -> str:
    """What the map shows in words: participations by side, and the fullest places."""
    sides = places.groupby("side")["participations"].sum()
    by_side = ", ".join(
        f"{SIDE_LABELS[side]} {format_count(sides[side])}" for side in ("EU", "US", "OTHER") if side in sides
    )
    top = places.sort_values(["participations", "latitude"], ascending=[False, True], kind="stable").head(5)
    busiest = ", ".join(f"{_name(row)} {format_count(row['participations'])}" for row in top.to_dict("records"))
    return f"Map of {format_count(places['participations'].sum())} participations with a point ({by_side}). Most in one place: {busiest}."


def _merged(places: pd.DataFrame, merge_km: float) -> list[dict[str, Any]]:
    """Circles, the fullest first, each with its count, the root of its area and its tip."""
    ordered = sorted(
        places[list(COLUMNS)].to_dict("records"),
        key=lambda row: (-row["participations"], row["latitude"], row["longitude"]),
    )
    groups: list[list[dict[str, Any]]] = []
    # Only circles of the same cell or the next one can be near: thousands of places stay quick.
    cells: dict[tuple[str, int, int], list[list[dict[str, Any]]]] = {}
    size = max(merge_km, 1.0) / KM_PER_DEGREE * 2
    for row in ordered:
        across, up = math.floor(row["longitude"] / size), math.floor(row["latitude"] / size)
        around = (
            group
            for x in (across - 1, across, across + 1)
            for y in (up - 1, up, up + 1)
            for group in cells.get((row["side"], x, y), [])
        )
        near = next((group for group in around if _km(group[0], row) <= merge_km), None)
        if near is None:
            groups.append([row])
            cells.setdefault((row["side"], across, up), []).append(groups[-1])
        else:
            near.append(row)
    largest = max(sum(row["participations"] for row in group) for group in groups)
    return sorted((_circle(group, largest) for group in groups), key=lambda circle: -circle["count"])


def _km(here: dict[str, Any], there: dict[str, Any]) -> float:
    north = there["latitude"] - here["latitude"]
    east = (there["longitude"] - here["longitude"]) * math.cos(math.radians(here["latitude"]))
    return KM_PER_DEGREE * math.hypot(north, east)


def _circle(group: list[dict[str, Any]], largest: int) -> dict[str, Any]:
    first, count = group[0], int(sum(row["participations"] for row in group))
    around = " and around" if len(group) > 1 else ""
    lines = [
        f"{_name(first)}{around} ({SIDE_LABELS[first['side']]})",
        f"{format_count(count)} participation{'s' if count > 1 else ''}",
    ]
    if not around:
        lines.append(
            f"{format_count(first['organisations'])} organisations, {format_count(first['projects'])} projects"
        )
    pixels = max(MAX_RADIUS * math.sqrt(count / largest), MIN_RADIUS)
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

"""Proposed partners on the map, with an arc from the organisation that looks for them to each of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.theme import ACCENT
from domain.frames import records
from domain.text import plural
from maps.arcs import arc_layer
from maps.basemap_layers import label_layers, outline_layers
from maps.circles import (
    DRAWING_ORDER,
    NARROW_FACTOR,
    POINT_RADIUS_PX,
    circle_layer,
    circle_pixels,
    count_layer,
    ends_of,
    place_circles,
    ring_layer,
)
from maps.deck import STATIC_URL, map_deck, rgb
from maps.extents import DEFAULT_EXTENT, DESIGN_WIDTH_PX, extent_of, is_narrow, min_label_area, zoom_of
from maps.labels import place_labels

ARC_LAYER = "proposals"
WIDEST_ARC_PX = 3.0  # of a proposal with 100 points


def partner_map(
    proposals: pd.DataFrame,
    seeker: pd.DataFrame,
    *,
    labels: Sequence[Mapping[str, Any]] = (),
    picked: str = "",
    width: int = DESIGN_WIDTH_PX,
) -> pdk.Deck:
    """Deck of proposals that have a point, and of the seeker, which has one row or, for a place, none.

    Columns as those of the points of maps.cooperation_map; ``proposals`` also has the column score (0 to 100), which
    the width of an arc follows. ``picked`` is the organisation to ring, ``width`` in pixels. Raises ValueError without
    any point.
    """
    points = pd.concat([seeker, proposals], ignore_index=True)
    view = extent_of(DEFAULT_EXTENT)
    zoom, radius_px = zoom_of(view, width), POINT_RADIUS_PX * (NARROW_FACTOR if is_narrow(width) else 1)
    placed = place_circles(points, view, zoom, radius_px)
    circles = circle_pixels(placed, zoom, radius_px)
    placed_labels = place_labels(labels, circles, zoom, min_label_area(view, width), view.state_names)
    layers = [*outline_layers(STATIC_URL), *label_layers(placed_labels)]
    layers += _arcs(proposals, seeker, ends_of(placed))
    sides = {row["side"] for row in placed}
    layers += [circle_layer(side, placed, radius_px) for side in DRAWING_ORDER if side in sides]
    layers += count_layer(placed, circles, radius_px, None)
    layers += ring_layer(placed, {picked} if picked else set(), radius_px)
    return map_deck(layers, view, width)


def partner_map_alt(proposals: pd.DataFrame, seeker: str, without_point: int) -> str:
    """Text alternative: how many proposals are drawn, the cities with most, and how many have no point."""
    cities = proposals.groupby("place").size().sort_index().sort_values(ascending=False, kind="stable").head(3)
    largest = ", ".join(f"{place} {count}" for place, count in cities.items())
    rest = f" {without_point} more have no known city." if without_point else ""
    return f"Map of {plural(len(proposals), 'proposal')} for {seeker}. Among the cities with most: {largest}.{rest}"


def _arcs(proposals: pd.DataFrame, seeker: pd.DataFrame, ends: Mapping[str, tuple[float, float]]) -> list[pdk.Layer]:
    """Layer of one great circle per proposal; none for a place, which has no point of its own."""
    if seeker.empty:
        return []
    start = ends[seeker["organisation_id"].iloc[0]]
    rows = [
        {
            "organisation_ids": [row["organisation_id"]],
            "from": start,
            "to": ends[row["organisation_id"]],
            "colour": [*rgb(ACCENT), 120],
            "width": round(max(WIDEST_ARC_PX * row["score"] / 100, 0.5), 2),
            "tip": f"{row['name']}\n{row['score']} points of 100",
        }
        for row in records(proposals)
    ]
    return [arc_layer(ARC_LAYER, rows)]

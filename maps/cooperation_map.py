"""The map of organisations and links across the Atlantic, drawn without any map service.

Land, lakes and borders come by URL from the app's own static folder; only labels, points
and arcs are sent with the page. Selection: each object that can be selected has ids, which
`selected_organisations` and `selected_cooperations` read from the event.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.theme import COMMITMENT_STYLES, SIDE_COLOURS, STATUS_STYLES
from domain.text import agree, plural
from domain.vocabulary import SIDE_LABELS, SIDES
from maps.arcs import arc_layer
from maps.basemap_layers import label_layers, outline_layers
from maps.circles import (
    DRAWING_ORDER,
    NARROW_FACTOR,
    POINT_LAYERS,
    POINT_RADIUS_PX,
    circle_layer,
    circle_pixels,
    count_layer,
    ends_of,
    place_circles,
    ring_layer,
)
from maps.deck import STATIC_URL, map_deck, rgb
from maps.extents import DEFAULT_EXTENT, DESIGN_WIDTH_PX, closer, extent_of, is_narrow, min_label_area, zoom_of
from maps.geometry import Point
from maps.labels import COUNTRY_SIZE_PX, STATE_SIZE_PX, place_labels
from maps.links import commitment_labels, drawn_links

ARC_LAYER = "arcs"
# Some regional clusters are points as well, for which no source names an organisation.
_POINTS = ("organisation or regional cluster", "organisations and regional clusters")
RADIUS_EM = POINT_RADIUS_PX * 1.35 / 24  # in the workshop mode: radius of one organisation, of the font size


def cooperation_map(
    points: pd.DataFrame,
    links: pd.DataFrame,
    extent: str = DEFAULT_EXTENT,
    *,
    labels: Sequence[Mapping[str, Any]] = (),
    selected: Collection[str] = (),
    width: int = DESIGN_WIDTH_PX,
    steps: int = 0,
    font_size_px: float | None = None,
    static_url: str = STATIC_URL,
) -> pdk.Deck:
    """Deck of organisations known to the city and of the links between two of them.

    points: organisation_id, name, side (EU, US, OTHER), place, country_code, latitude,
    longitude (degrees), kind, is_cluster_organisation, location_note. Rows without
    coordinates are an error: they belong in the list beside the map.
    links: cooperation_id, title, kind, status, and for eu_ and us_: organisation_id,
    name, latitude, longitude; may be empty. `extent` is a key of EXTENTS; `labels` are the
    rows of static/labels.json; `selected` are organisation ids to ring; `width` is that of the
    map in pixels, as far as the page knows it (about 360 on a phone); `steps` of zoom bring the map
    closer than the extent, with circles grouped anew; `font_size_px` is that of labels and numbers in
    the workshop mode, with circles in proportion; None for a page. Raises ValueError for an unknown
    extent, an empty frame of points or a missing coordinate.
    """
    view = closer(extent_of(extent), steps)
    if font_size_px:
        radius_px, label_sizes = RADIUS_EM * font_size_px, (font_size_px, font_size_px)
    else:
        radius_px = POINT_RADIUS_PX * (NARROW_FACTOR if is_narrow(width) else 1)
        label_sizes = (COUNTRY_SIZE_PX, STATE_SIZE_PX)
    zoom = zoom_of(view, width)
    placed = place_circles(points, view, zoom, radius_px)
    circles = circle_pixels(placed, zoom, radius_px)
    placed_labels = place_labels(labels, circles, zoom, min_label_area(view, width), view.state_names, label_sizes)
    layers = [*outline_layers(static_url), *label_layers(placed_labels), *_arcs(links, ends_of(placed))]
    sides = {row["side"] for row in placed}
    layers += [circle_layer(side, placed, radius_px) for side in DRAWING_ORDER if side in sides]
    layers += count_layer(placed, circles, radius_px, font_size_px)
    layers += ring_layer(placed, set(selected), radius_px)
    return map_deck(layers, view, width)


def map_alt(points: pd.DataFrame, links: pd.DataFrame, extent: str = DEFAULT_EXTENT, *, is_whole: bool = True) -> str:
    """Text alternative: organisations by side, cities with most organisations, links by status.

    ``is_whole``: the points are those of all views, not only those within ``extent``.
    """
    sides = points["side"].value_counts()
    counts = ", ".join(f"{SIDE_LABELS[side]} {sides[side]}" for side in SIDES if side in sides)
    cities = points.groupby("place").size().sort_index().sort_values(ascending=False, kind="stable").head(3)
    largest = ", ".join(f"{place} {count}" for place, count in cities.items())
    statuses: dict[str, int] = dict(links["status"].value_counts()) if len(links) else {}
    arcs = ", ".join(f"{STATUS_STYLES[s].label.lower()} {statuses[s]}" for s in STATUS_STYLES if s in statuses)
    start = f"Map, view {extent}; in this and all other views together" if is_whole else f"Map, view {extent}:"
    return f"{start} {plural(len(points), *_POINTS)} ({counts}). Among the cities with most: {largest}. " + (
        f"{plural(len(links), 'link')} across the Atlantic drawn as {agree(len(links), 'an arc', 'arcs')}: {arcs}."
        if arcs
        else "No link is drawn."
    )


def map_legend(points: pd.DataFrame, links: pd.DataFrame) -> list[dict[str, str]]:
    """Legend rows for what is drawn: label, colour ('#RRGGBB'), shape ('circle' or 'line'), width (pixels).

    Lines have a plotly dash, too; the map of the page draws all lines solid.
    """
    sides = set(points["side"])
    rows = [
        {"label": SIDE_LABELS[side], "colour": SIDE_COLOURS[side], "shape": "circle", "width": "10"}
        for side in SIDES
        if side in sides
    ]
    return rows + [
        {
            "label": label,
            "colour": COMMITMENT_STYLES[commitment].colour,
            "shape": "line",
            "width": f"{COMMITMENT_STYLES[commitment].width_px:.1f}",
            "dash": COMMITMENT_STYLES[commitment].dash,
        }
        for commitment, label in commitment_labels(links).items()
    ]


def selected_organisations(objects: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """Organisation ids of `event.selection.objects`; a grouped circle gives all of its organisations."""
    picked = (row for layer in POINT_LAYERS.values() for row in objects.get(layer, []))
    return list(dict.fromkeys(key for row in picked for key in row["organisation_ids"]))


def selected_cooperations(objects: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """Cooperation ids of `event.selection.objects`."""
    return list(dict.fromkeys(row["cooperation_id"] for row in objects.get(ARC_LAYER, [])))


def _arcs(links: pd.DataFrame, ends: Mapping[str, Point]) -> list[pdk.Layer]:
    """Layer of one great circle per link, from circle to circle; no layer without links."""
    if links.empty:
        return []
    rows = [
        {
            "cooperation_id": link.cooperation_id,
            "from": link.eu,
            "to": link.us,
            "colour": [*rgb(link.style.colour), 210],
            "width": link.style.width_px,
            "tip": link.tip,
        }
        for link in drawn_links(links, ends)
    ]
    return [arc_layer(ARC_LAYER, rows)]

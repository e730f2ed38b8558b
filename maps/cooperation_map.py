"""The map of organisations and links across the Atlantic, drawn without any map service.

Land, lakes and borders come by URL from the app's own static folder; only names, points
and arcs travel with the page. Selection: each picked object carries ids, which
`selected_organisations` and `selected_cooperations` read from the event.
"""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from charts.theme import FONT, GREY, INK, SIDE_COLOURS, SIDE_LABELS, STATUS_STYLES, text_on
from maps.basemap_layers import FLAT, label_layers, outline_layers
from maps.geometry import TILE_SIZE_PX, to_pixels
from maps.labels import COUNTRY_SIZE, STATE_SIZE, Circle, place_labels
from maps.points import group_points, keep_apart, spread_points

STATIC_URL = "app/static"  # below the page, so that the dashboard may be served under a path
HIGHLIGHT = [20, 20, 20]
SIDES = ("OTHER", "US", "EU")  # drawn in this order
POINT_LAYERS = MappingProxyType({side: f"points-{side.lower()}" for side in SIDES})
ARC_LAYER = "arcs"
POINT_RADIUS_PX = 5.0  # pixels, of one organisation
OUTLINE_WIDTH_PX = 1.2  # pixels, the white line round a circle
CIRCLE_RADIUS_EM = POINT_RADIUS_PX * 1.35 / 24  # of the font_size_px on a stage: radius of a circle of one organisation
MIN_COUNT_SHOWN = 4  # circles of at least so many carry their number
DESIGN_WIDTH_PX = 1000  # pixels the extents are made for
NARROW_WIDTH_PX = 500  # pixels; below, circles and names are smaller
ARC_WIDTH_FACTOR = 0.6  # of the width of a line in a chart: forty arcs share one ocean
TOOLTIP_STYLE = {
    "backgroundColor": "#ffffff",
    "color": INK,
    "fontFamily": FONT,
    "fontSize": "14px",
    "border": f"1px solid {GREY}",
    "borderRadius": "4px",
    "maxWidth": "320px",
}


@dataclass(frozen=True)
class Extent:
    """A named view: centre (degrees) and zoom of a map DESIGN_WIDTH_PX pixels wide.

    Wide views group organisations within `merge_km`, or whose circles would hide one another,
    in one circle; close ones draw each
    organisation, `spread_km` from its neighbour in the same city. Names appear for countries
    and, where `state_names`, states larger than `label_area` square degrees.
    """

    latitude: float
    longitude: float
    zoom: float
    merge_km: float
    spread_km: float
    label_area: float
    state_names: bool


EXTENTS = MappingProxyType(
    {
        "Atlantic": Extent(49.0, -48.0, 2.0, 50, 0, 45, False),
        "Europe": Extent(51.0, 8.5, 3.35, 25, 0, 4, False),
        "USA": Extent(38.5, -96.0, 3.3, 30, 0, 3, True),
        "Western Europe": Extent(47.6, 5.5, 4.6, 0, 22, 2, False),
        "US North-East": Extent(41.3, -75.8, 5.0, 0, 16, 0, True),
    }
)
DEFAULT_EXTENT = "Atlantic"
DISCLAIMER = "EU as in 2017, with the United Kingdom. Outlines: Natural Earth and US Census Bureau. Borders and names imply no opinion on any status."


class CompactDeck(pdk.Deck):
    """A Deck whose JSON has no indentation: a third of the bytes on every rerun."""

    def to_json(self) -> str:
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"), ensure_ascii=False)


def cooperation_map(
    points: pd.DataFrame,
    links: pd.DataFrame,
    extent: str = DEFAULT_EXTENT,
    *,
    labels: Sequence[dict[str, Any]] = (),
    selected: Collection[str] = (),
    width: int = DESIGN_WIDTH_PX,
    font_size_px: float | None = None,
    static_url: str = STATIC_URL,
) -> pdk.Deck:
    """Deck of organisations known to the city and of the links between two of them.

    points: organisation_id, name, side (EU, US, OTHER), place, country_code, latitude,
    longitude (degrees), kind, is_cluster_organisation, location_note. Rows without
    coordinates are an error: they belong in the list beside the map.
    links: cooperation_id, title, kind, status, and for eu_ and us_: organisation_id,
    name, latitude, longitude; may be empty. `extent` is a key of EXTENTS; `labels` are the
    rows of static/labels.json, names to write where there is room; `selected` are organisation
    ids to ring; `width` is that of the map in pixels, as far as the page knows it (about 360 on
    a phone); `font_size_px` are the pixels of names and numbers on a stage, which circles follow; None for a page. Raises
    ValueError for an unknown extent, an empty frame of points or a missing coordinate.
    """
    if extent not in EXTENTS:
        raise ValueError(f"unknown extent {extent!r}; use one of {', '.join(EXTENTS)}")
    view = EXTENTS[extent]
    is_narrow = width < NARROW_WIDTH_PX
    radius = CIRCLE_RADIUS_EM * font_size_px if font_size_px else POINT_RADIUS_PX * (0.75 if is_narrow else 1)
    zoom = zoom_of(view, width)
    if view.spread_km:
        placed = keep_apart(spread_points(points, view.spread_km), 2 * radius + OUTLINE_WIDTH_PX, zoom)
    else:
        placed = group_points(points, view.merge_km, (radius + OUTLINE_WIDTH_PX) * 360 / TILE_SIZE_PX / 2**zoom)
    circles = [
        (*to_pixels(row["longitude"], row["latitude"], zoom), radius * row["sqrt"] + OUTLINE_WIDTH_PX) for row in placed
    ]
    area = view.label_area * (6 if is_narrow else 1)  # fewer names on a phone
    sizes = (font_size_px, font_size_px) if font_size_px else (COUNTRY_SIZE, STATE_SIZE)
    ends = {key: (row["longitude"], row["latitude"]) for row in placed for key in row["organisation_ids"]}
    layers = [
        *outline_layers(static_url),
        *label_layers(place_labels(labels, circles, zoom, area, view.state_names, sizes)),
        *_arcs(links, ends),
    ]
    drawn = {row["side"] for row in placed}
    layers += [circle_layer(side, placed, radius) for side in SIDES if side in drawn]
    layers += [*count_layer(placed, circles, radius, font_size_px), *_ring(placed, set(selected), radius)]
    return map_deck(layers, view, width, repeats=font_size_px is not None)


def zoom_of(view: Extent, width: int) -> float:
    """Zoom of a view on a map `width` pixels wide."""
    return view.zoom + 0.85 * math.log2(width / DESIGN_WIDTH_PX)


def map_deck(layers: list[pdk.Layer], view: Extent, width: int, repeats: bool = False) -> pdk.Deck:
    """The layers in a view of a map `width` pixels wide, seen from above; `tip` of a picked object is its tooltip.

    `repeats`: at the edge the world begins again, for maps that are wider than the world is at their zoom.
    """
    return CompactDeck(
        layers=layers,
        map_provider=None,
        tooltip={"text": "{tip}", "style": TOOLTIP_STYLE},
        initial_view_state=pdk.ViewState(
            latitude=view.latitude,
            longitude=view.longitude,
            zoom=round(zoom_of(view, width), 2),
            min_zoom=0.5,
            max_zoom=9,
            pitch=0,
            bearing=0,
        ),
        views=[pdk.View(type="MapView", repeat=repeats, controller={"dragRotate": False, "touchRotate": False})],
    )


def map_alt(points: pd.DataFrame, links: pd.DataFrame, extent: str = DEFAULT_EXTENT) -> str:
    """What the map shows, in words: organisations by side, busiest cities, links by status."""
    sides = points["side"].value_counts()
    counts = ", ".join(f"{SIDE_LABELS[side]} {sides[side]}" for side in ("EU", "US", "OTHER") if side in sides)
    cities = points.groupby("place").size().sort_index().sort_values(ascending=False, kind="stable").head(3)
    busiest = ", ".join(f"{place} {count}" for place, count in cities.items())
    statuses = links["status"].value_counts() if len(links) else {}
    arcs = ", ".join(f"{STATUS_STYLES[s].label.lower()} {statuses[s]}" for s in STATUS_STYLES if s in statuses)
    return f"Map, view {extent}: {len(points)} organisations ({counts}). Most in one city: {busiest}. " + (
        f"{len(links)} links across the Atlantic drawn as arcs: {arcs}." if arcs else "No link is drawn."
    )


def map_legend(points: pd.DataFrame, links: pd.DataFrame) -> list[dict[str, str]]:
    """Legend rows for what is drawn: label, colour ('#RRGGBB'), shape ('circle' or 'line'), width (pixels)."""
    drawn = set(points["side"])
    rows = [
        {"label": SIDE_LABELS[side], "colour": SIDE_COLOURS[side], "shape": "circle", "width": "10"}
        for side in ("EU", "US", "OTHER")
        if side in drawn
    ]
    statuses = set(links["status"]) if len(links) else set()
    return rows + [
        {
            "label": style.label,
            "colour": style.colour,
            "shape": "line",
            "width": f"{style.width * ARC_WIDTH_FACTOR:.1f}",
        }
        for status, style in STATUS_STYLES.items()
        if status in statuses
    ]


def selected_organisations(objects: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """Organisation ids of `event.selection.objects`; a grouped circle gives all of its city."""
    picked = (row for layer in POINT_LAYERS.values() for row in objects.get(layer, []))
    return list(dict.fromkeys(key for row in picked for key in row["organisation_ids"]))


def selected_cooperations(objects: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """Cooperation ids of `event.selection.objects`."""
    return list(dict.fromkeys(row["cooperation_id"] for row in objects.get(ARC_LAYER, [])))


def rgb(colour: str) -> list[int]:
    """'#RRGGBB' as deck.gl takes it."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def circle_layer(side: str, placed: list[dict[str, Any]], radius: float) -> pdk.Layer:
    """Circles of one side; the area is proportional to the number of organisations."""
    return pdk.Layer(
        "ScatterplotLayer",
        data=[row for row in placed if row["side"] == side],
        id=POINT_LAYERS[side],
        get_position="[longitude, latitude]",
        get_radius=f"{radius} * sqrt",
        pickable=True,
        auto_highlight=True,
        parameters=FLAT,
        radius_units=pdk.types.String("pixels"),
        stroked=True,
        get_fill_color=[*rgb(SIDE_COLOURS[side]), 225],
        get_line_color=[255, 255, 255],
        line_width_units=pdk.types.String("pixels"),
        get_line_width=OUTLINE_WIDTH_PX,
    )


def count_layer(
    placed: list[dict[str, Any]], circles: list[Circle], radius: float, font_size_px: float | None = None
) -> list[pdk.Layer]:
    """The number of organisations, written in the larger circles unless a smaller one lies on its place.

    Smaller circles are drawn later; `circles` are those of `placed`, in pixels.
    """

    def is_covered(number: int) -> bool:
        x, y, _ = circles[number]
        return any(
            other["count"] < placed[number]["count"] and math.hypot(x - a, y - b) < reach + radius
            for other, (a, b, reach) in zip(placed, circles, strict=True)
        )

    font_size_px = font_size_px or 2.4 * radius
    shown = [
        number
        for number, row in enumerate(placed)
        if row["count"] >= MIN_COUNT_SHOWN and radius * row["sqrt"] >= 0.6 * font_size_px and not is_covered(number)
    ]

    def is_beside(number: int, before: int) -> bool:
        """Two numbers that would read as one."""
        x, y = (abs(a - b) for a, b in zip(circles[number][:2], circles[before][:2], strict=True))
        return y < font_size_px and x < 1.5 * font_size_px

    rows = [
        {
            "longitude": placed[number]["longitude"],
            "latitude": placed[number]["latitude"],
            "text": str(placed[number]["count"]),
            "ink": rgb(text_on(SIDE_COLOURS[placed[number]["side"]])),
        }
        for at, number in enumerate(shown)
        if not any(is_beside(number, before) for before in shown[:at])
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
            get_size=round(font_size_px),
            get_color="ink",
            font_family=pdk.types.String(FONT),
            font_weight=pdk.types.String("bold"),
            parameters=FLAT,
        )
    ]


def _ring(placed: list[dict[str, Any]], selected: set[str], radius: float) -> list[pdk.Layer]:
    """A dark ring round the circles that hold a selected organisation."""
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
            get_radius=f"{radius} * sqrt + 4",
            parameters=FLAT,
            radius_units=pdk.types.String("pixels"),
            stroked=True,
            get_line_color=HIGHLIGHT,
            line_width_units=pdk.types.String("pixels"),
            get_line_width=2.5,
        )
    ]


def _arcs(links: pd.DataFrame, ends: Mapping[str, tuple[float, float]]) -> list[pdk.Layer]:
    """One great circle a link, from where its two circles are drawn; firm links on top of loose ones.

    Flat: seen from above, a raised arc hooks round its own end and swells in the foreground.
    """
    if links.empty:
        return []
    order = {status: position for position, status in enumerate(STATUS_STYLES)}
    rows = []
    for link in sorted(links.to_dict("records"), key=lambda link: -order[link["status"]]):
        style = STATUS_STYLES[link["status"]]
        rows.append(
            {
                "cooperation_id": link["cooperation_id"],
                "from": ends.get(link["eu_organisation_id"], (link["eu_longitude"], link["eu_latitude"])),
                "to": ends.get(link["us_organisation_id"], (link["us_longitude"], link["us_latitude"])),
                "colour": [*rgb(style.colour), 170 if style.is_intention else 200],
                "width": style.width * ARC_WIDTH_FACTOR,
                "tip": f"{link['title']}\n{link['kind']}, {style.label.lower()}\n{link['eu_name']} – {link['us_name']}",
            }
        )
    return [
        pdk.Layer(
            "ArcLayer",
            data=rows,
            id=ARC_LAYER,
            get_source_position="from",
            get_target_position="to",
            get_source_color="colour",
            get_target_color="colour",
            get_width="width",
            get_height=0,
            great_circle=True,
            num_segments=60,
            width_min_pixels=1,
            pickable=True,
            auto_highlight=True,
            parameters=FLAT,
        )
    ]

"""The map of organisations and links as a plotly figure, for files that have no server behind them.

Plotly's own map traces fetch outlines from another host, so land is a scatter trace on Mercator's
projection: the outlines come in as a `Ground`, cut to the view and snapped to a grid as fine as the view
shows. One unit of both axes is 1/2000 of the width of the view. Selection has no meaning in a file.
"""

import math
from collections.abc import Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import Chart, figure
from charts.theme import INK, PAPER, SIDE_COLOURS, SIDE_LABELS, STATUS_STYLES, text_on
from maps.basemap import VIEW_WIDTH_UNITS, BasemapGeometry, View, view_of
from maps.basemap_layers import COAST, LABEL, LAND, OCEAN, STATE_LINE
from maps.cooperation_map import (
    DEFAULT_EXTENT,
    DESIGN_WIDTH_PX,
    EXTENTS,
    MIN_COUNT_SHOWN,
    OUTLINE_WIDTH_PX,
    POINT_RADIUS_PX,
    SIDES,
    Extent,
    map_alt,
)
from maps.geometry import (
    TILE_SIZE_PX,
    Point,
    clip_lines,
    clip_polygons,
    great_circle,
    lines,
    project,
    rings,
    to_pixels,
)
from maps.labels import place_labels
from maps.points import group_points, keep_apart, spread_points

STATIC_MAP_HEIGHT_PX = 600  # pixels at DESIGN_WIDTH_PX, legend included
LEGEND_HEIGHT_PX = 52
ASPECT = (STATIC_MAP_HEIGHT_PX - LEGEND_HEIGHT_PX) / DESIGN_WIDTH_PX
ARC_WIDTH_FACTOR = 0.7  # of the width of a line in a chart: forty arcs share one ocean

# Drag to move, wheel or pinch to zoom, double click to come back.
MAP_CONFIG = MappingProxyType(
    {
        "displaylogo": False,
        "responsive": False,
        "scrollZoom": True,
        "displayModeBar": "hover",
        "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
    }
)


def static_map(
    points: pd.DataFrame, links: pd.DataFrame, basemap: BasemapGeometry, extent: str = DEFAULT_EXTENT
) -> Chart:
    """Organisations known to the city and the links between two of them, as maps.cooperation_map draws them.

    points, links: the frames of maps.cooperation_map.cooperation_map; `extent` is a key of maps.cooperation_map.EXTENTS.
    Raises ValueError for an unknown extent, an empty frame of points or a missing coordinate.
    """
    if extent not in EXTENTS:
        raise ValueError(f"unknown extent {extent!r}; use one of {', '.join(EXTENTS)}")
    wanted = EXTENTS[extent]
    placed = _placed(points, wanted)
    view = view_of(wanted.latitude, wanted.longitude, wanted.zoom, DESIGN_WIDTH_PX, ASPECT)
    ends = {key: (row["longitude"], row["latitude"]) for row in placed for key in row["organisation_ids"]}
    shown = [row for row in placed if view.contains(view.at(row["longitude"], row["latitude"]))]
    names = place_labels(basemap.labels, _pixels(placed, wanted), wanted.zoom, wanted.label_area, wanted.state_names)
    data = [*_basemap(basemap, view), _names(names, view), *_arcs(links, ends, view)]
    data += [
        _circles(side, [row for row in shown if row["side"] == side], view)
        for side in SIDES
        if any(row["side"] == side for row in shown)
    ]
    return Chart(figure(data, STATIC_MAP_HEIGHT_PX, **_layout(view)), _alt(points, shown, links, extent))


def _placed(points: pd.DataFrame, extent: Extent) -> list[dict[str, Any]]:
    """Circles where the map of the screen has them at this extent and DESIGN_WIDTH_PX; `text` is what stands in each."""
    if extent.spread_km:
        placed = keep_apart(
            spread_points(points, extent.spread_km), 2 * POINT_RADIUS_PX + OUTLINE_WIDTH_PX, extent.zoom
        )
    else:
        degrees = (POINT_RADIUS_PX + OUTLINE_WIDTH_PX) * 360 / TILE_SIZE_PX / 2**extent.zoom
        placed = group_points(points, extent.merge_km, degrees)
    circles = _pixels(placed, extent)

    def is_covered(number: int) -> bool:
        """Smaller circles are drawn later."""
        x, y, _ = circles[number]
        return any(
            other["count"] < placed[number]["count"] and math.hypot(x - a, y - b) < reach + POINT_RADIUS_PX
            for other, (a, b, reach) in zip(placed, circles, strict=True)
        )

    return [
        row | {"text": str(row["count"]) if row["count"] >= MIN_COUNT_SHOWN and not is_covered(number) else ""}
        for number, row in enumerate(placed)
    ]


def _pixels(placed: list[dict[str, Any]], extent: Extent) -> list[tuple[float, float, float]]:
    """Centre and radius of each circle in pixels."""
    return [
        (*to_pixels(row["longitude"], row["latitude"], extent.zoom), POINT_RADIUS_PX * row["sqrt"] + OUTLINE_WIDTH_PX)
        for row in placed
    ]


def _alt(points: pd.DataFrame, shown: list[dict[str, Any]], links: pd.DataFrame, extent: str) -> str:
    """The words of maps.cooperation_map for what this figure holds: a reader cannot pan to the other continent."""
    ids = {key for row in shown for key in row["organisation_ids"]}
    held = points[points["organisation_id"].isin(ids)]
    if held.empty:
        return f"Map, view {extent}: no organisation in this view; {len(links)} links across the Atlantic."
    beyond = len(points) - len(held)
    rest = f" {beyond} more organisations lie beyond this view." if beyond else ""
    return map_alt(held, links, extent) + rest


def _layout(view: View) -> dict[str, Any]:
    left, bottom, right, top = view.bounds
    axis = {"visible": False, "showgrid": False, "zeroline": False}
    return {
        "xaxis": axis | {"range": [0, VIEW_WIDTH_UNITS], "minallowed": left, "maxallowed": right},
        "yaxis": axis
        | {"range": [0, view.height], "minallowed": bottom, "maxallowed": top, "scaleanchor": "x", "scaleratio": 1},
        "plot_bgcolor": _css(OCEAN),
        "dragmode": "pan",
        "hovermode": "closest",
        "showlegend": True,
        "margin": {"l": 0, "r": 0, "t": LEGEND_HEIGHT_PX, "b": 0},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemsizing": "constant",
            "itemwidth": 40,
            "traceorder": "normal",
            "font": {"size": 13, "color": INK},
        },
    }


# ---------------------------------------------------------------- ground


def _basemap(basemap: BasemapGeometry, view: View) -> list[dict[str, Any]]:
    """Land with borders, lakes, borders of the US states, on whole units of the view."""
    land, lakes = (
        rings(clip_polygons(project(polygons, view.to_units), view.bounds, grid=1))
        for polygons in (basemap.countries, basemap.lakes)
    )
    borders = lines(clip_lines(project(basemap.state_borders, view.to_units), view.bounds, tolerance=0.5))
    return [
        _outlines("land", land, COAST, 0.8, LAND),
        _outlines("lakes", lakes, COAST, 0.4, OCEAN),
        _outlines("state borders", borders, STATE_LINE, 0.8),
    ]


def _outlines(
    name: str, parts: Iterable[list[Point]], colour: list[int], width_px: float, fill: list[int] | None = None
) -> dict[str, Any]:
    """Many outlines as one trace, a gap between each two."""
    xs: list[int | None] = []
    ys: list[int | None] = []
    for part in parts:
        xs += [None] * bool(xs) + [round(x) for x, _ in part]
        ys += [None] * bool(ys) + [round(y) for _, y in part]
    trace = {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": xs,
        "y": ys,
        "hoverinfo": "skip",
        "showlegend": False,
        "line": {"color": _css(colour), "width": width_px},
    }
    return trace | ({"fill": "toself", "fillcolor": _css(fill)} if fill else {})


def _names(rows: list[dict[str, Any]], view: View) -> dict[str, Any]:
    """Names where maps.labels found room for them, within the ground that is drawn."""
    step = VIEW_WIDTH_UNITS / DESIGN_WIDTH_PX  # of a pixel; its vertical axis points down
    places = [
        ((at := view.at(row["lon"], row["lat"]))[0] + row["offset"][0] * step, at[1] - row["offset"][1] * step)
        for row in rows
    ]
    kept = [(row, place) for row, place in zip(rows, places, strict=True) if view.contains(place)]
    return {
        "type": "scatter",
        "mode": "text",
        "name": "names",
        "hoverinfo": "skip",
        "showlegend": False,
        "x": [round(x) for _, (x, _) in kept],
        "y": [round(y) for _, (_, y) in kept],
        "text": [row["name"] for row, _ in kept],
        "textfont": {"size": [row["size"] for row, _ in kept], "color": _css(LABEL)},
    }


# ---------------------------------------------------------------- links and organisations


def _arcs(links: pd.DataFrame, ends: Mapping[str, Point], view: View) -> list[dict[str, Any]]:
    """One great circle a link, from where its two circles are drawn; firm links on top, firm first in the legend."""
    rows = links.to_dict("records") if len(links) else []
    order = {status: position for position, status in enumerate(STATUS_STYLES)}
    traces, seen = [], set()
    for link in sorted(rows, key=lambda link: -order[link["status"]]):
        style = STATUS_STYLES[link["status"]]
        start = ends.get(link["eu_organisation_id"], (link["eu_longitude"], link["eu_latitude"]))
        end = ends.get(link["us_organisation_id"], (link["us_longitude"], link["us_latitude"]))
        path = [view.at(*place) for place in great_circle(start, end)]
        tip = f"{link['title']}\n{link['kind']}, {style.label.lower()}\n{link['eu_name']} – {link['us_name']}"
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": style.label,
                "legendgroup": style.label,
                "legendrank": order[link["status"]] + 10,
                "showlegend": style.label not in seen,
                "x": [round(x, 1) for x, _ in path],
                "y": [round(y, 1) for _, y in path],
                "line": {"color": style.colour, "width": max(1.0, style.width * ARC_WIDTH_FACTOR), "dash": style.dash},
                "opacity": 0.7 if style.is_intention else 0.8,
                "text": _text(tip),
                "hoverinfo": "text",
            }
        )
        seen.add(style.label)
    return traces


def _circles(side: str, rows: list[dict[str, Any]], view: View) -> dict[str, Any]:
    """Circles of one side; the area is proportional to the number of organisations, written in the larger."""
    places = [view.at(row["longitude"], row["latitude"]) for row in rows]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": SIDE_LABELS[side],
        "legendrank": ("EU", "US", "OTHER").index(side) + 1,
        "x": [round(x, 1) for x, _ in places],
        "y": [round(y, 1) for _, y in places],
        "marker": {
            "color": SIDE_COLOURS[side],
            "opacity": 0.9,
            "line": {"color": PAPER, "width": 1.2},
            "size": [round(2 * POINT_RADIUS_PX * row["sqrt"], 1) for row in rows],
        },
        "text": [row["text"] for row in rows],
        "textfont": {"size": 11, "color": text_on(SIDE_COLOURS[side])},
        "textposition": "middle center",
        "hovertext": [_text(row["tip"]) for row in rows],
        "hoverinfo": "text",
    }


def _text(words: str) -> str:
    """Lines for a hover label; markup in a name stays text."""
    return escape(words, quote=False).replace("\n", "<br>")


def _css(colour: list[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)

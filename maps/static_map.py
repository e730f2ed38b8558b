"""The map of organisations and links as a plotly figure, for files that have no server behind them.

Plotly's own map traces fetch outlines from another host, so land is a scatter trace in Mercator's
projection: the outlines come in as a `BasemapGeometry`, clipped to the view and rounded to its grid. One unit of both
axes is 1/2000 of the width of the view. Nothing can be selected in a file.
"""

from collections.abc import Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import Chart, figure, horizontal_legend
from charts.theme import INK, PAPER, SIDE_COLOURS, text_on
from domain.text import agree, plural
from domain.vocabulary import SIDE_LABELS, SIDES
from maps.basemap import VIEW_WIDTH_UNITS, BasemapGeometry, View, view_of
from maps.basemap_layers import COAST, LABEL, LAND, OCEAN, STATE_LINE
from maps.circles import (
    DRAWING_ORDER,
    MIN_COUNT_SHOWN,
    OUTLINE_WIDTH_PX,
    POINT_RADIUS_PX,
    circle_pixels,
    ends_of,
    is_covered,
    place_circles,
)
from maps.cooperation_map import map_alt
from maps.extents import DEFAULT_EXTENT, DESIGN_WIDTH_PX, extent_of
from maps.geometry import Point, clip_lines, clip_polygons, great_circle, lines, project, rings
from maps.labels import place_labels
from maps.links import commitment_labels, drawn_links

STATIC_MAP_HEIGHT_PX = 600  # on a map DESIGN_WIDTH_PX wide, legend included
LEGEND_HEIGHT_PX = 52
ASPECT = (STATIC_MAP_HEIGHT_PX - LEGEND_HEIGHT_PX) / DESIGN_WIDTH_PX

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

    points, links: the frames of maps.cooperation_map.cooperation_map; `extent` is a key of maps.extents.EXTENTS.
    Raises ValueError for an unknown extent, an empty frame of points or a missing coordinate.
    """
    wanted = extent_of(extent)
    placed = place_circles(points, wanted, wanted.zoom, POINT_RADIUS_PX)
    circles = circle_pixels(placed, wanted.zoom, POINT_RADIUS_PX)
    view = view_of(wanted.latitude, wanted.longitude, wanted.zoom, DESIGN_WIDTH_PX, ASPECT)
    labels = place_labels(basemap.labels, circles, wanted.zoom, wanted.label_area, wanted.state_names)
    numbered = [
        row | {"text": str(row["count"])}
        if row["count"] >= MIN_COUNT_SHOWN and not is_covered(number, placed, circles, POINT_RADIUS_PX)
        else row | {"text": ""}
        for number, row in enumerate(placed)
    ]
    inside = [row for row in numbered if view.contains(view.at(row["longitude"], row["latitude"]))]
    data = [*basemap_traces(basemap, view), label_trace(labels, view), *_arcs(links, ends_of(placed), view)]
    data += [
        _circles(side, [row for row in inside if row["side"] == side], view)
        for side in DRAWING_ORDER
        if any(row["side"] == side for row in inside)
    ]
    return Chart(figure(data, STATIC_MAP_HEIGHT_PX, **map_layout(view)), _alt(points, inside, links, extent))


def _alt(points: pd.DataFrame, inside: list[dict[str, Any]], links: pd.DataFrame, extent: str) -> str:
    """Text alternative of what the figure contains: a reader of a file cannot pan to the other continent."""
    ids = {key for row in inside for key in row["organisation_ids"]}
    contained = points[points["organisation_id"].isin(ids)]
    if contained.empty:
        nothing = f"Map, view {extent}: no organisation or regional cluster in this view"
        return f"{nothing}; {plural(len(links), 'link')} across the Atlantic."
    outside = len(points) - len(contained)
    more = f" {outside} more {agree(outside, 'lies', 'lie')} beyond this view."
    rest = more if outside else ""
    return map_alt(contained, links, extent, is_whole=False) + rest


def map_layout(view: View) -> dict[str, Any]:
    """Layout of a static map: axes in units of the view, dragging and zooming within its bounds, legend on top."""
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
        "legend": horizontal_legend()
        | {"yanchor": "bottom", "itemsizing": "constant", "itemwidth": 40, "font": {"size": 13, "color": INK}},
    }


def basemap_traces(basemap: BasemapGeometry, view: View) -> list[dict[str, Any]]:
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


def label_trace(rows: list[dict[str, Any]], view: View) -> dict[str, Any]:
    """Labels where maps.labels has placed them, within the area that is drawn."""
    step = VIEW_WIDTH_UNITS / DESIGN_WIDTH_PX  # units of a pixel; pixels are counted downwards
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


def _arcs(links: pd.DataFrame, ends: Mapping[str, Point], view: View) -> list[dict[str, Any]]:
    """A trace of one great circle per link, from circle to circle; in the legend agreements come first."""
    labels = commitment_labels(links)
    order = list(labels)
    traces, seen = [], set()
    for link in drawn_links(links, ends):
        style = link.style
        path = [view.at(*place) for place in great_circle(link.eu, link.us)]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": labels[link.commitment],
                "legendgroup": link.commitment,
                "legendrank": order.index(link.commitment) + 10,
                "showlegend": link.commitment not in seen,
                "x": [round(x, 1) for x, _ in path],
                "y": [round(y, 1) for _, y in path],
                "line": {"color": style.colour, "width": style.width_px, "dash": style.dash},
                "opacity": 0.8,
                "text": hover_text(link.tip),
                "hoverinfo": "text",
            }
        )
        seen.add(link.commitment)
    return traces


def _circles(side: str, rows: list[dict[str, Any]], view: View) -> dict[str, Any]:
    """Trace of the circles of one side, the larger ones with their number of organisations."""
    places = [view.at(row["longitude"], row["latitude"]) for row in rows]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": SIDE_LABELS[side],
        "legendrank": SIDES.index(side) + 1,
        "x": [round(x, 1) for x, _ in places],
        "y": [round(y, 1) for _, y in places],
        "marker": {
            "color": SIDE_COLOURS[side],
            "opacity": 0.9,
            "line": {"color": PAPER, "width": OUTLINE_WIDTH_PX},
            "size": [round(2 * POINT_RADIUS_PX * row["sqrt"], 1) for row in rows],
        },
        "text": [row["text"] for row in rows],
        "textfont": {"size": 11, "color": text_on(SIDE_COLOURS[side])},
        "textposition": "middle center",
        "hovertext": [hover_text(row["tip"]) for row in rows],
        "hoverinfo": "text",
    }


def hover_text(text: str) -> str:
    """Lines of a hover label; markup in a name stays text."""
    return escape(text, quote=False).replace("\n", "<br>")


def _css(colour: list[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)

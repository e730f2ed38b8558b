"""Basemap of the page: ocean, land, lakes and borders, and the layer of labels.

Outlines come by URL from the app's own static folder (static/README.md). Labels are sent with the
page, because they are placed beside the circles (maps/labels.py).
"""

from typing import Any

import pydeck as pdk

from charts.theme import FONT

OCEAN = [221, 232, 240]
LAND = [250, 249, 246]
COAST = [150, 163, 174]
STATE_LINE = [200, 206, 211]
LABEL = [104, 114, 122]
HALO = [250, 249, 246]
# Paint in the order of the layers, without a depth test: circles over arcs.
PAINT_IN_ORDER = {"depthCompare": "always"}


def outline_layers(static_url: str) -> list[pdk.Layer]:
    """Ocean, land, lakes and all lines, the same in every view.

    Lines are straight segments (tools/make_lines.py) and not the outlines of the polygons: without a graphics card a
    frame then takes a third of the time.
    """
    ocean = [[-180, -85], [0, -85], [180, -85], [180, 85], [0, 85], [-180, 85]]
    return [
        pdk.Layer("SolidPolygonLayer", data=[{"ring": ocean}], id="ocean", get_polygon="ring", get_fill_color=OCEAN),
        pdk.Layer(
            "GeoJsonLayer", data=f"{static_url}/countries.json", id="countries", get_fill_color=LAND, stroked=False
        ),
        _line_layer("country-lines", static_url),
        pdk.Layer("GeoJsonLayer", data=f"{static_url}/lakes.json", id="lakes", get_fill_color=OCEAN, stroked=False),
        _line_layer("inner-lines", static_url),
    ]


def _line_layer(name: str, static_url: str) -> pdk.Layer:
    """Rows [longitude, latitude, longitude, latitude, kind], kinds as in tools/make_lines.py."""
    return pdk.Layer(
        "LineLayer",
        data=f"{static_url}/{name}.json",
        id=name,
        parameters=PAINT_IN_ORDER,
        get_source_position="[this[0], this[1]]",
        get_target_position="[this[2], this[3]]",
        get_color=f"this[4] == 2 ? {STATE_LINE} : {COAST}",
        get_width="this[4] == 1 ? 0.4 : 0.8",
    )


def label_layers(placed: list[dict[str, Any]]) -> list[pdk.Layer]:
    """Layer of labels as maps/labels.py places them; no layer without labels."""
    if not placed:
        return []
    return [
        pdk.Layer(
            "TextLayer",
            data=placed,
            id="labels",
            get_position="[lon, lat]",
            get_text="name",
            get_size="size",
            get_pixel_offset="offset",
            get_color=LABEL,
            font_family=pdk.types.String(FONT),
            character_set=pdk.types.String("auto"),
            font_settings={"sdf": True, "fontSize": 48, "buffer": 8},
            outline_width=2,
            outline_color=HALO,
            parameters=PAINT_IN_ORDER,
        )
    ]

"""The layer of arcs across the Atlantic, for the maps of cooperations and of proposed partners."""

from collections.abc import Mapping, Sequence
from typing import Any

import pydeck as pdk

from maps.basemap_layers import PAINT_IN_ORDER


def arc_layer(name: str, rows: Sequence[Mapping[str, Any]]) -> pdk.Layer:
    """One great circle for each row, which can be selected; ``name`` is the id of the layer.

    A row has ``from`` and ``to`` as (longitude, latitude), ``colour`` as red, green, blue and opacity (0 to 255),
    ``width`` in pixels and ``tip``. Without height: seen from above, a raised arc bends round its own end and looks
    wider in the foreground.
    """
    return pdk.Layer(
        "ArcLayer",
        data=rows,
        id=name,
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
        parameters=PAINT_IN_ORDER,
    )

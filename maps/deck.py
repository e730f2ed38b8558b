"""Decks of the page: compact JSON, a tooltip, a view from above."""

import json
from types import MappingProxyType

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from charts.theme import FONT, GREY, INK
from maps.extents import Extent, zoom_of

STATIC_URL = "app/static"  # relative to the page, so that the dashboard may be served under a path
DISCLAIMER = (
    "EU as in 2017, with the United Kingdom. Outlines: Natural Earth and US Census Bureau. "
    "Borders and names imply no opinion on any status."
)
TOOLTIP_STYLE = MappingProxyType(
    {
        "backgroundColor": "#ffffff",
        "color": INK,
        "fontFamily": FONT,
        "fontSize": "14px",
        "border": f"1px solid {GREY}",
        "borderRadius": "4px",
        "maxWidth": "320px",
    }
)


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck publishes no types
    """A Deck whose JSON has no indentation: a third of the bytes on every rerun."""

    def to_json(self) -> str:
        """The deck as Streamlit sends it to the browser."""
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"), ensure_ascii=False)


def map_deck(layers: list[pdk.Layer], extent: Extent, width_px: int) -> pdk.Deck:
    """Deck of the layers in a view from above; the tooltip of an object is its `tip`.

    The world starts again at its edge, because a map may be wider than the world at its zoom.
    """
    return CompactDeck(
        layers=layers,
        map_provider=None,
        tooltip={"text": "{tip}", "style": dict(TOOLTIP_STYLE)},
        initial_view_state=pdk.ViewState(
            latitude=extent.latitude,
            longitude=extent.longitude,
            zoom=round(zoom_of(extent, width_px), 2),
            min_zoom=0,
            max_zoom=9,
            pitch=0,
            bearing=0,
        ),
        views=[pdk.View(type="MapView", repeat=True, controller={"dragRotate": False, "touchRotate": False})],
    )


def rgb(colour: str) -> list[int]:
    """'#RRGGBB' as deck.gl takes it."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]

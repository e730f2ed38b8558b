"""Draws the map of a DeckCard with its legend and notes."""

import streamlit as st

from cards.card import DeckCard
from maps.deck import DISCLAIMER
from maps.view_fit import CARD_MAP_HEIGHT_PX
from ui.parts.cooperation_map_view import map_names, map_width_px
from ui.parts.map_legend import map_legend_html


def draw_deck(card: DeckCard) -> None:
    """Draw the map of a card with its legend and notes."""
    st.pydeck_chart(
        card.deck(map_width_px(), map_names()), height=CARD_MAP_HEIGHT_PX, key=f"{card.key}_map", alt=card.alt
    )
    st.html(f'<div style="font-size:0.875rem">{map_legend_html(card.legend)}</div>')
    st.caption(f"{card.map_note} {DISCLAIMER}".strip())

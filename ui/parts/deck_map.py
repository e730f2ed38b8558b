"""Draws the map of a DeckCard with its legend and notes."""

import streamlit as st

from cards.card import DeckCard
from maps.deck import DISCLAIMER
from maps.view_fit import CARD_MAP_HEIGHT_PX
from ui import screen
from ui.parts.cooperation_map_view import map_names
from ui.parts.kept_deck import KeptDeck, kept_deck
from ui.parts.map_legend import map_legend_html
from ui.parts.map_width import map_width_px, measure_map_width
from warehouse.query_cache import run_kept


def _deck(card: DeckCard, width_px: int) -> KeptDeck:
    return kept_deck(card.deck(width_px, map_names()))


def draw_deck(card: DeckCard) -> None:
    """Draw the map of a card with its legend and notes."""
    key = f"{card.key}_map"
    width = map_width_px(key)
    deck = run_kept(_deck, card, width)
    with st.container(gap=None):
        st.pydeck_chart(deck, height=CARD_MAP_HEIGHT_PX, key=f"{key}_{width}", alt=card.alt)
        measure_map_width(key, width)
    st.html(f'<div style="font-size:0.875rem">{map_legend_html(card.legend)}</div>')
    screen.caption(f"{card.map_note} {DISCLAIMER}".strip())

"""Draws the figure of a card that is a map of its own: deck, legend and a sentence on what is not drawn."""

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from cards.card import DeckCard
from maps.cooperation_map import DISCLAIMER
from maps.view_fit import CARD_MAP_HEIGHT_PX
from ui.parts.cooperation_map_view import map_names, map_width_px


def draw_deck(card: DeckCard) -> None:
    """Draw the map of a card with its legend and notes."""
    st.pydeck_chart(
        card.deck(map_width_px(), map_names()), height=CARD_MAP_HEIGHT_PX, key=f"{card.key}_map", alt=card.alt
    )
    _legend(card.legend)
    st.caption(f"{card.map_note} {DISCLAIMER}".strip())


def _legend(rows: Iterable[Mapping[str, str]]) -> None:
    marks = []
    for row in rows:
        radius = "50%" if row.get("shape") == "circle" else "2px"
        mark = (
            f'<span style="display:inline-block;width:13px;height:13px;border-radius:{radius};'
            f'background:{row["colour"]};border:1px solid #56616B;vertical-align:-2px"></span>'
        )
        marks.append(f'<span style="white-space:nowrap;margin-right:1rem">{mark} {escape(row["label"])}</span>')
    st.html(f'<div style="font-size:0.875rem">{"".join(marks)}</div>')

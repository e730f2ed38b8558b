"""Draws a card of any kind where no page has arranged it: embedded, or for a share."""

import streamlit as st

from cards.card import Card, FiguresCard, MapCard, TextsCard
from cards.headlines import headlines
from ui import state
from ui.parts.cooperation_map_view import atlas
from ui.parts.panels import chart_card, headline_row
from ui.parts.stories import story_cards


def any_card(card: Card) -> None:
    """A map with its points, figures beside each other, stories as cards, else the chart card."""
    match card:
        case MapCard():
            st.header(card.title, anchor=False)
            atlas(card.points, card.links, card.extent, key="embedded_map")
        case FiguresCard():
            headline_row(headlines(state.read_filters()[0]))
        case TextsCard():
            story_cards(card.rows)
        case _:
            chart_card(card)

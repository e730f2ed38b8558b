"""Records in small cards side by side, where they are too few for a chart."""

import streamlit as st

from cards.card import Card
from ui import state
from ui.parts.citations import plain

WIDTH_PX = 320


def draw_small_cards(card: Card) -> None:
    """Draw a box for each record of the card; its name opens the profile."""
    table = card.evidence.table
    with st.container(horizontal=True):
        for one in card.small_cards:
            with st.container(border=True, width=WIDTH_PX, gap=None, key=f"{card.key}_{table}_{one.record_id}"):
                if st.button(
                    plain(one.title),
                    key=f"open_{card.key}_{one.record_id}",
                    type="tertiary",
                    icon=":material/arrow_forward:",
                ):
                    state.show_record(table, one.record_id)
                    st.rerun(scope="app")  # the card is a fragment; the profile is outside it
                for line in one.lines:
                    st.caption(plain(line))

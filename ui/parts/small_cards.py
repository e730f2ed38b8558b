"""Records in small cards side by side, where they are too few for a chart."""

from collections.abc import Sequence

import streamlit as st

from cards.card import Card, SmallCard
from ui import state
from ui.parts.citations import plain

WIDTH_PX = 320


def draw_small_cards(card: Card) -> None:
    """Draw a box for each record of the card; its name opens the profile."""
    record_boxes(card.evidence.table, card.small_cards, card.key)


def record_boxes(table: str, boxes: Sequence[SmallCard], key: str, width_px: int = WIDTH_PX) -> None:
    """Draw a box for each record of a table; its name opens the profile. ``key`` is unlike others of the page."""
    with st.container(horizontal=True):
        for one in boxes:
            with st.container(border=True, width=width_px, gap=None, key=f"{key}_{table}_{one.record_id}"):
                if st.button(
                    plain(one.title),
                    key=f"open_{key}_{one.record_id}",
                    type="tertiary",
                    icon=":material/arrow_forward:",
                ):
                    state.show_record(table, one.record_id)
                    st.rerun(scope="app")  # the card is a fragment; the profile is outside it
                for line in one.lines:
                    st.caption(plain(line))

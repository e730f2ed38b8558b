"""Records in small cards side by side, where they are too few for a chart."""

import streamlit as st

from cards.card import Card, SmallCard
from domain.pages import page
from ui import state
from ui.parts.citations import plain
from ui.parts.record_buttons import left_aligned_buttons

MIN_WIDTH_PX = 260
MIN_COLUMNS = 3  # so that the card of a single record is not as wide as the page


def draw_small_cards(card: Card) -> None:
    """Draw a box for each record of the card; its name opens the profile."""
    left_aligned_buttons()
    with st.grid(columns=max(len(card.small_cards), MIN_COLUMNS), min_column_width=MIN_WIDTH_PX):
        for one in card.small_cards:
            _small_card(card, one)


def _small_card(card: Card, one: SmallCard) -> None:
    table = card.evidence.table
    with st.container(border=True, gap="xsmall", key=f"{card.key}_{table}_{one.record_id}"):
        if st.button(
            f"**{plain(one.title)}**",
            key=f"open_{card.key}_{one.record_id}",
            type="tertiary",
            icon=":material/arrow_forward:",
        ):
            state.show_record(table, one.record_id)
            st.rerun(scope="app")  # the card is a fragment; the profile is outside it
        for line in one.lines:
            st.markdown(plain(line))
        if one.page:
            linked = page(one.page)
            filters, _ = state.read_filters()
            st.page_link(f"pages/{one.page}.py", label=linked.title, icon=linked.icon, query_params=filters.to_params())

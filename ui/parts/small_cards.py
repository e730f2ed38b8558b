"""Records in small cards side by side, where they are too few for a chart."""

from collections.abc import Sequence

import streamlit as st

from cards.card import Card, SmallCard
from domain.pages import page
from ui import screen, state
from ui.markup import md
from ui.parts.record_buttons import left_aligned_buttons

MIN_WIDTH_PX = 260
MIN_COLUMNS = 3  # so that the card of a single record is not as wide as the page


def draw_small_cards(card: Card) -> None:
    """Draw a box for each record of the card; its name opens the profile."""
    columns = max(len(card.small_cards), MIN_COLUMNS)
    record_boxes(card.evidence.table, card.small_cards, card.key, columns, MIN_WIDTH_PX)


def record_boxes(table: str, boxes: Sequence[SmallCard], key: str, columns: int, min_width_px: int) -> None:
    """Draw a box for each record of a table; its name opens the profile. ``key`` is unlike others of the page."""
    left_aligned_buttons()
    with st.grid(columns=columns, min_column_width=min_width_px):
        for one in boxes:
            _small_card(table, one, key)


def _small_card(table: str, one: SmallCard, key: str) -> None:
    with st.container(border=True, gap="xsmall", height="stretch", key=f"{key}_{table}_{one.record_id}"):
        if screen.button(
            md("**{}**", one.title),
            key=f"open_{key}_{one.record_id}",
            type="tertiary",
            icon=":material/arrow_forward:",
        ):
            state.show_record(table, one.record_id)
            st.rerun(scope="app")  # the card is a fragment; the profile is outside it
        for line in one.lines:
            screen.markdown(line)
        if one.page:
            linked = page(one.page)
            filters, _ = state.read_filters()
            screen.page_link(
                f"pages/{one.page}.py", label=linked.title, icon=linked.icon, query_params=state.link_params(filters)
            )

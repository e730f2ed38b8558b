"""The empty state of a view: which filters leave nothing, and buttons that drop them."""

from collections.abc import Callable

import streamlit as st

from cards.definition import might_match
from domain.filters import Filters
from ui import screen, state
from warehouse.populations import Population
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import count

# Streamlit cuts the label of a button that is wider than the window.
_WRAPPED_LABELS = "<style>[class*='st-key-relax_'] .stMarkdownEllipsis p {white-space: normal}</style>"


def empty_state(
    population: Population, filters: Filters, plural: str = "", count_left: Callable[[Filters], int] | None = None
) -> None:
    """Draw the empty state: the filters, buttons that drop one of them with the number of records left, "clear all".

    ``filters`` are those that restrict the view; ``plural`` names what is missing, by default the population;
    ``count_left`` counts what other filters leave, by default records of the population.
    """
    plural = plural or population.name_of_many
    if filters.is_empty():
        screen.info(f"This build holds no {plural}.")
        return
    possible = might_match(filters, population)
    note = f" {possible}." if possible else ""
    screen.info(
        f"No {plural} for this filter: {filters.describe(vocabulary())}.{note}",
        icon=":material/filter_alt_off:",
    )
    st.html(_WRAPPED_LABELS)
    with st.container(horizontal=True):
        for noun, relaxed in filters.relaxations():
            number = count_left(relaxed) if count_left else run_query(count, population, relaxed)
            if number:
                screen.button(
                    f"Drop {noun}: {number:,} {plural}" if number != 1 else f"Drop {noun}: 1 {population.singular}",
                    key=f"relax_{population.table}_{plural}_{noun}",
                    on_click=state.write_filters,
                    args=(relaxed,),
                )
        screen.button(
            "Clear all filters",
            key=f"relax_{population.table}_{plural}_all",
            on_click=state.write_filters,
            args=(Filters(),),
            type="primary",
        )

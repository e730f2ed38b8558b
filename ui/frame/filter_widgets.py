"""The shared filters as widgets: a view of the URL, written back on change."""

from dataclasses import replace

import streamlit as st

from domain.filters import SIDE_LABELS, Filters
from ui import state
from warehouse import query_cache


def filter_widgets(filters: Filters) -> None:
    """The shared filters as widgets: a view of the URL, written back on change."""
    vocabulary = query_cache.vocabulary()
    for key, value in {
        "filter_sector": list(filters.sectors),
        "filter_side": list(filters.sides),
        "filter_country": list(filters.countries),
        "filter_from": filters.year_from,
        "filter_to": filters.year_to,
        "filter_unknown": filters.keep_unknown,
    }.items():
        st.session_state[key] = value
    st.caption("Filters, on every page")
    st.multiselect(
        "Sector",
        list(vocabulary.sectors),
        key="filter_sector",
        format_func=vocabulary.sector_option,
        on_change=_from_widgets,
        placeholder="All sectors",
    )
    st.pills(
        "Side",
        list(SIDE_LABELS),
        selection_mode="multi",
        key="filter_side",
        format_func=_SHORT_SIDES.get,
        help="The European Union as in 2017, the year of the discussion paper: with the United Kingdom",
        on_change=_from_widgets,
    )
    st.multiselect(
        "Country",
        list(vocabulary.countries),
        key="filter_country",
        format_func=vocabulary.countries.get,
        on_change=_from_widgets,
        placeholder="All countries",
    )
    first, last = st.columns(2)
    first.selectbox(
        "From year", vocabulary.years, index=None, key="filter_from", on_change=_from_widgets, placeholder="any"
    )
    last.selectbox("To year", vocabulary.years, index=None, key="filter_to", on_change=_from_widgets, placeholder="any")
    st.toggle("Keep rows of unknown date, sector or place", key="filter_unknown", on_change=_from_widgets)


_SHORT_SIDES = {"EU": "EU", "US": "USA", "OTHER": "Other"}


def _from_widgets() -> None:
    widget = st.session_state
    filters = Filters(
        tuple(widget["filter_sector"]),
        tuple(widget["filter_side"]),
        tuple(widget["filter_country"]),
        widget["filter_from"],
        widget["filter_to"],
        widget["filter_unknown"],
    )
    if filters.year_from and filters.year_to and filters.year_from > filters.year_to:
        filters = replace(filters, year_from=filters.year_to, year_to=filters.year_from)
    state.write_filters(filters)

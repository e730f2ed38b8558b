"""The shared filters as widgets: they show the filters in the URL and write changes back to it."""

from dataclasses import replace

import streamlit as st

from domain.filters import FILTERS, Filters, ListFilter, Vocabulary, YearsFilter
from ui import state
from warehouse import query_cache

_YEARS = ("filter_from", "filter_to")
_POSSIBLE = "filter_unknown"


def filter_widgets(filters: Filters) -> None:
    """One widget per filter, and the switch for records that might match."""
    vocabulary = query_cache.vocabulary()
    st.caption("Filters, on every page")
    for definition in FILTERS:
        if isinstance(definition, ListFilter):
            _list_widget(definition, filters, vocabulary)
        else:
            _years_widget(definition, filters, vocabulary)
    st.session_state[_POSSIBLE] = filters.show_possible
    st.toggle(
        "Show records that might match",
        key=_POSSIBLE,
        on_change=_from_widgets,
        help="A record might match a filter when its date, sector, side or country is not recorded, or not for all of "
        "its parties, members or places. Such records are never counted; this switch shows or hides them below the "
        "registers.",
    )


def _key(definition: ListFilter) -> str:
    return f"filter_{definition.parameter}"


def _list_widget(definition: ListFilter, filters: Filters, vocabulary: Vocabulary) -> None:
    labels = definition.labels(vocabulary)
    st.session_state[_key(definition)] = list(definition.values(filters))
    if definition.widget == "pills":
        st.pills(
            definition.label,
            list(labels),
            selection_mode="multi",
            key=_key(definition),
            format_func=lambda value: definition.short_labels.get(value, labels[value]),
            help=definition.help or None,
            on_change=_from_widgets,
        )
        return
    option = vocabulary.sector_option if definition.options == "sectors" else labels.__getitem__
    st.multiselect(
        definition.label,
        list(labels),
        key=_key(definition),
        format_func=option,
        on_change=_from_widgets,
        placeholder=definition.placeholder,
        help=definition.help or None,
    )


def _years_widget(_: YearsFilter, filters: Filters, vocabulary: Vocabulary) -> None:
    years = (filters.year_from, filters.year_to)
    for column, key, label, year in zip(st.columns(2), _YEARS, ("From year", "To year"), years, strict=True):
        st.session_state[key] = year
        # A year in the URL may lie outside those of the records.
        options = sorted({*vocabulary.years, *([year] if year else [])})
        column.selectbox(label, options, index=None, key=key, on_change=_from_widgets, placeholder="any")


def _from_widgets() -> None:
    """Write the values of all widgets to the URL; reversed years are swapped."""
    chosen = st.session_state
    filters = Filters(show_possible=chosen[_POSSIBLE])
    for definition in FILTERS:
        if isinstance(definition, ListFilter):
            filters = definition.with_values(filters, chosen[_key(definition)])
    first, last = (chosen[key] for key in _YEARS)
    if first and last and first > last:
        first, last = last, first
    state.write_filters(replace(filters, year_from=first, year_to=last))

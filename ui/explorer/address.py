"""What the Explorer reads from the URL and writes to it. The shared filters are those of every page."""

from collections.abc import Collection, Iterable

import streamlit as st

from domain.filters import PARAMETERS, Filters
from explorer.entries import values
from explorer.facets import FACETS, Facet
from explorer.layout import ACROSS, BY, COLUMN, ORDER, SHOW, SORT
from explorer.selection import BLANK_PARAMETER, REGISTER_PARAMETER, Selection
from explorer.view import Exploration, explore
from ui import state

_CHOICES = frozenset({BLANK_PARAMETER, REGISTER_PARAMETER, *(facet.name for facet in FACETS if not facet.filter)})
_LAYOUT = frozenset({ACROSS, BY, COLUMN, ORDER, SHOW, SORT})


def read(filters: Filters) -> Exploration:
    """What the URL shows."""
    params = {name: st.query_params.get_all(name) for name in (*_CHOICES, *_LAYOUT)}
    return explore(params, filters)


def choose(selection: Selection, facet: Facet, entries: Collection[str]) -> None:
    """Write other entries of a facet to the URL."""
    filters = state.read_filters()[0]
    if facet.filter:
        filters = facet.filter.with_values(filters, values(entries))
    _write(filters, selection.with_chosen(facet, entries).to_params(), _CHOICES)


def write_selection(selection: Selection) -> None:
    """Write a selection to the URL; shared filters that it does not have are removed."""
    _write(selection.filters, selection.to_params(), _CHOICES)


def choose_register(name: str) -> None:
    """Write a register to the URL. The shared filters stay; facets and layout are those of another register."""
    _write(state.read_filters()[0], Selection(name).to_params(), _CHOICES | _LAYOUT)


def _write(filters: Filters, pairs: Iterable[tuple[str, str]], replaced: Collection[str]) -> None:
    """Write filters and ``pairs`` to the URL in place of all parameters ``replaced``; the others are kept."""
    kept = [
        (name, value)
        for name in st.query_params
        if name not in PARAMETERS and name not in replaced
        for value in st.query_params.get_all(name)
    ]
    st.query_params.from_dict(state.grouped([*filters.to_params(), *pairs, *kept]))


def set_or_drop(name: str, value: str | list[str]) -> None:
    """Write a parameter to the URL, or remove it where it has no value."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)

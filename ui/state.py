"""The URL is the state: filters and the open record are read from it and written to it, nowhere else."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from warehouse import answers
from warehouse.filters import PARAMETERS, Filters, parse

# URL parameter of each kind of record that has a panel of its own.
RECORD_PARAMETERS = {
    "organisation": "organisations",
    "project": "projects",
    "cooperation": "cooperations",
    "event": "events",
    "policy": "policies",
    "story": "success_stories",
    "opportunity": "opportunities",
    "activity": "activities",
    "figure": "figures",
    "source": "sources",
    "measure": "usa_share",
}
_PARAMETER_OF = {table: name for name, table in RECORD_PARAMETERS.items()}


def read_filters() -> tuple[Filters, list[str]]:
    """Filters in the URL, and a note for each parameter that was dropped."""
    params = {name: st.query_params.get_all(name) for name in PARAMETERS}
    return parse(params, answers.vocabulary())


def filter_words() -> str:
    """The active filters in words."""
    return read_filters()[0].describe(answers.vocabulary())


def write_filters(filters: Filters) -> None:
    """Put filters into the URL; everything that is not a filter stays as it is."""
    others = [(k, v) for k in st.query_params if k not in PARAMETERS for v in st.query_params.get_all(k)]
    _replace(filters.to_params() + others)


def open_record() -> tuple[str, str] | None:
    """Table and id of the record whose panel the URL asks for."""
    for name, table in RECORD_PARAMETERS.items():
        if st.query_params.get(name):
            return table, st.query_params[name]
    return None


def show_record(table: str, record_id: str) -> None:
    """Ask for the panel of a record; a link to it can be copied from the address bar."""
    close_record()
    st.query_params[_PARAMETER_OF[table]] = record_id


def close_record() -> None:
    """Close the open panel."""
    for name in RECORD_PARAMETERS:
        st.query_params.pop(name, None)


def _replace(pairs: list[tuple[str, str]]) -> None:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    st.query_params.from_dict(grouped)


def url_choice(name: str, options: Mapping[str, str], label: str) -> str:
    """A choice of one page, kept in the URL under ``name``; the first option is the default.

    ``options`` maps the value in the URL to its label.
    """
    default = next(iter(options))
    asked = st.query_params.get(name, default)
    key = f"choice_{name}"
    st.session_state[key] = asked if asked in options else default

    def write() -> None:
        st.query_params[name] = st.session_state[key]

    return st.segmented_control(label, list(options), required=True, key=key, format_func=options.get, on_change=write)


def current_page() -> str:
    """Name of the page that is shown, as in its address; the start page has none there."""
    path = urlsplit(st.context.url or "").path.rstrip("/")
    return path.rsplit("/", 1)[-1] or "overview"

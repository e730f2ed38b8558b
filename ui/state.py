"""The URL is the state: filters and the open record are read from it and written to it, nowhere else."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from domain.filters import PARAMETERS, Filters, parse
from domain.record_types import RECORD_TYPES, TABLE_OF_PARAMETER
from domain.text import plain_excerpt
from domain.urls import Choices
from warehouse import query_cache

MAX_NAMED = 3  # unknown values of a link that a note names
# Parameters that are neither filters nor choices of a page.
_NO_CHOICE = {*PARAMETERS, *TABLE_OF_PARAMETER, "release", "embed", "embed_options", "card"}


def read_filters() -> tuple[Filters, list[str]]:
    """Filters in the URL, and a note for each parameter that was dropped."""
    params = {name: st.query_params.get_all(name) for name in PARAMETERS}
    return parse(params, query_cache.vocabulary())


def page_choices() -> Choices:
    """Parameters of the URL that choose what the page shows: neither filters nor a profile nor a release.

    They are sorted by name, so that the same view has one URL.
    """
    others = sorted(name for name in st.query_params if name not in _NO_CHOICE)
    return tuple((name, value) for name in others for value in st.query_params.get_all(name))


def card_choices() -> dict[str, tuple[str, ...]]:
    """The same by name, as a card definition takes them."""
    return {name: tuple(st.query_params.get_all(name)) for name, _ in page_choices()}


def write_filters(filters: Filters) -> None:
    """Put filters into the URL; all other parameters are kept."""
    others = [(k, v) for k in st.query_params if k not in PARAMETERS for v in st.query_params.get_all(k)]
    st.query_params.from_dict(grouped(filters.to_params() + others))


def open_record() -> tuple[str, str] | None:
    """Table and id of the record whose panel the URL asks for."""
    for name, table in TABLE_OF_PARAMETER.items():
        if st.query_params.get(name):
            return table, st.query_params[name]
    return None


def show_record(table: str, record_id: str) -> None:
    """Ask for the panel of a record; a link to it can be copied from the address bar."""
    close_record()
    st.query_params[RECORD_TYPES[table].parameter] = record_id


def close_record() -> None:
    """Close the open panel."""
    for name in TABLE_OF_PARAMETER:
        st.query_params.pop(name, None)


def grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Parameters with all their values: Streamlit takes the last of a repeated pair when it writes an address."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


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

    st.segmented_control(label, list(options), required=True, key=key, format_func=options.__getitem__, on_change=write)
    return str(st.session_state[key])


def url_select(name: str, options: Mapping[str, str], label: str, default: str, *, disabled: bool = False) -> str:
    """A choice of many, kept in the URL under ``name`` unless it is the default; a note when the link asks for another.

    ``options`` maps the value in the URL to its label.
    """
    asked = st.query_params.get(name, default)
    if asked not in options:
        _dropped(name, asked)
        asked = default
    key = f"choice_{name}"
    st.session_state[key] = asked

    def write() -> None:
        st.query_params[name] = st.session_state[key]

    st.selectbox(label, list(options), key=key, format_func=options.__getitem__, on_change=write, disabled=disabled)
    return str(st.session_state[key])


def url_many(name: str, options: Mapping[str, str], label: str, max_choices: int, placeholder: str) -> list[str]:
    """Up to ``max_choices`` choices, kept in the URL as repeated ``name``; one note on those that are unknown, one on too many."""
    asked = list(dict.fromkeys(st.query_params.get_all(name)))
    unknown = [value for value in asked if value not in options]
    if len(unknown) == 1:
        _dropped(name, unknown[0])
    elif unknown:
        more = f" and {len(unknown) - MAX_NAMED} more" if len(unknown) > MAX_NAMED else ""
        st.warning(
            f"{len(unknown)} values of the link's {name} are not known here and were dropped: "
            f"{', '.join(f'“{plain_excerpt(value)}”' for value in unknown[:MAX_NAMED])}{more}.",
            icon=":material/link_off:",
        )
    known = [value for value in asked if value in options]
    if len(known) > max_choices:
        st.warning(
            f"The link names {len(known)} for {label.lower()}; the first {max_choices} are shown.",
            icon=":material/link_off:",
        )
    key = f"choice_{name}"
    st.session_state[key] = known[:max_choices]

    def write() -> None:
        st.query_params[name] = st.session_state[key]

    return st.multiselect(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        on_change=write,
        max_selections=max_choices,
        placeholder=placeholder,
    )


def _dropped(name: str, value: str) -> None:
    st.warning(
        f"The link's {name} “{plain_excerpt(value)}” is not known here and was dropped.", icon=":material/link_off:"
    )


def current_page() -> str:
    """Name of the page that is shown, as in its address; the start page has none there."""
    path = urlsplit(st.context.url or "").path.rstrip("/")
    return path.rsplit("/", 1)[-1] or "overview"

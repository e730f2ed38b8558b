"""The state of the app, which is in the URL alone: filters, the open record and the choices of a page."""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlsplit

import streamlit as st

from domain.filters import PARAMETERS, Filters, parse
from domain.pages import START_PAGE
from domain.record_types import RECORD_TYPES, TABLE_OF_PARAMETER
from domain.text import describe_dropped
from domain.urls import RELEASE, Choices
from ui import screen
from warehouse import query_cache

_OPENED = "record_opened"  # session key that exists from the opening of a record until the page is drawn
QUESTION = "q"  # parameter of what is searched for
# Parameters that are neither filters nor choices of a page.
_NO_CHOICE = {*PARAMETERS, *TABLE_OF_PARAMETER, QUESTION, RELEASE, "embed", "embed_options", "card"}


def read_filters() -> tuple[Filters, list[str]]:
    """Filters in the URL, and a note for each parameter that was dropped."""
    params = {name: st.query_params.get_all(name) for name in PARAMETERS}
    return parse(params, query_cache.vocabulary())


def page_choices() -> Choices:
    """Parameters of the URL that choose what the page shows, as pairs: no filters, no profile and no release.

    They are sorted by name, so that each view has one URL.
    """
    others = sorted(name for name in st.query_params if name not in _NO_CHOICE)
    return tuple((name, value) for name in others for value in st.query_params.get_all(name))


def card_choices() -> dict[str, tuple[str, ...]]:
    """The choices of the page by name, as cards.definition.CardChoices."""
    return {name: tuple(st.query_params.get_all(name)) for name, _ in page_choices()}


def link_params(filters: Filters) -> list[tuple[str, str]]:
    """Parameters of a link to another view: these filters, and the release where an earlier one is shown."""
    is_earlier = query_cache.is_other_than_published()
    return [*filters.to_params(), *([(RELEASE, st.query_params[RELEASE])] if is_earlier else [])]


def write_filters(filters: Filters) -> None:
    """Write filters to the URL; all other parameters are kept."""
    others = [(k, v) for k in st.query_params if k not in PARAMETERS for v in st.query_params.get_all(k)]
    st.query_params.from_dict(grouped(filters.to_params() + others))


def open_record() -> tuple[str, str] | None:
    """Table and id of the record whose profile the URL names; None when it names none."""
    for name, table in TABLE_OF_PARAMETER.items():
        if st.query_params.get(name):
            return table, st.query_params[name]
    return None


def show_record(table: str, record_id: str) -> None:
    """Write a record to the URL, which opens its profile."""
    close_record()
    st.query_params[RECORD_TYPES[table].parameter] = record_id
    st.session_state[_OPENED] = True


def forget_opened() -> bool:
    """Whether a record was opened since this was last asked: a part of a page that runs alone has the page run then."""
    return bool(st.session_state.pop(_OPENED, False))


def close_record() -> None:
    """Remove the open record from the URL, which closes its profile."""
    for name in TABLE_OF_PARAMETER:
        st.query_params.pop(name, None)


def grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """{parameter: all its values}; of repeated pairs Streamlit would write only the last to the URL."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def url_choice(
    name: str,
    options: Mapping[str, str],
    label: str,
    *,
    default: str = "",
    is_labelled: bool = True,
    drops: Collection[str] = (),
) -> str:
    """Draw the buttons of a choice that the URL holds under ``name`` and return its value.

    ``options`` maps the value in the URL to its label; ``default`` is the first one unless it is given. Without
    ``is_labelled`` only screen readers get the label. ``drops`` are parameters that another choice removes from the
    URL.
    """
    default = default or next(iter(options))
    value = st.query_params.get(name, default)
    key = f"choice_{name}"
    st.session_state[key] = value if value in options else default

    def write() -> None:
        st.query_params[name] = st.session_state[key]
        for other in drops:
            st.query_params.pop(other, None)

    screen.segmented_control(
        label,
        list(options),
        required=True,
        key=key,
        format_func=options.__getitem__,
        on_change=write,
        label_visibility="visible" if is_labelled else "collapsed",
        wrap=True,
    )
    return str(st.session_state[key])


def url_member(name: str, value: str, labels: tuple[str, str], label: str) -> bool:
    """Draw two buttons, for a choice that the URL holds by listing ``value`` under ``name``; True when it is listed.

    ``labels`` are those of the buttons for "not listed" and "listed". Screen readers get ``label``.
    """
    listed = st.query_params.get_all(name)
    key = f"choice_{name}_{value}"
    st.session_state[key] = value in listed

    def write() -> None:
        kept = [one for one in st.query_params.get_all(name) if one != value]
        if chosen := [*kept, value] if st.session_state[key] else kept:
            st.query_params[name] = chosen
        else:
            st.query_params.pop(name, None)

    screen.segmented_control(
        label,
        [False, True],
        required=True,
        key=key,
        format_func=labels.__getitem__,
        on_change=write,
        label_visibility="collapsed",
    )
    return bool(st.session_state[key])


def url_pills(name: str, options: Mapping[str, str], shown: Collection[str], label: str) -> list[str]:
    """Draw buttons of which several can be chosen, which the URL holds as repeated ``name``, and return their values.

    ``options`` maps every value that the URL may have to its label; buttons are drawn for those ``shown`` or chosen.
    Unknown values are dropped with a note.
    """
    values = list(dict.fromkeys(st.query_params.get_all(name)))
    _note_dropped(name, [value for value in values if value not in options])
    key = f"choice_{name}"
    st.session_state[key] = [value for value in options if value in values]

    def write() -> None:
        if st.session_state[key]:
            st.query_params[name] = st.session_state[key]
        else:
            st.query_params.pop(name, None)

    screen.pills(
        label,
        [value for value in options if value in shown or value in values],
        selection_mode="multi",
        key=key,
        format_func=options.__getitem__,
        on_change=write,
    )
    return list(st.session_state[key])


def url_select(name: str, options: Mapping[str, str], label: str, default: str, *, disabled: bool = False) -> str:
    """Draw the select box of a choice that the URL holds under ``name`` and return its value.

    ``options`` maps the value in the URL to its label. A value that is not among them is dropped with a note.
    """
    value = st.query_params.get(name, default)
    if value not in options:
        _note_dropped(name, [value])
        value = default
    key = f"choice_{name}"
    st.session_state[key] = value

    def write() -> None:
        st.query_params[name] = st.session_state[key]

    screen.selectbox(label, list(options), key=key, format_func=options.__getitem__, on_change=write, disabled=disabled)
    return str(st.session_state[key])


def url_many(name: str, options: Mapping[str, str], label: str, max_choices: int, placeholder: str) -> list[str]:
    """Draw a box for up to ``max_choices`` choices, which the URL holds as repeated ``name``, and return their values.

    ``options`` maps the value in the URL to its label. Unknown and surplus values are dropped with a note.
    """
    values = list(dict.fromkeys(st.query_params.get_all(name)))
    _note_dropped(name, [value for value in values if value not in options])
    known = [value for value in values if value in options]
    if len(known) > max_choices:
        screen.warning(
            f"The link names {len(known)} for {label.lower()}; the first {max_choices} are shown.",
            icon=":material/link_off:",
        )
    key = f"choice_{name}"
    st.session_state[key] = known[:max_choices]

    def write() -> None:
        st.query_params[name] = st.session_state[key]

    return screen.multiselect(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        on_change=write,
        max_selections=max_choices,
        placeholder=placeholder,
    )


def _note_dropped(name: str, values: Sequence[str]) -> None:
    if values:
        screen.warning(describe_dropped(name, values), icon=":material/link_off:")


def own_address() -> str:
    """Absolute URL of the dashboard without the page, as the browser requested it; '' where there is no browser."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rsplit('/', 1)[0]}" if parts.netloc else ""


def current_page() -> str:
    """Name of the current page: the last part of the URL's path, or the start page where there is none."""
    path = urlsplit(st.context.url or "").path.rstrip("/")
    return path.rsplit("/", 1)[-1] or START_PAGE

"""The shared filters as widgets: they show the filters in the URL, and each writes its own change back to it."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from domain.filters import FILTERS, SECTORS, Filters, ListFilter, Vocabulary
from ui import screen, state
from warehouse import query_cache

_PRIORITY_KEY = "filter_priority"
_ONE_SECTOR_KEY = "filter_one_sector"
_ALL_SECTORS = ""
_YEAR_KEYS = ("filter_from", "filter_to")
_POSSIBLE_KEY = "filter_unknown"


def filter_widgets(filters: Filters) -> None:
    """Draw all filters one below the other, for a panel."""
    values = query_cache.vocabulary()
    for definition in FILTERS:
        if definition is SECTORS:
            theme_box(filters, values)
            cluster_box(filters, values)
        elif isinstance(definition, ListFilter):
            list_widget(definition, filters, values)
        else:
            year_boxes(filters, values)
    possible_switch(filters)


def priority_pills(filters: Filters, values: Vocabulary, *, disabled: bool = False) -> None:
    """Draw the priority themes as buttons; several may be chosen."""
    chosen = [theme for theme in values.priority_themes if theme in filters.sectors]

    def write() -> None:
        others = [sector for sector in _current().sectors if sector not in values.priority_themes]
        state.write_filters(replace(_current(), sectors=(*st.session_state[_PRIORITY_KEY], *others)))

    st.session_state[_PRIORITY_KEY] = chosen
    screen.pills(
        "Priority sectors",
        list(values.priority_themes),
        selection_mode="multi",
        key=_PRIORITY_KEY,
        format_func=lambda theme: SECTORS.short_labels.get(theme, values.sectors[theme]),
        on_change=write,
        label_visibility="collapsed",
        disabled=disabled,
        wrap=True,
    )


def sector_buttons(filters: Filters, values: Vocabulary) -> None:
    """Draw a button for all sectors and one for each priority theme: a click replaces the sectors by this one."""
    options = [_ALL_SECTORS, *values.priority_themes]
    chosen = next(iter(filters.sectors), _ALL_SECTORS)

    def write() -> None:
        sector = st.session_state[_ONE_SECTOR_KEY]
        state.write_filters(replace(_current(), sectors=(sector,) if sector else ()))

    st.session_state[_ONE_SECTOR_KEY] = chosen if chosen in options and len(filters.sectors) <= 1 else None
    screen.pills(
        "Sector of all slides",
        options,
        key=_ONE_SECTOR_KEY,
        format_func=lambda one: SECTORS.short_labels.get(one, values.sectors[one]) if one else "All sectors",
        on_change=write,
        label_visibility="collapsed",
    )


def theme_box(filters: Filters, values: Vocabulary) -> None:
    """Draw a box with all themes."""
    themes = [sector for sector in values.sectors if sector not in values.traded_clusters]
    _sector_box("Sector", "filter_sector", themes, "All sectors", filters, values)


def cluster_box(filters: Filters, values: Vocabulary) -> None:
    """Draw a box with the traded clusters."""
    clusters = [sector for sector in values.sectors if sector in values.traded_clusters]
    _sector_box("Traded cluster", "filter_cluster", clusters, "All traded clusters", filters, values)


def _sector_box(
    label: str, key: str, options: list[str], placeholder: str, filters: Filters, values: Vocabulary
) -> None:
    """Draw a box for a part of the sectors; a change of it keeps the other ones."""

    def write() -> None:
        others = [sector for sector in _current().sectors if sector not in options]
        state.write_filters(replace(_current(), sectors=(*st.session_state[key], *others)))

    st.session_state[key] = [sector for sector in filters.sectors if sector in options]
    _box(label, key, options, values.sector_option, placeholder, write)


def list_widget(definition: ListFilter, filters: Filters, values: Vocabulary, *, disabled: bool = False) -> None:
    """Draw the values of a filter as a box or as buttons; several may be chosen."""
    labels = definition.labels(values)
    key = f"filter_{definition.parameter}"

    def write() -> None:
        state.write_filters(definition.with_values(_current(), st.session_state[key]))

    st.session_state[key] = list(definition.values(filters))
    if definition.widget == "pills":
        screen.pills(
            definition.label,
            list(labels),
            selection_mode="multi",
            key=key,
            format_func=lambda value: definition.short_labels.get(value, labels[value]),
            help=definition.help or None,
            on_change=write,
            disabled=disabled,
        )
    else:
        _box(definition.label, key, list(labels), labels.__getitem__, definition.placeholder, write, disabled=disabled)


def _box(
    label: str,
    key: str,
    options: list[str],
    format_func: Callable[[str], str],
    placeholder: str,
    on_change: Callable[[], None],
    *,
    disabled: bool = False,
) -> None:
    # With the default matching, "Water" and Enter would choose all ten sectors whose names have these letters in order.
    screen.multiselect(
        label,
        options,
        key=key,
        format_func=format_func,
        placeholder=placeholder,
        on_change=on_change,
        filter_mode="contains",
        select_all=False,
        disabled=disabled,
    )


def year_boxes(filters: Filters, values: Vocabulary) -> None:
    """Draw boxes for the first and the last year; reversed years are swapped."""

    def write() -> None:
        first, last = (st.session_state[key] for key in _YEAR_KEYS)
        if first and last and first > last:
            first, last = last, first
        state.write_filters(replace(_current(), year_from=first, year_to=last))

    years = (filters.year_from, filters.year_to)
    for column, key, label, year in zip(st.columns(2), _YEAR_KEYS, ("From year", "To year"), years, strict=True):
        st.session_state[key] = year
        # A year in the URL may lie outside those of the records.
        options = sorted({*values.years, *([year] if year else [])})
        with column:
            screen.selectbox(label, options, index=None, key=key, on_change=write, placeholder="any")


def possible_switch(filters: Filters) -> None:
    """Draw the switch for records that might match."""

    def write() -> None:
        state.write_filters(replace(_current(), show_possible=st.session_state[_POSSIBLE_KEY]))

    st.session_state[_POSSIBLE_KEY] = filters.show_possible
    screen.toggle(
        "Show records that might match",
        key=_POSSIBLE_KEY,
        on_change=write,
        help="A record might match a filter when its date, sector, side, country or region is not recorded, or not for "
        "all of its parties, members or places. Such records are never counted; this switch shows or hides them below "
        "the registers.",
    )


def _current() -> Filters:
    """The filters in the URL when a widget has changed."""
    return state.read_filters()[0]

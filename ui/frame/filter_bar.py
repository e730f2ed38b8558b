"""The bar of the shared filters under the menu: it stays in view, and says what the filters leave."""

import streamlit as st

from domain.filters import COUNTRIES, FILTERS, REGIONS, SECTORS, STATES, YEARS, Filters, ListFilter, Vocabulary
from domain.pages import TRADED_CLUSTERS, Page
from ui import screen, state
from ui.faults import fragment
from ui.frame import filter_widgets as widgets
from ui.frame.copy_link import copy_link
from ui.markup import joined
from warehouse import query_cache
from warehouse.populations import CLUSTER_ORGANISATIONS, EU_US_COOPERATIONS
from warehouse.query_cache import run_query
from warehouse.registers import count

MAX_LABEL_CHARS = 18
# Filters without a panel of their own.
_IN_MORE = tuple(
    one for one in FILTERS if isinstance(one, ListFilter) and one not in (SECTORS, COUNTRIES, REGIONS, STATES)
)


def filter_bar(filters: Filters, page: Page) -> None:
    """Draw the bar; controls of filters that the page ignores are greyed, with the reason as their tooltip."""
    with st.container(key="frame_bar", horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.container(key="frame_switch", width="content"):
            _phone_switch(filters)
        with st.container(key="frame_filters", horizontal=True, vertical_alignment="center", gap="xsmall"):
            _controls(filters, page)
        _what_is_left(filters)
        with st.container(key="frame_actions", horizontal=True, width="content", gap="xsmall"):
            screen.button(
                "Clear",
                key="clear_filters",
                type="tertiary",
                on_click=state.write_filters,
                args=(Filters(),),
                disabled=filters == Filters(),
                help="Clear all filters",
            )
            copy_link(query_cache.release_name())


@fragment
def _phone_switch(filters: Filters) -> None:
    """Draw the button that opens the filters on a phone; the style sheet hides it on wider screens.

    It is a check box, so that the style sheet can show the filters at once, without waiting for the server.
    """
    number = len(filters.active())
    screen.checkbox(f"Filter ({number})" if number else "Filter", key="frame_filters_open")


def _controls(filters: Filters, page: Page) -> None:
    values = query_cache.vocabulary()
    clusters = [sector for sector in filters.sectors if sector in values.traded_clusters]
    others = [one for one in filters.sectors if one not in values.traded_clusters and one not in values.priority_themes]
    widgets.priority_pills(filters, values, disabled=SECTORS.name in page.ignores)
    with _panel("More sectors", "sectors", [values.sectors[one] for one in others], page, SECTORS.name):
        widgets.theme_box(filters, values)
    names = [values.sectors[one] for one in clusters]
    with _panel("Traded cluster", "clusters", names, page, TRADED_CLUSTERS):
        widgets.cluster_box(filters, values)
    with _panel("Country", "places", _names((COUNTRIES, REGIONS), filters, values), page, COUNTRIES.name):
        widgets.list_widget(COUNTRIES, filters, values)
        _list_widget(REGIONS, filters, values, page)
    with _panel("US state", "states", _names((STATES,), filters, values), page, STATES.name):
        widgets.list_widget(STATES, filters, values)
    years = [YEARS.describe(filters, values)] if YEARS.is_active(filters) else []
    with _panel("Years", "years", years, page, YEARS.name):
        widgets.year_boxes(filters, values)
    chosen = _names(_IN_MORE, filters, values) + ([] if filters.show_possible else ["known matches"])
    with _panel("More", "more", chosen, page, ""):
        for definition in _IN_MORE:
            _list_widget(definition, filters, values, page)
        widgets.possible_switch(filters)


def _names(definitions: tuple[ListFilter, ...], filters: Filters, values: Vocabulary) -> list[str]:
    """Short labels of the chosen values of some filters."""
    return [
        one.short_labels.get(value, one.labels(values).get(value, value))
        for one in definitions
        for value in one.values(filters)
    ]


def _panel(label: str, key: str, chosen: list[str], page: Page, name: str) -> st.delta_generator.DeltaGenerator:
    """A button that opens a panel, labelled with what is chosen in it; ``name`` is that of its filter."""
    reason = page.ignores.get(name)
    is_active = "active" if chosen and not reason else "idle"
    panel = screen.popover(
        _label(label, chosen), key=f"bar_{is_active}_{key}", disabled=reason is not None, help=reason
    )
    if name in page.notes:
        with panel:
            screen.caption(page.notes[name])
    return panel


def _list_widget(definition: ListFilter, filters: Filters, values: Vocabulary, page: Page) -> None:
    """Draw a filter that shares a panel with others, and how it applies to the page or why it does not."""
    widgets.list_widget(definition, filters, values, disabled=definition.name in page.ignores)
    if note := page.ignores.get(definition.name) or page.notes.get(definition.name):
        screen.caption(note)


def _label(label: str, chosen: list[str]) -> str:
    """'Country', 'France', or 'Country: 2' where two are chosen or the name is long."""
    if len(chosen) == 1 and len(chosen[0]) <= MAX_LABEL_CHARS:
        return chosen[0]
    return f"{label}: {len(chosen)}" if chosen else label


def _what_is_left(filters: Filters) -> None:
    """Draw the numbers of records that the filters leave."""
    lines = [one.name(run_query(count, one, filters)) for one in (EU_US_COOPERATIONS, CLUSTER_ORGANISATIONS)]
    with st.container(key="frame_left", width="content"):
        screen.markdown(joined("  \n", lines))

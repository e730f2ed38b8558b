"""Draws the facets: for each its entries with the number of records that they would leave, to choose several."""

from collections.abc import Mapping

import streamlit as st

from explorer import entries
from explorer.counts import zero_filled
from explorer.facets import Facet
from explorer.labels import labels_of
from explorer.view import Exploration
from ui import screen
from ui.explorer import address
from ui.markup import md

MAX_LISTED = 8  # entries of a facet that are listed; the others are in a box below
OPEN_FACETS = 3  # that are open at first


def draw_facets(exploration: Exploration) -> None:
    """Draw the facets that leave a choice, the first ones and those with a choice open."""
    drawn = [facet for facet in exploration.selection.register.facets if _leaves_a_choice(exploration, facet)]
    for position, facet in enumerate(drawn):
        chosen = exploration.selection.chosen(facet)
        label = facet.label_in(exploration.selection.register.table)
        heading = f"{label} ({len(chosen)})" if chosen else label
        with screen.expander(heading, expanded=position < OPEN_FACETS or bool(chosen), key=f"facet_{facet.name}"):
            _draw(exploration, facet, label)


def _leaves_a_choice(exploration: Exploration, facet: Facet) -> bool:
    return bool(exploration.selection.chosen(facet)) or len(exploration.facet_counts[facet.name]) > 1


def _draw(exploration: Exploration, facet: Facet, label: str) -> None:
    """Draw the entries of a facet: the chosen and the most frequent as a list, the others in a box."""
    selection = exploration.selection
    chosen = selection.chosen(facet)
    counts = zero_filled(exploration.facet_counts[facet.name], chosen)
    names = labels_of(selection.register, facet)
    ordered = entries.in_order(counts, names, by_value=facet.is_ordered)
    listed, others = _parts(ordered, counts, chosen)
    list_key, box_key = f"entries_{facet.name}", f"more_{facet.name}"

    def write() -> None:
        address.choose(selection, facet, [*(st.session_state[list_key] or []), *st.session_state.get(box_key, [])])

    # The widgets of another register have other keys, so that none keeps a choice.
    st.session_state[list_key] = [entry for entry in listed if entry in chosen]
    screen.pills(
        label,
        listed,
        selection_mode="multi",
        key=list_key,
        format_func=lambda entry: md("{} **{:,}**", entries.label(entry, names), counts[entry]),
        on_change=write,
        label_visibility="collapsed",
        width="stretch",
    )
    if others:
        st.session_state[box_key] = []
        screen.multiselect(
            f"More of {label}",
            others,
            key=box_key,
            format_func=lambda entry: f"{entries.label(entry, names)} ({counts[entry]:,})",
            placeholder=f"{len(others):,} more",
            on_change=write,
            filter_mode="contains",
            select_all=False,
            label_visibility="collapsed",
        )


def _parts(ordered: list[str], counts: Mapping[str, int], chosen: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Entries to list, and those for the box. Reasons are always listed, after the values."""
    missing = [entry for entry in ordered if entries.is_missing(entry)]
    found = [entry for entry in ordered if not entries.is_missing(entry)]
    if len(found) <= MAX_LISTED + 2:  # a box for two takes as much room as they do
        return found + missing, []
    most = sorted(found, key=lambda entry: -counts[entry])[:MAX_LISTED]
    listed = [entry for entry in found if entry in most or entry in chosen]
    return listed + missing, [entry for entry in found if entry not in listed]

"""The controls of the Explorer: register, what is chosen, what records are counted by, columns and their order."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from domain.records import PERIOD
from explorer.counts import chosen
from explorer.layout import ACROSS, BY, BY_VALUE, COLUMN, DOWN, ORDER, SORT, default_columns
from explorer.registers import REGISTERS
from explorer.selection import Selection
from explorer.view import Exploration
from explorer.words import choices
from ui import screen
from ui.explorer import address
from warehouse.query_cache import run_query

NOTHING, MOST_FIRST, OWN_ORDER = "nothing", "most records first", "by value"


def register_box(selection: Selection) -> None:
    """Draw the choice of the register, each with its number of records."""
    key = "explorer_register"
    numbers = {name: run_query(chosen, Selection(name)).number for name in REGISTERS}
    st.session_state[key] = selection.register_name
    screen.selectbox(
        "Register",
        list(REGISTERS),
        key=key,
        format_func=lambda name: f"{REGISTERS[name].label} ({numbers[name]:,})",
        on_change=lambda: address.choose_register(st.session_state[key]),
        width=360,
    )


def chosen_chips(exploration: Exploration) -> None:
    """Draw a button for each choice that drops it, and one that drops all."""
    selection = exploration.selection
    if selection.is_everything():
        return
    with st.container(horizontal=True, gap="xsmall", key="explorer_chips"):
        drops = zip(choices(selection), selection.relaxations(), strict=True)
        for position, (said, (label, left)) in enumerate(drops):
            screen.button(
                said,
                key=f"explorer_drop_{position}",
                icon=":material/close:",
                help=f"Drop this choice: {label}",
                on_click=address.write_selection,
                args=(left,),
            )
        if len(selection.relaxations()) > 1:
            _drop_all("Drop all", "explorer_drop_all", "tertiary", selection)


def empty_result(exploration: Exploration) -> None:
    """Say that nothing is left, with a button for each choice whose dropping leaves something."""
    selection = exploration.selection
    population = selection.register.population
    said = f"No {population.name_of_many} for this choice: {exploration.choice}."
    screen.info(said, icon=":material/filter_alt_off:")
    with st.container(horizontal=True, key="explorer_empty"):
        for position, (label, left) in enumerate(selection.relaxations()):
            number = run_query(chosen, left).number
            if number:
                screen.button(
                    f"Drop {label}: {population.name(number)}",
                    key=f"explorer_relax_{position}",
                    on_click=address.write_selection,
                    args=(left,),
                )
        _drop_all("Drop all choices", "explorer_relax_all", "primary", selection)


def _drop_all(label: str, key: str, look: Literal["primary", "tertiary"], selection: Selection) -> None:
    everything = Selection(selection.register_name)
    screen.button(label, key=key, type=look, on_click=address.write_selection, args=(everything,))


def counting_controls(exploration: Exploration) -> None:
    """Draw by which facets the records are counted, and the order of their entries."""
    selection, layout = exploration.selection, exploration.layout
    table = selection.register.table
    facets = {facet.name: facet.label_in(table) for facet in selection.register.facets}
    others = {"": NOTHING} | {name: label for name, label in facets.items() if name != layout.by}

    def write_by(name: str) -> None:
        address.set_or_drop(BY, "" if name == selection.register.counted_by else name)
        if name == layout.across:
            address.set_or_drop(ACROSS, "")

    with st.container(horizontal=True, vertical_alignment="bottom", key="explorer_counting"):
        _select("Count by", "explorer_by", facets, layout.by, write_by)
        _select("and across", "explorer_across", others, layout.across, lambda name: address.set_or_drop(ACROSS, name))
        if not layout.by_facet.is_ordered or (layout.across_facet and not layout.across_facet.is_ordered):
            orders = {"": MOST_FIRST, BY_VALUE: OWN_ORDER}
            current = BY_VALUE if layout.by_value else ""
            _select("Order", "explorer_order", orders, current, lambda order: address.set_or_drop(ORDER, order))


def column_controls(exploration: Exploration) -> None:
    """Draw a panel with the columns of the table of records and their order."""
    layout, columns = exploration.layout, exploration.columns
    register = exploration.selection.register
    default, name = default_columns(register, columns), layout.columns[0]
    key = "explorer_columns"
    with screen.popover("Columns and order", icon=":material/view_column:", key="explorer_columns_panel"):

        def write_columns() -> None:
            shown = (name, *st.session_state[key])
            address.set_or_drop(COLUMN, [] if shown == default else list(shown[1:]))

        st.session_state[key] = list(layout.columns[1:])
        screen.multiselect(
            f"Columns after “{columns[name]}”",
            [column for column in columns if column != name],
            key=key,
            format_func=columns.__getitem__,
            on_change=write_columns,
            filter_mode="contains",
            select_all=False,
            placeholder="The columns of the register",
        )
        sortable = {"": "the order of the register"} | {
            column: heading for column, heading in columns.items() if column in layout.columns or column == layout.sort
        }
        _select("Sorted by", "explorer_sort", sortable, layout.sort, lambda column: address.set_or_drop(SORT, column))
        down = "explorer_down"
        st.session_state[down] = layout.is_descending
        screen.toggle(
            "Latest first" if layout.sort == PERIOD else "Descending",
            key=down,
            disabled=not layout.sort,
            on_change=lambda: address.set_or_drop(SORT, (DOWN if st.session_state[down] else "") + layout.sort),
        )


def _select(label: str, key: str, options: dict[str, str], current: str, write: Callable[[str], None]) -> None:
    """Draw a select box; ``write`` gets the chosen value."""
    st.session_state[key] = current
    screen.selectbox(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        on_change=lambda: write(st.session_state[key]),
        width=230,
    )

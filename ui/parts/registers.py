"""Draws registers: tables whose rows open profiles, with the records that might match in a panel below."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from cards.applied import applied_to_register
from domain.evidence import Evidence
from domain.filters import Filters
from domain.record_types import RECORD_TYPES, key_column
from domain.records import Register
from domain.text import agree, plain_excerpt, plural
from ui import screen, state
from ui.faults import fragment
from ui.parts.empty_state import empty_state
from ui.parts.export_menu import csv_with_metadata_button
from ui.parts.folded import folded
from ui.parts.footer import footer
from ui.parts.record_rows import record_rows
from ui.parts.register_table import (
    ONE_LINE_PX,
    RegisterRows,
    ScreenTable,
    register_rows,
    rows_with,
    screen_table,
)
from warehouse.populations import Population
from warehouse.query_cache import run_kept, run_query
from warehouse.registers import count, possible_matches, possible_rows, rows

NOT_RECORDED = "not_recorded"
FILTER_PARAMETER = "rows_"  # of the URL, followed by the key of the register
MAX_FILTER_CHARS = 100
MIN_ROWS_TO_FILTER = 6


def show_register(population: Population, filters: Filters, *, key: str = "", title: str = "") -> pd.DataFrame:
    """Draw the register of a population and, apart, the records that might match; returns the matching rows."""
    register = population.record_type.register
    if register is None:
        raise ValueError(f"{population.table} has no register")
    if run_query(count, population, filters):
        made = kept_rows(population.record_type.table, rows, population, filters)
        draw_register(register, made, filters, key=key, title=title)
    else:
        empty_state(population, filters.only(population.record_type.filters))
    show_possible(population, filters, key=key or register.table)
    return run_query(rows, population, filters)


def kept_rows(table: str, query: Callable[..., pd.DataFrame], *arguments: Any) -> RegisterRows:
    """The rows that a query gives for these arguments, for the register of a table; made once for all readers."""
    return run_kept(_rows_of, table, query, *arguments)


def _rows_of(table: str, query: Callable[..., pd.DataFrame], *arguments: Any) -> RegisterRows:
    register = RECORD_TYPES[table].register
    if register is None:
        raise ValueError(f"{table} has no register")
    return register_rows(register, run_query(query, *arguments))


def folded_register(population: Population, filters: Filters, heading: str) -> None:
    """Draw a folded panel with the register of a population; without matching records only those that might match."""
    matching = run_query(count, population, filters)
    if matching:
        folded(
            f"{heading} ({matching:,})",
            lambda: show_register(population, filters),
            key=population.table,
            icon=":material/table_rows:",
        )
    else:
        show_possible(population, filters, key=population.table)


def register_section(population: Population, filters: Filters, heading: str) -> None:
    """Draw a register under a heading, for a page whose first card says so when nothing matches.

    Without matching records the heading is left out, and only those that might match are drawn.
    """
    if run_query(count, population, filters):
        screen.header(heading, anchor=False)
        show_register(population, filters)
    else:
        show_possible(population, filters, key=population.table)


def show_possible(population: Population, filters: Filters, *, key: str) -> None:
    """Draw a panel with the records that might match; nothing when there are none or they are switched off."""
    register = population.record_type.register
    if register is None or not filters.show_possible:
        return
    matches = run_query(possible_matches, population, filters)
    if not matches.count:
        return

    def draw() -> None:
        frame = run_query(possible_rows, population, filters)
        columns = {NOT_RECORDED: "Not recorded"} | dict(register.columns)
        drawn = screen_table(frame, columns, register.table)
        _table(
            register, frame, drawn, [True] * len(frame), f"{key}_possible_rows", f"{register.title} that might match"
        )
        screen.caption(
            "These records are not counted in any figure, because what the filter asks for is not recorded, or not "
            "for every party, member or place."
        )

    folded(matches.describe(), draw, key=f"{key}_possible", icon=":material/help:")


def draw_register(
    register: Register, frame: pd.DataFrame | RegisterRows, filters: Filters, *, key: str = "", title: str = ""
) -> None:
    """Draw a table of records with a box that filters its rows, and its footer. A click on a name opens the profile.

    ``frame`` has the key column of the register's table and its columns, or is what ``register_rows`` made of such a
    frame; ``key`` and ``title`` distinguish two registers of one table on a page.
    """
    made = frame if isinstance(frame, RegisterRows) else register_rows(register, frame)
    _register(register, made, filters, key or register.table, title or register.title)


@fragment
def _register(register: Register, made: RegisterRows, filters: Filters, key: str, title: str) -> None:
    """Draw the register, in a fragment: what is typed into its box runs the register alone."""
    frame, readable = made.frame, made.readable
    text = _filter_box(key) if len(frame) >= MIN_ROWS_TO_FILTER else ""
    kept = rows_with(readable, text)
    shown = frame[kept]
    count_of_rows = plural(len(frame), "row")
    if shown.empty:
        screen.info(f"None of {count_of_rows} has “{plain_excerpt(text)}”.", icon=":material/filter_alt_off:")
    else:
        same = _table(register, shown, made.screen, kept.tolist(), f"{key}_rows", title)
        if text:
            count_of_rows = f"{len(shown):,} of {count_of_rows} {agree(len(shown), 'has', 'have')} the text"
        screen.caption(
            f"{count_of_rows}. Click a name to open its profile and sources. A blank cell: not stated. {same}"
        )
    ids = shown[key_column(register.table)].tolist()
    footer(
        f"{key}_register",
        title,
        lambda: pd.concat([pd.Series(ids, name="id", dtype="str"), readable[kept].reset_index(drop=True)], axis=1),
        (Evidence(register.table, tuple(ids)),),
        register.method,
        applied_to_register(register, filters),
        lambda: csv_with_metadata_button(register, frame, applied_to_register(register, filters), key),
    )
    if state.forget_opened():
        st.rerun(scope="app")  # the profile is drawn by the frame of the page


def _filter_box(key: str) -> str:
    """Draw the box and return its text, which is in the URL."""
    parameter, widget = f"{FILTER_PARAMETER}{key}", f"{key}_filter"
    st.session_state[widget] = st.query_params.get(parameter, "")[:MAX_FILTER_CHARS]

    def write() -> None:
        if st.session_state[widget]:
            st.query_params[parameter] = st.session_state[widget]
        else:
            st.query_params.pop(parameter, None)

    return screen.text_input(
        "Filter the rows",
        key=widget,
        type="search",
        placeholder="Filter these rows",
        max_chars=MAX_FILTER_CHARS,
        label_visibility="collapsed",
        live=True,
        on_change=write,
        width=320,
    )


def _table(
    register: Register, frame: pd.DataFrame, drawn: ScreenTable, kept: Sequence[bool], key: str, title: str
) -> str:
    """Draw the rows ``kept`` of a table, which are those of ``frame``; returns what the table leaves out."""
    ids = frame[key_column(register.table)].tolist()
    rows = drawn.rows[kept].reset_index(drop=True)
    record_rows(
        rows,
        ids,
        table=register.table,
        key=key,
        name=drawn.name,
        config=drawn.config,
        height_px=min(register.height_px, drawn.row_height_px * len(rows) + ONE_LINE_PX + 3),
        row_height_px=drawn.row_height_px,
        title=title,
    )
    return drawn.describe_same()

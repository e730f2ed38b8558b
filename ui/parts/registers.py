"""Draws registers: tables whose rows open profiles, with the records that might match in a panel below."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from cards import tables
from cards.applied import applied_to_register, register_filter_label
from domain.evidence import Evidence
from domain.filters import Filters
from domain.record_types import RECORD_TYPES, key_column
from domain.records import Register
from domain.text import plural
from domain.urls import is_web_address
from ui import state
from ui.parts.empty_state import empty_state
from ui.parts.export_menu import csv_with_metadata_button
from ui.parts.footer import footer_fragment
from ui.parts.number_columns import thousands
from warehouse.populations import Population
from warehouse.query_cache import run_query
from warehouse.registers import count, possible_matches, possible_rows, rows

ROW_HEIGHT_PX = 35  # of a dataframe row; its header is as high
NOT_RECORDED = "not_recorded"


def show_register(population: Population, filters: Filters, *, key: str = "", title: str = "") -> pd.DataFrame:
    """Draw the register of a population and, apart, the records that might match; returns the matching rows."""
    register = population.record_type.register
    if register is None:
        raise ValueError(f"{population.table} has no register")
    matching = run_query(rows, population, filters)
    if matching.empty:
        empty_state(population, filters.only(population.record_type.filters))
    else:
        draw_register(register, matching, filters, key=key, title=title)
    show_possible(population, filters, key=key or register.table)
    return matching


def folded_register(population: Population, filters: Filters, heading: str) -> None:
    """Draw a folded panel with the register of a population; without matching records only those that might match."""
    matching = run_query(count, population, filters)
    if matching:
        with st.expander(f"{heading} ({matching:,})", icon=":material/table_rows:"):
            show_register(population, filters)
    else:
        show_possible(population, filters, key=population.table)


def register_section(population: Population, filters: Filters, heading: str) -> None:
    """Draw a register under a heading, for a page whose first card says so when nothing matches.

    Without matching records the heading is left out, and only those that might match are drawn.
    """
    if run_query(count, population, filters):
        st.header(heading, anchor=False)
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
    panel = st.expander(matches.describe(), key=f"{key}_possible", icon=":material/help:", on_change="rerun")
    if panel.open:
        with panel:
            frame = run_query(possible_rows, population, filters)
            columns = {NOT_RECORDED: "Not recorded"} | dict(register.columns)
            _table(register, frame, columns, f"{key}_possible_rows", f"{register.title} that might match")
            st.caption(
                "These records are not counted in any figure, because what the filter asks for is not recorded, or not "
                "for every party, member or place."
            )


def draw_register(register: Register, frame: pd.DataFrame, filters: Filters, *, key: str = "", title: str = "") -> None:
    """Draw a table of records with its footer. Selecting a row opens its profile.

    ``frame`` has the key column of the register's table and its columns; ``key`` and ``title`` distinguish two
    registers of one table on a page.
    """
    key, title = key or register.table, title or register.title
    table = _table(register, frame, register.columns, f"{key}_rows", title)
    st.caption(f"{plural(len(frame), 'row')}. Tick the box at the left of a row to open its profile and sources.")
    ids = frame[key_column(register.table)].tolist()
    footer_fragment(
        f"{key}_register",
        title,
        pd.concat([pd.Series(ids, name="id", dtype="str"), table], axis=1),
        (Evidence(register.table, tuple(ids)),),
        register.method,
        register_filter_label(register, filters),
        lambda: csv_with_metadata_button(register, frame, applied_to_register(register, filters), key),
    )


def _with_values(columns: Mapping[str, str], frame: pd.DataFrame, table: str) -> dict[str, str]:
    """The columns without those that are optional and blank in every row."""
    optional = RECORD_TYPES[table].optional
    return {
        column: heading
        for column, heading in columns.items()
        if column not in optional or not frame[column].map(tables.is_blank).all()
    }


def _with_links(table: pd.DataFrame, columns: Mapping[str, str]) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The table with web addresses alone in the column url, and the configuration that makes links of them."""
    heading = columns.get("url", "")
    if heading not in table:
        return table, {}
    addresses = table[heading].where(table[heading].map(is_web_address), None)
    return table.assign(**{heading: addresses}), {
        heading: st.column_config.LinkColumn(display_text="Open", width="small")
    }


def _table(register: Register, frame: pd.DataFrame, columns: Mapping[str, str], key: str, title: str) -> pd.DataFrame:
    ids = frame[key_column(register.table)].tolist()
    table = tables.readable(frame, _with_values(columns, frame, register.table), register.table)

    def open_selected() -> None:
        selected = st.session_state[key].selection.rows
        # A click on the selected row clears the selection; it is meant to open the profile again.
        row = selected[0] if selected else st.session_state.get(f"{key}_last")
        if row is not None and row < len(ids):
            st.session_state[f"{key}_last"] = row
            state.show_record(register.table, ids[row])

    displayed, links = _with_links(table, columns)
    st.dataframe(
        displayed,
        column_config=thousands(table, columns) | links,
        hide_index=True,
        key=key,
        on_select=open_selected,
        selection_mode="single-row",
        height=min(register.height_px, ROW_HEIGHT_PX * (len(table) + 1) + 3),
        alt=f"{title}: {plural(len(table), 'row')}. Select a row to open its profile and sources.",
    )
    return table

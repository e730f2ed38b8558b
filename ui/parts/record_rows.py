"""A table of records on the screen: a click on a name, or on the box of a row, opens the profile."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from domain.text import plural
from ui import state


def record_rows(
    rows: pd.DataFrame,
    ids: Sequence[str],
    *,
    table: str,
    key: str,
    name: str,
    config: Mapping[str, Any],
    height_px: int,
    row_height_px: int,
    title: str,
) -> None:
    """Draw the rows of records of a table, with their ``ids`` in the same order.

    ``name`` is the heading of the column with the names; ``title`` says what is listed, for screen readers.
    """

    def open_selected() -> None:
        selection = st.session_state[key].selection
        # A click on what is selected clears the selection; it is meant to open the profile again.
        names = [row for row, heading in selection.cells if heading == name]
        is_elsewhere = bool(selection.cells) and not names
        row = next(iter([*selection.rows, *names]), None if is_elsewhere else st.session_state.get(f"{key}_last"))
        if row is not None and row < len(ids):
            st.session_state[f"{key}_last"] = row
            state.show_record(table, ids[row])

    st.dataframe(
        rows,
        column_config=dict(config),
        hide_index=True,
        key=key,
        on_select=open_selected,
        selection_mode=["single-row", "single-cell"],
        height=height_px,
        row_height=row_height_px,
        placeholder="",
        alt=f"{title}: {plural(len(rows), 'row')}. Select a name or a row to open its profile and sources.",
    )

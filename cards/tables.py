"""Frames for display: lists, dates and terms as text, and for missing values the reason why they are."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from domain.record_types import RECORD_TYPES
from domain.records import PERIOD
from domain.text import format_period, format_stated_date
from warehouse.columns import missing_reasons
from warehouse.query_cache import labels, run_query

NOT_STATED = "not stated"


def is_blank(value: Any) -> bool:
    """True for a missing value and for an empty list."""
    return len(value) == 0 if isinstance(value, (list, tuple, np.ndarray)) else bool(pd.isna(value))


def blank_reasons(frame: pd.DataFrame, column: str, table: str, missing: str = NOT_STATED) -> list[str]:
    """Why a column would be blank, by row: the typed reason of the record, else that of its type, else ``missing``.

    ``table`` is the table of the records, '' for rows that are none.
    """
    if table not in RECORD_TYPES:
        return [missing] * len(frame)
    record_type = RECORD_TYPES[table]
    reason = record_type.blank_reasons.get(column, missing)
    if record_type.key not in frame.columns:
        return [reason] * len(frame)
    typed = run_query(missing_reasons).get(table, {})
    return [typed.get((record_id, column), reason) for record_id in frame[record_type.key]]


def readable(
    frame: pd.DataFrame, columns: Mapping[str, str], table: str = "", missing: str = NOT_STATED
) -> pd.DataFrame:
    """The chosen columns under their headings, every cell as text or number.

    ``columns`` maps source columns to headings; terms of ``table``'s vocabularies become their labels; a blank is the
    reason why there is no value, ``missing`` where none is recorded.
    """
    readable_columns: dict[str, list[object]] = {}
    for column, heading in columns.items():
        if column == PERIOD:
            periods = frame[["start_on", "end_on", "date_precision"]].itertuples(index=False)
            readable_columns[heading] = [format_period(*row) for row in periods]
        elif precision_column(column) in frame.columns:
            days = frame[[column, precision_column(column)]].itertuples(index=False)
            readable_columns[heading] = [format_period(day, day, precision) for day, precision in days]
        else:
            terms = labels(f"{table}.{column}")
            reasons = blank_reasons(frame, column, table, missing)
            values = frame[column].map(format_stated_date, na_action="ignore") if is_as_of(column) else frame[column]
            cells = [_cell(value, terms, reason) for value, reason in zip(values, reasons, strict=True)]
            readable_columns[heading] = _one_type(cells)
    return pd.DataFrame(readable_columns)


def is_as_of(column: str) -> bool:
    """Whether a column holds years, months or days as text."""
    return column == "as_of" or column.endswith("_as_of")


def precision_column(column: str) -> str:
    """The column that says how precisely a date is known: start_precision of start_on; '' for other columns."""
    return f"{column.removesuffix('_on')}_precision" if column.endswith("_on") else ""


def _one_type(cells: list[object]) -> list[object]:
    """The cells, all as text if any is text: a column of the browser's table has one type."""
    return [str(cell) for cell in cells] if any(isinstance(cell, str) for cell in cells) else cells


def _cell(value: Any, terms: Mapping[str, str], missing: str) -> object:
    if isinstance(value, (list, tuple, np.ndarray)):
        return ", ".join(str(terms.get(v, v)) for v in value) or missing
    if pd.isna(value):
        return missing
    if isinstance(value, date):
        return format_period(value, value, "day")
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return terms.get(value, value) if isinstance(value, str) else value

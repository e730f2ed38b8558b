"""Frames for display: lists, dates and terms as text, and one text for missing values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from domain.records import PERIOD
from domain.text import format_period
from warehouse.query_cache import labels

NOT_STATED = "not stated"


def readable(
    frame: pd.DataFrame, columns: Mapping[str, str], table: str = "", missing: str = NOT_STATED
) -> pd.DataFrame:
    """The chosen columns under their headings, every cell as text or number.

    ``columns`` maps source columns to headings; terms of ``table``'s vocabularies become their labels; ``missing``
    replaces blanks.
    """
    readable_columns: dict[str, list[object]] = {}
    for column, heading in columns.items():
        if column == PERIOD:
            periods = frame[["start_on", "end_on", "date_precision"]].itertuples(index=False)
            readable_columns[heading] = [format_period(*row) for row in periods]
        elif _precision(column) in frame.columns:
            days = frame[[column, _precision(column)]].itertuples(index=False)
            readable_columns[heading] = [format_period(day, day, precision) for day, precision in days]
        else:
            terms = labels(f"{table}.{column}")
            readable_columns[heading] = _one_type([_cell(value, terms, missing) for value in frame[column]])
    return pd.DataFrame(readable_columns)


def _precision(column: str) -> str:
    """The column that says how precisely a date is known: start_precision of start_on."""
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

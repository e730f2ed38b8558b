"""CSV files that a spreadsheet opens without running anything in them."""

import codecs
import csv
import io
import math
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from domain.text import looks_like_formula
from exports.plain_text import clean

LIST_DELIMITER = "|"  # between the entries of a list in a typed table


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV (RFC 4180); text that looks like a formula gets a leading apostrophe."""
    return _csv(frame.columns, frame.itertuples(index=False, name=None))


def spreadsheet_csv(frame: pd.DataFrame) -> bytes:
    """CSV like that of to_csv with a byte order mark, without which spreadsheets break letters with accents."""
    return codecs.BOM_UTF8 + to_csv(frame)


def semicolon_csv(frame: pd.DataFrame) -> bytes:
    """CSV for spreadsheets of most European languages: semicolons between cells, a comma before decimals."""
    rows = ([_with_comma(value) for value in row] for row in frame.itertuples(index=False, name=None))
    return codecs.BOM_UTF8 + _csv(frame.columns, rows, separator=";")


class _Number(str):
    """A number as it is written; no text that could be a formula."""

    __slots__ = ()


def _with_comma(value: Any) -> Any:
    is_decimal = isinstance(value, float) and math.isfinite(value)
    return _Number(repr(float(value)).replace(".", ",")) if is_decimal else value


def typed_csv(table: pa.Table) -> bytes:
    """CSV like that of to_csv for a table with the types of the database.

    Dates are ISO 8601, booleans true or false, lists joined by LIST_DELIMITER; missing values and what is no number
    are empty.
    """
    columns = [map(_typed_cell, table[name].to_pylist()) for name in table.column_names]
    return _csv(table.column_names, zip(*columns, strict=True))


def _typed_cell(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return value if math.isfinite(value) else None
        case date():
            return value.isoformat()
        case list():
            return LIST_DELIMITER.join(str(item) for item in value if item is not None)
        case _:
            return value


def _csv(headings: Iterable[Any], rows: Iterable[Iterable[Any]], separator: str = ",") -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow([_cell(str(heading)) for heading in headings])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8")


def _cell(value: Any) -> Any:
    """A cell as the csv module writes it: text made harmless, an empty string for a missing value."""
    if isinstance(value, _Number):
        return value
    if isinstance(value, str):
        text = clean(value)
        return "'" + text if looks_like_formula(text) else text
    return "" if pd.isna(value) else value

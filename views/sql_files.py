"""The result of a query as files: CSV as the data API writes it, and a workbook with the query beside it."""

import math
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from api.rows import csv_bytes
from domain.product import LICENCES
from exports.csv.table import LIST_DELIMITER
from exports.xlsx.workbook import Book

__all__ = ["csv_bytes", "workbook_bytes"]

_MAX_WHOLE_NUMBER = 2**53  # spreadsheets hold numbers as doubles, which lose digits beyond it


def workbook_bytes(table: pa.Table, sql: str, release: str, made_on: date) -> bytes:
    """The rows as XLSX, with a sheet that holds the query, the release of the data and their licence."""
    book = Book("Result of a query", release, made_on)
    columns = [[_cell(value) for value in table.column(name).to_pylist()] for name in table.column_names]
    book.sheet("Result").table(table.column_names, columns, "The query gives no rows.")
    about = book.sheet("Query")
    about.line("Query", "label")
    for line in sql.splitlines():
        about.line(line, "text_line")
    about.gap()
    about.line(f"{release}. Licence: {LICENCES['data'].short_name}.")
    return book.finish()


def _cell(value: Any) -> Any:
    """The value as a cell; what a spreadsheet has no number or day for is text with every digit."""
    match value:
        case None:
            return ""
        case list():
            return LIST_DELIMITER.join(one for one in value if one is not None)
        case datetime():
            return value.isoformat(sep=" ")
        case float() if not math.isfinite(value):
            return str(value)
        case int() if abs(value) > _MAX_WHOLE_NUMBER:
            return str(value)
        case _:
            return value

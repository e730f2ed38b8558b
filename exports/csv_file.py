"""CSV files that a spreadsheet opens without running anything in them."""

import csv
import io
import re

import pandas as pd

# Spreadsheets read a cell that begins with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV (RFC 4180); text that looks like a formula gets a leading apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8")


def file_name(title: str, filters: str) -> str:
    """'projects--energy-2015-to-2017.csv': what it is and which filters made it."""
    words = [title] if filters == "no filter" else [title, filters]
    return "--".join(re.sub(r"[^a-z0-9]+", "-", w.lower()).strip("-")[:60] for w in words) + ".csv"


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    if not isinstance(value, str) and pd.isna(value):
        return ""
    return value

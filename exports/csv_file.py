"""CSV files that a spreadsheet opens without running anything in them."""

import csv
import io
import re

import pandas as pd

from exports.plain_text import clean, looks_like_formula


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV (RFC 4180); text that looks like a formula gets a leading apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_cell(str(heading)) for heading in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8")


def file_name(title: str, filters: str, extension: str = "csv") -> str:
    """'projects--energy-2015-to-2017.csv': what it is and which filters made it."""
    words = [title] if filters == "no filter" else [title, filters]
    return "--".join(re.sub(r"[^a-z0-9]+", "-", w.lower()).strip("-")[:60] for w in words) + f".{extension}"


def _cell(value: object) -> object:
    if isinstance(value, str):
        text = clean(value)
        return "'" + text if looks_like_formula(text) else text
    return "" if pd.isna(value) else value

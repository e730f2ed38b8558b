"""CSV files that a spreadsheet opens without running anything in them."""

import csv
import io
from typing import Any

import pandas as pd

from domain.text import looks_like_formula
from exports.plain_text import clean


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV (RFC 4180); text that looks like a formula gets a leading apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_cell(str(heading)) for heading in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8")


def _cell(value: Any) -> Any:
    """A cell as the csv module writes it: text made harmless, an empty string for a missing value."""
    if isinstance(value, str):
        text = clean(value)
        return "'" + text if looks_like_formula(text) else text
    return "" if pd.isna(value) else value

"""CSV files that a spreadsheet opens without running anything in them."""

import csv
import hashlib
import io
import re

import pandas as pd

from exports.plain_text import clean, looks_like_formula

MAX_LETTERS = 60  # of title and filters each in the name of a file


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV (RFC 4180); text that looks like a formula gets a leading apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_cell(str(heading)) for heading in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8")


def file_name(title: str, filters: str, extension: str = "csv") -> str:
    """'projects--energy-2015-to-2017.csv': what it is and which filters made it.

    Words too long are cut, and six digits of their hash keep two such names apart: 'events--energy-…-water-3fa2c1.csv'.
    """
    words = (
        [_slug(title) or "data"] if filters == "no filter" else [_slug(title) or "data", _slug(filters) or "filtered"]
    )
    name = "--".join(word[:MAX_LETTERS].strip("-") for word in words)
    if max(map(len, words)) > MAX_LETTERS:
        name += "-" + hashlib.sha256(f"{title}\n{filters}".encode()).hexdigest()[:6]
    return f"{name}.{extension}"


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _cell(value: object) -> object:
    if isinstance(value, str):
        text = clean(value)
        return "'" + text if looks_like_formula(text) else text
    return "" if pd.isna(value) else value

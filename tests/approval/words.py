"""Values, lists and frames as lines that a reviewer can read, the same on every machine and day."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

MAX_CELL_CHARS = 110
MAX_LISTED = 8  # of a list on one line; the digest covers the others
FIRST_AND_LAST = 15  # rows of a long table
_RELEASE_LINE = re.compile(r"Data (?:build [0-9a-f]{8}|[\d-]+), \d+ \w+ \d{4}")
_DAY = r"\d{4}-\d\d-\d\d"
_RELEASE = re.compile(
    rf"\brelease {_DAY}(?:-\d+)?\b|(?<=-){_DAY}(?:-\d+)?(?=,)|(?<=-)[0-9a-f]{{8}}(?=,)"
    rf"|\b{_DAY}-\d+\b|\bbuild [0-9a-f]{{8}}\b"
    r'|(?<="release": ")[^"]+'
)
_IMPORTED = re.compile(r"(imported on) \d+ \w+ \d{4}", re.IGNORECASE)
_RELEASE_PARAMETER = re.compile(r"release=[^&\s\"'\\]+")


def without_release(text: str) -> str:
    """The text without the release, build and its day, which change when the words do not."""
    if "20" not in text and "build" not in text and "@misc" not in text:
        return text
    text = _IMPORTED.sub(r"\1 (day)", _RELEASE_LINE.sub("Data (release)", text))
    return _RELEASE.sub("(release)", _RELEASE_PARAMETER.sub("release=(release)", text))


def plain(value: Any) -> str:
    """A value as text: numbers with nine digits, lists in brackets, nothing for a missing value."""
    if type(value) is int:
        return str(value)
    if type(value) is str:
        return without_release(value)
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        items = sorted(map(plain, value)) if isinstance(value, (set, frozenset)) else map(plain, value)
        return f"[{', '.join(items)}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{plain(key)}: {plain(item)}' for key, item in value.items())}}}"
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.9g}"
    if isinstance(value, (datetime, date)):
        return value.isoformat().removesuffix("T00:00:00")
    return without_release(str(value))


def digest(values: Iterable[Any]) -> str:
    """Eight digits that change when a value or the order changes."""
    text = "\x1f".join(map(plain, values))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def cell(value: Any) -> str:
    """A value on one line, cut where it is long."""
    text = plain(value).replace("\n", " ⏎ ")
    return text if len(text) <= MAX_CELL_CHARS else f"{text[:MAX_CELL_CHARS]}… ({len(text)}, {digest([text])})"


def listed(values: Iterable[Any], most: int = MAX_LISTED) -> str:
    """The values in one line; of a long list the first and last, its length and its digest."""
    every = [cell(value) for value in values]
    if len(every) <= most:
        return " · ".join(every)
    first, last = every[: most - 3], every[-2:]
    return f"{' · '.join(first)} … {' · '.join(last)} ({len(every)}, {digest(every)})"


def wrapped(label: str, text: str) -> Iterator[str]:
    """A text under its label, a line for each of its sentences."""
    sentences = re.split(r"(?<=[a-z)][.;]) |\n", without_release(text))
    yield f"{label}: {sentences[0]}"
    yield from (f"    {sentence}" for sentence in sentences[1:])


def frame_lines(frame: pd.DataFrame, max_rows: int = 2 * FIRST_AND_LAST) -> Iterator[str]:
    """Headings and rows of a frame; of a long one the first and last rows and a digest of all."""
    yield f"columns: {' | '.join(map(str, frame.columns))}"
    rows = [tuple(row) for row in frame.itertuples(index=False)]
    head = rows if len(rows) <= max_rows else rows[: (max_rows + 1) // 2]
    tail = [] if len(rows) <= max_rows else rows[len(rows) - max_rows // 2 :]
    yield from (_row(row) for row in head)
    if tail:
        yield f"  … {len(rows) - max_rows} rows"
        yield from (_row(row) for row in tail)
    yield f"  ({len(rows)} rows, {digest(rows)})"


def _row(values: Iterable[Any]) -> str:
    return f"  {' | '.join(map(cell, values))}"


def indented(lines: Iterable[str], by: str = "  ") -> Iterator[str]:
    """The lines with a margin."""
    return (f"{by}{line}" if line else "" for line in lines)

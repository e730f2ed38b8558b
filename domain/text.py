"""Numbers, dates and missing values in words, the same on every page and export."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

# Typed reasons of the data model; their words are the mark a reader sees.
MISSING_REASONS = ("not stated", "not available", "not applicable", "several values", "withheld")

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PRECISIONS = ("day", "month", "season", "year", "undated")


def format_count(value: float) -> str:
    """18350 -> '18,350'. Whole numbers only; a real zero is '0', missing is the caller's to word."""
    if float(value) != int(value):
        raise ValueError(f"{value} is not a whole number")
    return f"{int(value):,}"


def format_missing(reason: str | None = None) -> str:
    """The one mark for a missing value: its typed reason, 'not stated' where none is recorded."""
    if reason is None:
        return MISSING_REASONS[0]
    if reason not in MISSING_REASONS:
        raise ValueError(f"unknown reason {reason!r}; use one of {', '.join(MISSING_REASONS)}")
    return reason


def format_list(names: Sequence[str]) -> str:
    """['a', 'b', 'c'] -> 'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def as_date(value: Any) -> date | None:
    """date, datetime, Timestamp or 'YYYY-MM-DD' to date; None and NaT to None."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


def format_period(start: Any, end: Any, precision: str) -> str:
    """Words for a period at the precision its source states.

    '19 June 2017', '4–10 May 2017', 'October 2017', 'autumn 2017', '2013', 'undated'.
    `start` and `end` bound the act (date, Timestamp or ISO text); a missing end means
    the start alone. Raises ValueError for an unknown precision.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"unknown date precision {precision!r}; use one of {', '.join(PRECISIONS)}")
    first = as_date(start)
    if precision == "undated" or first is None:
        return "undated"
    last = as_date(end) or first
    words = {"day": _days, "month": _months, "season": _seasons, "year": _years}
    return words[precision](first, last)


def _days(first: date, last: date) -> str:
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} – {end}" if first.year == last.year else f"{start} {first.year} – {end}"


def _months(first: date, last: date) -> str:
    end = f"{MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    start = MONTHS[first.month - 1]
    return f"{start}–{end}" if first.year == last.year else f"{start} {first.year} – {end}"


def _seasons(first: date, last: date) -> str:
    start, end = _season(first), _season(last)
    return start if start == end else f"{start} – {end}"


def _season(day: date) -> str:
    """Meteorological seasons of the north; winter runs over the turn of the year."""
    if day.month in (12, 1, 2):
        year = day.year if day.month == 12 else day.year - 1
        return f"winter {year}–{(year + 1) % 100:02d}"
    return f"{('spring', 'summer', 'autumn')[day.month // 3 - 1]} {day.year}"


def _years(first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"

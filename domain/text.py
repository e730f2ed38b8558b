"""Numbers, dates, lists and missing values as text, the same on every page and in every file."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from domain.vocabulary import PRECISIONS, UNDATED

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
MAX_DROPPED_NAMED = 3  # unknown values of a link that a note names
# An underscore that is not within a word begins or ends emphasis in Markdown.
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_MARKING_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# Spreadsheets read text as a formula when it begins with one of these characters, their full-width forms included;
# some skip white space and invisible characters before them.
_FORMULA = re.compile("[\\s\ufeff\u200b-\u200f\u2060]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def format_count(value: float) -> str:
    """18350 -> '18,350'. Raises ValueError for a number that is not whole."""
    if float(value) != int(value):
        raise ValueError(f"{value} is not a whole number")
    return f"{int(value):,}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 project', '18 projects'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def agree(count: int, one: str, many: str) -> str:
    """The form of a verb that agrees with a number: ``one`` for 1, ``many`` for 0 and from 2 on."""
    return one if count == 1 else many


def format_list(names: Sequence[str]) -> str:
    """['a', 'b', 'c'] -> 'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def format_choice(names: Sequence[str]) -> str:
    """['a', 'b', 'c'] -> 'a, b or c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} or {names[-1]}"


def format_some(names: Sequence[str], max_named: int = 3, rest: str = "more") -> str:
    """'a', 'a and b', 'a, b, c and 2 more': at most ``max_named`` of the names and how many are left out."""
    if len(names) > max_named:
        return f"{', '.join(names[:max_named])} and {len(names) - max_named:,} {rest}"
    return format_list(names)


def format_locators(locators: Sequence[str], max_named: int) -> str:
    """'Table 1; footnote 5 and 3 more': the first ``max_named`` locators and how many are left out."""
    left_out = len(locators) - max_named
    return "; ".join(locators[:max_named]) + (f" and {left_out:,} more" if left_out > 0 else "")


def plain_excerpt(text: str, max_chars: int = 40) -> str:
    """Untrusted text, shortened and without characters that Markdown or HTML would interpret."""
    plain = "".join(c if c.isalnum() or c in " -_.," else "·" for c in text[: max_chars + 1])
    plain = _MARKING_UNDERSCORE.sub("·", plain)
    return plain if len(plain) <= max_chars else plain[:max_chars] + "…"


def describe_dropped(parameter: str, values: Sequence[str]) -> str:
    """That values of a parameter of a link are not known here: one sentence, however many there are."""
    if len(values) == 1:
        return f"The link's {parameter} “{plain_excerpt(values[0])}” is not known here and was dropped."
    named = [f"“{plain_excerpt(value)}”" for value in values[: MAX_DROPPED_NAMED + 1]]
    rest = len(values) - MAX_DROPPED_NAMED
    names = format_list(named) if rest < 1 else f"{', '.join(named[:MAX_DROPPED_NAMED])} and {rest:,} more"
    return f"{len(values):,} values of the link's {parameter} are not known here and were dropped: {names}."


def describe_without_records(name: str) -> str:
    """That no record is in a country or state, without a full stop."""
    return f"No organisation, cooperation or event is recorded in {name}"


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence: a full stop, question or exclamation mark before a capital."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def capitalised(text: str) -> str:
    """The text with a capital at its beginning, as a sentence or a heading has; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def looks_like_formula(text: str) -> bool:
    """True when a spreadsheet could run the text instead of showing it."""
    return _FORMULA.match(text) is not None


def as_date(value: Any) -> date | None:
    """date, datetime, Timestamp or 'YYYY-MM-DD' to date; None and NaT to None."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


def format_period(start: Any, end: Any, precision: str) -> str:
    """A period as text, at the precision its source states.

    '19 June 2017', '4–10 May 2017', 'October 2017', 'autumn 2017', '2013', 'undated'.
    `start` and `end` are dates, Timestamps or ISO text; a missing end means the start alone. Raises ValueError for an
    unknown precision.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"unknown date precision {precision!r}; use one of {', '.join(PRECISIONS)}")
    first = as_date(start)
    if precision == UNDATED or first is None:
        return UNDATED
    last = as_date(end) or first
    by_precision = {"day": _days, "month": _months, "season": _seasons, "year": _years}
    return by_precision[precision](first, last)


def sortable_period(start: Any, end: Any, precision: str) -> str:
    """A period as text that sorts in the order of time and says no more than its source: years, months or days.

    '2017-06-19', '2017-05-04/2017-05-10', '2017-10', '2017-09/2017-11' (a season), '2013', '' (undated). Arguments as
    for ``format_period``.
    """
    first = as_date(start)
    if precision == UNDATED or first is None:
        return ""
    last = as_date(end) or first
    length = {"year": 4, "month": 7, "season": 7, "day": 10}[precision]
    if precision == "season" and last == first:
        last = _end_of_season(first)
    stated = [day.isoformat()[:length] for day in (first, last)]
    return "/".join(dict.fromkeys(stated))


def _end_of_season(day: date) -> date:
    """The first day of the last month of a season."""
    months_left = 2 - day.month % 3
    month = day.month + months_left
    return date(day.year + (month > 12), month - 12 if month > 12 else month, 1)


def format_stated_date(text: str) -> str:
    """A year, month or day in ISO form as text, and two of them joined by a slash as a period.

    '2015', 'May 2015', '8 March 2016', '2016–2017'. Raises ValueError for other text.
    """
    first, _, last = text.partition("/")
    precision = {4: "year", 7: "month", 10: "day"}.get(len(first), "")
    start, end = (f"{part}{'-01-01'[len(part) - 4 :]}" for part in (first, last or first))
    return format_period(start, end, precision)


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
    """Meteorological season of the northern hemisphere; winter spans the turn of the year."""
    if day.month in (12, 1, 2):
        year = day.year if day.month == 12 else day.year - 1
        return f"winter {year}–{(year + 1) % 100:02d}"
    return f"{('spring', 'summer', 'autumn')[day.month // 3 - 1]} {day.year}"


def _years(first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"

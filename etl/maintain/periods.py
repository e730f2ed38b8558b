"""Reads a date as a source states it ('29 June 2023', 'October 2017', 'autumn 2017') as the days that bound it."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
# First month of a season. Winter lies in two years, so a source that names one year does not bound it.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}

_TO = r"\s*(?:–|-|to|and|until)\s*"


def _day(prefix: str = "") -> str:
    return rf"(?P<{prefix}day>\d{{1,2}})"


def _month(prefix: str = "") -> str:
    return rf"(?P<{prefix}month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"


def _year(prefix: str = "") -> str:
    return rf"(?P<{prefix}year>\d{{4}})"


def _compiled(*patterns: str) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE | re.ASCII) for pattern in patterns]


# The groups first_… belong to the first day of a period; what it does not state is as in the last day.
_LAST = f"{_day()} {_month()} {_year()}"
_DAYS = _compiled(
    rf"{_year()}-(?P<number>\d{{2}})-{_day()}",
    _LAST,
    f"{_month()} {_day()}, {_year()}",
    f"{_day('first_')}{_TO}{_LAST}",
    f"{_day('first_')} {_month('first_')}{_TO}{_LAST}",
    f"{_day('first_')} {_month('first_')} {_year('first_')}{_TO}{_LAST}",
)
_MONTHS_LONG = _compiled(
    rf"{_year()}-(?P<number>\d{{2}})",
    f"{_month()} {_year()}",
    f"{_month('first_')}{_TO}{_month()} {_year()}",
)
(_SEASON,) = _compiled(f"(?P<season>{'|'.join(_SEASONS)}) {_year()}")


@dataclass(frozen=True)
class Period:
    """First and last day of a stated period, and its precision: day, month, season or year."""

    start: date
    end: date
    precision: str


def read_period(text: str) -> Period | None:
    """The period that the text states in full, or None when it is none that can be read without a guess."""
    words = " ".join(text.split())
    try:
        # What follows a comma says where the date is from: '2015, in the name'.
        return _read(words) or _read(words.split(",", 1)[0])
    except ValueError:  # such as 31 June
        return None


def _read(text: str) -> Period | None:
    if match := _first_match(_DAYS, text):
        start = date(*_year_and_month(match, "first_"), int(_stated(match, "first_", "day")))
        end = date(*_year_and_month(match), int(match["day"]))
        return Period(start, end, "day") if start <= end else None
    if match := _first_match(_MONTHS_LONG, text):
        start, end = date(*_year_and_month(match, "first_"), 1), _last_day(*_year_and_month(match))
        return Period(start, end, "month") if start <= end else None
    if match := _SEASON.fullmatch(text):
        year, month = int(match["year"]), _SEASONS[match["season"].lower()]
        return Period(date(year, month, 1), _last_day(year, month + 2), "season")
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return Period(date(int(text), 1, 1), date(int(text), 12, 31), "year")
    return None


def _first_match(patterns: list[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.fullmatch(text))), None)


def _stated(match: re.Match[str], prefix: str, name: str) -> str:
    return match.groupdict().get(prefix + name) or match[name]


def _year_and_month(match: re.Match[str], prefix: str = "") -> tuple[int, int]:
    number = match.groupdict().get("number")
    month = int(number) if number else _MONTHS[_stated(match, prefix, "month").lower()]
    return int(_stated(match, prefix, "year")), month


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])

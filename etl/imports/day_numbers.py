"""Dates that spreadsheets put in the place of years and figures."""

from datetime import UTC, date, datetime, timedelta

# Spreadsheets count days from here.
FIRST_DAY = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1900, 2100
# Begins a cell of a workbook that is a date.
DATE_MARK = "date "
_DAYS = range((date(FIRST_YEAR, 1, 1) - FIRST_DAY).days, (date(LAST_YEAR, 12, 31) - FIRST_DAY).days)


def latest_year() -> int:
    """The last year that figures can be of: a later one is a forecast or an error."""
    return datetime.now(UTC).year


def day_number_hint(value: str) -> str:
    """Which day a number of five digits stands for in a spreadsheet, as the end of a reason; empty for other values."""
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _DAYS:
        return f" (spreadsheets store {(FIRST_DAY + timedelta(int(text))).isoformat()} as this number)"
    return ""


def year_of(day: date) -> str | None:
    """The year that a date in a column of years stands for: its day number, or the year it begins; None if neither.

    A year that is formatted as a date is shown as a day of 1905: the day number 2015 is 7 July 1905.
    """
    number = (day - FIRST_DAY).days
    if FIRST_YEAR <= number <= LAST_YEAR:
        return str(number)
    return str(day.year) if (day.month, day.day) == (1, 1) else None

"""The period that a cell names: a year, or the first and last year of a mean, as 2012-2016 or with a dash."""

from etl.imports.day_numbers import FIRST_YEAR, latest_year

# Word processors and some tables write a longer dash.
_DASHES = chr(0x2013) + chr(0x2014)
# What programs write behind a year that they take for a number or for a day.
_YEAR_ENDS = (".0", "-01-01", "-01-0100:00:00")
_FORM = r"[0-9]{4}(-[0-9]{4})?"


def period_sql(column: str) -> str:
    """SQL expression for the period in a text column, without spaces and with a hyphen; blank where the cell is."""
    # Of millions of cells, so without a pattern.
    period = f"replace(translate(coalesce({column}, ''), '{_DASHES}', '--'), ' ', '')"
    return (
        f"CASE WHEN strlen({column}) <= 4 THEN {period} "
        + " ".join(
            f"WHEN strlen({period}) = {4 + len(end)} AND ends_with({period}, '{end}') THEN left({period}, 4)"
            for end in _YEAR_ENDS
        )
        + f" ELSE {period} END"
    )


def period_text(text: str) -> str:
    """The same of a text."""
    period = text.translate(dict.fromkeys(map(ord, _DASHES), "-")).replace(" ", "")
    is_year = any(period.endswith(end) and len(period) == 4 + len(end) for end in _YEAR_ENDS)
    return period[:4] if is_year else period


def is_no_period(column: str) -> str:
    """SQL condition for a period, as period_sql gives it, that is not one."""
    is_backwards = f"strlen({column}) > 4 AND right({column}, 4) <= left({column}, 4)"
    return f"NOT regexp_full_match({column}, '{_FORM}') OR ({is_backwards})"


def is_out_of_range(column: str) -> str:
    """SQL condition for a period that begins or ends in a year that statistics cannot be of."""
    first, last = (f"try_cast({end}({column}, 4) AS INTEGER)" for end in ("left", "right"))
    return f"{first} < {FIRST_YEAR} OR {last} > {latest_year()}"

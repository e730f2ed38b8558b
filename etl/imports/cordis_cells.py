"""How cells of CORDIS files are read: text without control characters, amounts, days, yes or no, points.

What cannot be read is left blank and listed with its line; the row stays, since the participation is a fact.
"""

import re
from dataclasses import dataclass

from etl.database import fetch_row
from etl.imports.cordis_editions import ORGANISATIONS, PROJECTS, ReleaseFile
from etl.imports.csv_source import records
from etl.imports.day_numbers import DATE_MARK, FIRST_YEAR, latest_year
from etl.imports.rejects import Rejection
from etl.imports.run import ImportContext
from etl.imports.truth_words import NO, YES

# As in etl.extract, where a control character in the facts is an error: line breaks and tabs are allowed.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CONTROL_SQL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}]"
_SPACES_SQL = r"[\s\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
# A project that has been signed may begin next year and last for some.
LAST_YEAR = latest_year() + 20
# More than any framework programme has; a larger amount is an error.
MAX_EUROS = 1_000_000_000_000
_DECIMALS = r"\d+([.,]\d+)?([eE][+]?\d+)?"
# 1.234 is a thousand for some programs and a little more than one for others.
_UNCLEAR = r"[1-9]\d{0,2}[.,]\d{3}"
MACROS = f"""
CREATE MACRO clean(x) AS nullif(trim(regexp_replace(
    regexp_replace(x, '{_CONTROL_SQL}', '', 'g'), '{_SPACES_SQL}', ' ', 'g')), '');
CREATE MACRO has_controls(x) AS coalesce(regexp_matches(x, '{_CONTROL_SQL}'), false);
CREATE MACRO amount(x) AS trim(regexp_replace(x, '€|EUR', '', 'g'));
CREATE MACRO any_money(x) AS TRY_CAST(CASE
    WHEN regexp_full_match(amount(x), '{_UNCLEAR}') THEN NULL
    WHEN regexp_full_match(amount(x), '{_DECIMALS}') THEN replace(amount(x), ',', '.')
    WHEN regexp_full_match(amount(x), '\\d{{1,3}}(\\.\\d{{3}})+(,\\d+)?')
    THEN replace(replace(amount(x), '.', ''), ',', '.')
    WHEN regexp_full_match(amount(x), '\\d{{1,3}}(,\\d{{3}})+(\\.\\d+)?') THEN replace(amount(x), ',', '')
    WHEN regexp_full_match(amount(x), '\\d{{1,3}}( \\d{{3}})+([.,]\\d+)?')
    THEN replace(replace(amount(x), ' ', ''), ',', '.')
    END AS DOUBLE);
CREATE MACRO money(x) AS CASE WHEN any_money(x) <= {MAX_EUROS} THEN any_money(x) END;
CREATE MACRO any_day(x) AS TRY_CAST(CASE
    WHEN regexp_full_match(x, '\\d\\d[.-]\\d\\d[.-]\\d{{4}}( .*)?') THEN x[7:10] || '-' || x[4:5] || '-' || x[1:2]
    ELSE replace(x, '{DATE_MARK}', '')[1:10] END AS DATE);
CREATE MACRO day(x) AS CASE
    WHEN any_day(x) BETWEEN DATE '{FIRST_YEAR}-01-01' AND DATE '{LAST_YEAR}-12-31' THEN any_day(x) END;
CREATE MACRO first_of(x) AS TRY_CAST(split_part(x, '/', 1) AS INTEGER);
CREATE MACRO second_of(x) AS TRY_CAST(split_part(x, '/', 2) AS INTEGER);
CREATE MACRO has_slashes(x) AS coalesce(regexp_full_match(x, '\\d\\d?/\\d\\d?/\\d{{4}}( .*)?'), false);
CREATE MACRO dated(x, day_of, month_of) AS
    split_part(x, '/', 3)[1:4] || '-' || lpad(month_of::VARCHAR, 2, '0') || '-' || lpad(day_of::VARCHAR, 2, '0');
CREATE MACRO flag(x) AS CASE WHEN lower(x) IN {YES} THEN true WHEN lower(x) IN {NO} THEN false END;
CREATE MACRO latitude_of(x) AS TRY_CAST(split_part(x, ',', 1) AS DOUBLE);
CREATE MACRO longitude_of(x) AS TRY_CAST(split_part(x, ',', 2) AS DOUBLE);
CREATE MACRO has_point(x) AS
    latitude_of(x) BETWEEN -90 AND 90 AND longitude_of(x) BETWEEN -180 AND 180 AND split_part(x, ',', 3) = ''
    -- where nobody is: programs write it for a place that they do not know
    AND (latitude_of(x) <> 0 OR longitude_of(x) <> 0);
"""


@dataclass(frozen=True)
class _Cell:
    """A column that may be unreadable. readable: SQL that is null where it is; reason: SQL of the reason to report."""

    file: str
    column: str
    readable: str
    reason: str


# The end of a project; none where it is before the beginning, as one of both is wrong.
END_DAY = "CASE WHEN coalesce(day(endDate) >= day(startDate), true) THEN day(endDate) END"


def read_days_with_slashes(context: ImportContext) -> None:
    """Write days such as 31/12/2018 in the table project as 2018-12-31, in the order that the whole file shows.

    12/31/2018 in one row tells that 01/02/2016 in another is 2 January. Where nothing tells, the day comes first, as
    CORDIS writes it, if both have two digits. Days that stay unclear are left as they are.
    """
    cells = "(SELECT unnest([startDate, endDate]) AS cell FROM project)"
    month_first, day_first = fetch_row(
        context.connection,
        "SELECT count(*) FILTER (second_of(cell) > 12) > 0, count(*) FILTER (first_of(cell) > 12) > 0 "
        f"FROM {cells} WHERE has_slashes(cell)",
    )
    for column in ("startDate", "endDate"):
        first, second = f"first_of({column})", f"second_of({column})"
        if month_first and day_first:
            is_month, is_day = f"{second} > 12", f"{first} > 12"
        elif month_first:
            is_month, is_day = "true", "false"
        else:
            is_month, is_day = "false", "true" if day_first else f"regexp_matches({column}, '^..[/]..[/]')"
        written = (
            f"CASE WHEN {is_month} THEN dated({column}, {second}, {first}) "
            f"WHEN {is_day} THEN dated({column}, {first}, {second}) END"
        )
        context.connection.execute(
            f"UPDATE project SET {column} = {written} "
            f"WHERE has_slashes({column}) AND TRY_CAST({written} AS DATE) IS NOT NULL"
        )


def _amount(file: str, column: str) -> _Cell:
    unclear = f"regexp_full_match(amount({column}), '{_UNCLEAR}')"
    reason = (
        f"CASE WHEN {unclear} THEN 'not clear whether thousands or decimals' "
        f"WHEN any_money({column}) IS NOT NULL THEN 'more than a million million euros' ELSE 'not a number' END"
    )
    return _Cell(file, column, f"money({column})", reason)


def _day(file: str, column: str) -> _Cell:
    is_end = column == "endDate"
    ends_early = "day(endDate) < day(startDate)" if is_end else "false"
    has_two_orders = f"has_slashes({column}) AND greatest(first_of({column}), second_of({column})) <= 12"
    reason = (
        f"CASE WHEN {has_two_orders} THEN 'not clear whether day or month comes first' "
        f"WHEN any_day({column}) IS NULL THEN 'not a date' "
        f"WHEN {ends_early} THEN 'ends before it begins' ELSE 'not between {FIRST_YEAR} and {LAST_YEAR}' END"
    )
    return _Cell(file, column, END_DAY if is_end else f"day({column})", reason)


_CELLS = (
    _amount(PROJECTS, "totalCost"),
    _amount(PROJECTS, "ecMaxContribution"),
    _day(PROJECTS, "startDate"),
    _day(PROJECTS, "endDate"),
    _amount(ORGANISATIONS, "ecContribution"),
    _Cell(
        ORGANISATIONS, "geolocation", "CASE WHEN has_point(geolocation) THEN 1 END", "'not a latitude and longitude'"
    ),
    _Cell(ORGANISATIONS, "country", "country_code", "'not a country code of ISO 3166'"),
    _Cell(ORGANISATIONS, "SME", "flag(SME)", "'neither true nor false'"),
    _Cell(ORGANISATIONS, "endOfParticipation", "flag(endOfParticipation)", "'neither true nor false'"),
)


def cleaned(text: str) -> str:
    """The text as the SQL macro ``clean`` gives it, empty in place of null."""
    return " ".join(_CONTROL.sub("", text).split())


def unreadable_cells(
    context: ImportContext, file: ReleaseFile, kind: str, key: tuple[str, ...], table: str
) -> list[Rejection]:
    """The cells of the rows in a table that cannot be read, with their lines. Reads the file again if there are any.

    key: columns that name a row; table: has the columns of the file, without control characters, and country_code.
    """
    reasons: dict[tuple[str, ...], str] = {}
    for cell in _CELLS:
        if cell.file == kind and file.has(cell.column):
            unreadable = context.connection.execute(
                f'SELECT {", ".join(key)}, "{cell.column}", {cell.reason} FROM {table} '
                f'WHERE "{cell.column}" IS NOT NULL AND ({cell.readable}) IS NULL'
            ).fetchall()
            reasons |= {(cell.column, *row[:-1]): row[-1] for row in unreadable}
    if not reasons:
        return []
    columns = sorted({column for column, *_ in reasons})

    def named(cells: dict[str, str], column: str) -> tuple[str, ...]:
        return (column, *(cleaned(cells[file.key(name)]) for name in (*key, column)))

    rejections = []
    for line, cells in records(file.csv):
        if not reasons:
            break
        for column in columns:
            # Once for each value, though an organisation may have several rows.
            if reason := reasons.pop(named(cells, column), None):
                rejections.append(Rejection(line, file.names[column], cells[file.key(column)], reason))
    return rejections


def control_characters(context: ImportContext, file: ReleaseFile, key: tuple[str, ...], table: str) -> list[Rejection]:
    """The cells with control characters in the rows of a table, with their lines.

    Reads the file again if there are any. table: has the columns of key and has_controls.
    """
    rows = context.connection.execute(f"SELECT {', '.join(key)} FROM {table} WHERE has_controls").fetchall()
    if not rows:
        return []
    keys = set(rows)

    def controlled(cells: dict[str, str]) -> list[str]:
        return [column for column in file.names if _CONTROL.search(cells[file.key(column)])]

    return [
        Rejection(line, file.names[column], cleaned(cells[file.key(column)]), "control characters")
        for line, cells in records(file.csv)
        if (columns := controlled(cells)) and tuple(cleaned(cells[file.key(name)]) for name in key) in keys
        for column in columns
    ]

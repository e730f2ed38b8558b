"""Decimal commas and thousands separators of a column of figures: what its cells show, and SQL that reads them.

A style is taken only from cells that allow one reading, such as 1234,5 or 1.234.567. Cells such as 1,234 and 1.234
allow two; without another cell of the column that decides, the user is asked.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from etl.database import Connection, fetch_row, sql_literal
from etl.imports.csv_source import CsvFile, records

PLAIN, COMMA, POINT = "plain", "comma", "point"
# Spaces (also those that do not break) and apostrophes separate thousands and nothing else.
_GROUP = "[ '\u2019\u00a0\u2009\u202f]"
_FLAGS = r"(?:\s*[A-Za-z]{1,4})?\s*$"
# Kinds of cells that are not a plain whole number, and what they are evidence of.
_KINDS = {
    "three after a point": (r"^\s*[1-9][0-9]{0,2}\.[0-9]{3}", None),
    "three after a comma": (r"^\s*[1-9][0-9]{0,2},[0-9]{3}", None),
    "decimal point": (r"^\s*(?:[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|(?:[0-9]{4,}|0[0-9]*)\.[0-9]{3})", POINT),
    "decimal comma": (r"^\s*(?:[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|(?:[0-9]{4,}|0[0-9]*),[0-9]{3})", COMMA),
    "points between thousands": (r"^\s*[0-9]{1,3}(?:\.[0-9]{3}){2,}", COMMA),
    "commas between thousands": (r"^\s*[0-9]{1,3}(?:,[0-9]{3}){2,}", POINT),
    "points between thousands and a comma": (r"^\s*[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+", COMMA),
    "commas between thousands and a point": (r"^\s*[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+", POINT),
}
_STYLED = {
    COMMA: rf"^\s*(?:[1-9][0-9]{{0,2}}(?:(?:\.|{_GROUP})[0-9]{{3}})+|[0-9]+)(?:,[0-9]+)?{_FLAGS}",
    POINT: rf"^\s*(?:[1-9][0-9]{{0,2}}(?:(?:,|{_GROUP})[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?{_FLAGS}",
}
# What may be 121,045 persons or 121 and a bit. DuckDB reads such a cell as a number, so the text has to be looked at.
_THREE_AFTER_POINT = re.compile(rb"(?<![0-9.])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9])")
_SPACED = rf"^\s*[1-9][0-9]{{0,2}}(?:{_GROUP}[0-9]{{3}})+{_FLAGS}"


@dataclass(frozen=True)
class Evidence:
    """What the cells of a column show: a cell for each style, or for none, that one of them is an example of."""

    comma: str | None = None
    point: str | None = None
    either: str | None = None

    @property
    def style(self) -> str | None:
        """The style of the column; None where its cells contradict each other or allow two readings."""
        if self.comma and self.point:
            return None
        if self.comma or self.point:
            return COMMA if self.comma else POINT
        return None if self.either else PLAIN


def may_separate_thousands(file: CsvFile) -> bool:
    """Whether a number with exactly three digits behind a point stands anywhere in the file."""
    kept = b""
    with file.path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            if _THREE_AFTER_POINT.search(kept + chunk):
                return True
            kept = chunk[-8:]
    return False


def evidence(connection: Connection, relation: str, column: str) -> Evidence:
    """The evidence in a text column of a relation."""
    cells = ", ".join(
        f"min({column}) FILTER (regexp_matches({column}, {sql_literal(pattern + _FLAGS)}))"
        for pattern, _ in _KINDS.values()
    )
    row = fetch_row(connection, f"SELECT {cells} FROM {relation}")
    found = {style: None for style in (COMMA, POINT, None)} | {
        style: cell for cell, (_, style) in zip(row, _KINDS.values(), strict=True) if cell is not None
    }
    return Evidence(found[COMMA], found[POINT], found[None])


def plain(column: str, style: str) -> str:
    """SQL expression for a text column with numbers as DuckDB reads them; other cells stay as they are."""
    if style == PLAIN:
        # A space or apostrophe between thousands has one reading only.
        digits = f"regexp_replace({column}, {sql_literal(f'([0-9]){_GROUP}([0-9])')}, '\\1\\2', 'g')"
        return f"CASE WHEN regexp_matches({column}, {sql_literal(_SPACED)}) THEN {digits} ELSE {column} END"
    separators = f"'[.]|([0-9]){_GROUP.replace(chr(39), chr(39) * 2)}([0-9])'"
    if style == COMMA:
        digits = f"replace(regexp_replace({column}, {separators}, '\\1\\2', 'g'), ',', '.')"
        # A point that separates no thousands would be read as a decimal point.
        other = f"CASE WHEN regexp_matches({column}, '[0-9][.]') THEN '? ' || {column} ELSE {column} END"
    else:
        digits, other = f"regexp_replace({column}, {separators.replace('[.]', ',')}, '\\1\\2', 'g')", column
    return f"CASE WHEN regexp_matches({column}, {sql_literal(_STYLED[style])}) THEN {digits} ELSE {other} END"


def ask_for_style(file: CsvFile, column: str, evidence: Evidence) -> NoReturn:
    """Raise InputError about a column whose numbers can be read in two ways, or are written in two."""
    if evidence.comma and evidence.point:
        cells = {evidence.comma, evidence.point}
        written = f"'{evidence.comma}' with a decimal comma, '{evidence.point}' with a point"
        rule, fix = f"numbers are written in two ways: {written}", "Write all numbers of the column in one way."
    else:
        cells = {evidence.either or ""}
        mark = "comma" if "," in (evidence.either or "") else "point"
        rule = f"can be read in two ways: the {mark} separates thousands or decimals"
        fix = "Say which mark is before decimals: add --decimal comma or --decimal point."
    line, value = next(((line, row[column]) for line, row in records(file) if row[column] in cells), (None, None))
    file.reject(rule, fix, line, column, value)

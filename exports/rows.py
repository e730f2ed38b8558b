"""Typed columns for files: what a card or a register shows, and every further column of a register.

Dates are dates, with their precision in a column of its own; numbers are numbers; a blank is the reason why it is one.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from cards.card import NUMBERS, Card, MapCard
from cards.tables import NOT_STATED
from domain.record_types import RECORD_TYPES, key_column
from domain.records import PERIOD, Register
from domain.text import as_date, capitalised, format_period
from domain.vocabulary import MISSING_REASONS, NOT_APPLICABLE
from exports import meanings
from exports.plain_text import clean
from warehouse import columns as dictionary
from warehouse import provenance, query_cache
from warehouse.whole_data import FLAG_SUFFIX

LIST_SEPARATOR = "; "
_WORDS = ("text", "list")  # kinds of columns whose blanks give their reason in place
_CITED = ("record", "title", "locator", "field")
CITED_SOURCES = "cited_sources"  # name of the column added to each register
NONE_RECORDED = "none recorded"

# Columns whose content other columns give in readable form: country names and lists of codes, the name of the
# successor, how it ended, the reasons for a proposal; and what only the filters read: what makes no sense for a record,
# for which the cells say so, and all that it may have beside what is recorded.
_LEFT_OUT = ("country_code", "successor_id", "end_kind", "evidence", "not_applicable")
_DATES = {"start_on": "First day", "end_on": "Last day", "date_precision": "Date known to the"}
# Columns of numbers and dates that follow a column that says the same in words, where the rows have them.
_BESIDE: Mapping[str, Mapping[str, str]] = {
    PERIOD: _DATES,
    "share_label": {"numerator": "Numerator", "denominator": "Denominator", "share": "Share"},
    "value": {"count": "Count", "denominator": "Denominator", "eu_count": "EU", "us_count": "USA"},
}
_HEADINGS = _DATES | {
    "start_precision": "First day known to the",
    "end_precision": "Last day known to the",
    "is_eu_us": "EU–US cooperation",
    "ended_on": "Last day of its end",
    "ended_precision": "End known to the",
    "renewed_cooperation_id": "Renews (id)",
    CITED_SOURCES: "Sources",
}
_POINT_FIELDS = (
    *("organisation_id", "name", "acronym", "kind", "side", "country_code", "region_code", "place"),
    *("latitude", "longitude", "location_precision", "location_basis"),
)
_CAPITALS = {"eu": "EU", "us": "US", "usa": "USA"}


class Missing(str):
    """The text shown for a blank: the reason why there is no value."""

    __slots__ = ()


@dataclass(frozen=True)
class Column:
    """A column of a file: heading, field of the database, kind, meaning, terms with definitions, and cells.

    ``kind`` is text, list, date, yes or no, number or whole number; a cell is a value of that kind or Missing, and
    None where another column has the reason (``with_reasons``).
    """

    heading: str
    field: str
    kind: str
    meaning: str
    terms: tuple[tuple[str, str], ...]
    cells: tuple[Any, ...]


def card_columns(card: Card) -> tuple[Column, ...]:
    """The columns a card shows; a period, a share and a headline figure are followed by their dates and numbers."""
    headings: dict[str, str] = {}
    for field, heading in card.columns.items():
        headings[field] = heading
        beside = {name: text for name, text in _BESIDE.get(field, {}).items() if name in card.rows.columns}
        headings |= {name: text for name, text in beside.items() if name not in card.columns}
    table = card.evidence.table
    return tuple(
        _column(card.rows, field, heading, table, meanings.meaning(field, table, card.key), {})
        for field, heading in headings.items()
    )


def map_columns(card: MapCard) -> Mapping[str, tuple[Column, ...]]:
    """What a map draws, by name: its points with coordinates, and the pairs of organisations that its arcs join."""
    drawn = {
        "points": (card.points, "organisations", _POINT_FIELDS),
        "links": (card.links, "cooperation_links", tuple(card.links.columns)),
    }
    return {
        name: tuple(
            _column(frame, field, _heading(field), table, meanings.meaning(field, table), {}) for field in fields
        )
        for name, (frame, table, fields) in drawn.items()
    }


def register_columns(spec: Register, frame: pd.DataFrame) -> tuple[Column, ...]:
    """Every column of a register: its id, those on the screen, the others, and the sources of each row."""
    key = key_column(spec.table)
    rest = [field for field in frame.columns if field not in spec.columns and not _is_left_out(field, key)]
    headings = {key: "Id"} | dict(spec.columns) | {field: _HEADINGS.get(field, _heading(field)) for field in rest}
    reasons: dict[tuple[str, str], str] = query_cache.run_query(dictionary.missing_reasons).get(spec.table, {})
    columns = [
        _column(
            frame,
            field,
            heading,
            spec.table,
            meanings.meaning(field, spec.table),
            reasons,
            is_on_screen=field in spec.columns,
        )
        for field, heading in headings.items()
    ]
    if spec.table == "sources":  # a source cites no source
        return tuple(columns)
    return (*columns, _sources_column(spec.table, frame[key].tolist()))


def with_reasons(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns, those of numbers, dates and yes or no with blanks as None and the reasons in a column of their own.

    The column of reasons follows, as flags follow figures in tables of Eurostat; text keeps its reasons in place.
    """
    result: list[Column] = []
    for column in columns:
        reasons = tuple(str(cell) if isinstance(cell, Missing) else None for cell in column.cells)
        if column.kind in _WORDS or not any(reasons):
            result.append(column)
            continue
        cells = tuple(None if isinstance(cell, Missing) else cell for cell in column.cells)
        meaning = f"Why “{column.heading}” is blank; empty where it is not."
        terms = meanings.terms("missing_values.reason")
        result += [
            replace(column, cells=cells),
            Column(f"{column.heading}: why blank", f"{column.field}{FLAG_SUFFIX}", "text", meaning, terms, reasons),
        ]
    return tuple(result)


def _is_left_out(field: str, key: str) -> bool:
    return field in (*_LEFT_OUT, key) or field.startswith("possible_")


def _citations(table: str, record_ids: Iterable[str]) -> pd.DataFrame:
    """Citations of these records, one row each: record, field, locator, title, publisher, url."""
    cited: pd.DataFrame = query_cache.run_query(provenance.citations, table, list(record_ids))
    return cited.assign(record=cited["record_id"].str.split("|").str[0])


def cited_sources(table: str, record_ids: list[str]) -> dict[str, list[tuple[str, list[str]]]]:
    """Titles and locators of the sources of each record: {record: [(title, ['Table 1', 'page [start on]']), …]}."""
    fields: dict[str, dict[str, dict[str, list[str]]]] = {}
    cited = _citations(table, record_ids)
    for record, title, locator, field in zip(*(cited[name].tolist() for name in _CITED), strict=True):
        fields.setdefault(record, {}).setdefault(title, {}).setdefault(locator, []).append(field)
    return {
        record: [(title, [_locator(*pair) for pair in locators.items()]) for title, locators in titles.items()]
        for record, titles in fields.items()
    }


def cited_ids(table: str, record_ids: list[str]) -> dict[str, list[str]]:
    """Ids of the sources of each record, seed documents first; a record without a citation is left out."""
    cited = _citations(table, record_ids)
    return {str(record): list(dict.fromkeys(ids)) for record, ids in cited.groupby("record")["source_id"]}


def _locator(locator: str, fields: list[str]) -> str:
    """The locator, followed by the cited fields unless it covers the whole record."""
    if "*" in fields:
        return locator
    return f"{locator} [{', '.join(_heading(field).lower() for field in dict.fromkeys(fields))}]"


def _sources_column(table: str, record_ids: list[str]) -> Column:
    sources = cited_sources(table, record_ids)
    cells = []
    for record in record_ids:
        texts = [f"{title} ({'; '.join(locators)})" for title, locators in sources.get(record, [])]
        cells.append(clean("\n".join(texts)) if texts else Missing(NONE_RECORDED))
    meaning = meanings.meaning(CITED_SOURCES, table)
    return Column(_HEADINGS[CITED_SOURCES], CITED_SOURCES, "text", meaning, (), tuple(cells))


def _column(
    frame: pd.DataFrame,
    field: str,
    heading: str,
    table: str,
    meaning: str,
    reasons: Mapping[tuple[str, str], str],
    is_on_screen: bool = True,
) -> Column:
    if field == PERIOD:
        periods = frame[["start_on", "end_on", "date_precision"]].itertuples(index=False)
        return Column(heading, field, "text", meaning, (), tuple(format_period(*period) for period in periods))
    labels: dict[str, str] = query_cache.labels(f"{table}.{field}")
    # Statistics have no record type: their rows are cited by their import.
    key = key_column(table) if table in RECORD_TYPES else ""
    ids = frame[key].tolist() if key in frame.columns else [""] * len(frame)
    values = frame[field].tolist()  # iterating over a column of pandas is several times slower
    is_list = any(isinstance(value, (list, tuple, np.ndarray)) for value in values)
    blank = _reason(table, field, is_list and not is_on_screen)
    cells = tuple(
        Missing(reasons.get((record, field), blank)) if (cell := _cell(value, labels)) is None else cell
        for record, value in zip(ids, values, strict=True)
    )
    kind = meanings.declared_kind(field, table)
    if not kind or not all(isinstance(cell, Missing) or _KINDS[kind](cell) for cell in cells):
        kind = "list" if is_list else _kind_of(cells)
    return Column(heading, field, kind, meaning, meanings.terms(f"{table}.{field}"), cells)


def _reason(table: str, field: str, is_list_off_screen: bool) -> str:
    """Reason for a blank when the data record none; a list that the screen does not show is merely empty."""
    if field in NUMBERS:  # of a headline figure that is a count, or a share
        return NOT_APPLICABLE
    reasons = RECORD_TYPES[table].blank_reasons if table in RECORD_TYPES else {}
    return reasons.get(field, NONE_RECORDED if is_list_off_screen else NOT_STATED)


def _cell(value: Any, labels: Mapping[str, str]) -> Any:
    """The value as text, date, number, boolean or Missing, where a card gives the reason; None for a blank."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return clean(LIST_SEPARATOR.join(str(labels.get(item, item)) for item in value)) or None
    if pd.isna(value):
        return None
    if isinstance(value, date):
        return as_date(value)
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return _number(float(value))
    if value in MISSING_REASONS and value not in labels:
        return Missing(value)
    return clean(labels.get(value, value))


def _number(value: float) -> int | float | None:
    """The number, as an integer where it is whole; None for an infinite one."""
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "yes or no": lambda cell: isinstance(cell, bool),
    "whole number": lambda cell: isinstance(cell, Integral) and not isinstance(cell, bool),
    "number": lambda cell: isinstance(cell, Real) and not isinstance(cell, bool),
    "date": lambda cell: isinstance(cell, date),
    "list": lambda cell: isinstance(cell, str),
    "text": lambda cell: isinstance(cell, str),
}


def _kind_of(cells: tuple[Any, ...]) -> str:
    """The narrowest kind that fits every cell; text when all are blank."""
    known = [cell for cell in cells if not isinstance(cell, Missing)]
    return next((kind for kind, fits in _KINDS.items() if kind != "list" and known and all(map(fits, known))), "text")


def _heading(field: str) -> str:
    """'member_count' as 'Member count'."""
    text = " ".join(_CAPITALS.get(part, part) for part in field.split("_"))
    return capitalised(text)

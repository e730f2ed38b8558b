"""Rows with real types: what a card or a register shows, and every further column of a register.

A date is a date beside its precision, a number a number, a blank the reason why there is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from cards.card import Card, Register
from cards.sources import key_column
from cards.tables import NOT_STATED, PERIOD
from domain.text import as_date, format_period
from exports.csv import meanings
from exports.plain_text import clean
from warehouse import columns as dictionary
from warehouse import provenance, query_cache

LIST_SEPARATOR = "; "
_CITED = ("record", "title", "locator", "field")
WHERE_IT_STANDS = "where_it_stands"
NOT_APPLICABLE, NONE_RECORDED = "not applicable", "none recorded"

# Blank by nature, not by want of knowledge: a project outside ESCP-4i, a point that is the seat, an instrument of the
# EU, a link within one side.
_BLANK_BY_NATURE = {
    "organisations": dict.fromkeys(("location_note", "member_count_note", "successor"), NOT_APPLICABLE),
    "projects": {"generation": NOT_APPLICABLE},
    "policies": {"country": NOT_APPLICABLE},
    "cooperations": dict.fromkeys(("eu_parties", "us_parties", "other_parties"), NONE_RECORDED),
}
# The country stands in words and codes in lists that hold several, the name of a successor without its id, and the
# evidence of a proposal in words.
_LEFT_OUT = ("country_code", "successor_id", "evidence")
_DATES = {"start_on": "First day", "end_on": "Last day", "date_precision": "Date known to the"}
_HEADINGS = _DATES | {
    "start_precision": "First day known to the",
    "end_precision": "Last day known to the",
    "is_eu_us": "EU–US link",
    WHERE_IT_STANDS: "Where it stands",
}
_CAPITALS = {"eu": "EU", "us": "US", "usa": "USA"}


class Missing(str):
    """The mark of a blank: why there is no value."""


@dataclass(frozen=True)
class Column:
    """A column of a file: heading, field of the database, kind, meaning, terms with definitions, and cells.

    ``kind`` is text, list, date, yes or no, number or whole number; a cell is a value of that kind or Missing.
    """

    heading: str
    field: str
    kind: str
    meaning: str
    terms: tuple[tuple[str, str], ...]
    cells: tuple[Any, ...]


def card_columns(card: Card) -> tuple[Column, ...]:
    """What a card shows; a period is followed by its two days and their precision."""
    headings: dict[str, str] = {}
    for field, heading in card.columns.items():
        headings[field] = heading
        if field == PERIOD:
            headings |= _DATES
    table = card.evidence.table
    return tuple(
        _column(card.rows, field, heading, table, meanings.meaning(field, table, card.key), {})
        for field, heading in headings.items()
    )


def register_columns(spec: Register, frame: pd.DataFrame) -> tuple[Column, ...]:
    """Every column of a register: its id, what the screen shows, the rest, and where each row stands."""
    key = key_column(spec.table)
    rest = [field for field in frame.columns if field not in spec.columns and field not in (*_LEFT_OUT, key)]
    headings = {key: "Id"} | dict(spec.columns) | {field: _HEADINGS.get(field, _in_words(field)) for field in rest}
    reasons = query_cache.run_query(dictionary.missing_reasons, spec.table)
    columns = [
        _column(
            frame, field, heading, spec.table, meanings.meaning(field, spec.table), reasons, shown=field in spec.columns
        )
        for field, heading in headings.items()
    ]
    # A source is itself where things stand.
    return tuple(columns) if spec.table == "sources" else (*columns, _where_it_stands(spec.table, frame[key].tolist()))


def citations(table: str, record_ids: Iterable[str]) -> pd.DataFrame:
    """Where these records stand: record, field, locator, title, publisher, url, one row each."""
    found = query_cache.run_query(provenance.citations, table, list(record_ids))
    return found.assign(record=found["record_id"].str.split("|").str[0])


def cited_sources(table: str, record_ids: list[str]) -> dict[str, list[tuple[str, list[str]]]]:
    """Documents and places of each record: {record: [(title, ['Table 1', 'page [start on]']), …]}."""
    fields: dict[str, dict[str, dict[str, list[str]]]] = {}
    found = citations(table, record_ids)
    for record, title, locator, field in zip(*(found[name].tolist() for name in _CITED), strict=True):
        fields.setdefault(record, {}).setdefault(title, {}).setdefault(locator, []).append(field)
    return {
        record: [(title, [_place(*pair) for pair in places.items()]) for title, places in titles.items()]
        for record, titles in fields.items()
    }


def _place(locator: str, fields: list[str]) -> str:
    """The place, with the fields it speaks of unless it speaks of the whole record."""
    if "*" in fields:
        return locator
    return f"{locator} [{', '.join(_in_words(field).lower() for field in dict.fromkeys(fields))}]"


def _where_it_stands(table: str, record_ids: list[str]) -> Column:
    places = cited_sources(table, record_ids)
    cells = []
    for record in record_ids:
        texts = [f"{title} ({'; '.join(where)})" for title, where in places.get(record, [])]
        cells.append(clean("\n".join(texts)) if texts else Missing(NONE_RECORDED))
    meaning = meanings.meaning(WHERE_IT_STANDS, table)
    return Column(_HEADINGS[WHERE_IT_STANDS], WHERE_IT_STANDS, "text", meaning, (), tuple(cells))


def _column(
    frame: pd.DataFrame, field: str, heading: str, table: str, meaning: str, reasons: Mapping, shown: bool = True
) -> Column:
    if field == PERIOD:
        periods = frame[["start_on", "end_on", "date_precision"]].itertuples(index=False)
        return Column(heading, field, "text", meaning, (), tuple(format_period(*period) for period in periods))
    terms = meanings.terms(f"{table}.{field}")
    words = query_cache.labels(f"{table}.{field}")
    key = key_column(table)
    ids = frame[key].tolist() if key in frame.columns else [""] * len(frame)
    values = frame[field].tolist()  # iterating over a column of pandas is several times slower
    is_list = any(isinstance(value, (list, tuple, np.ndarray)) for value in values)
    blank = _blank(table, field, is_list and not shown)
    cells = tuple(
        Missing(reasons.get((record, field), blank)) if (found := _cell(value, words)) is None else found
        for record, value in zip(ids, values, strict=True)
    )
    kind = meanings.declared_kind(field, table)
    if not kind or not all(isinstance(cell, Missing) or _KINDS[kind](cell) for cell in cells):
        kind = "list" if is_list else _kind_of(cells)
    return Column(heading, field, kind, meaning, terms, cells)


def _blank(table: str, field: str, is_further_list: bool) -> str:
    """Mark of a blank without a recorded reason; an empty list that the screen does not show is just empty."""
    return _BLANK_BY_NATURE.get(table, {}).get(field, NONE_RECORDED if is_further_list else NOT_STATED)


def _cell(value: Any, words: Mapping[str, str]) -> Any:
    """The value as text, date, number or boolean; None for a blank."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return clean(LIST_SEPARATOR.join(str(words.get(item, item)) for item in value)) or None
    if pd.isna(value) or (isinstance(value, Real) and not np.isfinite(value)):
        return None
    if isinstance(value, date):
        return as_date(value)
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, Real):
        return int(value) if float(value).is_integer() else float(value)
    return clean(words.get(value, value))


_KINDS = {
    "yes or no": lambda cell: isinstance(cell, bool),
    "whole number": lambda cell: isinstance(cell, Integral) and not isinstance(cell, bool),
    "number": lambda cell: isinstance(cell, Real) and not isinstance(cell, bool),
    "date": lambda cell: isinstance(cell, date),
    "list": lambda cell: isinstance(cell, str),
    "text": lambda cell: isinstance(cell, str),
}


def _kind_of(cells: tuple[Any, ...]) -> str:
    """The narrowest kind that holds every cell; text when there is none."""
    known = [cell for cell in cells if not isinstance(cell, Missing)]
    return next((kind for kind, fits in _KINDS.items() if kind != "list" and known and all(map(fits, known))), "text")


def _in_words(field: str) -> str:
    words = " ".join(_CAPITALS.get(word, word) for word in field.split("_"))
    return words[0].upper() + words[1:]

"""Sections and registers as the template of the report takes them: cells as text, figures as JSON, numbered sources."""

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from plotly.utils import PlotlyJSONEncoder

from cards.applied import register_filter_label
from cards.card import Card, FiguresCard, RowsKey, TextsCard
from cards.sources import RELIABILITY_LABELS, source_line
from cards.tables import NOT_STATED, readable
from cards.workshop_steps import FilledStep
from domain.evidence import Evidence
from domain.filters import Filters
from domain.record_types import key_column
from domain.records import PERIOD, Register
from domain.text import format_count, format_period
from domain.urls import is_web_address
from exports.content import sources_of
from exports.images.outlines import chart_of, has_static_map

# Evidence and columns of rows that are listed already, with anchor and title of the part that lists them.
ListedRows = dict[RowsKey, tuple[str, str]]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, its sort key, and whether it is a number."""

    text: str
    key: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Headings and rows of cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Source:
    """A document with its number in the list; ``url`` is empty unless it is a web address."""

    number: int
    title: str
    publisher: str
    url: str
    licence: str
    reliability: str
    accessed_on: str
    locators: str


@dataclass(frozen=True)
class Part:
    """A section of the report; what it lacks is None or empty. ``same_as``: anchor of the part with the same rows."""

    anchor: str
    title: str
    question: str
    empty: str
    finding: str = ""
    subtitle: str = ""
    figure: dict[str, Any] | None = None
    alt: str = ""
    tiles: tuple[Mapping[str, str], ...] = ()
    texts: tuple[Mapping[str, str], ...] = ()
    table: Table | None = None
    row_count: int = 0
    same_as: str = ""
    source_line: str = ""
    sources: tuple[Source, ...] = ()
    method: str = ""


@dataclass(frozen=True)
class RegisterPart:
    """A register of the report; ``source_line`` names its sources.

    ``filter_label`` are the filters that restrict it; ``not_counted`` says how many rows might match, '' for none.
    """

    anchor: str
    title: str
    table: Table
    source_line: str
    method: str
    filter_label: str
    not_counted: str


def table(frame: pd.DataFrame, columns: Mapping[str, str], name: str) -> Table:
    """The rows under their headings; periods sort by their first day. ``name`` is the database table of the rows."""
    texts = readable(frame, columns, name)
    keys = {columns[PERIOD]: [_day_key(value) for value in frame["start_on"]]} if PERIOD in columns else {}
    cells = [_cells(texts[heading], keys.get(heading)) for heading in texts.columns]
    return Table(tuple(texts.columns), tuple(zip(*cells, strict=True)))


def _day_key(value: Any) -> str:
    """Sort key of a day: ISO text; missing days come last."""
    return "9999" if pd.isna(value) else str(value)[:10]


def _cells(values: Iterable[Any], keys: list[str] | None) -> list[Cell]:
    cells = []
    for position, value in enumerate(values):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        text = _number(value) if is_number else str(value)
        cells.append(Cell(text, keys[position] if keys else (repr(float(value)) if is_number else text), is_number))
    return cells


def _number(value: float) -> str:
    return format_count(value) if float(value).is_integer() else f"{value:.3g}"


def numbered(sources: pd.DataFrame) -> dict[str, Source]:
    """Sources of the report by id, numbered from 1 in the order of the frame (columns of Content.sources)."""
    return {row["source_id"]: _source(number, row) for number, row in enumerate(sources.to_dict("records"), 1)}


def _source(number: int, row: Mapping[Hashable, Any]) -> Source:
    accessed = row["accessed_on"]
    return Source(
        number,
        row["title"],
        _or_not_stated(row["publisher"]),
        row["url"] if is_web_address(row["url"]) else "",
        _or_not_stated(row["licence"]),
        RELIABILITY_LABELS.get(row["reliability"], row["reliability"]),
        NOT_STATED if pd.isna(accessed) else format_period(accessed, accessed, "day"),
        "; ".join(row["locators"]),
    )


def _or_not_stated(value: Any) -> str:
    return value if isinstance(value, str) and value else NOT_STATED


def part(number: int, step: FilledStep, sources: Mapping[str, Source], listed: ListedRows) -> Part:
    """A step as it is printed.

    ``number`` (from 1) is part of the anchor, so that two steps with the same chart differ. The rows of a part are
    added to ``listed``; a later part with the same rows refers to that part instead of listing them again.
    """
    card = step.card
    anchor = f"step-{number}-{step.name.replace('_', '-')}"
    if card is None:
        return Part(anchor, step.title, step.question, step.empty)
    figure, alt = _figure(card)
    cited = sources_of(card.all_evidence).to_dict("records")
    has_table = not isinstance(card, (FiguresCard, TextsCard))
    earlier = listed.get(card.rows_key) if has_table else None
    if has_table:
        listed.setdefault(card.rows_key, (anchor, step.title))
    return Part(
        anchor,
        step.title,
        step.question,
        "",
        card.title,
        card.note,
        figure,
        alt,
        tiles=tuple(_text_rows(card.rows)) if isinstance(card, FiguresCard) else (),
        texts=_texts(card) if isinstance(card, TextsCard) else (),
        table=table(card.rows, card.columns, card.evidence.table) if has_table and earlier is None else None,
        row_count=len(card.rows),
        same_as=earlier[0] if earlier else "",
        source_line=source_line(*card.all_evidence),
        sources=tuple(_source(sources[row["source_id"]].number, row) for row in cited),
        method=card.method,
    )


def register_part(spec: Register, rows: pd.DataFrame, filters: Filters, not_counted: str) -> RegisterPart:
    """A register with its table, its filters, and the line that names its sources."""
    ids = tuple(rows[key_column(spec.table)])
    line = source_line(Evidence(spec.table, ids)) if ids else "Sources: none, as there are no rows"
    return RegisterPart(
        anchor=f"register-{spec.table}",
        title=spec.title,
        table=table(rows, spec.columns, spec.table),
        source_line=line,
        method=spec.method,
        filter_label=register_filter_label(spec, filters),
        not_counted=not_counted,
    )


def _texts(card: TextsCard) -> tuple[Mapping[str, str], ...]:
    """Each text of the card: {heading: text}."""
    return tuple(_text_rows(readable(card.rows, card.columns, card.evidence.table)))


def _text_rows(frame: pd.DataFrame) -> list[Mapping[str, str]]:
    return [{str(name): str(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _figure(card: Card) -> tuple[dict[str, Any] | None, str]:
    """The figure of a card with how the page draws and prints it, and its alternative text."""
    chart, is_map = chart_of(card), has_static_map(card)
    if chart is None:
        return None, ""
    return {**chart.figure, "isMap": is_map}, chart.alt


def figures_json(parts: Iterable[Part]) -> str:
    """The figures by anchor, as JSON that is safe inside a script element."""
    figures = {each.anchor: each.figure for each in parts if each.figure}
    return str(
        json.dumps(figures, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    )

"""Sections and registers as the template of the report takes them: texts, short tables, figures, numbered sources."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from plotly.utils import PlotlyJSONEncoder

from cards.applied import register_filter_label
from cards.card import Card, FiguresCard, TextsCard
from cards.catalogue import CATALOGUE
from cards.sources import source_line
from cards.tables import readable
from cards.workshop_steps import FilledStep
from domain.evidence import Evidence
from domain.filters import Filters
from domain.record_types import RECORD_TYPES, key_column
from domain.records import Register
from exports.content import Content
from exports.html.bibliography import Bibliography, Cited
from exports.html.selection import is_empty_map, short_table
from exports.html.tables import Table, table
from exports.images.outlines import chart_of, has_static_map
from exports.views import view_address

NOT_CITED = Cited(())


@dataclass(frozen=True)
class Tile:
    """A headline figure with the numbers of its sources."""

    label: str
    value: str
    note: str
    cited: Cited


@dataclass(frozen=True)
class Part:
    """A section of the report; what it lacks is None or empty.

    ``table`` holds the rows that the page shows, ``rows_note`` says how many it leaves out. ``url`` is the address of
    the view, '' without a public URL. ``not_counted`` belongs to ``empty``: how many records might match.
    """

    anchor: str
    title: str
    question: str
    empty: str
    not_counted: str = ""
    finding: str = ""
    subtitle: str = ""
    figure: dict[str, Any] | None = None
    alt: str = ""
    tiles: tuple[Tile, ...] = ()
    text: tuple[tuple[str, str], ...] = ()
    table: Table | None = None
    rows_note: str = ""
    source_line: str = ""
    cited: Cited = NOT_CITED
    method: str = ""
    url: str = ""


@dataclass(frozen=True)
class RegisterPart:
    """A register of the annex; ``source_line`` names its sources.

    ``filter_label`` are the filters that restrict it; ``not_counted`` says how many rows might match, '' for none.
    """

    anchor: str
    title: str
    table: Table
    source_line: str
    method: str
    filter_label: str
    not_counted: str


def part(number: int, step: FilledStep, content: Content, bibliography: Bibliography) -> Part:
    """A step as the report shows it; ``number`` (from 1) is part of the anchor, so that two with one card differ."""
    card = step.card
    anchor = f"step-{number}-{step.name.replace('_', '-')}"
    if card is None:
        return Part(anchor, step.title, step.question, step.empty, step.not_counted)
    if is_empty_map(card):
        return Part(anchor, step.title, step.question, f"{card.title}.", card.not_counted)
    figure, alt = _figure(card)
    has_rows = not isinstance(card, FiguresCard)
    short, note = _short_table(card, bibliography) if has_rows else (None, "")
    return Part(
        anchor,
        step.title,
        step.question,
        "",
        finding=card.title,
        subtitle=card.note,
        figure=figure,
        alt=alt,
        tiles=_tiles(card, bibliography) if isinstance(card, FiguresCard) else (),
        text=_first_text(card) if isinstance(card, TextsCard) else (),
        table=short,
        rows_note=note,
        source_line=source_line(*card.all_evidence),
        cited=bibliography.cite(card.all_evidence),
        method=card.method,
        url=view_address(content, CATALOGUE[step.name].page) if step.name in CATALOGUE else "",
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


def _tiles(card: FiguresCard, bibliography: Bibliography) -> tuple[Tile, ...]:
    return tuple(
        Tile(figure.label, figure.value, figure.note, bibliography.cite(figure.evidence)) for figure in card.figures
    )


def _short_table(card: Card, bibliography: Bibliography) -> tuple[Table | None, str]:
    """The rows that the page shows, each with its sources where it is a record, and what the page leaves out."""
    short, name = short_table(card), card.evidence.table
    if short.rows.empty:
        return None, short.note
    shown = table(short.rows, short.columns, name)
    key = key_column(name) if name in RECORD_TYPES else ""
    if key and key in short.rows:
        shown = shown.with_column("Source", bibliography.cite_rows(name, short.rows[key].tolist()))
    return shown, short.note


def _first_text(card: TextsCard) -> tuple[tuple[str, str], ...]:
    """The first text of the card: pairs of heading and text."""
    (row,) = readable(card.rows.head(1), card.columns, card.evidence.table).to_dict("records")
    return tuple((str(heading), str(text)) for heading, text in row.items())


def _figure(card: Card) -> tuple[dict[str, Any] | None, str]:
    """The figure of a card with how the page draws and prints it, and its alternative text."""
    chart, is_map = chart_of(card), has_static_map(card)
    if chart is None:
        return None, ""
    return {**chart.figure, "isMap": is_map}, chart.alt


def figures_json(parts: Iterable[Part]) -> str:
    """The figures by anchor, as JSON that is safe inside a script element."""
    figures: Mapping[str, Any] = {each.anchor: each.figure for each in parts if each.figure}
    return str(
        json.dumps(figures, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    )

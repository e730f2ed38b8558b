"""Sections and registers as the report shows them: cells as text, figures as JSON, sources by their number."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from plotly.utils import PlotlyJSONEncoder

from cards.card import Card, Evidence, FiguresCard, MapCard, Register, TextsCard
from cards.sources import RELIABILITY_WORDS, key_column, source_line
from cards.tables import PERIOD, readable
from domain.text import format_count, format_period
from exports.content import Section, sources_of
from exports.images.outlines import static_chart

PRINT_HEIGHT = 900  # pixels of a sheet that a figure may fill; a taller one is printed in slices
MARK_ROOM = 8  # pixels below a lane's line that its mark still takes


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, what it is sorted by, and whether it is a number."""

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
    """A document with its number in the list; ``url`` is empty unless it leads to a web page."""

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
    """A section of the report; what it lacks is None or empty. ``same_as`` names the part with the same rows."""

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
    """A register of the report."""

    anchor: str
    title: str
    table: Table
    source_line: str
    method: str


def table(frame: pd.DataFrame, columns: Mapping[str, str], name: str) -> Table:
    """The rows under their headings; periods sort by their first day. ``name`` is the table the rows are of."""
    shown = readable(frame, columns, name)
    keys = {columns[PERIOD]: [_day(value) for value in frame["start_on"]]} if PERIOD in columns else {}
    cells = [_cells(shown[heading], keys.get(heading)) for heading in shown.columns]
    return Table(tuple(shown.columns), tuple(zip(*cells, strict=True)))


def _day(value: Any) -> str:
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
    """Every source of the report by its id, in the order of the frame."""
    return {row.source_id: _source(number, row) for number, row in enumerate(sources.itertuples(), 1)}


def _source(number: int, row: Any, places: str = "") -> Source:
    url = row.url if isinstance(row.url, str) and row.url.startswith(("https://", "http://")) else ""
    read_on = "not stated" if pd.isna(row.accessed_on) else format_period(row.accessed_on, row.accessed_on, "day")
    return Source(
        number,
        row.title,
        _said(row.publisher),
        url,
        _said(row.licence),
        RELIABILITY_WORDS.get(row.reliability, row.reliability),
        read_on,
        places or "; ".join(row.locators),
    )


def _said(value: Any) -> str:
    return value if isinstance(value, str) and value else "not stated"


def part(number: int, section: Section, known: Mapping[str, Source], shown: dict[tuple, tuple[str, str]]) -> Part:
    """A section as it is printed; its ``number`` (from 1) tells two steps with one chart apart. ``shown`` remembers which part has listed which records: none is listed twice."""
    card = section.card
    anchor = f"step-{number}-{section.name.replace('_', '-')}"
    if card is None:
        return Part(anchor, section.title, section.question, section.empty)
    figure, alt = _figure(card)
    own = sources_of(card.all_evidence)
    listed = (card.evidence, tuple(card.columns))
    is_table = not isinstance(card, (FiguresCard, TextsCard))
    before = shown.get(listed) if is_table else None
    if is_table:
        shown.setdefault(listed, (anchor, section.title))
    return Part(
        anchor,
        section.title,
        section.question,
        "",
        card.title,
        card.subtitle,
        figure,
        alt,
        tiles=tuple(card.rows.to_dict("records")) if isinstance(card, FiguresCard) else (),
        texts=_texts(card) if isinstance(card, TextsCard) else (),
        table=table(card.rows, card.columns, card.evidence.table) if is_table and before is None else None,
        row_count=len(card.rows),
        same_as=before[0] if before else "",
        source_line=source_line(*card.all_evidence),
        sources=tuple(_source(known[row.source_id].number, row) for row in own.itertuples()),
        method=card.method,
    )


def register_part(spec: Register, rows: pd.DataFrame) -> RegisterPart:
    """A register with the line that names its sources."""
    ids = tuple(rows[key_column(spec.table)])
    line = source_line(Evidence(spec.table, ids)) if ids else "Sources: none, as no row is left"
    return RegisterPart(f"register-{spec.table}", spec.title, table(rows, spec.columns, spec.table), line, spec.method)


def _texts(card: TextsCard) -> tuple[Mapping[str, str], ...]:
    """Each text with the words of its columns, by heading."""
    return tuple(readable(card.rows, card.columns, card.evidence.table).to_dict("records"))


def _figure(card: Card) -> tuple[dict[str, Any] | None, str]:
    """The figure with how it is to be shown, and its words."""
    chart, is_map = static_chart(card), isinstance(card, MapCard)
    if chart is None:
        return None, ""
    return {**chart.figure, "isMap": is_map, "slices": [] if is_map else slices(chart.figure)}, chart.alt


def slices(figure: Mapping[str, Any], most: int = PRINT_HEIGHT) -> list[dict[str, Any]]:
    """How a timeline taller than a sheet is cut between its lanes: axis range and height (pixels) of each slice.

    Only a figure whose vertical axis is in pixels from the top, with a line under each lane, is cut; others give [].
    """
    layout = figure["layout"]
    edges = layout["yaxis"].get("range")
    lanes = sorted(shape["y1"] for shape in layout.get("shapes", ()) if shape.get("xref") == "paper")
    around = layout["height"] - (edges[0] if edges else 0)
    if not lanes or layout["height"] <= most or not 0 <= around <= 100:
        return []
    cuts, bottoms = [0.0], [*(lane + MARK_ROOM for lane in lanes[:-1]), edges[0]]
    for here, after in zip(bottoms, [*bottoms[1:], float("inf")], strict=True):
        if after - cuts[-1] > most - around:
            cuts.append(here)
    return [
        {"range": [end, start], "height": round(end - start + around)}
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]


def figures_json(parts: Iterable[Part]) -> str:
    """The figures by anchor as JSON that can stand within a script element."""
    figures = {part.anchor: part.figure for part in parts if part.figure}
    return json.dumps(figures, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

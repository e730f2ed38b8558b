"""Which slides a presentation has: those of each step of the workshop with the function that draws them."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from cards.card import Card, DeckCard, FiguresCard, Headline, MapCard, TextsCard
from cards.sources import source_line
from cards.tables import readable
from cards.workshop_steps import FilledStep
from charts.chart import Chart, ChartData
from domain.evidence import Evidence
from domain.record_types import key_column
from domain.records import PERIOD
from domain.text import format_list, plural
from exports.content import Content
from exports.pptx import charts as pptx_charts
from exports.pptx import drawing, region_map
from exports.pptx import map as pptx_map
from exports.pptx import tables as pptx_tables
from exports.pptx.deck import Deck, Stage, extended
from exports.pptx.master import Kind
from exports.pptx.notes import Notes, cell_text, filter_line
from exports.pptx.palette import EMPHASIS
from exports.pptx.text import LINE_HEIGHT_EM, TextRun
from maps.region_points import RegionPoints

Draw = Callable[[Stage], None]
MAX_TABLE_SLIDES = 6  # of one step; what is left out is counted
MAX_COLUMNS = 6  # of a table; the workbook has all
WORKBOOK_ONLY = ("themes", "description")  # columns that are too long for a table of dated rows
FIGURE_SIZES = (30, 26, 22, 18)  # of the value of a headline figure
TEXT_SIZES = (18, 17, 16, 15)  # of a story, before the smallest
PARAGRAPH_GAP, FIGURE_GAP = 6.0, 16.0
SIDE_OF_EXTENT = {"Europe": "EU", "USA": "US"}  # the maps that are titled by the organisations of one side


@dataclass(frozen=True)
class PlannedSlide:
    """A slide to be drawn: its kind, the step above the title, title, notes, and the function that draws the body.

    ``filters`` is the line in the footer; empty for the filters of the content. ``cited`` are the sources that the
    notes name, with the columns of warehouse.provenance.
    """

    kind: Kind
    step: str
    title: str
    notes: str
    draw: Draw
    filters: str = ""
    cited: pd.DataFrame = field(default_factory=pd.DataFrame)


def step_slides(step: FilledStep, deck: Deck, content: Content, notes: Notes) -> Iterator[PlannedSlide]:
    """The slides of one step of the workshop; none where the filters leave nothing."""
    card = step.card
    if card is None or not says_something(card):
        return
    draws = list(_draws(card, deck, content))
    for number, (kind, draw) in enumerate(draws, start=1):
        part = f" ({number}\u00a0of\u00a0{len(draws)})" if len(draws) > 1 else ""
        yield PlannedSlide(
            kind,
            step.title,
            f"{step.heading}{part}",
            notes.of(step, card, step.heading),
            draw,
            filter_line(card, content),
            notes.named(card),
        )


def says_something(card: Card) -> bool:
    """False for a map of one side without an organisation of it, and for headline figures that a filter empties.

    One of these figures, the share of partnerships, is the same under every filter and has a slide of its own.
    """
    if isinstance(card, FiguresCard):
        return len(_told_figures(card)) > 1
    if isinstance(card, MapCard) and card.extent in SIDE_OF_EXTENT:
        return bool((card.rows["side"] == SIDE_OF_EXTENT[card.extent]).any())
    return True


def _told_figures(card: FiguresCard) -> list[Headline]:
    """The figures that count at least one record."""
    return [figure for figure in card.figures if any(part.record_ids for part in figure.evidence)]


def _draws(card: Card, deck: Deck, content: Content) -> Iterator[tuple[Kind, Draw]]:
    """Kind of slide, and the function that draws the body, for each slide of a card."""
    drawing_box = extended(deck.frames[Kind.DRAWING], deck.ruler, card.note)
    if isinstance(card, FiguresCard):
        yield Kind.TWO_TEXTS, partial(_figures, card)
    elif isinstance(card, TextsCard):
        yield Kind.TWO_TEXTS, partial(_story, card, card.rows.to_dict("records")[0])
    elif isinstance(card, MapCard):
        yield Kind.DRAWING, partial(_map, card)
    elif isinstance(card, DeckCard) and card.region_points is not None:
        yield Kind.DRAWING, partial(_region_map, card, card.region_points)
    elif card.chart is not None and drawing.can_be_drawn(card.chart, drawing_box, deck.ruler):
        yield Kind.DRAWING, partial(_drawing, card, card.chart)
    elif card.chart is not None and card.chart.data is not None:
        data = pptx_charts.with_bars_only(card.chart.data)
        parts, left_out = pptx_charts.pages(data, deck.frames[Kind.CHART].places["Chart"].box, deck.ruler)
        for part in parts:
            yield Kind.CHART, partial(_chart, card, card.chart, part, left_out, content)
    else:
        for draw in _tables(card, deck):
            yield Kind.TABLE, draw


def _chart(card: Card, chart: Chart, part: ChartData, left_out: str, content: Content, stage: Stage) -> None:
    # The source is inside the chart, so that it is copied with it.
    filters = "" if content.filters.is_empty() else f" {filter_line(card, content)}."
    source, origin = f"{source_line(card.evidence)}.", f"{content.release_line}.{filters}"
    title = f"{card.note} ({left_out})" if left_out else card.note
    pptx_charts.add_chart(
        stage, part, title=title, source=source, origin=origin, alt=chart.alt, made_on=content.made_on
    )


def _frame(stage: Stage, finding: str, *evidence: Evidence, notes: str = "") -> None:
    """What is measured above the body, and notes for which the body has no room and the source below it."""
    stage.line("Finding", finding)
    stage.line("Source", f"{notes} {source_line(*evidence)}".strip(), smallest=stage.ruler.of_sources)


def _drawing(card: Card, chart: Chart, stage: Stage) -> None:
    _frame(stage, card.note, *card.all_evidence)
    drawing.add_drawing(stage, chart)


def _map(card: MapCard, stage: Stage) -> None:
    inside = pptx_map.add_map(stage, card)
    rest = stage.legend(pptx_map.legend(card), pptx_map.legend_notes(card, inside), space=1)
    _frame(stage, card.note, *card.all_evidence, notes=rest)


def _region_map(card: DeckCard, points: RegionPoints, stage: Stage) -> None:
    inside = region_map.add_region_map(stage, points)
    notes = region_map.region_legend_notes(points, card.map_note, inside)
    rest = stage.legend(region_map.region_legend(points), notes, space=1)
    _frame(stage, card.note, *card.all_evidence, notes=rest)


def _figures(card: FiguresCard, stage: Stage) -> None:
    """Figures in two columns: value, what it counts, and its note."""
    figures = _told_figures(card)
    half = -(-len(figures) // 2)
    for name, own in (("Left", figures[:half]), ("Right", figures[half:])):
        box, smallest = stage.place(name).inner, stage.ruler.smallest
        lines: list[list[TextRun]] = []
        for figure in own:
            room = box._replace(height=box.height / half)
            value, size = stage.ruler.fit(figure.value, room._replace(height=40), FIGURE_SIZES, is_bold=True)
            used = (size + smallest) * LINE_HEIGHT_EM + 2 * PARAGRAPH_GAP + FIGURE_GAP
            note, _ = stage.ruler.fit_sentences(figure.note, room._replace(height=room.height - used), (smallest,))
            lines += [
                [TextRun(value, size, True, EMPHASIS)],
                [TextRun(figure.label, smallest, True)],
                [TextRun(note, smallest)],
            ]
        if lines:
            stage.write(name, lines, space=[PARAGRAPH_GAP if row % 3 else FIGURE_GAP for row in range(len(lines))])
    _frame(stage, card.note, *card.all_evidence)


def _story(card: TextsCard, row: Mapping[Hashable, Any], stage: Stage) -> None:
    """Partners, themes and the parts of a story in two columns, in the largest font size that fits."""
    parts = [("Partners", format_list(list(row["partners"]))), ("Themes", format_list(list(row["themes"])))]
    parts += [(heading, cell_text(row[key])) for key, heading in card.parts.items()]
    width = min(stage.place(name).inner.width for name in ("Left", "Right"))
    height = min(stage.place(name).inner.height for name in ("Left", "Right"))

    size, cut = stage.ruler.smallest, 0
    for size in (*TEXT_SIZES, stage.ruler.smallest):
        heights = [
            stage.ruler.height(f"{heading}: {text}", width, size, is_bold=True) + PARAGRAPH_GAP
            for heading, text in parts
        ]
        if cut := _halves(heights, height):
            break
    columns = (parts[:cut], parts[cut:]) if cut else _shortened(parts, stage, width, height)
    for name, own in zip(("Left", "Right"), columns, strict=True):
        lines = [[TextRun(f"{heading}: ", size, True), TextRun(text, size)] for heading, text in own]
        stage.write(name, lines, space=PARAGRAPH_GAP)
    others = list(card.rows["title"].iloc[1:])
    finding = f"Further stories: {format_list(others)}" if others else card.note
    _frame(stage, finding, Evidence(card.evidence.table, (row[key_column(card.evidence.table)],)))


def _halves(heights: list[float], height: float) -> int:
    """How many parts of these heights stand in the first column so that both columns fit; 0 if they do not."""
    fitting = [at for at in range(1, len(heights)) if max(sum(heights[:at]), sum(heights[at:])) <= height]
    return min(fitting, key=lambda at: max(sum(heights[:at]), sum(heights[at:])), default=0)


def _shortened(
    parts: list[tuple[str, str]], stage: Stage, width: float, height: float
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The parts in two columns, each cut to an equal share of its column."""
    half = -(-len(parts) // 2)
    size = stage.ruler.smallest
    lines = max(int((height / half - PARAGRAPH_GAP) / (size * LINE_HEIGHT_EM)), 1)

    def cut(part: tuple[str, str]) -> tuple[str, str]:
        text = stage.ruler.cut(f"{part[0]}: {part[1]}", width, size, lines, is_bold=True)
        return part[0], text.removeprefix(f"{part[0]}: ")

    return [cut(part) for part in parts[:half]], [cut(part) for part in parts[half:]]


def _tables(card: Card, deck: Deck) -> Iterator[Draw]:
    """Rows as tables in the order of the card, those of a timeline by date; the date is the first column."""
    rows, finding = card.rows, card.note
    columns = dict(card.columns)
    if PERIOD in columns:
        kept = {name: heading for name, heading in columns.items() if name not in WORKBOOK_ONLY}
        columns = {PERIOD: columns[PERIOD]} | kept
        if card.chart is not None:
            rows = rows.sort_values(["start_on", "end_on"], kind="stable", na_position="last")
    box = deck.frames[Kind.TABLE].places["Table"].box
    columns = dict(list(columns.items())[:MAX_COLUMNS])
    cells = readable(rows, columns, card.evidence.table)
    table = pptx_tables.table_of(cells, box.width, deck.ruler.smallest, deck.ruler)
    parts = pptx_tables.pages(table, box.height)
    shown = sum(len(part.rows) for part in parts[:MAX_TABLE_SLIDES])
    if shown < len(rows):
        finding = f"The first {shown} of {len(rows)} rows; the workbook has all. {finding}"
    for part in parts[:MAX_TABLE_SLIDES]:
        yield partial(_table, card, finding, part)


def _table(card: Card, finding: str, part: pptx_tables.Table, stage: Stage) -> None:
    alt = f"Table with {plural(len(part.rows), 'row')}: {', '.join(part.headings)}. {card.title}."
    pptx_tables.add_table(stage, part, "Table", alt)
    _frame(stage, finding, *card.all_evidence)

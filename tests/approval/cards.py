"""A card as text: every word, mark and row of it, for pages, files and workshop mode alike."""

from collections.abc import Iterable, Iterator
from datetime import date

from cards import tables
from cards.card import Card, DeckCard, FiguresCard, MapCard, TextsCard
from cards.definition import CardDefinition
from cards.sources import short_source_line, source_line
from cards.workshop_charts import workshop_chart
from charts.chart import Chart
from domain.evidence import Evidence
from exports.citation import citation
from tests.approval.figures import figure_lines
from tests.approval.words import digest, frame_lines, listed, plain, wrapped

MADE_ON = date(2026, 1, 31)  # in citations
RELEASE = "2026-01-30"
MAX_ROWS = 40  # of the rows of a card without a filter
MAX_FILTERED_ROWS = 5
MAX_ON_MAP = 2  # points and links, whose rows a card lists as well


def definition_lines(definition: CardDefinition) -> Iterator[str]:
    """Where a card is shown and what restricts it."""
    yield f"page: {definition.page}; missing: no {definition.plural}"
    yield f"filters: {listed(definition.filters)}; sectors: {definition.sector_scheme or 'of both schemes'}"
    yield f"choices: {listed(definition.choices)}"


def card_lines(card: Card, *, is_whole: bool) -> Iterator[str]:
    """All texts, the figure and the rows of a card; what hardly depends on filters only when it is ``is_whole``."""
    yield f"title: {card.title}"
    yield f"subtitle: {card.subtitle}"
    yield f"not counted: {card.not_counted}"
    yield f"filters: {card.filter_label}"
    yield from wrapped("method", card.method)
    yield f"sources: {source_line(*card.all_evidence)}"
    if is_whole:
        yield f"sources in short: {short_source_line(*card.all_evidence)}"
        yield from _citation(card)
    yield from _evidence(card.all_evidence)
    yield from _special(card)
    if card.chart:
        yield from _chart(card.chart, is_whole=is_whole)
    if drawn := workshop_chart(card):
        yield f"workshop chart: {drawn.left_out} ({digest([*figure_lines(drawn.chart.figure), drawn.chart.alt])})"
    for small in card.small_cards:
        yield f"small card: {small.record_id}, {small.title}; page {small.page or 'none'}; {listed(small.lines)}"
    yield "rows as shown:"
    shown = tables.readable(card.rows, card.columns, card.evidence.table)
    yield from frame_lines(shown, MAX_ROWS if is_whole else MAX_FILTERED_ROWS)
    if is_whole:
        yield f"other columns: {listed(column for column in card.rows.columns if column not in card.columns)}"
        yield f"  ({digest(card.rows.itertuples(index=False))})"


def _citation(card: Card) -> Iterator[str]:
    cited = citation(card, None, f"/{card.key}", RELEASE, MADE_ON, card.filter_label)
    yield from wrapped("cite", cited.full)
    yield f"cite in a text: {cited.inline}"
    yield from wrapped("cite as BibTeX", cited.bibtex)


def _evidence(evidence: Iterable[Evidence]) -> Iterator[str]:
    for one in evidence:
        yield f"evidence: {one.table}: {listed(one.record_ids)}"


def _special(card: Card) -> Iterator[str]:
    """What cards of some kinds have beside the others."""
    if isinstance(card, FiguresCard):
        for figure in card.figures:
            yield f"figure: {figure.key}, {figure.label}: {figure.value}; beside: {figure.beside}"
            yield f"  numbers: {plain(figure.numbers)}"
            yield from wrapped("  note", figure.note)
            yield from wrapped("  method", figure.method)
            yield from (f"  {line}" for line in _evidence(figure.evidence))
    if isinstance(card, MapCard):
        yield f"extent: {card.extent}; alternative text: {card.alt}"
        yield "points:"
        yield from frame_lines(card.points, MAX_ON_MAP)
        yield "links:"
        yield from frame_lines(card.links, MAX_ON_MAP)
    if isinstance(card, DeckCard):
        yield f"alternative text: {card.alt}"
        yield f"map note: {card.map_note}"
        for row in card.legend:
            yield f"legend: {row['label']} {row.get('shape', '')}"
        if card.region_points:
            yield f"points of files: {digest([repr(card.region_points)])}"
    if isinstance(card, TextsCard):
        yield f"parts: {plain(card.parts)}"


def _chart(chart: Chart, *, is_whole: bool) -> Iterator[str]:
    yield from wrapped("alternative text", chart.alt)
    yield from figure_lines(chart.figure, is_whole=is_whole)
    if chart.narrow:
        yield f"narrow: {digest(figure_lines(chart.narrow))}"
    if chart.marks:
        yield f"marks: {chart.marks.table}: {listed(chart.marks.names.values())}"
    if chart.narrows:
        yield f"a click sets: {listed(chart.narrows)}"
    if data := chart.data:
        yield f"bars: {data.unit}; stacked: {plain(data.is_stacked)}; to {plain(data.axis_end)}"
        yield f"  {listed(data.categories)}"
        for series in data.series:
            yield f"  {series.name}, {series.number_format}: {listed(series.values)} {listed(series.texts)}"

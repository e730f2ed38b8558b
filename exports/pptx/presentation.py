"""PowerPoint export with native, editable charts, tables and maps.

`slides` plans all slides first, so that it can report progress as 'slide m of n'.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pptx.slide import Slide

from cards.card import Card, DeckCard, FiguresCard, MapCard, TextsCard
from cards.sources import source_line
from cards.tables import readable
from cards.workshop_steps import FilledStep
from charts.chart import Chart, ChartData
from charts.theme import ACCENT, MUTED_INK, SIDE_COLOURS
from domain.evidence import Evidence
from domain.product import CREDIT, LICENCES, NAME
from domain.progress import Progress, no_progress
from domain.record_types import key_column
from domain.records import PERIOD
from domain.text import format_list, format_locators, format_period, plural
from exports.content import Content, sources_of
from exports.pptx import charts as pptx_charts
from exports.pptx import map as pptx_map
from exports.pptx import region_map
from exports.pptx import tables as pptx_tables
from exports.pptx.deck import Deck
from exports.pptx.master import BODY, INNER_WIDTH, MARGIN
from exports.pptx.notes import COUNT_NOTE, Notes, cell_text, filter_line, source_list
from exports.pptx.text import MIN_FONT_SIZE_PT, Box, TextRun, add_text, fit_text, text_height_pt
from maps.region_points import RegionPoints

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
Draw = Callable[[Slide], None]
SUBTITLE = Box(BODY.left, BODY.top, BODY.width, 40)
SOURCE = Box(BODY.left, BODY.top + BODY.height - 32, BODY.width, 32)
FIGURE = Box(BODY.left, SUBTITLE.top + 46, BODY.width, SOURCE.top - SUBTITLE.top - 50)
LEGEND_WIDTH = 204
MAX_SOURCE_SLIDES = 3
MAX_LOCATORS = 3  # of each source on a slide; the notes have all
MAX_LARGE_ROWS = 6  # of a table in the larger font size
WORKBOOK_ONLY = ("themes", "description")  # columns that are too long for a table on a slide
INTRODUCTION = (
    (
        f"Made with the {NAME} for the filters named here. Charts, tables and maps are native objects: select one to "
        "edit or copy it."
    ),
    (
        "Every number counts records in the database. A share says what it is a share of. “Not stated” means that the "
        "source does not say; it never means no."
    ),
    "The notes of each slide say how the figure was computed and list every source with the pages or sections cited.",
)
LICENCE_NOTE = (
    f"The compiled data may be shared and adapted under {LICENCES['data'].short_name} ({LICENCES['data'].url}). "
    f"Credit: “{CREDIT}”, with the data release, and the source that is cited for each fact. The source documents "
    "remain under the terms of their publishers."
)


@dataclass(frozen=True)
class PlannedSlide:
    """A slide to be drawn: kicker above the title, title, notes, and the function that draws the body.

    ``filters`` is the line in the footer; empty for the filters of the content.
    """

    kicker: str
    title: str
    notes: str
    draw: Draw
    filters: str = ""


def slides(content: Content, progress: Progress = no_progress) -> bytes:
    """The presentation as a PPTX file. `progress` is called before each slide and may raise to cancel."""
    progress(0.0, "Planning the slides")
    notes = Notes(content)
    story = [step for step in content.steps if not step.is_further]
    further = [step for step in content.steps if step.is_further]
    planned = [slide for step in story for slide in _steps(step, content, notes)]
    planned += [*_sources(content), _about(content)]
    planned += [slide for step in further for slide in _steps(step, content, notes)]
    deck = Deck()
    _title(deck, content)
    content_filters = filter_line(None, content)
    for number, slide in enumerate(planned):
        progress((number + 1) / (len(planned) + 2), f"Slide {number + 2} of {len(planned) + 1}: {slide.title}")
        drawn = deck.add(slide.kicker, slide.title, slide.notes)
        slide.draw(drawn)
        deck.finish(drawn, f"{content.release_line} · {slide.filters or content_filters}")
    progress((len(planned) + 1) / (len(planned) + 2), "Writing the file")
    keywords = f"{content.release_id}; {content.release_line}"
    return deck.save(content.title, f"Filters: {content.filter_label}", keywords, content.made_on)


def _title(deck: Deck, content: Content) -> None:
    created = format_period(content.made_on, content.made_on, "day")
    first = deck.add_title(
        content.title,
        [
            f"Filters: {content.filter_label}",
            f"{content.release_line}. Slides created on {created}.",
            INTRODUCTION[0],
        ],
        "\n\n".join([*INTRODUCTION, f"Filters: {content.filter_label}. {content.release_line}."]),
    )
    deck.finish(first, f"{content.release_line} · {filter_line(None, content)}")


def _steps(step: FilledStep, content: Content, notes: Notes) -> Iterator[PlannedSlide]:
    """The slides of one step of the workshop; none where the filters leave nothing."""
    card = step.card
    if card is None:
        return
    if isinstance(card, TextsCard):
        others = list(card.rows["title"].iloc[1:])
        aside = f"Further stories: {format_list(others)}." if others else ""
        body = partial(_story, card, card.rows.to_dict("records")[0])
        yield PlannedSlide(step.title, step.heading, notes.of(step, aside), body, filter_line(card, content))
        return
    draws = list(_draws(card, content))
    for number, draw in enumerate(draws, start=1):
        aside = f"Slide {number} of {len(draws)} of this step." if len(draws) > 1 else ""
        kicker = f"{step.title} ({number} of {len(draws)})" if len(draws) > 1 else step.title
        yield PlannedSlide(kicker, step.heading, notes.of(step, aside), draw, filter_line(card, content))


def _draws(card: Card, content: Content) -> Iterator[Draw]:
    """The function that draws the body, for each slide of a card."""
    if isinstance(card, FiguresCard):
        yield partial(_figures, card)
    elif isinstance(card, MapCard):
        yield partial(_map, card)
    elif isinstance(card, DeckCard) and card.region_points is not None:
        yield partial(_region_map, card, card.region_points)
    elif card.chart is not None and card.chart.data is not None:
        parts, left_out = pptx_charts.pages(card.chart.data, BODY.width)
        for part in parts:
            yield partial(_chart, card, card.chart, part, left_out, content)
    else:
        yield from _tables(card)


def _chart(card: Card, chart: Chart, part: ChartData, left_out: str, content: Content, slide: Slide) -> None:
    # The source is inside the chart, so that it is copied with it.
    filters = "" if content.filters.is_empty() else f" {filter_line(card, content)}."
    source = f"{source_line(card.evidence)}. {content.release_line}.{filters}"
    title = f"{card.note} ({left_out})" if left_out else card.note
    pptx_charts.add_chart(slide, part, BODY, title=title, source=source, alt=chart.alt, made_on=content.made_on)


def _subtitle(slide: Slide, text: str) -> None:
    shown, size = fit_text(text, SUBTITLE, (18, 16, 14, MIN_FONT_SIZE_PT))
    add_text(slide, SUBTITLE, [[TextRun(shown, size, MUTED_INK)]], "What is shown")


def _source(slide: Slide, *evidence: Evidence) -> None:
    shown, size = fit_text(source_line(*evidence), SOURCE, (MIN_FONT_SIZE_PT,))
    add_text(slide, SOURCE, [[TextRun(shown, size, MUTED_INK)]], "Source", is_bottom=True)


def _map(card: MapCard, slide: Slide) -> None:
    _subtitle(slide, card.note)
    box = Box(FIGURE.left, FIGURE.top, FIGURE.width - LEGEND_WIDTH - 16, FIGURE.height)
    inside = pptx_map.add_map(slide, card, box)
    pptx_map.add_legend(slide, card, Box(box.left + box.width + 16, box.top, LEGEND_WIDTH, box.height), inside)
    _source(slide, *card.all_evidence)


def _region_map(card: DeckCard, points: RegionPoints, slide: Slide) -> None:
    _subtitle(slide, card.note)
    box = Box(FIGURE.left, FIGURE.top, FIGURE.width - LEGEND_WIDTH - 16, FIGURE.height)
    inside = region_map.add_region_map(slide, points, box)
    beside = Box(box.left + box.width + 16, box.top, LEGEND_WIDTH, box.height)
    region_map.add_region_legend(slide, points, card.map_note, beside, inside)
    _source(slide, *card.all_evidence)


def _figures(card: FiguresCard, slide: Slide) -> None:
    """Figures in two columns."""
    _subtitle(slide, card.note)
    rows = card.rows.to_dict("records")
    width, height = (INNER_WIDTH - 32) / 2, FIGURE.height / -(-len(rows) // 2)
    for number, row in enumerate(rows):
        box = Box(MARGIN + number % 2 * (width + 32), FIGURE.top + number // 2 * height, width, height - 8)
        value, value_size = fit_text(row["value"], Box(0, 0, width, 46), (38, 30, 24, 18))
        used = value_size * 1.2 + 24
        note, note_size = fit_text(row["note"], Box(0, 0, width, box.height - used), (16, 14, MIN_FONT_SIZE_PT))
        add_text(
            slide,
            box,
            [
                [TextRun(value, value_size, SIDE_COLOURS["EU"], True)],
                [TextRun(row["label"], 18, ACCENT, True)],
                [TextRun(note, note_size)],
            ],
            f"Figure {number + 1}",
        )
    _source(slide, *card.all_evidence)


def _story(card: TextsCard, row: Mapping[Hashable, Any], slide: Slide) -> None:
    """Partners, themes and the parts of a story, in the largest font size that fits."""
    box = Box(BODY.left, BODY.top - 6, BODY.width, SOURCE.top - BODY.top)
    parts = [("Partners", format_list(list(row["partners"]))), ("Themes", format_list(list(row["themes"])))]
    parts += [(heading, cell_text(row[key])) for key, heading in card.parts.items()]

    def total_height(size: float) -> float:
        return sum(text_height_pt(f"{heading}: {text}", box.width, size) + 6 for heading, text in parts)

    size = next((size for size in (18, 17, 16, 15, 14, 13) if total_height(size) <= box.height), MIN_FONT_SIZE_PT)
    excess = max(1.0, total_height(size) / box.height)

    def shortened(text: str) -> str:
        limit = Box(0, 0, box.width, text_height_pt(text, box.width, size) / excess + 1)
        return fit_text(text, limit, (size,))[0]

    lines = [[TextRun(f"{heading}: ", size, ACCENT, True), TextRun(shortened(text), size)] for heading, text in parts]
    add_text(slide, box, lines, "Story", space=6)
    _source(slide, Evidence(card.evidence.table, (row[key_column(card.evidence.table)],)))


def _tables(card: Card) -> Iterator[Draw]:
    """Rows as tables; of rows with a date only those that have one, sorted by it, with the date in the first column."""
    rows, columns, subtitle = card.rows, dict(card.columns), card.note
    if PERIOD in columns:
        rows = rows[rows["start_on"].notna()].sort_values(["start_on", "end_on"], kind="stable")
        kept = {name: heading for name, heading in columns.items() if name not in (PERIOD, *WORKBOOK_ONLY)}
        columns = {PERIOD: columns[PERIOD]} | kept
        subtitle = f"{len(rows)} with a date, as exact as the source gives it; the register has those without a date"
        subtitle += f". {card.not_counted}" if card.not_counted else ""
    size = MIN_FONT_SIZE_PT if len(rows) > MAX_LARGE_ROWS else pptx_tables.FONT_SIZE_PT
    table = pptx_tables.table_of(readable(rows, columns, card.evidence.table), INNER_WIDTH, size)
    for part in pptx_tables.pages(table, FIGURE.height):
        yield partial(_table, card, subtitle, part)


def _table(card: Card, subtitle: str, part: pptx_tables.Table, slide: Slide) -> None:
    _subtitle(slide, subtitle)
    pptx_tables.add_table(
        slide, part, FIGURE, f"Table with {plural(len(part.rows), 'row')}: {', '.join(part.headings)}. {card.title}."
    )
    _source(slide, *card.all_evidence)


def _sources(content: Content) -> Iterator[PlannedSlide]:
    """Slides that list the documents cited, seed documents first, then those with the most locators."""
    sources = sources_of(e for step in content.steps if step.card for e in step.card.all_evidence)
    notes = source_list(sources, "All sources of these slides")
    if sources.empty:
        yield PlannedSlide("Sources", "No sources: no rows for these filters", notes, _nothing)
        return
    sources = sources.assign(_seed=sources["reliability"].eq("seed"), _count=sources["locators"].map(len))
    sources = sources.sort_values(["_seed", "_count", "title"], ascending=[False, False, True], kind="stable")
    frame = sources[["title", "publisher"]].map(cell_text).set_axis(["Document", "Publisher"], axis=1)
    frame["Pages or sections cited"] = [format_locators(locators, MAX_LOCATORS) for locators in sources["locators"]]
    table = pptx_tables.table_of(frame, INNER_WIDTH, MIN_FONT_SIZE_PT)
    parts = pptx_tables.pages(table, BODY.height)[:MAX_SOURCE_SLIDES]
    shown, start = sum(len(part.rows) for part in parts), 0
    title = f"Sources of these slides: {len(sources)} documents"
    if shown < len(sources):
        title = f"{shown} of the {len(sources)} source documents; the notes list all of them"
    urls = [cell_text(url, "") or None for url in sources["url"]]
    for part in parts:
        draw = partial(_source_table, part, urls[start : start + len(part.rows)])
        start += len(part.rows)
        note = notes if part is parts[0] else "The notes of the first slide of sources list all documents."
        yield PlannedSlide("Sources", title, note, draw)


def _nothing(_: Slide) -> None:
    """Draw no body."""


def _source_table(part: pptx_tables.Table, urls: list[str | None], slide: Slide) -> None:
    alt = f"Table of {len(part.rows)} source documents with publisher and the pages or sections cited."
    pptx_tables.add_table(slide, part, BODY, alt, urls)


def _about(content: Content) -> PlannedSlide:
    lines = [[TextRun(text)] for text in (*INTRODUCTION, LICENCE_NOTE)]
    lines.append([TextRun(f"Filters: {content.filter_label}. {content.release_line}.", colour=MUTED_INK)])
    notes = "\n\n".join([*INTRODUCTION, LICENCE_NOTE, COUNT_NOTE])
    return PlannedSlide("About these slides", "Contents, terms of use and credit", notes, partial(_text, lines))


def _text(lines: list[list[TextRun]], slide: Slide) -> None:
    add_text(slide, BODY, lines, "About", space=12)

"""Slides of the live filters: native charts, tables and maps that an official edits as her own.

`slides` plans all slides first, so that it can say before each how far it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from cards.card import Card, Evidence, FiguresCard, MapCard, TextsCard
from cards.sources import key_column, source_line
from cards.tables import PERIOD, readable
from charts.theme import ACCENT, MUTED_INK, SIDE_COLOURS
from domain.progress import Progress, no_progress
from domain.text import format_list, format_period
from exports.content import Content, Section, sources_of
from exports.pptx import charts as pptx_charts
from exports.pptx import map as pptx_map
from exports.pptx import tables as pptx_tables
from exports.pptx.deck import BODY, INNER, MARGIN, Deck
from exports.pptx.notes import FIGURES_FROM, Notes, filter_line, source_list, words
from exports.pptx.text import MIN_FONT_SIZE_PT, Box, TextRun, add_text, fit_text, text_height_pt

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
Draw = Callable[[object], None]
SUBTITLE = Box(BODY.left, BODY.top, BODY.width, 40)
SOURCE = Box(BODY.left, BODY.top + BODY.height - 32, BODY.width, 32)
FIGURE = Box(BODY.left, SUBTITLE.top + 46, BODY.width, SOURCE.top - SUBTITLE.top - 50)
LEGEND_WIDTH = 204
SOURCE_SLIDES = 3
FEW_ROWS = 6  # of a table that are set larger
LEFT_TO_THE_WORKBOOK = ("themes", "description")  # too long for a table on a slide
WHAT_THIS_IS = (
    "Made from the dashboard on EU–US cluster cooperation with the filters named here. Charts, tables and maps are native "
    "objects: select one to edit or copy it.",
    "Every number is a count of the records known here. A share names what it is a share of. What a source does not say is "
    "“not stated”, never no.",
    "The notes under each slide hold what to say, how the figure was computed and every source with its place.",
)
LICENCE = (
    "The compiled data may be shared and adapted under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Credit: “EU–US "
    "Cluster Cooperation Dashboard contributors, CC BY 4.0”, with the data release and the source named beside each fact. The "
    "source documents remain under the terms of their publishers.",
)


@dataclass(frozen=True)
class Slide:
    """A slide to be: small words above, title, notes, what draws the rest; its filters where they are not those of all."""

    kicker: str
    title: str
    notes: str
    draw: Draw
    filters: str = ""


def slides(content: Content, progress: Progress = no_progress) -> bytes:
    """The presentation as a PPTX file. `progress` is told before each slide and may raise to cancel."""
    progress(0.0, "Planning the slides")
    notes = Notes(content)
    planned = [slide for section in content.sections for slide in _steps(section, content, notes)]
    planned += [*_sources(content), _about(content)]
    deck = Deck()
    _title(deck, content)
    words_of_all = filter_line(None, content)
    for number, slide in enumerate(planned):
        progress((number + 1) / (len(planned) + 2), f"Slide {number + 2} of {len(planned) + 1}: {slide.title}")
        drawn = deck.add(slide.kicker, slide.title, slide.notes)
        slide.draw(drawn)
        deck.finish(drawn, f"{content.release_line} · {slide.filters or words_of_all}")
    progress((len(planned) + 1) / (len(planned) + 2), "Writing the file")
    keywords = f"{content.release_id}; {content.release_line}"
    return deck.save(content.title, f"Filters: {content.filter_label}", keywords, content.made_on)


def _title(deck: Deck, content: Content) -> None:
    made = format_period(content.made_on, content.made_on, "day")
    first = deck.add_title(
        content.title,
        [
            f"Filters: {content.filter_label}",
            f"{content.release_line}. Slides made on {made}.",
            f"{len(content.sections)} steps. {WHAT_THIS_IS[0]}",
        ],
        "\n\n".join([*WHAT_THIS_IS, f"Filters: {content.filter_label}. {content.release_line}."]),
    )
    deck.finish(first, f"{content.release_line} · {filter_line(None, content)}")


def _steps(section: Section, content: Content, notes: Notes) -> Iterator[Slide]:
    """The slides of one step of the workshop."""
    card = section.card
    if card is None:
        yield Slide(section.title, section.empty, notes.of(section), partial(_empty, section))
        return
    if isinstance(card, TextsCard):
        for number, row in enumerate(card.rows.to_dict("records"), start=1):
            aside = f"Story {number} of {len(card.rows)}."
            yield Slide(section.title, row["title"], notes.of(section, aside), partial(_story, card, row))
        return
    draws = list(_draws(card, content))
    for number, draw in enumerate(draws, start=1):
        aside = f"Slide {number} of {len(draws)} of this step." if len(draws) > 1 else ""
        kicker = f"{section.title} ({number} of {len(draws)})" if len(draws) > 1 else section.title
        yield Slide(kicker, card.title, notes.of(section, aside), draw, filter_line(card, content))


def _draws(card: Card, content: Content) -> Iterator[Draw]:
    """What each slide of a card draws."""
    if isinstance(card, FiguresCard):
        yield partial(_figures, card)
    elif isinstance(card, MapCard):
        yield partial(_map, card)
    elif card.chart is not None and card.chart.data is not None:
        parts, rest = pptx_charts.pages(card.chart.data, BODY.width)
        for part in parts:
            yield partial(_chart, card, part, rest, content)
    else:
        yield from _tables(card)


def _empty(section: Section, slide) -> None:
    add_text(
        slide,
        FIGURE,
        [
            [TextRun(section.question)],
            [
                TextRun(
                    "These filters leave nothing to draw here. No record is no proof that there is none.",
                    colour=MUTED_INK,
                )
            ],
        ],
        "Empty",
        space=10,
    )


def _chart(card: Card, part, rest: str, content: Content, slide) -> None:
    # The source goes along when the chart alone is copied: it stands inside.
    filters = "" if content.filters.is_empty() else f" {filter_line(card, content)}."
    source = f"{source_line(card.evidence)}. {content.release_line}.{filters}"
    title = f"{card.subtitle} ({rest})" if rest else card.subtitle
    pptx_charts.add_chart(slide, part, BODY, title=title, source=source, alt=card.chart.alt, made_on=content.made_on)


def _subtitle(slide, text: str) -> None:
    shown, size = fit_text(text, SUBTITLE, (18, 16, 14, MIN_FONT_SIZE_PT))
    add_text(slide, SUBTITLE, [[TextRun(shown, size, MUTED_INK)]], "What is shown")


def _source(slide, *found: Evidence) -> None:
    shown, size = fit_text(source_line(*found), SOURCE, (MIN_FONT_SIZE_PT,))
    add_text(slide, SOURCE, [[TextRun(shown, size, MUTED_INK)]], "Source", is_bottom=True)


def _map(card: MapCard, slide) -> None:
    _subtitle(slide, card.subtitle)
    box = Box(FIGURE.left, FIGURE.top, FIGURE.width - LEGEND_WIDTH - 16, FIGURE.height)
    inside = pptx_map.add_map(slide, card, box)
    pptx_map.add_legend(slide, card, Box(box.left + box.width + 16, box.top, LEGEND_WIDTH, box.height), inside)
    _source(slide, *card.all_evidence)


def _figures(card: FiguresCard, slide) -> None:
    """Figures two by two, as many rows as they need."""
    _subtitle(slide, card.subtitle)
    rows = card.rows.to_dict("records")
    width, height = (INNER - 32) / 2, FIGURE.height / -(-len(rows) // 2)
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


def _story(card: TextsCard, row: dict, slide) -> None:
    """Partners, themes and the parts of a story, as large as they fit."""
    room = Box(BODY.left, BODY.top - 6, BODY.width, SOURCE.top - BODY.top)
    parts = [("Partners", format_list(list(row["parties"]))), ("Themes", format_list(list(row["themes"])))]
    parts += [(heading, words(row[key])) for key, heading in card.parts.items()]

    def taken(size: float) -> float:
        return sum(text_height_pt(f"{heading}: {text}", room.width, size) + 6 for heading, text in parts)

    size = next((size for size in (18, 17, 16, 15, 14, 13) if taken(size) <= room.height), MIN_FONT_SIZE_PT)
    share = max(1.0, taken(size) / room.height)
    lines = [
        [
            TextRun(f"{heading}: ", size, ACCENT, True),
            TextRun(
                fit_text(text, Box(0, 0, room.width, text_height_pt(text, room.width, size) / share + 1), (size,))[0],
                size,
            ),
        ]
        for heading, text in parts
    ]
    add_text(slide, room, lines, "Story", space=6)
    _source(slide, Evidence(card.evidence.table, (row[key_column(card.evidence.table)],)))


def _tables(card: Card) -> Iterator[Draw]:
    """Rows as a table; dated ones in the order of their dates, the date first."""
    rows, columns, subtitle = card.rows, dict(card.columns), card.subtitle
    if PERIOD in columns:
        rows = rows.sort_values(["start_on", "end_on"], kind="stable")
        kept = {name: heading for name, heading in columns.items() if name not in (PERIOD, *LEFT_TO_THE_WORKBOOK)}
        columns = {PERIOD: columns[PERIOD]} | kept
        subtitle = (
            f"{len(rows)} with a date, at the precision of their source; any without a date stand in the register"
        )
    size = MIN_FONT_SIZE_PT if len(rows) > FEW_ROWS else pptx_tables.SIZE
    table = pptx_tables.table_of(readable(rows, columns, card.evidence.table), INNER, size)
    for part in pptx_tables.pages(table, FIGURE.height):
        yield partial(_table, card, subtitle, part)


def _table(card: Card, subtitle: str, part: pptx_tables.Table, slide) -> None:
    _subtitle(slide, subtitle)
    pptx_tables.add_table(
        slide, part, FIGURE, f"Table with {len(part.rows)} rows: {', '.join(part.headings)}. {card.title}."
    )
    _source(slide, *card.all_evidence)


def _sources(content: Content) -> Iterator[Slide]:
    """The documents behind the slides, those with most places first after the two presented here."""
    found = sources_of(e for section in content.sections if section.card for e in section.card.all_evidence)
    notes = source_list(found, "All documents behind these slides")
    if found.empty:
        yield Slide("Sources", "No source: these filters leave nothing to show", notes, lambda slide: None)
        return
    found = found.assign(_seed=found["reliability"].eq("seed"), _places=found["locators"].map(len))
    found = found.sort_values(["_seed", "_places", "title"], ascending=[False, False, True], kind="stable")
    frame = found[["title", "publisher"]].map(words).set_axis(["Document", "Publisher"], axis=1)
    frame["Where in it"] = [_places(places) for places in found["locators"]]
    table = pptx_tables.table_of(frame, INNER, MIN_FONT_SIZE_PT)
    parts = pptx_tables.pages(table, BODY.height)[:SOURCE_SLIDES]
    shown, start = sum(len(part.rows) for part in parts), 0
    links = [words(url, "") or None for url in found["url"]]
    for part in parts:
        own = links[start : start + len(part.rows)]
        start += len(part.rows)
        title = (
            f"{len(found)} documents stand behind these slides"
            if shown == len(found)
            else (f"{shown} of the {len(found)} documents behind these slides; the notes below name them all")
        )
        yield Slide(
            "Sources",
            title,
            notes if part is parts[0] else "All documents stand in the notes of the first slide of sources.",
            partial(_source_table, part, own),
        )


def _source_table(part: pptx_tables.Table, links: list[str | None], slide) -> None:
    pptx_tables.add_table(
        slide, part, BODY, f"Table of {len(part.rows)} source documents with publisher and places.", links
    )


def _places(locators: list[str]) -> str:
    rest = len(locators) - 3
    return "; ".join(locators[:3]) + (f" and {rest} more places" if rest > 0 else "")


def _about(content: Content) -> Slide:
    lines = [[TextRun(text)] for text in (*WHAT_THIS_IS, *LICENCE)]
    lines.append([TextRun(f"Filters: {content.filter_label}. {content.release_line}.", colour=MUTED_INK)])
    notes = "\n\n".join([*WHAT_THIS_IS, *LICENCE, FIGURES_FROM])
    return Slide(
        "About these slides",
        "What this is, and how it may be used",
        notes,
        lambda slide: add_text(slide, BODY, lines, "About", space=12) and None,
    )

"""PowerPoint export with native, editable charts, tables and maps, in our own look or in that of a template.

`slides` plans all slides first, so that it can report progress as 'slide m of n'.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from domain.pages import START_PAGE
from domain.product import CREDIT, LICENCES, NAME
from domain.progress import Progress, no_progress
from domain.text import format_list, format_locators, format_period
from domain.urls import deep_link
from exports.content import Content
from exports.pptx import tables as pptx_tables
from exports.pptx.deck import Deck, Stage
from exports.pptx.master import Kind
from exports.pptx.notes import ABSENCE_NOTE, Notes, cell_text, filter_line
from exports.pptx.plan import PlannedSlide, says_something, step_slides
from exports.pptx.template import Template
from exports.pptx.text import TextRun
from settings import load_settings

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MAX_SOURCE_SLIDES = 2
MAX_LOCATORS = 2  # of each source on a slide; the workbook has all
INTRODUCTION = (
    (
        f"Made with the {NAME} for the filters named here. Charts, tables and maps are native objects: select one to "
        "edit or copy it."
    ),
    (
        "Every number counts records in the database. A share says what it is a share of. “Not stated” means that the "
        f"source does not say; it never means no. {ABSENCE_NOTE}"
    ),
    (
        "The notes of each slide are for its speaker. The workbook of the same filters says how each figure is counted "
        "and lists every source with the pages or sections cited."
    ),
)
LICENCE_NOTE = (
    f"The compiled data may be shared and adapted under {LICENCES['data'].short_name} ({LICENCES['data'].url}). "
    f"Credit: “{CREDIT}”, with the data release, and the source that is cited for each fact. The source documents "
    "remain under the terms of their publishers."
)


def slides(content: Content, progress: Progress = no_progress, template: Template | None = None) -> bytes:
    """The presentation as a PPTX file. `progress` is called before each slide and may raise to cancel.

    Raises TemplateError for a template that cannot be used.
    """
    progress(0.0, "Planning the slides")
    deck = Deck(template)
    planned = _planned(content, deck)
    content_filters = filter_line(None, content)
    for number, slide in enumerate(planned):
        progress((number + 0.5) / (len(planned) + 1), f"Slide {number + 1} of {len(planned)}: {slide.title}")
        stage = deck.add(slide.kind, slide.step, slide.title, slide.notes)
        slide.draw(stage)
        deck.finish(stage, f"{content.release_line} · {slide.filters or content_filters}")
    progress(len(planned) / (len(planned) + 1), "Writing the file")
    keywords = f"{content.release_id}; {content.release_line}"
    return deck.save(content.title, f"Filters: {content.filter_label}", keywords, content.made_on)


def template_gaps(template: Template) -> list[str]:
    """What a template lacks, a sentence for each part. Raises TemplateError for a template that cannot be used."""
    return Deck(template).gaps


def _planned(content: Content, deck: Deck) -> list[PlannedSlide]:
    """All slides: title, steps, further figures, and at the end the sources that they name and what they are."""
    notes = Notes(content)
    steps = [slide for step in content.steps for slide in step_slides(step, deck, content, notes)]
    planned = [_title(content), *steps]
    return _with_distinct_titles([*planned, *_sources(planned, content, deck), _about(content)])


def _with_distinct_titles(planned: Sequence[PlannedSlide]) -> list[PlannedSlide]:
    """The slides with the step in front of a title that another slide has too."""
    counts = Counter(slide.title for slide in planned)
    return [
        replace(slide, title=f"{slide.step}: {slide.title}") if counts[slide.title] > 1 else slide for slide in planned
    ]


def _title(content: Content) -> PlannedSlide:
    created = format_period(content.made_on, content.made_on, "day")
    lines = [f"Filters: {content.filter_label}", f"{content.release_line}. Slides created on {created}."]
    cards = [step.card for step in content.steps if step.card is not None]
    if not content.filters.is_empty() and not any(
        says_something(card) for card in cards if not card.filters.is_empty()
    ):
        possible = next((f" {card.not_counted}." for card in cards if card.not_counted), "")
        lines.append(f"No record is known to match these filters.{possible}")
    if load_settings().public_url:
        lines.append(f"View: {deep_link(START_PAGE, content.filters, content.release_id)}")
    notes = "\n\n".join([INTRODUCTION[1], f"Filters: {content.filter_label}. {content.release_line}."])
    return PlannedSlide(Kind.TITLE, "", content.title, notes, partial(_lines, "Subtitle", lines))


def _lines(name: str, lines: Sequence[str], stage: Stage) -> None:
    place = stage.place(name)
    fitting = (
        size
        for size in (20, 18, 17, 16, 15)
        if size <= place.size
        and sum(stage.ruler.height(line, place.inner.width, size) + 8 for line in lines) <= place.inner.height
    )
    size = next(fitting, 14)
    stage.write(name, [[TextRun(line, size)] for line in lines], space=8)


def _sources(planned: Sequence[PlannedSlide], content: Content, deck: Deck) -> Iterator[PlannedSlide]:
    """Slides that list the documents that the notes of the other slides name, in the order of the slides."""
    named = [
        row | {"slide": number}
        for number, slide in enumerate(planned, start=1)
        for row in slide.cited.to_dict("records")
    ]
    if not named:
        return
    numbers = pd.DataFrame(named).groupby("source_id", sort=False)["slide"].agg(list)
    sources = content.sources.set_index("source_id").loc[list(numbers.index)].reset_index()
    frame = sources[["title", "publisher"]].map(cell_text).set_axis(["Document", "Publisher"], axis=1)
    frame["Pages or sections cited"] = [format_locators(list(one), MAX_LOCATORS) for one in sources["locators"]]
    frame["Slides"] = [_ranges(numbers[source]) for source in sources["source_id"]]
    box = deck.frames[Kind.TABLE].places["Table"].box
    table = pptx_tables.table_of(frame, box.width, deck.ruler.of_sources, deck.ruler)
    parts = pptx_tables.pages(table, box.height)[:MAX_SOURCE_SLIDES]
    finding = (
        f"{len(sources)} documents that the slides name, of {len(content.sources)} behind the figures and registers of "
        "these filters; the workbook lists all, with every page or section cited"
    )
    urls, start = [cell_text(url, "") or None for url in sources["url"]], 0
    for number, part in enumerate(parts, start=1):
        title = "Sources named on these slides" + (f" ({number}\u00a0of\u00a0{len(parts)})" if len(parts) > 1 else "")
        draw = partial(_source_table, part, urls[start : start + len(part.rows)], finding)
        start += len(part.rows)
        yield PlannedSlide(Kind.TABLE, "Sources", title, f"{finding}.", draw)


def _ranges(numbers: Sequence[int]) -> str:
    """'3, 5–8': numbers of slides in order, those that follow each other as a range."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _source_table(part: pptx_tables.Table, urls: list[str | None], finding: str, stage: Stage) -> None:
    alt = f"Table of {len(part.rows)} source documents: {format_list([name.lower() for name in part.headings])}."
    pptx_tables.add_table(stage, part, "Table", alt, urls)
    stage.line("Finding", finding)


def _about(content: Content) -> PlannedSlide:
    lines = [*INTRODUCTION, LICENCE_NOTE, f"Filters: {content.filter_label}. {content.release_line}."]
    title = "Contents, terms of use and credit"
    return PlannedSlide(Kind.TEXT, "About these slides", title, INTRODUCTION[2], partial(_lines, "Text", lines))

"""The workbook: what the steps found, the rows behind them, every register, codebook, sources, filters and licence."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.applied import applied_words
from cards.card import Register
from cards.catalogue import CATALOGUE, REGISTERS
from cards.sources import RELIABILITY_WORDS, source_line
from cards.workshop_steps import Section
from domain.filters import SIDE_LABELS, Filters
from domain.text import as_date
from domain.urls import START_PAGE, deep_link
from exports import citation
from exports.content import Content, Progress, no_progress
from exports.rows import NONE_RECORDED, NOT_APPLICABLE, Column, Missing, card_columns, register_columns
from exports.xlsx.workbook import Book, Sheet
from settings import load_settings
from warehouse import columns as dictionary
from warehouse import query_cache

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HOW_TO_READ = (
    "A blank is always marked with its reason: not stated, not in the excerpt (that was read), not available, not applicable, "
    "withheld; none recorded for an empty list. A zero is a zero.",
    "A date has its first and last day and the precision of its source: a month, season or year is known to that and no better.",
    "Sheets of a step begin with the finding, what is measured and where it stands; sheets of a register begin with the headings "
    "in row 1, so that a program reads them as they are.",
    "“Targets the USA” means that a partnership lists the USA among its target countries; it does not mean that it "
    "cooperates with anyone there.",
)


@dataclass(frozen=True)
class _Part:
    """A sheet of rows: its name, what it holds, its columns, and how many rows there would be without a filter."""

    sheet: str
    holds: str
    columns: tuple[Column, ...]
    unfiltered: int | None = None

    @property
    def rows(self) -> int:
        return len(self.columns[0].cells)


def workbook(content: Content, progress: Progress = no_progress) -> bytes:
    """The content as XLSX.

    Sheets: About, Findings, one for the rows of each step, one for each register, Codebook, Sources, Filters, Licence.
    The same content gives the same bytes. ``progress`` may raise to cancel.
    """
    book = Book(content.title, f"Filter: {content.filter_words}. {content.release_line}", content.made_on)
    about, findings = book.sheet("About"), book.sheet("Findings")
    work = len(content.sections) + len(content.registers) + 1
    parts: list[_Part] = []
    sheet_of_step: dict[str, str] = {}
    shown: dict[tuple, str] = {}
    for done, section in enumerate(content.sections):
        progress(done / work, f"Sheet of the step “{section.title}”")
        if section.card is None:
            continue
        seen = (tuple(section.card.columns), section.card.evidence, len(section.card.rows))
        if seen not in shown:  # the three maps show one list of organisations
            parts.append(_step_sheet(book, section, content))
            shown[seen] = parts[-1].sheet
        sheet_of_step[section.name] = shown[seen]
    for done, ((spec, frame), (_, every)) in enumerate(
        zip(content.registers, REGISTERS, strict=True), len(content.sections)
    ):
        progress(done / work, f"Sheet of the register “{spec.title}”")
        parts.append(_register_sheet(book, spec, register_columns(spec, frame), content, len(every(Filters()))))
    progress((work - 1) / work, "Codebook and sources")
    _findings(findings, content, sheet_of_step)
    _codebook(book.sheet("Codebook"), parts)
    _sources(book.sheet("Sources"), content)
    _filters(book.sheet("Filters"), content)
    _licence(book.sheet("Licence"))
    _about(about, content, parts)
    data = book.finish()
    progress(1.0, "Workbook ready")
    return data


def _step_sheet(book: Book, section: Section, content: Content) -> _Part:
    card, sheet = section.card, book.sheet(f"Step {section.title}")
    columns = card_columns(card)
    sheet.line(card.title, "finding")
    sheet.line(card.subtitle)
    sheet.line(f"Filter: {applied_words(card, content.filters)}")
    sheet.line(f"{_source_lines(section)} · {content.release_line}")
    sheet.line(f"How it is computed: {card.method}")
    sheet.gap()
    sheet.table([c.heading for c in columns], [c.cells for c in columns], section.empty, most_lines=12)
    return _Part(sheet.name, f"Rows of the step “{section.title}”", columns)


def _source_lines(section: Section) -> str:
    return " · ".join(source_line(found) for found in section.card.all_evidence if found.record_ids)


def _register_sheet(
    book: Book, spec: Register, columns: tuple[Column, ...], content: Content, unfiltered: int
) -> _Part:
    sheet = book.sheet(spec.title)
    empty = f"No {spec.title.lower()} for this filter: {content.filter_words}."
    sheet.table([c.heading for c in columns], [c.cells for c in columns], empty)
    return _Part(sheet.name, spec.method, columns, unfiltered)


def _findings(sheet: Sheet, content: Content, sheet_of_step: dict[str, str]) -> None:
    headings = (
        "Step",
        "Question",
        "Finding",
        "What is measured",
        "Where it stands",
        "Rows",
        "Sheet",
        "View",
        "What to say",
    )
    rows = [
        (
            section.title,
            section.question,
            section.card.title if section.card else section.empty,
            section.card.subtitle if section.card else Missing(NOT_APPLICABLE),
            _source_lines(section) if section.card else Missing(NOT_APPLICABLE),
            len(section.card.rows) if section.card else 0,
            sheet_of_step.get(section.name, Missing(NOT_APPLICABLE)),
            deep_link(CATALOGUE[section.name].page, content.filters, content.release_id),
            section.note,
        )
        for section in content.sections
    ]
    sheet.table(headings, list(zip(*rows, strict=True)) or [()] * len(headings), "No step is defined.", most_lines=8)


def _codebook(sheet: Sheet, parts: Sequence[_Part]) -> None:
    rows = []
    for part in parts:
        for column in part.columns:
            rows.append((part.sheet, column.heading, column.field, column.kind, "", column.meaning))
            rows += [(part.sheet, column.heading, column.field, "term", label, words) for label, words in column.terms]
    sheet.table(("Sheet", "Column", "Field", "Type", "Term", "Meaning"), list(zip(*rows, strict=True)))


def _sources(sheet: Sheet, content: Content) -> None:
    headings = (
        "Source",
        "Publisher",
        "Reliability",
        "Places in it",
        "Number of places",
        "Read on",
        "Licence",
        "Address",
        "Id",
    )
    rows = [
        (
            row.title,
            row.publisher,
            RELIABILITY_WORDS[row.reliability],
            "\n".join(row.locators),
            len(row.locators),
            as_date(row.accessed_on),
            row.licence,
            row.url if isinstance(row.url, str) else Missing(_no_address(row.source_id)),
            row.source_id,
        )
        for row in content.sources.itertuples()
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(headings)
    sheet.table(headings, columns, f"No source: nothing is left for this filter: {content.filter_words}.")


def _no_address(source_id: str) -> str:
    return query_cache.run_query(dictionary.missing_reasons, "sources").get((source_id, "url"), NONE_RECORDED)


def _filters(sheet: Sheet, content: Content) -> None:
    vocabulary = query_cache.vocabulary()
    labels = {"sector": vocabulary.sectors, "side": SIDE_LABELS, "country": vocabulary.countries}
    sheet.line(f"Filter: {content.filter_words}", "finding")
    sheet.line(
        "Shared filters as they stand in the address of a page; a register that does not know a filter is not restricted by it."
    )
    sheet.gap()
    params = [pair for pair in content.filters.to_params() if pair[0] != "unknown"]
    for name, value in params:
        sheet.cells(name, value, labels.get(name, {}).get(value, value), styles=("label",))
    if content.filters.is_empty():
        sheet.cells("none", "nothing is restricted", styles=("label",))
    sheet.cells(
        "rows of unknown date, sector or place",
        "kept" if content.filters.keep_unknown else "left out",
        styles=("label",),
    )
    sheet.gap()
    rows = [
        (
            spec.title,
            *(("applies" if name in known else "does not apply") for name in ("sector", "side", "country", "from")),
        )
        for spec, _ in content.registers
        for known in (dictionary.known_filters(spec.table),)
    ]
    sheet.table(("Register", "Sector", "Side", "Country", "Years"), list(zip(*rows, strict=True)))
    sheet.widths(38, 30, 40)


def _licence(sheet: Sheet) -> None:
    for line in (load_settings().root / "LICENSE-data").read_text(encoding="utf-8").splitlines():
        sheet.line(line, "text_line") if line else sheet.gap()


def _about(sheet: Sheet, content: Content, parts: Sequence[_Part]) -> None:
    base = load_settings().public_url
    path = deep_link(START_PAGE, content.filters, content.release_id, base="")
    cited = citation.file_citation(
        content.title,
        f"{base}{path}" if base else None,
        path,
        content.release_id,
        content.made_on,
        content.filter_words,
        len(content.sources),
    )
    sheet.line(content.title, "title")
    sheet.gap()
    facts = [
        ("Filter", content.filter_words),
        ("Data", content.release_line),
        ("Made on", content.made_on),
        ("View", f"{base}{path}"),
        (
            "Licence",
            f"{citation.LICENCE}; see the sheet Licence. The sources remain under the terms of their publishers.",
        ),
        ("Cite as", cited.full),
    ]
    for name, value in facts:
        sheet.cells(name, value, styles=("label",))
    for number, text in enumerate(HOW_TO_READ):
        sheet.cells("" if number else "How to read", text, styles=("label",))
    sheet.gap()
    sheet.cells("Sheet", "What it holds", "Rows", "Of (without filter)", styles=("head",) * 4)
    sheet.cells(
        "Findings",
        "Each step of the workshop: question, finding, what is measured, where it stands",
        len(content.sections),
    )
    sheet.link(0, "Findings")
    for part in parts:
        sheet.cells(part.sheet, part.holds, part.rows, *([] if part.unfiltered is None else [part.unfiltered]))
        sheet.link(0, part.sheet)
    for name, holds, rows in (
        ("Codebook", "Every column of every sheet of rows: meaning, type, terms with their definitions", None),
        ("Sources", "Documents behind the rows, each with the places in it", len(content.sources)),
        ("Filters", "The filters of this file, and which register knows which", None),
        ("Licence", "Terms of the compiled data", None),
    ):
        sheet.cells(name, holds, *([] if rows is None else [rows]))
        sheet.link(0, name)
    sheet.widths(24, 100, 9, 18)

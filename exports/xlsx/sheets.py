"""The workbook: findings, the rows of each step, every register, codebook, sources, filters and licence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cards.applied import register_filter_label, register_filters
from cards.card import Card, RowsKey
from cards.catalogue import CATALOGUE
from cards.workshop_steps import FilledStep
from domain.filters import FILTERS, POSSIBLE_PARAMETER, Filters, ListFilter
from domain.product import LICENCES
from domain.progress import Progress, no_progress
from domain.records import Register
from domain.vocabulary import NOT_APPLICABLE
from exports import citation
from exports.content import Content
from exports.rows import Column, Missing, register_columns, with_reasons
from exports.views import view_address
from exports.xlsx.source_table import source_table
from exports.xlsx.tables import source_lines, write_card, write_codebook
from exports.xlsx.workbook import Book, Sheet, in_columns
from settings import load_settings
from warehouse import query_cache
from warehouse.populations import REGISTER_POPULATIONS
from warehouse.registers import row_count

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HOW_TO_READ = (
    (
        "A blank gives its reason: not stated, not in the excerpt (that was read), not available, not applicable, "
        "withheld; none recorded for an empty list. Text has it in place, a number or a date in the column “why blank” "
        "beside it. A zero is a zero."
    ),
    (
        "A date has its first and last day and the precision of its source: a month, season or year is known to that "
        "precision only."
    ),
    (
        "The sheet of a step begins with the finding, what is measured and its sources. The sheet of a register begins "
        "with the headings in row 1, so that a program can read it directly."
    ),
    (
        "“Targets the USA” means that a partnership lists the USA among its target countries; it does not mean that it "
        "cooperates with anyone there."
    ),
)
NOT_SHOWN = "not shown, as the filters ask"
NO_PUBLIC_URL = "no public address of the dashboard is set"


@dataclass(frozen=True)
class _Part:
    """A sheet of rows: name, description, columns, and number of rows without a filter where that is known."""

    sheet: str
    description: str
    columns: tuple[Column, ...]
    unfiltered: int | None = None

    @property
    def rows(self) -> int:
        return len(self.columns[0].cells)


def workbook(content: Content, progress: Progress = no_progress) -> bytes:
    """The content as XLSX; equal content gives equal bytes. ``progress`` may raise to cancel.

    Sheets: About, Findings, one for the rows of each step, one for each register, Codebook, Sources, Filters, Licence.
    """
    book = Book(content.title, f"Filter: {content.filter_label}. {content.release_line}", content.made_on)
    about, findings = book.sheet("About"), book.sheet("Findings")
    total = len(content.steps) + len(content.registers) + 1
    parts, sheet_of_step = _step_sheets(book, content, lambda done, step: progress(done / total, step))
    for done, ((spec, frame), population) in enumerate(
        zip(content.registers, REGISTER_POPULATIONS, strict=True), len(content.steps)
    ):
        progress(done / total, f"Sheet of the register “{spec.title}”")
        parts.append(
            _register_sheet(
                book,
                spec,
                with_reasons(register_columns(spec, frame)),
                content,
                query_cache.run_query(row_count, population, Filters()),
            )
        )
    progress((total - 1) / total, "Codebook and sources")
    _findings(findings, content, sheet_of_step)
    write_codebook(book.sheet("Codebook"), [(part.sheet, part.columns) for part in parts])
    empty = f"No source: no rows for this filter: {content.filter_label}."
    source_table(book.sheet("Sources"), content.sources, empty)
    _filters(book.sheet("Filters"), content)
    _licence(book.sheet("Licence"))
    _about(about, content, parts)
    data = book.finish()
    progress(1.0, "Workbook ready")
    return data


def _step_sheets(book: Book, content: Content, progress: Progress) -> tuple[list[_Part], dict[str, str]]:
    """Sheets for the rows of the steps, and the name of the sheet of each step.

    Steps with the same rows share a sheet: the maps list the same organisations. ``progress`` gets the number of steps
    done.
    """
    parts: list[_Part] = []
    sheet_of_step: dict[str, str] = {}
    written: dict[RowsKey, str] = {}
    for done, step in enumerate(content.steps):
        progress(done, f"Sheet of the step “{step.title}”")
        card = step.card
        if card is None:
            continue
        if card.rows_key not in written:
            parts.append(_step_sheet(book, step, card, content))
            written[card.rows_key] = parts[-1].sheet
        sheet_of_step[step.name] = written[card.rows_key]
    return parts, sheet_of_step


def _step_sheet(book: Book, step: FilledStep, card: Card, content: Content) -> _Part:
    sheet = book.sheet(f"Step {step.title}")
    columns = write_card(sheet, card, content.release_line, step.empty)
    return _Part(sheet.name, f"Rows of the step “{step.title}”", columns)


def _register_sheet(
    book: Book, spec: Register, columns: tuple[Column, ...], content: Content, unfiltered: int
) -> _Part:
    sheet = book.sheet(spec.title)
    empty = f"No {spec.title.lower()} for this filter: {register_filter_label(spec, content.filters)}."
    sheet.table([c.heading for c in columns], [c.cells for c in columns], empty)
    return _Part(sheet.name, spec.method, columns, unfiltered)


def _findings(sheet: Sheet, content: Content, sheet_of_step: dict[str, str]) -> None:
    headings = ("Step", "Question", "Finding", "What is measured", "Sources", "Rows", "Sheet", "View", "Speaker notes")
    rows = [_finding(step, content, sheet_of_step) for step in content.steps]
    sheet.table(headings, in_columns(rows, headings), "No step is defined.", max_lines=8)


def _finding(step: FilledStep, content: Content, sheet_of_step: dict[str, str]) -> tuple[Any, ...]:
    """Row of a step in the sheet of findings."""
    card = step.card
    return (
        step.title,
        step.question,
        card.title if card else step.empty,
        card.note if card else Missing(NOT_APPLICABLE),
        source_lines(card) if card else Missing(NOT_APPLICABLE),
        len(card.rows) if card else 0,
        sheet_of_step.get(step.name, Missing(NOT_APPLICABLE)),
        view_address(content, CATALOGUE[step.name].page) or Missing(NO_PUBLIC_URL),
        step.note,
    )


def _filters(sheet: Sheet, content: Content) -> None:
    vocabulary = query_cache.vocabulary()
    labels = {one.parameter: one.labels(vocabulary) for one in FILTERS if isinstance(one, ListFilter)}
    sheet.line(f"Filter: {content.filter_label}", "finding")
    sheet.line("Filters as in the URL of a page. A register that does not have a filter is not restricted by it.")
    sheet.gap()
    for name, value in content.filters.to_params():
        if name != POSSIBLE_PARAMETER:
            sheet.cells(name, value, labels.get(name, {}).get(value, value), styles=("label",))
    if content.filters.is_empty():
        sheet.cells("none", "no restriction", styles=("label",))
    sheet.gap()
    rows = []
    for spec, _ in content.registers:
        known = register_filters(spec)
        applies = ("applies" if definition.name in known else "does not apply" for definition in FILTERS)
        might_match = content.not_counted.get(spec.table) or ("none" if content.filters.show_possible else NOT_SHOWN)
        rows.append((spec.title, *applies, might_match))
    headings = ("Register", *(definition.label for definition in FILTERS), "Records that might match, not in the rows")
    sheet.table(headings, in_columns(rows, headings))
    sheet.widths(38, 30, 40)


def _licence(sheet: Sheet) -> None:
    for line in (load_settings().root / LICENCES["data"].path).read_text(encoding="utf-8").splitlines():
        if line:
            sheet.line(line, "text_line")
        else:
            sheet.gap()


def _about(sheet: Sheet, content: Content, parts: Sequence[_Part]) -> None:
    sheet.widths(36, 100, 9, 18)
    sheet.line(content.title, "title")
    sheet.gap()
    for name, value in _facts(content):
        sheet.cells(name, value, styles=("label",))
    for number, text in enumerate(HOW_TO_READ):
        sheet.cells("" if number else "How to read", text, styles=("label",))
    sheet.gap()
    sheet.cells("Sheet", "Contents", "Rows", "Rows without filter", styles=("head",) * 4)
    for name, description, *numbers in _contents(content, parts):
        sheet.cells(name, description, *numbers)
        sheet.link(0, name)


def _facts(content: Content) -> list[tuple[str, Any]]:
    """Filter, release, date, URL, licence and citation of the file."""
    view = view_address(content)
    cited = citation.file_citation(
        content.title,
        view,
        content.release_id,
        content.made_on,
        content.filter_label,
        len(content.sources),
    )
    licence = LICENCES["data"].short_name
    return [
        ("Filter", content.filter_label),
        ("Data", content.release_line),
        ("Created on", content.made_on),
        ("View", view or NO_PUBLIC_URL),
        ("Licence", f"{licence}; see the sheet Licence. The sources remain under the terms of their publishers."),
        ("Cite as", cited.full),
    ]


def _contents(content: Content, parts: Sequence[_Part]) -> Iterator[tuple[Any, ...]]:
    """Name and description of each sheet, and its number of rows, with and without the filter, where it has rows."""
    steps = "Each step of the workshop: question, finding, what is measured, sources"
    yield "Findings", steps, len(content.steps)
    for part in parts:
        yield part.sheet, part.description, part.rows, *([] if part.unfiltered is None else [part.unfiltered])
    yield "Codebook", "Every column of every sheet of rows: meaning, type, terms with their definitions"
    yield "Sources", "Documents that the rows cite, each with the pages or sections cited", len(content.sources)
    yield "Filters", "The filters of this file, and the registers they apply to"
    yield "Licence", "Terms of the compiled data"

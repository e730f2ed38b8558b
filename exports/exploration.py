"""Files of the Explorer: the tables as they are on the screen, as CSV and as a workbook with what one needs to cite."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from cards import tables
from cards.card import Card
from domain.records import PERIOD
from domain.urls import Choices, deep_link
from explorer.tables import RecordTable
from exports import meanings
from exports.citation import citation
from exports.content import sources_of
from exports.csv.table import spreadsheet_csv
from exports.licences import licence_sentence, part_licences
from exports.rows import Missing
from exports.xlsx.source_table import source_table
from exports.xlsx.workbook import Book, Sheet
from settings import load_settings
from warehouse import query_cache

HOW_TO_READ = (
    (
        "The sheets Records and Counts hold what the page shows, in its order and with its columns. A cell in italics "
        "is the reason why a value is missing; it is none of the values."
    ),
    (
        "A record counts once for each of its values, so that counts may add up to more than the records; the first "
        "row counts every record once."
    ),
)


@dataclass(frozen=True)
class ExplorerFile:
    """What a workbook of the Explorer holds: the card of the counts, the records, and the view that shows them.

    ``notes`` are sentences on how to read the counts; ``page`` and ``choices`` are those of domain.urls.deep_link.
    """

    card: Card
    notes: Sequence[str]
    records: RecordTable
    page: str
    choices: Choices


def shown_csv(shown: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8 with a byte order mark; text that a spreadsheet could run begins with an apostrophe."""
    return spreadsheet_csv(shown)


def explorer_workbook(file: ExplorerFile, made_on: date) -> bytes:
    """Workbook with the sheets About, Records, Counts, Columns and Sources; equal content gives equal bytes."""
    book = Book(file.card.subtitle, query_cache.release_line(), made_on)
    about = book.sheet("About")
    _table(book.sheet("Records"), file.records.cells.columns, _record_cells(file.records))
    counts = file.card.rows
    _table(book.sheet("Counts"), file.card.columns.values(), [counts[field].tolist() for field in counts])
    _columns(book.sheet("Columns"), file)
    sources = sources_of(one for one in file.card.all_evidence if one.table != "sources")
    source_table(book.sheet("Sources"), sources, "These records cite no source.")
    _about(about, file, made_on)
    return book.finish()


def _table(sheet: Sheet, headings: Iterable[str], columns: Sequence[Sequence[Any]]) -> None:
    sheet.table([str(heading) for heading in headings], columns, "No record is left.")


def _record_cells(records: RecordTable) -> list[list[Any]]:
    """The cells of each column: what the screen shows, numbers as numbers, and the reasons for blanks as such."""
    frame, columns = records.frame, []
    for field, heading in zip(records.fields, records.cells.columns, strict=True):
        shown = records.cells[heading].tolist()
        # A period is known as far as its first day is.
        stored = frame["start_on" if field == PERIOD else field].tolist()
        is_number = field in frame and pd.api.types.is_numeric_dtype(frame[field]) and frame[field].dtype != bool
        columns.append(
            [
                Missing(cell) if tables.is_blank(value) else value if is_number else cell
                for cell, value in zip(shown, stored, strict=True)
            ]
        )
    return columns


def _columns(sheet: Sheet, file: ExplorerFile) -> None:
    """Write the columns of the records with their meaning and terms."""
    table = file.card.evidence.table
    rows: list[tuple[Any, ...]] = []
    for heading, field in zip(file.records.cells.columns, file.records.fields, strict=True):
        rows.append((heading, field, "", meanings.meaning(field, table)))
        rows += [(heading, field, *term) for term in meanings.terms(f"{table}.{field}")]
    sheet.table(("Column", "Field", "Term", "Meaning"), list(zip(*rows, strict=True)))


def _about(sheet: Sheet, file: ExplorerFile, made_on: date) -> None:
    card, release = file.card, query_cache.release_name()
    base = load_settings().public_url
    path = deep_link(file.page, card.filters, release, base="", choices=file.choices)
    cited = citation(card, f"{base}{path}" if base else None, path, release, made_on, card.filter_label, file.choices)
    parts = part_licences(one for one in card.all_evidence if one.table != "sources")
    sheet.widths(16, 100)
    sheet.line(card.subtitle, "title")
    sheet.gap()
    facts = [
        ("Counts", card.title),
        ("Filter", card.filter_label),
        ("Might match", card.not_counted or "none"),
        ("Data", query_cache.release_line()),
        ("Created on", made_on),
        ("View", f"{base}{path}"),
        ("Method", card.method),
        ("Licence", licence_sentence(parts)),
        ("Cite as", cited.full),
        ("BibTeX", cited.bibtex),
    ]
    for name, value in facts:
        sheet.cells(name, value, styles=("label",))
    for number, text in enumerate((*HOW_TO_READ, *file.notes)):
        sheet.cells("" if number else "How to read", text, styles=("label",))

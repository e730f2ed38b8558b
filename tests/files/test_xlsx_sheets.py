"""Names of sheets and cells that are too long, read with openpyxl."""

import io
from datetime import date

import openpyxl

from exports.xlsx.workbook import MAX_CELL_CHARS, Book

DAY = date(2026, 11, 23)


def test_names_of_sheets_and_long_cells():
    """Any title makes a valid name; text that is too long for a cell is cut and says so."""
    book = Book("t", "s", DAY)
    names = [book.sheet(title).name for title in ("a" * 40, "a" * 40, "A/B:[c]?", "'", "About", "about")]
    assert names == ["a" * 31, "a" * 29 + " 2", "A B  c", "Sheet", "About", "about 2"]
    sheet = book.sheet("long")
    sheet.cells("x" * 40_000)
    (cell,) = next(openpyxl.load_workbook(io.BytesIO(book.finish()))["long"].iter_rows(values_only=True))
    assert cell.startswith("x" * MAX_CELL_CHARS) and cell.endswith("(cut; the full text has 40,000 characters)")
    assert len(cell) < 32_767

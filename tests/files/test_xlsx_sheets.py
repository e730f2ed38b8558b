"""Names of sheets, cells that are too long, heights of rows and how sheets print, read with openpyxl."""

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


def test_rows_are_as_high_as_their_text_and_sheets_print_legibly():
    """Not every program works out heights when it opens a file; a page is not narrower than some 200 letters."""
    book = Book("t", "s", DAY)
    about, wide = book.sheet("About"), book.sheet("Wide")
    about.widths(10, 50)
    about.cells("short", "word " * 30)
    wide.line("A sentence about what the table counts. " * 8)
    columns = [("word " * 100, "a")] * 10
    wide.table([f"heading {n}" for n in range(10)], columns, max_lines=3)
    read = openpyxl.load_workbook(io.BytesIO(book.finish()))
    line = 15  # points
    assert read["About"].row_dimensions[1].height >= 3 * line, "150 letters in 50"
    heights = [read["Wide"].row_dimensions[row].height for row in (1, 3, 4)]
    assert heights[0] >= 2 * line and heights[1:] == [3 * line, None], "at most as high as asked, else as it is"
    (across,) = read["Wide"].merged_cells.ranges
    assert (across.min_row, across.max_row, across.min_col) == (1, 1, 1)
    assert read["Wide"]["A1"].value.startswith("A sentence about") and read["Wide"]["A1"].alignment.wrap_text
    assert (read["Wide"].page_setup.fitToWidth, read["Wide"].page_setup.fitToHeight) == (3, 0), "10 columns of 60"
    assert read["Wide"].print_title_rows == "$2:$2" and read["Wide"].print_title_cols == "$A:$A"
    for sheet in read:
        assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in (sheet.oddFooter.right.text or "")

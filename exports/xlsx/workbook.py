"""A workbook that keeps types, runs nothing and is the same for the same content: sheets, cells, formats."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from domain.urls import is_web_address
from exports.plain_text import clean, looks_like_formula
from exports.rows import Missing

MAX_CELL_CHARS = 32_000  # of a cell; the format ends at 32,767
MAX_NAME = 31  # of a sheet
NARROWEST, WIDEST = 9, 60  # columns, in characters
_ACCENT, _GREY, _LINE = "#12436D", "#5F6B76", "#C9D1D9"
LINE_HEIGHT = 15  # points
_FIRST_DATE = date(1900, 3, 1)  # earlier days are wrong or impossible in a spreadsheet


class Book:
    """One workbook in memory; ``sheets`` names those made so far, in order."""

    def __init__(self, title: str, subject: str, made_on: date) -> None:
        # Strings stay strings: neither formulas nor numbers nor links are guessed from text.
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, options)
        created = datetime(made_on.year, made_on.month, made_on.day)
        self._book.set_properties({"title": title, "subject": subject, "created": created})
        self.sheets: list[str] = []
        top = {"valign": "top"}
        wrapped = top | {"text_wrap": True}
        self._formats = {
            "text": self._book.add_format(wrapped),
            "quoted": self._book.add_format(wrapped | {"quote_prefix": True}),
            "missing": self._book.add_format(wrapped | {"italic": True, "font_color": _GREY}),
            "date": self._book.add_format(top | {"num_format": "yyyy-mm-dd", "align": "left"}),
            "number": self._book.add_format(top | {"num_format": "General"}),
            "truth": self._book.add_format(top | {"align": "left"}),
            "link": self._book.add_format(wrapped | {"font_color": _ACCENT, "underline": 1}),
            "note": self._book.add_format(top | {"italic": True, "font_color": _GREY}),
            "title": self._book.add_format({"bold": True, "font_size": 16, "font_color": _ACCENT}),
            "finding": self._book.add_format({"bold": True, "font_size": 13, "font_color": _ACCENT}),
            "plain": self._book.add_format({"font_color": _GREY}),
            "label": self._book.add_format(wrapped | {"bold": True}),
            "text_line": self._book.add_format(top),
            "head": self._book.add_format(
                wrapped | {"bold": True, "bg_color": "#E8EEF3", "bottom": 1, "bottom_color": _LINE}
            ),
        }

    def sheet(self, name: str) -> "Sheet":
        """A new sheet; a name that is taken gets a number, one that is too long is cut."""
        allowed = "".join(" " if c in "[]:*?/\\" else c for c in clean(name)).strip(" '") or "Sheet"
        chosen, number = allowed[:MAX_NAME].strip(" '"), 2
        while chosen.casefold() in {taken.casefold() for taken in self.sheets}:
            end = f" {number}"
            chosen, number = allowed[: MAX_NAME - len(end)].strip(" '") + end, number + 1
        self.sheets.append(chosen)
        sheet = self._book.add_worksheet(chosen)
        sheet.hide_gridlines(2)
        return Sheet(chosen, sheet, self._formats)

    def finish(self) -> bytes:
        """The file."""
        self._book.close()
        return self._buffer.getvalue()


class Sheet:
    """One sheet, filled from the top; ``name`` as it stands on its tab."""

    def __init__(self, name: str, sheet: Worksheet, formats: dict[str, Any]) -> None:
        self.name, self._sheet, self._formats = name, sheet, formats
        self._row = 0

    def line(self, text: str, style: str = "plain") -> None:
        """One line across the sheet, over its columns."""
        self._text(0, text, style)
        self._row += 1

    def gap(self) -> None:
        """An empty line."""
        self._row += 1

    def cells(self, *values: Any, styles: Sequence[str] = ()) -> None:
        """One row of cells; ``styles`` are names of formats for the first of them."""
        for column, value in enumerate(values):
            if column < len(styles) and isinstance(value, str):
                self._text(column, value, styles[column])
            else:
                self._cell(column, value)
        self._row += 1

    def widths(self, *widths: int) -> None:
        """Widths of the first columns in characters."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def link(self, column: int, sheet: str) -> None:
        """Lead from the row just written to another sheet of the book."""
        escaped = sheet.replace("'", "''")
        self._sheet.write_url(self._row - 1, column, f"internal:'{escaped}'!A1", self._formats["link"], sheet)

    def table(
        self, headings: Sequence[str], columns: Sequence[Sequence[Any]], empty: str = "", most_lines: int = 4
    ) -> None:
        """A table from here on: frozen headings with filters, widths by content; without rows ``empty`` says why.

        Text is wrapped; a row is at most ``most_lines`` high, so that one long cell does not hide its neighbours.
        """
        head = self._row
        widths = [_width(heading, cells) for heading, cells in zip(headings, columns, strict=True)]
        for column, heading in enumerate(headings):
            self._text(column, heading, "head")
            self._sheet.set_column(column, column, widths[column])
        self._row += 1
        for row in zip(*columns, strict=True):
            if any(_lines(cell, width) > most_lines for cell, width in zip(row, widths, strict=True)):
                self._sheet.set_row(self._row, LINE_HEIGHT * most_lines)
            self.cells(*row)
        rows = self._row - head - 1
        self._sheet.freeze_panes(head + 1, 1)
        if rows:
            self._sheet.autofilter(head, 0, head + rows, len(headings) - 1)
        else:
            self.line(empty, "note")
        self._sheet.repeat_rows(head)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)

    def _cell(self, column: int, value: Any) -> None:
        sheet, row, formats = self._sheet, self._row, self._formats
        if isinstance(value, Missing):
            sheet.write_string(row, column, value, formats["missing"])
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, formats["truth"])
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, formats["number"])
        elif isinstance(value, date) and value >= _FIRST_DATE:
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["date"])
        elif is_web_address(value):
            sheet.write_url(row, column, value, formats["link"], value)
        else:
            self._text(column, str(value), "quoted" if looks_like_formula(str(value)) else "text")

    def _text(self, column: int, text: str, style: str) -> None:
        self._sheet.write_string(self._row, column, fitting(text), self._formats[style])


def fitting(text: str) -> str:
    """The text without forbidden characters; what a cell cannot hold is cut, and the cut is said."""
    text = clean(text)
    if len(text) <= MAX_CELL_CHARS:
        return text
    return f"{text[:MAX_CELL_CHARS]} … (cut here; the whole text has {len(text):,} characters)"


def _width(heading: str, cells: Sequence[Any]) -> int:
    longest = max((len(line) for cell in cells[:400] for line in str(cell).split("\n")), default=0)
    words = max(map(len, heading.split()), default=0)
    return min(WIDEST, max(NARROWEST, words + 3, longest + 2))


def _lines(cell: Any, width: int) -> int:
    """Lines that a wrapped cell takes, about."""
    if not isinstance(cell, str) or (len(cell) <= width and "\n" not in cell):
        return 1
    return sum(1 + len(line) // width for line in cell.split("\n"))

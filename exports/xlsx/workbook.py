"""Workbook, sheets and cells: typed values, no formulas, and equal bytes for equal content."""

import io
import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from domain.text import looks_like_formula
from domain.urls import is_web_address
from exports.plain_text import clean
from exports.rows import Missing

MAX_CELL_CHARS = 32_000  # the limit of the format is 32,767
MAX_SHEET_NAME_CHARS = 31
MIN_WIDTH_CHARS, MAX_WIDTH_CHARS = 9, 60  # of a column
MAX_MEASURED_CELLS = 400  # of a column, for its width
_ACCENT, _GREY, _LINE = "#12436D", "#5F6B76", "#C9D1D9"
LINE_HEIGHT_PT = 15
MAX_LINES = 4  # of a row of a table, so that one long cell does not push the next rows away
MAX_LINES_OF_TEXT = 12  # of a row outside a table
LINE_CHARS = 120  # least width of a line above a table
DEFAULT_WIDTH_CHARS = 8  # of a column without a width of its own
PRINTED_CHARS = 200  # of a row on one landscape page, so that it can be read on paper
_HEIGHT_OF_FINDING_PT = 5  # by which its larger letters are higher
_A4 = 9  # number of the paper in the format
_FIRST_DATE = date(1900, 3, 1)  # spreadsheets store earlier days wrongly or not at all


class Book:
    """A workbook in memory; ``sheets`` are the names of its sheets, in order."""

    def __init__(self, title: str, subject: str, made_on: date) -> None:
        # Text stays text: xlsxwriter must not turn it into formulas, numbers or links.
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
            "finding across": self._book.add_format(wrapped | {"bold": True, "font_size": 13, "font_color": _ACCENT}),
            "plain across": self._book.add_format(wrapped | {"font_color": _GREY}),
            "label": self._book.add_format(wrapped | {"bold": True}),
            "text_line": self._book.add_format(top),
            "head": self._book.add_format(
                wrapped | {"bold": True, "bg_color": "#E8EEF3", "bottom": 1, "bottom_color": _LINE}
            ),
        }

    def sheet(self, name: str) -> "Sheet":
        """Add a sheet; a name that is in use gets a number, one that is too long is cut."""
        allowed = "".join(" " if c in "[]:*?/\\" else c for c in clean(name)).strip(" '") or "Sheet"
        chosen, number = _cut(allowed, MAX_SHEET_NAME_CHARS).strip(" '"), 2
        while chosen.casefold() in {taken.casefold() for taken in self.sheets}:
            end = f" {number}"
            chosen, number = _cut(allowed, MAX_SHEET_NAME_CHARS - len(end)).strip(" '") + end, number + 1
        self.sheets.append(chosen)
        sheet = self._book.add_worksheet(chosen)
        sheet.hide_gridlines(2)
        return Sheet(chosen, sheet, self._formats)

    def finish(self) -> bytes:
        """The file."""
        self._book.close()
        return self._buffer.getvalue()


def _cut(text: str, most: int) -> str:
    """The beginning of a text; spreadsheets count an emoji as two characters."""
    while len(text.encode("utf-16-le")) > 2 * most:
        text = text[:-1]
    return text


class Sheet:
    """A sheet, filled from the top; ``name`` is the text on its tab."""

    def __init__(self, name: str, sheet: Worksheet, formats: dict[str, Any]) -> None:
        self.name, self._sheet, self._formats = name, sheet, formats
        self._row = 0
        self._widths: dict[int, int] = {}  # of columns, in characters
        self._above: dict[int, tuple[str, str]] = {}  # text and style of the lines before a table, by row
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5)
        sheet.set_footer("&L&A&RPage &P of &N")
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # a period such as 2015 is text on purpose

    def line(self, text: str, style: str = "plain") -> None:
        """Write a line of text that may extend over all columns; above a table it is wrapped."""
        self._text(0, text, style)
        self._above[self._row] = text, style
        self._row += 1

    def gap(self) -> None:
        """Leave a row empty."""
        self._row += 1

    def cells(self, *values: Any, styles: Sequence[str] = (), max_lines: int = MAX_LINES_OF_TEXT) -> None:
        """Write a row of cells; ``styles`` are names of formats for the first of them.

        The row is as high as its text in columns of known width, at most ``max_lines``: not every program works that
        out when it opens the file.
        """
        for column, value in enumerate(values):
            if column < len(styles) and isinstance(value, str):
                self._text(column, value, styles[column])
            else:
                self._cell(column, value)
        lines = max((_lines(value, self._widths[i]) for i, value in enumerate(values) if i in self._widths), default=1)
        if lines > 1:
            self._sheet.set_row(self._row, LINE_HEIGHT_PT * min(lines, max_lines))
        self._row += 1

    def widths(self, *widths: int) -> None:
        """Set the widths of the first columns, in characters, and print as many pages wide as they need."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
            self._widths[column] = width
        self._sheet.fit_to_pages(math.ceil(sum(self._widths.values()) / PRINTED_CHARS), 0)

    def link(self, column: int, sheet: str) -> None:
        """Write a link to another sheet of the workbook into the row just written."""
        escaped = sheet.replace("'", "''")
        self._sheet.write_url(self._row - 1, column, f"internal:'{escaped}'!A1", self._formats["link"], sheet)

    def table(
        self, headings: Sequence[str], columns: Sequence[Sequence[Any]], empty: str = "", max_lines: int = MAX_LINES
    ) -> None:
        """Write a table: frozen headings with filters, columns sized by content; ``empty`` is the note without rows.

        Text is wrapped. A row is at most ``max_lines`` high. Printed pages repeat the headings and the first column.
        """
        head = self._row
        self.widths(*(_width(heading, cells) for heading, cells in zip(headings, columns, strict=True)))
        self._wrap_above()
        self.cells(*headings, styles=("head",) * len(headings))
        for row in zip(*columns, strict=True):
            self.cells(*row, max_lines=max_lines)
        rows = self._row - head - 1
        self._sheet.freeze_panes(head + 1, 1)
        if rows:
            self._sheet.autofilter(head, 0, head + rows, len(headings) - 1)
        else:
            self.line(empty, "note")
        self._sheet.repeat_rows(head)
        self._sheet.repeat_columns(0)

    def _wrap_above(self) -> None:
        """Wrap the lines above a table over its first columns: a page is as wide as the text that it holds."""
        across, column = 0, -1
        while across < LINE_CHARS:
            column += 1
            across += self._widths.get(column, DEFAULT_WIDTH_CHARS)
        for row, (text, style) in self._above.items():
            if (wrapped := self._formats.get(f"{style} across")) is not None:
                self._sheet.merge_range(row, 0, row, column, "", wrapped)
                self._sheet.write_string(row, 0, truncated(text), wrapped)
                height = LINE_HEIGHT_PT * _lines(text, across)
                self._sheet.set_row(row, height + _HEIGHT_OF_FINDING_PT if style == "finding" else height)

    def _cell(self, column: int, value: Any) -> None:
        sheet, row, formats = self._sheet, self._row, self._formats
        if value is None:
            return
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
        self._sheet.write_string(self._row, column, truncated(text), self._formats[style])


def in_columns(rows: Sequence[tuple[Any, ...]], headings: Sequence[str]) -> list[tuple[Any, ...]]:
    """Rows turned into the columns of a table; empty columns without rows."""
    return list(zip(*rows, strict=True)) or [()] * len(headings)


def truncated(text: str) -> str:
    """The text without forbidden characters; text that is too long for a cell is cut and ends in a note about it."""
    text = clean(text)
    if len(text) <= MAX_CELL_CHARS:
        return text
    return f"{text[:MAX_CELL_CHARS]} … (cut; the full text has {len(text):,} characters)"


def _width(heading: str, cells: Sequence[Any]) -> int:
    longest_line = max(
        (len(line) for cell in cells[:MAX_MEASURED_CELLS] if cell is not None for line in str(cell).split("\n")),
        default=0,
    )
    longest_word = max(map(len, heading.split()), default=0)
    return min(MAX_WIDTH_CHARS, max(MIN_WIDTH_CHARS, longest_word + 3, longest_line + 2))


def _lines(cell: Any, width: int) -> int:
    """Estimated number of lines of a wrapped cell."""
    if not isinstance(cell, str) or (len(cell) <= width and "\n" not in cell):
        return 1
    return sum(1 + len(line) // width for line in cell.split("\n"))

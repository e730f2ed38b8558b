"""Native tables on slides: paged by the height their rows take, in print that a room can read."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from charts.theme import INK, PAPER, SIDE_COLOURS
from exports.pptx_text import LINE, SMALLEST, Box, Words, describe, height_of, lines_of, one_line, rgb, style

SIZE = 14  # points
PADDING = 5.0  # points, left and right
ROW_PADDING = 3.0  # points, above and below
MOST_LINES = 4  # of a cell; the rest is in the notes and the workbook
BAND = "#F3F5F7"


@dataclass(frozen=True)
class Table:
    """Headings, rows of text, widths of the columns in points and the size of the print."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    size: float = SIZE


def table_of(frame: pd.DataFrame, width: float, size: float = SIZE) -> Table:
    """A frame of readable cells; columns as wide as their words ask for. Long cells end in an ellipsis."""
    headings = tuple(str(name) for name in frame.columns)
    texts = [[one_line(value) for value in frame[name]] for name in frame.columns]
    wishes = [_wish(heading, column) for heading, column in zip(headings, texts, strict=True)]
    widths = tuple(width * wish / sum(wishes) for wish in wishes)
    cells = [[_short(text, column_width - 2 * PADDING, size) for text in column]
             for column, column_width in zip(texts, widths, strict=True)]
    return Table(headings, tuple(zip(*cells, strict=True)), widths, size)


def pages(table: Table, height: float) -> list[Table]:
    """The table cut where a slide of this height is full; each part has the headings."""
    room = height - _row_height(table.headings, table)
    parts: list[list[tuple[str, ...]]] = [[]]
    used = 0.0
    for row in table.rows:
        taken = _row_height(row, table)
        if parts[-1] and used + taken > room:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += taken
    return [Table(table.headings, tuple(rows), table.widths, table.size) for rows in parts]


def height(table: Table) -> float:
    """Points that the whole table takes."""
    return sum(_row_height(row, table) for row in (table.headings, *table.rows))


def add_table(slide, table: Table, box: Box, alt: str, links: Sequence[str | None] = ()) -> None:
    """The table at the top of the box; `links` are addresses behind the first cell of each row."""
    heights = [_row_height(row, table) for row in (table.headings, *table.rows)]
    frame = slide.shapes.add_table(len(heights), len(table.widths), Pt(box.left), Pt(box.top), Pt(sum(table.widths)), Pt(sum(heights)))
    frame.name = "Table"
    describe(frame, alt)
    native = frame.table
    native.horz_banding = False
    for column, width in zip(native.columns, table.widths, strict=True):
        column.width = Pt(round(width, 2))
    for number, row in enumerate((table.headings, *table.rows)):
        native.rows[number].height = Pt(round(heights[number], 2))
        look = Words("", table.size, PAPER if number == 0 else INK, number == 0)
        ground = SIDE_COLOURS["EU"] if number == 0 else (PAPER, BAND)[number % 2]
        address = links[number - 1] if number and links else None
        for place, text in enumerate(row):
            _fill(native.cell(number, place), text, look, ground, address if place == 0 else None)


def _fill(cell, text: str, look: Words, ground: str, address: str | None) -> None:
    cell.margin_left = cell.margin_right = Pt(PADDING)
    cell.margin_top = cell.margin_bottom = Pt(ROW_PADDING)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(ground)
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = text
    style(run.font, look)
    if address and address.startswith(("https://", "http://")):
        run.hyperlink.address = address


def _wish(heading: str, column: Sequence[str]) -> float:
    """Letters a column would like: its longest word at least, about its usual length, but no column takes all."""
    lengths = sorted(map(len, column)) or [0]
    usual = lengths[round(0.8 * (len(lengths) - 1))]
    longest_word = max((len(word) for text in (heading, *column) for word in text.split()), default=4)
    return max(len(heading) * 0.7, min(longest_word + 2, 18), min(usual, 46), 6)


def _short(text: str, width: float, size: float) -> str:
    lines = lines_of(text, width, size)
    return text if len(lines) <= MOST_LINES else " ".join(lines[:MOST_LINES])[:-1].rstrip() + "…"


def _row_height(row: Sequence[str], table: Table) -> float:
    texts = zip(row, table.widths, strict=True)
    most = max(height_of(text, width - 2 * PADDING, table.size) for text, width in texts)
    return max(most, SMALLEST * LINE) + 2 * ROW_PADDING

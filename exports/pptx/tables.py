"""Native tables on slides: paged by the height their rows take, in print that a room can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pandas as pd
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from charts.theme import INK, PAPER, SIDE_COLOURS
from exports.pptx.text import (
    BOLD_WIDTH_FACTOR,
    LINE_HEIGHT_EM,
    MIN_FONT_SIZE_PT,
    Box,
    describe,
    one_line,
    text_height_pt,
    wrap_lines,
)

SIZE = 14  # points
PADDING = 5.0  # points, left and right
ROW_PADDING = 3.0  # points, above and below
MAX_LINES = 4  # of a cell; the rest is in the notes and the workbook
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
    cells = [
        [_short(text, column_width - 2 * PADDING, size) for text in column]
        for column, column_width in zip(texts, widths, strict=True)
    ]
    return Table(headings, tuple(zip(*cells, strict=True)), widths, size)


def pages(table: Table, height: float) -> list[Table]:
    """The table cut where a slide of this height is full; each part has the headings."""
    room = height - _row_height(table.headings, table, BOLD_WIDTH_FACTOR)
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
    return sum(_heights(table))


def _heights(table: Table) -> list[float]:
    return [_row_height(table.headings, table, BOLD_WIDTH_FACTOR), *(_row_height(row, table) for row in table.rows)]


def add_table(slide, table: Table, box: Box, alt: str, links: Sequence[str | None] = ()) -> None:
    """The table at the top of the box; `links` are addresses behind the first cell of each row."""
    heights = _heights(table)
    frame = slide.shapes.add_table(
        len(heights), len(table.widths), Pt(box.left), Pt(box.top), Pt(sum(table.widths)), Pt(sum(heights))
    )
    frame.name = "Table"
    describe(frame, alt)
    native = frame.table
    native.horz_banding = False
    for column, width in zip(native.columns, table.widths, strict=True):
        column.width = Pt(round(width, 2))
    element = native._tbl
    for old in element.tr_lst:
        element.remove(old)
    # Rows in one piece each: cell by cell, a table of sources would take half a second.
    for number, row in enumerate((table.headings, *table.rows)):
        address = links[number - 1] if number and links else None
        element.append(_row(slide, row, heights[number], table.size, number, address))


def _row(slide, row: Sequence[str], height: float, size: float, number: int, address: str | None):
    """A row: number 0 is the heading; `address` is the link of its first cell."""
    ink, ground = (PAPER, SIDE_COLOURS["EU"]) if number == 0 else (INK, (PAPER, BAND)[number % 2])
    link = ""
    if address and address.startswith(("https://", "http://")):
        relation = slide.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = f'<a:hlinkClick r:id="{relation}"/>'
    cells = []
    for place, text in enumerate(row):
        look = (
            f'<a:rPr lang="en-GB" sz="{round(size * 100)}" b="{int(number == 0)}"><a:solidFill><a:srgbClr val="{ink[1:]}"/>'
            f"</a:solidFill>{link if place == 0 else ''}</a:rPr>"
        )
        cells.append(
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r>{look}<a:t>{escape(text)}</a:t></a:r></a:p></a:txBody>"
            f'<a:tcPr marL="{Pt(PADDING)}" marR="{Pt(PADDING)}" marT="{Pt(ROW_PADDING)}" marB="{Pt(ROW_PADDING)}" anchor="t">'
            f'<a:solidFill><a:srgbClr val="{ground[1:]}"/></a:solidFill></a:tcPr></a:tc>'
        )
    return parse_xml(f'<a:tr {nsdecls("a", "r")} h="{Pt(round(height, 2))}">{"".join(cells)}</a:tr>')


def _wish(heading: str, column: Sequence[str]) -> float:
    """Letters a column would like: its longest word at least, about its usual length, but no column takes all."""
    lengths = sorted(map(len, column)) or [0]
    usual = lengths[round(0.8 * (len(lengths) - 1))]
    longest_word = max((len(word) for text in (heading, *column) for word in text.split()), default=4)
    return max(len(heading) * 0.7, min(longest_word + 2, 18), min(usual, 46), 6)


def _short(text: str, width: float, size: float) -> str:
    lines = wrap_lines(text, width, size)
    return text if len(lines) <= MAX_LINES else " ".join(lines[:MAX_LINES])[:-1].rstrip() + "…"


def _row_height(row: Sequence[str], table: Table, letter: float = 1.0) -> float:
    """Points; `letter` is how much wider its letters are than those of plain text."""
    texts = zip(row, table.widths, strict=True)
    most = max(text_height_pt(text, (width - 2 * PADDING) / letter, table.size) for text, width in texts)
    return max(most, MIN_FONT_SIZE_PT * LINE_HEIGHT_EM) + 2 * ROW_PADDING

"""Native tables on slides, split into slides by the estimated height of their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Pt

from charts.theme import INK, PAPER, SIDE_COLOURS
from domain.urls import is_web_address
from exports.pptx.text import (
    BOLD_WIDTH_FACTOR,
    ELLIPSIS,
    LINE_HEIGHT_EM,
    MIN_FONT_SIZE_PT,
    Box,
    one_line,
    set_alt_text,
    solid_fill,
    text_height_pt,
    wrap_lines,
)

FONT_SIZE_PT = 14
PADDING = 5.0  # points, left and right
ROW_PADDING = 3.0  # points, above and below
MAX_CELL_LINES = 4  # the rest is in the notes and the workbook
BAND = "#F3F5F7"
# Limits of the preferred width of a column, in characters.
MIN_COLUMN_CHARS, MAX_COLUMN_CHARS, MAX_WORD_CHARS = 6, 46, 18


@dataclass(frozen=True)
class Table:
    """Headings, rows of text, widths of the columns and font size in points."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    size: float = FONT_SIZE_PT


def table_of(frame: pd.DataFrame, width: float, size: float = FONT_SIZE_PT) -> Table:
    """Table of a frame of readable cells, with columns sized by their content. Long cells end in an ellipsis."""
    headings = tuple(str(name) for name in frame.columns)
    texts = [[one_line(value) for value in frame[name]] for name in frame.columns]
    preferred = [_preferred_chars(heading, column) for heading, column in zip(headings, texts, strict=True)]
    widths = tuple(width * chars / sum(preferred) for chars in preferred)
    cells = [
        [_truncated(text, column_width - 2 * PADDING, size) for text in column]
        for column, column_width in zip(texts, widths, strict=True)
    ]
    return Table(headings, tuple(zip(*cells, strict=True)), widths, size)


def pages(table: Table, height: float) -> list[Table]:
    """The table split into slides on which it may be `height` points high; each part has the headings."""
    available = height - _heading_height(table)
    parts: list[list[tuple[str, ...]]] = [[]]
    used = 0.0
    for row in table.rows:
        row_height = _row_height(row, table)
        if parts[-1] and used + row_height > available:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += row_height
    return [Table(table.headings, tuple(rows), table.widths, table.size) for rows in parts]


def height(table: Table) -> float:
    """Estimated height of the whole table in points."""
    return sum(_heights(table))


def _heights(table: Table) -> list[float]:
    return [_heading_height(table), *(_row_height(row, table) for row in table.rows)]


def add_table(slide: Slide, table: Table, box: Box, alt: str, links: Sequence[str | None] = ()) -> None:
    """Add the table at the top of the box; `links` are URLs for the first cell of each row."""
    heights = _heights(table)
    frame = slide.shapes.add_table(
        len(heights), len(table.widths), Pt(box.left), Pt(box.top), Pt(sum(table.widths)), Pt(sum(heights))
    )
    frame.name = "Table"
    set_alt_text(frame, alt)
    native = frame.table
    native.horz_banding = False
    for column, width in enumerate(table.widths):
        native.columns[column].width = Pt(round(width, 2))
    element = native._tbl
    for old in element.tr_lst:
        element.remove(old)
    # Each row is written as XML in one piece: cell by cell, a table of sources would take half a second.
    for number, row in enumerate((table.headings, *table.rows)):
        url = links[number - 1] if number and links else None
        element.append(_row(slide, row, heights[number], table.size, number, url))


def _row(slide: Slide, row: Sequence[str], height: float, size: float, number: int, url: str | None) -> Any:
    """XML element of a row: number 0 is the heading; `url` is the link of its first cell."""
    ink, background = (PAPER, SIDE_COLOURS["EU"]) if number == 0 else (INK, (PAPER, BAND)[number % 2])
    link = ""
    if url and is_web_address(url):
        relation = slide.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = f'<a:hlinkClick r:id="{relation}"/>'
    fill, margins = solid_fill(background), _margins()
    cells = []
    for column, text in enumerate(row):
        properties = (
            f'<a:rPr lang="en-GB" sz="{round(size * 100)}" b="{int(number == 0)}">'
            f"{solid_fill(ink)}{link if column == 0 else ''}</a:rPr>"
        )
        run = f"<a:r>{properties}<a:t>{escape(text)}</a:t></a:r>"
        cells.append(
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></a:txBody>"
            f'<a:tcPr {margins} anchor="t">{fill}</a:tcPr></a:tc>'
        )
    return parse_xml(f'<a:tr {nsdecls("a", "r")} h="{Pt(round(height, 2))}">{"".join(cells)}</a:tr>')


def _margins() -> str:
    x, y = Pt(PADDING), Pt(ROW_PADDING)
    return f'marL="{x}" marR="{x}" marT="{y}" marB="{y}"'


def _preferred_chars(heading: str, column: Sequence[str]) -> float:
    """Preferred width of a column in characters.

    At least its longest word and at most MAX_COLUMN_CHARS; between them, the 80th percentile of its cell lengths.
    """
    lengths = sorted(map(len, column)) or [0]
    usual = lengths[round(0.8 * (len(lengths) - 1))]
    longest_word = max((len(word) for text in (heading, *column) for word in text.split()), default=4)
    return max(
        len(heading) * 0.7, min(longest_word + 2, MAX_WORD_CHARS), min(usual, MAX_COLUMN_CHARS), MIN_COLUMN_CHARS
    )


def _truncated(text: str, width: float, size: float) -> str:
    lines = wrap_lines(text, width, size)
    return text if len(lines) <= MAX_CELL_LINES else " ".join(lines[:MAX_CELL_LINES])[:-1].rstrip() + ELLIPSIS


def _heading_height(table: Table) -> float:
    return _row_height(table.headings, table, BOLD_WIDTH_FACTOR)


def _row_height(row: Sequence[str], table: Table, width_factor: float = 1.0) -> float:
    """Estimated height in points; `width_factor` is the width of the text compared with plain text."""
    cells = zip(row, table.widths, strict=True)
    text_height = max(text_height_pt(text, (width - 2 * PADDING) / width_factor, table.size) for text, width in cells)
    return max(text_height, MIN_FONT_SIZE_PT * LINE_HEIGHT_EM) + 2 * ROW_PADDING

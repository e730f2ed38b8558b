"""Native tables on slides in the table style of the presentation, split into slides by the height of their rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.placeholder import TablePlaceholder
from pptx.util import Pt

from domain.urls import is_web_address
from exports.pptx.deck import Stage
from exports.pptx.text import ARIAL, LINE_HEIGHT_EM, MIN_FONT_SIZE_PT, Ruler, one_line, set_alt_text

PADDING = 5.0  # points, left and right
ROW_PADDING = 3.0  # points, above and below
BALANCE_PT = 6.0  # by which slides are filled less and less while their number stays the same
MAX_CELL_LINES = 4  # the rest is in the workbook
# A link has the colour of its text: that of links suits the page of a template, not the cells of its table style.
_TEXT_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
# Limits of the preferred width of a column, in ems.
MIN_COLUMN_EM, MAX_COLUMN_EM, MAX_WORD_EM = 3.0, 23.0, 9.0


@dataclass(frozen=True)
class Table:
    """Headings, rows of text, widths of the columns and font size in points, and what its text is measured with."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    size: float = MIN_FONT_SIZE_PT
    ruler: Ruler = ARIAL


def table_of(frame: pd.DataFrame, width: float, size: float = MIN_FONT_SIZE_PT, ruler: Ruler = ARIAL) -> Table:
    """Table of a frame of readable cells, with columns sized by their content. Long cells end in an ellipsis."""
    headings = tuple(str(name) for name in frame.columns)
    texts = [[one_line(value) for value in frame[name]] for name in frame.columns]
    widths = _widths([_wanted(one, column, size, ruler) for one, column in zip(headings, texts, strict=True)], width)
    cells = [
        [ruler.cut(text, column_width - 2 * PADDING, size, MAX_CELL_LINES) for text in column]
        for column, column_width in zip(texts, widths, strict=True)
    ]
    return Table(headings, tuple(zip(*cells, strict=True)), widths, size, ruler)


def pages(table: Table, height: float) -> list[Table]:
    """The table split into slides on which it may be `height` points high; each part has the headings.

    The slides are about equally full, so that the last is not left with a single row.
    """
    available = height - _heading_height(table)
    heights = [_row_height(row, table) for row in table.rows]
    parts = _packed(table, heights, available)
    while available > BALANCE_PT and len(even := _packed(table, heights, available - BALANCE_PT)) == len(parts):
        parts, available = even, available - BALANCE_PT
    return [replace(table, rows=tuple(rows)) for rows in parts]


def _packed(table: Table, heights: Sequence[float], available: float) -> list[list[tuple[str, ...]]]:
    """The rows in parts that are at most so many points high, or hold one row."""
    parts: list[list[tuple[str, ...]]] = [[]]
    used = 0.0
    for row, row_height in zip(table.rows, heights, strict=True):
        if parts[-1] and used + row_height > available:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += row_height
    return parts


def height(table: Table) -> float:
    """Height of the whole table in points."""
    return sum(_heights(table))


def _heights(table: Table) -> list[float]:
    return [_heading_height(table), *(_row_height(row, table) for row in table.rows)]


def add_table(stage: Stage, table: Table, name: str, alt: str, links: Sequence[str | None] = ()) -> None:
    """Add the table to a part of the slide; `links` are URLs for the first cell of each row."""
    heights, box, shape = _heights(table), stage.box(name), stage.placeholder(name)
    size = len(heights), len(table.widths)
    if shape is None:
        place = (Pt(box.left), Pt(box.top), Pt(sum(table.widths)), Pt(sum(heights)))
        frame: Any = stage.slide.shapes.add_table(*size, *place)
    else:
        frame = TablePlaceholder(shape._element, shape._parent).insert_table(*size)
        frame.left, frame.top, frame.width, frame.height = (
            Pt(value) for value in (box.left, box.top, sum(table.widths), sum(heights))
        )
    frame.name = "Table"
    set_alt_text(frame, alt)
    element = frame.table._tbl
    element.tblPr.find("{*}tableStyleId").text = stage.table_style
    for column, width in enumerate(table.widths):
        frame.table.columns[column].width = Pt(round(width, 2))
    for old in element.tr_lst:
        element.remove(old)
    # Each row is written as XML in one piece: cell by cell, a table of sources would take half a second.
    for number, row in enumerate((table.headings, *table.rows)):
        url = links[number - 1] if number and links else None
        element.append(_row(stage, row, heights[number], table.size, url))


def _row(stage: Stage, row: Sequence[str], height: float, size: float, url: str | None) -> Any:
    """XML element of a row; `url` is the link of its first cell."""
    link = ""
    if url and is_web_address(url):
        relation = stage.slide.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = f'<a:hlinkClick r:id="{relation}">{_TEXT_COLOUR}</a:hlinkClick>'
    margins = _margins()
    cells = []
    for column, text in enumerate(row):
        properties = f'<a:rPr lang="en-GB" sz="{round(size * 100)}">{link if column == 0 else ""}</a:rPr>'
        run = f"<a:r>{properties}<a:t>{escape(text)}</a:t></a:r>"
        cells.append(
            f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></a:txBody><a:tcPr {margins} anchor="t"/></a:tc>'
        )
    return parse_xml(f'<a:tr {nsdecls("a", "r")} h="{Pt(round(height, 2))}">{"".join(cells)}</a:tr>')


def _margins() -> str:
    x, y = Pt(PADDING), Pt(ROW_PADDING)
    return f'marL="{x}" marR="{x}" marT="{y}" marB="{y}"'


def _wanted(heading: str, column: Sequence[str], size: float, ruler: Ruler) -> tuple[float, float]:
    """Smallest and preferred width of a column in points.

    The smallest holds its longest word, up to MAX_WORD_EM; the preferred one four of five cells, up to MAX_COLUMN_EM.
    """
    words = (word for text in (heading, *column) for word in text.split())
    longest_word = max((ruler.width(word, 1, is_bold=True) for word in words), default=2.0)
    widths = sorted(ruler.width(text, 1) for text in column) or [0.0]
    usual = min(widths[round(0.8 * (len(widths) - 1))] + 1, MAX_COLUMN_EM)
    smallest = max(min(longest_word + 0.3, MAX_WORD_EM), MIN_COLUMN_EM)
    preferred = max(smallest, usual, ruler.width(heading, 1, is_bold=True) * 0.7)
    return smallest * size + 2 * PADDING, preferred * size + 2 * PADDING


def _widths(wanted: Sequence[tuple[float, float]], width: float) -> tuple[float, ...]:
    """Widths that add up to `width`: the smallest of each column, and the rest by what it prefers beyond that."""
    smallest, preferred = (sum(column) for column in zip(*wanted, strict=True))
    if smallest >= width or preferred <= width:
        kept = 0 if smallest >= width else 1
        return tuple(width * pair[kept] / (smallest, preferred)[kept] for pair in wanted)
    share = (width - smallest) / (preferred - smallest)
    return tuple(low + share * (high - low) for low, high in wanted)


def _heading_height(table: Table) -> float:
    return _row_height(table.headings, table, is_bold=True)


def _row_height(row: Sequence[str], table: Table, *, is_bold: bool = False) -> float:
    """Height in points."""
    cells = zip(row, table.widths, strict=True)
    lines = max(len(table.ruler.lines(text, width - 2 * PADDING, table.size, is_bold=is_bold)) for text, width in cells)
    return lines * table.size * LINE_HEIGHT_EM + 2 * ROW_PADDING

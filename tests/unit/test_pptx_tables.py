"""Text and tables on slides: fitted to their boxes by measured widths, nothing lost silently."""

import pandas as pd
import pytest

from exports.pptx import tables as pptx_tables
from exports.pptx.deck import Deck
from exports.pptx.master import Kind
from exports.pptx.text import ARIAL, Box


def test_long_names_shrink_and_then_end_in_an_ellipsis():
    """Nothing is lost silently: a word or a sentence that is left out has its ellipsis."""
    box = Box(0, 0, 400, 60)
    assert ARIAL.fit("short", box, (28, 18)) == ("short", 28)
    text, size = ARIAL.fit("Verband " * 8, box, (28, 18))
    assert (text, size) == (" ".join(["Verband"] * 8), 18)
    text, size = ARIAL.fit("Verband " * 80, box, (28, 18))
    assert size == 18 and text.endswith("…") and len(text) < 150
    assert ARIAL.fit_sentences("One is here. " + "Verband " * 80, box, (28, 18)) == ("One is here. …", 28)


def test_tables_are_paged_by_height():
    """Each part fits and all rows are there once."""
    frame = pd.DataFrame({"Name": [f"name {n} " + "word " * (n % 30) for n in range(60)], "Kind": ["fair"] * 60})
    table = pptx_tables.table_of(frame, 872)
    parts = pptx_tables.pages(table, 300)
    assert [row for part in parts for row in part.rows] == list(table.rows)
    assert len(parts) > 3 and max(map(pptx_tables.height, parts)) <= 300
    even = pptx_tables.pages(pptx_tables.table_of(pd.DataFrame({"Name": list("abcdefg")}), 872), 7.5 * (14 * 1.2 + 6))
    assert [len(part.rows) for part in even] == [4, 3]


def test_a_heading_is_bold_and_so_wider():
    """By the metrics of Helvetica, "minimum" is 4,334 units of an em wide in bold and 4,055 in plain letters."""
    box = 4.2 * 14 * 1.02 + 2 * pptx_tables.PADDING
    heading = pptx_tables.Table(("minimum",), (), (box,))
    cell = pptx_tables.Table(("a",), (("minimum",),), (box,))
    assert pptx_tables.height(heading) == pytest.approx(2 * 14 * 1.2 + 2 * pptx_tables.ROW_PADDING)
    assert pptx_tables.height(cell) == pytest.approx(2 * (14 * 1.2 + 2 * pptx_tables.ROW_PADDING))


def test_only_web_addresses_are_links():
    """The first cell of a row is a link when its URL is a web address."""
    urls = ["https://example.org/a", "javascript:alert(1)", "https://a b.example", "https://", None]
    stage = Deck().add(Kind.TABLE, "", "Title", "Notes")
    table = pptx_tables.table_of(pd.DataFrame({"Document": list("abcde")}), 400)
    pptx_tables.add_table(stage, table, "Table", "Documents", urls)
    (native,) = [shape.table for shape in stage.slide.shapes if shape.has_table]
    runs = [row.cells[0].text_frame.paragraphs[0].runs[0] for row in list(native.rows)[1:]]
    assert [run.hyperlink.address for run in runs] == ["https://example.org/a", None, None, None, None]
    (link,) = native._tbl.xpath(".//a:hlinkClick")
    assert link.xpath('.//*[local-name()="hlinkClr"]/@val') == ["tx"]  # the colour of the cell's text

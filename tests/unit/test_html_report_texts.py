"""The report with hostile text, empty filters and repeated rows: text stays text, and nothing is listed twice."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from html_reading import Page

from cards.card import Card
from cards.catalogue import make_card
from cards.workshop_steps import FilledStep
from charts.bars import count_bars
from domain.evidence import Evidence
from domain.filters import Filters
from exports.content import Content, gather
from exports.html.report import css_text, plotly_script, report

MADE_ON = date(2026, 11, 22)
NOTHING = Filters(sectors=("tc-footwear",), sides=("OTHER",), year_from=1999, year_to=1999)
EVIL = '<script>alert(1)</script> & "Co" </script> <b>x</b>'


@pytest.fixture(autouse=True, scope="module")
def _published(published: None) -> None:
    """Every test of this module reads the database of the tests."""


def made_up(card: Card | None, empty: str = "") -> Content:
    """A report of one section."""
    return Content(
        title="A title",
        filters=Filters(),
        filter_label=EVIL,
        release_line="Data x",
        release_id="x",
        made_on=MADE_ON,
        steps=(FilledStep("made_up", "Made up", "Why?", "", card, empty),),
        registers=(),
        not_counted={},
        sources=gather(Filters(), MADE_ON).sources,
    )


def test_markup_is_text():
    """In titles, cells, filters, figures and the style sheet: no element comes of it and it is read as written."""
    frame = pd.DataFrame({"name": [EVIL], "count": [3]})
    card = Card(
        key="x",
        title=EVIL,
        subtitle=EVIL,
        chart=count_bars(frame, label="name", value="count", unit=EVIL),
        rows=frame,
        columns={"name": EVIL, "count": "Count"},
        evidence=Evidence("events", ()),
        method=EVIL,
    )
    plain, page = Page(report(made_up(replace(card, title="t")))), Page(report(made_up(card)))
    for parsed in (plain, page):
        assert [tag for tag, _ in parsed.tags].count("script") == 4
        assert "b" not in {tag for tag, _ in parsed.tags}
    assert page.rows("step-1-made-up") == [{EVIL: EVIL, "Count": "3"}]
    assert page.text.count(EVIL) >= 7
    assert page.figure("made-up")["data"][0]["y"] == [EVIL]


def test_words_in_the_style_sheet_stay_one_string():
    """A quote, a backslash or an end tag cannot leave the string."""
    written = css_text('A "b" \\ </style> é')
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*"', written)
    read = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), written[1:-1])
    assert read == 'A "b" \\ </style> é'


def test_a_filter_that_leaves_nothing_says_so():
    """The sections say which filter, there is no empty chart, and empty registers are named."""
    content = gather(NOTHING, MADE_ON, has_annex=True)
    page = Page(report(content))
    empty = [section for section in content.steps if section.card is None]
    assert len(empty) >= 6 and all(section.empty in page.text for section in empty)
    figures = page.figures()
    full = [f"step-{n}-{s.name.replace('_', '-')}" for n, s in enumerate(content.steps, 1) if s.card is not None]
    assert set(figures) <= set(full)
    assert all(figure["data"] for figure in figures.values())
    assert sum(rows.empty for _, rows in content.registers) == page.text.count("No rows in this register") > 0
    for of_table, filters in (
        ("events", "Footwear; side: neither EU nor United States; 1999"),
        ("organisations", "Footwear; side: neither EU nor United States"),
        ("opportunities", "Footwear"),
    ):
        rows = next(rows for spec, rows in content.registers if spec.table == of_table)
        assert rows.empty and f"No rows in this register for this filter: {filters}." in page.text


def test_one_chart_in_two_steps():
    """Each step keeps its id, its title, its figure and its entry in the contents; the method is told once."""
    section = FilledStep("statuses", "Before", "?", "", make_card("statuses", Filters()), "")
    page = Page(report(replace(made_up(None), steps=(section, replace(section, title="After")))))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids)) and {"step-1-statuses", "step-2-statuses"} <= set(ids)
    assert set(page.figures()) == {"step-1-statuses", "step-2-statuses"}
    entries = [attrs["data-page-of"] for _, attrs in page.tags if "data-page-of" in attrs]
    assert entries == ["step-1-statuses", "step-2-statuses", "sources", "licences"]
    assert page.text.count(section.card.method) == 1 and "As for “Before”." in page.text


def test_control_characters_stay_out():
    """A title that holds some is shown without them, in the page and in its style sheet."""
    page = report(replace(made_up(None, "em\x0b\x00pty"), filter_label="wa\x00t\x07er"))
    assert b"empty" in page and b"water" in page
    own = page.decode("utf-8").replace(plotly_script(), "")
    assert re.findall("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", own) == [] and "\\0 " not in own and "\\7 " not in own


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://example.org/a?b=c", True),
        ("javascript:alert(1)", False),
        ("https://a b.example", False),
        ("https://", False),
    ],
)
def test_only_web_addresses_of_sources_are_links(url, is_link):
    content = replace(made_up(None, "Nothing"), has_annex=True)
    sources = content.sources.head(1).assign(url=url)
    links = [attrs["href"] for tag, attrs in Page(report(replace(content, sources=sources))).tags if tag == "a"]
    assert (url in links) is is_link

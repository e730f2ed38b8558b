"""Every page on its own: it shows its content, talks to nobody else, and fits its screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError, expect

from tools.page import (
    FILTER_BAR,
    PAGES,
    PHONE,
    TITLES,
    Record,
    address,
    wait_charts,
    wait_ready,
)

GRAVE = ("serious", "critical")

LAPTOP = {"width": 1366, "height": 768}
FIGURES = (
    '[data-testid="stPlotlyChart"], [data-testid="stDataFrame"], [data-testid="stDeckGlJsonChart"], '
    '[class*="st-key-headline_"], .st-key-card_conclusions'
)
# They ask for an organisation or a choice first, or offer files.
WITHOUT_FIGURE = {"partners", "downloads", "own_file", "sql"}

# Streamlit scrolls the main area, not the document: both must fit.
WIDER_THAN_SCREEN = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .filter(box => box.scrollWidth > box.clientWidth + 1)
    .map(box => `${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`)"""


@pytest.fixture(scope="module", params=PAGES)
def visited(request, server, new_page) -> Iterator[tuple[str, Page, Record]]:
    """Name, page and record of each page in turn, opened once for the tests that only look."""
    page = new_page(LAPTOP)
    record = Record.of(page)
    page.goto(server.url + address(request.param))
    wait_ready(page)
    wait_charts(page)
    yield request.param, page, record
    page.close()


def test_page_shows_its_content(visited):
    name, page, _ = visited
    assert page.locator("h1").first.inner_text().strip() == TITLES[name]
    assert page.locator('[data-testid="stException"]').count() == 0
    assert len(page.locator('[data-testid="stMain"]').inner_text()) > 200


def test_filter_and_first_figure_stand_above_the_fold(visited):
    """On a laptop, without scrolling; the tab of the browser names the page."""
    name, page, _ = visited
    energy = page.locator(FILTER_BAR).get_by_role("button", name="Energy").bounding_box()
    assert energy and energy["y"] + energy["height"] < 100
    assert TITLES[name] in page.title() and page.title().endswith(("EU–US clusters", "EU–US cluster cooperation"))
    if name not in WITHOUT_FIGURE:
        first = page.locator(FIGURES).first.bounding_box()
        assert first and first["y"] < LAPTOP["height"] - 150, f"the first figure begins at {first}"


def test_page_stays_on_this_machine_and_reports_no_error(visited):
    _, _, record = visited
    assert any(url.startswith("ws://") for url in record.requests), "nothing was recorded"
    record.assert_clean()


def test_page_has_no_grave_accessibility_fault(visited):
    _, page, _ = visited
    result = Axe().run(page)
    grave = [v for v in result.response["violations"] if v["impact"] in GRAVE]
    assert not grave, "\n".join(
        f"{v['id']} ({v['impact']}): {node['html'][:200]}" for v in grave for node in v["nodes"]
    )


def test_page_fits_a_phone(visited):
    """The last look at each page: its window becomes as narrow as a phone."""
    _, page, _ = visited
    page.set_viewport_size(PHONE)
    with suppress(TimeoutError):  # charts follow the window with a delay; what stays too wide is named below
        page.wait_for_function(f"() => ({WIDER_THAN_SCREEN})().length === 0", timeout=10_000)

    assert page.evaluate(WIDER_THAN_SCREEN) == []


def test_buttons_of_an_empty_page_are_not_cut_on_a_phone(server, open_page):
    """Nothing is left of Latvian water clusters; the label of each button that drops a filter can be read whole."""
    page = open_page(PHONE)
    page.goto(server.url + "/map?country=LV&sector=water")
    wait_ready(page)
    labels = page.locator('[class*="st-key-relax_"] [data-testid="stMarkdownContainer"]')
    expect(labels).to_have_text([re.compile(r"^Drop the countries: \d+ "), "Clear all filters"])

    assert labels.evaluate_all("boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).length") == 0


def test_the_wheel_scrolls_the_page_over_a_map(server, page):
    """It zooms only together with Ctrl; the page must not be held by the map."""
    page.goto(server.url + "/map?extent=Europe")
    wait_ready(page)
    wait_charts(page)
    box = page.locator('[data-testid="stDeckGlJsonChart"]').bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => document.querySelector('[data-testid=\"stMain\"]').scrollTop > 100")

"""The large figure of each evidence page: a mark opens its record by click and by keyboard, on few screens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tools.page import wait_charts, wait_ready

LAPTOP = {"width": 1366, "height": 768}
MAX_SCREENS = 4
# Page, card, and parameter of the record that a mark opens.
HEROES = [
    ("projects", "generations", "project"),
    ("cooperations", "statuses", "cooperation"),
    pytest.param("events", "event_dates", "event", marks=pytest.mark.soak),  # the same parts as those before it
]


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    wait_ready(page)
    wait_charts(page)
    return page


def click_mark(page: Page, card: str, number: int) -> None:
    """Click a mark of the chart of a card in the middle."""
    mark = page.locator(f".st-key-card_{card} .js-plotly-plot .points path").nth(number)
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def expect_few_screens_that_begin_with_the_figure(page: Page) -> None:
    height = page.locator('[data-testid="stMain"]').evaluate("main => main.scrollHeight")
    assert height <= MAX_SCREENS * LAPTOP["height"]
    first = page.locator(".js-plotly-plot, [data-testid='stDataFrame'], [class*='st-key-conclusions_']").first
    assert first.bounding_box()["y"] < 0.6 * LAPTOP["height"]


@pytest.mark.parametrize(("name", "card", "parameter"), HEROES)
def test_a_mark_opens_its_record_by_click_and_by_keyboard(server, open_page, name, card, parameter):
    page = opened(open_page(LAPTOP), f"{server.url}/{name}")
    expect_few_screens_that_begin_with_the_figure(page)
    record = re.compile(rf"[?&]{parameter}=[a-z0-9-]+")
    click_mark(page, card, 0)
    expect(page).to_have_url(record)
    expect(page.get_by_role("dialog")).to_contain_text("Sources", timeout=15_000)
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(record)

    page.locator(f".st-key-card_{card} [data-testid='stSelectbox'] input").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(record)


def test_a_square_of_two_places_sets_both_filters(server, open_page):
    page = opened(open_page(LAPTOP), server.url + "/cooperations")
    marks = page.locator(".st-key-card_who_with_whom .js-plotly-plot .points path")
    counted = page.locator(".st-key-card_who_with_whom .js-plotly-plot").evaluate(
        "plot => plot.data[0].customdata.findIndex(([country, state]) => country && state)"
    )
    assert marks.count() > counted >= 0
    click_mark(page, "who_with_whom", counted)
    expect(page).to_have_url(re.compile(r"country=[A-Z]{2}&state=US-[A-Z]{2}"))

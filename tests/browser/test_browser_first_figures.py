"""First figures of overview, sectors and partner finder in a real browser: clicks, the same by keyboard, the fold."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tools.page import MAP_CANVAS, wait_charts, wait_ready

MAIN = '[data-testid="stMain"]'
DIALOG = '[role="dialog"]'
LAPTOP = {"width": 1366, "height": 768}
POINTS = ".scatterlayer .trace:nth-child(1) .points path"


def click_mark(page: Page, mark: Locator) -> None:
    """Click the middle of a mark: its own element lies under the layer of Plotly that takes the clicks."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def bottom_of(part: Locator) -> float:
    """The lower edge of a part of the page in pixels from the top of the window."""
    box = part.bounding_box()
    return box["y"] + box["height"]


def test_the_answer_is_on_the_first_screen(server, open_page):
    """At 1366 by 768 pixels: the share, its squares, three figures and the whole map, without scrolling."""
    page = open_page(LAPTOP)
    page.goto(server.url + "/")
    wait_ready(page)
    wait_charts(page)
    main = page.locator(MAIN)
    expect(main.locator("h2").first).to_contain_text("18 of 25 first-generation partnerships")
    for part in (".st-key-partnership_waffle_chart", ".st-key-headline_events", ".st-key-my_country_box", MAP_CANVAS):
        assert bottom_of(main.locator(part).first) <= LAPTOP["height"], part


def test_a_square_opens_its_partnership(server, page):
    """By a click, and by the box beside the squares."""
    page.goto(server.url + "/")
    wait_ready(page)
    wait_charts(page)
    chart = page.locator(".st-key-partnership_waffle_chart")
    click_mark(page, chart.locator(POINTS).first)
    expect(page).to_have_url(re.compile(r"project=escp4i-3bi"), timeout=20_000)
    expect(page.locator(DIALOG)).to_contain_text("3BI", timeout=20_000)


def test_my_country_answers_in_a_sentence(server, page):
    """Chosen by keyboard, in the address, and with a way to the profile of the country."""
    page.goto(server.url + "/")
    wait_ready(page)
    box = page.locator(MAIN).get_by_role("combobox", name="My country, one of the EU as in 2017")
    box.click()  # opens the list; the rest is typed
    page.keyboard.type("Slovenia")
    expect(page.get_by_role("option")).to_have_count(1, timeout=20_000)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"home=SI"))
    answer = page.locator(".st-key-my_country_box")
    expect(answer).to_contain_text("Slovenia: no recorded EU–US cooperation", timeout=20_000)
    answer.get_by_role("button", name="Profile of the country").click()
    expect(page).to_have_url(re.compile(r"area=SI"))
    expect(page.locator(DIALOG)).to_contain_text("Slovenia", timeout=20_000)


def test_a_dot_chooses_its_sector(server, page):
    """A click on the first dot filters by the theme with most organisations, which is then marked."""
    page.goto(server.url + "/sectors")
    wait_ready(page)
    wait_charts(page)
    click_mark(page, page.locator(f".st-key-sectors_theme_chart {POINTS}").first)
    expect(page).to_have_url(re.compile(r"sector=ict"), timeout=20_000)
    expect(page.locator(f"{MAIN} h2").first).to_have_text(
        re.compile(r"^Information and communication technology: \d+ EU and \d+ US"), timeout=20_000
    )


def test_the_first_figure_of_the_partner_finder_begins_above_the_fold(server, open_page):
    """At 1366 by 768 pixels, for an organisation; test_browser_pages looks at the pages without a choice."""
    page = open_page(LAPTOP)
    page.goto(f"{server.url}/partners?for=lyonbiopole")
    wait_ready(page)
    wait_charts(page)
    figure = page.locator(MAIN).locator('[data-testid="stPlotlyChart"], [data-testid="stDataFrame"]').first
    assert figure.bounding_box()["y"] < LAPTOP["height"] - 100

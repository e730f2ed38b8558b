"""From a headline number, a chart, a register row and a map point to the place in a source, on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from math import log, pi, radians, tan

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from maps.extents import EXTENTS, zoom_of
from tools.page import MAP_CANVAS, address, canvas_painted, wait_ready
from ui.parts.map_width import SCREEN_WIDTH_PX
from warehouse.connection import open_database

# A locator as the citations write them: a section, table, paragraph, row, footnote, page or heading.
PLACE = re.compile(r"\b(s\d(\.\d)?,|Table \d|paragraph|row |footnote|page\b)")

COUNTED = re.compile(r"Sources\. \d+ records?, \d+ sources?\.")
# A record in the URL: parameter and id.
RECORD = re.compile(r"[?&](organisation|project|cooperation|policy|event|figure|source)=([a-z0-9-]+)")
ACCESSED = re.compile(r"read on \d+ \w+ \d{4}")

CARDS = ("sectors", "projects", "cooperations", "policies", "events")
REGISTERS = ("map", "projects", "cooperations", "policies", "events", "sources")
PAGES_WITH_FIGURES = ("map", *CARDS, "sources")
# Made of the same parts as the page of projects; of cooperations, test_browser_heroes.py opens a record too.
MORE_OF_THE_SAME = {"cooperations", "policies", "events"}


def open_page_of(page: Page, url: str) -> None:
    page.goto(url)
    wait_ready(page)


def open_sources(page: Page, button: Locator) -> Locator:
    """The panel that a button `Sources and method` opens."""
    button.scroll_into_view_if_needed()
    button.click()
    panel = page.locator('[data-testid="stPopoverBody"]')
    expect(panel).to_contain_text("Method.")
    return panel


def select_row(page: Page, register: Locator) -> None:
    """Click the selection box of the first row: the grid is a canvas, so by position.

    On a busy machine a panel that opens moves the register after its place was read, so it is read anew.
    """
    for _ in range(3):
        register.scroll_into_view_if_needed()
        box = register.bounding_box()
        page.mouse.click(box["x"] + 18, box["y"] + 35 + 17)
        with suppress(TimeoutError):
            page.get_by_role("dialog").wait_for(timeout=6_000)
            return


def expect_locators(panel: Locator, url: str, facts: Callable[[str], list[dict[str, str]]]) -> None:
    """The profile shows every locator that data/citations.csv has for the record in the URL."""
    _, record_id = RECORD.search(url).groups()
    wanted = {row["locator"] for row in facts("citations") if row["record_id"] == record_id}
    assert wanted, record_id
    for locator in wanted:
        expect(panel).to_contain_text(locator)


def test_every_headline_number_leads_to_its_source(server, page):
    open_page_of(page, server.url)

    for figure in ("compact_partnership_waffle", "headline_cooperations", "headline_organisations", "headline_events"):
        panel = open_sources(page, page.locator(f".st-key-{figure}").get_by_role("button", name="Sources"))
        expect(panel).to_contain_text(COUNTED, timeout=15_000)
        expect(panel).to_contain_text("Discussion paper")
        expect(panel).to_contain_text(PLACE)
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=pytest.mark.soak if one in MORE_OF_THE_SAME else ()) for one in PAGES_WITH_FIGURES]
)
def test_chart_and_register_row_lead_to_their_source(server, page, facts, name):
    open_page_of(page, server.url + address(name))

    if name in CARDS:
        panel = open_sources(
            page, page.locator('[class*="st-key-card_"]').first.get_by_role("button", name="Sources and method")
        )
        expect(panel).to_contain_text(PLACE)
        expect(panel).to_contain_text("SQL of the view")
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)
    if name not in REGISTERS:
        return

    folded = page.locator("summary").filter(has_text=re.compile("Register of|Figures that sources print"))
    if folded.count():
        folded.last.click()
        expect(folded.last.locator("xpath=ancestor::details")).to_have_attribute("open", "")
    select_row(page, page.locator('[data-testid="stDataFrame"]').last)

    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("Facts cited from this source" if name == "sources" else "Sources", timeout=15_000)
    expect(page).to_have_url(RECORD)
    if name != "sources":
        expect_locators(panel, page.url, facts)
        expect(panel).to_contain_text(ACCESSED)


def test_register_of_a_sector_leads_to_its_source(server, page, facts):
    open_page_of(page, server.url + "/sectors?sector=water")

    select_row(page, page.locator('[data-testid="stDataFrame"]').last)

    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("Sources", timeout=15_000)
    expect(page).to_have_url(RECORD)
    expect_locators(panel, page.url, facts)


def test_success_story_leads_to_its_source_and_its_agreements(server, page):
    open_page_of(page, server.url + "/cooperations")
    story = page.locator('[class*="st-key-story_story-plastipolis"]').first

    panel = open_sources(page, story.get_by_role("button", name="Sources and method"))
    expect(panel).to_contain_text("s2.3")
    page.keyboard.press("Escape")

    story.get_by_role("button", name="Its cooperations").click()
    expect(page.get_by_role("dialog")).to_contain_text("PolymerOhio", timeout=15_000)


@pytest.fixture(scope="module")
def alone(shipped_database) -> tuple[str, float, float]:
    """An EU cluster organisation that stands alone in its part of the close view: id, latitude, longitude."""
    with open_database(shipped_database) as connection:
        return connection.execute(
            "SELECT organisation_id, latitude, longitude FROM organisations o "
            "WHERE is_cluster_organisation AND location_precision = 'city' AND successor_id IS NULL "
            "AND organisation_id NOT IN (SELECT organisation_id FROM organisation_ends) "
            "AND latitude BETWEEN 44 AND 51 AND longitude BETWEEN -1 AND 12 "
            "AND NOT EXISTS (FROM organisations x WHERE x.organisation_id <> o.organisation_id "
            "AND x.location_precision = 'city' "
            "AND abs(x.latitude - o.latitude) < 0.7 AND abs(x.longitude - o.longitude) < 1) "
            "ORDER BY abs(latitude - 47.6) + abs(longitude - 5.5) LIMIT 1"
        ).fetchone()


def test_map_point_leads_to_its_source(server, open_page, alone):
    organisation_id, latitude, longitude = alone
    page = open_page(maps_painted=True)
    open_page_of(page, server.url + "/map?extent=Western+Europe")
    assert canvas_painted(page)
    panel = page.get_by_role("dialog")
    for _ in range(3):  # on a busy machine the map is painted before it listens, or drawn again for its own width
        view = page.locator(MAP_CANVAS).first.bounding_box()
        east, south = pixels_from_centre(latitude, longitude, min(round(view["width"]), SCREEN_WIDTH_PX))
        # As a hand does: the mouse comes to rest on the point, which shows its name, and then presses.
        page.mouse.move(view["x"] + view["width"] / 2 + east, view["y"] + view["height"] / 2 + south)
        with suppress(TimeoutError):
            page.locator(".deck-tooltip").filter(has_text=re.compile(r"\w")).wait_for(timeout=6_000)
            page.mouse.down()
            page.mouse.move(view["x"] + view["width"] / 2 + east, view["y"] + view["height"] / 2 + south)
            page.mouse.up()
            panel.wait_for(timeout=6_000)
            break
    expect(panel).to_contain_text("Sources", timeout=20_000)
    expect(panel).to_contain_text(ACCESSED)
    expect(page).to_have_url(re.compile(rf"organisation={organisation_id}\b"))


def pixels_from_centre(latitude: float, longitude: float, width_px: int) -> tuple[float, float]:
    """Web-Mercator offset in pixels from the centre of the view Western Europe (512-pixel tiles) on a map so wide."""
    view = EXTENTS["Western Europe"]
    world = 512 * 2 ** zoom_of(view, width_px)

    def project(lat: float, lon: float) -> tuple[float, float]:
        x = world * (lon + 180) / 360
        y = world * (0.5 - log(tan(pi / 4 + radians(lat) / 2)) / (2 * pi))
        return x, y

    x, y = project(latitude, longitude)
    centre_x, centre_y = project(view.latitude, view.longitude)
    return x - centre_x, y - centre_y

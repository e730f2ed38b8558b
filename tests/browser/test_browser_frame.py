"""The frame around the pages: menu and bar of filters; nothing is cut at any width."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import Page, TimeoutError, expect

from tools.page import FILTER_BAR, GROUPS, MENU, MENU_ROW, TITLES, wait_ready

LAPTOP = {"width": 1366, "height": 768}
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 683, "height": 384}  # a laptop at 200 %
WIDTHS = [{"width": 2560, "height": 1440}, LAPTOP, TABLET, ZOOMED, PHONE, {"width": 320, "height": 640}]
MAX_BAR_PX = 64
MAX_FOLDED_PX = 640  # up to this width the filters are folded

# Text of the frame that is wider than its box, or outside the window.
CUT = """() => [...document.querySelectorAll('.st-key-frame :is(p, button, a, label)')]
    .filter(box => box.offsetParent !== null && !box.classList.contains('skip-link'))
    .filter(box => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display !== 'inline'
        || box.getBoundingClientRect().right > innerWidth || box.getBoundingClientRect().left < 0)
    .map(box => `${box.tagName} ${box.innerText}`)"""
TOO_WIDE = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .filter(box => box.scrollWidth > box.clientWidth + 1).length"""


def bar(page: Page):
    """The bar of filters."""
    return page.locator(FILTER_BAR)


def opened(page: Page, url: str) -> Page:
    """The page when it is drawn."""
    page.goto(url)
    wait_ready(page)
    return page


def test_nothing_of_the_frame_is_cut(server, open_page):
    """With long values in the bar, from the widest window to the narrowest; the menu is one row from 820 pixels on."""
    query = "?sector=ict&country=FR&state=US-MA&from=2014&to=2017&unknown=no"
    page = opened(open_page(WIDTHS[0]), server.url + "/cooperations" + query)
    for window in WIDTHS:
        page.set_viewport_size(window)
        if window["width"] <= MAX_FOLDED_PX and not bar(page).get_by_role("button", name="ICT").is_visible():
            page.get_by_text("Filter (4)").click()
            expect(bar(page).get_by_role("button", name="ICT")).to_be_visible()
        # Charts follow the window with a delay; what stays cut or too wide is named below.
        with suppress(TimeoutError):
            page.wait_for_function(f"() => ({CUT})().length + ({TOO_WIDE})() === 0", timeout=10_000)
        assert page.evaluate(CUT) == [] and page.evaluate(TOO_WIDE) == 0, window
        links = page.locator(f"{MENU_ROW} a:visible, {MENU_ROW} button:visible")
        centres = [
            box["y"] + box["height"] / 2 for box in map(lambda one: one.bounding_box(), links.all()) if box["y"] >= 0
        ]
        if window["width"] >= TABLET["width"]:
            assert max(centres) - min(centres) < 4, window
        if window["width"] >= LAPTOP["width"]:
            assert bar(page).bounding_box()["height"] <= MAX_BAR_PX, window


def test_the_bar_stays_in_view_and_hides_little(server, open_page):
    """After scrolling it is at the top; on a low window, as at 200 %, it scrolls away."""
    page = opened(open_page(LAPTOP), server.url + "/cooperations")
    scroll = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTo(0, 1200)"
    page.evaluate(scroll)
    expect(page.locator("h1").first).not_to_be_in_viewport()
    expect(bar(page)).to_be_in_viewport()
    box = bar(page).bounding_box()
    assert box["height"] <= MAX_BAR_PX and box["y"] + box["height"] < 110
    page.set_viewport_size(ZOOMED)
    page.evaluate(scroll)
    expect(bar(page)).not_to_be_in_viewport()


def test_typing_a_sector_and_enter_chooses_that_one(server, open_page):
    """Not every sector whose name has the same letters."""
    page = opened(open_page(LAPTOP), server.url + "/map")
    bar(page).get_by_role("button", name="More sectors").click()
    box = page.get_by_role("combobox", name="Sector")
    box.click()
    box.press_sequentially("Water")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/map\?sector=water$"))


def test_a_phone_opens_the_filters_with_one_button(server, open_page):
    """They are folded; the button says how many are active."""
    page = opened(open_page(PHONE), server.url + "/events?country=BE")
    energy = bar(page).get_by_role("button", name="Energy")
    expect(energy).not_to_be_visible()
    page.get_by_text("Filter (1)").click()
    energy.click()
    expect(page).to_have_url(re.compile("sector=energy"))
    expect(page.get_by_text("Filter (2)")).to_be_visible()
    expect(energy).to_be_visible()


def test_what_a_page_ignores_is_grey(server, open_page):
    """With the reason in the line under the title when it is chosen."""
    page = opened(open_page(LAPTOP), server.url + "/projects?sector=energy&state=US-CA")
    expect(bar(page).get_by_role("button", name="California")).to_be_disabled()
    expect(bar(page).get_by_role("button", name="Country")).to_be_enabled()
    expect(page.locator(".st-key-page_head")).to_contain_text("Not applied here: California.")
    opened(page, server.url + "/sources")
    for name in ("Energy", "Country", "US state", "Years"):
        expect(bar(page).get_by_role("button", name=name)).to_be_disabled()


def test_the_copied_link_shows_the_same(server, open_page):
    """Address, filters and release."""
    page = open_page(LAPTOP)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, server.url + "/events?sector=energy&table=event_dates")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert re.fullmatch(rf"{server.url}/events\?sector=energy&table=event_dates&release=[\w+%-]+", link)


def test_tabs_and_tables_are_in_the_address(server, open_page):
    """Chart or table, register of a sector, status of cooperations: a reload keeps them."""
    page = opened(open_page(LAPTOP), server.url + "/cooperations")
    page.locator(".st-key-card_statuses").get_by_text("Table", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?table=statuses$"))
    page.get_by_text(re.compile(r"^Register of cooperations")).click()
    page.locator(".st-key-choice_status").get_by_role("button", name="Renewed").click()
    expect(page).to_have_url(re.compile(r"status=renewed"))
    page.reload()
    wait_ready(page)
    expect(page.locator(".st-key-card_statuses").get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.locator(".st-key-choice_status").get_by_role("button", name="Renewed")).to_have_attribute(
        "aria-pressed", "true"
    )
    opened(page, server.url + "/sectors?sector=water&register=events")
    expect(page.locator('[class*="st-key-section_water_events"]').first).to_be_visible()


def test_groups_hold_their_pages_and_close_after_a_click(server, open_page):
    """Every page can be reached; the first keyboard stop skips the frame."""
    page = opened(open_page(TABLET), server.url + "/map?sector=water")
    for group in dict.fromkeys(GROUPS.values()):
        page.locator(MENU_ROW).get_by_role("button", name=group).click()
        links = page.locator('[data-testid="stPopoverBody"] a')
        assert [text.split("\n")[-1] for text in links.all_inner_texts()] == [
            label for label, section in GROUPS.items() if section == group
        ]
        assert all("sector=water" in link.get_attribute("href") for link in links.all())
        page.keyboard.press("Escape")
    page.locator(MENU_ROW).get_by_role("button", name="Tools").click()
    page.locator('[data-testid="stPopoverBody"] a', has_text=MENU["sources"]).click()
    expect(page.locator("h1").first).to_have_text(TITLES["sources"])
    expect(page.locator('[data-testid="stPopoverBody"]')).to_have_count(0)
    page.get_by_role("link", name="Skip to content").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.st-key-frame') === null")
    expect(page.locator("h1").first).to_have_text(TITLES["sources"])

"""The search box by keyboard, and on a phone."""

import re

from playwright.sync_api import expect

from tools.page import PHONE, wait_ready

BOX, PANEL = ".st-key-frame_search input", ".st-key-search_results"


def test_slash_leads_to_the_box_and_enter_to_the_results(server, page):
    page.goto(server.url + "/events")
    wait_ready(page)
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("plastpolis")
    page.keyboard.press("Enter")
    expect(page.locator(PANEL)).to_contain_text("1 organisation")
    expect(page).to_have_url(re.compile(r"[?&]q=plastpolis"))

    page.locator(PANEL).get_by_role("button", name="Plastipolis Oyonnax").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Plastipolis")
    expect(page).to_have_url(re.compile(r"[?&]organisation=plastipolis"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.locator(BOX).press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(page).not_to_have_url(re.compile(r"[?&]q="))


def test_a_slash_that_is_typed_into_a_box_stays_there(server, page):
    page.goto(server.url + "/events")
    wait_ready(page)
    page.locator(BOX).click()
    page.keyboard.type("a/b")
    expect(page.locator(BOX)).to_have_value("a/b")


def test_the_box_costs_no_height_and_the_panel_fits_a_phone(server, open_page):
    page = open_page(PHONE)
    page.goto(server.url + "/events?q=plastpolis")
    wait_ready(page)
    panel = page.locator(PANEL).bounding_box()
    assert panel["x"] >= 0 and panel["x"] + panel["width"] <= PHONE["width"]
    bar = page.locator(".st-key-frame").bounding_box()
    assert bar["height"] <= 96


def test_rows_are_filtered_while_one_types_and_a_name_opens_its_profile(server, page):
    page.goto(server.url + "/events")
    wait_ready(page)
    page.locator("summary").filter(has_text="Register of events").click()  # registers are folded
    page.get_by_label("Filter the rows").press_sequentially("matchmaking hannover")
    expect(page.get_by_text(re.compile(r"^\d+ of \d+ rows ha(s|ve) the text"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]rows_events=matchmaking"))

    table = page.locator(".st-key-events_rows")
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 150, box["y"] + 35 + 17)
    expect(page.get_by_role("dialog")).to_contain_text("Hannover")
    expect(page).to_have_url(re.compile(r"[?&]event="))

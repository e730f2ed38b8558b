"""Addresses and filters: deep links, the menu, back, reload."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tools.page import FILTER_BAR, MENU, TITLES, address, choose, menu_link, wait_ready


def expect_page(page: Page, name: str) -> None:
    """Waits until the page `name` is open: heading and address."""
    expect(page.locator("h1").first).to_have_text(TITLES[name], timeout=30_000)
    expect(page).to_have_url(re.compile(rf"^http://[^/]+{address(name)}(\?.*)?$"))
    wait_ready(page)


def expect_sector(page: Page, words: str, value: str) -> None:
    """The sector stands in the address, as a chosen filter, and in the line under the title."""
    expect(page).to_have_url(re.compile(rf"[?&]sector={value}(&|$)"))
    pill = page.locator(FILTER_BAR).get_by_role("button", name=words, exact=True)
    expect(pill).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-testid="stMain"]')).to_contain_text(re.compile(words, re.IGNORECASE))


def test_cold_deep_link_opens_its_page_with_its_filter(fresh_server, page):
    # The first visitor of a server decides how Streamlit reads the pages/ directory, for all its files alike.
    page.goto(fresh_server().url + "/policies?sector=energy")

    expect_page(page, "policies")
    expect_sector(page, "Energy", "energy")
    expect(menu_link(page, MENU["overview"])).to_have_count(1)


def test_filter_survives_menu_back_and_reload(server, page):
    page.goto(server.url + "/projects?sector=energy")
    expect_page(page, "projects")

    menu_link(page, MENU["cooperations"]).click()
    expect_page(page, "cooperations")
    expect_sector(page, "Energy", "energy")

    menu_link(page, MENU["overview"]).click()
    expect_page(page, "overview")
    expect_sector(page, "Energy", "energy")

    page.go_back()
    expect_page(page, "cooperations")
    expect_sector(page, "Energy", "energy")

    page.reload()
    expect_page(page, "cooperations")
    expect_sector(page, "Energy", "energy")


def test_filter_chosen_by_hand_goes_into_the_address(server, page):
    page.goto(server.url + "/policies")
    expect_page(page, "policies")

    page.locator(FILTER_BAR).get_by_role("button", name="Energy").click()

    expect_sector(page, "Energy", "energy")


def test_unknown_filter_value_is_dropped(server, page):
    page.goto(server.url + "/policies?sector=no-such-sector")

    expect_page(page, "policies")
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.locator(f'{FILTER_BAR} button[aria-pressed="true"]').count() == 0


def test_a_reader_suggests_a_change_of_a_fact(server, page, facts):
    """From the profile of a record to a text with the record, the field, today's value and its sources."""
    (stored,) = [row for row in facts("organisations") if row["organisation_id"] == "plastipolis"]
    page.goto(server.url + "/map?organisation=plastipolis")
    wait_ready(page)
    panel = page.get_by_role("dialog")
    panel.get_by_text("Suggest a change").click()
    choose(page, panel.get_by_role("combobox", name="What is wrong?"), "Members")
    panel.get_by_label("What should it be?").fill("More than 400")
    panel.get_by_label("What should it be?").press("Control+Enter")
    text = panel.locator("code").last
    expect(text).to_contain_text("Record: Plastipolis (organisation plastipolis)")
    expect(text).to_contain_text(stored["member_count"])
    expect(text).to_contain_text("Discussion paper")
    expect(text).to_contain_text("More than 400")
    expect(panel.get_by_role("link", name="Write an e-mail")).to_have_attribute("href", re.compile("^mailto:"))

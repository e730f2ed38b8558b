"""The questions a visitor comes with, from a cold start at 1366 by 768 pixels: at most one click, nothing scrolled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tools.page import wait_ready

LAPTOP = {"width": 1366, "height": 768}
SLOW = 30_000


@pytest.fixture
def visitor(server, open_page) -> Page:
    """The overview as it is after its address was typed."""
    page = open_page(LAPTOP)
    page.goto(server.url + "/")
    wait_ready(page)
    return page


def expect_on_screen(part: Locator, words: str) -> None:
    """The words are shown and lie as a whole in the window, which was not scrolled."""
    expect(part).to_contain_text(words, timeout=SLOW)
    expect(part).to_be_in_viewport(ratio=1, timeout=SLOW)


def ask(page: Page, question: str) -> None:
    """Click one of the five questions, which stand on the first screen."""
    link = page.locator(".st-key-questions a").filter(has_text=question)
    expect(link).to_be_in_viewport(ratio=1, timeout=SLOW)
    link.click()


def test_which_share_targets_the_usa_and_on_what_sources(visitor):
    """Without a click: k of n and the share. With one: its sources, in a panel above the button, not in a slit."""
    expect_on_screen(visitor.locator("h2").first, "At least 18 of 25 first-generation partnerships (72\u00a0%)")
    card = visitor.locator(".st-key-compact_partnership_waffle")
    card.get_by_role("button", name="Sources and method").click()
    panel = visitor.locator('[data-testid="stPopoverBody"]')
    expect(panel).to_contain_text("Method.", timeout=SLOW)
    expect(panel).to_be_in_viewport(ratio=0.99, timeout=SLOW)
    assert panel.bounding_box()["height"] >= 300


def test_what_is_recorded_of_my_country(server, open_page):
    """The country as filter: its own cooperations beside the filters, without those of unknown countries."""
    page = open_page(LAPTOP)
    for code, cooperations in (("FR", "36 EU–US cooperations"), ("PL", "0 EU–US cooperations")):
        page.goto(f"{server.url}/?country={code}")
        wait_ready(page)
        expect_on_screen(page.get_by_text(cooperations).first, cooperations)


def test_what_2015_concluded(visitor):
    """One click: the three conclusions in one row."""
    ask(visitor, "What did 2015 conclude?")
    for number in (1, 2, 3):
        conclusion = visitor.get_by_text(f"Workshop conclusion {number}:").first
        expect_on_screen(conclusion, f"Workshop conclusion {number}:")


def test_the_conclusions_stay_under_a_filter(server, open_page):
    """None of them is of France: they are shown all the same, and it is said that no filter applies."""
    page = open_page(LAPTOP)
    page.goto(server.url + "/?country=FR")
    wait_ready(page)
    ask(page, "What did 2015 conclude?")
    note = "No conclusion of the workshop of 2015 matches the filters."
    expect_on_screen(page.get_by_text(note), note)
    expect_on_screen(page.locator("h2").first, "3 conclusions of the workshop of 2015")


def test_where_the_printed_percentage_comes_from(visitor):
    """One click: what the discussion paper prints, and the place in it."""
    ask(visitor, "Where does 47.37")
    panel = visitor.get_by_role("dialog")
    place = panel.get_by_text("s4, paragraph 2, footnote 51")
    expect_on_screen(place, "footnote 51")
    expect_on_screen(panel.get_by_text("prints the percentage without numerator or denominator").first, "survey answer")


def test_what_the_netherlands_and_louisiana_do_in_water(server, open_page):
    """The three filters in a link: the cooperations one by one, with the parties of both sides."""
    page = open_page(LAPTOP)
    page.goto(server.url + "/cooperations?sector=water&country=NL&state=US-LA")
    wait_ready(page)
    card = page.locator(".st-key-card_statuses")
    expect_on_screen(card.get_by_text("NOLABA and NWP"), "NOLABA and NWP")
    for party in ("Netherlands Water Partnership", "New Orleans Business Alliance"):
        expect_on_screen(card.get_by_text(party).first, party)


def test_what_is_signed_and_when(visitor):
    """One click: the dated list of the agreements, the latest first."""
    ask(visitor, "Who signed what?")
    card = visitor.locator(".st-key-card_agreements")
    expect_on_screen(card.locator("h2"), "28 EU–US agreements, the latest dated one of 12 June 2024")
    expect(card.locator('[data-testid="stDataFrame"]')).to_be_in_viewport(ratio=0.9, timeout=SLOW)

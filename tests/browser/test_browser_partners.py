"""The partner finder and the comparison of sectors in a real browser, on the shipped facts."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tools.page import PHONE, wait_charts, wait_ready

MAIN = '[data-testid="stMain"]'
DIALOG = '[role="dialog"]'


def test_from_a_profile_to_a_partner_and_its_source(server, page):
    """Profile, partner finder, reasons, the source of a reason, and the profile of the one proposed."""
    page.goto(server.url + "/policies?organisation=milwaukee-water-council")
    wait_ready(page)
    page.locator(DIALOG).get_by_role("link", name="Find partners across the Atlantic").click()

    expect(page).to_have_url(re.compile(r"/partners\?(.*&)?for=milwaukee-water-council"))
    expect(page.locator("h1").first).to_have_text("Partner finder", timeout=30_000)
    main = page.locator(MAIN)
    expect(main).to_contain_text("best match on the EU side for Milwaukee Water Council", timeout=30_000)
    expect(main).to_contain_text("Existing cooperations")
    wait_ready(page)

    first = main.locator(".st-key-proposal_water-alliance")
    expect(first).to_contain_text("which targets the USA")
    first.get_by_role("button", name="Sources and method").click()
    counted = page.get_by_text(re.compile(r"^Sources\. \d+ records?, \d+ sources?\.$"))
    expect(counted.first).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")

    first.get_by_role("button", name="Profile").click()
    expect(page.locator(DIALOG)).to_contain_text("Water Alliance", timeout=20_000)
    expect(page).to_have_url(re.compile(r"for=milwaukee-water-council.*organisation=water-alliance"))


def test_an_organisation_is_chosen_by_hand_on_a_phone(server, open_page):
    """The box is reachable, the reasons fit the screen, the choice stands in the address."""
    page = open_page(PHONE)
    page.goto(server.url + "/partners")
    wait_ready(page)
    box = page.locator(MAIN).get_by_role("combobox", name="Organisation", exact=True)
    box.fill("Aqua-Valley")
    page.get_by_role("option", name=re.compile("^Aqua-Valley")).click()

    expect(page).to_have_url(re.compile(r"for=aqua-valley"))
    expect(page.locator(MAIN)).to_contain_text(re.compile(r"match(es)? in the USA for Aqua-Valley"), timeout=30_000)
    wait_ready(page)
    width = page.locator(MAIN).evaluate("box => box.scrollWidth - box.clientWidth")
    assert width <= 1


def test_two_sectors_side_by_side(server, page):
    """Chosen in the address, compared on the page."""
    page.goto(server.url + "/sectors?sector=energy&sector=water")
    wait_ready(page)
    wait_charts(page)
    expect(page.locator(MAIN)).to_contain_text("Of the 2 compared")
    choice = page.locator(".st-key-choice_show")
    choice.get_by_role("radio", name="Water", exact=True).or_(
        choice.get_by_role("button", name="Water", exact=True)
    ).first.click()
    expect(page).to_have_url(re.compile(r"show=water"))
    expect(page.locator(f"{MAIN} h2").filter(has_text=re.compile("^Water$"))).to_have_count(1, timeout=20_000)

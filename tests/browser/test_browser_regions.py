"""Profiles of regions in a real browser: by their link, from an organisation, and on to a similar region."""

import re

from playwright.sync_api import Page, expect

from tools.page import PHONE, wait_ready


def test_profile_of_a_state_by_its_link(page: Page, server):
    """Sentences, a chart of industries, similar regions of the other side with their value."""
    page.goto(f"{server.url}/policies?area=US-MI")
    wait_ready(page)
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("recorded in this region", exact=False).first).to_be_visible()
    expect(drawer.locator(".js-plotly-plot svg.main-svg text", has_text="Automotive").first).to_be_visible()
    expect(drawer.get_by_text(re.compile(r"similarity 0\.\d\d over 1\d traded clusters")).first).to_be_visible()


def test_on_to_a_similar_region(page: Page, server):
    """The button of Navarra opens its profile, and the address names it."""
    page.goto(f"{server.url}/policies?area=US-MI")
    wait_ready(page)
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Navarra")).click()
    expect(page).to_have_url(re.compile(r"area=ES22"))
    expect(page.get_by_role("dialog").get_by_text("Comunidad Foral de Navarra").first).to_be_visible()


def test_from_an_organisation_to_its_region_on_a_phone(open_page, server):
    """On a phone: the profile of Plastipolis leads to Rhône-Alpes, which lists Plastipolis."""
    page = open_page(PHONE)
    page.goto(f"{server.url}/policies?organisation=plastipolis")
    wait_ready(page)
    page.get_by_role("dialog").get_by_role("button", name=re.compile("NUTS 2 region")).click()
    expect(page).to_have_url(re.compile(r"area=FR71"))
    expect(page.get_by_role("dialog").get_by_role("button", name=re.compile("Plastipolis")).first).to_be_visible()

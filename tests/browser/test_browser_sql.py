"""The page SQL by keyboard: a query that is stopped, and one whose result stands in the address."""

import re

from playwright.sync_api import expect

from tools.page import PHONE, wait_ready


def test_a_query_is_written_stopped_and_run(server, open_page):
    page = open_page()
    page.goto(server.url + "/sql")
    wait_ready(page)
    box = page.get_by_label("Query", exact=True)
    box.fill("SELECT count(*) FROM range(1000000000000)")
    box.press("Control+Enter")
    page.get_by_role("button", name="Stop the query").click()
    expect(page.get_by_text("Stopped, as you asked.")).to_be_visible()

    box.fill("SELECT side, count(*) AS n\nFROM organisations GROUP BY side")
    box.press("Control+Enter")
    expect(page.get_by_text(re.compile(r"^\d rows, 2 columns, "))).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]sql=SELECT"))

    phone = open_page(PHONE)
    phone.goto(page.url)
    wait_ready(phone)
    expect(phone.locator('[data-testid="stDataFrame"]').first).to_be_visible()
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE["width"]

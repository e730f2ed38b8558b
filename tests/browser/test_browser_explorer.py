"""The page Explorer in a real browser: facets, a link that shows the same view, and a file of what is shown."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import expect

from tools.page import PHONE, wait_charts, wait_ready

SLOW = 20_000  # milliseconds, for a machine with other work


def test_facets_link_and_file(server, open_page):
    """A click on an entry leaves as many records as stand beside it; a reload shows the same; the file has them."""
    page = open_page()
    page.goto(server.url + "/explore?by=side&across=kind")
    wait_ready(page)
    words = page.locator(".st-key-explorer_words h2")
    expect(words).to_have_text(re.compile(r"^\d+ cluster organisations$"), timeout=SLOW)
    entry = page.locator(".st-key-entries_sector button").first
    name, _, number = entry.inner_text().strip().rpartition("\n")
    entry.click()
    expect(words).to_have_text(
        re.compile(rf"^{number.strip()} of \d+ cluster organisations: {name.strip()}$"), timeout=SLOW
    )
    expect(page).to_have_url(re.compile(r"sector=\w+"), timeout=SLOW)
    wait_ready(page)
    # The bar shows the same filter.
    expect(page.locator(".st-key-frame_actions button").first).to_be_enabled(timeout=SLOW)
    said = words.inner_text()

    link = page.url
    page.goto(server.url + "/sources")
    wait_ready(page)
    page.goto(link)
    wait_ready(page)
    expect(words).to_have_text(said, timeout=SLOW)
    # Streamlit draws a button with a tooltip twice, the second one for narrow windows.
    with page.expect_download() as started:
        page.locator(".st-key-explorer_records_csv button").first.click()
    data = Path(started.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert head[:2] == ["Organisation", "Country"] and len(rows) == int(number)

    # On a phone the facets are behind a button, and nothing is wider than the window.
    page.set_viewport_size(PHONE)
    expect(page.locator(".st-key-entries_sector")).to_be_hidden(timeout=SLOW)
    page.get_by_text("Facets (1)").click()
    expect(page.locator(".st-key-entries_sector")).to_be_visible(timeout=SLOW)
    wait_charts(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

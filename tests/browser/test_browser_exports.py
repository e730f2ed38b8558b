"""What can be taken home, as a visitor does it: files of the whole story, files of a card, a frame, an old link."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from urllib.parse import quote_plus

import openpyxl
from playwright.sync_api import expect
from pptx import Presentation

from tools.page import FILTER_BAR, MENU_ROW, wait_charts, wait_ready
from warehouse.connection import open_database

SLOW = 60_000
MAIN = '[data-testid="stMain"]'


def release_in_url(database: Path) -> str:
    """Release of the facts as a parameter; between two releases, 'build' and eight digits of the build's id."""
    with open_database(database) as connection:
        release, build = connection.execute("SELECT release_id, build_id FROM build_info").fetchone()
    return quote_plus(release or f"build {build[:8]}")


def made(page, name: str) -> bytes:
    """Presses `Generate`, waits for the file and downloads it."""
    page.locator(f".st-key-make_{name} button").click()
    button = page.locator(f".st-key-download_{name} button")
    button.wait_for(timeout=SLOW)
    with page.expect_download(timeout=SLOW) as download:
        button.click()
    assert "energy" in download.value.suggested_filename
    return download.value.path().read_bytes()


def test_slides_and_workbook_of_the_filters(server, page):
    """Made when asked for, with the filters of the page in them."""
    page.goto(server.url + "/downloads?sector=energy")
    wait_ready(page)
    expect(page.locator(".st-key-download_pptx")).to_have_count(0)
    slides = Presentation(io.BytesIO(made(page, "pptx")))
    words = [shape.text_frame.text for shape in slides.slides[0].shapes if shape.has_text_frame]
    assert any("Energy" in text for text in words)
    book = openpyxl.load_workbook(io.BytesIO(made(page, "xlsx")), read_only=True)
    assert "Organisations" in book.sheetnames
    expect(page.locator(MAIN)).to_contain_text("python -m exports pack --sector energy --out workshop")


def test_work_can_be_cancelled(server, page):
    """The report is the longest work: it stops, says so, and can be asked for again."""
    page.goto(server.url + "/downloads")
    wait_ready(page)
    page.locator(".st-key-make_html button").click()
    page.locator(".st-key-cancel_html button").click(timeout=SLOW)
    expect(page.locator(".st-key-export_html")).to_contain_text("Cancelled. No file was made.", timeout=SLOW)
    expect(page.locator(".st-key-again_html button")).to_be_visible()


def test_a_card_with_description_pictures_and_citation(server, page, shipped_database):
    """Everything of one card, and its link names the release."""
    page.goto(server.url + "/cooperations?sector=energy")
    wait_ready(page)
    page.locator(".st-key-statuses_downloads button").first.click()
    files, types = {}, {}
    for ending in ("zip", "xlsx", "png", "svg"):
        button = page.locator(f".st-key-statuses_{ending} button")
        button.wait_for(timeout=SLOW)
        with page.expect_download(timeout=SLOW) as download:
            button.click()
        files[ending] = download.value.path().read_bytes()
        types[ending] = page.request.get(download.value.url).headers["content-type"].split(";")[0]
    assert types == {
        "zip": "application/zip",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
    assert files["png"].startswith(b"\x89PNG") and b"<svg" in files["svg"][:200]
    with zipfile.ZipFile(io.BytesIO(files["zip"])) as folder:
        (description,) = [name for name in folder.namelist() if name.endswith(".json")]
        package = json.loads(folder.read(description))
    assert package["filters"]["description"] == "Energy" and package["sql"]
    panel = page.locator('[data-testid="stPopoverBody"]')
    expect(panel).to_contain_text(f"/cooperations?sector=energy&release={release_in_url(shipped_database)}")
    expect(panel).to_contain_text("CLUSTERS_PUBLIC_URL")


def test_one_card_for_another_site(server, page):
    """The card, its filter, and nothing of the frame around it."""
    page.goto(server.url + "/cooperations?embed=true&card=statuses&sector=energy")
    expect(page.locator(".st-key-card_statuses")).to_be_visible(timeout=SLOW)
    wait_charts(page)
    expect(page.locator(MAIN)).to_contain_text("filter: Energy")
    expect(page.locator(f"{MENU_ROW}, {FILTER_BAR}")).to_have_count(0)
    expect(page.locator(".st-key-stories, .st-key-cooperations_rows")).to_have_count(0)

    page.goto(server.url + "/cooperations?embed=true&card=no-such-card")
    expect(page.locator(MAIN)).to_contain_text(re.compile(r"Known cards: .*\bheadlines\b"), timeout=SLOW)


def test_a_link_of_an_older_release(server, page):
    """One line on what has changed since; it can be put away."""
    page.goto(server.url + "/events?release=2026-11-22")
    wait_ready(page)
    expect(page.locator(MAIN)).to_contain_text(re.compile(r"made with release 2026-11-22\. [\d,]+ facts changed since"))
    page.get_by_role("button", name="Dismiss this note").click()
    expect(page).to_have_url(re.compile(r"/events$"), timeout=SLOW)
    page.goto(server.url + "/events?release=1999-01-01")
    wait_ready(page)
    expect(page.locator(MAIN)).to_contain_text("is not known here. Known releases: 2026-11-22")

"""The one-file report from the disk, with the network off; and charts as render, drawn by the same browser."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from charts.bars import count_bars
from domain.filters import Filters
from exports.content import Content, gather
from exports.html.report import report
from exports.images import render
from exports.images.caption import ImageCaption
from exports.images.render import render_image, unavailable_reason
from tools.page import DESKTOP, PHONE, picture_colours

# Few rows: what is tested here does not depend on how many there are.
FILTERS = Filters(sectors=("water",), countries=("NL", "US"), show_possible=False)
DRAWN = "html[data-charts=drawn]"
# What a reader sees of a chart is an SVG with marks; a map has paths of land.
MARKS = "boxes => boxes.map(box => box.querySelectorAll('svg.main-svg path, svg.main-svg text').length)"


@pytest.fixture(autouse=True, scope="module")
def _published(published: None) -> None:
    """Every test of this module reads the database of the tests."""


@pytest.fixture(scope="module")
def content() -> Content:
    return gather(FILTERS, date(2026, 11, 22), has_annex=True)


@pytest.fixture(scope="module")
def file(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stick") / "report.html"
    path.write_bytes(report(content))
    return path


@pytest.fixture(scope="module")
def opened(chromium: Browser, file: Path) -> Iterator[tuple[Page, list[str], list[str]]]:
    """The report in a browser without a network, with every request and every complaint."""
    context = chromium.new_context(viewport=DESKTOP, offline=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector(DRAWN, timeout=60_000)
    yield page, asked, complaints
    context.close()


def test_every_chart_is_drawn_and_nothing_is_asked_of_anyone(opened, content, file):
    page, asked, complaints = opened
    counts = page.locator("[data-figure]").evaluate_all(MARKS)
    assert len(counts) >= 6 and min(counts) > 5
    assert asked == [file.as_uri()] and complaints == []
    assert page.title().startswith(content.title) and content.filter_label in page.title()


def test_nobody_is_locked_out(opened):
    """No violation of the rules of axe-core."""
    found = Axe().run(opened[0]).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []


def test_the_map_pans_and_zooms(opened):
    """Dragging moves the land, the wheel makes it larger."""
    page, _, complaints = opened
    box = page.locator("#figure-step-3-map-atlantic")
    box.scroll_into_view_if_needed()
    plot = box.locator(".nsewdrag").bounding_box()
    x, y = plot["x"] + plot["width"] / 2, plot["y"] + plot["height"] / 2

    def view_when(condition: str) -> tuple[float, float]:
        """Left edge and width of the view, as soon as they meet a condition on `left` and `width`."""
        view = page.wait_for_function(
            f"box => {{ const [left, right] = box._fullLayout.xaxis.range; const width = right - left;"
            f" return {condition} && [left, width]; }}",
            arg=box.element_handle(),
        )
        left, width = view.json_value()
        return left, width

    start = view_when("true")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 100, y, steps=4)
    page.mouse.up()
    panned = view_when(f"left < {start[0]} - 50")
    assert panned[1] == pytest.approx(start[1], rel=0.01)
    page.mouse.wheel(0, -400)
    view_when(f"width < {start[1]} * 0.97")
    assert complaints == []


def test_registers_are_searched_and_sorted(opened):
    page, *_ = opened
    section = page.locator("#register-organisations")
    total = section.locator("tbody tr").count()
    section.locator("input").fill("milwaukee")
    shown = section.locator("tbody tr:visible")
    assert 0 < shown.count() < total
    assert all("milwaukee" in text.lower() for text in shown.all_inner_texts())
    assert f"{shown.count()} of {total} rows" in section.locator("[data-count]").inner_text()
    section.locator("input").fill("")
    assert section.locator("tbody tr:visible").count() == total
    links = page.locator("#register-cooperations")
    links.locator("th button", has_text="Date").click()
    days = links.locator("tbody td[data-key]").evaluate_all("cells => cells.map(cell => cell.dataset.key)")
    assert days == sorted(days) and len(set(days)) > 2, "by day, not by the letters of '9 December 2015'"
    numbers = page.locator("#sources tbody td.number")
    for _ in range(2):
        page.locator("#sources th button", has_text="No.").click()
    found = [int(text) for text in numbers.all_inner_texts()]
    assert found == list(range(len(found), 0, -1)) and len(found) > 10, "as numbers: 10 after 9"


def test_on_paper_every_section_is_there_and_every_sheet_names_the_filter(opened, content, tmp_path):
    """Printed by the browser: titles, rows of the registers, release and filter on each sheet."""
    page, *_ = opened
    # The thousands of lines of a map would take the reader of the file half a minute.
    page.add_style_tag(content=".paper { display: none !important }")
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    sheets = [squeezed(sheet.extract_text()) for sheet in PdfReader(tmp_path / "report.pdf").pages]
    assert len(sheets) > 10
    for sheet in sheets:
        assert squeezed(content.filter_label) in sheet and squeezed(content.release_line) in sheet
    whole = "".join(sheets)
    for section in content.steps:
        assert squeezed(section.card.title if section.card else section.empty) in whole, section.name
    for spec, rows in content.registers:
        assert squeezed(f"Annex. Register: {spec.title}" if len(rows) else f"Register {spec.title}: No rows") in whole
    events = next(rows for spec, rows in content.registers if spec.table == "events")
    assert all(squeezed(name) in whole for name in events["name"])


def squeezed(text: str) -> str:
    """Letters and digits alone: on paper words are broken into lines and fi may be one sign."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def test_it_fits_a_phone(chromium: Browser, file: Path):
    context = chromium.new_context(viewport=PHONE, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector(DRAWN, timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    box = page.locator("#figure-step-3-map-atlantic .nsewdrag").bounding_box()
    assert box["width"] > 300 and box["height"] > 150
    context.close()


@pytest.mark.soak  # starts browsers of its own
def test_pictures_from_several_threads():
    """Each caller gets its own chart: the names in the SVG are those asked for; a PNG has double the pixels."""
    assert unavailable_reason() is None
    words = ImageCaption("Finding of it", "Measure", "Source: a paper", "Water", "Data x, 22 November 2026")

    def chart(name: str):
        return count_bars(pd.DataFrame({"name": [name], "count": [3]}), label="name", value="count", unit="links")

    names = ["Alpha", "Beta", "Gamma"]
    with ThreadPoolExecutor(3) as threads:
        drawn = list(threads.map(lambda name: render_image(chart(name), "svg", words).decode(), names))
    for name, svg in zip(names, drawn, strict=True):
        assert name in svg and not any(other in svg for other in names if other != name)
        assert "Finding of it" in svg and "Source: a paper" in svg and "22 November 2026" in svg
    image = render_image(chart("Alpha"), "png", words, 800)
    assert Image.open(io.BytesIO(image)).width == 1600
    blue = (0x0B // 16 * 16, 0x4F // 16 * 16, 0x8A // 16 * 16)
    assert picture_colours(image)[blue] > 0.02


@pytest.mark.soak  # starts browsers of its own
def test_a_browser_that_died_is_replaced():
    """The caller gets an image all the same, by another browser."""
    chart = count_bars(pd.DataFrame({"name": ["A"], "count": [3]}), label="name", value="count", unit="links")
    words = ImageCaption("t", "s", "s", "f", "r")
    render_image(chart, "svg", words)
    died = render._RENDERER._session.kaleido.subprocess
    died.terminate()
    died.wait(10)
    assert render_image(chart, "svg", words).startswith(b"<svg")
    assert render._RENDERER._session.kaleido.subprocess.pid != died.pid

"""Regional statistics and Horizon projects in a real browser, with small imported files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tools.page import canvas_painted, choose, picture_colours, wait_charts, wait_ready
from tools.server import ROOT, Server, serve

MAIN = '[data-testid="stMain"]'
PANEL = '[data-testid="stPopoverBody"]'
MAP = '[data-testid="stDeckGlJsonChart"] canvas'


@pytest.fixture(scope="module")
def with_imports(home, imported_database) -> Iterator[Server]:
    """The dashboard on the database that has imports."""
    with serve(ROOT / "dashboard.py", home, imported_database) as running:
        yield running


def near(colour: tuple[int, int, int], wanted: tuple[int, int, int]) -> bool:
    """Within the steps in which pictures are read."""
    return all(abs(a - b) <= 24 for a, b in zip(colour, wanted, strict=True))


def test_statistics_from_the_choice_to_the_source(with_imports, open_page, stop_painting):
    """Pick a traded cluster, see the states filled, compare two regions, open the sources."""
    page = open_page(maps_painted=True)
    page.goto(with_imports.url + "/statistics")
    wait_ready(page)
    main = page.locator(MAIN)
    box = main.get_by_role("combobox", name="Traded cluster")
    box.fill("Water Tr")
    page.get_by_role("option", name="Water Transportation").click()
    expect(page).to_have_url(re.compile(r"cluster=tc-water-transportation"))
    # The shares of the states and of the French regions are of different totals, so no region is named.
    title = "Water Transportation: 2 of 4 regions of 2 countries with a quotient are above 1"
    expect(main).to_contain_text(title, timeout=30_000)
    wait_ready(page)
    assert canvas_painted(page)
    # Ohio, at 0.3, is of the class under 0.5.
    shares = picture_colours(page.locator(MAP).first.screenshot())
    assert sum(share for colour, share in shares.items() if near(colour, (255, 243, 184))) > 0.005
    stop_painting(page)

    regions = main.get_by_role("combobox", name="Regions to compare")
    for name, code in (("Ohio", "US-OH"), ("Rhône-Alpes", "FR71")):
        regions.click()
        regions.fill(name)
        page.get_by_role("option", name=re.compile(rf"^{name} \(")).click()
        expect(page).to_have_url(re.compile(rf"region={code}"))
        wait_ready(page)
    expect(main).to_contain_text("Ohio and Rhône-Alpes: shares of different totals, not ranked", timeout=30_000)
    wait_charts(page)
    page.keyboard.press("Escape")  # the list of regions stays open, and hides the page from assistive technology

    card = main.locator(".st-key-card_quotients")
    card.get_by_role("button", name="Sources and method").click()
    panel = page.locator(PANEL)
    expect(panel).to_contain_text("Method.", timeout=20_000)
    for words in ("file export.csv", "file own.csv", "licence: not stated", "SHA-256", "SQL of the view"):
        expect(panel).to_contain_text(words)


def test_both_sides_without_an_import(server, open_page, stop_painting):
    """States filled, then the regions of Europe as circles by one click, and back by the button of the browser."""
    page = open_page(maps_painted=True)
    page.goto(server.url + "/statistics")
    wait_ready(page)
    main = page.locator(MAIN)
    expect(main).to_contain_text("Automotive is most concentrated in Michigan", timeout=30_000)
    main.locator("summary", has_text="On the other side of the Atlantic").click()
    expect(main).to_contain_text("Basilicata has the highest in C29", timeout=30_000)
    assert canvas_painted(page)
    choose(page, main.get_by_role("combobox", name="Industries"), "NACE divisions (30 countries)")
    expect(page).to_have_url(re.compile(r"scheme=nace_division"))
    wait_ready(page)
    expect(main).to_contain_text("C29 Manufacture of motor vehicles, trailers and semi-trailers, 2015:", timeout=30_000)
    # Stuttgart and others are of the darkest class.
    shares = picture_colours(page.locator(MAP).first.screenshot())
    assert sum(share for colour, share in shares.items() if near(colour, (29, 46, 131))) > 0.0005
    stop_painting(page)
    page.go_back()
    wait_ready(page)
    expect(main).to_contain_text("Automotive, 2012-2016:", timeout=30_000)


def test_horizon_from_the_map_to_a_project(with_imports, open_page, stop_painting):
    """The counts are there, the map is drawn, a row of the register opens the project with its organisations."""
    page = open_page(maps_painted=True)
    page.goto(with_imports.url + "/horizon?extent=Europe")
    wait_ready(page)
    wait_charts(page)
    main = page.locator(MAIN)
    for words in (
        "2 projects with US participation",
        "4 of 7 participations in projects in the data with US participation",
        "Register of projects",
    ):
        expect(main).to_contain_text(words)
    assert canvas_painted(page)
    stop_painting(page)

    main.locator("summary", has_text="Register of projects").click()
    register = main.locator('[data-testid="stDataFrame"]').last
    register.scroll_into_view_if_needed()
    box = register.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 35 + 17)
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("Organisations (4)", timeout=20_000)
    expect(panel).to_contain_text("project 103 in file release")
    expect(page).to_have_url(re.compile(r"horizon=103"))


def test_a_file_from_the_choice_to_the_command(server, page, tmp_path):
    """Choose a kind and a file, read what is left out and why, and copy the command; a refused file says its cure."""
    read, refused = tmp_path / "my figures.csv", tmp_path / "other.csv"
    read.write_text(
        "region;traded_cluster;year;employment;country\nDE11;Automotive;2014;121045,5;DE\n"
        "GR30;Automotive;2014;: c;EL\nDE21;Plastics;2014;few;DE\nDE12;Plastics;2014;7;DE\n"
    )
    refused.write_bytes("region,traded_cluster,year,employment,country\nFR1\xe9,Plastics,2014,1,FR\n".encode("cp1252"))
    page.goto(server.url + "/own_file")
    wait_ready(page)
    main = page.locator(MAIN)
    chosen = main.locator('[data-testid="stFileUploader"] input[type=file]')
    chosen.set_input_files(str(read))
    for words in ("3 of 4 rows would be read", "decimal comma", "GR30 as EL30", "1 row would not be imported"):
        expect(main).to_contain_text(words, timeout=60_000)
    expect(main).to_contain_text("python -m etl import regional-statistics 'my figures.csv'")
    chosen.set_input_files(str(refused))
    expect(main).to_contain_text("it is not valid UTF-8", timeout=60_000)
    expect(main).to_contain_text("--encoding windows-1252")
    main.get_by_text("Horizon projects of CORDIS").click()
    expect(page).to_have_url(re.compile(r"file=cordis"))
    expect(main).to_contain_text("python -m etl import cordis ZIP_OR_FOLDER")

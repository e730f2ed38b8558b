"""The workshop mode in a browser: keyboard, a change of filters, figures as in the database, two windows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from bench.workshop import KEY_REPEAT_MS, WATCH, WINDOW
from tools.page import PHONE, READY
from warehouse.connection import open_database

SLOW = 30_000

# Only records known to be of the sector are counted.
IN_SECTOR = "list_contains(sector_ids, $sector)"
EXISTING = "successor_id IS NULL AND organisation_id NOT IN (SELECT organisation_id FROM organisation_ends)"
COUNTED = {
    # A renewal counts with the agreement that it renews.
    "cooperations": "SELECT count(DISTINCT one) FILTER (status IN ('signed', 'renewed')), count(DISTINCT one) "
    "FROM (SELECT *, coalesce(renewed_cooperation_id, cooperation_id) AS one FROM cooperation_register) "
    "WHERE is_eu_us AND {}",
    "clusters": "SELECT count(*) FILTER (side = 'EU'), count(*) FILTER (side = 'US') FROM organisation_register "
    f"WHERE is_cluster_organisation AND {EXISTING} AND {{}}",
    "cluster organisations": "SELECT count(*) FILTER (side = 'EU'), count(*) FILTER (side = 'US') "
    "FROM organisation_register WHERE is_cluster_organisation AND kind <> 'regional_cluster' "
    f"AND {EXISTING} AND {{}}",
    "events": "SELECT count(*), count(*) FILTER (date_precision = 'day') FROM event_register WHERE {}",
    "policies": "SELECT count(*), count(start_on) FROM policy_register WHERE {}",
    "stories": "SELECT count(*), 0 FROM story_register WHERE {}",
}


@pytest.fixture
def counted(shipped_database):
    """Counts of a register for a sector, or for all of it, straight from the database."""

    def run_query(what: str, sector: str | None = None) -> tuple[int, int]:
        with open_database(shipped_database) as connection:
            sql = COUNTED[what].format(IN_SECTOR if sector else "true")
            return connection.execute(sql, {"sector": sector} if sector else {}).fetchone()

    return run_query


@pytest.fixture
def workshop(server, open_page):
    """Opens the main window of the workshop mode, at the step in the query."""

    def open_workshop(query: str = "") -> Page:
        page = open_page(WINDOW)
        page.goto(server.url + "/present" + query)
        return page

    return open_workshop


def shown(page: Page, step: int):
    """Locator of a step; waits until it is visible and in the URL."""
    container = page.locator(f".st-key-workshop_step_{step}")
    expect(container.locator("h1")).to_be_visible(timeout=SLOW)
    expect(page.locator(".workshop-count")).to_have_text(re.compile(rf"^{step} / "), timeout=SLOW)
    expect(page).to_have_url(re.compile(rf"[?&]step={step}(&|$)") if step > 1 else re.compile("/present"), timeout=SLOW)
    return container


def heading(page: Page, step: int) -> str:
    """Heading of a step, once it is visible."""
    return shown(page, step).locator("h1").inner_text()


def test_all_steps_by_keyboard_with_another_sector_midway(workshop, counted):
    """Forward through all steps, with energy chosen at the fifth: later steps and the first follow the filter."""
    page = workshop()
    signed, cooperations = counted("cooperations")
    eu, us = counted("cluster organisations")
    events, to_the_day = counted("events")
    figures = shown(page, 1).locator(".workshop-figures strong")
    expect(figures).to_have_text(["18 of 25", f"{signed} of {cooperations}", f"{eu} + {us}", str(events)])

    page.keyboard.press("ArrowRight")
    assert "cooperations between organisations on the map" in heading(page, 2)
    page.keyboard.press("Space")
    eu, us = counted("clusters")
    assert heading(page, 3).startswith(f"{eu} cluster organisations and regional clusters of the EU side")
    page.keyboard.press("PageDown")
    assert heading(page, 4).startswith(f"{us} cluster organisations and regional clusters of the USA")
    page.keyboard.press("ArrowRight")
    expect(shown(page, 5)).to_contain_text("Information and communication technology has the most")

    page.get_by_role("button", name="Filter: no filter").click()
    page.get_by_role("combobox", name="Sector").click()
    page.get_by_role("option", name=re.compile(r"^Energy \(")).click()
    expect(page).to_have_url(re.compile("sector=energy"), timeout=SLOW)
    expect(page.locator(".st-key-workshop_filter button").first).to_have_text(
        re.compile("Filter: Energy"), timeout=SLOW
    )
    page.keyboard.press("Escape")  # the list of sectors
    page.keyboard.press("Escape")  # the panel of the filters
    expect(page.locator('[data-testid="stPopoverBody"]')).to_have_count(0)

    page.keyboard.press("ArrowRight")
    assert "18 of 25" in heading(page, 6)
    page.keyboard.press("ArrowRight")
    shown(page, 7)
    page.keyboard.press("ArrowRight")
    signed, cooperations = counted("cooperations", "energy")
    assert heading(page, 8).startswith(f"{signed} of {cooperations} recorded EU–US cooperations")
    page.keyboard.press("ArrowRight")
    assert heading(page, 9).startswith(f"{counted('stories', 'energy')[0]} success stor")
    page.keyboard.press("ArrowRight")
    instruments, _ = counted("policies", "energy")
    expect(shown(page, 10)).to_contain_text(re.compile(rf"\b{instruments} policy instrument"))
    page.keyboard.press("End")
    events, to_the_day = counted("events", "energy")
    assert heading(page, 11) == f"{events} events for Energy, {to_the_day} of them dated to the day"

    page.keyboard.press("Home")
    eu, us = counted("cluster organisations", "energy")
    expect(shown(page, 1).locator(".workshop-figures strong")).to_have_text(
        ["18 of 25", f"{signed} of {cooperations}", f"{eu} + {us}", str(events)], timeout=SLOW
    )


def test_quick_turns_are_not_lost_and_escape_leaves(workshop):
    """Five quick presses are five steps; Esc goes to the start page with the filters."""
    page = workshop("?step=1&sector=energy&sector=health")
    shown(page, 1)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    shown(page, 6)
    page.keyboard.press("ArrowLeft")
    shown(page, 5)

    page.keyboard.press("Escape")
    expect(page.locator("h1").first).to_have_text("EU–US cluster cooperation", timeout=SLOW)
    expect(page).to_have_url(re.compile(r"/\?sector=energy&sector=health$"))


def test_no_step_is_visible_without_its_chart_while_keys_are_held_down(server, open_page):
    """Every frame is checked: forward and back with the key held down, and back to a step shown much earlier."""
    page = open_page(WINDOW)
    page.add_init_script(WATCH)
    page.goto(server.url + "/present?step=5")
    shown(page, 5)
    keys = ["ArrowRight"] * 6 + ["ArrowLeft"] * 4 + ["End"] + ["ArrowLeft"] * 3
    for key in keys:
        page.keyboard.press(key, delay=KEY_REPEAT_MS)  # the rate at which a key that is held down repeats
    assert "recorded EU–US cooperations" in heading(page, 8)
    page.wait_for_function(READY)  # until the last response has arrived
    found = page.evaluate("workshopBench")
    assert found["turns"], "no turn was recorded"
    assert found["incompleteFrames"] == 0


def test_text_is_large_and_header_and_sidebar_are_hidden(workshop):
    """No visible text, charts included, is smaller than 24 pixels, and the step fits the window."""
    page = workshop("?step=6")
    step = shown(page, 6)
    expect(step.locator(".js-plotly-plot svg text").first).to_be_visible(timeout=SLOW)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.st-key-workshop_step_6 *, .st-key-workshop_bar *')]
            .filter(e => !e.matches('[data-testid="stIconMaterial"]'))
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
            .filter(e => e.getClientRects().length)
            .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 24
    for hidden in ("stHeader", "stSidebar"):
        expect(page.locator(f'[data-testid="{hidden}"]:visible')).to_have_count(0)
    footer = step.locator(".workshop-footer").bounding_box()
    assert footer["y"] + footer["height"] <= WINDOW["height"] - 60


@pytest.mark.parametrize("query", ["?step=2", "?step=3", "?step=4&sector=energy&side=US"])
def test_the_map_covers_neither_heading_nor_footer(workshop, query):
    """The map lies between them, also below a heading of two lines, and follows the size of the window."""
    page = workshop(query)
    number = int(re.search(r"step=(\d+)", query)[1])
    step = shown(page, number)
    for size in (WINDOW, {"width": 1366, "height": 768}, {"width": 1920, "height": 1080}):
        page.set_viewport_size(size)
        page.wait_for_function(
            """step => {
                const [head, footer, map] = [`.st-key-workshop_step_${step} .workshop-head`,
                    `.st-key-workshop_step_${step} .workshop-footer`, '.st-key-workshop_map canvas']
                    .map(part => document.querySelector(part)?.getBoundingClientRect())
                return map && head.bottom <= map.top && map.bottom <= footer.top
                    && map.height > 0.35 * innerHeight && footer.top - map.bottom < 20 && map.top - head.bottom < 20
            }""",
            arg=number,
            timeout=SLOW,
        )
    expect(step.locator(".workshop-footer")).to_be_visible()


def test_the_notes_window_turns_with_the_main_window(workshop, server):
    """Speaker notes are in a second window; a turn in either turns both."""
    page = workshop("?step=2")
    shown(page, 2)
    with page.context.expect_page() as opened:
        page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator("h1")).to_have_text("Across the Atlantic", timeout=SLOW)
    expect(notes.locator("body")).to_contain_text("An arc joins two named organisations.")

    page.keyboard.press("ArrowRight")
    shown(page, 3)
    expect(notes.locator("h1")).to_have_text("Europe", timeout=SLOW)
    notes.keyboard.press("ArrowRight")
    expect(notes.locator("h1")).to_have_text("United States", timeout=SLOW)
    page.bring_to_front()
    shown(page, 4)
    notes.close()


def test_a_filter_that_leaves_nothing_says_so(workshop):
    """A sentence with the filter instead of an empty chart."""
    page = workshop("?step=8&sector=tc-footwear&unknown=no")
    expect(shown(page, 8).locator("h1")).to_contain_text(
        "No EU–US cooperations for this filter: Footwear", timeout=SLOW
    )


def test_a_larger_window_shows_the_same_step_larger(workshop):
    """The text of charts follows the window: 36 pixels in full HD, 24 again in a smaller window."""
    page = workshop("?step=9")
    expect(shown(page, 9)).to_contain_text("Results, shortened", timeout=SLOW)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.keyboard.press("ArrowLeft")
    bars = shown(page, 8).locator(".js-plotly-plot .ytick text").first
    expect(bars).to_have_css("font-size", "36px", timeout=SLOW)
    page.set_viewport_size(WINDOW)
    expect(bars).to_have_css("font-size", "24px", timeout=SLOW)


def test_on_a_phone_a_step_scrolls(server, open_page):
    """The chart of the page fits the width of the phone, the buttons stay in view, each step begins at its top."""
    page = open_page(PHONE)
    page.goto(server.url + "/present?step=5")
    turn = page.get_by_role("button", name="Next step")
    expect(turn).to_be_in_viewport(ratio=1, timeout=SLOW)
    turn.click()
    step = shown(page, 6)
    expect(step.locator("h1")).to_be_in_viewport(timeout=SLOW)
    texts = step.locator("svg.main-svg text")
    expect(texts.first).to_be_visible(timeout=SLOW)
    right_px = texts.evaluate_all("all => Math.max(...all.map(text => text.getBoundingClientRect().right))")
    assert right_px <= PHONE["width"]
    page.mouse.wheel(0, 2000)
    turn.click()
    expect(shown(page, 7).locator("h1")).to_be_in_viewport(timeout=SLOW)

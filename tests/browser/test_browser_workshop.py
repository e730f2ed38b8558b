"""The workshop mode in a browser: keys, sector buttons, the size of figures, two windows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from bench.workshop import KEY_REPEAT_MS, WATCH, WINDOW
from tools.page import PHONE, READY
from views.workshop_controls import asset

SLOW = 30_000


@pytest.fixture
def workshop(server, open_page):
    """Opens the main window of the workshop mode, at the step in the query."""

    def open_workshop(query: str = "") -> Page:
        page = open_page(WINDOW)
        page.goto(server.url + "/present" + query)
        return page

    return open_workshop


def shown(page: Page, step: int):
    """Locator of a slide; waits until it is visible and in the URL."""
    container = page.locator(f".st-key-workshop_step_{step}")
    expect(container.locator("h1")).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(re.compile(rf"[?&]step={step}(&|$)") if step > 1 else re.compile("/present"), timeout=SLOW)
    return container


def count(page: Page):
    """Locator of the text '3 / 10'."""
    return page.locator(".workshop-count")


MEASURE = """step => {
    const part = document.querySelector(`.st-key-workshop_step_${step}`)
    const figure = part.querySelector(`.st-key-workshop_figure_${step}`).getBoundingClientRect()
    const inside = part.querySelector('svg.main-svg, .workshop-fit, .workshop-legend')
    const texts = part.querySelector('.workshop-fit')
    const footer = part.querySelector('.workshop-footer').getBoundingClientRect()
    const map = document.querySelector('.st-key-workshop_map').getBoundingClientRect()
    return {
        share: figure.height / innerHeight,
        inside: (inside.matches('.workshop-legend') ? map : inside.getBoundingClientRect()).height / figure.height,
        isCut: texts !== null
            && (texts.scrollHeight > texts.clientHeight + 1 || texts.scrollWidth > texts.clientWidth + 1),
        isBelow: footer.bottom > document.querySelector('.st-key-workshop_filters').getBoundingClientRect().top + 1,
    }
}"""


def test_every_figure_takes_65_per_cent_of_the_height(workshop):
    """And fills its place, with no text cut and no footer under the buttons, in the windows of two projectors."""
    page = workshop()
    shown(page, 1)
    steps = int(count(page).inner_text().split("/")[1])
    for size in ({"width": 1366, "height": 768}, {"width": 1920, "height": 1080}):
        page.set_viewport_size(size)
        scale = round(min(size["width"] / 1280, size["height"] / 720) * 10) / 10
        label = page.locator(".st-key-workshop_step_8 .ytick text").first
        expect(label).to_have_css("font-size", f"{24 * scale:g}px", timeout=SLOW)
        page.keyboard.press("Home")
        for step in range(1, steps + 1):
            shown(page, step)
            found = page.evaluate(MEASURE, step)
            assert found["share"] >= 0.65, (size, step, found)
            assert 0.95 <= found["inside"] <= 1.01, (size, step, found)
            assert not found["isCut"] and not found["isBelow"], (size, step, found)
            page.keyboard.press("ArrowRight")


def test_one_click_on_a_sector_changes_all_slides(workshop):
    """On a slide in the middle, which stays; slides without records of the sector are left out, and all come back."""
    page = workshop("?step=6")
    all_agreements = shown(page, 6).locator("h1").inner_text()
    expect(count(page)).to_have_text("6 / 10")
    page.get_by_role("radio", name="Energy").or_(page.get_by_role("button", name="Energy", exact=True)).first.click()
    expect(page).to_have_url(re.compile("sector=energy"), timeout=SLOW)
    expect(shown(page, 6).locator("h1")).to_contain_text("for Energy", timeout=SLOW)
    assert "for Energy" not in all_agreements
    page.wait_for_function(READY)
    total = int(count(page).inner_text().split("/")[1])
    assert total < 10
    headings = []
    page.keyboard.press("Home")
    expect(count(page)).to_have_text(f"1 / {total}")
    for place in range(1, total + 1):
        expect(count(page)).to_have_text(f"{place} / {total}")
        headings.append(page.locator(".workshop-head h1:visible").inner_text())
        page.keyboard.press("ArrowRight")
    assert len(set(headings)) == total and sum("Energy" in heading for heading in headings) >= 6
    page.get_by_role("radio", name="All sectors").or_(page.get_by_role("button", name="All sectors")).first.click()
    expect(count(page)).to_have_text("10 / 10", timeout=SLOW)


BLANK_URL = "http://127.0.0.1/blank"
LOAD_COMPONENT = """async script => {
    window.turns = []
    window.slides = (await import(URL.createObjectURL(new Blob([script], {type: "text/javascript"})))).default
    window.call = () => slides({
        data: {step: 1, steps: [1, 2, 3, 4], isMainWindow: true, mapSteps: [], filters: "", scale: 1},
        parentElement: document.getElementById("part"),
        setStateValue: (name, value) => name === "turn" && turns.push(value.step),
        setTriggerValue: () => {},
    })
    window.clean = (...parts) => new Promise(done => { parts.forEach(part => part()); setTimeout(done) })
    window.cleanUp = call()
}"""


def test_no_key_is_lost_between_two_runs_of_the_server(open_page):
    """Streamlit cleans up the component and calls it again on every run; a clean-up may come after the next call."""
    page = open_page(WINDOW)
    page.route(BLANK_URL, lambda route: route.fulfill(content_type="text/html", body="<!DOCTYPE html>"))
    page.goto(BLANK_URL)
    page.set_content(f"<div class='st-key-workshop'><div id='part'>{asset('workshop.html')}</div></div>")
    page.evaluate(LOAD_COMPONENT, asset("workshop.js"))
    page.evaluate("clean(cleanUp)")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("turns") == [2], "between the clean-up and the next call"
    page.evaluate("{ const first = call(); cleanUp = call(); clean(first) }")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("turns") == [2, 3], "after a clean-up that came late"
    page.evaluate("document.getElementById('part').remove(), clean(cleanUp)")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("turns") == [2, 3, 4], "before other controls have come"
    page.evaluate("document.querySelector('.st-key-workshop').remove(), clean(cleanUp)")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("turns") == [2, 3, 4], "after the visitor has left"


def test_keys_blank_the_screen_and_show_themselves(workshop):
    """A blank screen comes back with any key, and that key turns nothing."""
    page = workshop("?step=4")
    shown(page, 4)
    blank, keys = page.locator(".workshop-blank"), page.locator(".workshop-keys")
    expect(blank).to_be_hidden()
    page.keyboard.press("b")
    expect(blank).to_be_visible()
    covered = blank.bounding_box()
    assert (covered["width"], covered["height"]) == (WINDOW["width"], WINDOW["height"])
    page.keyboard.press("ArrowRight")
    expect(blank).to_be_hidden()
    expect(count(page)).to_have_text("4 / 10")
    page.keyboard.press("?")
    for text in ("next slide", "blank the screen", "speaker's window", "full screen", "leave"):
        expect(keys).to_contain_text(text)
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="blank the screen").click()
    expect(blank).to_be_visible()
    blank.click()
    expect(blank).to_be_hidden()
    expect(count(page)).to_have_text("4 / 10")


def test_quick_turns_are_not_lost_and_escape_leaves(workshop):
    """Five quick presses are five slides; Esc goes to the start page with the filters."""
    page = workshop("?step=1&sector=energy&sector=health")
    shown(page, 1)
    start = int(count(page).inner_text().split("/")[0])
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(count(page)).to_have_text(re.compile(rf"^{start + 5} / "))
    page.keyboard.press("ArrowLeft")
    expect(count(page)).to_have_text(re.compile(rf"^{start + 4} / "))

    page.keyboard.press("Escape")
    expect(page.locator("h1").first).to_have_text("EU–US cluster cooperation", timeout=SLOW)
    expect(page).to_have_url(re.compile(r"/\?sector=energy&sector=health$"))


def test_no_slide_is_visible_without_its_chart_while_keys_are_held_down(server, open_page):
    """Every frame is checked: forward and back with the key held down, and back to a slide shown much earlier."""
    page = open_page(WINDOW)
    page.add_init_script(WATCH)
    page.goto(server.url + "/present?step=5")
    shown(page, 5)
    keys = ["ArrowRight"] * 5 + ["ArrowLeft"] * 4 + ["End"] + ["ArrowLeft"] * 3
    for key in keys:
        page.keyboard.press(key, delay=KEY_REPEAT_MS)  # the rate at which a key that is held down repeats
    shown(page, 7)
    page.wait_for_function(READY)  # until the last response has arrived
    found = page.evaluate("workshopBench")
    assert found["turns"], "no turn was recorded"
    assert found["incompleteFrames"] == 0


def test_text_is_large_and_the_frame_of_the_pages_is_hidden(workshop):
    """No visible text, charts included, is smaller than 24 pixels, and that of charts follows the window."""
    page = workshop("?step=5")
    step = shown(page, 5)
    expect(step.locator(".js-plotly-plot svg text").first).to_be_visible(timeout=SLOW)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(
                '.st-key-workshop_step_5 *, .st-key-workshop_bar *, .st-key-workshop_filters *')]
            .filter(e => !e.matches('[data-testid="stIconMaterial"]'))
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
            .filter(e => e.getClientRects().length)
            .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 24
    for hidden in ("stHeader", "stSidebar"):
        expect(page.locator(f'[data-testid="{hidden}"]:visible')).to_have_count(0)
    bars = step.locator(".js-plotly-plot .ytick text").first
    page.set_viewport_size({"width": 1920, "height": 1080})
    expect(bars).to_have_css("font-size", "36px", timeout=SLOW)
    page.set_viewport_size(WINDOW)
    expect(bars).to_have_css("font-size", "24px", timeout=SLOW)


def test_the_speakers_window_has_a_clock_and_the_next_slide_and_turns_along(workshop):
    """A turn in either window turns both; the time counts from the first slide, and from now after a click."""
    page = workshop("?step=3")
    shown(page, 3)
    with page.context.expect_page() as opened:
        page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator("h1")).to_have_text("Map", timeout=SLOW)
    expect(notes.locator("body")).to_contain_text("An arc joins two named organisations.")
    expect(notes.locator("body")).to_contain_text(re.compile(r"Next: Share\. At least \d+ of \d+ ESCP-4i partnerships"))
    clock = notes.locator(".workshop-clock")
    expect(clock).to_have_text(re.compile(r"^\d\d:\d\d · \d\d:\d\d$"))
    expect(clock).not_to_have_text(re.compile("00:00$"), timeout=SLOW)
    notes.get_by_role("button", name="Restart clock").click()
    expect(clock).to_have_text(re.compile(r"· 00:0\d$"))

    page.keyboard.press("ArrowRight")
    shown(page, 4)
    expect(notes.locator("h1")).to_have_text("Share", timeout=SLOW)
    notes.keyboard.press("ArrowRight")
    expect(notes.locator("h1")).to_have_text("Other target countries", timeout=SLOW)
    notes.keyboard.press("b")
    page.bring_to_front()
    shown(page, 5)
    expect(page.locator(".workshop-blank")).to_be_visible()
    notes.close()


def test_a_filter_that_leaves_nothing_says_so(workshop):
    """One sentence with the filter, on the slide of the link; the other empty slides are left out."""
    page = workshop("?step=6&sector=tc-footwear&unknown=no")
    expect(shown(page, 6).locator("h1")).to_have_text("No EU–US agreements for this filter: Footwear.", timeout=SLOW)
    expect(count(page)).to_have_text(re.compile(r"/ [2-5]$"))


def test_on_a_phone_a_slide_scrolls(server, open_page):
    """The chart of the page fits the width of the phone, the buttons stay in view, each slide begins at its top."""
    page = open_page(PHONE)
    page.goto(server.url + "/present?step=3")
    turn = page.get_by_role("button", name="Next slide")
    expect(turn).to_be_in_viewport(ratio=1, timeout=SLOW)
    turn.click()
    step = shown(page, 4)
    expect(step.locator("h1")).to_be_in_viewport(timeout=SLOW)
    texts = step.locator("svg.main-svg text")
    expect(texts.first).to_be_visible(timeout=SLOW)
    right_px = texts.evaluate_all("all => Math.max(...all.map(text => text.getBoundingClientRect().right))")
    assert right_px <= PHONE["width"]
    page.mouse.wheel(0, 2000)
    turn.click()
    expect(shown(page, 5).locator("h1")).to_be_in_viewport(timeout=SLOW)

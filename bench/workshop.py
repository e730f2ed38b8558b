"""Time to turn to the next step of the workshop mode, compared with a switch of pages in the same run.

    python -m bench.workshop [--rounds 2]

A turn is measured with the clock of the browser, from the key to the first frame in which the next step is complete.
Frames in which a step is visible without its chart, heading or footer are counted. The presenter pauses between turns
in one round, turns as soon as a step is complete in a second, and holds the keys down in a third. Ends with exit code 1
when a turn takes longer than a switch of pages, or a step was incomplete.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Annotated

import typer
from playwright.sync_api import Browser, Page, ViewportSize
from rich.console import Console

from bench.measure import OBSERVE, App, learn, load, switch
from tools.page import DESKTOP, MENU, address
from tools.visit import open_dashboard

WINDOW: ViewportSize = {"width": 1280, "height": 720}
PAGES = ("projects", "cooperations", "events")
FIRST_MAP_MS = 8_000  # until a software renderer has drawn the first map
PAUSE_MS = 2_500  # shortest pause of a presenter before the next step
KEY_REPEAT_MS = 33  # between two repeats of a key that is held down
SETTLE_MS = 3_000  # for responses that are still to come
TIMEOUT_MS = 180_000  # a software renderer animates the map long after the keys were held down

# Records each turn, from the key to the complete step, and every frame with a part missing.
WATCH = """
window.workshopBench = {turns: [], incompleteFrames: 0};
let pressed = 0, from = '';
const visibleStep = () => document.getElementById('shown-step')?.dataset.step ?? '';
addEventListener('keydown', () => { pressed = performance.now(); from = visibleStep(); }, true);
(function tick() {
    const step = visibleStep(), container = step && document.querySelector('.st-key-workshop_step_' + step);
    const isComplete = container && container.querySelector('h1') && container.querySelector('.workshop-footer')
        && !container.querySelector('[data-testid="stSkeleton"]')
        && [...container.querySelectorAll('[class*="st-key-workshop_chart"]')]
            .every(chart => chart.querySelector('svg.main-svg text'));
    if (step && !isComplete) workshopBench.incompleteFrames += 1;
    if (pressed && step !== from && isComplete) {
        workshopBench.turns.push(performance.now() - pressed);
        pressed = 0;
    }
    requestAnimationFrame(tick);
})();
"""


def open_workshop(page: Page, url: str) -> int:
    """Open the first step and wait for the map; returns the number of steps."""
    page.goto(url + "/present")
    count = page.locator(".workshop-count")
    count.wait_for()
    page.wait_for_timeout(FIRST_MAP_MS)
    return int(count.inner_text().split("/")[1])


def turn_times(page: Page, url: str, wait_ms: int) -> tuple[list[float], int]:
    """Milliseconds of every turn from the first step to the last, and the number of incomplete frames."""
    for _ in range(open_workshop(page, url) - 1):
        before = page.evaluate("workshopBench.turns.length")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("before => workshopBench.turns.length > before", arg=before)
        page.wait_for_timeout(wait_ms)
    page.wait_for_timeout(SETTLE_MS)
    recorded = page.evaluate("workshopBench")
    return recorded["turns"], recorded["incompleteFrames"]


def hold_keys(page: Page, url: str) -> int:
    """Number of incomplete frames with keys held down: to the end, back, and from end to end."""
    steps = open_workshop(page, url)
    for key in ["ArrowRight"] * (steps - 1) + ["ArrowLeft"] * (steps - 1) + ["End", "Home"]:
        page.keyboard.press(key)
        page.wait_for_timeout(KEY_REPEAT_MS)
    page.wait_for_timeout(SETTLE_MS)
    return int(page.evaluate("workshopBench.incompleteFrames"))


@contextmanager
def watched_window(browser: Browser) -> Iterator[Page]:
    """A window for the workshop mode that records its frames; closed at the end."""
    page = browser.new_context(viewport=WINDOW).new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.add_init_script(WATCH)
    yield page
    page.context.close()


def switches(app: App, browser: Browser, rounds: int) -> list[float]:
    """Milliseconds of switches between pages."""
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.add_init_script(OBSERVE)
    load(app, app.pages[0], page)
    return [switch(app, path, page) for _ in range(rounds) for path in (*app.pages[1:], app.pages[0])]


def main(rounds: Annotated[int, typer.Option(min=1, help="Times all steps are shown.")] = 2) -> None:
    """Measure and print."""
    console = Console()
    with open_dashboard() as (browser, (url,)):
        app = App(url, {address(name): MENU[name] for name in PAGES}, "Sector", "Energy")
        learn(app, browser)
        page_ms = median(switches(app, browser, rounds))
        is_slow, broken = False, 0
        for label, wait_ms in (("with pauses", PAUSE_MS), ("without waiting", 0)):
            turns_ms: list[float] = []
            for _ in range(rounds):
                with watched_window(browser) as page:
                    times, frames = turn_times(page, url, wait_ms)
                turns_ms += times
                broken += frames
            turn_ms = median(turns_ms)
            console.print(
                f"Turn {label}: median {turn_ms:,.0f} ms, longest {max(turns_ms):,.0f} ms; "
                f"switch of pages {page_ms:,.0f} ms; ratio {turn_ms / page_ms:.2f} (limit 1)"
            )
            is_slow |= turn_ms > page_ms
        for _ in range(rounds):
            with watched_window(browser) as page:
                broken += hold_keys(page, url)
        console.print(f"Incomplete frames, with keys held down included: {broken} (limit 0)")
    sys.exit(is_slow or broken > 0)


if __name__ == "__main__":
    bench = typer.Typer(pretty_exceptions_enable=False)
    bench.command()(main)
    bench()

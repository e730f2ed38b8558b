"""How long a step of the workshop mode takes to turn, beside a switch of pages in the same run.

    python -m bench.workshop [--rounds 2]

A turn is timed by the browser's own clock from the key to the first frame in which the next step is seen and its chart is
drawn; frames in which a step is seen without its chart are counted. The presenter waits between turns, as presenters do; a
second round turns without waiting. Ends with exit code 1 when a turn takes longer than a switch of pages, or a chart was empty.
"""

from __future__ import annotations

import sys
from statistics import median
from typing import Annotated

import typer
from playwright.sync_api import Page
from rich.console import Console

from bench.measure import OBSERVE, App, learn, load, switch
from scripts.page import DESKTOP, MENU, address
from scripts.visit import visiting

STAGE = {"width": 1280, "height": 720}
PAGES = ("projects", "cooperations", "events")
STEPS_DRAWN_MS = 8_000  # the first map of a software renderer
TALK_MS = 2_500  # what a presenter says at the least before the next step

# Notes each turn (from the key to the step seen with its chart drawn) and every frame with a chart missing.
WATCH = """
window.stageBench = {turns: [], emptyFrames: 0};
let pressed = 0, from = '';
const seen = () => document.getElementById('shown-step')?.dataset.step ?? '';
addEventListener('keydown', () => { pressed = performance.now(); from = seen(); }, true);
(function tick() {
    const step = seen(), place = step && document.querySelector('.st-key-step_' + step);
    const isDrawn = place && place.childElementCount > 0
        && [...place.querySelectorAll('[data-testid="stPlotlyChart"]')].every(c => c.querySelector('svg.main-svg text'));
    if (step && !isDrawn) stageBench.emptyFrames += 1;
    if (pressed && step !== from && isDrawn) {
        stageBench.turns.push(performance.now() - pressed);
        pressed = 0;
    }
    requestAnimationFrame(tick);
})();
"""


def turns(page: Page, url: str, wait_ms: int) -> tuple[list[float], int]:
    """Milliseconds of every turn from the first step to the last, and frames without the chart."""
    page.goto(url + "/present")
    count = page.locator(".stage-count")
    count.wait_for(timeout=60_000)
    page.wait_for_timeout(STEPS_DRAWN_MS)
    steps = int(count.inner_text().split("/")[1])
    for _ in range(steps - 1):
        before = page.evaluate("stageBench.turns.length")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("before => stageBench.turns.length > before", arg=before, timeout=30_000)
        page.wait_for_timeout(wait_ms)
    found = page.evaluate("stageBench")
    return found["turns"], found["emptyFrames"]


def switches(app: App, browser, rounds: int) -> list[float]:
    """Milliseconds of switches between pages."""
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.add_init_script(OBSERVE)
    load(app, app.pages[0], page)
    return [switch(app, path, page) for _ in range(rounds) for path in (*app.pages[1:], app.pages[0])]


def main(rounds: Annotated[int, typer.Option(min=1, help="Times the story is told.")] = 2) -> None:
    """Measure and print."""
    console = Console()
    with visiting() as (browser, url):
        app = App(url, {address(name): MENU[name] for name in PAGES}, "Sector", "Energy")
        learn(app, browser)
        page_ms = median(switches(app, browser, rounds))
        is_slow, empty = False, 0
        for words, wait_ms in (("with a talk between", TALK_MS), ("without waiting", 0)):
            found: list[float] = []
            for _ in range(rounds):
                page = browser.new_context(viewport=STAGE).new_page()
                page.add_init_script(WATCH)
                times, frames = turns(page, url, wait_ms)
                found += times
                empty += frames
                page.context.close()
            turn_ms = median(found)
            console.print(
                f"Turn {words}: median {turn_ms:,.0f} ms, longest {max(found):,.0f} ms; switch of pages {page_ms:,.0f} ms; "
                f"ratio {turn_ms / page_ms:.2f} (goal at most 1)"
            )
            is_slow |= turn_ms > page_ms
        console.print(f"Frames with a step that lacked its chart: {empty} (goal 0)")
    sys.exit(is_slow or empty > 0)


if __name__ == "__main__":
    bench = typer.Typer(pretty_exceptions_enable=False)
    bench.command()(main)
    bench()

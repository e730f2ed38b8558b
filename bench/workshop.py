"""How long a step of the workshop mode takes to turn, beside a switch of pages in the same run.

    python -m bench.workshop [--rounds 2]

A turn is timed by the browser's own clock from the key to the first frame in which the next step is seen whole; frames in
which a step is seen without its chart, heading or foot are counted. The presenter waits between turns, as presenters do; a
second round turns on as soon as a step is seen, a third leafs with keys held down. Ends with exit code 1 when a turn takes
longer than a switch of pages, or a step was not whole.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Annotated

import typer
from playwright.sync_api import Browser, Page
from rich.console import Console

from bench.measure import OBSERVE, App, learn, load, switch
from tools.page import DESKTOP, MENU, address
from tools.visit import visiting

STAGE = {"width": 1280, "height": 720}
PAGES = ("projects", "cooperations", "events")
STEPS_DRAWN_MS = 8_000  # the first map of a software renderer
TALK_MS = 2_500  # what a presenter says at the least before the next step
LEAF_MS = 33  # between the repeats of a key that is held down
SETTLED_MS = 3_000  # for the answers that are still under way
MAX_MS = 180_000  # a software renderer is busy with the flights of the map long after keys were held down

# Notes each turn (from the key to the step seen whole) and every frame with a part missing.
WATCH = """
window.stageBench = {turns: [], brokenFrames: 0};
let pressed = 0, from = '';
const seen = () => document.getElementById('shown-step')?.dataset.step ?? '';
addEventListener('keydown', () => { pressed = performance.now(); from = seen(); }, true);
(function tick() {
    const step = seen(), place = step && document.querySelector('.st-key-step_' + step);
    const isWhole = place && place.querySelector('h1') && place.querySelector('.stage-foot')
        && !place.querySelector('[data-testid="stSkeleton"]')
        && [...place.querySelectorAll('[class*="st-key-stage_chart"]')].every(c => c.querySelector('svg.main-svg text'));
    if (step && !isWhole) stageBench.brokenFrames += 1;
    if (pressed && step !== from && isWhole) {
        stageBench.turns.push(performance.now() - pressed);
        pressed = 0;
    }
    requestAnimationFrame(tick);
})();
"""


def present(page: Page, url: str) -> int:
    """Opens the first step and waits for the map; gives the number of steps."""
    page.goto(url + "/present")
    count = page.locator(".stage-count")
    count.wait_for()
    page.wait_for_timeout(STEPS_DRAWN_MS)
    return int(count.inner_text().split("/")[1])


def turns(page: Page, url: str, wait_ms: int) -> tuple[list[float], int]:
    """Milliseconds of every turn from the first step to the last, and frames with a part of the step missing."""
    for _ in range(present(page, url) - 1):
        before = page.evaluate("stageBench.turns.length")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("before => stageBench.turns.length > before", arg=before)
        page.wait_for_timeout(wait_ms)
    page.wait_for_timeout(SETTLED_MS)
    found = page.evaluate("stageBench")
    return found["turns"], found["brokenFrames"]


def leafing(page: Page, url: str) -> int:
    """Frames with a part of the step missing, leafing to the end, back, and from end to end."""
    steps = present(page, url)
    for key in ["ArrowRight"] * (steps - 1) + ["ArrowLeft"] * (steps - 1) + ["End", "Home"]:
        page.keyboard.press(key)
        page.wait_for_timeout(LEAF_MS)
    page.wait_for_timeout(SETTLED_MS)
    return page.evaluate("stageBench.brokenFrames")


@contextmanager
def staged(browser: Browser) -> Iterator[Page]:
    """A window of the stage that watches its frames; closed at the end."""
    page = browser.new_context(viewport=STAGE).new_page()
    page.set_default_timeout(MAX_MS)
    page.add_init_script(WATCH)
    yield page
    page.context.close()


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
        is_slow, broken = False, 0
        for words, wait_ms in (("with a talk between", TALK_MS), ("without waiting", 0)):
            found: list[float] = []
            for _ in range(rounds):
                with staged(browser) as page:
                    times, frames = turns(page, url, wait_ms)
                found += times
                broken += frames
            turn_ms = median(found)
            console.print(
                f"Turn {words}: median {turn_ms:,.0f} ms, longest {max(found):,.0f} ms; switch of pages {page_ms:,.0f} ms; "
                f"ratio {turn_ms / page_ms:.2f} (goal at most 1)"
            )
            is_slow |= turn_ms > page_ms
        for _ in range(rounds):
            with staged(browser) as page:
                broken += leafing(page, url)
        console.print(f"Frames with a part of the step missing, leafing included: {broken} (goal 0)")
    sys.exit(is_slow or broken > 0)


if __name__ == "__main__":
    bench = typer.Typer(pretty_exceptions_enable=False)
    bench.command()(main)
    bench()

"""Frames of a WebGL canvas, recorded in the browser, and their statistics.

A frame is the time between two animation callbacks in which something was drawn on the screen.
Drawing off the screen (deck.gl does it to find the object under the pointer) is counted separately.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

# Runs before anything else in the page. `marks` holds one row per animation callback in which
# something was drawn: its time, the time since the callback before, and how many instances each draw
# had, in order. `heading` is the time when the page's first second-level heading last changed.
RECORD = """
window.frames_seen = {marks: [], last: 0, offscreen: 0, uploaded: 0, press: 0, heading: 0, text: ''};
(seen => {
    const gl = WebGL2RenderingContext.prototype;
    let drawn = [];
    const wrap = (name, before) => {
        const original = gl[name];
        gl[name] = function (...given) { before.call(this, given); return original.apply(this, given); };
    };
    wrap('bindFramebuffer', function ([target, buffer]) {
        if (target !== this.READ_FRAMEBUFFER) this.offscreen = buffer !== null;
    });
    for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
        wrap(name, function (given) {
            if (this.offscreen) { seen.offscreen += 1; return; }
            seen.last = performance.now();
            drawn.push(name.endsWith('Instanced') ? given.at(-1) : 0);
        });
    }
    for (const name of ['bufferData', 'bufferSubData']) {
        wrap(name, given => { seen.uploaded += given.find(part => part?.byteLength)?.byteLength ?? 0; });
    }
    addEventListener('pointerdown', () => { seen.press = performance.now(); }, true);
    new MutationObserver(() => {
        const text = document.querySelector('[data-testid="stMain"] h2')?.innerText ?? seen.text;
        if (text !== seen.text) { seen.text = text; seen.heading = performance.now(); }
    }).observe(document, {subtree: true, childList: true, characterData: true});
    let before = performance.now();
    const tick = () => {
        const now = performance.now();
        if (drawn.length) seen.marks.push({at: now, took: now - before, instances: drawn});
        drawn = [];
        before = now;
        requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
})(frames_seen);
"""

# Quiet alone is not enough: before the outlines have arrived, a map of labels and points is quiet too.
QUIET = """([quiet, minInstances]) => frames_seen.last > 0 && performance.now() - frames_seen.last > quiet
    && (minInstances === 0 || Math.max(0, ...(frames_seen.marks.at(-1)?.instances ?? [])) >= minInstances)"""
LAST = """frames_seen.last === 0 ? 'nothing was ever drawn'
    : `instances of the last frame: ${frames_seen.marks.at(-1)?.instances ?? 'none'}`"""
RESET = "frames_seen.marks = [], frames_seen.offscreen = 0, frames_seen.uploaded = 0"


class NothingDrawnError(Exception):
    """The canvas was not drawn as expected in time; the message says what was expected."""


@dataclass(frozen=True)
class FrameTimes:
    """Milliseconds per frame: median and 95th percentile of `count` frames."""

    count: int
    median: float
    p95: float


def frame_times(took: list[float]) -> FrameTimes:
    """Statistics of the times of single frames; ValueError when there are none."""
    if not took:
        raise ValueError("no frame was drawn: there is nothing to take the median of")
    return FrameTimes(len(took), median(took), percentile(took, 95))


def percentile(values: list[float], share: float) -> float:
    """The smallest value that `share` per cent of the values do not exceed (nearest rank)."""
    rank = -(-len(values) * share // 100)
    return sorted(values)[max(int(rank), 1) - 1]


def first_changed(marks: list[dict[str, Any]], known: list[int], after: float) -> float | None:
    """Time of the first frame after `after` that drew other instances than `known`, or None."""
    return next((mark["at"] for mark in marks if mark["at"] > after and mark["instances"] != known), None)


def wait_quiet(page: Page, what: str, quiet_ms: float = 700, seconds: float = 60, min_instances: int = 0) -> None:
    """Wait until something was drawn and then nothing for `quiet_ms`; raises NothingDrawnError with `what`.

    The last frame must have drawn a layer of at least `min_instances`.
    """
    try:
        page.wait_for_function(QUIET, arg=[quiet_ms, min_instances], timeout=seconds * 1000)
    except PlaywrightTimeoutError:
        state = f"after {seconds:.0f} s the map is not drawn or not at rest ({page.evaluate(LAST)})"
        raise NothingDrawnError(
            f"{what}: {state}. Is WebGL 2 available in this browser, is the machine overloaded?"
        ) from None


def reset(page: Page) -> None:
    """Forget the frames recorded so far."""
    page.evaluate(RESET)


def seen(page: Page) -> dict[str, Any]:
    """Everything that RECORD has recorded since the last reset."""
    noted: dict[str, Any] = page.evaluate("frames_seen")
    return noted

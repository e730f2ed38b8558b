"""How smoothly the map moves with all points, compared with few points and with the basemap alone.

Three pages: all organisations, those of Finland, and the basemap alone in a minimal app
(bench/minimal/basemap.py). They are open together and measured in short turns, so that other load
on the machine affects each. In a turn the map is dragged and zoomed; bench/frames.py defines a
frame. Then the filter "USA" is switched on and off: timed are the first frame with other points
and the changed heading of the page, which needs no drawing. The ratios are what counts: without a
graphics card every frame is slow.

    python -m bench.map_smoothness [--rounds 4] [--limit 1.5] [--json bench/results/map_smoothness.json]

Ends with exit code 1 when a frame with all points takes more than `limit` times a frame of the basemap.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Annotated

import streamlit
import typer
from playwright.sync_api import Browser, Page, Route, ViewportSize
from rich.console import Console
from rich.table import Table

from bench.frames import RECORD, NothingDrawnError, first_changed, frame_times, reset, seen, wait_quiet
from settings import ROOT
from tools.page import FILTER_BAR, MAP_CANVAS, wait_ready
from tools.visit import open_dashboard

ALL, FEW, BASEMAP = "all points", "few points", "basemap only"
VIEW = "extent=Western+Europe"
PATHS = {ALL: f"/map?kinds=all&{VIEW}", FEW: f"/map?country=FI&side=EU&unknown=no&{VIEW}", BASEMAP: "/"}
WINDOW: ViewportSize = {"width": 1280, "height": 800}
MIN_OUTLINE_INSTANCES = 10_000  # segments of the outlines; no other layer has as many instances
PAN_STEPS, ZOOM_STEPS = 5, 4
USA = ".st-key-filter_side button"


def serve_outlines(route: Route) -> None:
    """Answer a request for the static folder, which the minimal app does not have."""
    route.fulfill(path=ROOT / "static" / route.request.url.rsplit("/", 1)[-1])


@contextmanager
def opened(browser: Browser, url: str, name: str) -> Iterator[Page]:
    """The page `name` with its map drawn; closed at the end."""
    page = browser.new_context(viewport=WINDOW).new_page()
    page.add_init_script(RECORD)
    if name == BASEMAP:
        page.route("**/app/static/*", serve_outlines)
    try:
        page.goto(url + PATHS[name], timeout=60_000)
        wait_ready(page, timeout=60_000)
        wait_quiet(page, f"first drawing of {name}", quiet_ms=1500, min_instances=MIN_OUTLINE_INSTANCES)
        yield page
    finally:
        page.context.close()


def gestures(page: Page) -> dict[str, list[float]]:
    """Milliseconds of each frame while the map is dragged (`pan`) and while it is zoomed (`zoom`)."""
    page.locator(MAP_CANVAS).first.scroll_into_view_if_needed(timeout=30_000)
    box = page.locator(MAP_CANVAS).first.bounding_box(timeout=30_000)
    x, y = box["x"] + box["width"] / 2, box["y"] + 60
    taken = {}
    for name, gesture in {"pan": drag, "zoom": wheel}.items():
        page.mouse.move(x, y)
        wait_quiet(page, f"before {name}")
        reset(page)
        gesture(page, x, y)
        wait_quiet(page, name)
        taken[name] = [mark["took"] for mark in seen(page)["marks"]]
        if not taken[name]:
            raise NothingDrawnError(f"{name}: the map did not move under the mouse at {x:.0f}, {y:.0f}")
    return taken


def drag(page: Page, x: float, y: float) -> None:
    """Drag the map a little to the right and down."""
    page.mouse.down()
    for step in range(1, PAN_STEPS + 1):
        page.mouse.move(x + 12 * step, y + 5 * step)
    page.mouse.up()


def wheel(page: Page, *_: float) -> None:
    """Zoom in, and out again by the same amount, where the pointer is."""
    for step in range(ZOOM_STEPS):
        page.mouse.wheel(0, -120 if step < ZOOM_STEPS / 2 else 120)
        page.wait_for_timeout(60)


def choose_usa(page: Page) -> dict[str, float]:
    """Switch the filter: milliseconds to `drawn` and `answered`, and kilobytes sent to the graphics card."""
    known = seen(page)["marks"][-1]["instances"]
    reset(page)
    page.locator(FILTER_BAR).get_by_role("button", name="More").click(timeout=30_000)
    page.locator(USA, has_text="USA").click(timeout=30_000)
    changed = "known => frames_seen.marks.some(mark => mark.instances.join() !== known)"
    page.wait_for_function(changed, arg=",".join(map(str, known)), timeout=60_000)
    wait_quiet(page, "after the filter USA", min_instances=MIN_OUTLINE_INSTANCES)
    after = seen(page)
    drawn = first_changed(after["marks"], known, after["press"])
    if drawn is None or after["heading"] <= after["press"]:
        raise NothingDrawnError(f"the filter USA changed neither points nor heading ({after['text']!r})")
    return {
        "drawn": drawn - after["press"],
        "answered": after["heading"] - after["press"],
        "uploaded_kb": after["uploaded"] / 1000,
    }


def collect(urls: dict[str, str], browser: Browser, rounds: int, seconds: float, console: Console) -> tuple[dict, dict]:
    """Frame times per page and gesture, and times of the filter per page, over all rounds.

    A slow machine does fewer than `rounds` but at least one: no turn of gestures begins after two thirds of
    `seconds`, and no turn of the filter after `seconds`.
    """
    start = time.monotonic()
    frames = {name: defaultdict(list) for name in PATHS}
    filters = {name: defaultdict(list) for name in (ALL, BASEMAP)}
    with ExitStack() as stack:
        pages = {name: stack.enter_context(opened(browser, urls[name], name)) for name in PATHS}
        for name, values in filters.items():
            values["first_uploaded_kb"].append(seen(pages[name])["uploaded"] / 1000)
        for turn in range(rounds):
            if turn and time.monotonic() - start > seconds * 2 / 3:
                break
            console.print(f"Gestures {turn + 1} of {rounds}", style="dim")
            for name, page in pages.items():
                for key, values in gestures(page).items():
                    frames[name][key] += values
        for turn in range(rounds):
            if turn and time.monotonic() - start > seconds:
                break
            console.print(f"Filter {turn + 1} of {rounds}", style="dim")
            for name, taken in filters.items():
                for key, value in choose_usa(pages[name]).items():
                    taken[key].append(value)
    return frames, filters


def summarise(frames: dict, filters: dict) -> dict:
    """Everything that is printed, as values for JSON."""
    times = {name: {key: frame_times(values) for key, values in taken.items()} for name, taken in frames.items()}
    return {
        "unit": "milliseconds per frame; milliseconds from press; kilobytes",
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "streamlit": streamlit.__version__,
        "frames": {name: {key: asdict(value) for key, value in taken.items()} for name, taken in times.items()},
        "ratio": {
            f"{key}, {ALL} to {other}": times[ALL][key].median / times[other][key].median
            for key in ("pan", "zoom")
            for other in (FEW, BASEMAP)
        },
        "filter": {name: {key: median(values) for key, values in taken.items()} for name, taken in filters.items()},
    }


def show(result: dict, limit: float, console: Console) -> None:
    """Print the summary as two tables and a verdict."""
    table = Table(title="Milliseconds per frame, median and 95th percentile")
    for column in ("map", "pan", "p95", "zoom", "p95", "frames"):
        table.add_column(column, justify="left" if column == "map" else "right")
    for name, taken in result["frames"].items():
        figures = [f"{taken[key][part]:,.0f}" for key in ("pan", "zoom") for part in ("median", "p95")]
        table.add_row(name, *figures, str(sum(value["count"] for value in taken.values())))
    console.print(table)
    for label, ratio in result["ratio"].items():
        console.print(f"{label}: {ratio:.2f}")
    table = Table(title="Filter USA, milliseconds from the press")
    for column in ("page", "heading answered", "points drawn", "kB to the card", "of kB at first"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for name, taken in result["filter"].items():
        keys = ("answered", "drawn", "uploaded_kb", "first_uploaded_kb")
        table.add_row(name, *(f"{taken[key]:,.0f}" for key in keys))
    console.print(table)
    verdict = "within" if within(result, limit) else "ABOVE"
    console.print(f"A frame of all points is {verdict} {limit} times that of the basemap.")


def within(result: dict, limit: float) -> bool:
    """Whether panning and zooming all points stay within `limit` times the basemap."""
    return all(ratio <= limit for label, ratio in result["ratio"].items() if label.endswith(BASEMAP))


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each page.")] = 4,
    limit: Annotated[float, typer.Option(help="Highest ratio to the basemap that passes.")] = 1.5,
    max_seconds: Annotated[int, typer.Option(help="No new turn after so many seconds.")] = 200,
    json_path: Annotated[Path, typer.Option("--json", help="File for the figures.")] = ROOT
    / "bench/results/map_smoothness.json",
) -> None:
    """Measure how the map moves and filters, and print the ratios."""
    console = Console()
    with open_dashboard("bench/minimal/basemap.py") as (browser, (ours, reference)):
        urls = {ALL: ours, FEW: ours, BASEMAP: reference}
        try:
            result = summarise(*collect(urls, browser, rounds, max_seconds, console))
        except NothingDrawnError as failure:
            sys.exit(f"The map could not be measured. {failure}")
    show(result, limit, console)
    json_path.parent.mkdir(parents=True, exist_ok=True)
    json_path.write_text(json.dumps(result, indent=2) + "\n")
    sys.exit(not within(result, limit))


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()

"""How smoothly the map moves with all points, beside the same map with few and beside its bare ground.

Three pages: all organisations, those of Finland, and the ground alone in a minimal app
(bench/minimal/ground.py). They are open together and measured in short turns, so that whatever else
the machine does falls on each. In a turn the map is dragged and zoomed; a frame is what bench/frames.py
says. Then the filter "USA" is pressed on and off: from the press to the first frame with other points,
and to the changed heading of the page, which needs no drawing. What counts are the ratios: without a
graphics card every frame is slow.

    python -m bench.map_smoothness [--rounds 4] [--limit 1.5] [--json bench/results/map_smoothness.json]

Ends with exit code 1 when a frame with all points takes more than `limit` times the bare ground's.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Annotated

import streamlit
import typer
from playwright.sync_api import Browser, Page, Route
from rich.console import Console
from rich.table import Table

from bench.frames import RECORD, NothingDrawnError, first_changed, frame_times, reset, seen, wait_quiet
from tools.page import MAP_CANVAS, wait_ready
from tools.server import ROOT
from tools.visit import visiting

ALL, FEW, GROUND = "all points", "few points", "ground only"
VIEW = "extent=Western+Europe"
PATHS = {ALL: f"/map?kinds=all&{VIEW}", FEW: f"/map?country=FI&side=EU&unknown=no&{VIEW}", GROUND: "/"}
WINDOW = {"width": 1280, "height": 800}
OUTLINES = 10_000  # pieces; no other layer has as many
PAN_STEPS, ZOOM_STEPS = 5, 4
USA = '[data-testid="stSidebar"] [data-testid="stButtonGroup"] button'


def outlines(route: Route) -> None:
    """Answers for the static folder that the minimal app does not have."""
    route.fulfill(path=ROOT / "static" / route.request.url.rsplit("/", 1)[-1])


@contextmanager
def opened(browser: Browser, url: str, name: str):
    """The page `name`, its map drawn."""
    page = browser.new_context(viewport=WINDOW).new_page()
    page.add_init_script(RECORD)
    if name == GROUND:
        page.route("**/app/static/*", outlines)
    try:
        page.goto(url + PATHS[name], timeout=60_000)
        wait_ready(page, timeout=60_000)
        wait_quiet(page, f"first drawing of {name}", quiet=1500, least=OUTLINES)
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
    """Takes the map a little to the right and down."""
    page.mouse.down()
    for step in range(1, PAN_STEPS + 1):
        page.mouse.move(x + 12 * step, y + 5 * step)
    page.mouse.up()


def wheel(page: Page, x: float, y: float) -> None:
    """Zooms in and as far out again."""
    for step in range(ZOOM_STEPS):
        page.mouse.wheel(0, -120 if step < ZOOM_STEPS / 2 else 120)
        page.wait_for_timeout(60)


def choose_usa(page: Page) -> dict[str, float]:
    """Presses the filter: milliseconds to `drawn` and `answered`, and kilobytes handed to the graphics card."""
    known = seen(page)["marks"][-1]["instances"]
    reset(page)
    page.locator(USA, has_text="USA").click(timeout=30_000)
    changed = "known => frames_seen.marks.some(mark => mark.instances.join() !== known)"
    page.wait_for_function(changed, arg=",".join(map(str, known)), timeout=60_000)
    wait_quiet(page, "after the filter USA", least=OUTLINES)
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
    """Frame times per page and gesture, and the filter's times per page, over all rounds.

    On a slow machine fewer than `rounds`, at least one of each: after two thirds of `seconds` no
    new turn of gestures begins, after `seconds` no new turn of the filter.
    """
    start = time.monotonic()
    frames = {name: defaultdict(list) for name in PATHS}
    filters = {name: defaultdict(list) for name in (ALL, GROUND)}
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
    """Everything that is printed, ready for JSON."""
    times = {name: {key: frame_times(values) for key, values in taken.items()} for name, taken in frames.items()}
    return {
        "unit": "milliseconds a frame; milliseconds from press; kilobytes",
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "streamlit": streamlit.__version__,
        "frames": {name: {key: asdict(value) for key, value in taken.items()} for name, taken in times.items()},
        "ratio": {
            f"{key}, {ALL} to {other}": times[ALL][key].median / times[other][key].median
            for key in ("pan", "zoom")
            for other in (FEW, GROUND)
        },
        "filter": {name: {key: median(values) for key, values in taken.items()} for name, taken in filters.items()},
    }


def show(result: dict, limit: float, console: Console) -> None:
    """Prints the summary as two tables and a verdict."""
    table = Table(title="Milliseconds a frame, median and 95th percentile")
    for column in ("map", "pan", "p95", "zoom", "p95", "frames"):
        table.add_column(column, justify="left" if column == "map" else "right")
    for name, taken in result["frames"].items():
        figures = [f"{taken[key][part]:,.0f}" for key in ("pan", "zoom") for part in ("median", "p95")]
        table.add_row(name, *figures, str(sum(value["count"] for value in taken.values())))
    console.print(table)
    for words, ratio in result["ratio"].items():
        console.print(f"{words}: {ratio:.2f}")
    table = Table(title="Filter USA, milliseconds from the press")
    for column in ("page", "heading answered", "points drawn", "kB to the card", "of kB at first"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for name, taken in result["filter"].items():
        keys = ("answered", "drawn", "uploaded_kb", "first_uploaded_kb")
        table.add_row(name, *(f"{taken[key]:,.0f}" for key in keys))
    console.print(table)
    verdict = "within" if within(result, limit) else "ABOVE"
    console.print(f"A frame of all points is {verdict} {limit} times that of the bare ground.")


def within(result: dict, limit: float) -> bool:
    """Whether panning and zooming all points stay within `limit` times the bare ground."""
    return all(ratio <= limit for words, ratio in result["ratio"].items() if words.endswith(GROUND))


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each page.")] = 4,
    limit: Annotated[float, typer.Option(help="Highest ratio to the bare ground that passes.")] = 1.5,
    most_seconds: Annotated[int, typer.Option(help="No new turn after so many seconds.")] = 200,
    json_path: Annotated[Path, typer.Option("--json", help="Where the figures go.")] = ROOT
    / "bench/results/map_smoothness.json",
) -> None:
    """Measure how the map moves and filters, and print the ratios."""
    console = Console()
    with visiting("bench/minimal/ground.py") as (browser, ours, bare):
        urls = {ALL: ours, FEW: ours, GROUND: bare}
        try:
            result = summarise(*collect(urls, browser, rounds, most_seconds, console))
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

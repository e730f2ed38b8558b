"""Times that a visitor waits for four pages, beside the same figures and rows in Plotly Dash (bench/dash_app.py).

Both apps read the same database and run at the same time on this machine; their pages are measured alternately, so
that other load affects both. Prints medians and their ratios. bench/measure.py defines the times.

    python -m bench.dash_speed [--rounds 5] [--json bench/results/dash_speed.json]
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from playwright.sync_api import Browser, Page
from rich.console import Console
from rich.table import Table

from bench.dash_app import TITLES
from bench.measure import OBSERVE, App, choose, learn, load
from settings import ROOT
from tools.page import DESKTOP, MENU
from tools.server import clean_environment, free_port
from tools.visit import open_dashboard

MEASURES = {"load": "page load", "filter": "filter to chart"}
DASH_IDLE = "document.title !== 'Updating...' && !document.querySelector('[data-dash-is-loading]')"
OPTION = "Energy"
START_TIMEOUT_S = 60

Samples = dict[str, list[dict[str, float]]]


@contextmanager
def dash_server(database: Path) -> Iterator[str]:
    """The address of the Dash app on a free port, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "bench.dash_app", str(port)]
    environment = clean_environment(database.parent, CLUSTERS_DB=str(database))
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(url, timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait()


def learn_dash(app: App, browser: Browser) -> None:
    """Visit every page once, without measuring: warms the server, records headings and charts."""
    for path in app.pages:
        page = browser.new_context(viewport=DESKTOP).new_page()
        page.goto(app.url + path)
        page.locator("h1").wait_for()
        page.wait_for_function(f"() => {app.idle}")
        page.locator(f"{app.chart} svg.main-svg").first.wait_for()
        page.wait_for_timeout(3000)
        app.titles[path] = page.locator("h1").inner_text().strip()
        app.charts[path] = page.locator(f"{app.chart}:visible").count()
        app.maps[path] = 0
        page.context.close()


def choose_in_dash(app: App, path: str, page: Page) -> float:
    """Time from the click on a check box to the last change of a chart."""
    page.locator("#themes label", has_text=re.compile(rf"^{OPTION}$")).click()
    done = app.rendered(page, path, afterRun=True, charts=0)
    changed = done["chart"] > done["press"]
    return (done["chart"] if changed else done["end"]) - done["press"]


def measure(app: App, path: str, browser: Browser, *, is_dash: bool) -> dict[str, float]:
    """`load` without a cache and `filter`, in milliseconds."""
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.add_init_script(OBSERVE)
    try:
        loaded = load(app, path, page)
        return {"load": loaded, "filter": (choose_in_dash if is_dash else choose)(app, path, page)}
    finally:
        page.context.close()


def collect(ours: App, other: App, browser: Browser, rounds: int, console: Console) -> tuple[Samples, Samples]:
    """Measure every page in both apps, one after the other, `rounds` times."""
    samples: tuple[Samples, Samples] = ({path: [] for path in ours.pages}, {path: [] for path in ours.pages})
    for number in range(rounds):
        for path in ours.pages:
            console.print(f"round {number + 1} of {rounds}: {path}", style="dim")
            samples[0][path].append(measure(ours, path, browser, is_dash=False))
            samples[1][path].append(measure(other, path, browser, is_dash=True))
    return samples


def summarise(samples: tuple[Samples, Samples], rounds: int) -> dict[str, Any]:
    """Medians in milliseconds and their ratios, as values for JSON."""
    pages = {
        path: {
            key: {
                "ours": median(one[key] for one in samples[0][path]),
                "dash": median(one[key] for one in samples[1][path]),
            }
            for key in MEASURES
        }
        for path in samples[0]
    }
    ratios = {path: {key: both["ours"] / both["dash"] for key, both in of.items()} for path, of in pages.items()}
    return {
        "unit": "milliseconds, medians",
        "rounds": rounds,
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "versions": {name: version(name) for name in ("streamlit", "dash", "plotly")},
        "pages": pages,
        "ratios": ratios,
    }


def show(result: dict[str, Any], console: Console) -> None:
    """Print the summary as a table."""
    table = Table(title=f"Median of {result['rounds']} rounds, milliseconds, beside Plotly Dash")
    table.add_column("page")
    for label in MEASURES.values():
        for heading in (label, "Dash", "ratio"):
            table.add_column(heading, justify="right")
    for path, of in result["pages"].items():
        cells = []
        for key, both in of.items():
            cells += [f"{both['ours']:,.0f}", f"{both['dash']:,.0f}", f"{result['ratios'][path][key]:.2f}"]
        table.add_row(path, *cells)
    console.print(table)


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Times each page is measured.")] = 5,
    json_path: Annotated[Path, typer.Option("--json", help="File for the figures.")] = ROOT
    / "bench/results/dash_speed.json",
) -> None:
    """Measure four pages of the dashboard and of the Dash app, and print the ratios."""
    console = Console()
    with open_dashboard() as (browser, (url,)), dash_server(ROOT / "data/build/clusters.duckdb") as dash_url:
        ours = App(url, {path: MENU[path.strip("/")] for path in TITLES}, "", OPTION)
        other = App(dash_url, dict(TITLES), "", OPTION, idle=DASH_IDLE, chart=".dash-graph")
        learn(ours, browser)
        learn_dash(other, browser)
        for path in TITLES:
            console.print(f"{path}: {ours.charts[path]} charts here, {other.charts[path]} in Dash", style="dim")
        result = summarise(collect(ours, other, browser, rounds, console), rounds)
    show(result, console)
    json_path.parent.mkdir(parents=True, exist_ok=True)
    json_path.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    cli = typer.Typer(pretty_exceptions_enable=False)
    cli.command()(main)
    cli()

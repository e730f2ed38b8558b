"""Times that a visitor waits, compared with a minimal Streamlit app with three pages and a chart on each.

Both apps run at the same time on this machine; their pages are measured alternately, so that
other load on the machine affects both. Prints the medians of every page, and the ratio
of the medians over all pages without the map, and over those that draw a chart, as every page of
the minimal app does. bench/measure.py defines the times.

    python -m bench.page_speed [--rounds 5] [--limit 1.5] [--json bench/results/page_speed.json]

Ends with exit code 1 when a ratio is above the limit.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Collection
from pathlib import Path
from statistics import median
from typing import Annotated

import streamlit
import typer
from playwright.sync_api import Browser
from rich.console import Console
from rich.table import Table

from bench.measure import App, learn, measure
from settings import ROOT
from tools.page import MENU, PAGES, address
from tools.visit import open_dashboard

MEASURES = {"load": "page load", "filter": "filter to chart", "switch": "page switch"}
MAP = address("map")
# These show no chart.
WITHOUT_CHART = {address(name) for name in ("overview", "partners", "downloads", "sources")}
MINIMAL_MENU = {"/": "Trade", "/jobs": "Jobs", "/firms": "Firms"}

Samples = dict[str, list[dict[str, float]]]


def collect(ours: App, minimal: App, browser: Browser, rounds: int, console: Console) -> tuple[Samples, Samples]:
    """Measure every page of ours `rounds` times, and a page of the minimal app after each."""
    samples: tuple[Samples, Samples] = ({path: [] for path in ours.pages}, {path: [] for path in minimal.pages})
    turns = [path for _ in range(rounds) for path in ours.pages]
    for turn, path in enumerate(turns):
        console.print(f"{turn + 1} of {len(turns)}: {path}", style="dim")
        samples[0][path].append(measure(ours, path, browser))
        other = minimal.pages[turn % len(minimal.pages)]
        samples[1][other].append(measure(minimal, other, browser))
    return samples


def medians(samples: Samples) -> dict[str, dict[str, float]]:
    """Median in milliseconds per page and measure."""
    return {
        path: {key: median(r[key] for r in rounds if key in r) for key in set().union(*rounds)}
        for path, rounds in samples.items()
        if rounds
    }


def overall(samples: Samples, apart: Collection[str] = ()) -> dict[str, float]:
    """Median in milliseconds per measure over all rounds of all pages except ``apart``; empty without pages."""
    rounds = [round_ for path, many in samples.items() if path not in apart for round_ in many]
    return {key: median(round_[key] for round_ in rounds) for key in MEASURES} if rounds else {}


def summarise(ours: Samples, minimal: Samples, rounds: int) -> dict:
    """Everything that is printed, as values for JSON."""
    mine, theirs, charted = overall(ours, {MAP}), overall(minimal), overall(ours, {MAP} | WITHOUT_CHART)
    return {
        "unit": "milliseconds, medians",
        "rounds": rounds,
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "streamlit": streamlit.__version__,
        "pages": medians(ours),
        "minimal_pages": medians(minimal),
        "all_pages_without_map": mine,
        "minimal_all_pages": theirs,
        "ratio": {key: mine[key] / theirs[key] for key in MEASURES},
        "ratio_with_chart": {key: value / theirs[key] for key, value in charted.items()},
    }


def show(result: dict, limit: float, console: Console) -> None:
    """Print the summary as a table."""
    table = Table(title=f"Median of {result['rounds']} rounds, milliseconds")
    table.add_column("page")
    for label in MEASURES.values():
        table.add_column(label, justify="right")

    def add(name: str, values: dict[str, float], **style) -> None:
        table.add_row(name, *(f"{values[key]:,.0f}" for key in MEASURES), **style)

    for path, values in result["pages"].items():
        add(path + (" (apart)" if path == MAP else ""), values)
    table.add_section()
    for path, values in result["minimal_pages"].items():
        add(f"minimal {path}", values)
    table.add_section()
    add("all pages but the map", result["all_pages_without_map"], style="bold")
    add("minimal app", result["minimal_all_pages"], style="bold")
    ratios = result["ratio"]
    table.add_row("ratio", *(f"{ratios[key]:.2f}" for key in MEASURES), style="bold")
    if charted := result["ratio_with_chart"]:
        table.add_row("ratio of pages with a chart", *(f"{charted[key]:.2f}" for key in MEASURES))
    console.print(table)
    for path, values in result["pages"].items():
        if "map" in values:
            seconds = values["map"] / 1000
            console.print(f"Map of {path} painted {seconds:,.1f} s after the start of a cold load (software WebGL).")
    verdict = "within" if max(ratios.values()) <= limit else "ABOVE"
    console.print(f"Ratios are {verdict} the limit of {limit}.")


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Times each page is measured.")] = 5,
    limit: Annotated[float, typer.Option(help="Highest ratio that passes.")] = 1.5,
    pages: Annotated[str, typer.Option(help="Pages to measure, separated by commas.")] = ",".join(PAGES),
    json_path: Annotated[Path, typer.Option("--json", help="File for the figures.")] = ROOT
    / "bench/results/page_speed.json",
) -> None:
    """Measure the dashboard and a minimal Streamlit app, and print the ratios."""
    console = Console()
    with open_dashboard("bench/minimal/app.py") as (browser, (url, small)):
        menu = {address(name): MENU[name] for name in pages.split(",")}
        ours = App(url, menu, "", "Energy")
        minimal = App(small, MINIMAL_MENU, "Region", "North")
        for app in (ours, minimal):
            learn(app, browser)
        result = summarise(*collect(ours, minimal, browser, rounds, console), rounds)
    show(result, limit, console)
    json_path.parent.mkdir(parents=True, exist_ok=True)
    json_path.write_text(json.dumps(result, indent=2) + "\n")
    sys.exit(max(result["ratio"].values()) > limit)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()

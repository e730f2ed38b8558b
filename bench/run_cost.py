"""What one run of each page costs the server: processor time, bytes sent, and how long a reader waits for it.

One reader opens each page several times without a filter and with each of some filters, after the caches are full. All
runs of a page are counted together, because the system counts processor time in steps of 10 milliseconds.

    python -m bench.run_cost [--rounds 6]
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from statistics import mean, median
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bench.load import QUERIES
from domain.pages import PAGES, START_PAGE
from settings import ROOT
from tools.processes import processor_s
from tools.reader import reader
from tools.server import Server, serve

HEADINGS = ("page", "processor, ms a run", "kB a run", "median, ms")


async def measure(server: Server, rounds: int) -> list[tuple[str, float, float, float]]:
    """For each page its title, and as in HEADINGS: means of processor time and size, and the median of the time."""
    rows = []
    async with reader(server.url) as one:
        for page in PAGES:
            name = "" if page.name == START_PAGE else page.name
            for _ in range(2):
                for query in QUERIES:
                    await one.open(name, query)
            begun_s = processor_s(server.pid)
            runs = [await one.open(name, query) for _ in range(rounds) for query in QUERIES]
            used_s = processor_s(server.pid) - begun_s
            size = mean(run.size for run in runs) / 1000
            rows.append((page.title, 1000 * used_s / len(runs), size, 1000 * median(run.seconds for run in runs)))
    return rows


def main(rounds: Annotated[int, typer.Option(min=1, help="Runs of each page with each filter.")] = 6) -> None:
    """Measure every page and print a table."""
    with tempfile.TemporaryDirectory() as home, serve(ROOT / "asgi.py", Path(home)) as server:
        rows = asyncio.run(measure(server, rounds))
    table = Table(title=f"One run of a page, {rounds} rounds with {len(QUERIES)} filters")
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for title, *numbers in rows:
        table.add_row(title, *(f"{number:.0f}" for number in numbers))
    Console().print(table)


if __name__ == "__main__":
    cli = typer.Typer(pretty_exceptions_enable=False)
    cli.command()(main)
    cli()

"""Many readers at once over real websockets: errors, times of a rerun, memory, and what files cost other readers.

    python -m bench.load [--readers 50 --readers 200] [--seconds 60] [--think 10] [--processes 2] [--write]

Readers walk all pages with filters (tools/reader.py); one in ten has a file made. A rerun lasts from the question to
the end of the script, as the reader's side sees it. Readers and server share the machine. `--write` keeps the figures
in docs/reliability.md. Ends with exit code 1 when a page showed an error.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated

import typer
from rich.console import Console

from bench.reliability_page import machine, table, write_section
from domain.pages import PAGES, START_PAGE
from exports.work.queue import LEFT_SECONDS
from settings import ROOT
from tools.processes import memory_mb, processor_s
from tools.reader import Reader, ReaderError, Run, first_cookie, reader
from tools.server import Server, serve, serve_many

QUERIES = ("", "sector=energy", "side=US", "country=DE", "from=2015&to=2017")
HEAVY = ("pptx", "html", "xlsx")  # files of the page Downloads
FILE_EVERY = 10  # one reader in so many has files made
CONNECT_AT_ONCE = 10
DELAY_ROUNDS, EXPORTERS = 2, 10
SEED = 20261127
# What a page may say to a reader who asks for a file at a bad moment.
BUSY_WORDS = ("try again",)
HEADINGS = (
    "readers",
    "pause, s",
    "runs",
    "errors",
    "busy",
    "median, s",
    "p95, s",
    "processor, ms a run",
    "MB a reader",
    "MB kept after",
)


@dataclass
class Tally:
    """What a round found.

    ``seconds`` of every rerun; ``files`` made, ``busy`` answers, ``errors`` in words; processor time of the server when
    the round had ``begun_s`` and what it ``used_s`` in it.
    """

    seconds: list[float] = field(default_factory=list)
    files: int = 0
    busy: int = 0
    errors: list[str] = field(default_factory=list)
    begun_s: float = 0.0
    used_s: float = 0.0

    def add(self, run: Run) -> None:
        """Count a run."""
        self.seconds.append(run.seconds)
        self.errors += run.faults

    @property
    def p95(self) -> float:
        """Seconds that 95 % of the runs did not exceed."""
        return quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else 0.0


def walk(number: int) -> Iterator[tuple[str, str]]:
    """Pages with parameters for one reader, without an end: all pages, in another order and with other filters each."""
    order = random.Random(SEED + number)
    names = ["" if page.name == START_PAGE else page.name for page in PAGES]
    for query in itertools.cycle(order.sample(QUERIES, len(QUERIES))):
        for name in order.sample(names, len(names)):
            yield name, query


async def _visit(one: Reader, number: int, until: float, pause_s: float, tally: Tally) -> None:
    waits = random.Random(SEED - number)
    await asyncio.sleep(waits.uniform(0, pause_s))
    for turn, (page, query) in enumerate(walk(number)):
        if time.monotonic() > until:
            return
        tally.add(await one.open(page, query))
        if number % FILE_EVERY == 0 and turn % len(PAGES) == 3:
            await _make(one, HEAVY[turn % len(HEAVY)], tally)
        await asyncio.sleep(waits.uniform(0.5, 1.5) * pause_s)


async def _make(one: Reader, name: str, tally: Tally) -> None:
    try:
        await one.make_file(name)
        tally.files += 1
    except ReaderError as error:
        if any(word in str(error) for word in BUSY_WORDS):
            tally.busy += 1
        else:
            tally.errors.append(str(error))


async def _guarded(work: Callable[[], Awaitable[None]], tally: Tally) -> None:
    try:
        await work()
    except Exception as error:  # noqa: BLE001  # whatever a reader meets is an error of the round
        tally.errors.append(f"{type(error).__name__}: {error}")


@asynccontextmanager
async def _visitor(server: Server) -> AsyncIterator[Reader]:
    """A reader who comes as a browser does: the page first, which tells to which of several processes it belongs."""
    async with reader(server.url, await asyncio.to_thread(first_cookie, server.url)) as one:
        yield one


async def crowd(server: Server, readers: int, seconds: float, pause_s: float) -> tuple[Tally, float]:
    """A round with so many readers; the second value is the server's memory with all of them connected, in MB."""
    tally, door = Tally(), asyncio.Semaphore(CONNECT_AT_ONCE)
    everyone, peak = asyncio.Barrier(readers), 0.0

    async def come(number: int) -> None:
        nonlocal peak
        async with AsyncExitStack() as stack:
            try:
                async with door:
                    one = await stack.enter_async_context(_visitor(server))
                    await one.open()
            finally:  # also where that failed, or the others would wait for ever
                await everyone.wait()
            if number == 0:
                tally.begun_s = sum(map(processor_s, server.pids))
            await _visit(one, number, time.monotonic() + seconds, pause_s, tally)
            peak = max(peak, sum(map(memory_mb, server.pids)))

    await asyncio.gather(*(_guarded(lambda number=number: come(number), tally) for number in range(readers)))
    tally.used_s = sum(map(processor_s, server.pids)) - tally.begun_s
    return tally, peak


async def warm(server: Server) -> None:
    """Let every process draw every page with all filters once, so that caches are full before anything is measured."""
    cookies = {await asyncio.to_thread(first_cookie, server.url) for _ in range(10 * len(server.pids))}
    for cookie in sorted(cookies):
        async with reader(server.url, cookie) as one:
            for page, query in itertools.islice(walk(0), len(PAGES) * len(QUERIES)):
                await one.open(page, query)


async def delay(server: Server, rounds: int = DELAY_ROUNDS) -> tuple[Tally, Tally]:
    """The reruns of one reader alone, and while EXPORTERS others have slides, reports and workbooks made.

    The same pages in turns, so that other load on the machine affects both. At the end of each turn the others leave.
    """
    alone, beside = Tally(), Tally()
    for _ in range(rounds):
        await _walk_once(server, alone)
        makers = [asyncio.create_task(_export(server, number, beside)) for number in range(EXPORTERS)]
        await _walk_once(server, beside)
        for maker in makers:
            maker.cancel()
        await asyncio.gather(*makers, return_exceptions=True)
        await asyncio.sleep(LEFT_SECONDS + 2)
    return alone, beside


async def _walk_once(server: Server, tally: Tally) -> None:
    async with _visitor(server) as one:
        await one.open()
        for page, query in itertools.islice(walk(0), len(PAGES) * 3):
            tally.add(await one.open(page, query))


async def _export(server: Server, number: int, tally: Tally) -> None:
    async def one_file() -> None:
        async with _visitor(server) as other:
            await _make(other, HEAVY[number % len(HEAVY)], tally)

    while True:
        await _guarded(one_file, tally)


def _row(readers: int, pause_s: float, tally: Tally, before_mb: float, peak_mb: float, after_mb: float) -> list[str]:
    each = max(0.0, peak_mb - before_mb) / readers
    return [
        str(readers),
        f"{pause_s:g}",
        f"{len(tally.seconds):,}",
        str(len(tally.errors)),
        str(tally.busy),
        f"{median(tally.seconds):.2f}",
        f"{tally.p95:.2f}",
        f"{1000 * tally.used_s / len(tally.seconds):.0f}",
        f"{each:.2f}",
        f"{after_mb - before_mb:.0f}",
    ]


async def measure(server: Server, readers: list[int], seconds: float, think_s: float) -> tuple[list[str], list[str]]:
    """The lines of the page, and the errors."""
    lines, errors, rows = [], [], []
    await warm(server)
    alone, beside = await delay(server)
    errors += alone.errors + beside.errors
    lines.append(
        f"One reader who clicks without a pause, alone and while {EXPORTERS} others have slides, reports and workbooks "
        f"made, two at a time ({beside.files} were done meanwhile): median of a rerun {median(alone.seconds):.3f} s "
        f"and {median(beside.seconds):.3f} s ({median(beside.seconds) / median(alone.seconds):.1f} times), p95 "
        f"{alone.p95:.2f} s and {beside.p95:.2f} s ({beside.p95 / alone.p95:.1f} times).\n"
    )
    for count, pause_s in [*((one, 1.0) for one in readers), (max(readers), think_s)]:
        before = sum(map(memory_mb, server.pids))
        tally, peak = await crowd(server, count, seconds, pause_s)
        await asyncio.sleep(5)
        rows.append(_row(count, pause_s, tally, before, peak, sum(map(memory_mb, server.pids))))
        errors += tally.errors
    return [*lines, *table(HEADINGS, rows)], errors


def _served(home: Path, processes: int) -> AbstractContextManager[Server]:
    return serve(ROOT / "asgi.py", home) if processes == 1 else serve_many(home, processes)


def main(
    readers: Annotated[list[int], typer.Option(min=1, help="Readers at once; may be repeated.")] = [50, 200],  # noqa: B006  # typer copies it
    seconds: Annotated[float, typer.Option(min=5, help="Length of each round.")] = 60,
    think: Annotated[float, typer.Option(min=0, help="Seconds between clicks in the last round.")] = 10,
    processes: Annotated[int, typer.Option(min=1, help="Processes behind nginx; one is served without it.")] = 1,
    write: Annotated[bool, typer.Option("--write", help="Keep the figures in docs/reliability.md.")] = False,
) -> None:
    """Measure a crowd of readers."""
    console, told = Console(width=200), machine()
    with tempfile.TemporaryDirectory() as home, _served(Path(home), processes) as server:
        lines, errors = asyncio.run(measure(server, readers, seconds, think))
    console.print("\n".join(lines), markup=False)
    for error in dict.fromkeys(errors):
        console.print(f"{errors.count(error)} × {error}", markup=False)
    if write:
        counts = " ".join(f"--readers {one}" for one in readers)
        several = f" --processes {processes}" if processes > 1 else ""
        command = f"python -m bench.load {counts} --seconds {seconds:g} --think {think:g}{several}"
        write_section("load-cluster" if several else "load", lines, command, told)
    sys.exit(int(bool(errors)))


if __name__ == "__main__":
    cli = typer.Typer(pretty_exceptions_enable=False)
    cli.command()(main)
    cli()

"""Hundreds of killed builds and damaged inputs, and a database that changes under readers. Left to `make soak`.

KILLS and MUTATIONS change the numbers. With RELIABILITY=1 the counts are written to docs/reliability.md.
"""

import asyncio
import os
import random
import shutil
import time
from collections.abc import Callable

import pytest

from bench.reliability_page import machine, write_section
from settings import ROOT
from tests import faulty_builds
from tools.processes import children
from tools.reader import Reader, reader
from tools.server import Server, serve

pytestmark = pytest.mark.soak
KILLS = int(os.environ.get("KILLS", "200"))
MUTATIONS = int(os.environ.get("MUTATIONS", "1000"))
CHANGES = 30  # of a database under readers
LIMITS_BYTES = [1_000 * 4**step for step in range(9)]
SECONDS = 60  # a limit, not an expectation
NOT_READY = "The data are not ready"
PAGE, TITLE = "policies", "Policies and the 2015 workshop"


@pytest.fixture(scope="module")
def told():
    """Collects sentences for docs/reliability.md."""
    lines: list[str] = []
    yield lines.append
    if os.environ.get("RELIABILITY") and lines:
        command = f"KILLS={KILLS} MUTATIONS={MUTATIONS} make soak"
        write_section("faults", [f"- {line}" for line in lines], command, machine())


def test_killed_builds(tmp_path, told):
    begun = time.monotonic()
    finished = faulty_builds.kill_many(faulty_builds.Workshop(tmp_path), KILLS)
    told(
        f"{KILLS} builds killed at random moments ({finished} had just been published), in "
        f"{time.monotonic() - begun:,.0f} s: the published database always opened and was the old or the new build; "
        f"at most {faulty_builds.MAX_LEFT} files were left over at any time, none after the next build."
    )


def test_two_builds_at_once_and_a_full_disk(tmp_path, told):
    workshop = faulty_builds.Workshop(tmp_path)
    for _ in range(10):
        faulty_builds.build_twice_at_once(workshop)
    refused = faulty_builds.build_without_room(workshop, LIMITS_BYTES)
    assert 0 < refused < len(LIMITS_BYTES)
    told(
        f"10 times two builds at once: one or both published, nothing left over. {len(LIMITS_BYTES)} builds with room "
        f"for 1 kB to {LIMITS_BYTES[-1] / 1e6:.1f} MB: {refused} refused in a sentence, the others right."
    )


@pytest.mark.parametrize("kind", ["data", "imports"])
def test_damaged_inputs(tmp_path, told, kind):
    damage: Callable[..., dict[str, int]] = getattr(faulty_builds, f"damage_{kind}")
    counts = damage(tmp_path / kind, MUTATIONS)
    assert counts["accepted"] > 0
    told(
        f"{MUTATIONS:,} damaged files of {kind}: {counts['refused']:,} refused in words, {counts['accepted']:,} "
        "accepted with every row read; no traceback, nothing half-written."
    )


def test_a_database_that_changes_under_readers(shipped_database, tmp_path, told):
    """Replaced, cut off, deleted and put back while a reader walks: the page or one sentence, and no restart."""
    mine = tmp_path / "mine.duckdb"
    shutil.copyfile(shipped_database, mine)
    with serve(ROOT / "asgi.py", tmp_path, mine) as server:
        seen = asyncio.run(_under_changes(server, shipped_database, mine))
        log = server.log.read_text()
    assert "Traceback" not in log and str(tmp_path) not in " ".join(seen)
    told(f"A database replaced, cut off or overwritten {CHANGES} times under a running app: the page, or one sentence.")


async def _under_changes(server: Server, good, mine) -> list[str]:
    order, seen = random.Random(faulty_builds.SEED), []
    async with reader(server.url) as one:
        for _ in range(CHANGES):
            damage = order.choice(["cut off", "another file", "replaced"])
            if damage == "cut off":
                os.truncate(mine, order.randrange(1, mine.stat().st_size))
            elif damage == "another file":
                mine.write_bytes(b"not a database" * 1000)
            else:
                copy = mine.with_suffix(".new")
                shutil.copyfile(good, copy)
                os.replace(copy, mine)
            run = await one.open(PAGE)
            assert run.titles[:1] in ([TITLE], [NOT_READY]), run
            seen += run.faults
            shutil.copyfile(good, mine)
            run = await one.open(PAGE)
            assert run.titles[:1] == [TITLE] and run.faults == []
    return seen


def test_a_reader_who_leaves_takes_the_files_along(shipped_database, tmp_path):
    """Nothing goes on being made for a window that is closed."""

    async def start(one: Reader) -> None:
        run = await one.open("downloads")
        for name in ("pptx", "html", "xlsx", "dataset"):
            await one.press(run.buttons[f"make_{name}"])

    async def leave(server: Server) -> None:
        async with reader(server.url) as one:
            await start(one)
            assert children(server.pid)
        async with reader(server.url) as other:
            begun = time.monotonic()
            assert await other.make_file("ics")
            while children(server.pid) and time.monotonic() < begun + SECONDS:
                await asyncio.sleep(0.1)
            assert not children(server.pid)

    with serve(ROOT / "asgi.py", tmp_path, shipped_database) as server:
        asyncio.run(leave(server))

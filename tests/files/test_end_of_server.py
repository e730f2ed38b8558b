"""The server is asked to stop while files and queries are made: it ends soon, and so does all that it started."""

import asyncio
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from settings import ROOT
from tools.processes import children, runs
from tools.reader import reader
from tools.server import Server, serve

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux shows processes as files"),
]
SECONDS = 30  # a limit, not an expectation


async def _until(is_so, seconds: float = SECONDS) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        await asyncio.sleep(0.05)
    return is_so()


async def _stop_at_work(server: Server) -> None:
    async with reader(server.url) as one, reader(server.url) as other:
        await other.open("sql")  # a process waits for a query
        run = await one.open("downloads")
        for name in ("pptx", "xlsx"):  # one is made, the other waits
            await one.press(run.buttons[f"make_{name}"])
        assert await _until(lambda: len(children(server.pid)) == 2)
        started = children(server.pid)
        os.kill(server.pid, signal.SIGTERM)
        assert await _until(lambda: not runs(server.pid))
        assert await _until(lambda: not any(map(runs, started)))
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                await asyncio.wait_for(other.next_message(), SECONDS)
        assert closed.value.rcvd.code == 1012  # the service restarts: browsers connect again by themselves


def test_the_server_stops_and_leaves_nothing_behind(shipped_database, tmp_path):
    with serve(ROOT / "asgi.py", tmp_path, shipped_database) as server:
        # In a thread of its own: Playwright leaves a running loop in that of a worker that has run browser tests.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(lambda: asyncio.run(_stop_at_work(server))).result()
        assert "Traceback" not in server.log.read_text()

"""A process is killed, and all are replaced, while readers walk: nobody else is disturbed, no page is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from bench.load import walk
from exports.images.browser import find
from tests.cluster.conftest import Service, until
from tools.browser import WHAT_TO_INSTALL
from tools.page import launch, wait_charts, wait_ready
from tools.reader import first_cookie, reader

READERS = 4  # for each process
MAIN = "[data-testid='stMain']"


@dataclass
class Walker:
    """What a reader met: runs that were answered, connections that ended and how long the next page took, faults."""

    cookie: str
    runs: int = 0
    closed: list[int] = field(default_factory=list)
    back_seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


async def _walk(service: Service, one: Walker, number: int, is_over: Callable[[], bool]) -> None:
    """Walk the pages; when the connection ends, connect again as a browser does and ask for the same page."""
    pages, again, lost_at = walk(number), None, 0.0
    while not is_over():
        try:
            async with reader(service.url, one.cookie) as open_one:
                one.cookie = open_one.cookie
                while not is_over():
                    again = again or next(pages)
                    run = await open_one.open(*again)
                    one.runs, again = one.runs + 1, None
                    one.faults += run.faults
                    if not run.titles and open_one.page != "present":  # whose steps are drawn in another way
                        one.faults.append(f"no title on {open_one.page}")
                    if lost_at:
                        one.back_seconds.append(time.monotonic() - lost_at)
                        lost_at = 0.0
                    await asyncio.sleep(0.5)
        except (ConnectionClosed, InvalidHandshake, OSError) as error:
            lost_at = lost_at or time.monotonic()
            one.closed.append(error.rcvd.code if isinstance(error, ConnectionClosed) and error.rcvd else 0)
            await asyncio.sleep(0.2)


@contextmanager
def walking(service: Service) -> Iterator[dict[str, list[Walker]]]:
    """Readers of both processes, by the name of their process, until the block ends."""
    groups = {name: [Walker(f"clusters_process={name}") for _ in range(READERS)] for name in service.ports()}
    everyone = [one for group in groups.values() for one in group]
    over = threading.Event()

    async def walk_all() -> None:
        await asyncio.gather(*(_walk(service, one, number, over.is_set) for number, one in enumerate(everyone)))

    walkers = threading.Thread(target=lambda: asyncio.run(walk_all()))
    walkers.start()
    try:
        until(lambda: all(one.runs > 1 for one in everyone), "readers did not get their first pages")
        yield groups
    finally:
        over.set()
        walkers.join()


def _status(service: Service, path: str, cookie: str) -> int:
    request = urllib.request.Request(f"{service.url}{path}", headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_killed_process_disturbs_no_reader_of_the_others(service: Service, told):
    kept, lost = service.ports()
    killed = service.pid_of(lost)
    with walking(service) as groups:
        os.kill(killed, signal.SIGKILL)
        # While it is away its readers are served by the other, by the same address and cookie.
        assert _status(service, "/healthz", f"clusters_process={lost}") == 200
        until(lambda: all(one.back_seconds for one in groups[lost]), "readers of the killed process did not come back")
        until(lambda: service.pid_of(lost) not in (0, killed), "the process was not started again")
        runs = sum(one.runs for one in groups[kept])
        until(lambda: sum(one.runs for one in groups[kept]) > runs + READERS, "the others stand still")
    assert [one.closed for one in groups[kept]] == [[]] * READERS
    assert [one.faults for group in groups.values() for one in group] == [[]] * 2 * READERS
    # Those who come while the process is away stay with the other.
    assert {one.cookie for one in groups[lost]} <= {f"clusters_process={name}" for name in (kept, lost)}
    back = max(one.back_seconds[0] for one in groups[lost])
    told(
        f"One of two processes killed while {2 * READERS} readers click: none of the {READERS} readers of the other "
        f"lost a connection or met an error in {sum(one.runs for one in groups[kept])} reruns; the readers of the "
        f"killed one had their page again after {back:.1f} s at most, and it was started again."
    )


@pytest.fixture
def open_page(service: Service):
    """A browser on the page of cooperations, with a filter."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = find(os.environ)
    if path is None:
        pytest.fail(WHAT_TO_INSTALL, pytrace=False)
    with sync_api.sync_playwright() as playwright:
        browser = launch(playwright, path)
        page = browser.new_page(reduced_motion="reduce")
        page.goto(f"{service.url}/cooperations?sector=energy")
        wait_ready(page)
        yield page
        browser.close()


def test_a_rolling_release_loses_nobodys_page(service: Service, open_page, told):
    """A version that does not start replaces nothing; one that does replaces all, and the pages stay."""
    old = service.ports()
    with walking(service) as groups:
        _point_to(service, _broken_version(service))
        os.kill(service.pid, signal.SIGHUP)
        until(lambda: service.says("nothing more is replaced"), "the broken version was not noticed")
        assert service.ports() == old
        # Read now, when the last chart of the page has long been drawn.
        shown, address = open_page.locator(MAIN).inner_text(), open_page.url

        _point_to(service, os.path.realpath(os.getcwd()))
        os.kill(service.pid, signal.SIGHUP)
        states: list[int] = []
        begun = time.monotonic()
        until(
            lambda: (
                states.append(_status(service, "/healthz", f"clusters_process={min(old)}"))
                or service.says("all processes are replaced")
            ),
            "the processes were not replaced",
        )
        took = time.monotonic() - begun
        until(lambda: all(one.back_seconds for group in groups.values() for one in group), "readers did not come back")
    assert set(states) == {200}
    everyone = [one for group in groups.values() for one in group]
    assert [one.faults for one in everyone] == [[]] * len(everyone)
    # Once each: the process that a reader is moved to is a new one. 1012 says that the service starts again.
    assert [one.closed for one in everyone] == [[1012]] * len(everyone)
    successors = {name: name.replace("g1", "g3") for name in old}  # the broken version was the second
    assert service.ports().keys() == set(successors.values())
    assert {one.cookie for one in everyone} == {f"clusters_process={name}" for name in successors.values()}
    wait_ready(open_page)
    wait_charts(open_page)
    # A chart may be drawn later than its page.
    until(lambda: open_page.locator(MAIN).inner_text() == shown, "the browser does not show the same page")
    assert open_page.url == address
    back = max(one.back_seconds[0] for one in everyone)
    told(
        f"Both processes replaced in {took:.0f} s while {len(everyone)} readers click and a browser shows a page: no "
        f"error, each connection closed once, the same page again after {back:.1f} s at most, all of {len(states)} "
        "requests for /healthz answered. A version that does not start replaced nothing."
    )


def _broken_version(service: Service) -> str:
    folder = service.folder.parent / "broken"
    folder.mkdir()
    (folder / "asgi.py").write_text("raise SystemExit('this version does not start')\n")
    return str(folder)


def _point_to(service: Service, folder: str) -> None:
    new = service.code.with_name("new")
    new.symlink_to(folder)
    os.replace(new, service.code)


def test_readers_are_spread_and_stay(service: Service):
    """Those who open a page are spread over the processes; the cookie keeps each at its own."""
    given = [first_cookie(service.url) for _ in range(40)]
    assert {name for name in service.ports() if 5 <= given.count(f"clusters_process={name}") <= 35} == set(
        service.ports()
    )
    for name in service.ports():
        asked = urllib.request.Request(service.url, headers={"Cookie": f"clusters_process={name}"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert "clusters_process" not in str(answer.headers.get_all("Set-Cookie"))


def test_texts_and_scripts_come_compressed(service: Service):
    """The data API still says when nothing has changed: nginx marks the tag of a compressed answer as weak."""
    for path in ("/", "/api/v1/organisations?limit=500"):
        asked = urllib.request.Request(service.url + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert answer.headers["Content-Encoding"] == "gzip", path
            tag = answer.headers["ETag"]
    again = urllib.request.Request(service.url + path, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    with pytest.raises(urllib.error.HTTPError, match="304"):
        urllib.request.urlopen(again, timeout=60)

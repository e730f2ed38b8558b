"""Files of many readers: turns, limits, progress, cancelling, readers who leave, and the end of the server."""

import logging
import threading
from datetime import date
from pathlib import Path

import pytest

from domain.filters import Filters
from exports.work import queue as queue_module
from exports.work.process import FileError
from exports.work.queue import BUSY, MAX_WAITING, OWN_WAITING, PER_READER, FileQueue
from exports.work.request import FileRequest, from_json
from ui.turns import PER_READER as PER_BUTTONS
from ui.turns import BusyError, Turns

SECONDS = 10  # a limit, not an expectation
REQUEST = FileRequest("ics", Filters(), date(2026, 11, 27), Path("clusters.duckdb"))


class Maker:
    """Makes files that wait for ``go``; ``at_once`` is the largest number that were made together."""

    def __init__(self) -> None:
        self.go, self.begun = threading.Event(), threading.Semaphore(0)
        self.running = self.at_once = 0
        self._lock = threading.Lock()

    def __call__(self, _request, progress) -> bytes:
        with self._lock:
            self.running += 1
            self.at_once = max(self.at_once, self.running)
        try:
            progress(0.5, "Half of it")
            self.begun.release()
            while not self.go.wait(0.01):
                progress(0.5, "Half of it")
            return b"file"
        finally:
            with self._lock:
                self.running -= 1


@pytest.fixture
def maker():
    one = Maker()
    yield one
    one.go.set()


def test_a_request_travels_whole():
    filters = Filters(sectors=("energy",), countries=("DE", "PL"), year_from=2015, show_possible=False)
    request = FileRequest("xlsx", filters, date(2026, 11, 27), Path("a b.duckdb"))
    assert from_json(request.to_json()) == request


def test_progress_result_and_failure(maker, caplog):
    work = FileQueue(maker).submit(REQUEST, "a")
    assert maker.begun.acquire(timeout=SECONDS) and work.is_running
    assert (work.fraction, work.step) == (0.5, "Half of it")
    maker.go.set()
    assert work.wait(SECONDS) and work.result == b"file" and work.problem == ""

    def fail(_request, _progress):
        raise OSError("no space")

    def refuse(_request, _progress):
        raise FileError("A sentence.")

    with caplog.at_level(logging.ERROR):
        failed, refused = FileQueue(fail).submit(REQUEST, "a"), FileQueue(refuse).submit(REQUEST, "a")
        assert failed.wait(SECONDS) and refused.wait(SECONDS)
    assert failed.result is None and "could not be made" in failed.problem and "no space" in caplog.text
    assert refused.result is None and refused.problem == "A sentence."


def test_few_at_once_one_for_each_reader_in_turn(maker):
    """Five files of one reader do not keep another one waiting."""
    files = FileQueue(maker, at_once=2)
    many = [files.submit(REQUEST, "a") for _ in range(PER_READER)]
    other = files.submit(REQUEST, "b")
    assert maker.begun.acquire(timeout=SECONDS) and maker.begun.acquire(timeout=SECONDS)
    assert other.step == "Half of it" and [one.step for one in many].count("Half of it") == 1
    assert many[1].step == "Waiting: 2 files being made"
    assert many[3].step == "Waiting: 2 files being made, 2 others waiting before this one"
    refused = files.submit(REQUEST, "a")
    assert not refused.is_running and refused.problem == OWN_WAITING
    maker.go.set()
    assert all(one.wait(SECONDS) for one in (*many, other))
    assert {one.result for one in (*many, other)} == {b"file"} and maker.at_once == 2


def test_too_many_are_refused_until_there_is_room(maker):
    files = FileQueue(maker, at_once=1)
    first = files.submit(REQUEST, "first")
    waiting = [files.submit(REQUEST, number) for number in range(MAX_WAITING)]
    assert files.submit(REQUEST, "last").problem == BUSY
    waiting[3].cancel()
    again = files.submit(REQUEST, "last")
    assert again.is_running and not waiting[3].is_running and "Cancelled" in waiting[3].problem
    maker.go.set()
    assert again.wait(SECONDS) and first.result == again.result == b"file" and maker.at_once == 1


def test_cancelled_work_keeps_nothing(maker):
    work = FileQueue(maker).submit(REQUEST, "a")
    assert maker.begun.acquire(timeout=SECONDS)
    work.cancel()
    assert work.wait(SECONDS) and work.result is None and "Cancelled" in work.problem


def test_a_reader_who_leaves_makes_room(maker, monkeypatch):
    """A short break of the connection is forgiven; after it the file ends, whether it waits or is being made."""
    files = FileQueue(maker, at_once=1)
    there = {"a", "b", "c"}
    made, waiting, last = (files.submit(REQUEST, one, lambda one=one: one in there) for one in "abc")
    assert maker.begun.acquire(timeout=SECONDS)
    there -= {"a", "b"}
    assert not made.wait(0.1) and waiting.is_running
    monkeypatch.setattr(queue_module, "LEFT_SECONDS", 0)
    assert made.wait(SECONDS) and waiting.wait(SECONDS) and made.result is waiting.result is None
    maker.go.set()
    assert last.wait(SECONDS) and last.result == b"file"


def test_what_is_made_is_kept_up_to_a_bound(maker, monkeypatch):
    """The oldest file goes, and says so."""
    monkeypatch.setattr(queue_module, "MAX_KEPT_BYTES", 10)
    maker.go.set()
    files, works = FileQueue(maker, at_once=1), []
    for reader in range(3):
        works.append(files.submit(REQUEST, reader))
        assert works[-1].wait(SECONDS)
    files.close()
    assert [one.result for one in works] == [None, b"file", b"file"] and "no longer kept" in works[0].problem


def test_the_end_of_the_server_ends_all(maker):
    files = FileQueue(maker, at_once=1)
    works = [files.submit(REQUEST, reader) for reader in range(3)]
    assert maker.begun.acquire(timeout=SECONDS)
    files.close()
    assert not any(one.is_running for one in works) and maker.running == 0
    assert all("being restarted" in one.problem for one in (*works, files.submit(REQUEST, "late")))


# ---------------------------------------------------------------- files that a button waits for


def test_files_of_buttons_take_turns():
    """Two at once; a fourth of one reader, one that waits too long and one whose reader has left are refused."""
    turns, go, begun = Turns(at_once=1, wait_seconds=0.3), threading.Event(), threading.Event()
    first = threading.Thread(
        target=turns.run, args=(lambda: begun.set() or go.wait(SECONDS), "a", lambda: True), daemon=True
    )
    first.start()
    assert begun.wait(SECONDS)
    with pytest.raises(BusyError, match="Please try again in a minute: other files are being made"):
        turns.run(lambda: b"file", "b", lambda: True)
    go.set()
    first.join(SECONDS)
    assert turns.run(lambda: b"file", "b", lambda: True) == b"file"
    with pytest.raises(BusyError, match="the reader has left"):
        turns.run(lambda: b"file", "b", lambda: False)
    with pytest.raises(ZeroDivisionError):
        turns.run(lambda: 1 / 0, "b", lambda: True)
    assert turns.run(lambda: b"file", "b", lambda: True) == b"file" and not turns._asked
    turns.close()
    with pytest.raises(BusyError, match="the dashboard is being restarted"):
        turns.run(lambda: b"file", "b", lambda: True)


def test_one_reader_asks_for_few_files_at_a_time():
    turns = Turns(at_once=9)

    def nested(depth: int) -> int:
        return turns.run(lambda: nested(depth - 1) if depth else 0, "a", lambda: True)

    assert nested(PER_BUTTONS - 1) == 0
    with pytest.raises(BusyError, match="this reader has asked for several files already"):
        nested(PER_BUTTONS)
    assert turns.run(lambda: nested(PER_BUTTONS - 1), "b", lambda: True) == 0

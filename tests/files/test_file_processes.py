"""A file made in a process of its own: the same as without, ended from outside, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from domain.filters import Filters
from domain.progress import CancelledError, no_progress
from exports.content import gather
from exports.formats import FORMATS
from exports.work import process as process_module
from exports.work.process import NOT_MADE, FileError, make_file
from exports.work.request import FileRequest
from settings import ROOT
from tools.processes import runs

pytestmark = pytest.mark.slow
SECONDS = 60  # a limit, not an expectation


@pytest.fixture
def started(monkeypatch) -> list[subprocess.Popen]:
    """The processes that were started; each has ended after the test."""
    processes, start = [], process_module._start
    monkeypatch.setattr(process_module, "_start", lambda: processes.append(start()) or processes[-1])
    yield processes
    assert processes and all(one.poll() is not None for one in processes)


def request(database: Path, kind: str = "ics") -> FileRequest:
    return FileRequest(kind, Filters(year_from=2015), date(2026, 11, 27), database)


def test_a_file_is_the_one_that_is_made_without_a_process(published, shipped_database, started):
    """Filters and day arrive whole; progress is told meanwhile. The calendar itself is tested elsewhere."""
    steps, asked = [], request(shipped_database)
    made = make_file(asked, lambda *step: steps.append(step))
    assert made == FORMATS["ics"].make(gather(asked.filters, asked.made_on), no_progress)
    assert made != FORMATS["ics"].make(gather(Filters(), asked.made_on), no_progress)
    assert len({step for _, step in steps}) > 1


def test_it_is_cancelled_and_its_process_ends(shipped_database, started):
    def progress(_fraction, _step):
        if started and started[0].poll() is None and time.monotonic() > begun + 0.3:
            raise CancelledError

    begun = time.monotonic()
    with pytest.raises(CancelledError):
        make_file(request(shipped_database, "pptx"), progress)


@pytest.mark.parametrize("why", ["no database", "killed", "too slow"])
def test_what_goes_wrong_is_a_sentence_without_paths(shipped_database, tmp_path, started, why):
    def progress(_fraction, _step):
        if why == "killed":
            started[0].send_signal(signal.SIGKILL)

    database = tmp_path / "none.duckdb" if why == "no database" else shipped_database
    with pytest.raises(FileError) as told:
        make_file(request(database), progress, 0.2 if why == "too slow" else SECONDS)
    text = str(told.value)
    assert "/" not in text and text.endswith(".")
    assert {"no database": "There is no database", "killed": NOT_MADE, "too slow": "took longer"}[why] in text


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux shows processes as files")
def test_it_ends_with_the_server_and_gives_way_to_pages(shipped_database):
    """A server that is killed cannot end its processes: they notice by themselves."""
    code = (
        "import sys; from exports.work.process import _start; from tests.files.test_file_processes import *; "
        "p = _start(); p.stdin.write(request(Path(sys.argv[1]), 'pptx').to_json()); p.stdin.flush(); "
        "p.stdout.read(1); print(p.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(shipped_database)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        pid = int(server.stdout.readline())
        assert os.getpriority(os.PRIO_PROCESS, pid) >= min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
        server.kill()
    deadline = time.monotonic() + SECONDS
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not runs(pid)

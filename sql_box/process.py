"""A process for one query: started, asked, read with a limit of time and size, ended."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from domain import child_process
from domain.text import plural
from settings import ROOT, SCHEMA_VERSION
from sql_box.limits import Limits
from sql_box.outcome import READY, Outcome, from_bytes

START_SECONDS = 30  # a limit for a busy machine; a process is ready within half a second of processor time
_POLL_SECONDS = 0.05
_HEADROOM_BYTES = 1_000_000  # of an answer, beyond the values of the result
_CHUNK_BYTES = 1 << 16
# Nothing of the server's own environment. Arrow's own allocator would claim address space that is counted.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "ARROW_DEFAULT_MEMORY_POOL": "system"}
FAILED = "The query could not be run. Please try again."


class QueryProcess:
    """A process that waits for a query on one build; ``build`` is the real path of the database."""

    def __init__(self, build: str) -> None:
        self.build = build
        # In the session of the server: Linux weighs the priority of a process within its session alone.
        self._process = subprocess.Popen(
            [sys.executable, "-E", "-s", "-m", "sql_box.worker", build, str(SCHEMA_VERSION)],
            cwd=ROOT,
            env=_ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def is_waiting(self) -> bool:
        """Whether it still runs: it ends by itself when nobody asks it anything for a long time."""
        return self._process.poll() is None

    def ask(self, sql: str, limits: Limits, is_stopped: Callable[[], str]) -> Outcome:
        """The outcome of the query; the process has ended then.

        ``is_stopped`` is asked several times a second and says why the query shall end, or "".
        """
        try:
            return self._ask(sql, limits, is_stopped)
        except (OSError, ValueError, KeyError):  # it ended before it was asked, or its answer is none
            return Outcome(problem=FAILED)
        finally:
            self.end()

    def end(self) -> None:
        """Kill the process if it still runs, and release what belongs to it."""
        child_process.end(self._process)

    def _ask(self, sql: str, limits: Limits, is_stopped: Callable[[], str]) -> Outcome:
        ready, why = self._read(1, START_SECONDS, is_stopped)
        if why or ready != READY:
            return Outcome(problem=why, is_stopped=True) if why else Outcome(problem=FAILED)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"sql": sql, "limits": asdict(limits)}).encode() + b"\n")
        self._process.stdin.close()
        content, why = self._read(limits.result_bytes + _HEADROOM_BYTES, limits.wall_seconds, is_stopped)
        if why:
            return Outcome(problem=why, is_stopped=True)
        if not content:  # killed by a limit of the system: time of the processor, or memory
            return Outcome(problem=f"Stopped: the query used more than {_allowance(limits)}.", is_stopped=True)
        return from_bytes(content)

    def _read(self, size: int, seconds: float, is_stopped: Callable[[], str]) -> tuple[bytes, str]:
        """Up to ``size`` bytes, fewer where the process closes its end; or why it was stopped before."""
        assert self._process.stdout is not None
        descriptor, end = self._process.stdout.fileno(), time.monotonic() + seconds
        content = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while len(content) < size:
                if why := is_stopped():
                    return b"", why
                if time.monotonic() > end:
                    return b"", f"Stopped: the query took longer than {seconds:g} seconds."
                if selector.select(_POLL_SECONDS):
                    chunk = os.read(descriptor, min(_CHUNK_BYTES, size - len(content)))
                    if not chunk:
                        break
                    content += chunk
        return bytes(content), ""


def _allowance(limits: Limits) -> str:
    return f"{plural(limits.cpu_seconds, 'second')} of processor time or {limits.memory_mb} MB of memory"


def real_path(database: Path) -> str:
    """Path of the build behind the published link."""
    return os.path.realpath(database)

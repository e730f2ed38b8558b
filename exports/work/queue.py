"""The files of all readers: a few are made at once, one for each reader; others wait, and too many are refused."""

import logging
import time
import weakref
from collections.abc import Callable, Hashable
from functools import lru_cache
from threading import Condition, Event, Thread

from domain.progress import CancelledError, Progress
from domain.text import plural
from exports.work.printing import make_or_print
from exports.work.process import NOT_MADE, FileError
from exports.work.request import FileRequest

_log = logging.getLogger(__name__)
AT_ONCE = 2  # files of all readers together
PER_READER = 6  # made and waiting: those that the page Downloads offers
MAX_WAITING = 20  # files of all readers together
MAX_KEPT_BYTES = 200_000_000  # of files that are made and not fetched, all readers together
LEFT_SECONDS = 10  # a reader who has been gone for so long has left; a short break of the connection is forgiven
CLOSE_SECONDS = 5
BUSY = "Many files are being made at this moment. Please try again in a minute."
OWN_WAITING = f"You have {PER_READER} files in the making. Wait for one of them, or cancel it."
_CANCELLED = "Cancelled. No file was made."
_CLOSING = "The dashboard is being restarted. Please try again in a minute."
_NOT_KEPT = "The file is no longer kept, because others needed the memory. Make it again."

Make = Callable[[FileRequest, Progress], bytes]


class Work:
    """One file: waiting, being made, or ended.

    ``is_waiting`` until its turn has come; ``fraction`` (0 to 1) and ``step`` describe the progress; ``result`` is None
    until the file is done, ``problem`` says what went wrong.
    """

    def __init__(self, request: FileRequest, reader: Hashable, is_there: Callable[[], bool]) -> None:
        self.request, self.reader = request, reader
        self.fraction, self.step, self.problem = 0.0, "Waiting", ""
        self.result: bytes | None = None
        self.is_waiting = True
        self._is_there, self._seen_at = is_there, time.monotonic()
        self._stopped, self._ended = "", Event()

    @property
    def is_running(self) -> bool:
        """True while it waits or is made."""
        return not self._ended.is_set()

    def cancel(self) -> None:
        """Stop now and discard the result."""
        self.stop(_CANCELLED)

    def stop(self, why: str) -> None:
        """Stop now; the reader is told why."""
        self._stopped = self._stopped or why

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended, at most this long; returns whether it has."""
        return self._ended.wait(seconds)

    def end(self, result: bytes | None, problem: str = "") -> "Work":
        """The work as ended."""
        self.result, self.problem = result, problem
        self._ended.set()
        return self

    def why_stopped(self) -> str:
        """Why it shall end, or ""."""
        if self._is_there():
            self._seen_at = time.monotonic()
        elif time.monotonic() - self._seen_at > LEFT_SECONDS:
            self.stop(_CANCELLED)
        return self._stopped

    def progress(self, fraction: float, step: str) -> None:
        """Keep the progress; raises CancelledError when the work shall end."""
        if self.why_stopped():
            raise CancelledError
        self.fraction, self.step = min(max(fraction, 0.0), 1.0), step


class FileQueue:
    """Makes files of readers one after the other, at most ``at_once`` at a time."""

    def __init__(self, make: Make = make_or_print, at_once: int = AT_ONCE) -> None:
        self._make, self._at_once = make, at_once
        self._changed = Condition()
        self._waiting: list[Work] = []
        self._running: list[Work] = []
        self._kept: list[weakref.ref[Work]] = []
        self._is_closed = False

    def submit(self, request: FileRequest, reader: Hashable, is_there: Callable[[], bool] = lambda: True) -> Work:
        """The work on a file, waiting or running, or ended already where there is no place for it.

        ``reader`` tells readers apart; ``is_there`` says whether this one is still connected.
        """
        work = Work(request, reader, is_there)
        with self._changed:
            self._drop_stopped()
            own = [one for one in (*self._waiting, *self._running) if one.reader == reader and not one.why_stopped()]
            if self._is_closed:
                return work.end(None, _CLOSING)
            if len(own) >= PER_READER:
                return work.end(None, OWN_WAITING)
            if len(self._waiting) >= MAX_WAITING:
                return work.end(None, BUSY)
            self._waiting.append(work)
            self._start_next()
        return work

    def close(self) -> None:
        """Take no more files, end those that are waiting or being made, and wait for the end of their processes."""
        with self._changed:
            self._is_closed = True
            for work in (*self._waiting, *self._running):
                work.stop(_CLOSING)
            self._drop_stopped()
            self._changed.wait_for(lambda: not self._running, CLOSE_SECONDS)

    def _drop_stopped(self) -> None:
        """End what waits and shall not be made any more."""
        for work in [one for one in self._waiting if one.why_stopped()]:
            self._waiting.remove(work)
            work.end(None, work.why_stopped())

    def _start_next(self) -> None:
        """Start what has waited longest, of readers for whom no other file is being made."""
        self._drop_stopped()
        for work in list(self._waiting):
            if len(self._running) >= self._at_once:
                break
            if work.reader not in {one.reader for one in self._running}:
                self._waiting.remove(work)
                self._running.append(work)
                work.is_waiting, work.step = False, "Starting"
                Thread(target=self._run, args=(work,), name="file of a reader", daemon=True).start()
        for place, work in enumerate(self._waiting):
            before = f", {plural(place, 'other')} waiting before this one" if place else ""
            work.step = f"Waiting: {plural(len(self._running), 'file')} being made{before}"

    def _run(self, work: Work) -> None:
        result, problem = None, ""
        try:
            result = self._make(work.request, work.progress)
            work.progress(1.0, "Done")
        except CancelledError:
            result, problem = None, work.why_stopped()
        except FileError as error:
            problem = str(error)
        except Exception:  # noqa: BLE001  # last frame of the thread: log unexpected errors, nothing else will
            _log.exception("a file was not made")
            result, problem = None, NOT_MADE
        with self._changed:
            self._running.remove(work)
            work.end(result, problem)
            self._keep(work)
            self._start_next()
            self._changed.notify_all()

    def _keep(self, work: Work) -> None:
        """Bound what is kept, dropping the oldest files. Those of readers who have left are gone by themselves."""
        self._kept = [one for one in (*self._kept, weakref.ref(work)) if (kept := one()) and kept.result is not None]
        works = [kept for one in self._kept if (kept := one()) is not None]
        size = sum(len(one.result or b"") for one in works)
        for one in works:
            if size <= MAX_KEPT_BYTES or one is work:
                break
            size -= len(one.result or b"")
            one.end(None, _NOT_KEPT)


@lru_cache(maxsize=1)
def the_queue() -> FileQueue:
    """The one queue of this server."""
    return FileQueue()

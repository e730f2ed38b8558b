"""The queries of all readers: a few at once, one for each reader, and a process that is ready for the next one."""

import logging
import time
from collections.abc import Callable, Collection, Hashable
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

from sql_box.limits import AT_ONCE, ON_REQUEST, Limits
from sql_box.outcome import Outcome
from sql_box.process import FAILED, QueryProcess, real_path
from sql_box.statement import RefusedError, check

_log = logging.getLogger(__name__)
# A page that shows a running query asks for it several times a second; when none does so any more, the reader has left.
LEFT_SECONDS = 5
_SLICE_SECONDS = 0.5  # of waiting, after which a reader who waits is seen again
BUSY = "Other queries are running; please try again in a few seconds."
OWN_RUNNING = "Your previous query is still running; wait for it or stop it first."
_STOPPED = "Stopped, as you asked."
_LEFT = "Stopped: the page was closed."


class Query:
    """A query that is running or has ended. ``seconds`` is the time that it took, 0 while it runs."""

    def __init__(self, sql: str, limits: Limits) -> None:
        self.sql, self.limits, self.seconds = sql, limits, 0.0
        self._outcome: Outcome | None = None
        self._stopped = ""
        self._seen_at = time.monotonic()
        self._thread: Thread | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome; None while it runs. Asking says that the reader is still there."""
        self._seen_at = time.monotonic()
        return self._outcome

    def wait(self, seconds: float) -> Outcome | None:
        """The outcome once it is there, None when it is not after this time."""
        end = time.monotonic() + seconds
        while self.outcome is None and self._thread is not None and (left := end - time.monotonic()) > 0:
            self._thread.join(min(left, _SLICE_SECONDS))
        return self.outcome

    def stop(self) -> None:
        """End the query."""
        self._stopped = _STOPPED

    def refuse(self, outcome: Outcome) -> "Query":
        """The query as ended without having run."""
        self._outcome = outcome
        return self

    def start(self, run: Callable[[], Outcome]) -> None:
        """Run the query in a thread."""

        def work() -> None:
            begun = time.monotonic()
            try:
                outcome = run()
            except Exception:  # noqa: BLE001  # last frame of the thread: log unexpected errors, nothing else will
                _log.exception("a query of a reader failed")
                outcome = Outcome(problem=FAILED)
            self.seconds = time.monotonic() - begun
            self._outcome = outcome

        self._thread = Thread(target=work, name="query of a reader", daemon=True)
        self._thread.start()

    def why_stopped(self) -> str:
        """Why the query shall end, or ""."""
        if self._stopped:
            return self._stopped
        return _LEFT if time.monotonic() - self._seen_at > LEFT_SECONDS else ""


class Box:
    """Runs queries of readers, at most ``at_once`` at a time."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._lock = Lock()
        self._running: set[Hashable] = set()
        self._spare: QueryProcess | None = None
        self._is_closed = False

    def prepare(self, database: Path) -> None:
        """Have a process ready for the published build, so that the next query need not wait for its start."""
        with self._lock:
            if self._is_closed or (self._spare is not None and self._fits(self._spare, database)):
                return
            self._drop_spare()
            try:
                self._spare = QueryProcess(real_path(database))
            except OSError:
                _log.warning("no process could be started for the next query of a reader")

    def submit(
        self, sql: str, views: Collection[str], database: Path, reader: Hashable, limits: Limits = ON_REQUEST
    ) -> Query:
        """The query, running, or ended already where it is refused or there is no place for it.

        ``views`` are the names that it may read, in lower case; ``reader`` tells readers apart.
        """
        query = Query(sql, limits)
        try:
            check(sql, views)
        except RefusedError as refused:
            return query.refuse(Outcome(problem=refused.message, place=refused.place))
        with self._lock:
            if reader in self._running:
                return query.refuse(Outcome(problem=OWN_RUNNING, is_busy=True))
            if len(self._running) >= self._at_once:
                return query.refuse(Outcome(problem=BUSY, is_busy=True))
            self._running.add(reader)
        query.start(lambda: self._run(query, database, reader))
        return query

    def close(self) -> None:
        """End the process that waits, and start no other one to wait."""
        with self._lock:
            self._is_closed = True
            self._drop_spare()

    def _run(self, query: Query, database: Path, reader: Hashable) -> Outcome:
        try:
            process = self._take(database)
            return process.ask(query.sql, query.limits, query.why_stopped)
        except OSError:  # the system cannot start another process now
            return Outcome(problem=BUSY, is_busy=True)
        finally:
            with self._lock:
                self._running.discard(reader)
            self.prepare(database)

    def _take(self, database: Path) -> QueryProcess:
        """The process that waits, or a new one."""
        with self._lock:
            taken, self._spare = self._spare, None
        if taken is not None and not self._fits(taken, database):
            taken.end()
            taken = None
        return taken or QueryProcess(real_path(database))

    @staticmethod
    def _fits(process: QueryProcess, database: Path) -> bool:
        return process.is_waiting and process.build == real_path(database)

    def _drop_spare(self) -> None:
        if self._spare is not None:
            self._spare.end()
            self._spare = None


@lru_cache(maxsize=1)
def the_box() -> Box:
    """The one box of this server."""
    return Box()

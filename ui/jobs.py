"""Long tasks in threads of their own, with progress and cancellation."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from domain.progress import CancelledError, Progress

_log = logging.getLogger(__name__)


class Job:
    """Makes one file in a thread; the page polls it.

    ``fraction`` (0 to 1) and ``step`` describe the progress; ``result`` is None until the file is done, ``problem``
    says what went wrong.
    """

    def __init__(self, make: Callable[[Progress], bytes]) -> None:
        self.fraction = 0.0
        self.step = "Reading the data"
        self.result: bytes | None = None
        self.problem = ""
        self._make = make
        self._is_cancelled = Event()
        self._thread = Thread(target=self._run, name="export", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """True until the thread has ended, with a result or a problem."""
        return self._thread.is_alive()

    def cancel(self) -> None:
        """Stop at the next step and discard the result."""
        self._is_cancelled.set()

    def wait(self, seconds: float) -> None:
        """Wait until the thread has ended, at most this long."""
        self._thread.join(seconds)

    def _progress(self, fraction: float, step: str) -> None:
        if self._is_cancelled.is_set():
            raise CancelledError
        self.fraction, self.step = min(max(fraction, 0.0), 1.0), step

    def _run(self) -> None:
        try:
            result = self._make(self._progress)
            self._progress(1.0, "Done")
            self.result = result
        except CancelledError:
            self.problem = "Cancelled. No file was made."
        except Exception:  # noqa: BLE001  # last frame of the thread: log unexpected errors, nothing else will
            _log.exception("an export failed")
            self.problem = "The file could not be made. See the server log for the reason."

"""Long work beside the page: a thread with progress that can be cancelled, one for each file asked for."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from domain.progress import CancelledError, Progress

_log = logging.getLogger(__name__)


class Job:
    """Makes one file in a thread of its own; the page looks at it now and then.

    ``fraction`` (0 to 1) and ``words`` tell how far it is; ``result`` is None until it is done, ``problem`` says what
    went wrong.
    """

    def __init__(self, make: Callable[[Progress], bytes]) -> None:
        self.fraction = 0.0
        self.words = "Reading the data"
        self.result: bytes | None = None
        self.problem = ""
        self._make = make
        self._is_cancelled = Event()
        self._thread = Thread(target=self._run, name="export", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """True until there is a result, a problem or nothing more to come."""
        return self._thread.is_alive()

    def cancel(self) -> None:
        """Stop at the next step; nothing of the work is kept."""
        self._is_cancelled.set()

    def wait(self, seconds: float) -> None:
        """Wait for the end, at most so long."""
        self._thread.join(seconds)

    def _progress(self, fraction: float, words: str) -> None:
        if self._is_cancelled.is_set():
            raise CancelledError
        self.fraction, self.words = min(max(fraction, 0.0), 1.0), words

    def _run(self) -> None:
        try:
            result = self._make(self._progress)
            self._progress(1.0, "Done")
            self.result = result
        except CancelledError:
            self.problem = "Cancelled. Nothing was kept."
        except Exception:  # the thread has nobody above it: what is unknown here goes to the log, not into silence
            _log.exception("an export failed")
            self.problem = "The file could not be made. The log of the server says why."

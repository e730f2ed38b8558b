"""A server follows the lake: each new build is copied to this machine and shows with the next click."""

import logging
import threading

from etl.errors import EtlError
from etl.lake.attach import Lake, attached
from etl.lake.copies import fetch_newest
from settings import Settings

log = logging.getLogger(__name__)

POLL_SECONDS = 5.0  # between two questions to the catalogue, which take it some milliseconds


class Follower:
    """Asks the lake for new builds in a thread of its own, until it is stopped."""

    def __init__(self, settings: Settings, poll_seconds: float = POLL_SECONDS) -> None:
        self._settings = settings
        self._poll_seconds = poll_seconds
        self._over = threading.Event()
        self._problem = ""
        # A daemon: the end of the server waits for no copy.
        self._thread = threading.Thread(target=self._run, name="lake", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                with attached(Lake.of(self._settings)) as connection:
                    while not self._over.is_set():
                        fetch_newest(connection, self._settings.database, self._settings.schema_version)
                        self._tell("")
                        self._over.wait(self._poll_seconds)
            except (EtlError, OSError) as error:
                self._tell(str(error))
            self._over.wait(self._poll_seconds)

    def _tell(self, problem: str) -> None:
        """Log what keeps builds from being copied when it begins or changes, and that it is over."""
        if problem and problem != self._problem:
            log.warning("no new build is copied from the lake, readers see the last copy: %s", problem)
        elif self._problem and not problem:
            log.warning("builds are copied from the lake again")
        self._problem = problem


class _Here:
    """The one follower of this process."""

    lock = threading.Lock()
    follower: Follower | None = None


def follow(settings: Settings) -> None:
    """Follow the lake of the settings from now on; does nothing when this process does so already."""
    with _Here.lock:
        if _Here.follower is None:
            _Here.follower = Follower(settings)


def stop_following() -> None:
    """End what ``follow`` began; a copy that is being written is left to the next start to remove."""
    with _Here.lock:
        if _Here.follower is not None:
            _Here.follower.stop()
            _Here.follower = None

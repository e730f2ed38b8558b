"""Files that are made while a button waits for them: few at once, so that the pages of other readers stay quick."""

from collections import Counter
from collections.abc import Callable
from threading import Condition
from typing import TypeVar

from domain.errors import ReadableError
from ui.presence import reader

AT_ONCE = 2  # files of all readers together
PER_READER = 3  # made and waiting
WAIT_SECONDS = 45
T = TypeVar("T")


class BusyError(ReadableError):
    """There was no turn for a file."""


class Turns:
    """Gives turns to the files of buttons."""

    def __init__(self, at_once: int = AT_ONCE, wait_seconds: float = WAIT_SECONDS) -> None:
        self._changed = Condition()
        self._free, self._wait_seconds = at_once, wait_seconds
        self._asked: Counter[str] = Counter()
        self._is_closed = False

    def run(self, make: Callable[[], T], session_id: str, is_there: Callable[[], bool]) -> T:
        """What ``make`` returns, once it is its turn.

        Raises BusyError when the reader asks for too many files, has left meanwhile, or waits too long.
        """
        with self._changed:
            if self._is_closed:
                raise _refused("the dashboard is being restarted")
            if self._asked[session_id] >= PER_READER:
                raise _refused("this reader has asked for several files already")
            self._asked[session_id] += 1
            try:
                self._changed.wait_for(lambda: self._free > 0 or self._is_closed, self._wait_seconds)
                if self._is_closed or not self._free:
                    raise _refused("other files are being made")
                self._free -= 1
            except BusyError:
                self._leave(session_id)
                raise
        try:
            if not is_there():
                raise _refused("the reader has left")
            return make()
        finally:
            with self._changed:
                self._free += 1
                self._leave(session_id)
                self._changed.notify()

    def close(self) -> None:
        """Give no more turns."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _leave(self, session_id: str) -> None:
        self._asked[session_id] -= 1
        if not self._asked[session_id]:
            del self._asked[session_id]


def _refused(why: str) -> BusyError:
    return BusyError(f"Please try again in a minute: {why}.")


_TURNS = Turns()


def in_turn(make: Callable[[], T]) -> Callable[[], T]:
    """The function, but waiting for its turn among the files of all readers."""
    session_id, is_there = reader()
    return lambda: _TURNS.run(make, session_id, is_there)


def give_no_more_turns() -> None:
    """Refuse all files from now on, at the end of the server."""
    _TURNS.close()

"""Progress of long work, and how it is cancelled."""

from collections.abc import Callable

# Receives the fraction that is done (0 to 1) and a label of the next step. It may raise CancelledError.
Progress = Callable[[float, str], None]


class CancelledError(Exception):
    """The user cancelled the work."""


def no_progress(_: float, __: str) -> None:
    """No-op progress callback."""

"""Databases of earlier releases that this process has open, for the pages and the data API alike."""

from collections.abc import Callable
from pathlib import Path

from warehouse import query_cache, releases

# Receives the id of a release and a function to call with the name of each step; returns its database, or a sentence
# that says why its figures cannot be had.
OpenRelease = Callable[[str, Callable[[str], None]], Path | str]

# By release: the database, or why there is none. For all readers of this process.
_FOUND: dict[str, Path | str] = {}


def needs_own_database(release_id: str) -> bool:
    """Whether a release has other figures than the published build; False for one that is not known."""
    with query_cache.published():
        difference = query_cache.run_query(releases.difference, release_id)
        return difference is not None and difference.is_changed and release_id != query_cache.release_name()


def found(release_id: str) -> Path | str | None:
    """The database of a release, or a sentence that says why there is none; None while nobody has asked for it."""
    known = _FOUND.get(release_id)
    return None if isinstance(known, Path) and not known.exists() else known


def database(release_id: str) -> Path | None:
    """The database of a release, if it is open."""
    known = _FOUND.get(release_id)
    return known if isinstance(known, Path) else None


def problem(release_id: str) -> str:
    """Why the figures of a release cannot be shown; '' when nothing is known of it."""
    known = _FOUND.get(release_id, "")
    return known if isinstance(known, str) else ""


def prepare(release_id: str, open_release: OpenRelease, report: Callable[[str], None]) -> None:
    """Have the database of a release opened, for all readers; ``report`` is called with the name of each step."""
    _FOUND[release_id] = open_release(release_id, report)


def forget(release_id: str) -> None:
    """Read the published build for this release from now on: it shows the same."""
    _FOUND.pop(release_id, None)

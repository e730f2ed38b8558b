"""The figures of an earlier release for a request that names one by `release`, as the links of the pages do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from api.errors import ApiError
from domain.text import format_list, plain_excerpt
from warehouse import earlier_releases, query_cache, releases
from warehouse.earlier_releases import OpenRelease

_SHORT_WAIT_SECONDS = 0.5


class _Opening:
    """How a database is opened, and the releases that are being prepared."""

    lock = threading.Lock()
    running: set[str] = set()  # noqa: RUF012 - one for the process
    how: OpenRelease | None = None


def open_releases_by(how: OpenRelease) -> None:
    """Have the databases of earlier releases opened by ``how``; the entry point sets it once."""
    _Opening.how = how


@contextmanager
def reading(release_id: str) -> Iterator[None]:
    """Context in which every result comes from a release, or from the published build for '' and the newest release.

    Raises ApiError for a release that is not known (400), whose figures cannot be had (404), or that is still being
    prepared (503): a database is built of its archive when it is first asked for, in a thread of its own.
    """
    with query_cache.published():
        is_published = release_id in ("", query_cache.release_name())
        known = () if is_published else query_cache.run_query(releases.release_ids)
    if not is_published and release_id not in known:
        there = f"known are {format_list(known)}" if known else "there is none yet"
        raise ApiError(400, f"release={plain_excerpt(release_id)} is not known; {there}.")
    if is_published or not earlier_releases.needs_own_database(release_id):
        with query_cache.published():
            yield
        return
    found = earlier_releases.found(release_id)
    if found is None:
        _prepare(release_id)
        found = earlier_releases.found(release_id)
    if found is None:
        raise ApiError(503, f"The figures of release {release_id} are being prepared. Please ask again in a minute.")
    if isinstance(found, str):
        raise ApiError(404, found)
    with query_cache.reading(found):
        yield


def _prepare(release_id: str) -> None:
    """Begin to open the database of a release, unless that is under way already, and wait a moment for it.

    A database that was built before, and a release that is not kept, take less than that moment.
    """
    with _Opening.lock:
        if _Opening.how is None:
            raise ApiError(404, "This server answers for the newest release alone.")
        if release_id in _Opening.running:
            return
        _Opening.running.add(release_id)
    # A daemon: the end of the server waits for no build.
    thread = threading.Thread(target=_open, args=(release_id, _Opening.how), name=f"release {release_id}", daemon=True)
    thread.start()
    thread.join(_SHORT_WAIT_SECONDS)


def _open(release_id: str, how: OpenRelease) -> None:
    try:
        earlier_releases.prepare(release_id, how, lambda _step: None)
    finally:
        with _Opening.lock:
            _Opening.running.discard(release_id)

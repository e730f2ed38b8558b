"""Cached results of queries. The cache is keyed by build, so a newly published database is used at once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import duckdb
import pandas as pd

from domain.filters import Vocabulary
from domain.text import format_period
from settings import load_settings
from warehouse import queries
from warehouse.connection import Connection, DatabaseNotReadyError, cache_key, new_cursor, open_database
from warehouse.releases import day_of_release
from warehouse.result_cache import ResultCache

Build = tuple[str, int, int]
# Of all results that are kept together; all pages with one set of filters need about 20 MB.
MAX_RESULT_BYTES = 128_000_000
# What DuckDB says of a file that is damaged, cut off or gone. Its other errors are faults of ours.
UNREADABLE = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
    duckdb.ConnectionException,
    duckdb.OutOfMemoryException,
)
P = ParamSpec("P")
T = TypeVar("T")

# The build that a long task keeps reading even if another one is published meanwhile.
_PINNED: ContextVar[Build | None] = ContextVar("pinned build", default=None)
_MAX_CONNECTIONS = 10  # to the published build, the one before it, and those of earlier releases


class _Readers:
    """How the database of the reader at hand is found; see ``choose_database_by``."""

    choice: Callable[[], Path | None] = staticmethod(lambda: None)


@lru_cache(maxsize=_MAX_CONNECTIONS)
def _connection(build: Build) -> duckdb.DuckDBPyConnection:
    return open_database(Path(build[0]))


# Rather than Streamlit's cache: hashing these small tuples takes microseconds instead of a millisecond, sixty times a
# page. All sessions share the results.
_RESULTS = ResultCache(MAX_RESULT_BYTES)


def _answer(build: Build, query: Callable[..., Any], arguments: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
    """Result of a query; raises DatabaseNotReadyError when the file cannot be read."""
    try:
        return query(new_cursor(_connection(build)), *arguments, **options)
    except UNREADABLE as error:
        _connection.cache_clear()  # the next reader opens the file anew
        raise DatabaseNotReadyError("The database cannot be read at this moment.") from error


def run_query(query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Result of a query function, called with a connection and these arguments, or its cached result for this build.

    Lists are passed on as tuples. Frames are returned as shallow copies: pandas copies on write, so a caller cannot
    change the cached frame.
    """
    arguments = tuple(tuple(value) if isinstance(value, list) else value for value in args)
    build = _build()
    key = (build, query, arguments, tuple(sorted(kwargs.items())))
    result = _RESULTS.get(key, lambda: _answer(build, query, arguments, kwargs))
    return cast(T, result.copy(deep=False) if isinstance(result, pd.DataFrame) else result)


def run_kept(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Result of a function of the build alone, which it asks by ``run_query``, or the one kept for this build.

    All readers get the same object, so nobody may change it.
    """
    build = _build()

    def make() -> T:
        with _reading(build):
            return function(*args, **kwargs)

    return cast(T, _RESULTS.get((build, function, args, tuple(sorted(kwargs.items()))), make))


def run_uncached(query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Result of a query function as ``run_query`` gives it, but not kept.

    For results that a caller can ask for in any number and size, such as pages of rows: they would fill the memory and
    push out what the pages of the dashboard need.
    """
    return cast(T, _answer(_build(), query, args, kwargs))


def choose_database_by(choice: Callable[[], Path | None]) -> None:
    """Let ``choice`` say which database the reader at hand reads: None for the published one.

    The front end sets it once; it is asked at every query, so it must be fast. A pinned build goes before it.
    """
    _Readers.choice = staticmethod(choice)


def _build() -> Build:
    return _PINNED.get() or cache_key(_Readers.choice() or load_settings().database)


def is_other_than_published() -> bool:
    """True when the reader at hand reads another database than the published one."""
    return _Readers.choice() is not None


def database_path() -> Path:
    """The file that every result comes from; it is never changed."""
    return Path(_build()[0])


@contextmanager
def _reading(build: Build) -> Iterator[None]:
    token = _PINNED.set(build)
    try:
        yield
    finally:
        _PINNED.reset(token)


@contextmanager
def pinned() -> Iterator[None]:
    """Context in which every result comes from the build that was read when the context was entered."""
    with _reading(_build()):
        yield


@contextmanager
def reading(database: Path) -> Iterator[None]:
    """Context in which every result comes from this database, whatever the reader at hand reads."""
    with _reading(cache_key(database)):
        yield


@contextmanager
def published() -> Iterator[None]:
    """Context in which every result comes from the published build, whatever the reader at hand reads."""
    with _reading(cache_key(load_settings().database)):
        yield


def bound(function: Callable[P, T]) -> Callable[P, T]:
    """The function, but reading the build that is read here and now, for work in a thread or at a later moment."""
    build = _build()

    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with _reading(build):
            return function(*args, **kwargs)

    return run


def vocabulary() -> Vocabulary:
    """The values of the shared filters, with their labels."""
    return run_query(queries.vocabulary)


def labels(name: str) -> dict[str, str]:
    """Labels of one controlled vocabulary (``table.column``): {term: label}; empty when there is none."""
    return run_query(queries.labels).get(name, {})


def release_line() -> str:
    """'Data 2026-11-22-2, 22 November 2026': the release or build, and its day."""
    return run_query(_release)[1]


def release_name() -> str:
    """Id of the release with the facts of this build, or 'build ' and eight digits of its id if there is none."""
    return run_query(_release)[0]


def release_day() -> date:
    """Day of the release with the facts of this build; of a build that is no release the day on which it was built."""
    return run_query(_release)[2]


def _release(connection: Connection) -> tuple[str, str, date]:
    """Name, line and day of the release; kept ready, because every page asks for them many times."""
    info = queries.build_info(connection).iloc[0]
    if isinstance(info["release_id"], str):
        name, day = info["release_id"], day_of_release(info["release_id"])
    else:
        name, day = f"build {info['build_id'][:8]}", info["built_at"].date()
    return name, f"Data {name}, {format_period(day, day, 'day')}", day

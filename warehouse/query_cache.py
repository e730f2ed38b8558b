"""Cached results of queries. The cache is keyed by build, so a newly published database is used at once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
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
from warehouse.result_cache import ResultCache

Build = tuple[str, int, int]
# Of all results that are kept together; all pages without filters need about 9 MB.
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


@lru_cache(maxsize=2)
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


def run_uncached(query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Result of a query function as ``run_query`` gives it, but not kept.

    For results that a caller can ask for in any number and size, such as pages of rows: they would fill the memory and
    push out what the pages of the dashboard need.
    """
    return cast(T, _answer(_build(), query, args, kwargs))


def _build() -> Build:
    return _PINNED.get() or cache_key(load_settings().database)


@contextmanager
def pinned() -> Iterator[None]:
    """Context in which every result comes from the build that was published when the context was entered."""
    token = _PINNED.set(_build())
    try:
        yield
    finally:
        _PINNED.reset(token)


def vocabulary() -> Vocabulary:
    """The values of the shared filters, with their labels."""
    return run_query(queries.vocabulary)


def labels(name: str) -> dict[str, str]:
    """Labels of one controlled vocabulary (``table.column``): {term: label}; empty when there is none."""
    return run_query(queries.labels).get(name, {})


def release_line() -> str:
    """'Data 2026-11-22-2, 22 November 2026': the release or build, and its date."""
    return run_query(_release)[1]


def release_name() -> str:
    """Id of the release with the facts of this build, or 'build ' and eight digits of its id if there is none."""
    return run_query(_release)[0]


def _release(connection: Connection) -> tuple[str, str]:
    """Name and line of the release; as text, because every page asks for them many times."""
    info = queries.build_info(connection).iloc[0]
    name = info["release_id"] if isinstance(info["release_id"], str) else f"build {info['build_id'][:8]}"
    return name, f"Data {name}, {format_period(info['built_at'], info['built_at'], 'day')}"

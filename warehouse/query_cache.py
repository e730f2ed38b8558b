"""Answers of the warehouse, kept per build: a newly published database is picked up by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from domain.filters import Vocabulary
from settings import load_settings
from warehouse import queries
from warehouse.connection import identity, open_database

Build = tuple[str, int, int]

# The build that a longer piece of work keeps to, though another one may be published meanwhile.
_PINNED: ContextVar[Build | None] = ContextVar("pinned build", default=None)


@lru_cache(maxsize=2)
def _connection(build: Build) -> duckdb.DuckDBPyConnection:
    return open_database(Path(build[0]))


# Plain lru_cache: hashing these small tuples takes microseconds where Streamlit's own cache takes a
# millisecond, sixty times a page. Answers are shared by all sessions.
@lru_cache(maxsize=2000)
def _answer(build: Build, question: Callable, arguments: tuple, options: tuple) -> Any:
    return question(_connection(build).cursor(), *arguments, **dict(options))


def run_query(question: Callable, *args: Any, **kwargs: Any) -> Any:
    """The answer of a query function, from the cache when the same build was asked the same before.

    Lists are passed on as tuples. Frames come as shallow copies: pandas copies on write, so a page
    cannot change what others see.
    """
    arguments = tuple(tuple(value) if isinstance(value, list) else value for value in args)
    answer = _answer(_build(), question, arguments, tuple(sorted(kwargs.items())))
    return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else answer


def _build() -> Build:
    return _PINNED.get() or identity(load_settings().database)


@contextmanager
def pinned() -> Iterator[None]:
    """Within it every answer comes from the build that was published at its beginning."""
    token = _PINNED.set(_build())
    try:
        yield
    finally:
        _PINNED.reset(token)


def vocabulary() -> Vocabulary:
    """Values the shared filters offer."""
    return run_query(queries.vocabulary)


def labels(name: str) -> dict[str, str]:
    """Labels of one controlled vocabulary (``table.column``): {term: label}; empty when there is none."""
    return run_query(queries.labels).get(name, {})


def release_line() -> str:
    """The build that every card names: release or build id, and its date."""
    info = run_query(queries.build_info).iloc[0]
    return f"Data {release_name()}, {info['built_at']:%-d %B %Y}"


def release_name() -> str:
    """Id of the release whose facts these are, or the build's own id where they are not released."""
    info = run_query(queries.build_info).iloc[0]
    return info["release_id"] if isinstance(info["release_id"], str) else f"build {info['build_id'][:8]}"

"""Answers of the warehouse, kept per build: a newly published database is picked up by itself."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from settings import load_settings
from warehouse import queries
from warehouse.connection import identity, open_database
from warehouse.filters import Vocabulary


@st.cache_resource(max_entries=2, show_spinner=False)
def _connection(build: tuple[str, int, int]) -> duckdb.DuckDBPyConnection:
    return open_database(Path(build[0]))


@st.cache_resource(max_entries=2000, show_spinner=False)
def _answer(build: tuple[str, int, int], question: str, arguments: str, _ask: Callable[[], Any]) -> Any:
    return _ask()


def ask(question: Callable, *args: Any, **kwargs: Any) -> Any:
    """The answer of a query function, from the cache when the same build was asked the same before.

    Frames come as shallow copies: pandas copies on write, so a page cannot change what others see.
    """
    build = identity(load_settings().database)
    arguments = repr((args, sorted(kwargs.items())))
    answer = _answer(
        build, question.__name__, arguments, lambda: question(_connection(build).cursor(), *args, **kwargs)
    )
    return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else answer


def vocabulary() -> Vocabulary:
    """Values the shared filters offer."""
    return ask(queries.vocabulary)


def labels(name: str) -> dict[str, str]:
    """Labels of one controlled vocabulary (``table.column``): {term: label}; empty when there is none."""
    return ask(queries.labels).get(name, {})


def release_line() -> str:
    """The build that every card names: release or build id, and its date."""
    info = ask(queries.build_info).iloc[0]
    name = info["release_id"] if isinstance(info["release_id"], str) else f"build {info['build_id'][:8]}"
    return f"Data {name}, {info['built_at']:%-d %B %Y}"

"""Small helpers around DuckDB that several modules of the ETL share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from duckdb import DuckDBPyConnection as Connection

__all__ = ["Connection", "fetch_row", "fetch_value", "interrupted_after", "sql_literal"]


def sql_literal(text: str | Path) -> str:
    """The text as an SQL string literal, with its single quotes doubled."""
    return "'" + str(text).replace("'", "''") + "'"


def fetch_row(connection: Connection, sql: str, parameters: Sequence[object] = ()) -> tuple[Any, ...]:
    """The first row of a query that returns at least one. Raises LookupError when it returns none."""
    row: tuple[Any, ...] | None = connection.execute(sql, list(parameters)).fetchone()
    if row is None:
        raise LookupError(f"the query returned no row: {sql}")
    return row


def fetch_value(connection: Connection, sql: str, parameters: Sequence[object] = ()) -> Any:
    """The first value of the first row of a query that returns at least one row."""
    return fetch_row(connection, sql, parameters)[0]


@contextmanager
def interrupted_after(connection: Connection, seconds: float) -> Iterator[None]:
    """Context in which a query that runs longer than this raises duckdb.InterruptException."""
    timer = Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

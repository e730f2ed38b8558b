"""Small helpers around DuckDB that several modules of the ETL share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from duckdb import DuckDBPyConnection as Connection

__all__ = [
    "FILE_CONFIG",
    "IN_MEMORY_CONFIG",
    "Config",
    "Connection",
    "fetch_row",
    "fetch_value",
    "interrupted_after",
    "sql_literal",
]

# Options of duckdb.connect, with the value type that its stubs declare.
Config = dict[str, str | bool | int | float | list[str]]
# One thread, because distributing hundreds of small statements costs more than it saves.
IN_MEMORY_CONFIG: Config = {"threads": "1"}
# Bytes per block. With the default of 262,144 the indexes and columns of small tables would each fill such a block.
FILE_CONFIG: Config = {**IN_MEMORY_CONFIG, "default_block_size": "16384"}


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

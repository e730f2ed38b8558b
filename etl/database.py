"""Small helpers around DuckDB that several modules of the ETL share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection as Connection

__all__ = [
    "FILE_CONFIG",
    "FILE_SETTINGS",
    "IN_MEMORY_CONFIG",
    "Config",
    "Connection",
    "fetch_row",
    "fetch_value",
    "insert_tuples",
    "interrupted_after",
    "sql_literal",
]

# Options of duckdb.connect, with the value type that its stubs declare.
Config = dict[str, str | bool | int | float | list[str]]
# One thread, because distributing hundreds of small statements costs more than it saves.
IN_MEMORY_CONFIG: Config = {"threads": "1"}
# Bytes per block. With the default of 262,144 the indexes and columns of small tables would each fill such a block.
FILE_CONFIG: Config = {**IN_MEMORY_CONFIG, "default_block_size": "16384"}
# Trying this compression on every column of text doubles the time of writing; without it the file grows by 4 per cent.
FILE_SETTINGS = "SET disabled_compression_methods = 'fsst'"


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


def insert_tuples(connection: Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of values for all columns of a table, in one statement: one for each row costs many times as much."""
    if rows:
        names = [f"c{number}" for number in range(len(rows[0]))]
        connection.register("new_rows", pa.table([pa.array(column) for column in zip(*rows, strict=True)], names=names))
        connection.execute(f"INSERT INTO {table} SELECT * FROM new_rows")
        connection.unregister("new_rows")


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

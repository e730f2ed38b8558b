"""The process that runs one query of a reader and ends: `python -m sql_box.worker DATABASE VERSION`.

It writes a byte when it is ready, reads the query and its limits as one line of JSON, gives up what the query does not
need, and writes the outcome. Whoever started it ends it when it takes too long.
"""

import json
import os
import resource
import select
import sys
from pathlib import Path
from typing import Any, NoReturn

import duckdb
import pyarrow as pa

from domain.database_file import DatabaseNotReadyError, open_database
from sql_box.columns import plain_columns, plain_values
from sql_box.limits import DUCKDB_MEMORY_MB, Limits
from sql_box.outcome import READY, Outcome, to_bytes

IDLE_SECONDS = 900  # how long a process waits for a query
_NICENESS = 15  # the pages of other readers come first
_MB = 1024 * 1024
_BATCH_ROWS = 1_000
_SETTINGS: dict[str, str | int] = {
    "threads": 1,
    "memory_limit": f"{DUCKDB_MEMORY_MB}MB",
    "max_temp_directory_size": "0B",
    "temp_directory": "",
}
# How DuckDB begins its messages, and what that is in plain words.
_KINDS = {
    "Catalog Error": "Unknown name",
    "Binder Error": "The query does not fit the data",
    "Parser Error": "This cannot be read as SQL",
    "Conversion Error": "A value cannot be converted",
    "Invalid Input Error": "A function cannot use its input",
    "Out of Range Error": "A number is out of range",
    "Out of Memory Error": "The query needs more memory than it may use",
}
_NO_MEMORY = "The query needs more memory than it may use. Read fewer rows, or group them first."
_NOT_RUN = "DuckDB cannot run this query."


def main(arguments: list[str]) -> NoReturn:
    """Serve one query."""
    os.nice(_NICENESS)
    try:
        connection = open_database(Path(arguments[0]), int(arguments[1]), _SETTINGS)
    except DatabaseNotReadyError:
        os._exit(1)
    _warm_up(connection)
    os.write(1, READY)
    if not select.select([0], [], [], IDLE_SECONDS)[0]:
        os._exit(0)
    request = json.loads(sys.stdin.buffer.readline() or b"{}")
    if request:
        limits = Limits(**request["limits"])
        _give_up(limits)
        _write(to_bytes(_outcome(connection, request["sql"], limits)))
    os._exit(0)  # without the clearing up of an interpreter that is thrown away


def _warm_up(connection: duckdb.DuckDBPyConnection) -> None:
    """Run all that a query runs, so that nothing is imported, opened or allocated for the first time after it."""
    to_bytes(_outcome(connection, "SELECT [1] AS a, 'b' AS b, sum(1) AS c, DATE '2020-01-01' AS d", Limits()))
    _outcome(connection, "SELECT", Limits())


def _give_up(limits: Limits) -> None:
    """From now on this process opens no file and no connection, writes no file, and is bounded in memory and time."""
    if size := _address_space():  # first of all, as it reads a file
        _limit("RLIMIT_AS", size + limits.memory_mb * _MB)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds + 1
    _limit("RLIMIT_CPU", seconds)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_NOFILE", 0)


def _limit(name: str, value: int) -> None:
    kind = getattr(resource, name, None)  # a system may lack one
    if kind is not None:
        resource.setrlimit(kind, (value, value))


def _address_space() -> int:
    """Bytes of the address space in use; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _outcome(connection: duckdb.DuckDBPyConnection, sql: str, limits: Limits) -> Outcome:
    try:
        return _rows(connection, sql, limits)
    except (MemoryError, duckdb.OutOfMemoryException):
        return Outcome(problem=_NO_MEMORY)
    except duckdb.Error as error:
        return _told(str(error))
    except (pa.ArrowException, RecursionError, ValueError, OverflowError):
        return Outcome(problem="The result has a value that cannot be shown. Convert it to text, with ::VARCHAR.")


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, limits: Limits) -> Outcome:
    """The first rows of the query; the rest is not computed where DuckDB need not."""
    relation = _relation(connection, sql)
    if len(relation.columns) > limits.columns:
        return Outcome(
            problem=f"The result has {len(relation.columns):,} columns; at most {limits.columns:,} are shown. "
            "Name those you need."
        )
    reader = plain_columns(relation).to_arrow_reader(_BATCH_ROWS)
    batches: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in reader:
        batches.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if size > limits.result_bytes:
            return _too_large(limits)
        if rows > limits.rows:
            break
    table = plain_values(pa.Table.from_batches(batches, reader.schema).slice(0, limits.rows))
    return Outcome(table, is_cut=rows > limits.rows)


def _relation(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyRelation:
    """The query, bound and not yet run."""
    try:
        return connection.sql(sql)
    except duckdb.Error:
        connection.execute(sql)  # fails in the same way, and says where
        raise


def _too_large(limits: Limits) -> Outcome:
    size = f"{limits.result_bytes / 1e6:.0f} MB"
    return Outcome(problem=f"The result is larger than {size}. Read fewer rows or columns, or group them first.")


def _told(message: str) -> Outcome:
    """DuckDB's message in one line, with its line and caret; without hints at settings and without paths."""
    text, _, place = message.partition("\nLINE ")
    kind, _, rest = text.partition(": ")
    if "allocate" in text or "memory" in kind.lower() or "max_temp_directory_size" in text:
        return Outcome(problem=_NO_MEMORY)
    if kind in ("IO Error", "Permission Error", "INTERNAL Error", "FATAL Error"):
        return Outcome(problem=_NOT_RUN)
    words = " ".join(rest.split())
    problem = f"{_KINDS[kind]}: {words}" if kind in _KINDS else words or _NOT_RUN
    return Outcome(problem=problem[:600], place=f"LINE {place.rstrip()}" if place else "")


def _write(content: bytes) -> None:
    view: Any = memoryview(content)
    while view:
        view = view[os.write(1, view) :]


if __name__ == "__main__":
    main(sys.argv[1:])

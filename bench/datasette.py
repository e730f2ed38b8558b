"""The same tables in SQLite, and Datasette on them in an environment of its own.

Datasette is run, not imported: `uv tool run` keeps it apart from the packages of this project (docs/decisions/0040).
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from api.rows import plain
from tools.server import free_port

DATASETTE = "datasette==0.65.5"
MAX_ROWS = 1000  # of an answer, as in the data API
_START_TIMEOUT_S = 120  # at the first run the packages are fetched
_TYPES = {"int": "INTEGER", "bool": "INTEGER", "double": "REAL", "float": "REAL"}


def write_table(path: Path, name: str, table: pa.Table) -> None:
    """Write an Arrow table to a SQLite file in the order of its rows: lists as JSON, dates as ISO 8601, true as 1."""
    columns = ", ".join(f'"{field.name}" {_type(field.type)}' for field in table.schema)
    marks = ", ".join("?" * len(table.schema))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
        rows = ([_value(one) for one in row.values()] for row in table.to_pylist())
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)


def write_texts(path: Path, texts: Iterable[tuple[str, str, str]]) -> None:
    """Write the table ``texts`` (table_name, record_id, text), its words indexed without case and accents."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE texts (table_name TEXT, record_id TEXT, text TEXT)")
        connection.executemany("INSERT INTO texts VALUES (?, ?, ?)", texts)
        connection.execute(
            'CREATE VIRTUAL TABLE texts_fts USING fts5(text, content="texts", tokenize="unicode61 remove_diacritics 2")'
        )
        connection.execute("INSERT INTO texts_fts (rowid, text) SELECT rowid, text FROM texts")


def _type(kind: pa.DataType) -> str:
    return next((name for start, name in _TYPES.items() if str(kind).startswith(start)), "TEXT")


def _value(value: Any) -> Any:
    made = plain(value)
    return json.dumps(made, ensure_ascii=False) if isinstance(made, list) else made


@contextmanager
def datasette_server(database: Path) -> Iterator[str]:
    """Address of Datasette with a SQLite file that nothing changes, until the block ends."""
    port = free_port()
    settings = {"max_returned_rows": MAX_ROWS, "suggest_facets": "off", "default_cache_ttl": 0}
    command = [
        *(sys.executable, "-m", "uv", "tool", "run", "--quiet", "--from", DATASETTE, "datasette", "serve"),
        *("--immutable", str(database), "--port", str(port)),
        *(part for name, value in settings.items() for part in ("--setting", name, str(value))),
    ]
    with served(command, f"http://127.0.0.1:{port}", "/-/versions.json") as url:
        yield url


@contextmanager
def served(command: list[str], url: str, path: str, **variables: str) -> Iterator[str]:
    """The address of a server that this command starts, from when it answers for the path until the block ends."""
    environment = {**os.environ, **variables}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait(process, url + path)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None and process.stderr is not None:
            raise SystemExit(f"A server ended at its start: {process.stderr.read().decode().strip()}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} did not answer within {_START_TIMEOUT_S} seconds.")

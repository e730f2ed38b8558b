"""Opening the published database: read-only, locked down, and only in the expected version.

The app and ``python -m etl describe`` both read it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb

from domain.errors import ReadableError
from domain.published import published_file
from settings import SCHEMA_VERSION

_Config = dict[str, str | bool | int | float | list[str]]
# Extensions and secrets are switched off from the start; the rest once the file is attached.
_CONFIG: _Config = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "allow_persistent_secrets": "false",
    "memory_limit": "1GB",
    "temp_directory": "",  # nothing is written, also not when memory runs out
}
# From then on no other file may be read and no setting changed.
_LOCK_DOWN = "SET enable_external_access = false; SET lock_configuration = true"
_NAME = "clusters"
_MAX_DEPTH = 250  # of the expressions that open_parser() reads
# Readers see no path of the server.
_PATH = re.compile(r'"?(?:[A-Za-z]:)?[/\\][^\s"]+"?')


class DatabaseNotReadyError(ReadableError):
    """The database cannot be used; the message says why."""


def open_parser() -> duckdb.DuckDBPyConnection:
    """A connection without a database, which may read no file: for DuckDB's parser alone."""
    connection = duckdb.connect(":memory:", config={**_CONFIG, "threads": 1, "memory_limit": "64MB"})
    connection.execute(f"SET max_expression_depth = {_MAX_DEPTH}; {_LOCK_DOWN}")
    return connection


def open_database(
    path: Path, schema_version: int = SCHEMA_VERSION, limits: Mapping[str, str | int] = MappingProxyType({})
) -> duckdb.DuckDBPyConnection:
    """Connect read-only to the database behind ``path`` (a file or the published symlink).

    ``limits`` are further settings of DuckDB, such as its memory, which cannot be changed afterwards.

    Raises DatabaseNotReadyError when it is missing, unreadable or of another schema version. Further cursors come from
    new_cursor(). The real path is opened, because a connection made through the symlink would keep reading an old
    build. It is attached to an instance of its own, because DuckDB would otherwise answer a second connection to the
    same path from the first one, even after the file was replaced.
    """
    file = published_file(path)
    if not file.exists():
        raise DatabaseNotReadyError(f"There is no database at {path.name} yet.")
    connection = duckdb.connect(":memory:", config={**_CONFIG, **limits})
    try:
        connection.execute(f"ATTACH {_quoted(file)} AS {_NAME} (READ_ONLY, TYPE duckdb)")
        connection.execute(f"USE {_NAME}")
        connection.execute(_LOCK_DOWN)
        version = connection.execute("SELECT schema_version FROM build_info").fetchone()
    except duckdb.Error as error:
        connection.close()
        reason = _PATH.sub("a file of the server", str(error).splitlines()[0].replace(str(file), path.name))
        raise DatabaseNotReadyError(f"{path.name} is not a database of this dashboard: {reason}") from error
    if version is None or version[0] != schema_version:
        connection.close()
        actual = "none" if version is None else version[0]
        raise DatabaseNotReadyError(
            f"{path.name} has schema version {actual}; this program reads version {schema_version}."
        )
    return connection


def new_cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A further connection to the database that open_database() attached, for a thread of its own."""
    cursor = connection.cursor()
    cursor.execute(f"USE {_NAME}")  # a cursor does not inherit it
    return cursor


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"

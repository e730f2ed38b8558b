"""Opening the published database: read-only, locked down, and only in the version the app expects."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from settings import SCHEMA_VERSION

Connection = duckdb.DuckDBPyConnection

# Nothing but the file itself may be read, and no setting may be changed afterwards.
_HARDENING: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "allow_persistent_secrets": "false",
    "lock_configuration": "true",
}


class DatabaseNotReadyError(Exception):
    """The database cannot be used; the message says why."""


def open_database(path: Path) -> Connection:
    """Connect read-only to the database behind ``path`` (a file or the published symlink).

    Raises DatabaseNotReadyError when it is missing, unreadable or of another schema version. The real path is opened,
    because a connection made through the symlink would keep reading an old build.
    """
    if not path.exists():
        raise DatabaseNotReadyError(f"There is no database at {path.name} yet.")
    try:
        connection = duckdb.connect(str(path.resolve()), read_only=True, config=_HARDENING)
        version = connection.execute("SELECT schema_version FROM build_info").fetchone()
    except (
        duckdb.IOException,
        duckdb.CatalogException,
        duckdb.InvalidInputException,
        duckdb.SerializationException,
    ) as error:
        raise DatabaseNotReadyError(
            f"{path.name} is not a database of this dashboard: {str(error).splitlines()[0]}"
        ) from error
    if version is None or version[0] != SCHEMA_VERSION:
        connection.close()
        actual = "none" if version is None else version[0]
        raise DatabaseNotReadyError(
            f"{path.name} has schema version {actual}; this app reads version {SCHEMA_VERSION}."
        )
    return connection


def cache_key(path: Path) -> tuple[str, int, int]:
    """Key of a build in a cache: real path, modification time in ns and inode; zeros when it is missing."""
    real = path.resolve()
    if not real.exists():
        return str(real), 0, 0
    stat = real.stat()
    return str(real), stat.st_mtime_ns, stat.st_ino


def fetch(connection: Connection, sql: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
    """The rows of a query as a DataFrame; ``params`` are its named parameters."""
    return connection.execute(sql, params or {}).df()

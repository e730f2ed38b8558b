"""The connection to the published database: how it is opened, its key in caches, and queries as frames."""

import os
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from domain.database_file import DatabaseNotReadyError, new_cursor, open_database
from domain.published import published_file

__all__ = ["Connection", "DatabaseNotReadyError", "cache_key", "fetch", "new_cursor", "open_database"]

Connection = duckdb.DuckDBPyConnection


def cache_key(path: Path) -> tuple[str, int, int]:
    """Key of a build in a cache: real path, modification time in ns and inode; zeros when it is missing."""
    real = str(published_file(path))
    try:
        stat = os.stat(real)
    except OSError:
        return real, 0, 0
    return real, stat.st_mtime_ns, stat.st_ino


def fetch(connection: Connection, sql: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
    """The rows of a query as a DataFrame; ``params`` are its named parameters."""
    return connection.execute(sql, params or {}).df()

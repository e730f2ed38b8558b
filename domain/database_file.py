"""Opening the published database: read-only, locked down, and only in the expected version.

The app and ``python -m etl describe`` both read it.
"""

from pathlib import Path

import duckdb

from settings import SCHEMA_VERSION

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


def open_database(path: Path, schema_version: int = SCHEMA_VERSION) -> duckdb.DuckDBPyConnection:
    """Connect read-only to the database behind ``path`` (a file or the published symlink).

    Raises DatabaseNotReadyError when it is missing, unreadable or of another schema version. The real path is opened,
    because a connection made through the symlink would keep reading an old build.
    """
    if not path.exists():
        raise DatabaseNotReadyError(f"There is no database at {path.name} yet.")
    try:
        connection = duckdb.connect(str(path.resolve()), read_only=True, config=_HARDENING)
        version = connection.execute("SELECT schema_version FROM build_info").fetchone()
    except duckdb.Error as error:
        raise DatabaseNotReadyError(
            f"{path.name} is not a database of this dashboard: {str(error).splitlines()[0]}"
        ) from error
    if version is None or version[0] != schema_version:
        connection.close()
        actual = "none" if version is None else version[0]
        raise DatabaseNotReadyError(
            f"{path.name} has schema version {actual}; this program reads version {schema_version}."
        )
    return connection

"""Typed rows into a new database file, and the file into its place.

A published database is never changed: each build is a new file, and a symlink is swapped to it in
one step, so that a reader sees the old build or the new one and never a half-written one.
"""

import fcntl
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.constraints import to_arrow
from etl.dictionary import inherit_comments
from etl.errors import PublishError
from etl.schema import SQL_DIR, Schema
from etl.transform import TypedTable

log = logging.getLogger(__name__)

BUILDS_KEPT = 3
_VERSION = re.compile(r"-[0-9a-f]{12}-(\d{8}T\d{12}Z)\.duckdb")


def insert_rows(connection: duckdb.DuckDBPyConnection, tables: dict[str, TypedTable], schema: Schema) -> int:
    """Insert verified rows, referenced tables first. Returns their number."""
    inserted = 0
    for table in schema.input_tables:
        if table.name in tables and tables[table.name].rows:
            for part in _parents_first(tables[table.name]):
                connection.register("part", part)
                connection.execute(f"INSERT INTO {table.name} SELECT * FROM part")
                connection.unregister("part")
                inserted += part.num_rows
    return inserted


def _parents_first(typed: TypedTable) -> Iterator[pa.Table]:
    """The rows in parts, such that a row comes after the one of its own table that it points at.

    DuckDB looks up a foreign key before it inserts the rows of the same statement.
    """
    rows = to_arrow(typed)
    own = next((k for k in typed.table.foreign_keys if k.referenced_table == typed.table.name), None)
    if own is None:
        yield rows
        return
    parents = rows[own.columns[0]].to_pylist()
    ids = rows[own.referenced_columns[0]].to_pylist()
    waiting, inserted = list(range(len(ids))), {None}
    while waiting:
        # Never empty: verified rows have their parents and form no circles.
        ready = [index for index in waiting if parents[index] in inserted]
        yield rows.take(ready)
        inserted.update(ids[index] for index in ready)
        waiting = [index for index in waiting if ids[index] not in inserted]


# A view, or a register that is computed once; comments before it are left out.
_DEFINITION = re.compile(
    r"\s*(--[^\n]*\n\s*)*(?P<sql>CREATE (VIEW|TABLE) (?P<name>\w+) AS\b.*)", re.DOTALL | re.IGNORECASE
)


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Run the SQL files after the schema in number order, keep what defines each view and register,
    then complete the comments of views.
    """
    for path in sorted(SQL_DIR.glob("*.sql"))[1:]:
        for statement in duckdb.extract_statements(path.read_text(encoding="utf-8")):
            connection.execute(statement)
            made = _DEFINITION.match(statement.query)
            if made:
                connection.execute("INSERT INTO definitions VALUES (?, ?)", [made["name"], made["sql"].strip()])
    inherit_comments(connection)


@contextmanager
def publishing(link: Path, build_id: str, built_at: datetime) -> Iterator[Path]:
    """Gives the path of a file to write; on leaving without an error it becomes the published one.

    On any error the half-written file is removed and the published database stays as it was.
    """
    _refuse_strange_link(link)
    version = link.with_name(f"{link.stem}-{build_id[:12]}-{built_at.astimezone(UTC):%Y%m%dT%H%M%S%fZ}.duckdb")
    unfinished = version.with_suffix(".unfinished")
    try:
        link.parent.mkdir(parents=True, exist_ok=True)
        with _one_build_at_a_time(link):
            for left_over in link.parent.glob(f"{link.stem}-*.unfinished*"):
                left_over.unlink()
            try:
                yield unfinished
                _sync(unfinished)
                os.replace(unfinished, version)
                _swap(link, version)
            finally:
                unfinished.unlink(missing_ok=True)
                Path(f"{unfinished}.wal").unlink(missing_ok=True)
            _remove_old_builds(link)
    except (OSError, duckdb.IOException) as error:
        raise PublishError(f"The database cannot be written to {link}: {error}") from error


def _refuse_strange_link(link: Path) -> None:
    if link.exists() and not link.is_symlink():
        raise PublishError(
            f"{link} is not the link that a build makes but a file or folder of its own. "
            "Move it away or choose another path with --database."
        )


@contextmanager
def _one_build_at_a_time(link: Path) -> Iterator[None]:
    with open(link.with_name(f".{link.stem}.lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishError(f"Another build is writing {link}. Wait until it has finished.") from error
        yield


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(link: Path, version: Path) -> None:
    new_link = link.with_name(f".{version.stem}.link")
    new_link.unlink(missing_ok=True)
    # Relative, so that the folder can be moved or mounted elsewhere as a whole.
    new_link.symlink_to(version.name)
    os.replace(new_link, link)
    _sync(link.parent)


def builds_of(link: Path) -> list[Path]:
    """Files of the builds behind a link, newest first."""
    found = [
        (match[1], path)
        for path in link.parent.glob(f"{link.stem}-*.duckdb")
        if (match := _VERSION.fullmatch(path.name.removeprefix(link.stem)))
    ]
    return [path for _, path in sorted(found, reverse=True)]


def _remove_old_builds(link: Path) -> None:
    for path in builds_of(link)[BUILDS_KEPT:]:
        if path.name != os.readlink(link):
            path.unlink()
            log.info("removed the old build %s", path.name)

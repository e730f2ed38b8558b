"""Loads typed rows into a new database file and publishes the file.

A published database is never changed: each build is a new file, and a symbolic link is switched to it in
one step, so that a reader sees the old build or the new one, never a partial one.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

import duckdb
import pyarrow as pa

from domain.published import note_of, published_file
from etl.constraints import to_arrow
from etl.database import Connection, insert_tuples
from etl.dictionary import inherit_comments
from etl.errors import PublishError
from etl.files import exclusive_lock, replacing
from etl.schema import DERIVED_SQL, Schema, sql_statements
from etl.transform import TypedTable

log = logging.getLogger(__name__)

MAX_BUILDS = 3
# What DuckDB says of a full disk, beside the errors of the system.
_DISK_FAULTS = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException, duckdb.OutOfMemoryException)
# Windows: the right to make links is missing, or the file system has none.
_NO_LINKS = (1314, 1, 50)
_VERSION = re.compile(r"-[0-9a-f]{12}-(\d{8}T\d{12}Z)\.duckdb")


@dataclass(frozen=True)
class HandOver:
    """To whom a complete file is given before it is published on this machine, such as a lake.

    When ``give`` raises an error, nothing is published. wait_seconds: how long a build waits while another process of
    this machine publishes.
    """

    give: Callable[[Path], None]
    wait_seconds: float


def insert_rows(connection: Connection, tables: dict[str, TypedTable], schema: Schema) -> int:
    """Insert verified rows, referenced tables first. Returns the number of rows."""
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
    """The rows in parts, so that each row comes in a later part than the row of the same table it references.

    DuckDB verifies a foreign key before it inserts the rows of the same statement.
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
        # Never empty, because the rows are verified: every parent exists and there are no cycles.
        ready = [index for index in waiting if parents[index] in inserted]
        yield rows.take(ready)
        inserted.update(ids[index] for index in ready)
        waiting = [index for index in waiting if ids[index] not in inserted]


# CREATE VIEW or CREATE TABLE ... AS, without the comments before it.
_CREATE_AS = re.compile(
    r"\s*(--[^\n]*\n\s*)*(?P<sql>CREATE (VIEW|TABLE) (?P<name>\w+) AS\b.*)", re.DOTALL | re.IGNORECASE
)


def create_views(connection: Connection, *, with_comments: bool = True) -> None:
    """Create views, registers and derived tables, and complete the comments of their columns.

    The statement of each view and register is stored in the table view_sql.
    """
    stored = []
    for path in DERIVED_SQL:
        for statement in sql_statements(path, with_comments=with_comments):
            connection.execute(statement)
            match = _CREATE_AS.match(statement.query)
            if match:
                stored.append((match["name"], match["sql"].strip()))
    insert_tuples(connection, "view_sql", stored)
    if with_comments:
        inherit_comments(connection)


def version_of(link: Path, build_id: str, built_at: datetime) -> Path:
    """The file of a build beside its link; build and moment (with its time zone) are in its name."""
    return link.with_name(f"{link.stem}-{build_id[:12]}-{built_at.astimezone(UTC):%Y%m%dT%H%M%S%fZ}.duckdb")


@contextmanager
def publishing(link: Path, build_id: str, built_at: datetime, hand_over: HandOver | None = None) -> Iterator[Path]:
    """Yields the path of a file to write, which is published on leaving without an error. Raises PublishError.

    On any error the partial file is removed and the published database is unchanged. ``hand_over`` says to whom the
    file is given first.
    """
    with only_writer(link, hand_over.wait_seconds if hand_over else 0), new_version(link, build_id, built_at) as path:
        yield path
        if hand_over:
            hand_over.give(path)


@contextmanager
def only_writer(link: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Context in which nobody else publishes under ``link`` on this machine.

    Raises PublishError where somebody does for longer than ``wait_seconds``, or nothing can be published there.
    """
    _validate_link(link)
    with _system_errors(link):
        link.parent.mkdir(parents=True, exist_ok=True)
        busy = PublishError(f"Another build is writing {link}. Wait until it has finished.")
        with exclusive_lock(link.with_name(f".{link.stem}.lock"), busy, wait_seconds):
            _remove_leftovers(link)
            yield


@contextmanager
def new_version(link: Path, build_id: str, built_at: datetime) -> Iterator[Path]:
    """Yields the path of a file to write, and publishes it as ``publishing`` does, for the only writer."""
    version = version_of(link, build_id, built_at)
    unfinished = version.with_suffix(".unfinished")
    with _system_errors(link):
        try:
            yield unfinished
            _sync(unfinished)
            os.replace(unfinished, version)
            _swap(link, version)
        finally:
            unfinished.unlink(missing_ok=True)
            Path(f"{unfinished}.wal").unlink(missing_ok=True)
        _remove_old_builds(link)


@contextmanager
def _system_errors(link: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, *_DISK_FAULTS) as error:
        raise PublishError(f"The database cannot be written to {link}: {error}") from error


def _remove_leftovers(link: Path) -> None:
    """Remove what a build that was killed has left: half-written files, and links that were not put in place."""
    stem = escape(link.stem)
    for leftover in (*link.parent.glob(f"{stem}-*.unfinished*"), *link.parent.glob(f".{stem}-*.link")):
        leftover.unlink(missing_ok=True)


def _validate_link(link: Path) -> None:
    if link.exists() and not link.is_symlink():
        raise PublishError(
            f"{link} is a file or folder, not the link that a build creates. "
            "Move it away or choose another path with --database."
        )


def _sync(path: Path) -> None:
    # Windows needs a file that is open for writing.
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(link: Path, version: Path) -> None:
    new_link = link.with_name(f".{version.stem}.link")
    new_link.unlink(missing_ok=True)
    try:
        # Relative, so that the folder can be moved or mounted elsewhere.
        new_link.symlink_to(version.name)
        os.replace(new_link, link)
    except OSError as error:
        new_link.unlink(missing_ok=True)
        if link.is_symlink() or getattr(error, "winerror", None) not in _NO_LINKS:
            raise
        with replacing(note_of(link)) as unfinished:
            unfinished.write_text(version.name, encoding="utf-8")
    if os.name == "posix":  # elsewhere a folder cannot be opened
        _sync(link.parent)


def builds_of(link: Path) -> list[Path]:
    """Database files of the builds that a link has named, newest first."""
    builds = [
        (match[1], path)
        for path in link.parent.glob(f"{escape(link.stem)}-*.duckdb")
        if (match := _VERSION.fullmatch(path.name.removeprefix(link.stem)))
    ]
    return [path for _, path in sorted(builds, reverse=True)]


def _remove_old_builds(link: Path) -> None:
    for path in builds_of(link)[MAX_BUILDS:]:
        if path.name != published_file(link).name:
            try:
                path.unlink()
            except PermissionError:  # Windows keeps a file that somebody reads; a later build removes it
                continue
            log.info("removed the old build %s", path.name)

"""Snapshots of a lake: one for each build, written in one transaction, and copied from it to a file."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from etl.database import FILE_CONFIG, Connection, fetch_row, sql_literal
from etl.lake.attach import LAKE, SCHEMA, Lake, LakeError, attached, lake_errors
from etl.load import MAX_BUILDS

log = logging.getLogger(__name__)

# How long a file that no snapshot needs any more stays, for those who are reading it, and one that belongs to none, for
# those who are writing it.
_GRACE = timedelta(days=1)
# Our table of the lake with what a copy begins with: a database with all tables and views, their keys, rules and
# comments, and no rows, which Parquet files cannot hold; and the names of the tables in the order of filling them.
_TEMPLATE = '"build_template"'
_AUTHOR = "python -m etl build"


@dataclass(frozen=True)
class Snapshot:
    """One build in the lake: the number of its snapshot, and what its table build_info says; built_at is UTC."""

    number: int
    build_id: str
    release_id: str | None
    schema_version: int
    built_at: datetime

    def note(self) -> str:
        """What the catalogue keeps of it beside its number."""
        values = asdict(self) | {"built_at": self.built_at.isoformat()}
        del values["number"]
        return json.dumps(values)


def add_build(lake: Lake, file: Path) -> None:
    """Add the build in a database file to the lake. Raises LakeError; then nobody sees anything of it."""
    with attached(lake, writing=True) as connection:
        connection.execute(f"ATTACH {sql_literal(file)} AS built (READ_ONLY)")
        added = Snapshot(
            0, *fetch_row(connection, "SELECT build_id, release_id, schema_version, built_at FROM built.build_info")
        )
        connection.begin()
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {LAKE}.{SCHEMA}")
        tables = _tables(connection, "built")
        for name in tables:
            connection.execute(f"CREATE OR REPLACE TABLE {LAKE}.{SCHEMA}.{name} AS FROM built.{name}")
        connection.execute(
            f"CREATE OR REPLACE TABLE {LAKE}.{SCHEMA}.{_TEMPLATE} AS SELECT $file::BLOB AS file, $tables AS tables",
            {"file": _template(file), "tables": tables},
        )
        for name in set(_tables(connection, LAKE)) - {*tables, _TEMPLATE}:
            connection.execute(f"DROP TABLE {LAKE}.{SCHEMA}.{name}")
        message = f"build {added.build_id[:12]}, {added.release_id or 'not a release'}"
        connection.execute(
            f"CALL {LAKE}.set_commit_message({sql_literal(_AUTHOR)}, {sql_literal(message)}, "
            f"extra_info => {sql_literal(added.note())})"
        )
        connection.commit()
        _remove_old_snapshots(connection)


def _tables(connection: Connection, database: str) -> list[str]:
    """Names of the tables of a database, or of our schema of the lake, those that others refer to first."""
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = $database "
        "AND schema_name = CASE database_name WHEN $lake THEN $schema ELSE 'main' END ORDER BY table_oid",
        {"database": database, "lake": LAKE, "schema": SCHEMA},
    ).fetchall()
    return [_quoted(name) for (name,) in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _template(file: Path) -> bytes:
    """The bytes of a database with all of another but its rows."""
    with TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.duckdb"
        with duckdb.connect(config=FILE_CONFIG) as connection:
            connection.execute(f"ATTACH {sql_literal(file)} AS built (READ_ONLY); ATTACH {sql_literal(empty)} AS empty")
            connection.execute("COPY FROM DATABASE built TO empty (SCHEMA); CHECKPOINT empty")
        return empty.read_bytes()


def snapshots(connection: Connection) -> list[Snapshot]:
    """The builds in the attached lake, the newest first."""
    rows = connection.execute(
        f"SELECT snapshot_id, commit_extra_info FROM {LAKE}.snapshots() WHERE author = $author ORDER BY 1 DESC",
        {"author": _AUTHOR},
    ).fetchall()
    return [
        Snapshot(number, **(note | {"built_at": datetime.fromisoformat(note["built_at"])}))
        for number, text in rows
        if (note := json.loads(text))
    ]


def newest(connection: Connection, schema_version: int, release_id: str | None = None) -> Snapshot | None:
    """The newest build that a program of this version of the schema reads, of a release where one is named."""
    for one in snapshots(connection):
        if one.schema_version == schema_version and release_id in (None, one.release_id):
            return one
    return None


def write_copy(connection: Connection, snapshot: Snapshot, file: Path) -> None:
    """Write a build of the attached lake to a new database file. Raises LakeError."""
    with lake_errors():
        _write_copy(connection, snapshot, file)


def _write_copy(connection: Connection, snapshot: Snapshot, file: Path) -> None:
    at = f"AT (VERSION => {snapshot.number})"
    template, tables = fetch_row(connection, f"SELECT file, tables FROM {LAKE}.{SCHEMA}.{_TEMPLATE} {at}")
    file.write_bytes(template)
    connection.execute(f"ATTACH {sql_literal(file)} AS copy")
    try:
        connection.begin()
        to_own = _references_to_own(connection)
        for name in tables:
            _insert(connection, f"copy.{name}", f"{LAKE}.{SCHEMA}.{name} {at}", to_own.get(name))
        connection.commit()
        (build_id,) = fetch_row(connection, "SELECT build_id FROM copy.build_info")
        connection.execute("CHECKPOINT copy")
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.execute("DETACH copy")
    if build_id != snapshot.build_id:
        raise LakeError(f"Snapshot {snapshot.number} of the lake does not hold the build that its note names.")


def _references_to_own(connection: Connection) -> dict[str, tuple[str, str]]:
    """Tables of the copy whose rows refer to rows of the same table: the column, and the key that it holds."""
    rows = connection.execute(
        "SELECT table_name, constraint_column_names[1], referenced_column_names[1] FROM duckdb_constraints() "
        "WHERE database_name = 'copy' AND constraint_type = 'FOREIGN KEY' AND referenced_table = table_name"
    ).fetchall()
    return {_quoted(table): (_quoted(column), _quoted(key)) for table, column, key in rows}


def _insert(connection: Connection, target: str, source: str, to_own: tuple[str, str] | None) -> None:
    """Insert all rows; those that refer to others of the table after these, as DuckDB verifies keys."""
    if to_own is None:
        connection.execute(f"INSERT INTO {target} FROM {source}")
        return
    column, key = to_own
    known = f"(SELECT {key} FROM {target})"
    part = (
        f"INSERT INTO {target} FROM {source} WHERE ({column} IS NULL OR {column} IN {known}) AND {key} NOT IN {known}"
    )
    while fetch_row(connection, part)[0]:
        pass


def _remove_old_snapshots(connection: Connection) -> None:
    """Keep the last builds as a folder of builds does, and the newest of each release and version of the schema."""
    ours = snapshots(connection)
    by_release = {one.release_id: one.number for one in reversed(ours) if one.release_id}
    by_version = {one.schema_version: one.number for one in reversed(ours)}
    kept = {*(one.number for one in ours[:MAX_BUILDS]), *by_release.values(), *by_version.values()}
    old = [str(one.number) for one in ours if one.number not in kept]
    before = f"older_than => TIMESTAMPTZ '{(datetime.now(UTC) - _GRACE).isoformat()}'"
    try:
        if old:
            connection.execute(f"CALL ducklake_expire_snapshots('{LAKE}', versions => [{', '.join(old)}])")
        connection.execute(f"CALL ducklake_cleanup_old_files('{LAKE}', {before})")
        connection.execute(f"CALL ducklake_delete_orphaned_files('{LAKE}', {before})")
    except duckdb.Error:  # another build may be doing the same; the next one tries again
        log.warning("old builds were not removed from the lake")

"""The build at the first start, and a database file that is replaced under a running app."""

import dataclasses
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from domain.database_file import DatabaseNotReadyError, new_cursor, open_database
from etl import first_build
from etl.errors import PublishError
from etl.first_build import FirstBuildError, build_first, is_ours
from settings import load_settings


@pytest.fixture
def settings(inputs, link):
    """Settings of a project with a small data folder and no database yet."""
    return dataclasses.replace(load_settings(), data_dir=inputs.data_dir, static_dir=inputs.static_dir, database=link)


def _count(path):
    with open_database(path) as connection:
        return connection.execute("SELECT count(*) FROM projects").fetchone()


@pytest.mark.slow
def test_of_several_starts_one_builds(settings):
    """Four readers of a fresh clone at once: one build, and all four find it."""
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(build_first, [settings] * 4))
    assert _count(settings.database) == (4,)
    assert len(list(settings.database.parent.glob("clusters-*.duckdb"))) == 1


@pytest.mark.slow
def test_a_database_of_an_older_version_is_built_again(settings):
    build_first(settings)
    newer = dataclasses.replace(settings, schema_version=settings.schema_version + 1)
    with pytest.raises(DatabaseNotReadyError, match="schema version"):
        open_database(newer.database, newer.schema_version)
    build_first(newer)
    open_database(newer.database, newer.schema_version).close()


def test_errors_in_the_data_are_told_without_paths(settings):
    (settings.data_dir / "events.csv").write_text("nothing\n")
    with pytest.raises(FirstBuildError, match="python -m etl check") as refused:
        build_first(settings)
    assert str(settings.data_dir) not in str(refused.value)


def test_a_folder_that_cannot_be_written_is_told_without_paths(settings, monkeypatch):
    def full(*_: object) -> None:
        raise PublishError(f"The database cannot be written to {settings.database}: No space left on device")

    monkeypatch.setattr(first_build, "build", full)
    with pytest.raises(FirstBuildError, match="could not be written") as refused:
        build_first(settings)
    assert str(settings.database) not in str(refused.value)


def test_a_file_of_the_owner_is_never_replaced(tmp_path):
    """A link that dangles may be published again; a plain file was put there by somebody."""
    link = tmp_path / "clusters.duckdb"
    assert is_ours(link)
    link.symlink_to("gone.duckdb")
    assert is_ours(link)
    link.unlink()
    link.write_bytes(b"mine")
    assert not is_ours(link)


def test_a_plain_file_that_is_replaced_shows_at_once(shipped_database, tmp_path):
    """A second connection to a path must read the file that is there now, though the first is still open."""
    path, changed = tmp_path / "plain.duckdb", tmp_path / "changed.duckdb"
    for copy in (path, changed):
        shutil.copyfile(shipped_database.resolve(), copy)
    with duckdb.connect(str(changed)) as connection:
        connection.execute("UPDATE build_info SET build_id = 'changed'")
    old = open_database(path)
    before = old.execute("SELECT build_id FROM build_info").fetchone()
    os.replace(changed, path)
    with open_database(path) as new:
        assert new.execute("SELECT build_id FROM build_info").fetchone() == ("changed",)
    assert new_cursor(old).execute("SELECT build_id FROM build_info").fetchone() == before != ("changed",)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE clusters.mine AS SELECT 1",
        "DELETE FROM build_info",
        "ATTACH 'other.duckdb'",
        "SELECT * FROM read_text('settings.py')",
        "COPY (SELECT 1) TO 'other.csv'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_the_connection_reads_the_database_and_nothing_else(shipped_database, sql):
    with open_database(shipped_database) as connection, pytest.raises(duckdb.Error):
        new_cursor(connection).execute(sql)


@pytest.mark.parametrize("kind", ["sqlite", "text", "folder"])
def test_what_is_no_database_is_told_without_a_path(tmp_path, kind):
    """Whatever DuckDB says of it: a path of an extension, of the file, of the folder."""
    path = tmp_path / "mine.duckdb"
    if kind == "sqlite":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE a AS SELECT 1 AS b")
    elif kind == "text":
        path.write_text("not a database")
    else:
        path.mkdir()
    with pytest.raises(DatabaseNotReadyError, match=r"mine\.duckdb is not a database of this dashboard") as refused:
        open_database(path)
    assert "/" not in str(refused.value)

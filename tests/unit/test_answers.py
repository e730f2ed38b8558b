"""Answers of the warehouse: cached per build, and pinned to one build while a file is made."""

import shutil

import duckdb
import pytest

from settings import load_settings
from warehouse import query_cache
from warehouse.connection import open_database

pytestmark = pytest.mark.usefixtures("published")


def _name(connection):
    return connection.execute("SELECT value FROM made_up").fetchone()[0]


def _publish(original, path, monkeypatch):
    """A copy of the database with a mark of its own, put in place of the published one."""
    shutil.copy(original, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE made_up AS SELECT ? AS value", [path.stem])
    monkeypatch.setenv("CLUSTERS_DB", str(path))


def test_pinned_work_keeps_to_its_build(tmp_path, monkeypatch):
    """A build that is published meanwhile is for the next piece of work."""
    original = load_settings().database.resolve()
    _publish(original, tmp_path / "old.duckdb", monkeypatch)
    with query_cache.pinned():
        assert query_cache.run_query(_name) == "old"
        _publish(original, tmp_path / "new.duckdb", monkeypatch)
        assert query_cache.run_query(_name) == "old"
    assert query_cache.run_query(_name) == "new"


def test_readers_of_two_builds_do_not_close_each_other_s_file(tmp_path, monkeypatch):
    """Each file is opened once, however often readers of the published build and of a release take turns."""
    original = load_settings().database.resolve()
    opened = []
    monkeypatch.setattr(query_cache, "open_database", lambda path: opened.append(path) or open_database(path))
    _publish(original, tmp_path / "first.duckdb", monkeypatch)
    with query_cache.pinned():
        for turn in range(3):
            assert query_cache.run_uncached(_name) == "first"
            if not turn:
                _publish(original, tmp_path / "second.duckdb", monkeypatch)
            with query_cache.published():
                assert query_cache.run_uncached(_name) == "second"
    assert len(opened) == 2

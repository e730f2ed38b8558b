"""Answers of the warehouse: cached per build, and pinned to one build while a file is made."""

import shutil

import duckdb
import pytest

from settings import load_settings
from warehouse import query_cache

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

"""What publishing promises readers, for a folder on one machine and for a lake of several; and the lake alone."""

from __future__ import annotations

import importlib.util
import json
import logging
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb
import pytest

from domain.database_file import open_database
from etl.errors import InputError, PublishError
from etl.first_build import build_first
from etl.lake.attach import Lake, LakeError, attached
from etl.lake.copies import fetch
from etl.lake.follow import Follower
from etl.lake.snapshots import snapshots
from etl.pipeline import release
from etl.released import database_or_reason
from settings import ROOT
from tests.cluster.conftest import until
from tests.cluster.machines import Machines, machines_of, row_of
from tests.cluster.postgres import PASSWORD, READER, WHAT_TO_INSTALL, Postgres, programs, running
from tests.unit.etl_dataset import edit, write_dataset
from tools.server import serve
from warehouse.connection import cache_key

STATEMENT = "Work on the reuse of water."
HAS_EXTENSIONS = all(
    importlib.util.find_spec(f"duckdb_extension_{name}") for name in ("ducklake", "postgres_scanner", "httpfs")
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """The server of all lakes of this module."""
    if not HAS_EXTENSIONS:
        pytest.skip("The packages of the lake are missing: python -m pip install -r requirements-lake.lock")
    if (found := programs()) is None:
        pytest.skip(WHAT_TO_INSTALL)
    with running(found) as server:
        yield server


@pytest.fixture
def lake(postgres: Postgres, tmp_path: Path) -> Machines:
    """Two machines with a lake: the one that reads has a role that may read alone."""
    name = f"lake_{time.monotonic_ns()}"
    postgres.new_database(name)
    return machines_of(tmp_path, partial(postgres.address, name), str(tmp_path / "store"))


@pytest.fixture(params=["folder", "lake"])
def machines(request: pytest.FixtureRequest, tmp_path: Path) -> Machines:
    """Each of the two ways to publish."""
    return request.getfixturevalue("lake") if request.param == "lake" else machines_of(tmp_path)


# ---------------------------------------------------------------- what both promise


def test_a_reader_sees_each_build_and_keeps_the_one_that_is_open(machines):
    first = machines.build()
    with open_database(machines.link()) as opened:
        key = cache_key(machines.link())
        edit(machines.writer.data_dir, "opportunities", STATEMENT, "Another statement.")
        second = machines.build()
        assert machines.read("SELECT statement, build_id FROM opportunities, build_info") == (
            "Another statement.",
            second.build_id,
        )
        assert cache_key(machines.link()) != key
        assert opened.execute("SELECT statement, build_id FROM opportunities, build_info").fetchone() == (
            STATEMENT,
            first.build_id,
        )


def test_a_reader_has_all_that_was_built(machines):
    """Rows in their order, keys, rules, comments and views: what tables and files of the app are made of."""
    built = machines.build().path
    with duckdb.connect() as both:
        both.execute(f"ATTACH '{built}' AS built (READ_ONLY); ATTACH '{machines.link().resolve()}' AS copy (READ_ONLY)")

        def catalogue(database: str, columns: str, function: str) -> list[tuple]:
            return both.execute(
                f"SELECT {columns} FROM {function} WHERE database_name = ? ORDER BY ALL", [database]
            ).fetchall()

        for columns, function in (
            ("table_name, comment", "duckdb_tables()"),
            ("view_name, comment", "duckdb_views()"),
            ("table_name, column_name, column_index, data_type, is_nullable, comment", "duckdb_columns()"),
            ("table_name, constraint_type, constraint_text", "duckdb_constraints()"),
        ):
            assert catalogue("copy", columns, function) == catalogue("built", columns, function)
        tables = [name for (name,) in catalogue("built", "table_name", "duckdb_tables()")]
        assert len(tables) > 100
        for name in tables:
            rows = [both.execute(f'FROM {database}."{name}"').fetchall() for database in ("built", "copy")]
            assert rows[0] == rows[1], name


def test_a_build_that_fails_is_seen_by_nobody(machines):
    machines.build()
    key = cache_key(machines.link())
    edit(machines.writer.data_dir, "opportunities", STATEMENT, "Write to someone" + "@" + "example.org")
    with pytest.raises(InputError):
        machines.build()
    assert cache_key(machines.link()) == key


def test_of_two_who_write_at_once_each_build_is_seen_whole(machines, tmp_path):
    """Two writers with different data and a reader: he only ever sees all of one build. Who loses is told so."""
    machines.build()
    datas = {}
    for mark in ("first", "second"):
        folder = tmp_path / mark
        folder.mkdir()
        datas[mark] = write_dataset(folder)
        edit(datas[mark], "opportunities", STATEMENT, mark)
        edit(datas[mark], "sources", "Discussion paper", mark)
    built: dict[str, int] = dict.fromkeys(datas, 0)
    refused: list[str] = []

    def write(mark: str) -> None:
        while built[mark] < 2:
            try:
                machines.build(datas[mark])
                built[mark] += 1
            except PublishError as error:
                refused.append(str(error))
                time.sleep(0.1)  # no condition to wait for: the other may be anywhere in its build

    writers = [threading.Thread(target=write, args=[mark], daemon=True) for mark in datas]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(machines.read("SELECT o.statement, s.title FROM opportunities o, sources s WHERE source_id = 'd35'"))
    assert built == {"first": 2, "second": 2}
    assert seen <= {(STATEMENT, "Discussion paper"), ("first", "first"), ("second", "second")} and len(seen) > 1
    assert all("Another build" in text for text in refused), refused


def test_a_release_is_read_after_others_came(machines):
    """By the link that names it, though more builds came than are kept: three, as on one machine."""
    data = machines.writer.data_dir
    release(machines.inputs(), "2026-11-30")
    ids = [machines.build().build_id]
    for number in range(4):
        edit(data, "opportunities", STATEMENT if number == 0 else f"Text {number - 1}.", f"Text {number}.")
        ids.append(machines.build().build_id)
    if machines.reader.lake:  # from its snapshot: the machine that reads has no archives
        machines = replace(machines, reader=replace(machines.reader, data_dir=data / "none"))
        with attached(Lake.of(machines.reader)) as connection:  # and of the others only the last are kept
            assert [one.build_id for one in snapshots(connection)] == [*ids[:1:-1], ids[0]]
    assert machines.read("SELECT statement, release_id FROM opportunities, build_info") == ("Text 3.", None)
    found = database_or_reason(machines.reader, "2026-11-30", lambda _step: None)
    assert row_of(found, "SELECT statement, release_id FROM opportunities, build_info") == (STATEMENT, "2026-11-30")
    assert database_or_reason(machines.reader, "2026-11-30", lambda _step: None) == found
    assert isinstance(database_or_reason(machines.reader, "2026-11-29", lambda _step: None), str)


# ---------------------------------------------------------------- the lake alone


def test_a_reader_changes_nothing_and_no_message_has_the_password(lake, postgres):
    lake.build()
    intruder = replace(lake, writer=replace(lake.writer, lake=lake.reader.lake))
    with pytest.raises(LakeError, match="permission denied") as refused:
        intruder.build()
    assert PASSWORD not in str(refused.value)
    with attached(Lake.of(lake.reader)) as connection:
        assert len(snapshots(connection)) == 1
    elsewhere = replace(lake.reader, lake=postgres.address("nowhere", READER))
    with pytest.raises(LakeError, match='database "nowhere" does not exist') as refused:
        fetch(elsewhere)
    assert PASSWORD not in str(refused.value)


def test_a_lake_without_a_build_that_fits_says_so(lake):
    with pytest.raises(LakeError, match="There is no lake"):
        fetch(lake.reader)
    with pytest.raises(LakeError, match="CLUSTERS_LAKE_DATA must say"):
        replace(lake, writer=replace(lake.writer, lake_data="")).build()
    lake.build()
    with pytest.raises(LakeError, match="no build of version 99 of the schema"):
        fetch(replace(lake.reader, schema_version=99))
    build_first(lake.reader)  # what the first reader of a server meets
    assert row_of(lake.reader.database, "SELECT statement FROM opportunities") == (STATEMENT,)


def test_new_builds_are_followed_and_a_catalogue_that_is_away_takes_nothing(lake, postgres, caplog):
    caplog.set_level(logging.WARNING)
    lake.build()
    follower = Follower(lake.reader, poll_seconds=0.1)
    link = lake.reader.database

    def shows(text: str) -> bool:
        return link.exists() and row_of(link, "SELECT statement FROM opportunities") == (text,)

    try:
        until(lambda: shows(STATEMENT), "the first build was not copied")
        postgres.stop()
        try:
            until(lambda: "readers see the last copy" in caplog.text, "nobody was told")
            assert shows(STATEMENT) and PASSWORD not in caplog.text
        finally:
            postgres.start()
        edit(lake.writer.data_dir, "opportunities", STATEMENT, "Another statement.")
        lake.build()
        until(lambda: shows("Another statement."), "the second build was not copied")
        until(lambda: "copied from the lake again" in caplog.text, "nobody was told that it is over")
    finally:
        follower.stop()


def test_a_running_server_shows_a_new_build_and_an_earlier_release(lake, tmp_path):
    """Pages and data API read as one who may read alone, and without a restart."""
    release(lake.inputs(), "2026-11-30")
    lake.build()
    variables = {"CLUSTERS_DB": lake.reader.lake, "CLUSTERS_LAKE_COPY": str(tmp_path / "server")}
    with serve(ROOT / "asgi.py", tmp_path, wait_seconds=120, variables=variables) as server:

        def answer(path: str) -> dict:
            try:
                with urllib.request.urlopen(f"{server.url}{path}", timeout=60) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:  # 503 while a copy is being made
                return {"status": error.code}

        until(lambda: answer("/healthz").get("release") == "2026-11-30", "the first build does not show")
        edit(lake.writer.data_dir, "opportunities", STATEMENT, "Another statement.")
        build_id = lake.build().build_id
        until(lambda: build_id[:8] in json.dumps(answer("/healthz")), "the second build does not show")

        def statements(release_id: str) -> str:
            return json.dumps(answer(f"/api/v1/opportunities{release_id}"))

        until(lambda: "Another statement." in statements(""), "the data API does not have the second build")
        until(lambda: STATEMENT in statements("?release=2026-11-30"), "the release cannot be read")
        assert PASSWORD not in server.log.read_text()


def test_the_files_may_lie_in_an_object_store(lake, s3_store, tmp_path):
    lake = Machines(replace(lake.writer, lake_data=s3_store), replace(lake.reader, lake_data=""))
    lake.build()
    edit(lake.writer.data_dir, "opportunities", STATEMENT, "Another statement.")
    lake.build()
    assert lake.read("SELECT statement FROM opportunities") == ("Another statement.",)
    assert not (tmp_path / "store").exists()

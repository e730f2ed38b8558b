"""Queries in processes of their own: right answers, limits that hold, and a service that lives on after each."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from settings import ROOT
from sql_box.box import BUSY, LEFT_SECONDS, OWN_RUNNING, Box
from sql_box.examples import EXAMPLES
from sql_box.limits import Limits
from sql_box.outcome import Outcome
from sql_box.process import QueryProcess, real_path
from tests.oracle import Oracle
from warehouse.dictionary import View, documented_views
from warehouse.query_cache import run_query

pytestmark = [pytest.mark.usefixtures("published"), pytest.mark.slow]

PATIENT = Limits(wall_seconds=60)
SHORT = Limits(wall_seconds=0.5, cpu_seconds=1)
ENDLESS = "SELECT count(*) FROM range(1000000000000)"


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    one = Box()
    yield one
    one.close()


@pytest.fixture(scope="module")
def ask(box, shipped_database, published):
    """`ask(sql, limits)` gives the outcome of a query."""
    views = run_query(documented_views)

    def run(sql: str, limits: Limits = PATIENT) -> Outcome:
        outcome = box.submit(sql, views, shipped_database, "reader", limits).wait(90)
        assert outcome is not None
        return outcome

    return run


def csv(name: str) -> pd.DataFrame:
    """A file of data/ as pandas reads it, every cell as text."""
    return pd.read_csv(ROOT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)


def rows(outcome: Outcome) -> list[tuple]:
    assert outcome.table is not None, outcome.problem
    return [tuple(row.values()) for row in outcome.table.to_pylist()]


# ---------------------------------------------------------------- right answers


def test_counts_by_side_are_those_of_the_file(ask):
    wanted = csv("organisations")["side"].value_counts().sort_index()
    assert rows(ask("SELECT side, count(*) FROM organisations GROUP BY side ORDER BY side")) == list(wanted.items())


def test_a_join_and_a_list_give_what_the_files_give(ask):
    """Members of each project, in the order of their names."""
    members = csv("project_members").merge(csv("organisations"), on="organisation_id")
    names = members.groupby("project_id")["name"].agg(lambda one: sorted(set(one)))
    found = ask(
        "SELECT project_id, list(DISTINCT name ORDER BY name) FROM project_members JOIN organisations "
        "USING (organisation_id) GROUP BY project_id ORDER BY project_id"
    )
    assert rows(found) == [(key, value) for key, value in names.sort_index().items()]


def test_events_of_the_example_are_those_of_the_file(ask):
    years = csv("events")["start_on"].str[:4]
    wanted = years[years != ""].value_counts().sort_index()
    assert rows(ask(next(one.sql for one in EXAMPLES if one.name == "events"))) == list(wanted.items())


def test_links_by_country_are_those_of_the_oracle(ask, oracle: Oracle):
    """Renewals count with what they renew, as in every figure of the pages."""
    found = rows(ask(next(one.sql for one in EXAMPLES if one.name == "countries")))
    links = oracle.matching("EU–US cooperations")
    names = dict(zip(csv("lookups/countries")["country_code"], csv("lookups/countries")["name"], strict=True))
    for country, count, _ in found:
        of_country = {oracle.agreement(one) for one in links if country in {names[code] for code in one.countries}}
        assert count == len(of_country), country


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_an_example_gives_rows(ask, example):
    outcome = ask(example.sql)
    assert outcome.table is not None, outcome.problem
    assert 0 < outcome.table.num_rows < 1_000 and not outcome.is_cut


def test_there_are_ten_examples_for_three_readers():
    assert len({one.name for one in EXAMPLES}) == len(EXAMPLES) == 10
    assert len({one.reader for one in EXAMPLES}) == 3


def test_values_of_rare_types_are_written_by_duckdb(ask):
    """A wrong number would be worse than a text."""
    found = ask(
        "SELECT 340282366920938463463374607431768211455::UHUGEINT AS a, '101'::BIT AS a, INTERVAL 3 DAYS AS i, "
        "[DATE '2020-01-01', 'infinity'::DATE] AS l, {'a': 1} AS s, ['x'] AS t, 1.25::DECIMAL(9, 2) AS d, sum(1) AS n, "
        "170141183460469231731687303715884105727::HUGEINT AS h, DATE '2016-02-29' AS day, NULL AS nothing"
    )
    wanted = (
        "340282366920938463463374607431768211455",
        "101",
        "3 days",
        "[2020-01-01, infinity]",
        "{'a': 1}",
        ["x"],
        1.25,
    )
    number = "170141183460469231731687303715884105727"
    assert rows(found) == [(*wanted, 1, number, date(2016, 2, 29), None)]
    assert found.table.column_names[:2] == ["a", "a_1"]


def test_rows_above_the_limit_are_left_out_and_told(ask):
    outcome = ask("SELECT * FROM range(1000000000000)")
    assert outcome.is_cut and outcome.table.num_rows == PATIENT.rows


def test_a_fault_is_told_in_words_with_its_place(ask):
    outcome = ask("SELECT name,\n  nam FROM organisations")
    assert outcome.problem.startswith("The query does not fit the data: ") and '"nam"' in outcome.problem
    assert outcome.place == "LINE 2:   nam FROM organisations\n          ^"


# ---------------------------------------------------------------- what is too much

# One of each kind: a text, a list, endless rows, a sort, a recursion, a large result.
TOO_MUCH = [
    "SELECT repeat('x', 1000000000)",
    "SELECT list(i) FROM range(1000000000) AS t(i)",
    ENDLESS,
    "SELECT a.* FROM citations AS a, citations AS b ORDER BY a.locator || b.locator",
    "WITH RECURSIVE t(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM t) SELECT max(length(s)) FROM t",
    "SELECT repeat('x', 1000) FROM range(10000)",
]
MORE_OF_EACH_KIND = [
    "SELECT length(repeat('x', 2000000000))",
    "SELECT lpad('x', 1000000000, 'y')",
    "SELECT list_transform(range(100000000), lambda x: x + 1)",
    "SELECT levenshtein(repeat('a', 200000), repeat('b', 200000))",
    "SELECT regexp_replace(repeat('ab', 20000000), '(a|b)+?', 'xxxxxxxxxxxxxxxxxxxx', 'g')",
    "SELECT count(*) FROM citations AS a, citations AS b, citations AS c, citations AS d",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
    "SELECT string_agg(a.locator || b.locator) FROM citations AS a, citations AS b",
    "SELECT a.*, b.*, c.* FROM organisation_register AS a, organisation_register AS b, organisation_register AS c",
]


@pytest.mark.parametrize(
    "sql",
    [*TOO_MUCH, *(pytest.param(sql, marks=pytest.mark.soak) for sql in MORE_OF_EACH_KIND)],
    ids=lambda sql: sql[:50],
)
def test_what_is_too_much_is_stopped_and_the_next_query_runs(ask, sql):
    begun = time.monotonic()
    outcome = ask(sql, SHORT)
    assert outcome.table is None
    assert outcome.problem.startswith(("Stopped: the query", "The query needs more memory", "The result "))
    assert "\n" not in outcome.problem and "/" not in outcome.problem
    assert time.monotonic() - begun < 45, "it was ended from outside, start on a busy machine included"
    assert rows(ask("SELECT 1")) == [(1,)]


def test_time_of_the_processor_is_limited_by_the_system(ask):
    """Should the server be gone, nobody would be there to look at the clock."""
    outcome = ask(ENDLESS, Limits(wall_seconds=80, cpu_seconds=1))
    assert outcome.problem == "Stopped: the query used more than 1 second of processor time or 400 MB of memory."


# ---------------------------------------------------------------- the process itself


@contextmanager
def process(database: Path) -> Iterator[QueryProcess]:
    one = QueryProcess(real_path(database))
    try:
        yield one
    finally:
        one.end()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY organisations TO '{folder}/never-written.csv'",
        "ATTACH '{folder}/never-written.duckdb'",
        "INSTALL httpfs",
        "SET lock_configuration = false",
    ],
)
def test_a_statement_that_slipped_through_finds_nothing_open(shipped_database, tmp_path, sql):
    """Without the check of the statement: no file, no extension, no setting, no path in the message."""
    with process(shipped_database) as one:
        outcome = one.ask(sql.format(folder=tmp_path), PATIENT, lambda: "")
    assert outcome.table is None and outcome.problem
    assert "/" not in outcome.problem + outcome.place
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows processes as files")
def test_a_process_inherits_neither_variables_nor_files(shipped_database, monkeypatch):
    monkeypatch.setenv("CLUSTERS_SECRET_OF_A_TEST", "x")
    with process(shipped_database) as one, open(os.devnull) as inherited:
        os.set_inheritable(inherited.fileno(), True)
        assert one.ask("SELECT 1", PATIENT, lambda: "").table is not None
    with process(shipped_database) as one:
        ready, _ = one._read(1, 60, lambda: "")
        assert ready
        variables = Path(f"/proc/{one.pid}/environ").read_bytes()
        opened = [os.readlink(path) for path in Path(f"/proc/{one.pid}/fd").iterdir()]
        assert b"SECRET" not in variables and b"PATH=" not in variables and b"HOME=" not in variables
        assert os.getpriority(os.PRIO_PROCESS, one.pid) >= min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
    files = {path for path in opened if not path.startswith(("pipe:", "/dev/", "anon_inode:"))}
    assert files == {real_path(shipped_database)}


# ---------------------------------------------------------------- several readers


def test_few_queries_at_once_one_a_reader_and_the_reader_may_stop_or_leave(box, shipped_database):
    def submit(sql: str, reader: str):
        return box.submit(sql, {"organisations"}, shipped_database, reader, replace(PATIENT, cpu_seconds=60))

    first, second = submit(ENDLESS, "a"), submit(ENDLESS, "b")
    assert submit("SELECT 1", "a").outcome.problem == OWN_RUNNING
    busy = submit("SELECT 1", "c").outcome
    assert busy.problem == BUSY and busy.is_busy

    first.stop()
    assert first.wait(30).problem == "Stopped, as you asked."
    third = submit("SELECT 1", "c")
    # Nobody asks for the second any more: its page is closed.
    assert third.wait(90).table is not None
    second._thread.join(LEFT_SECONDS + 30)
    assert second.outcome.problem == "Stopped: the page was closed."
    assert submit("SELECT 1", "a").wait(90).table is not None


def test_a_new_build_is_read_at_once(box, shipped_database, tmp_path):
    """The process that waited for the former build is thrown away."""
    link = tmp_path / "clusters.duckdb"
    link.symlink_to(real_path(shipped_database))
    box.prepare(link)
    copy = tmp_path / "new.duckdb"
    copy.write_bytes(shipped_database.read_bytes())
    link.unlink()
    link.symlink_to(copy)
    assert box.submit("SELECT 1", set(), link, "a", PATIENT).wait(90).table is not None
    assert box._spare.build == str(copy)


def test_views_are_described_and_those_of_the_search_are_left_out(published):
    views: dict[str, View] = run_query(documented_views)
    assert {"organisations", "organisation_register", "usa_share", "cited_facts"} <= set(views)
    assert not [name for name in views if name.startswith("search_")]
    assert [name for name, one in views.items() if not one.description or not all(c[2] for c in one.columns)] == []

"""Terms that the app writes down, compared with the values that the schema allows."""

import csv
import re
from collections.abc import Iterator

import duckdb
import pytest

from cards.sources import RELIABILITY_LABELS
from charts.lanes import EVENT_STYLES, POLICY_STYLES
from domain import vocabulary
from domain.filters import FILTER_NAMES, SIDES
from domain.record_types import RECORD_TYPES, REGISTER_TYPES
from settings import ROOT
from warehouse import populations
from warehouse.populations import REGISTER_POPULATIONS, SECTOR_POPULATIONS


@pytest.fixture(scope="module")
def schema() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database with the tables of the schema file."""
    with duckdb.connect() as connection:
        connection.execute((ROOT / "etl" / "sql" / "10_schema.sql").read_text(encoding="utf-8"))
        yield connection


@pytest.fixture(scope="module")
def allowed(schema) -> dict[str, list[str]]:
    """The values that CHECK … IN (…) allows, in its order, by 'table.column'."""
    lists = {}
    for table, expression in schema.execute(
        "SELECT table_name, expression FROM duckdb_constraints() WHERE constraint_type = 'CHECK'"
    ).fetchall():
        if match := re.fullmatch(r"\(\"?(\w+)\"? IN \((.+)\)\)", expression):
            lists[f"{table}.{match[1]}"] = re.findall(r"'((?:[^']|'')*)'", match[2])
    return lists


def test_missing_reasons_and_date_precisions(allowed):
    assert set(vocabulary.MISSING_REASONS) == set(allowed["missing_values.reason"])
    columns = [name for name in allowed if name.endswith(("_precision",)) and "location" not in name]
    assert {"events.date_precision", "projects.start_precision"} <= set(columns)
    for column in columns:
        assert set(allowed[column]) <= set(vocabulary.PRECISIONS), column
    assert set(allowed["events.date_precision"]) == set(vocabulary.PRECISIONS)


def test_sides(allowed):
    """Three sides of places and organisations; policy instruments and their charts know a fourth."""
    assert set(vocabulary.SIDES) == set(vocabulary.SIDE_NAMES) == set(allowed["countries.side"])
    assert set(vocabulary.SIDE_LABELS) == set(POLICY_STYLES) == set(allowed["policies.side"])
    assert SIDES.options is vocabulary.SIDE_NAMES


def test_event_statuses_and_reliability(allowed):
    assert set(EVENT_STYLES) == set(allowed["events.status_in_source"])
    # A fact with sources of several kinds is of 'mixed' reliability; no single source is.
    assert set(RELIABILITY_LABELS) == {*allowed["sources.reliability"], "mixed"}


def test_record_types_are_declared_for_tables_of_the_schema(schema, allowed):
    tables = {name for (name,) in schema.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    facts = {name: one for name, one in RECORD_TYPES.items() if name not in ("usa_share", "horizon_projects")}
    assert set(facts) <= tables
    for record_type in facts.values():
        assert set(record_type.details) <= tables and set(record_type.filters) <= set(FILTER_NAMES)
    subjects = {one.figure_subject for one in RECORD_TYPES.values()} - {""}
    assert subjects == set(allowed["figures.subject_type"]) - {"programme", "sector"}


def test_every_register_has_its_population():
    assert [one.table for one in REGISTER_POPULATIONS] == [one.table for one in REGISTER_TYPES]
    assert [one.table for one in SECTOR_POPULATIONS] == [one.table for one in REGISTER_TYPES]


# What the pages call one record and several of each set that they count.
NOUNS = {
    "ALL_ORGANISATIONS": "1 organisation, 2 organisations",
    "CLUSTER_ORGANISATIONS": "1 cluster organisation, 2 cluster organisations",
    "REGIONAL_CLUSTERS": "1 regional cluster without a named organisation, "
    "2 regional clusters without a named organisation",
    "CLUSTERS": "1 cluster organisation or regional cluster, 2 cluster organisations and regional clusters",
    "ALL_PROJECTS": "1 project, 2 projects",
    "ESCP4I_PARTNERSHIPS": "1 ESCP-4i partnership, 2 ESCP-4i partnerships",
    "TABLE_1_PARTNERSHIPS": "1 partnership of Table 1, 2 partnerships of Table 1",
    "ALL_COOPERATIONS": "1 cooperation, 2 cooperations",
    "EU_US_COOPERATIONS": "1 EU–US cooperation, 2 EU–US cooperations",
    "EVENTS": "1 event, 2 events",
    "POLICIES": "1 policy instrument, 2 policy instruments",
    "SUCCESS_STORIES": "1 success story, 2 success stories",
    "OPPORTUNITIES": "1 opportunity, 2 opportunities",
    "HORIZON_PROJECTS": "1 Horizon project with US participation, 2 Horizon projects with US participation",
    "REGIONS": "1 region, 2 regions",
}


def test_nouns_of_what_is_counted():
    found = {name: getattr(populations, name) for name in NOUNS}
    assert {name: f"{one.name(1)}, {one.name(2)}" for name, one in found.items()} == NOUNS


def test_a_status_is_the_word_for_it():
    """Titles and text alternatives print the status, profiles and legends its label: both must be one word."""
    with (ROOT / "data" / "lookups" / "terms.csv").open(encoding="utf-8", newline="") as file:
        terms = [row for row in csv.DictReader(file) if row["vocabulary"] == "cooperations.status"]
    assert len(terms) == 7 and all(row["label"].lower() == row["term"] for row in terms)

"""Registers beside the files: where the seed documents end, what has ended, instruments stored as projects, reasons."""

import pandas as pd
import pytest

from cards.seed_note import seed_note
from cards.sources import joint_reliability
from cards.tables import readable
from domain.filters import Filters
from tests.oracle import ID, Oracle
from warehouse import populations, profiles, provenance
from warehouse.query_cache import run_query
from warehouse.registers import rows

pytestmark = pytest.mark.usefixtures("published")
SEEDS = {"d35", "news2015"}


def register(population: populations.Population) -> pd.DataFrame:
    """All rows of a register by id."""
    return run_query(rows, population, Filters()).set_index(population.record_type.key)


@pytest.mark.parametrize(
    "population",
    [populations.EVENTS, populations.ALL_COOPERATIONS, populations.POLICIES, populations.ALL_PROJECTS],
    ids=lambda population: population.table,
)
def test_what_the_seed_documents_tell(oracle: Oracle, population):
    """A record with a citation of one of the two documents; an instrument stored as a project, like the project."""
    cited = {(r["table_name"], r["record_id"]) for r in oracle.rows("citations") if r["source_id"] in SEEDS}
    found = register(population)["told_in_seeds"]
    tables = (population.table, *(("projects", "policy_projects") if population.table == "policies" else ()))
    assert dict(found) == {one: any((table, one) in cited for table in tables) for one in found.index}
    assert found.any() and not found.all()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([], ""),
        ([True], "the one event shown is known from them."),
        ([False], "the one event shown is known from other pages."),
        ([True, True], "all 2 events shown are known from them."),
        ([False, False, False], "all 3 events shown are known from other pages."),
        ([True, False], "1 of the 2 events shown is known from them, the other from other pages."),
        ([True, True, False, False], "2 of the 4 events shown are known from them, the others from other pages."),
    ],
)
def test_where_the_seed_documents_end(told, sentence):
    """N of the M records shown, with verbs that agree."""
    note = seed_note(populations.EVENTS, pd.DataFrame({"told_in_seeds": pd.Series(told, dtype=bool)}))
    assert note == (f"The seed documents end in February 2017; {sentence}" if sentence else "")


def test_what_has_ended_is_marked(oracle: Oracle):
    """How and when in the words of the source; only what has neither end nor successor is current."""
    found = register(populations.ALL_ORGANISATIONS)
    how = oracle.labels("organisation_ends.how")
    ends = {r["organisation_id"]: f"{how[r['how']]}: {r['date_stated']}" for r in oracle.rows("organisation_ends")}
    assert dict(found["ended"].dropna()) == ends
    assert set(found.index[~found["is_current"]]) == oracle.gone
    assert ends["plastipolis"] == "Merged: 31 December 2020"
    clusters = register(populations.CLUSTERS)
    assert not oracle.gone & set(clusters.index)


def test_instruments_stored_as_projects(oracle: Oracle):
    """They open the profile of the project, and cite its sources."""
    stored = {row["project_id"] for row in oracle.rows("policy_projects")}
    found = register(populations.POLICIES)["table_name"]
    assert {one: table for one, table in found.items() if table == "projects"} == dict.fromkeys(stored, "projects")
    assert {run_query(profiles.table_of_record, "policies", one) for one in stored} == {"projects"}
    assert run_query(profiles.table_of_record, "policies", "cosme") == "policies"
    for one in stored:
        sources = {
            r["source_id"]
            for r in oracle.rows("citations")
            if (r["table_name"], r["record_id"]) in {("projects", one), ("policy_projects", one)}
        }
        summary = run_query(provenance.source_summary, "policies", [one])
        assert sources and set(summary["source_id"]) == sources


def test_a_source_is_official_about_its_owner_only():
    """The page of a Polish cluster that lists eight others: mixed over all nine, official for itself alone."""
    page = "klasterlogtrans-pl-2023-01"
    for record_id, worth in (("klaster-ltpp", "official"), ("medsilesia", "secondary")):
        found = run_query(provenance.citations, "organisations", [record_id])
        assert set(found.loc[found["source_id"] == page, "reliability"]) == {worth}
    summary = run_query(provenance.source_summary, "organisations", ["klaster-ltpp", "medsilesia"])
    assert summary.loc[summary["source_id"] == page, "reliability"].tolist() == ["mixed"]
    assert joint_reliability(["official", "official"]) == "official"
    assert joint_reliability(["official", "secondary"]) == "mixed"


@pytest.mark.parametrize(
    ("population", "record_id", "column", "reason"),
    [
        (populations.POLICIES, "cosme", "countries", "not applicable"),
        (populations.POLICIES, "galileo", "countries", "not applicable"),
        (populations.POLICIES, "mission-innovation", "countries", "not stated"),
        (populations.ALL_ORGANISATIONS, "airbus", "countries", "not stated"),
        (populations.ALL_ORGANISATIONS, "european-commission", "countries", "not applicable"),
        (populations.EVENTS, "catalan-water-virtual-exchange-2020", "countries", "not applicable"),
        (populations.EVENTS, "nsf-engines-first-awards-2024", "places", "not in the excerpt"),
        (populations.ALL_ORGANISATIONS, "lyonbiopole", "ended", "no end known"),
    ],
)
def test_a_blank_of_a_register_says_why(population, record_id, column, reason):
    """The typed reason of the record, of the places of an event, or that of the record type."""
    found = run_query(rows, population, Filters())
    found = found[found[population.record_type.key] == record_id]
    assert readable(found, {column: "Value"}, population.table)["Value"].tolist() == [reason]


def test_every_id_of_a_register_is_of_its_table(oracle: Oracle):
    """Nothing is lost or doubled on the way from the files to the registers."""
    for population in populations.REGISTER_POPULATIONS:
        key = ID.get(population.table, f"{population.table[:-1]}_id")
        ids = [row[key] for row in oracle.rows(population.table)]
        ids += [row["project_id"] for row in oracle.rows("policy_projects")] if population.table == "policies" else []
        assert sorted(register(population).index) == sorted(ids), population.table

"""Where sources disagree or are silent, and where facts stand: from the record, from the source and from a page."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from cards.profile import profile
from domain.record_types import RECORD_TYPES
from settings import ROOT
from tests.oracle import Oracle, Row
from tests.unknown_values import place_told
from warehouse import disagreements, provenance
from warehouse.query_cache import run_query

# Reads the profile of every record, or every register with all its columns.
pytestmark = [pytest.mark.usefixtures("published"), pytest.mark.slow]
# The table of the record that a row belongs to, by the beginning of the name of its own table.
MAIN = {
    "organisation": "organisations",
    "project": "projects",
    "cooperation": "cooperations",
    "story": "success_stories",
    "success": "success_stories",
    "event": "events",
    "policy": "policies",
    "policies": "policies",
    "opportunities": "opportunities",
    "activities": "activities",
    "figures": "figures",
    "sources": "sources",
    "usa": "usa_share",
}


def subject(table: str, record_id: str) -> tuple[str, str]:
    """The record with a profile that a row belongs to: its key begins with the id of that record."""
    if table == "policy_projects":  # an instrument that is stored as a project has the profile of the project
        return "projects", record_id
    main = MAIN.get(table.split("_")[0]) or MAIN[table.split("_")[0].removesuffix("s")]
    return main, record_id.split("|")[0]


def test_each_other_value_is_shown_beside_the_record_and_beside_its_source(oracle):
    lost = []
    for row in oracle.rows("alternative_values"):
        of_record = run_query(disagreements.alternatives, *subject(row["table_name"], row["record_id"]))
        of_source = run_query(disagreements.alternatives_of_source, row["source_id"])
        pair = row["field"], row["value"]
        if not all(pair in set(zip(one["field"], one["value"], strict=True)) for one in (of_record, of_source)):
            lost.append(row)
    assert lost == []


def test_each_contradiction_is_shown_beside_its_records_and_beside_both_sources(oracle):
    """With both statements, both locators and what was done about it."""
    rows = {row["contradiction_id"]: row for row in oracle.rows("contradictions")}
    shown = [
        (
            rows[row["contradiction_id"]],
            run_query(disagreements.contradictions, *subject(row["table_name"], row["record_id"])),
        )
        for row in oracle.rows("contradiction_records")
    ]
    for row in rows.values():
        shown += [(row, run_query(disagreements.contradictions_of_source, row[f"source_{one}"])) for one in "ab"]
    columns = ["topic", "statement_a", "locator_a", "statement_b", "locator_b", "handling"]
    assert len(shown) > len(rows)
    for row, found in shown:
        assert [row[name] for name in columns] in found[columns].to_numpy().tolist(), row["contradiction_id"]


def test_a_record_shows_no_contradiction_about_another(oracle):
    listed = Counter(subject(row["table_name"], row["record_id"]) for row in oracle.rows("contradiction_records"))
    for table, record_id in listed:
        found = run_query(disagreements.contradictions, table, record_id)
        assert len(found) <= listed[table, record_id]


def test_the_profile_says_why_a_value_is_missing(oracle):
    """As the fact itself, or among the values known to be missing."""
    lost = []
    for row in oracle.rows("missing_values"):
        known = profile(*subject(row["table_name"], row["record_id"]))
        assert known, row
        said = {reason for _, reason in known.facts} | {f"{name}: {reason}" for name, reason in known.missing}
        if not {row["reason"], f"{row['field'].replace('_', ' ')}: {row['reason']}"} & said:
            lost.append(row)
    assert lost == []


@pytest.mark.parametrize(
    ("table", "column", "heading"),
    [("projects", "start_on", "Start"), ("projects", "end_on", "End"), ("sources", "published_on", "Published")],
)
def test_a_date_that_is_not_recorded_says_why(oracle, table, column, heading):
    """The reason of missing_values.csv, else "not stated": "undated" would say that there is no date."""
    key = RECORD_TYPES[table].key
    reasons = {
        row["record_id"]: row["reason"]
        for row in oracle.rows("missing_values")
        if (row["table_name"], row["field"]) == (table, column)
    }
    blank = [row[key] for row in oracle.rows(table) if not row[column]]
    blank = [one for one in blank if one in reasons][:20] + [one for one in blank if one not in reasons][:20]
    said = {one: dict(profile(table, one).facts)[heading] for one in blank}
    assert blank and said == {one: reasons.get(one, "not stated") for one in blank}


@pytest.mark.parametrize(
    ("table", "question", "columns"),
    [
        ("missing_values", disagreements.all_missing_values, ["table_name", "field", "reason"]),
        ("alternative_values", disagreements.all_alternatives, ["table_name", "field", "value"]),
        ("contradictions", disagreements.all_contradictions, ["contradiction_id", "topic", "handling"]),
        ("corrections", provenance.corrections, ["table_name", "record_id", "field"]),
        ("sources", provenance.sources, ["source_id", "title", "publisher"]),
    ],
)
def test_the_page_sources_has_every_row(oracle, table, question, columns):
    found = run_query(question)
    wanted = Counter(tuple(row[name] for name in columns) for row in oracle.rows(table))
    assert Counter(map(tuple, found[columns].to_numpy().tolist())) == wanted


# The column of each table that names its records; a project may go by its acronym.
NAME = {
    "organisations": "name",
    "cooperations": "title",
    "events": "name",
    "policies": "name",
    "success_stories": "title",
    "sources": "title",
}


@pytest.mark.parametrize("table", ["missing_values", "alternative_values"])
def test_the_page_sources_names_the_records(oracle, table):
    """A source by its title, an organisation by its name; a row that belongs to a record begins with that name."""
    question = {
        "missing_values": disagreements.all_missing_values,
        "alternative_values": disagreements.all_alternatives,
    }
    names = {name: oracle.names(name, RECORD_TYPES[name].key, column) for name, column in NAME.items()}
    wanted = Counter(
        (row["table_name"], names[row["table_name"]][row["record_id"]], row["field"])
        for row in oracle.rows(table)
        if row["table_name"] in names
    )
    found = run_query(question[table])
    shown = Counter(map(tuple, found[["table_name", "record", "field"]].to_numpy().tolist()))
    assert wanted and Counter({key: count for key, count in shown.items() if key[0] in names}) == wanted
    details = [row for row in oracle.rows(table) if "|" in row["record_id"]]
    of_details = found.loc[~found["table_name"].isin([*names, *MAIN.values()]), "record"].tolist()
    for row in details:
        main, record_id = subject(row["table_name"], row["record_id"])
        if main in names:
            assert any(one.startswith(f"{names[main][record_id]}: ") for one in of_details), row


# ---------------------------------------------------------------- citations


def cited(oracle: Oracle) -> Iterator[tuple[str, str, Row]]:
    """Each citation with the record whose profile must show it."""
    for row in oracle.rows("citations"):
        yield *subject(row["table_name"], row["record_id"]), row


def test_each_citation_is_in_the_profile_of_its_record(oracle):
    wanted: dict[str, set[tuple[str, ...]]] = {}
    ids: dict[str, set[str]] = {}
    for table, record_id, row in cited(oracle):
        key = row["table_name"], row["record_id"], row["field"], row["source_id"], place_told(row["locator"])
        wanted.setdefault(table, set()).add(key)
        ids.setdefault(table, set()).add(record_id)
    instruments = {row["project_id"] for row in oracle.rows("policy_projects")}
    for table, keys in wanted.items():
        found = run_query(provenance.citations, table, sorted(ids[table]))
        columns = ["table_name", "record_id", "field", "source_id", "locator"]
        shown = set(map(tuple, found[columns].to_numpy().tolist()))
        assert keys <= shown, table
        # A project that is a policy instrument shows its citations in that register too.
        assert {key for key in shown - keys if key[1].split("|")[0] not in instruments} == set(), table
        assert table in RECORD_TYPES


def _shipped_cards() -> list[tuple[str, dict[str, Any]]]:
    """(folder, card) of every data set that is shipped."""
    cards = sorted((ROOT / "data" / "datasets").glob("*/dataset.toml"))
    return [(card.parent.name, tomllib.loads(card.read_text(encoding="utf-8"))) for card in cards]


def test_each_source_lists_the_facts_that_rest_on_it(oracle):
    """All citations of the source, each with its table, field and locator, and their number in the register."""
    wanted: dict[str, Counter[tuple[str, ...]]] = {row["source_id"]: Counter() for row in oracle.rows("sources")}
    records: dict[str, set[tuple[str, str]]] = {source: set() for source in wanted}
    for row in oracle.rows("citations"):
        wanted[row["source_id"]][row["table_name"], row["field"], place_told(row["locator"])] += 1
        records[row["source_id"]].add((row["table_name"], row["record_id"]))
    # A shipped data set is a fact of its sources.
    for folder, card in _shipped_cards():
        for one in card["source"]:
            wanted[one["source_id"]]["datasets", one["gives"], one["locator"]] += 1
            records[one["source_id"]].add(("datasets", folder))
    for source, facts in wanted.items():
        found = run_query(provenance.facts_of_source, source)[["table_name", "field", "locator"]]
        assert Counter(map(tuple, found.to_numpy().tolist())) == facts, source
    register = run_query(provenance.sources).set_index("source_id")["facts"]
    assert dict(register) == {source: len(own) for source, own in records.items()}


def test_each_source_of_an_authority_names_it(oracle):
    """Owners that are organisations, projects or events lead to their records: see test_reachability.py."""
    owners = [row for row in oracle.rows("source_owners") if row["owner_kind"] == "authority"]
    assert owners
    for row in owners:
        known = profile("sources", row["source_id"])
        assert known and any(row["owner_id"] in value for _, value in known.facts), row


def test_no_source_is_idle(oracle):
    """A source that nothing rests on, that gives no other value and is no side of a contradiction, leads nowhere."""
    used = {row["source_id"] for table in ("citations", "alternative_values") for row in oracle.rows(table)}
    used |= {row[f"source_{one}"] for row in oracle.rows("contradictions") for one in "ab"}
    used |= {one["source_id"] for _, card in _shipped_cards() for one in card["source"]}
    assert {row["source_id"] for row in oracle.rows("sources")} == used


def test_every_decision_on_two_names_is_shown(oracle):
    """Merged and kept apart, each with its reason and both names; names of new organisations are no decisions."""
    names = oracle.names("organisations", "organisation_id")
    decisions = [row for row in oracle.rows("reconciliation") if row["decision"] != "added"]
    wanted = sorted(
        (r["name_as_found"], r["decision"], names[r["organisation_id"]], names.get(other := r["compared_with"], other))
        for r in decisions
    )
    found = run_query(provenance.names).fillna("")
    columns = ["name_as_found", "decision", "organisation", "compared_with"]
    assert sorted(found[columns].itertuples(index=False, name=None)) == wanted and len(wanted) > 300
    assert (found["reason"] != "").all()

"""The facts that other pages tell of the years after the two documents: 100 statements and what became of each.

facts_after_2017.csv beside this module was typed from the two lists the statements were collected in, agreements and
events (61) and programmes and figures (39): one line for each record that tells a statement. `record` says whether the
record is new or was known before, so that only the page was added. Confidence A is the page of the body concerned, of
the Commission, the platform or a public authority; B is press, a partner or anybody else who tells of it, as SSTI,
Greater Rochester Enterprise and iconnect007 tell of the awards of the EDA; blank where the page stood in the sources
before and its reliability is not decided here.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

RELIABILITY = {"A": "official", "B": "secondary"}
KEYS = {
    "organisations": "organisation_id",
    "projects": "project_id",
    "cooperations": "cooperation_id",
    "events": "event_id",
    "figures": "figure_id",
    "policies": "policy_id",
    "cooperation_parties": "concat_ws('|', cooperation_id, party_order)",
    "event_places": "concat_ws('|', event_id, sequence)",
    "event_organisations": "concat_ws('|', event_id, organisation_id, role)",
    "project_targets": "concat_ws('|', project_id, country_code)",
    "project_members": "concat_ws('|', project_id, organisation_id, role)",
    "alternative_values": "concat_ws('|', table_name, record_id, field, value)",
}
DATED = ("cooperations", "events", "policies")


def typed_rows() -> list[dict[str, str]]:
    """The lines of the table as typed."""
    with (Path(__file__).parent / "facts_after_2017.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TYPED = typed_rows()
STATEMENTS = {(row["list"], int(row["number"])): row["statement"] for row in TYPED}


def lines_of(statement: tuple[str, int]) -> Iterator[dict[str, str]]:
    """The records that tell this statement."""
    return (row for row in TYPED if (row["list"], int(row["number"])) == statement)


def expected_of(row: dict[str, str]) -> dict[str, str]:
    """Column -> value as typed; blank for a value that must be missing."""
    return dict(pair.split("=", 1) for pair in row["expected"].split("; "))


def as_typed(value: object) -> str:
    """A value of the database as it is typed: blank for null, true or false, 1500000 for 1500000.0."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def test_every_statement_of_the_two_lists_is_here():
    """61 statements on agreements and events, 39 on programmes and figures, each with a record."""
    assert sorted(STATEMENTS) == [("agreements", n) for n in range(1, 62)] + [("programmes", n) for n in range(1, 40)]
    assert all(row["record"] in {"new", "known"} and row["table_name"] in KEYS for row in TYPED)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda key: f"{key[0]}-{key[1]}")
def test_the_records_say_what_the_page_says(rows, statement):
    """Kind, status, date and precision, number and hedge, place and party: each as typed from the page."""
    for line in lines_of(statement):
        expected = expected_of(line)
        table, record_id = line["table_name"], line["record_id"]
        found = rows(f"SELECT DISTINCT {', '.join(expected)} FROM {table} WHERE {KEYS[table]} = $1", record_id)
        assert [[as_typed(value) for value in row] for row in found] == [list(expected.values())], (table, record_id)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda key: f"{key[0]}-{key[1]}")
def test_the_records_cite_the_page(rows, statement):
    """A page of confidence A is official, one of confidence B secondary; it is found by its title or address."""
    for line in lines_of(statement):
        known = rows("SELECT source_id, reliability FROM sources WHERE title = $1 OR url = $1", line["page"])
        assert len(known) == 1, line["page"]
        [(source_id, reliability)] = known
        assert reliability == RELIABILITY.get(line["confidence"], reliability)
        table, record_id = line["table_name"], line["record_id"]
        if table == "alternative_values":
            sources = rows(f"SELECT source_id FROM {table} WHERE {KEYS[table]} = $1", record_id)
        else:
            sources = rows("SELECT source_id FROM citations WHERE table_name = $1 AND record_id = $2", table, record_id)
        assert (source_id,) in sources, (table, record_id)


def test_what_is_new_rests_on_no_seed_document(rows):
    """A new record cites no seed document, so that a page can tell where those end."""
    new = {
        (row["table_name"], row["record_id"])
        for row in TYPED
        if row["record"] == "new" and row["table_name"] in {"cooperations", "policies", "projects"}
    }
    assert len(new) > 40
    for table, record_id in new:
        assert not rows(
            "SELECT source_id FROM citations JOIN sources USING (source_id) "
            "WHERE table_name = $1 AND record_id = $2 AND reliability = 'seed'",
            table,
            record_id,
        ), (table, record_id)


def test_the_days_of_leuven_and_of_the_grants_stand_on_other_pages(rows):
    """The page on Leuven has no days, that on the grants no date: each cites the page that has."""
    dated = rows(
        "SELECT record_id, publisher FROM citations JOIN sources USING (source_id) WHERE field = 'start_on' AND "
        "table_name = 'events' AND record_id IN ('ttc-sixth-leuven-2024', 'tech-hubs-implementation-grants-2024') "
        "ORDER BY record_id"
    )
    assert dated == [("tech-hubs-implementation-grants-2024", "NCRC"), ("ttc-sixth-leuven-2024", "AENEAS")]


def test_a_date_that_the_excerpt_lacks_is_unknown_and_says_so(rows):
    """No year was guessed, and `not stated` is not said of a page that was read in part."""
    undated = {
        (row["table_name"], row["record_id"])
        for row in TYPED
        if row["record"] == "new" and expected_of(row).get("date_precision") == "undated"
    }
    assert len(undated) == 14
    reasons = rows(
        "SELECT table_name, record_id FROM missing_values WHERE field = 'start_on' AND reason = 'not in the excerpt'"
    )
    assert undated <= set(reasons)


def test_the_contradiction_of_seven_and_nine_founders_is_declared(rows):
    """The number of the document stays; the other is told beside it."""
    [(first, second)] = rows(
        "SELECT statement_a, statement_b FROM contradictions WHERE contradiction_id = 'btca-founders-seven-or-nine'"
    )
    assert "Seven" in first and "nine clusters of seven countries" in second
    assert rows("SELECT value FROM figures WHERE figure_id = 'btca-charter-members'") == [(7,)]


def test_the_story_runs_from_2009_to_2025(rows):
    """Dated links, events and policy instruments together, with no gap after the two documents."""
    union = " UNION ".join(f"SELECT year(start_on) AS year FROM {table} WHERE start_on IS NOT NULL" for table in DATED)
    years = {year for (year,) in rows(union)}
    assert (min(years), max(years)) == (2009, 2025)
    assert years >= set(range(2017, 2026))


def test_addresses_that_name_a_person_are_shortened(rows):
    """Pages whose address names a politician or an author are cited by their site, and their title says why."""
    shortened = rows("SELECT url FROM sources WHERE accessed_on = '2026-11-26' AND title LIKE '%address shortened%'")
    assert {url for (url,) in shortened} == {
        "americantowns.com",
        "archives.gov",
        "commerce.maryland.gov",
        "https://www.government.nl/latest/news/2013/03/08",
        "iconnect007.com",
        "mobility21.cmu.edu",
        "vdocuments.us",
    }

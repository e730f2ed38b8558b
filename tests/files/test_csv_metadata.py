"""CSV and metadata read back with the standard library: rows, types, sources, filters, SQL and release."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from urllib.parse import quote_plus

import pandas as pd
import pytest

from cards import registers
from cards.applied import applied_to_register
from cards.card import Card
from cards.catalogue import CATALOGUE, make_card
from domain.evidence import Evidence
from domain.filters import Filters
from domain.record_types import REGISTER_TYPES
from domain.record_types.activities import ACTIVITIES
from domain.record_types.cooperations import COOPERATIONS
from domain.record_types.events import EVENTS
from domain.record_types.horizon_projects import HORIZON_PROJECTS
from domain.record_types.organisations import ORGANISATIONS
from domain.record_types.sources import SOURCES
from domain.records import Register
from exports.csv.metadata import csv_with_metadata, register_with_metadata
from exports.rows import card_columns
from partners import shortlist as partners
from tests.card_examples import example
from tests.unknown_values import events_of_unknown_country, place_told
from warehouse import populations, provenance, queries, query_cache
from warehouse import registers as database

DAY = date(2026, 11, 23)
ENERGY = Filters(sectors=("energy",), year_from=2015)


def release() -> str:
    """The release as file names hold it."""
    return query_cache.release_name().replace(" ", "-")


def rows_of(population: populations.Population, filters: Filters) -> pd.DataFrame:
    """Rows of a population as a page hands them to the file."""
    return query_cache.run_query(database.rows, population, filters)


def unpack(data: bytes) -> tuple[str, dict, list[dict]]:
    """Name, description and rows of the first CSV of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = json.loads(archive.read("datapackage.json"))
        tables = [resource["path"] for resource in package["resources"]]
        assert sorted(archive.namelist()) == sorted([*tables, "datapackage.json"])
        table = tables[0]
        raw = archive.read(table)
    assert package["resources"][0]["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    return table, package, list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def test_rows_and_their_description(run_query):
    """Dated events of energy since 2015: ISO dates, as many rows as SQL counts, the filters in words and parameters."""
    name, package, rows = unpack(csv_with_metadata(make_card("event_dates", ENERGY), ENERGY, "events", DAY))
    expected = run_query(
        "SELECT name, start_on, end_on, date_precision FROM event_register WHERE start_on IS NOT NULL AND "
        "list_contains(sector_ids, 'energy') AND year(coalesce(end_on, start_on)) >= 2015 "
        "ORDER BY start_on, name"
    )
    shown = [(r["Event"], r["First day"], r["Last day"], r["Date known to the"].lower()) for r in rows]
    assert shown == [(n, str(first), str(last), precision) for n, first, last, precision in expected] and shown
    assert name == f"event-dates--energy-since-2015--{release()}.csv"
    assert package["resources"][0]["rowCount"] == len(expected)
    assert package["filters"] == {
        "description": "Energy; since 2015",
        "parameters": {"sector": ["energy"], "from": ["2015"]},
        "view": f"/events?sector=energy&from=2015&release={quote_plus(query_cache.release_name())}",
    }
    fields = package["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0])
    assert {f["name"]: f["type"] for f in fields}["First day"] == "date" and all(f["description"] for f in fields)


def test_where_it_is_from(facts):
    """Sources with places, the SQL of the view, release, build and licence."""
    _, package, _ = unpack(csv_with_metadata(make_card("usa_share", Filters()), Filters(), "projects", DAY))
    titles = {row["source_id"]: row["title"] for row in facts("sources")}
    cited = {
        (titles[c["source_id"]], place_told(c["locator"])) for c in facts("citations") if c["table_name"] == "usa_share"
    }
    assert {(source["title"], place) for source in package["sources"] for place in source["locators"]} == cited
    assert package["sql"]["usa_share"].lstrip().upper().startswith(("CREATE", "SELECT", "WITH")) and package["method"]
    assert package["release"] == query_cache.release_name() == package["version"]
    assert len(package["buildId"]) == 64 and package["licenses"][0]["name"] == "CC-BY-4.0"


def test_filters_that_do_not_apply_are_not_claimed():
    """A share of whole generations, the list of sources, organisations of any year: text, parameters and name agree."""
    card = make_card("usa_share", ENERGY)
    name, package, rows = unpack(csv_with_metadata(card, ENERGY, "projects", DAY))
    assert rows == unpack(csv_with_metadata(make_card("usa_share", Filters()), Filters(), "projects", DAY))[2]
    assert name == f"usa-share--{release()}.csv"
    assert (package["filters"]["description"], package["filters"]["parameters"]) == ("none applies to this figure", {})

    name, package, _ = unpack(
        register_with_metadata(SOURCES.register, query_cache.run_query(provenance.sources), ENERGY, "sources", DAY)
    )
    assert name == f"sources--{release()}.csv"
    assert (package["filters"]["description"], package["filters"]["parameters"]) == ("none applies to this table", {})

    frame = rows_of(populations.ALL_ORGANISATIONS, ENERGY)
    name, package, _ = unpack(register_with_metadata(ORGANISATIONS.register, frame, ENERGY, "map", DAY))
    assert name == f"organisations--energy--{release()}.csv"
    assert (package["filters"]["description"], package["filters"]["parameters"]) == ("Energy", {"sector": ["energy"]})


# The filters that each register follows, written down apart from the declarations.
PLACED, DATED = {"sector", "side", "country"}, {"sector", "side", "country", "from", "to"}
FOLLOWED = {"organisations": PLACED, "success_stories": PLACED, "opportunities": {"sector"}}


@pytest.mark.parametrize("record_type", REGISTER_TYPES, ids=lambda record_type: record_type.table)
def test_registers_know_what_restricts_them(record_type):
    """What a register says it ignores is what its rows do not have."""
    every = Filters(("energy",), ("EU",), ("FR",), 2014, 2016)
    applied = applied_to_register(record_type.register, every)
    assert {name for name, _ in applied.to_params()} == FOLLOWED.get(record_type.table, DATED)


def test_horizon_and_statistics_say_the_filters_they_know():
    """Sides and traded clusters do not restrict Horizon projects, nor years the statistics."""
    every = Filters(("energy", "tc-plastics"), ("EU",), ("FR",), 2014, 2016)
    of_horizon = applied_to_register(HORIZON_PROJECTS.register, every)
    assert of_horizon == Filters(("energy",), (), ("FR",), 2014, 2016)
    assert applied_to_register(registers.NOT_STRONG, every) == Filters(("energy", "tc-plastics"), ("EU",), ("FR",))


def test_the_view_keeps_the_choices_of_the_page():
    """All recorded links, not those of the EU and the USA alone, stand behind this table."""
    frame = rows_of(populations.ALL_COOPERATIONS, Filters())
    choices = (("scope", "all"),)
    _, package, _ = unpack(
        register_with_metadata(COOPERATIONS.register, frame, Filters(), "cooperations", DAY, choices)
    )
    assert package["filters"]["view"] == f"/cooperations?scope=all&release={quote_plus(query_cache.release_name())}"


def test_a_register_tells_k_and_n(facts):
    """Rows shown and rows without a filter; booleans and numbers keep their type."""
    frame = rows_of(populations.EVENTS, ENERGY)
    _, package, rows = unpack(register_with_metadata(EVENTS.register, frame, ENERGY, "events", DAY))
    assert package["resources"][0]["rowCount"] == len(rows) == len(frame)
    assert package["rowCountWithoutFilter"] == len(facts("events")) > len(frame)
    assert [row["Id"] for row in rows] == frame["event_id"].tolist() and all(row["Sources"] for row in rows)
    assert "notCounted" not in package, "every event of energy has a date"


def test_a_register_tells_how_many_rows_might_match(facts):
    """Events of no recorded country, counted from the files; nothing where they are hidden."""
    belgium = Filters(countries=("BE",))
    frame = rows_of(populations.EVENTS, belgium)
    unknown = events_of_unknown_country(facts)
    _, package, _ = unpack(register_with_metadata(EVENTS.register, frame, belgium, "events", DAY))
    assert unknown and package["notCounted"] == f"{len(unknown)} more events might match: no recorded country"
    hidden = replace(belgium, show_possible=False)
    assert "notCounted" not in unpack(register_with_metadata(EVENTS.register, frame, hidden, "events", DAY))[1]


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_column_of_every_card_has_a_meaning_and_a_heading_of_its_own(name, imported_database, monkeypatch):
    """A column that nobody explains cannot be reused."""
    monkeypatch.setenv("CLUSTERS_DB", str(imported_database))
    filters, choices = example(name)
    card = make_card(name, filters, choices)
    columns = card_columns(card)
    assert [column.heading for column in columns if not column.meaning] == []
    assert len({column.heading for column in columns}) == len(columns)
    pairs = tuple((parameter, value) for parameter, values in choices.items() for value in values)
    _, package, rows = unpack(csv_with_metadata(card, filters, CATALOGUE[name].page, DAY, pairs))
    assert len(rows) == len(card.rows) and package["title"]
    assert package["sources"] or card.evidence.table == "sources", "sources have none but themselves"


def partner_frames() -> dict[str, tuple[Register, pd.DataFrame]]:
    """Registers that stand on one page only, each with rows."""
    found = query_cache.run_query(partners.for_organisation, "plastipolis", Filters())
    projects = rows_of(populations.ESCP4I_PARTNERSHIPS, Filters())["project_id"].tolist()
    return {
        "partners": (registers.PARTNERS, found.proposals),
        "agreements": (registers.AGREEMENTS, found.agreements),
        "activities": (ACTIVITIES.register, query_cache.run_query(queries.activities, projects)),
        "sources": (SOURCES.register, query_cache.run_query(provenance.sources)),
    }


@pytest.mark.parametrize("name", ["partners", "agreements", "activities", "sources"])
def test_registers_of_one_page_can_be_taken_home_too(name):
    """Every row, a meaning for every column, nothing of the program's own in a cell."""
    spec, frame = partner_frames()[name]
    file, package, rows = unpack(register_with_metadata(spec, frame, Filters(), name, DAY))
    assert len(rows) == len(frame) > 3 and file == f"{spec.title.lower().replace(' ', '-')}--{release()}.csv"
    fields = package["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0]) and len(set(rows[0])) == len(rows[0])
    assert [field["name"] for field in fields if not field["description"]] == []
    assert not any(value.startswith(("(", "[", "{")) and "'" in value[:3] for row in rows for value in row.values())


def test_a_further_selection_on_the_page_is_stated(facts):
    """The links of one status: as many of as many as the filters leave."""
    every = rows_of(populations.ALL_COOPERATIONS, Filters())
    some = every[every["status"] == "signed"]
    _, package, rows = unpack(register_with_metadata(COOPERATIONS.register, some, Filters(), "cooperations", DAY))
    signed = sum(row["status"] == "signed" for row in facts("cooperations"))
    assert len(rows) == signed and package["rowCountWithoutFilter"] == len(facts("cooperations"))
    assert f"{signed} of the {len(facts('cooperations'))} rows for these filters" in package["description"]


def test_nothing_runs_and_nothing_is_lost():
    """Formulas get an apostrophe, in headings too; control characters go; umlauts, quotes and line breaks stay."""
    rows = pd.DataFrame({"a": ["=1+1", "\t=1", "＝1", 'Pôle "Mer",\nx', "b\x00c"], "n": [-1, 2, 3, 4, 5]})
    card = Card(
        key="doctored",
        title="t",
        subtitle="s",
        chart=None,
        rows=rows,
        columns={"a": "=heading", "n": "n"},
        evidence=Evidence("events", ()),
        method="m",
    )
    _, package, shown = unpack(csv_with_metadata(card, Filters(), "events", DAY))
    assert [row["'=heading"] for row in shown] == ["'=1+1", "'\t=1", "'＝1", 'Pôle "Mer",\nx', "bc"]
    assert [row["n"] for row in shown] == ["-1", "2", "3", "4", "5"]
    assert {f["name"]: f["type"] for f in package["resources"][0]["schema"]["fields"]}["n"] == "integer"
    assert package["sources"] == []


def test_an_empty_register_is_described_and_bytes_are_the_same():
    """An empty register describes itself as such; the same rows give the same file."""
    nothing = Filters(sectors=("tc-footwear",), year_to=1999)
    frame = rows_of(populations.EVENTS, nothing)
    first = register_with_metadata(EVENTS.register, frame, nothing, "events", DAY)
    _, package, rows = unpack(first)
    assert rows == [] and package["resources"][0]["rowCount"] == 0
    assert package["description"].endswith("No rows for these filters.")
    assert register_with_metadata(EVENTS.register, frame, nothing, "events", DAY) == first

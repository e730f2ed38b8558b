"""Columns of registers, counts of coverage and lines of sources: compared with the CSV files, row by row."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from cards.catalogue import make_card
from cards.definitions.cooperations import SCOPES
from cards.sources import source_line, source_summary
from cards.tables import readable
from domain.evidence import Evidence
from domain.filters import Filters
from tests.oracle import Oracle, Row
from tests.statistics_oracle import EU, US
from tests.statistics_oracle import rows as statistics
from tests.unknown_values import place_told
from warehouse import populations, provenance, queries
from warehouse.populations import Population
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import rows

pytestmark = pytest.mark.usefixtures("published")


def column(population: Population, name: str) -> dict[str, object]:
    """A column of a register by the id of its rows; lists as lists."""
    frame = run_query(rows, population, Filters())
    values = [list(one) if isinstance(one, (list, tuple)) or hasattr(one, "tolist") else one for one in frame[name]]
    return dict(zip(frame[population.record_type.key], values, strict=True))


def pairs(oracle: Oracle, table: str, key: str, value: str) -> dict[str, set[str]]:
    found = defaultdict(set)
    for row in oracle.rows(table):
        if row[value]:
            found[row[key]].add(row[value])
    return found


@pytest.mark.parametrize(
    ("name", "table", "value"),
    [
        ("project_count", "project_members", "project_id"),
        ("event_count", "event_organisations", "event_id"),
    ],
)
def test_links_of_organisations_are_counted_once_each(oracle, name, table, value):
    """A member in two roles is in one project."""
    wanted = pairs(oracle, table, "organisation_id", value)
    found = column(populations.ALL_ORGANISATIONS, name)
    assert {one: int(count) for one, count in found.items()} == {one: len(wanted[one]) for one in found}


@pytest.mark.parametrize(
    ("name", "population"),
    [("cooperation_count", "cooperations"), ("eu_us_cooperation_count", "EU–US cooperations")],
)
def test_cooperations_of_each_organisation(oracle, name, population):
    """All, and those of both sides. The Water Council has renewed an agreement twice: it counts once."""
    own = {record.id: oracle.agreement(record) for record in oracle.matching(population)}
    parties = pairs(oracle, "cooperation_parties", "organisation_id", "cooperation_id")
    found = {one: int(count) for one, count in column(populations.ALL_ORGANISATIONS, name).items()}
    assert found == {one: len({own[it] for it in parties[one] if it in own}) for one in found}
    assert len(parties["milwaukee-water-council"]) >= found["milwaukee-water-council"] + 2


def test_targets_stand_in_the_order_of_the_source(oracle):
    names = oracle.names("countries", "country_code")
    wanted = defaultdict(list)
    for row in sorted(oracle.rows("project_targets"), key=lambda row: (int(row["target_order"]), row["country_code"])):
        wanted[row["project_id"]].append(row["country_code"])
    found = column(populations.ALL_PROJECTS, "target_codes")
    assert found == {one: wanted[one] for one in found}
    found = column(populations.ALL_PROJECTS, "targets")
    assert found == {one: [names[code] for code in wanted[one]] for one in found}


def _party(oracle: Oracle, row: Row) -> str:
    if row["organisation_id"]:
        return oracle.names("organisations", "organisation_id")[row["organisation_id"]]
    project = next((one for one in oracle.rows("projects") if one["project_id"] == row["project_id"]), None)
    return (project["acronym"] or project["name"]) if project else row["party_stated"]


@pytest.mark.parametrize(
    ("name", "sides"),
    [("parties", ""), ("eu_parties", "EU"), ("us_parties", "US"), ("other_parties", "OTHER")],
)
def test_parties_stand_on_their_side_in_the_order_of_the_source(oracle, name, sides):
    wanted = defaultdict(list)
    for row in sorted(oracle.rows("cooperation_parties"), key=lambda row: int(row["party_order"])):
        # A party of which no source says the side stands with those of neither side.
        if not sides or (row["side"] or "OTHER") == sides:
            wanted[row["cooperation_id"]].append(_party(oracle, row))
    found = column(populations.ALL_COOPERATIONS, name)
    assert found == {one: wanted[one] for one in found}


@pytest.mark.parametrize("population", populations.REGISTER_POPULATIONS, ids=lambda one: one.table)
def test_themes_of_every_register(oracle, population):
    """The names of the themes, as a register shows them."""
    names = oracle.names("sectors", "sector_id")
    wanted = {record.id: {names[theme] for theme in record.themes} for record in oracle.records[population.table]}
    assert {one: set(themes) for one, themes in column(population, "themes").items()} == wanted


def test_generations(oracle):
    """How many are known of each, and what is known of their targets; an unknown list is not a no."""
    found = run_query(queries.generations)
    members = pairs(oracle, "project_members", "project_id", "organisation_id")
    by_generation = defaultdict(list)
    for record in oracle.matching("partnerships"):
        by_generation[int(record.row["generation"])].append(record)
    assert list(found["generation"]) == sorted(by_generation)
    for row in found.to_dict("records"):
        own = by_generation[row["generation"]]
        usa = ["US" in oracle.targets(one.id) for one in own]
        complete = [one.row["target_list"] == "complete" for one in own]
        assert row["known_count"] == len(own) and row["listed_count"] == sum(usa)
        assert row["not_listed_count"] == sum(all_ and not us for us, all_ in zip(usa, complete, strict=True))
        assert row["unknown_count"] == sum(not all_ and not us for us, all_ in zip(usa, complete, strict=True))
        assert row["with_members_count"] == sum(bool(members[one.id]) for one in own)


def test_possible_matches_are_hidden_when_they_are_not_to_be_shown():
    """No word of them in any card; the numbers stay the same."""
    shown = Filters(countries=("FR",), year_from=2015)
    hidden = replace(shown, show_possible=False)
    for name in ("statuses", "headlines", "event_dates", "map_atlantic", "sectors_theme"):
        one, other = make_card(name, shown), make_card(name, hidden)
        assert one and other and one.not_counted and not other.not_counted
        assert (one.title, one.all_evidence) == (other.title, other.all_evidence)


def test_sectors_are_offered_priorities_first(oracle):
    """Then by name, and what belongs to no sector last; traded clusters follow the themes."""
    themes = [row for row in oracle.rows("sectors") if row["scheme"] == "theme"]
    priority = sorted(row["name"] for row in themes if row["is_priority"] == "true")
    others = sorted(r["name"] for r in themes if r["is_priority"] == "false" and r["sector_id"] != "cross-sector")
    clusters = sorted(row["name"] for row in oracle.rows("sectors") if row["scheme"] == "traded_cluster")
    # The one name that is in both schemes says of which it is.
    others = ["Business services (theme)" if name == "Business services" else name for name in others]
    clusters = ["Business Services (traded cluster)" if name == "Business Services" else name for name in clusters]
    assert list(vocabulary().sectors.values()) == [*priority, *others, "Cross-sector", *clusters]


def test_years_and_countries_that_filters_offer(oracle):
    """From the first year in which a record begins to the last of one; countries of records and of statistics."""
    records = [record for table in oracle.records.values() for record in table]
    projects = [date.fromisoformat(row["start_on"]) for row in oracle.rows("horizon_projects") if row["start_on"]]
    first = min(*(record.start for record in records if record.start), *projects)
    last = max(*(day for record in records for day in (record.start, record.end) if day), *projects)
    assert list(vocabulary().years) == list(range(first.year, last.year + 1))
    codes = {code for record in records for code in record.countries}
    codes |= {row["country_code"] for row in oracle.rows("horizon_participations")} - {""}
    country_of = {row["region_code"]: row["country_code"] for row in oracle.rows("regions")}
    assert "MT" not in codes  # of Malta there are statistics alone
    codes |= {country_of.get(code, code) for data_set in (EU, US) for code in statistics(data_set)["region_code"]}
    names = oracle.names("countries", "country_code")
    assert dict(vocabulary().countries) == {code: names[code] for code in codes}
    assert list(vocabulary().countries.values()) == sorted(names[code] for code in codes)


def test_years_reach_from_the_first_beginning_to_the_last_end(db):
    """Also where a record begins years before the first one ends."""
    db.execute(
        "CREATE TEMP TABLE event_register AS "
        "SELECT * REPLACE (DATE '1985-03-01' AS start_on, DATE '2041-01-31' AS end_on) FROM event_register"
    )
    try:
        assert queries.vocabulary(db).years == tuple(range(1985, 2042))
    finally:
        db.execute("DROP TABLE temp.event_register")


def test_all_cooperations_are_more_than_those_of_both_sides():
    """The two choices of the page are two populations."""
    found = {name: len(run_query(rows, population, Filters())) for name, population in SCOPES.items()}
    assert found["eu-us"] < found["all"]


def test_yes_and_no():
    frame = pd.DataFrame({"a": [True, False, None]}, dtype=object)
    assert readable(frame, {"a": "A"})["A"].tolist() == ["yes", "no", "not stated"]


# ---------------------------------------------------------------- coverage


def origins(oracle: Oracle, table: str) -> Callable[[str], str]:
    """Where a record of a table comes from: the seed documents, other sources, or not cited."""
    seeds = {row["source_id"] for row in oracle.rows("sources") if row["reliability"] == "seed"}
    cited = pairs(oracle, "citations", "record_id", "source_id")
    tables = {row["record_id"] for row in oracle.rows("citations") if row["table_name"] == table}
    assert not seeds & {row["record_id"] for row in oracle.rows("citations")}
    return lambda one: "not cited" if one not in tables else "seeds" if cited[one] & seeds else "researched"


def test_coverage_of_places(oracle):
    """Organisations by side and origin, and how precisely they are located."""
    origin = origins(oracle, "organisations")
    wanted = Counter(
        (row["side"], origin(row["organisation_id"]), row["location_precision"]) for row in oracle.rows("organisations")
    )
    found = run_query(provenance.place_coverage)
    levels = ["city", "region", "country", "unknown"]
    assert {
        (row["side"], row["origin"], level): row[level] for row in found.to_dict("records") for level in levels
    } == {
        (side, kind, level): wanted[side, kind, level]
        for side, kind in {(side, kind) for side, kind, _ in wanted}
        for level in levels
    }
    assert found["organisations"].sum() == len(oracle.rows("organisations"))


def test_coverage_of_citations(oracle):
    """Rows, cited rows, and those that rest on a seed document, of every table of facts."""
    seeds = {row["source_id"] for row in oracle.rows("sources") if row["reliability"] == "seed"}
    cited, from_seeds = defaultdict(set), defaultdict(set)
    for row in oracle.rows("citations"):
        cited[row["table_name"]].add(row["record_id"])
        if row["source_id"] in seeds:
            from_seeds[row["table_name"]].add(row["record_id"])
    found = run_query(provenance.row_coverage).set_index("table_name")
    assert set(found.index) == set(cited)
    for table, own in cited.items():
        row = found.loc[table]
        total = len(oracle.rows(table)) or len(own)  # usa_share is no file
        researched = len(own - from_seeds[table])
        assert list(row) == [total, len(own), len(from_seeds[table]), researched], table


def test_coverage_of_fields(oracle):
    """Filled fields of organisations by side."""
    found = run_query(provenance.field_coverage)
    own = found[found["table_name"] == "organisations"]
    assert len(own)
    for row in own.to_dict("records"):
        records = [one for one in oracle.rows("organisations") if one["side"] == row["side"]]
        assert row["rows"] == len(records)
        assert row["filled"] == sum(one[row["field"]] != "" for one in records), row["field"]


# ---------------------------------------------------------------- sources of a figure


def test_the_line_of_sources_below_a_card(oracle):
    """The first document with two of its locators, and how many more locators and sources there are."""
    ids = {record.id for record in oracle.matching("Table 1")}
    cited = [r for r in oracle.rows("citations") if r["table_name"] == "projects" and r["record_id"] in ids]
    records, locators = defaultdict(set), defaultdict(set)
    for row in cited:
        records[row["source_id"]].add(row["record_id"])
        locators[row["source_id"]].add(place_told(row["locator"]))
    evidence = Evidence("projects", tuple(sorted(ids)))
    summary = source_summary(evidence).set_index("source_id")
    assert dict(summary["facts"]) == {source: len(own) for source, own in records.items()}
    assert {one: set(places) for one, places in summary["locators"].items()} == locators
    assert summary.index[0] == "d35"
    more = len(locators["d35"]) - 2
    line = source_line(evidence)
    assert f"and {more} more locators)" in line
    assert line.endswith(f"and {len(records) - 1} more sources")

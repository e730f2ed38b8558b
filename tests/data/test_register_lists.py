"""Lists in the rows of the registers, and the names of records: each compared with the CSV files."""

from collections import defaultdict
from collections.abc import Callable, Collection

import pytest

from domain.filters import Filters
from tests.oracle import Oracle, Record
from warehouse import populations
from warehouse.populations import Population
from warehouse.query_cache import run_query
from warehouse.registers import rows as register_rows

pytestmark = pytest.mark.usefixtures("published")
REGISTERS = {population.table: population for population in populations.REGISTER_POPULATIONS}


def lists(population: Population, column: str) -> dict[str, list[str]]:
    """A list column of a register by the id of its rows."""
    frame = run_query(register_rows, population, Filters())
    return dict(zip(frame[population.record_type.key], map(list, frame[column]), strict=True))


def _named(column: str, scheme: str = "") -> Callable[[Oracle, Record], Collection[str]]:
    """Names of the countries or sectors of a record, of one scheme."""

    def names(oracle: Oracle, record: Record) -> list[str]:
        if column == "countries":
            return [oracle.names("countries", "country_code")[code] for code in record.countries]
        schemes = oracle.names("sectors", "sector_id", "scheme")
        names_of = oracle.names("sectors", "sector_id")
        return [names_of[sector] for sector in record.sectors if schemes[sector] == scheme]

    return names


# Column of every register -> what it must hold for a record.
COLUMNS: dict[str, Callable[[Oracle, Record], Collection[str]]] = {
    "sides": lambda oracle, record: record.sides,
    "country_codes": lambda oracle, record: record.countries,
    "countries": _named("countries"),
    "theme_ids": lambda oracle, record: record.themes,
    "traded_clusters": _named("sectors", "traded_cluster"),
}


# Opportunities are statements of a source about sectors, without a place.
OF_OPPORTUNITIES = ("theme_ids",)


@pytest.mark.parametrize(
    ("table", "column"),
    [(one, name) for one in REGISTERS for name in (OF_OPPORTUNITIES if one == "opportunities" else COLUMNS)],
)
def test_what_each_record_has(oracle, table, column):
    """Sides, countries and sectors, each once, in every row of every register."""
    wanted = {record.id: sorted(COLUMNS[column](oracle, record)) for record in oracle.records[table]}
    assert {one: sorted(held) for one, held in lists(REGISTERS[table], column).items()} == wanted


def _labels(oracle: Oracle) -> dict[str, str]:
    """Short name of each project: its acronym, else its name."""
    return {row["project_id"]: row["acronym"] or row["name"] for row in oracle.rows("projects")}


def _names(oracle: Oracle, table: str, key: str) -> dict[str, str]:
    return _labels(oracle) if table == "projects" else oracle.names(table, key)


# Register, its column, the table of links, and table and key of what is linked.
LINKS = [
    ("events", "organisations", "event_organisations", "organisations", "organisation_id"),
    ("events", "projects", "event_projects", "projects", "project_id"),
    ("events", "policies", "event_policies", "policies", "policy_id"),
    ("projects", "members", "project_members", "organisations", "organisation_id"),
    ("success_stories", "partners", "story_partners", "organisations", "organisation_id"),
]


@pytest.mark.parametrize(("table", "column", "links", "linked", "key"), LINKS)
def test_what_a_record_is_linked_to(oracle, table, column, links, linked, key):
    """Every linked record by its name, once, in whatever role."""
    names = _names(oracle, linked, key)
    wanted = defaultdict(set)
    for row in oracle.rows(links):
        if row[key]:
            wanted[row[REGISTERS[table].record_type.key]].add(names[row[key]])
    found = lists(REGISTERS[table], column)
    assert {one: sorted(held) for one, held in found.items()} == {one: sorted(wanted[one]) for one in found}
    assert any(found.values())


# Main tables with the column that names their records.
LABELS = {
    "organisations": "name",
    "cooperations": "title",
    "events": "name",
    "policies": "name",
    "success_stories": "title",
}


@pytest.mark.parametrize("table", [*LABELS, "projects"])
def test_the_name_of_each_record(oracle, rows, table):
    """As sources, files and the search show it."""
    key = REGISTERS[table].record_type.key
    wanted = _labels(oracle) if table == "projects" else oracle.names(table, key, LABELS[table])
    assert dict(rows("SELECT record_id, label FROM record_labels WHERE table_name = $1", table)) == wanted


def test_regions_that_a_story_may_have(oracle, rows):
    """Where a party of one of its cooperations is not located to a region: in which countries; all of its stories."""
    of_cooperation = dict(rows("SELECT cooperation_id, regions_unknown_in FROM cooperation_register"))
    told = oracle.lists("story_cooperations", "story_id", "cooperation_id")
    found = lists(REGISTERS["success_stories"], "regions_unknown_in")
    assert found == {one: sorted({code for it in told[one] for code in of_cooperation[it]}) for one in found}
    assert any(found.values())

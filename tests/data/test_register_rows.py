"""Rows of every register, and apart from them those that might match: compared with the CSV files for many filters."""

from collections import Counter

import pandas as pd
import pytest

from settings import ROOT
from tests.card_checks import TYPICAL, random_choices, to_filters
from tests.oracle import Oracle
from tests.oracle_records import Chosen, Record
from warehouse import populations, queries
from warehouse.populations import Population
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import count, possible_matches, possible_rows, row_count, rows

# Reads the profile of every record, or every register with all its columns.
pytestmark = [pytest.mark.usefixtures("published"), pytest.mark.slow]
POPULATIONS: dict[str, Population] = {
    "organisations": populations.ALL_ORGANISATIONS,
    "cluster organisations": populations.CLUSTER_ORGANISATIONS,
    "regional clusters": populations.REGIONAL_CLUSTERS,
    "clusters": populations.CLUSTERS,
    "projects": populations.ALL_PROJECTS,
    "projects with targets": populations.PROJECTS_WITH_TARGETS,
    "partnerships": populations.ESCP4I_PARTNERSHIPS,
    "Table 1": populations.TABLE_1_PARTNERSHIPS,
    "cooperations": populations.ALL_COOPERATIONS,
    "EU–US cooperations": populations.EU_US_COOPERATIONS,
    "organisations of both sides": populations.ORGANISATIONS_OF_BOTH_SIDES,
    "agreements": populations.ALL_AGREEMENTS,
    "EU–US agreements": populations.EU_US_AGREEMENTS,
    "conclusions of 2015": populations.CONCLUSIONS_2015,
    "events": populations.EVENTS,
    "policies": populations.POLICIES,
    "stories": populations.SUCCESS_STORIES,
    "opportunities": populations.OPPORTUNITIES,
}
SNAPSHOT = ROOT / "data" / "datasets" / "horizon-2020-with-us-2016"
RANDOM_CHOICES = 12
SEED = 1117


def test_every_population_is_compared():
    """A new population needs its definition in tests/oracle.py.

    Regions and Horizon projects have own tests, and no filter restricts the sources.
    """
    declared = {one for one in vars(populations).values() if isinstance(one, Population)}
    assert declared - {populations.HORIZON_PROJECTS, populations.REGIONS, populations.SOURCES} == set(
        POPULATIONS.values()
    )


def register_problems(oracle: Oracle, name: str, chosen: Chosen) -> list[str]:
    """What a population has wrongly for a choice of filters."""
    population, filters = POPULATIONS[name], to_filters(chosen)
    key = population.record_type.key
    found = run_query(rows, population, filters)[key].tolist()
    apart = run_query(possible_rows, population, filters)
    open_ = {row[key]: tuple(row["not_recorded"]) for row in apart.to_dict("records")}
    matches = run_query(possible_matches, population, filters)
    wanted = [record.id for record in oracle.matching(name, chosen)]
    might = {record.id: record.not_recorded(chosen) for record in oracle.possible(name, chosen)}
    labels = Counter(label for own in might.values() for label in own)
    checks = {
        f"rows {set(found) ^ set(wanted)}": sorted(found) == sorted(wanted),
        f"rows that might match {set(open_.items()) ^ set(might.items())}": open_ == might and len(apart) == len(might),
        "count": run_query(count, population, filters) == len(oracle.counted(name, chosen)),
        "count of rows": run_query(row_count, population, filters) == len(wanted),
        "count of those that might match": (matches.count, dict(matches.unknown)) == (len(might), dict(labels)),
    }
    return [f"{name} under {chosen}: {problem}" for problem, is_right in checks.items() if not is_right]


@pytest.mark.parametrize("name", POPULATIONS)
def test_rows_under_typical_filters(oracle, name):
    assert [one for chosen in TYPICAL.values() for one in register_problems(oracle, name, chosen)] == []


@pytest.mark.parametrize("name", POPULATIONS)
def test_rows_under_filters_chosen_at_random(oracle, name):
    values = vocabulary()
    choices = random_choices(RANDOM_CHOICES, SEED, values)
    assert [one for chosen in choices for one in register_problems(oracle, name, chosen)] == []


# Column of the counts by register -> population and side.
COUNTED = {
    "eu_organisations": ("cluster organisations", "EU"),
    "us_organisations": ("cluster organisations", "US"),
    "regional_clusters": ("regional clusters", ""),
    "projects": ("projects", ""),
    "cooperations": ("cooperations", ""),
    "events": ("events", ""),
    "policies": ("policies", ""),
}
SECTION = COUNTED | {
    "organisations": ("clusters", ""),
    "success_stories": ("stories", ""),
    "opportunities": ("opportunities", ""),
}


def counted(oracle: Oracle, name: str, chosen: Chosen) -> list[Record]:
    population, side = SECTION[name]
    return [r for r in oracle.counted(population, chosen) if not side or r.row["side"] == side]


@pytest.mark.parametrize("scheme", ["theme", "traded_cluster"])
@pytest.mark.parametrize("case", TYPICAL)
def test_table_of_sectors(oracle, scheme, case):
    """Every register by sector, zeros included: the table below the chart of the page Sectors."""
    chosen = TYPICAL[case]
    found = run_query(queries.sector_counts, to_filters(chosen), scheme).set_index("sector_id")
    names = {row["sector_id"]: row["name"] for row in oracle.rows("sectors") if row["scheme"] == scheme}
    assert dict(found["sector"]) == names
    for name in COUNTED:
        wanted = Counter(sector for record in counted(oracle, name, chosen) for sector in record.sectors)
        assert dict(found[name]) == {sector: wanted[sector] for sector in names}, name


@pytest.mark.parametrize("case", TYPICAL)
def test_counts_of_the_registers_of_a_section(oracle, case):
    """The numbers on the buttons of a sector's section, and its target countries."""
    chosen = TYPICAL[case]
    found = run_query(queries.register_counts, to_filters(chosen))
    targets = {country for record in oracle.matching("projects", chosen) for country in oracle.targets(record.id)}
    assert found == {name: len(counted(oracle, name, chosen)) for name in SECTION} | {"targets": len(targets)}


def test_values_that_the_filters_offer(oracle):
    """Sectors with their number of records, countries and years: those of all records of the registers.

    A programme that is stored as a project and stands among the policy instruments too counts once.
    """
    values = vocabulary()
    records = [record for own in oracle.records.values() for record in own if not record.row.get("stored_in")]
    schemes = {row["sector_id"]: row["scheme"] for row in oracle.rows("sectors")}
    assert set(values.sectors) == {one for one, scheme in schemes.items() if scheme in ("theme", "traded_cluster")}
    assert values.traded_clusters == {one for one, scheme in schemes.items() if scheme == "traded_cluster"}
    # A policy instrument that is stored as a project is one record of two registers.
    once = [record for record in records if not record.row.get("stored_in")]
    by_sector = Counter(sector for record in once for sector in record.sectors)
    assert dict(values.sector_records) == {sector: by_sector[sector] for sector in values.sectors}
    shipped = pd.read_csv(SNAPSHOT / "horizon_participations.csv", dtype=str, keep_default_na=False)
    of_horizon = set(shipped["country_code"]) - {""}
    of_statistics = {"MT"}  # the one country with statistics and without a record
    of_records = {country for record in records for country in record.countries}
    assert set(values.countries) == of_records | of_horizon | of_statistics
    dated = [record for record in records if record.start]
    first, last = min(r.start.year for r in dated), max((r.end or r.start).year for r in dated)
    assert values.years == tuple(range(first, last + 1))


def test_arcs_of_the_map(oracle):
    """One row per pair of organisations and cooperation, with the status that its colour shows."""
    for chosen in TYPICAL.values():
        found = run_query(queries.map_links, to_filters(chosen))
        pairs = list(
            zip(found["cooperation_id"], found["eu_organisation_id"], found["us_organisation_id"], strict=True)
        )
        wanted = oracle.links(oracle.counted("cooperations", chosen))
        assert sorted(pairs) == sorted(tuple(link) for link in wanted), chosen
        statuses = oracle.names("cooperations", "cooperation_id", "status")
        assert found["status"].tolist() == [statuses[one] for one in found["cooperation_id"]]

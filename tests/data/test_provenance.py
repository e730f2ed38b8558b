"""Where every fact stands: no fact row without a citation, no citation to nothing."""

import json
import re

import pytest

from settings import ROOT
from warehouse import provenance
from warehouse.query_cache import run_query

# Tables that say something about facts and so carry their own sources, or that describe and count.
NOT_FACTS = {
    "sources",
    "source_owners",
    "source_states",
    "terms",
    "cooperation_statuses",
    "workshop_steps",
    "countries",
    "area_countries",
    "areas",
    "regions",
    "region_boxes",
    "region_centres",
    "nuts_changes",
    "nuts_in_regions",
    "nuts_of_cities",
    "nuts_of_regions",
    "regions_of_places",
    "sectors",
    "sector_links",
    "nace_links",
    "citations",
    "missing_values",
    "alternative_values",
    "contradictions",
    "contradiction_records",
    "corrections",
    "reconciliation",
    "check_results",
    "field_coverage",
    "build_info",
    "view_sql",
}
# Each row names its source itself, or the import that filled it does.
IMPORTED = {
    "imports",
    "datasets",
    "dataset_sources",
    "dataset_replacements",
    "regional_statistics",
    "statistics_totals",
    "horizon_projects",
    "horizon_participations",
}
FACTS = [
    "organisations",
    "organisation_countries",
    "organisation_ends",
    "organisation_aliases",
    "organisation_sectors",
    "projects",
    "project_aliases",
    "project_countries",
    "project_targets",
    "project_members",
    "project_sectors",
    "cooperations",
    "cooperation_parties",
    "cooperation_party_countries",
    "cooperation_party_regions",
    "cooperation_renewals",
    "cooperation_sectors",
    "success_stories",
    "story_partners",
    "story_cooperations",
    "story_sectors",
    "opportunities",
    "events",
    "event_places",
    "event_projects",
    "event_organisations",
    "event_sectors",
    "event_policies",
    "activities",
    "figures",
    "policies",
    "policy_countries",
    "policy_projects",
    "policy_sectors",
]
POINTERS = ["citations", "missing_values", "alternative_values", "contradiction_records", "corrections"]
SEEDS = "('d35', 'news2015')"


@pytest.fixture(scope="module")
def keys(rows) -> dict[str, str]:
    """SQL expression that joins the key values of each table by |, as record_id does."""
    found = rows(
        "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
    )
    return {table: "concat_ws('|', " + ", ".join(columns) + ")" for table, columns in found}


@pytest.fixture(scope="module")
def columns(rows) -> dict[str, set[str]]:
    """Columns of every table and view."""
    found: dict[str, set[str]] = {}
    for table, column in rows("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"):
        found.setdefault(table, set()).add(column)
    return found


def test_every_table_is_known_here(rows):
    """A new table is a table of facts, with citations, or is said to be none."""
    declared = set(
        re.findall(r"^CREATE TABLE (\w+)", (ROOT / "etl/sql/10_schema.sql").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert declared == set(FACTS) | NOT_FACTS | IMPORTED
    assert declared <= {table for (table,) in rows("SELECT table_name FROM duckdb_tables()")}


@pytest.mark.parametrize("table", FACTS)
def test_every_fact_is_cited(rows, keys, table):
    """All rows, junction tables included: 100 %."""
    bare = rows(
        f"SELECT {keys[table]} FROM {table} WHERE {keys[table]} NOT IN (SELECT record_id FROM "
        "citations WHERE table_name = $1)",
        table,
    )
    assert bare == []


@pytest.mark.parametrize("table", [t for t in FACTS if t != "activities"])
def test_fact_tables_are_not_empty(rows, table):
    """A test on no rows proves nothing."""
    assert rows(f"SELECT count(*) > 0 FROM {table}") == [(True,)]


@pytest.mark.parametrize("pointer", POINTERS)
def test_every_pointer_hits_a_record_and_a_column(rows, keys, columns, pointer):
    """Table, record and field of citations, missing and other values and corrections exist."""
    has_field = "field" in columns[pointer]
    for table, field in rows(f"SELECT DISTINCT table_name, {'field' if has_field else 'NULL'} FROM {pointer}"):
        assert table in FACTS or table == ("sources" if pointer == "missing_values" else "usa_share"), (pointer, table)
        if has_field:
            assert field in columns[table] or (field == "*" and pointer == "citations"), (pointer, table, field)
    for (table,) in rows(f"SELECT DISTINCT table_name FROM {pointer}"):
        key = "measure_id" if table == "usa_share" else keys[table]
        lost = rows(
            f"SELECT record_id FROM {pointer} WHERE table_name = $1 AND record_id NOT IN (SELECT {key} FROM {table})",
            table,
        )
        assert lost == [], (pointer, table)


def test_every_reading_of_the_share_is_cited(rows):
    """usa_share is a view, and its rows are facts all the same."""
    assert (
        rows(
            "SELECT measure_id FROM usa_share WHERE measure_id NOT IN "
            "(SELECT record_id FROM citations WHERE table_name = 'usa_share')"
        )
        == []
    )


def test_named_in_seeds_is_a_citation_to_a_seed(rows):
    """The mark on an organisation and its citations say the same, both ways."""
    cited = rows(
        f"SELECT DISTINCT record_id FROM citations WHERE table_name = 'organisations' AND source_id IN {SEEDS}"
    )
    named = rows("SELECT organisation_id FROM organisations WHERE named_in_seeds")
    assert set(named) == set(cited)


def test_the_two_documents_can_be_told_from_the_rest(rows):
    """Exactly two seed sources; some facts rest on them and some on others, in the same tables."""
    assert set(rows("SELECT source_id FROM sources WHERE reliability = 'seed'")) == {("d35",), ("news2015",)}
    found = dict(rows(f"SELECT source_id IN {SEEDS}, count(*) FROM citations GROUP BY 1"))
    assert found[True] > 500


def test_dates_of_the_two_documents(rows):
    """The paper is of February 2017, the news item of 9 December 2015 (09/12/2015)."""
    found = rows(
        "SELECT source_id, strftime(published_on, '%Y-%m-%d'), published_precision FROM sources "
        f"WHERE source_id IN {SEEDS}"
    )
    assert sorted(found) == [("d35", "2017-02-01", "month"), ("news2015", "2015-12-09", "day")]


def test_sources_are_complete(rows):
    """Title, publisher and licence say something; a dated source has a date."""
    for field in ("title", "publisher", "licence"):
        assert rows(f"SELECT source_id FROM sources WHERE trim({field}) = ''") == [], field
    assert rows("SELECT source_id FROM sources WHERE (published_on IS NULL) <> (published_precision = 'undated')") == []
    assert (
        rows(
            "SELECT source_id FROM sources WHERE url IS NULL AND source_id NOT IN (SELECT record_id "
            "FROM missing_values "
            "WHERE table_name = 'sources' AND field = 'url')"
        )
        == []
    ), "an address is there or its absence is explained"
    assert (
        rows("SELECT source_id FROM sources WHERE regexp_matches(lower(title), 'guess|same as above|various|misc')")
        == []
    )


def test_no_source_without_a_fact(rows):
    """A source that carries nothing would only look like evidence."""
    unused = rows(
        "SELECT source_id FROM sources WHERE source_id NOT IN (SELECT source_id FROM citations) AND source_id NOT IN "
        "(SELECT source_id FROM alternative_values) AND source_id NOT IN (SELECT source_a FROM contradictions) "
        "AND source_id NOT IN (SELECT source_b FROM contradictions) AND source_id NOT IN (SELECT "
        "source_id FROM corrections) AND source_id NOT IN (SELECT source_id FROM dataset_sources)"
    )
    assert unused == []


def test_locators_are_places_not_quotations(rows):
    """Section, table or paragraph: short, and without the words of the source."""
    long = rows("SELECT DISTINCT locator FROM citations WHERE length(locator) > 160 OR trim(locator) = ''")
    assert long == []
    places = "s[0-9]|Table [12]|title block|footnote|paragraph|heading|relevant contacts|list of further documents"
    seed = rows(
        f"SELECT DISTINCT locator FROM citations WHERE source_id IN {SEEDS} AND NOT regexp_matches(locator, $1, 'i')",
        f"^({places})",
    )
    assert seed == []


def test_stated_places_rest_on_the_documents(rows):
    """location_basis 'stated' is for the two documents; anything else is researched, with another source."""
    assert (
        rows("SELECT organisation_id FROM organisations WHERE location_basis = 'stated' AND NOT named_in_seeds") == []
    )
    unsourced = rows(
        "SELECT organisation_id FROM organisations WHERE location_basis = 'researched' AND organisation_id NOT IN "
        f"(SELECT record_id FROM citations WHERE table_name = 'organisations' AND source_id NOT IN {SEEDS})"
    )
    assert unsourced == []


def test_missing_values_are_missing(rows, keys):
    """A reason for a gap stands only where there is a gap."""
    for table, field in rows("SELECT DISTINCT table_name, field FROM missing_values"):
        filled = rows(
            f"SELECT record_id FROM missing_values m JOIN {table} t ON m.record_id = {keys[table]} "
            f"WHERE m.table_name = $1 AND m.field = $2 AND t.{field} IS NOT NULL",
            table,
            field,
        )
        assert filled == [], (table, field)


def test_every_contradiction_names_both_places_and_its_handling(rows):
    """Two statements, two locators, and what was done about it."""
    found = rows("SELECT statement_a, locator_a, statement_b, locator_b, handling FROM contradictions")
    assert found and all(all(part.strip() for part in row) for row in found)


def test_build_info_names_its_inputs(rows):
    """One row; the hash of every input, and of nothing that is not an input."""
    found = rows("SELECT build_id, schema_version, source_hashes FROM build_info")
    assert len(found) == 1
    hashes = json.loads(found[0][2])
    assert any("projects.csv" in name for name in hashes)
    assert all(len(value) == 64 for value in hashes.values())


def test_locators_are_listed_by_their_numbers(published, facts):
    """Paragraph 10 of the news item on the workshop of 2015 comes after paragraph 9, on profiles and in panels."""
    cited = run_query(provenance.citations, "events", ["eu-us-cluster-workshop-2015"])
    policies = [row["record_id"] for row in facts("citations") if row["table_name"] == "policies"]
    summary = run_query(provenance.source_summary, "policies", policies).set_index("source_id")
    for locators in (
        list(dict.fromkeys(cited.loc[cited["source_id"] == "news2015", "locator"])),
        list(summary.loc["news2015", "locators"]),
    ):
        numbers = [int(locator.split()[1]) for locator in locators if re.fullmatch(r"paragraph \d+", locator)]
        assert numbers == sorted(set(numbers)), locators
        assert numbers[-1] >= 10

"""The schema: the order of the SQL files, and tables, keys and CHECKs as DuckDB's catalogue reports them.

The rules are defined in SQL only; reading them back from the catalogue avoids a second definition.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from domain.table_schema import Check, Column, ForeignKey, Table, read_tables
from etl.database import Connection

__all__ = [
    "Check",
    "Column",
    "ForeignKey",
    "Schema",
    "Table",
    "create_tables",
    "declared_schema",
    "read_schema",
    "sql_statements",
]

SQL_DIR = Path(__file__).parent / "sql"
SCHEMA_SQL = SQL_DIR / "10_schema.sql"
# Views, registers and derived tables in the order in which they are created: each file may use those before it.
DERIVED_SQL = tuple(
    SQL_DIR / name
    for name in (
        "20_views.sql",
        "25_possible_values.sql",
        "26_region_lists.sql",
        "30_registers.sql",
        "40_coverage.sql",
        "45_partners.sql",
        "50_releases.sql",
        "60_statistics.sql",
        "70_horizon.sql",
        "80_regions.sql",
        "85_region_similarity.sql",
        "90_search.sql",
    )
)

_COMMENT = re.compile(r"\s*(--[^\n]*\n\s*)*COMMENT ON\b", re.IGNORECASE)

# Computed by the build; CSV files with these names are not read.
MADE_BY_BUILD = frozenset({"build_info", "check_results", "field_coverage", "view_sql"})
# Filled from data/imports/, where the import has verified the rows, and from data/datasets/; CSV files of data/ with
# these names are not read.
FILLED_BY_IMPORT = frozenset(
    {
        "dataset_replacements",
        "dataset_sources",
        "datasets",
        "horizon_participations",
        "horizon_projects",
        "imports",
        "regional_statistics",
        "statistics_totals",
    }
)
# These tables may have no rows, so their CSV files may be missing.
MAY_BE_ABSENT = frozenset(
    {
        "area_countries",
        "areas",
        "contradiction_records",
        "cooperation_party_countries",
        "cooperation_party_regions",
        "cooperation_renewals",
        "event_policies",
        "nace_links",
        "nuts_changes",
        "nuts_in_regions",
        "nuts_of_cities",
        "nuts_of_regions",
        "organisation_ends",
        "policy_countries",
        "policy_projects",
        "project_countries",
        "reconciliation",
        "region_boxes",
        "region_centres",
        "regions_of_places",
        "source_owners",
        "source_states",
        "story_partners",
    }
)


@dataclass(frozen=True)
class Schema:
    """All tables of the schema by name."""

    tables: dict[str, Table]

    @cached_property
    def input_tables(self) -> tuple[Table, ...]:
        """The tables that CSV files fill, each after the tables it references."""
        graph = {
            name: {key.referenced_table for key in table.foreign_keys} - {name} for name, table in self.tables.items()
        }
        order = TopologicalSorter(graph).static_order()
        return tuple(self.tables[name] for name in order if name not in MADE_BY_BUILD | FILLED_BY_IMPORT)

    @cached_property
    def described_tables(self) -> tuple[Table, ...]:
        """The tables of the column dictionary: those that CSV files fill and those that imports fill."""
        return (*self.input_tables, *(self.tables[name] for name in sorted(FILLED_BY_IMPORT)))


def create_tables(connection: Connection, *, with_comments: bool = True) -> None:
    """Create the tables in an empty database."""
    for statement in sql_statements(SCHEMA_SQL, with_comments=with_comments):
        connection.execute(statement)


def sql_statements(path: Path, *, with_comments: bool) -> list[duckdb.Statement]:
    """The statements of an SQL file, without its COMMENTs where only the content is needed: they take the most time."""
    statements = duckdb.extract_statements(path.read_text(encoding="utf-8"))
    return [one for one in statements if with_comments or not _COMMENT.match(one.query)]


@cache
def declared_schema() -> Schema:
    """The schema that 10_schema.sql declares, read from the catalogue of an empty database."""
    with duckdb.connect(config={"threads": "1"}) as connection:
        connection.begin()  # one transaction for hundreds of statements takes half the time
        create_tables(connection)
        return read_schema(connection)


def read_schema(connection: Connection) -> Schema:
    """The tables of the main schema of an open database."""
    return Schema(read_tables(connection))

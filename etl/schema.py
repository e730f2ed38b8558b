"""Reads tables, keys and CHECKs back from the catalogue, so that the SQL file defines them once."""

from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

SQL_DIR = Path(__file__).parent / "sql"
SCHEMA_SQL = SQL_DIR / "10_schema.sql"
VIEWS_SQL = SQL_DIR / "20_views.sql"

# The build computes these itself; a CSV file for them would be overwritten, so none is read.
MADE_BY_BUILD = frozenset({"build_info", "check_results", "definitions", "field_coverage"})
# Filled from data/imports/ and verified there, all rows at once; no CSV file either.
FILLED_BY_IMPORT = frozenset({"horizon_participations", "horizon_projects", "imports", "regional_statistics"})
# Empty until a review has something to say, so their files may be absent.
MAY_BE_ABSENT = frozenset(
    {
        "contradiction_records",
        "cooperation_party_countries",
        "cooperation_renewals",
        "event_policies",
        "organisation_ends",
        "policy_countries",
        "policy_projects",
        "project_countries",
        "reconciliation",
        "region_boxes",
        "source_owners",
        "story_partners",
    }
)


@dataclass(frozen=True)
class Column:
    """A column with its DuckDB type name and its COMMENT."""

    name: str
    type: str
    is_nullable: bool
    comment: str


@dataclass(frozen=True)
class ForeignKey:
    """columns of this table point at referenced_columns of referenced_table."""

    columns: tuple[str, ...]
    referenced_table: str
    referenced_columns: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """A CHECK, as an SQL expression over columns; it holds unless it is false."""

    columns: tuple[str, ...]
    expression: str


@dataclass(frozen=True)
class Table:
    """One table. key is the primary key, empty when there is none."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    checks: tuple[Check, ...]

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in the order of the schema."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class Schema:
    """Every table by name."""

    tables: dict[str, Table]

    @cached_property
    def input_tables(self) -> tuple[Table, ...]:
        """The tables that CSV files fill, referenced tables before those that point at them."""
        graph = {
            name: {key.referenced_table for key in table.foreign_keys} - {name} for name, table in self.tables.items()
        }
        order = TopologicalSorter(graph).static_order()
        return tuple(self.tables[name] for name in order if name not in MADE_BY_BUILD | FILLED_BY_IMPORT)

    @cached_property
    def described_tables(self) -> tuple[Table, ...]:
        """The tables of the column dictionary: those of CSV files and those that an import fills."""
        return (*self.input_tables, *(self.tables[name] for name in sorted(FILLED_BY_IMPORT)))


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables in an empty database."""
    connection.execute(SCHEMA_SQL.read_text(encoding="utf-8"))


@cache
def declared_schema() -> Schema:
    """What the schema file declares, as the catalogue of an empty database reports it."""
    with duckdb.connect() as connection:
        create_tables(connection)
        return read_schema(connection)


def read_schema(connection: duckdb.DuckDBPyConnection) -> Schema:
    """The tables of the main schema of an open database."""
    comments = connection.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal ORDER BY table_oid"
    ).fetchall()
    columns = _columns(connection)
    constraints = _constraints(connection)
    tables = {name: _table(name, comment or "", columns[name], constraints.get(name, [])) for name, comment in comments}
    return Schema(tables)


def _columns(connection) -> dict[str, list[Column]]:
    rows = connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable, coalesce(comment, '') "
        "FROM duckdb_columns() WHERE NOT internal ORDER BY table_oid, column_index"
    ).fetchall()
    found: dict[str, list[Column]] = {}
    for table, *column in rows:
        found.setdefault(table, []).append(Column(*column))
    return found


def _constraints(connection) -> dict[str, list[tuple]]:
    rows = connection.execute(
        "SELECT table_name, constraint_type, expression, constraint_column_names, "
        "referenced_table, referenced_column_names "
        "FROM duckdb_constraints() ORDER BY table_oid, constraint_index"
    ).fetchall()
    found: dict[str, list[tuple]] = {}
    for table, *constraint in rows:
        found.setdefault(table, []).append(tuple(constraint))
    return found


def _table(name: str, comment: str, columns: list[Column], constraints: list[tuple]) -> Table:
    of_kind = {
        kind: [c for c in constraints if c[0] == kind] for kind in ("PRIMARY KEY", "UNIQUE", "FOREIGN KEY", "CHECK")
    }
    keys = [tuple(c[2]) for c in of_kind["PRIMARY KEY"]]
    return Table(
        name=name,
        comment=comment,
        columns=tuple(columns),
        key=keys[0] if keys else (),
        unique=tuple(tuple(c[2]) for c in of_kind["UNIQUE"]),
        foreign_keys=tuple(ForeignKey(tuple(c[2]), c[3], tuple(c[4])) for c in of_kind["FOREIGN KEY"]),
        checks=tuple(Check(tuple(c[2]), c[1]) for c in of_kind["CHECK"]),
    )

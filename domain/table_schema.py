"""Tables, keys and CHECKs of a database as DuckDB's catalogue reports them.

The rules are defined in SQL only; the build and the files that describe the data read them back from the catalogue.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Column:
    """A column; type is the name of its DuckDB type, comment its COMMENT."""

    name: str
    type: str
    is_nullable: bool
    comment: str


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that reference columns of another table, or of the same one."""

    columns: tuple[str, ...]
    referenced_table: str
    referenced_columns: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """A CHECK: an SQL expression over columns that is satisfied when it is true or null."""

    columns: tuple[str, ...]
    expression: str


@dataclass(frozen=True)
class Table:
    """One table. key: columns of the primary key, empty when there is none."""

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


def read_tables(connection: Connection) -> dict[str, Table]:
    """The tables of the main schema of an open database by name, in the order of their creation."""
    comments = connection.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal ORDER BY table_oid"
    ).fetchall()
    columns = _columns(connection)
    constraints = _constraints(connection)
    return {name: _table(name, comment or "", columns[name], constraints.get(name, [])) for name, comment in comments}


def _columns(connection: Connection) -> dict[str, list[Column]]:
    rows = connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable, coalesce(comment, '') "
        "FROM duckdb_columns() WHERE NOT internal ORDER BY table_oid, column_index"
    ).fetchall()
    columns: dict[str, list[Column]] = {}
    for table, *column in rows:
        columns.setdefault(table, []).append(Column(*column))
    return columns


# Type, expression, columns, referenced table and referenced columns of a constraint.
_Constraint = tuple[Any, ...]


def _constraints(connection: Connection) -> dict[str, list[_Constraint]]:
    rows = connection.execute(
        "SELECT table_name, constraint_type, expression, constraint_column_names, "
        "referenced_table, referenced_column_names "
        "FROM duckdb_constraints() ORDER BY table_oid, constraint_index"
    ).fetchall()
    constraints: dict[str, list[_Constraint]] = {}
    for table, *constraint in rows:
        constraints.setdefault(table, []).append(tuple(constraint))
    return constraints


def _table(name: str, comment: str, columns: list[Column], constraints: list[_Constraint]) -> Table:
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

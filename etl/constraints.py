"""Keys, foreign keys and CHECKs of the schema, verified row by row before anything is inserted.

The database would stop at the first broken rule and name no line; this names them all.
"""

from collections.abc import Iterator
from itertools import compress

import duckdb
import pyarrow as pa
from rapidfuzz import fuzz, process, utils

from etl.constraint_messages import words_for
from etl.errors import Problem
from etl.schema import ForeignKey, Schema
from etl.transform import Row, TypedTable, join_key

ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "JSON": pa.string(),
    "DATE": pa.date32(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
}
# Codes of the European Union's own that look like ISO 3166-1 but are not.
NOT_ISO = {"UK": "GB", "EL": "GR"}


def verify(tables: dict[str, TypedTable], schema: Schema) -> list[Problem]:
    """Every broken key, foreign key and CHECK of the typed tables."""
    problems: list[Problem] = []
    with duckdb.connect(config={"threads": "1"}) as connection:
        for typed in tables.values():
            problems.extend(_duplicates(typed))
            problems.extend(_dangling(typed, tables))
            problems.extend(_circles(typed))
            problems.extend(_broken_checks(typed, connection))
    return problems


def to_arrow(typed: TypedTable) -> pa.Table:
    """The rows as an Arrow table with the columns and types of the schema."""
    arrays = [
        pa.array([row.values[column.name] for row in typed.rows], ARROW_TYPES[column.type])
        for column in typed.table.columns
    ]
    return pa.table(arrays, names=list(typed.table.column_names))


def _duplicates(typed: TypedTable) -> Iterator[Problem]:
    for key in (typed.table.key, *typed.table.unique):
        first: dict[tuple, Row] = {}
        for row in typed.rows if key else ():
            values = tuple(row.values[column] for column in key)
            if row.broken.intersection(key) or None in values:
                continue
            if values in first:
                rule = f"is already in line {first[values].line}"
                fix = "Remove one of the two rows or correct its id."
                yield Problem(typed.file, row.line, ", ".join(key), join_key(values), rule, fix)
            first.setdefault(values, row)


def _dangling(typed: TypedTable, tables: dict[str, TypedTable]) -> Iterator[Problem]:
    for key in typed.table.foreign_keys:
        target = tables.get(key.referenced_table)
        # A row that could not be read may be the very one that is asked for.
        if target is None or not target.is_complete:
            continue
        known = {tuple(row.values[c] for c in key.referenced_columns) for row in target.rows}
        for row in typed.rows:
            values = tuple(row.values[column] for column in key.columns)
            if None not in values and values not in known:
                yield _unknown(typed, row, key, join_key(values), target)


def _unknown(typed: TypedTable, row: Row, key: ForeignKey, value: str, target: TypedTable) -> Problem:
    near = nearest(value, target, key.referenced_columns[0])
    hint = f"Did you mean '{near}'? Otherwise add" if near else "Correct it, or add"
    fix = f"{hint} a row for it to {target.file}."
    return Problem(typed.file, row.line, ", ".join(key.columns), value, f"is not in {target.file}", fix)


def nearest(value: str, target: TypedTable, column: str) -> str | None:
    """The known value that is spelt most like this one, or whose name is."""
    known = [row.values[column] for row in target.rows if isinstance(row.values[column], str)]
    if column == "country_code" and NOT_ISO.get(value) in known:
        return NOT_ISO[value]
    named = [(row.values.get("name"), row.values[column]) for row in target.rows]
    spellings = {text: text for text in known} | {name: text for name, text in named if name}
    best = process.extractOne(
        value, list(spellings), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70
    )
    return spellings[best[0]] if best else None


def _circles(typed: TypedTable) -> Iterator[Problem]:
    """Rows that lead back to themselves through a key of their own table; none could be the first."""
    for key in typed.table.foreign_keys:
        if key.referenced_table != typed.table.name:
            continue
        (pointer,), (own,) = key.columns, key.referenced_columns
        parents = {row.values[own]: row.values[pointer] for row in typed.rows}
        for row in typed.rows:
            seen, here = set(), row.values[own]
            while here is not None and here not in seen:
                seen.add(here)
                here = parents.get(here)
            if here is not None and here == row.values[own]:
                fix = "Follow the chain and correct the row that closes it."
                yield Problem(typed.file, row.line, pointer, row.values[pointer], f"leads back to {here}", fix)


def _broken_checks(typed: TypedTable, connection: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    checks = typed.table.checks
    if not typed.rows or not checks:
        return
    connection.register("typed_rows", to_arrow(typed))
    # A CHECK holds when it is true or unknown. One query a table: hundreds would cost seconds.
    broken = ", ".join(f"coalesce(NOT {check.expression}, false)" for check in checks)
    results = connection.execute(f"SELECT [{broken}] FROM typed_rows").fetchall()
    connection.unregister("typed_rows")
    for row, (flags,) in zip(typed.rows, results, strict=True):
        for check in compress(checks, flags):
            if not row.broken.intersection(check.columns):
                words = words_for(check, row.values)
                value = row.values[words.column]
                shown = "" if value is None else str(value)
                yield Problem(typed.file, row.line, words.column, shown, words.rule, words.fix)

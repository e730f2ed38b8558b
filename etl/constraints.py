"""Verifies keys, foreign keys and CHECKs of the schema row by row, before anything is inserted.

DuckDB would stop at the first broken rule without a line number; this reports every one with its line.
"""

from collections.abc import Iterator, Sequence
from itertools import compress
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa
from rapidfuzz import fuzz, process, utils

from etl.constraint_messages import message_for
from etl.errors import Problem
from etl.iso_codes import ISO_CODE_OF
from etl.schema import ForeignKey
from etl.transform import Row, TypedTable, join_key

ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "JSON": pa.string(),
    "DATE": pa.date32(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
}


def verify_constraints(tables: dict[str, TypedTable]) -> list[Problem]:
    """A problem for every broken key, foreign key and CHECK of the typed tables."""
    problems: list[Problem] = []
    with duckdb.connect(config={"threads": "1"}) as connection:
        for typed in tables.values():
            problems.extend(_duplicate_keys(typed))
            problems.extend(_unknown_references(typed, tables))
            problems.extend(_cycles(typed))
            problems.extend(_broken_checks(typed, connection))
    return problems


def to_arrow(typed: TypedTable) -> pa.Table:
    """The rows as an Arrow table with the columns and types of the schema, in its order."""
    arrays = [
        pa.array([row.values[column.name] for row in typed.rows], ARROW_TYPES[column.type])
        for column in typed.table.columns
    ]
    return pa.table(arrays, names=list(typed.table.column_names))


def _duplicate_keys(typed: TypedTable) -> Iterator[Problem]:
    for key in (typed.table.key, *typed.table.unique):
        first: dict[tuple[Any, ...], Row] = {}
        for row in typed.rows if key and not _all_differ(typed.rows, key) else ():
            values = tuple(row.values[column] for column in key)
            if row.broken.intersection(key) or None in values:
                continue
            if values in first:
                rule = f"is already in line {first[values].line}"
                fix = "Remove one of the two rows or correct its id."
                yield Problem(typed.file, row.line, ", ".join(key), join_key(values), rule, fix)
            first.setdefault(values, row)


def _all_differ(rows: Sequence[Row], columns: Sequence[str]) -> bool:
    """Whether no two rows have the same values: the quick answer for nearly every table."""
    values_of = itemgetter(*columns)
    return len({values_of(row.values) for row in rows}) == len(rows)


def _unknown_references(typed: TypedTable, tables: dict[str, TypedTable]) -> Iterator[Problem]:
    for key in typed.table.foreign_keys:
        target = tables.get(key.referenced_table)
        # The referenced row may be one that could not be read, which is reported elsewhere.
        if target is None or not target.is_complete:
            continue
        values_of, known_values_of = itemgetter(*key.columns), itemgetter(*key.referenced_columns)
        known = {known_values_of(row.values) for row in target.rows}
        for row in typed.rows:
            if values_of(row.values) in known:
                continue
            values = tuple(row.values[column] for column in key.columns)
            if None not in values:
                yield _unknown_reference(typed, row, key, join_key(values), target)


def _unknown_reference(typed: TypedTable, row: Row, key: ForeignKey, value: str, target: TypedTable) -> Problem:
    near = nearest(value, target, key.referenced_columns[0])
    hint = f"Did you mean '{near}'? Otherwise add" if near else "Correct it, or add"
    fix = f"{hint} a row for it to {target.file}."
    return Problem(typed.file, row.line, ", ".join(key.columns), value, f"is not in {target.file}", fix)


def nearest(value: str, target: TypedTable, column: str) -> str | None:
    """The value of ``column`` in ``target`` that is, or whose name is, most similar to ``value``; None if none is."""
    known = [row.values[column] for row in target.rows if isinstance(row.values[column], str)]
    if column == "country_code" and ISO_CODE_OF.get(value) in known:
        return ISO_CODE_OF[value]
    named = [(row.values.get("name"), row.values[column]) for row in target.rows]
    spellings = {text: text for text in known} | {name: text for name, text in named if name}
    best = process.extractOne(
        value, list(spellings), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70
    )
    return spellings[best[0]] if best else None


def _cycles(typed: TypedTable) -> Iterator[Problem]:
    """Rows that refer back to themselves through a foreign key of their own table, so that no order can insert them."""
    for key in typed.table.foreign_keys:
        if key.referenced_table != typed.table.name:
            continue
        (pointer,), (own,) = key.columns, key.referenced_columns
        parents = {row.values[own]: row.values[pointer] for row in typed.rows}
        for row in typed.rows:
            visited: set[Any] = set()
            current = row.values[own]
            while current is not None and current not in visited:
                visited.add(current)
                current = parents.get(current)
            if current is not None and current == row.values[own]:
                fix = "Follow the chain and correct the row that closes it."
                yield Problem(typed.file, row.line, pointer, row.values[pointer], f"leads back to {current}", fix)


def _broken_checks(typed: TypedTable, connection: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    checks = typed.table.checks
    if not typed.rows or not checks:
        return
    connection.register("typed_rows", to_arrow(typed))
    # A CHECK holds when it is true or null. One query per table, because one per CHECK would take seconds.
    broken = ", ".join(f"coalesce(NOT {check.expression}, false)" for check in checks)
    results = connection.execute(f"SELECT [{broken}] FROM typed_rows").fetchall()
    connection.unregister("typed_rows")
    for row, (flags,) in zip(typed.rows, results, strict=True):
        for check in compress(checks, flags):
            if not row.broken.intersection(check.columns):
                message = message_for(check, row.values)
                value = row.values[message.column]
                text = "" if value is None else str(value)
                yield Problem(typed.file, row.line, message.column, text, message.rule, message.fix)

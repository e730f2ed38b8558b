"""Converts text rows to typed rows: applies corrections, then the types of the schema. Pure functions."""

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from etl.errors import Problem
from etl.extract import TextRow, TextTable
from etl.schema import Schema, Table

KEY_SEPARATOR = "|"


@dataclass(frozen=True)
class Row:
    """One typed record and its line in the file; a blank cell is None.

    broken: columns whose text could not be converted. They are None and already reported.
    """

    line: int
    values: dict[str, Any]
    broken: frozenset[str]


@dataclass(frozen=True)
class TypedTable:
    """The typed rows of one file.

    is_complete is False when a row or the key of a row could not be read; references to rows that are
    missing here cannot be verified then.
    """

    table: Table
    file: str
    rows: tuple[Row, ...]
    is_complete: bool

    def record_id(self, row: Row) -> str:
        """Key values of the row joined by |, as citations write them."""
        return join_key(row.values[column] for column in self.table.key)

    def by_record_id(self) -> dict[str, Row]:
        """Rows by record id; of several with the same id the first."""
        return {self.record_id(row): row for row in reversed(self.rows)}


def join_key(values: Iterable[object]) -> str:
    """Key values joined by |; None becomes an empty text."""
    return KEY_SEPARATOR.join("" if value is None else str(value) for value in values)


def transform(texts: dict[str, TextTable], schema: Schema) -> tuple[dict[str, TypedTable], list[Problem]]:
    """Corrected and typed tables by name, and a problem for every cell that cannot be converted."""
    texts, problems = correct(texts, schema)
    typed: dict[str, TypedTable] = {}
    for name, text in texts.items():
        table = schema.tables[name]
        rows = tuple(_typed_row(table, text.file, row, problems) for row in text.rows)
        is_complete = text.is_complete and not any(row.broken.intersection(table.key) for row in rows)
        typed[name] = TypedTable(table, text.file, rows, is_complete)
    return typed, problems


def correct(texts: dict[str, TextTable], schema: Schema) -> tuple[dict[str, TextTable], list[Problem]]:
    """The texts with corrections.csv applied, and a problem for every correction that no longer matches."""
    problems: list[Problem] = []
    corrected = dict(texts)
    corrections = texts.get("corrections")
    if corrections is None:
        return corrected, problems
    for row in corrections.rows:
        name = row.cells["table_name"]
        if name in schema.tables and name not in texts:
            continue  # the file could not be read, which is reported elsewhere
        result = _correct_one(row.cells, corrected.get(name), schema.tables.get(name))
        if isinstance(result, TextTable):
            corrected[name] = result
        else:
            column, value, rule, fix = result
            problems.append(Problem(corrections.file, row.line, column, value, rule, fix))
    return corrected, problems


def _correct_one(
    cells: dict[str, str], text: TextTable | None, table: Table | None
) -> TextTable | tuple[str, str, str, str]:
    """The corrected table, or (column, value, rule, fix) when the correction does not match."""
    if text is None or table is None:
        return "table_name", cells["table_name"], "is not a table with a CSV file", "Correct the name."
    field = cells["field"]
    if field not in table.column_names or field in table.key:
        fix = "Name a column that is not part of the key."
        return "field", field, f"cannot be corrected in {text.file}", fix
    index = next((i for i, row in enumerate(text.rows) if _text_key(row, table) == cells["record_id"]), None)
    if index is None:
        return "record_id", cells["record_id"], f"is not in {text.file}", "Correct the id or remove the correction."
    row = text.rows[index]
    if row.cells[field] != cells["old_value"]:
        rule = f"no longer matches {text.file} line {row.line}, where {field} is '{row.cells[field]}'"
        fix = "Restate old_value, or remove the correction if the file is right."
        return "old_value", cells["old_value"], rule, fix
    new = replace(row, cells=row.cells | {field: cells["new_value"]})
    return replace(text, rows=(*text.rows[:index], new, *text.rows[index + 1 :]))


def _text_key(row: TextRow, table: Table) -> str:
    return KEY_SEPARATOR.join(row.cells[column] for column in table.key)


def _typed_row(table: Table, file: str, row: TextRow, problems: list[Problem]) -> Row:
    values: dict[str, Any] = dict.fromkeys(table.column_names)
    broken = set(row.broken)
    for column in table.columns:
        text = row.cells[column.name]
        if column.name in broken or (text == "" and column.is_nullable):
            continue
        if text == "":
            rule = "the cell is blank, but this column needs a value"
            problems.append(Problem(file, row.line, column.name, None, rule, "Fill it in."))
            broken.add(column.name)
            continue
        convert, rule, fix = TYPES[column.type]
        try:
            values[column.name] = convert(text)
        except ValueError:
            problems.append(Problem(file, row.line, column.name, text, rule, fix))
            broken.add(column.name)
    return Row(row.line, values, frozenset(broken))


def _read_date(text: str) -> date:
    # fromisoformat alone would also take 20170619 and 2017-W25-1.
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError
    return date.fromisoformat(text)


def _read_whole_number(text: str) -> int:
    number = int(text) if re.fullmatch(r"-?\d{1,10}", text, re.ASCII) else None
    if number is None or not -(2**31) <= number < 2**31:
        raise ValueError
    return number


def _read_number(text: str) -> float:
    if not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text, re.ASCII):
        raise ValueError
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def _read_boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError
    return text == "true"


def _read_json(text: str) -> str:
    json.loads(text)
    return text


# DuckDB type -> function that converts the text, and the rule and fix to report when it raises ValueError.
TYPES: dict[str, tuple[Callable[[str], Any], str, str]] = {
    "VARCHAR": (str, "is not text", "Write text."),
    "DATE": (_read_date, "is not a date", "Write YYYY-MM-DD."),
    "INTEGER": (_read_whole_number, "is not a whole number", "Write digits only, such as 1250."),
    "DOUBLE": (_read_number, "is not a number", "Write digits with a decimal point, such as 1250.5."),
    "BOOLEAN": (_read_boolean, "is neither true nor false", "Write true or false."),
    "JSON": (_read_json, "is not JSON", "Write valid JSON."),
}

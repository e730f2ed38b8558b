"""Finds every reference to a record, in all tables, and moves it to another id.

Where ids stand is read from the schema:
- foreign keys, of several columns too;
- columns table_name and record_id, which name any record by its key;
- a column …_type or …_kind beside a column …_id without a foreign key, such as subject_type and subject_id;
- values of a referring column that stand elsewhere: beside table_name and field, such as old_value of corrections;
- text columns whose COMMENT names an id column, such as compared_with of reconciliation.
A row whose key changes is a record that moves itself, so that the references to it follow.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl.checks import FILE_NAME as CHECKS_FILE
from etl.maintain.facts import Facts
from etl.maintain.sheets import Sheet, StoredRow
from etl.references import SUBJECT_TABLES
from etl.schema import DERIVED_SQL, Schema, Table

_ID_COLUMN = re.compile(r"\w+_(?:id|code)")
_THEMED = ("organisations", "projects")
# Many programmes are policy instruments, with the same id; others have no record.
_KIND_TABLES = SUBJECT_TABLES | {"programme": "policies"}


@dataclass(frozen=True)
class _Move:
    """A record whose key changes: its table, and its cells before and after."""

    table: str
    before: Mapping[str, str]
    after: Mapping[str, str]


def move_record(facts: Facts, table: str, old: str, new: str) -> None:
    """Let every reference to ``old`` name ``new`` instead. The record itself, if it is still there, keeps its key."""
    key = facts.schema.tables[table].key[0]
    waiting = deque([_Move(table, {key: old}, {key: new})])
    # Most rows are referred to by nothing, and looking for that in all tables, row by row, would take minutes.
    targets = {key.referenced_table for one in facts.schema.input_tables for key in one.foreign_keys}
    named = _named_records(facts)
    while waiting:
        move = waiting.popleft()
        for sheet in facts.sheets.values():
            for row, cells in list(_references(facts.schema, sheet, move)):
                for next_move in _changed(sheet, row, cells):
                    if sheet.table.name in targets or (sheet.table.name, sheet.record_id(next_move.before)) in named:
                        waiting.append(next_move)
    if table in _THEMED:
        facts.theme_rule = re.sub(
            rf'^(record_id *= *"){re.escape(old)}"', rf'\g<1>{new}"', facts.theme_rule, flags=re.MULTILINE
        )


def _named_records(facts: Facts) -> set[tuple[str, str]]:
    """(table, record id) of every record that a row names by table_name and record_id."""
    return {
        (row.cells["table_name"], row.cells["record_id"])
        for sheet in facts.sheets.values()
        if {"table_name", "record_id"} <= set(sheet.header)
        for row in sheet.rows
    }


def rename_key(facts: Facts, table: str, old: str, new: str) -> None:
    """Give a record another id and move every reference to it. KeyError when there is no such record."""
    facts.change(table, old, **{facts.schema.tables[table].key[0]: new})
    move_record(facts, table, old, new)


def _changed(sheet: Sheet, row: StoredRow, cells: Mapping[str, str]) -> Iterator[_Move]:
    before = dict(row.cells)
    sheet.change(row, cells)
    if any(before[column] != row.cells[column] for column in sheet.table.key):
        yield _Move(sheet.table.name, before, row.cells)


def _references(schema: Schema, sheet: Sheet, move: _Move) -> Iterator[tuple[StoredRow, dict[str, str]]]:
    """Rows that refer to the record, each with the cells to change."""
    table, moved = sheet.table, schema.tables[move.table]
    foreign = [
        dict(zip(key.columns, key.referenced_columns, strict=True))
        for key in table.foreign_keys
        if key.referenced_table == move.table and set(key.referenced_columns) <= set(move.before)
    ]
    kinds, loose = kind_columns(table), loose_columns(schema, table)
    for row in sheet.rows:
        cells: dict[str, str] = {}
        for columns in foreign:
            if all(row.cells[own] == move.before[other] for own, other in columns.items()):
                cells |= {own: move.after[other] for own, other in columns.items()}
        if len(moved.key) == 1:
            old, new = move.before[moved.key[0]], move.after[moved.key[0]]
            for kind, column in kinds.items():
                if row.cells[column] == old and _KIND_TABLES.get(row.cells[kind]) == move.table:
                    cells[column] = new
            cells |= {c: new for c, tables in loose.items() if move.table in tables and row.cells[c] == old}
            cells |= {c: new for c in _value_columns(schema, row, move.table) if row.cells[c] == old}
        if (
            row.cells.get("table_name") == move.table
            and set(moved.key) <= set(move.before)
            and row.cells.get("record_id") == _record_id(moved, move.before)
        ):
            cells["record_id"] = _record_id(moved, move.after)
        if cells:
            yield row, cells


def kind_columns(table: Table) -> dict[str, str]:
    """Columns that say what an id without a foreign key names -> the column of that id."""
    foreign = {column for key in table.foreign_keys for column in key.columns}
    return {
        kind: column
        for column in table.column_names
        if column.endswith("_id") and column not in foreign
        for kind in (column[:-3] + "_type", column[:-3] + "_kind")
        if kind in table.column_names
    }


def loose_columns(schema: Schema, table: Table) -> dict[str, list[str]]:
    """Columns without a foreign key whose COMMENT names an id column -> the tables of those ids."""
    taken = {column for key in table.foreign_keys for column in key.columns}
    taken |= {*table.key, *kind_columns(table).values()}
    owners: dict[str, list[str]] = {}
    for one in schema.input_tables:
        if len(one.key) == 1:
            owners.setdefault(one.key[0], []).append(one.name)
    return {
        column.name: [table for word in words for table in owners[word]]
        for column in table.columns
        if column.type == "VARCHAR"
        and column.name not in taken
        and (words := set(_ID_COLUMN.findall(column.comment)) & set(owners))
    }


def _value_columns(schema: Schema, row: StoredRow, table: str) -> list[str]:
    """Columns that hold a value of the field which the row names, when that field refers to ``table``."""
    described, field = schema.tables.get(row.cells.get("table_name", "")), row.cells.get("field")
    if described is None or not any(
        key.referenced_table == table and key.columns == (field,) for key in described.foreign_keys
    ):
        return []
    return [column for column in row.cells if column == "value" or column.endswith("_value")]


def _record_id(table: Table, cells: Mapping[str, str]) -> str:
    return "|".join(cells[column] for column in table.key)


def mentions_in_rules(facts: Facts, record_id: str) -> list[str]:
    """Places in checks.toml and in the SQL of the views that name the id in quotes: 'data/checks.toml line 447'."""
    checks = facts.inputs.data_dir / CHECKS_FILE
    files = {f"{facts.inputs.display_path}/{CHECKS_FILE}": checks} if checks.is_file() else {}
    files |= {f"etl/sql/{path.name}": path for path in DERIVED_SQL}
    quoted = re.compile(rf"""(['"]){re.escape(record_id)}\1""")
    return [
        f"{name} line {number}"
        for name, path in files.items()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if quoted.search(line)
    ]

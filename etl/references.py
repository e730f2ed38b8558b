"""Verifies references that no foreign key can express, such as those of citations and the subjects of figures."""

import re
from collections.abc import Iterator

from domain.record_types import RECORD_TYPES
from etl.constraint_messages import SLUG
from etl.constraints import nearest
from etl.errors import Problem
from etl.schema import FILLED_BY_IMPORT, MADE_BY_BUILD, Schema
from etl.transform import KEY_SEPARATOR, Row, TypedTable

WHOLE_ROW = "*"
# A view whose rows are cited like facts. Its ids exist only after the build, so a declared check in
# checks.toml verifies them.
CITED_VIEW = "usa_share"

# Tables that refer to any record by table_name, record_id and, except for the last one, field.
REFERRING_TABLES = ("citations", "missing_values", "alternative_values", "contradiction_records")
# figures.subject_type -> table. A programme has no table; its subject_id is a slug.
SUBJECT_TABLES = {
    **{record_type.figure_subject: table for table, record_type in RECORD_TYPES.items() if record_type.figure_subject},
    "sector": "sectors",
}

_Tables = dict[str, TypedTable]
# Table -> record id -> row.
_Records = dict[str, dict[str, Row]]


def verify_references(tables: dict[str, TypedTable], schema: Schema) -> list[Problem]:
    """A problem for every reference to a record or field that does not exist."""
    problems: list[Problem] = []
    records = {name: typed.by_record_id() for name, typed in tables.items()}
    for name in REFERRING_TABLES:
        if name in tables:
            for row in tables[name].rows:
                problems.extend(_reference(tables[name], row, tables, records, schema))
    if "figures" in tables:
        for row in tables["figures"].rows:
            problems.extend(_subject(tables["figures"], row, tables, records))
    return problems


def _reference(typed: TypedTable, row: Row, tables: _Tables, records: _Records, schema: Schema) -> Iterator[Problem]:
    name, record_id, field = (row.values.get(c) for c in ("table_name", "record_id", "field"))
    if name is None or (name == CITED_VIEW and typed.table.name == "citations"):
        return
    if name not in schema.tables or name in MADE_BY_BUILD | FILLED_BY_IMPORT:
        fix = "Write the name of a table of the schema."
        yield Problem(typed.file, row.line, "table_name", name, "is not a table of facts", fix)
        return
    if field is not None:
        yield from _field(typed, row, name, field, schema)
    target = tables.get(name)
    if target is None or record_id is None or not target.is_complete:
        return
    if record_id not in records[name]:
        yield _no_such_record(typed, row, "record_id", record_id, target)
    elif field in target.table.column_names:
        referenced = records[name][record_id]
        value, location = referenced.values[field], f"{target.file} line {referenced.line}"
        if typed.table.name == "missing_values" and value is not None:
            rule = f"has a value in {location}: '{value}'"
            yield Problem(typed.file, row.line, "field", field, rule, "Remove this row or the value.")
        if typed.table.name == "alternative_values" and str(value) == row.values["value"]:
            fix = "Remove this row, or write what the other source says."
            yield Problem(typed.file, row.line, "value", str(value), f"is the value of {location} itself", fix)


def _field(typed: TypedTable, row: Row, name: str, field: str, schema: Schema) -> Iterator[Problem]:
    columns = schema.tables[name].column_names
    whole_row_allowed = typed.table.name == "citations"
    if field in columns or (field == WHOLE_ROW and whole_row_allowed):
        return
    star = f" or {WHOLE_ROW}" if whole_row_allowed else ""
    fix = f"Write one of {', '.join(columns)}{star}."
    yield Problem(typed.file, row.line, "field", field, f"is not a column of {name}", fix)


def _no_such_record(typed: TypedTable, row: Row, column: str, value: str, target: TypedTable) -> Problem:
    key = KEY_SEPARATOR.join(target.table.key)
    near = nearest(value, target, target.table.key[0]) if len(target.table.key) == 1 else None
    fix = f"Did you mean '{near}'?" if near else f"Write {key} of an existing row, or add the row."
    return Problem(typed.file, row.line, column, value, f"is not a record of {target.file}", fix)


def _subject(typed: TypedTable, row: Row, tables: _Tables, records: _Records) -> Iterator[Problem]:
    kind, subject = row.values["subject_type"], row.values["subject_id"]
    target = tables.get(SUBJECT_TABLES.get(kind, ""))
    if subject is None:
        return
    if kind == "programme" and not re.fullmatch(SLUG, subject):
        fix = "Write the slug of the programme, such as escp4i."
        yield Problem(typed.file, row.line, "subject_id", subject, "is not an id", fix)
    elif target is not None and target.is_complete and subject not in records[target.table.name]:
        yield _no_such_record(typed, row, "subject_id", subject, target)

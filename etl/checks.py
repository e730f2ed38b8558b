"""Reads and runs the data checks that data/checks.toml declares.

A check has exactly one of
- sql: one SELECT that returns the rows that fail; it can change nothing and read no file. Its columns table_name
  and record_id identify the row (record_id may be null); other_table_name and other_record_id may identify a
  second row, whose location is then reported too; every other column is printed as evidence.
- pattern: a regular expression that no text value of a table with a CSV file may match, once the matches
  of the optional regular expression `ignore` are removed.
- at_least or at_most: a bound of the number of rows of `table`.
Each has id, title, because (the reason), fix, severity (error or warning) and, for sql, tables: the tables
it covers. A table with rows that no check covers is an error itself, except the tables that imports fill,
which the import verifies.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from etl.database import Connection, fetch_value, insert_tuples, interrupted_after, sql_literal
from etl.errors import MAX_PROBLEMS, Problem, shorten
from etl.schema import FILLED_BY_IMPORT, MADE_BY_BUILD, Schema
from etl.transform import TypedTable

FILE_NAME = "checks.toml"
SEVERITIES = ("error", "warning")
MAX_CHECK_SECONDS = 60
_TEXT_KEYS = ("id", "title", "because", "fix", "severity")
_KINDS = ("sql", "pattern", "at_least", "at_most")


@dataclass(frozen=True)
class DeclaredCheck:
    """One entry of checks.toml. tables: those it covers; empty for a pattern, which reads all."""

    id: str
    title: str
    because: str
    fix: str
    severity: str
    sql: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class FailedRow:
    """A row that fails a check.

    record_id: None when the check is about a whole table. other: table name and record id of a second row.
    """

    table_name: str
    record_id: str | None
    evidence: str
    other: tuple[str, str] | None = None


@dataclass(frozen=True)
class CheckResult:
    """A check and the rows that fail it."""

    check: DeclaredCheck
    rows: list[FailedRow] = field(default_factory=list)

    @property
    def has_passed(self) -> bool:
        """Whether no row fails it."""
        return not self.rows


def read_checks(data_dir: Path, schema: Schema, display_path: str) -> tuple[list[DeclaredCheck], list[Problem]]:
    """The valid checks of checks.toml, and a problem for every invalid declaration."""
    file, path = f"{display_path}/{FILE_NAME}", data_dir / FILE_NAME
    if not path.is_file():
        return [], [Problem(file, None, None, None, "the file is missing", "Add it; data/README.md describes it.")]
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("check", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [Problem(file, None, None, None, f"it is not valid TOML: {error}", "Correct the syntax.")]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return [], [Problem(file, None, None, None, "check is no list of tables", "Begin each check with [[check]].")]
    checks: list[DeclaredCheck] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        name = str(entry.get("id") or f"check number {number}")
        errors = _declaration_errors(entry, schema, {check.id for check in checks})
        problems.extend(Problem(file, None, name, None, rule, fix) for rule, fix in errors)
        if not errors:
            checks.append(_declared(entry, schema))
    return checks, problems


def _declaration_errors(entry: dict[str, Any], schema: Schema, taken: set[str]) -> list[tuple[str, str]]:
    """(rule, fix) of everything that is wrong with one entry. taken: ids of the checks before it."""
    if errors := _type_errors(entry):
        return errors
    errors = [
        (f"'{key}' is missing or blank", "Every check says what it verifies, why, and how to fix the data.")
        for key in _TEXT_KEYS
        if not entry.get(key, "").strip()
    ]
    if entry.get("severity") not in (*SEVERITIES, None):
        errors.append((f"the severity '{entry['severity']}' is unknown", "Write error or warning."))
    if entry.get("id") in taken:
        errors.append(("the id is used twice", "Give each check its own id."))
    kinds = [kind for kind in _KINDS if kind in entry]
    if len(kinds) != 1:
        errors.append((f"it needs exactly one of {', '.join(_KINDS)}", "Declare what is checked."))
    if unknown := set(entry) - {*_TEXT_KEYS, *_KINDS, "tables", "table", "ignore"}:
        errors.append((f"unknown key {', '.join(sorted(unknown))}", "Remove it or correct its name."))
    tables = entry.get("tables", []) + ([entry["table"]] if "table" in entry else [])
    errors += [(f"there is no table '{t}'", "Name tables of the schema.") for t in tables if t not in schema.tables]
    place = "tables" if "sql" in entry else "table"
    if "pattern" not in entry and not tables:
        errors.append(("it names no table", "Name the tables it covers in tables, or in table for a count."))
    elif len(kinds) == 1 and kinds != ["pattern"] and place not in entry:
        errors.append((f"it names its tables in another key than '{place}'", f"Name them in {place}."))
    return errors


def _type_errors(entry: dict[str, Any]) -> list[tuple[str, str]]:
    """(rule, fix) of every value of an entry that is of another type than its key has, or no regular expression."""
    texts = [key for key in (*_TEXT_KEYS, "sql", "pattern", "ignore", "table") if key in entry]
    errors = [(f"'{key}' is no text", "Put it between quotes.") for key in texts if not isinstance(entry[key], str)]
    for key in ("at_least", "at_most"):
        if key in entry and (not isinstance(entry[key], int) or isinstance(entry[key], bool)):
            errors.append((f"'{key}' is no whole number", "Write digits without quotes, such as 25."))
    tables = entry.get("tables", [])
    if not isinstance(tables, list) or not all(isinstance(table, str) for table in tables):
        errors.append(("'tables' is no list of names", 'Write it like ["events", "event_places"].'))
    for key in ("pattern", "ignore"):
        if isinstance(text := entry.get(key), str) and (fault := _fault_of_pattern(text)):
            errors.append((f"'{key}' is no regular expression: {fault}", "Correct it."))
    return errors


def _fault_of_pattern(pattern: str) -> str:
    """Why DuckDB cannot use a regular expression, '' when it can."""
    try:
        _empty_database().execute("SELECT regexp_matches(x, ?) FROM (VALUES ('')) v(x)", [pattern])
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    return ""


def _empty_database() -> Connection:
    """A cursor on a database in memory that is opened once, because opening one takes longer than a query."""
    return _opened_once().cursor()


@cache
def _opened_once() -> Connection:
    return duckdb.connect()


def _declared(entry: dict[str, Any], schema: Schema) -> DeclaredCheck:
    texts = {key: " ".join(entry[key].split()) for key in _TEXT_KEYS}
    if "sql" in entry:
        return DeclaredCheck(**texts, sql=entry["sql"], tables=tuple(entry["tables"]))
    if "pattern" in entry:
        return DeclaredCheck(**texts, sql=_pattern_sql(entry["pattern"], entry.get("ignore"), schema), tables=())
    table = entry["table"]
    bound = f">= {entry['at_least']}" if "at_least" in entry else f"<= {entry['at_most']}"
    sql = (
        f"SELECT '{table}' AS table_name, NULL AS record_id, count(*) AS rows_found, '{bound}' AS expected "
        f"FROM {table} HAVING NOT count(*) {bound}"
    )
    return DeclaredCheck(**texts, sql=sql, tables=(table,))


def _pattern_sql(pattern: str, ignore: str | None, schema: Schema) -> str:
    """A SELECT over every text column of every input table."""
    parts = []
    for table in schema.input_tables:
        key = ", ".join(table.key or table.column_names[:1])
        names = [column.name for column in table.columns if column.type == "VARCHAR"]
        if not names:
            continue
        # One SELECT for each table, because planning one for each column takes longer than reading the texts.
        parts.append(
            f"SELECT '{table.name}' AS table_name, concat_ws('|', {key}) AS record_id, "
            f"unnest([{', '.join(map(sql_literal, names))}]) AS column_name, unnest([{', '.join(names)}]) AS value "
            f"FROM {table.name}"
        )
    text = f"regexp_replace(value, {sql_literal(ignore)}, ' ', 'g')" if ignore else "value"
    return f"FROM ({' UNION ALL '.join(parts)}) WHERE regexp_matches({text}, {sql_literal(pattern)})"


def run_checks(connection: Connection, checks: list[DeclaredCheck], schema: Schema) -> list[CheckResult]:
    """Run every check, and the check that every table with rows is covered; store them in check_results.

    From then on the connection reads and writes no file but its own database.
    """
    connection.execute("SET enable_external_access = false")
    results = [CheckResult(check, _failed_rows(connection, check)) for check in checks]
    results.append(_uncovered_tables(connection, checks, schema))
    insert_tuples(
        connection,
        "check_results",
        [(r.check.id, r.check.title, r.check.because, r.check.severity, len(r.rows), r.has_passed) for r in results],
    )
    return results


def _failed_rows(connection: Connection, check: DeclaredCheck) -> list[FailedRow]:
    # A check that cannot run fails rather than being skipped.
    try:
        if not _is_one_select(check.sql):
            return [FailedRow("", None, "its SQL must be one SELECT, because a check may change nothing")]
        with interrupted_after(connection, MAX_CHECK_SECONDS):
            cursor = connection.execute(check.sql)
            names = [column[0] for column in cursor.description]
            if not {"table_name", "record_id"} <= set(names):
                return [FailedRow("", None, "its SQL must return table_name and record_id")]
            return [_failed_row(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    except duckdb.InterruptException:
        return [FailedRow("", None, f"its SQL ran for more than {MAX_CHECK_SECONDS} seconds and was stopped")]
    except duckdb.Error as error:
        return [FailedRow("", None, f"its SQL cannot run: {str(error).splitlines()[0]}")]


def _is_one_select(sql: str) -> bool:
    statements = duckdb.extract_statements(sql)
    return len(statements) == 1 and statements[0].type == duckdb.StatementType.SELECT


def _failed_row(row: dict[str, Any]) -> FailedRow:
    other = row.pop("other_table_name", None), row.pop("other_record_id", None)
    table, record_id = row.pop("table_name"), row.pop("record_id")
    return FailedRow(table, record_id, _evidence(row), other if all(other) else None)


def _evidence(row: dict[str, Any]) -> str:
    return ", ".join(f"{name}={'blank' if value is None else shorten(str(value))}" for name, value in row.items())


def _uncovered_tables(connection: Connection, checks: list[DeclaredCheck], schema: Schema) -> CheckResult:
    exempt = {table for check in checks for table in check.tables} | MADE_BY_BUILD | FILLED_BY_IMPORT
    uncovered = [
        FailedRow(name, None, "")
        for name in schema.tables
        if name not in exempt and fetch_value(connection, f"SELECT count(*) FROM {name}") > 0
    ]
    check = DeclaredCheck(
        id="every-table-guarded",
        title="every table with rows has a check",
        because="A table that nothing checks can lose its rows without anybody noticing.",
        fix=f"Declare a check with its name in {FILE_NAME}.",
        severity="error",
        sql="",
        tables=(),
    )
    return CheckResult(check, uncovered)


def failures(
    results: list[CheckResult], tables: dict[str, TypedTable], display_path: str, severity: str
) -> list[Problem]:
    """Failed checks of one severity as problems with file and line, at most MAX_PROBLEMS rows of each."""
    problems: list[Problem] = []
    for result in results:
        if result.check.severity != severity:
            continue
        problems.extend(_problem(result.check, row, tables, display_path) for row in result.rows[:MAX_PROBLEMS])
        if len(result.rows) > MAX_PROBLEMS:
            rule = f"{len(result.rows) - MAX_PROBLEMS} more rows fail the check"
            problems.append(Problem(f"{display_path}/{FILE_NAME}", None, result.check.id, None, rule, result.check.fix))
    return problems


def _problem(check: DeclaredCheck, failed: FailedRow, tables: dict[str, TypedTable], display_path: str) -> Problem:
    details = f" ({failed.evidence})" if failed.evidence else ""
    if failed.other:
        file, line, _ = _location(*failed.other, tables, display_path)
        details += f" together with {failed.other[1]} in {file}" + (f" line {line}" if line else "")
    rule, fix = f"fails the check {check.id}{details}: {check.title}", f"{check.because} {check.fix}"
    return Problem(*_location(failed.table_name, failed.record_id, tables, display_path), failed.record_id, rule, fix)


def _location(
    table: str, record_id: str | None, tables: dict[str, TypedTable], display_path: str
) -> tuple[str, int | None, str | None]:
    """File, line and key columns of a record; line and columns are None when the record is not a row of a file."""
    typed = tables.get(table)
    if typed is None:
        return f"{display_path}/{FILE_NAME}", None, None
    row = typed.by_record_id().get(record_id) if typed.table.key and record_id is not None else None
    return (typed.file, None, None) if row is None else (typed.file, row.line, "|".join(typed.table.key))

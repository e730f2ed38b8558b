"""Declared data tests: data/checks.toml says what must hold and why; this runs all of it.

A check is one of
- sql: a SELECT of the rows that break it. Its columns table_name and record_id name the row (or
  record_id is null); other_table_name and other_record_id may name a second one, whose place is
  then told too; every other column is evidence and is printed.
- pattern: a regular expression no text value of any table with a CSV file may contain, after the matches of the
  optional regular expression `ignore` have been taken out.
- at_least or at_most: bounds of the number of rows of `table`.
Each has id, title, because (the reason), fix, severity (error or warning) and, for sql, tables:
the tables it guards. A table with rows that nothing guards is an error itself, except those that an
import fills: it has verified them.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl.errors import Problem, shorten
from etl.schema import FILLED_BY_IMPORT, MADE_BY_BUILD, Schema
from etl.transform import TypedTable

FILE_NAME = "checks.toml"
SEVERITIES = ("error", "warning")
MAX_SHOWN = 20
_TEXT_KEYS = ("id", "title", "because", "fix", "severity")
_KINDS = ("sql", "pattern", "at_least", "at_most")


@dataclass(frozen=True)
class DeclaredCheck:
    """One entry of checks.toml. tables: those it guards; none for a pattern, which reads all."""

    id: str
    title: str
    because: str
    fix: str
    severity: str
    sql: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class BrokenRow:
    """A row that breaks a check; record_id is None when it is about a whole table. other: a second row."""

    table_name: str
    record_id: str | None
    evidence: str
    other: tuple[str, str] | None = None


@dataclass(frozen=True)
class CheckResult:
    """A check and the rows that break it."""

    check: DeclaredCheck
    rows: list[BrokenRow] = field(default_factory=list)

    @property
    def has_passed(self) -> bool:
        """No row breaks it."""
        return not self.rows


def read_checks(data_dir: Path, schema: Schema, shown: str) -> tuple[list[DeclaredCheck], list[Problem]]:
    """The declared checks, and what is wrong with the declarations."""
    file, path = f"{shown}/{FILE_NAME}", data_dir / FILE_NAME
    if not path.is_file():
        return [], [Problem(file, None, None, None, "the file is missing", "Add it; data/README.md describes it.")]
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("check", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [Problem(file, None, None, None, f"it is not valid TOML: {error}", "Correct the syntax.")]
    checks: list[DeclaredCheck] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        name = str(entry.get("id") or f"check number {number}")
        wrong = _wrong(entry, schema, {check.id for check in checks})
        problems.extend(Problem(file, None, name, None, rule, fix) for rule, fix in wrong)
        if not wrong:
            checks.append(_declared(entry, schema))
    return checks, problems


def _wrong(entry: dict, schema: Schema, taken: set[str]) -> list[tuple[str, str]]:
    found = [
        (f"'{key}' is missing or blank", "Every check says what, why and how to mend it.")
        for key in _TEXT_KEYS
        if not str(entry.get(key) or "").strip()
    ]
    if entry.get("severity") not in (*SEVERITIES, None):
        found.append((f"the severity '{entry['severity']}' is unknown", "Write error or warning."))
    if entry.get("id") in taken:
        found.append(("the id is used twice", "Give each check its own id."))
    if sum(kind in entry for kind in _KINDS) != 1:
        found.append((f"it needs exactly one of {', '.join(_KINDS)}", "Declare what is checked."))
    if unknown := set(entry) - {*_TEXT_KEYS, *_KINDS, "tables", "table", "ignore"}:
        found.append((f"unknown key {', '.join(sorted(unknown))}", "Remove it or correct its name."))
    tables = entry.get("tables", []) + ([entry["table"]] if "table" in entry else [])
    found += [(f"there is no table '{t}'", "Name tables of the schema.") for t in tables if t not in schema.tables]
    if "pattern" not in entry and not tables:
        found.append(("it names no table", "Name the tables it guards in tables, or in table for a count."))
    return found


def _declared(entry: dict, schema: Schema) -> DeclaredCheck:
    texts = {key: " ".join(entry[key].split()) for key in _TEXT_KEYS}
    if "sql" in entry:
        return DeclaredCheck(**texts, sql=entry["sql"], tables=tuple(entry["tables"]))
    if "pattern" in entry:
        return DeclaredCheck(**texts, sql=_pattern_sql(entry["pattern"], entry.get("ignore"), schema), tables=())
    table = entry["table"]
    bound = f">= {int(entry['at_least'])}" if "at_least" in entry else f"<= {int(entry['at_most'])}"
    sql = (
        f"SELECT '{table}' AS table_name, NULL AS record_id, count(*) AS rows_found, '{bound}' AS expected "
        f"FROM {table} HAVING NOT count(*) {bound}"
    )
    return DeclaredCheck(**texts, sql=sql, tables=(table,))


def _pattern_sql(pattern: str, ignore: str | None, schema: Schema) -> str:
    """A SELECT over every text column of every input table."""
    wanted = _quoted(pattern)
    parts = []
    for table in schema.input_tables:
        key = ", ".join(table.key or table.column_names[:1])
        for column in table.columns:
            if column.type == "VARCHAR":
                text = f"regexp_replace({column.name}, {_quoted(ignore)}, ' ', 'g')" if ignore else column.name
                parts.append(
                    f"SELECT '{table.name}' AS table_name, concat_ws('|', {key}) AS record_id, "
                    f"'{column.name}' AS column_name, {column.name} AS value FROM {table.name} "
                    f"WHERE regexp_matches({text}, {wanted})"
                )
    return " UNION ALL ".join(parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def run_checks(connection: duckdb.DuckDBPyConnection, checks: list[DeclaredCheck], schema: Schema) -> list[CheckResult]:
    """Run every check, store check_results, and add the check that every filled table is guarded."""
    results = [CheckResult(check, _rows(connection, check)) for check in checks]
    results.append(_unguarded_tables(connection, checks, schema))
    connection.executemany(
        "INSERT INTO check_results VALUES (?, ?, ?, ?, ?, ?)",
        [(r.check.id, r.check.title, r.check.because, r.check.severity, len(r.rows), r.has_passed) for r in results],
    )
    return results


def _rows(connection: duckdb.DuckDBPyConnection, check: DeclaredCheck) -> list[BrokenRow]:
    try:
        cursor = connection.execute(check.sql)
        names = [column[0] for column in cursor.description]
        if not {"table_name", "record_id"} <= set(names):
            return [BrokenRow("", None, "its SQL must return table_name and record_id")]
        return [_broken_row(dict(zip(names, row))) for row in cursor.fetchall()]
    except duckdb.Error as error:
        # A check that cannot run must fail loudly, not be skipped.
        return [BrokenRow("", None, f"its SQL cannot run: {str(error).splitlines()[0]}")]


def _broken_row(row: dict) -> BrokenRow:
    other = row.pop("other_table_name", None), row.pop("other_record_id", None)
    table, record_id = row.pop("table_name"), row.pop("record_id")
    return BrokenRow(table, record_id, _evidence(row), other if all(other) else None)


def _evidence(row: dict) -> str:
    return ", ".join(f"{name}={'blank' if value is None else shorten(str(value))}" for name, value in row.items())


def _unguarded_tables(connection, checks: list[DeclaredCheck], schema: Schema) -> CheckResult:
    guarded = {table for check in checks for table in check.tables}
    unguarded = [
        BrokenRow(name, None, "")
        for name in schema.tables
        if name not in guarded | MADE_BY_BUILD | FILLED_BY_IMPORT
        and connection.execute(f"SELECT count(*) FROM {name}").fetchone() != (0,)
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
    return CheckResult(check, unguarded)


def failures(results: list[CheckResult], tables: dict[str, TypedTable], shown: str, severity: str) -> list[Problem]:
    """Broken checks of one severity as problems that name file and line, twenty rows of each."""
    problems = []
    for result in results:
        if result.check.severity != severity:
            continue
        problems.extend(_problem(result.check, row, tables, shown) for row in result.rows[:MAX_SHOWN])
        if len(result.rows) > MAX_SHOWN:
            rule = f"{len(result.rows) - MAX_SHOWN} more rows fail the check"
            problems.append(Problem(f"{shown}/{FILE_NAME}", None, result.check.id, None, rule, result.check.fix))
    return problems


def _problem(check: DeclaredCheck, broken: BrokenRow, tables: dict[str, TypedTable], shown: str) -> Problem:
    seen = f" ({broken.evidence})" if broken.evidence else ""
    if broken.other:
        file, line, _ = _place(*broken.other, tables, shown)
        seen += f" beside {broken.other[1]} in {file}" + (f" line {line}" if line else "")
    rule, fix = f"fails the check {check.id}{seen}: {check.title}", f"{check.because} {check.fix}"
    return Problem(*_place(broken.table_name, broken.record_id, tables, shown), broken.record_id, rule, fix)


def _place(
    table: str, record_id: str | None, tables: dict[str, TypedTable], shown: str
) -> tuple[str, int | None, str | None]:
    """File, line and key column of a record; only the file when the record is not a row of a file."""
    typed = tables.get(table)
    if typed is None:
        return f"{shown}/{FILE_NAME}", None, None
    row = typed.by_record_id().get(record_id) if typed.table.key else None
    return (typed.file, None, None) if row is None else (typed.file, row.line, "|".join(typed.table.key))

"""Reads a CSV file of a shipped data set into a table with the types of the schema, and verifies it row by row."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.constraint_messages import message_for
from etl.database import Connection
from etl.errors import MAX_PROBLEMS, InputError, Problem
from etl.extract import did_you_mean
from etl.imports.csv_source import CsvFile, open_csv, records
from etl.imports.staging import stage
from etl.schema import Table

STAGED = "data_set_rows"
# Columns that the card fills: the same in every row.
FROM_CARD = ("period", "source_id")
# Keys, and references to sectors and regions, of tables that have none in the schema (docs/decisions/0009-imports.md).
KEYS = {
    "regional_statistics": ("region_code", "industry_id"),
    "statistics_totals": ("region_code", "scheme", "total_basis"),
}
REGIONS = "(SELECT region_code FROM regions UNION SELECT country_code FROM countries)"
INDUSTRIES = "(FROM sectors WHERE scheme IN ('traded_cluster', 'nace_division'))"
REFERENCES = {
    "regional_statistics": {"region_code": (REGIONS, "region_code"), "industry_id": (INDUSTRIES, "sector_id")},
    "statistics_totals": {"region_code": (REGIONS, "region_code")},
}
_NAMES = {REGIONS: "regions or countries", INDUSTRIES: "the industries of sectors"}
_ROW = "row_number"


@contextmanager
def staged_rows(
    connection: Connection, path: Path, display_path: str, table: Table, loaded: str
) -> Iterator[list[str]]:
    """The rows of a file in the table STAGED, which is dropped on leaving; yields their columns.

    loaded: a relation of the rows of the table that data sets have filled already and that may have the same key.

    Raises InputError for a wrong header and for every row that breaks the schema, with its line.
    """
    file = _open(path, display_path, table)
    types = {column.name: column.type for column in table.columns if file.has(column.name)}
    with tempfile.TemporaryDirectory() as folder:
        select = f"{', '.join(types)}, row_number() OVER () AS {_ROW}"
        staged = stage(connection, file, types, select, Path(folder), STAGED)
    try:
        problems = [
            Problem(display_path, row.line, row.column or None, row.value, f"is {row.reason}", "Correct the row.")
            for row in staged.rejections
        ]
        if not problems:
            problems = [problem for rule in _RULES for problem in rule(connection, file, table)]
            problems += _repeated(connection, file, KEYS.get(table.name, table.key), loaded)
        if problems:
            raise InputError(problems[:MAX_PROBLEMS])
        yield list(types)
    finally:
        connection.execute(f"DROP TABLE IF EXISTS {STAGED}")


def _open(path: Path, display_path: str, table: Table) -> CsvFile:
    filled = [column.name for column in table.columns if column.name not in FROM_CARD]
    required = tuple(column.name for column in table.columns if not column.is_nullable and column.name in filled)
    file = open_csv(path, display_path, ",", required, no_value=("",))
    problems = [
        Problem(
            display_path,
            1,
            name,
            None,
            f"the table {table.name} has no such column, or the card fills it",
            f"Remove it or correct its name{did_you_mean(name, filled)}.",
        )
        for name in file.header
        if name not in filled
    ]
    if problems:
        raise InputError(problems)
    return file


def _blank(connection: Connection, file: CsvFile, table: Table) -> Iterator[Problem]:
    for column in table.columns:
        if file.has(column.name) and not column.is_nullable:
            for line, _ in _found(connection, file, f"{column.name} IS NULL"):
                rule = "the cell is blank, but this column needs a value"
                yield Problem(file.display_path, line, column.name, None, rule, "Fill it in.")


def _repeated(connection: Connection, file: CsvFile, key: tuple[str, ...], loaded: str) -> Iterator[Problem]:
    """Rows whose key an earlier row of the file, or another data set, has too."""
    columns = ", ".join(key)
    later = f"row_number() OVER (PARTITION BY {columns} ORDER BY {_ROW}) > 1"
    condition = (
        f"{_ROW} IN (SELECT {_ROW} FROM {STAGED} QUALIFY {later}) OR ({columns}) IN (SELECT ({columns}) FROM {loaded})"
    )
    for line, cells in _found(connection, file, condition):
        value = "|".join(cells.get(column, "") for column in key)
        rule = "is the key of another row, here or in another data set"
        yield Problem(file.display_path, line, columns, value, rule, "Keep one of the two.")


def _unknown(connection: Connection, file: CsvFile, table: Table) -> Iterator[Problem]:
    """Rows that refer to nothing."""
    foreign = {key.columns[0]: (key.referenced_table, key.referenced_columns[0]) for key in table.foreign_keys}
    for column, (target, own) in (foreign | REFERENCES.get(table.name, {})).items():
        if not file.has(column):
            continue
        condition = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {own} FROM {target})"
        for line, cells in _found(connection, file, condition):
            name = _NAMES.get(target, target)
            fix = f"Correct it, or add it to {name}."
            yield Problem(file.display_path, line, column, cells[column], f"is not in {name}", fix)


def _broken(connection: Connection, file: CsvFile, table: Table) -> Iterator[Problem]:
    """Rows that break a CHECK on columns that the file has."""
    for check in table.checks:
        if not all(file.has(column) for column in check.columns):
            continue
        for line, cells in _found(connection, file, f"NOT coalesce({check.expression}, true)"):
            values = {column.name: cells.get(column.name) or None for column in table.columns}
            message = message_for(check, values)
            value = cells.get(message.column)
            yield Problem(file.display_path, line, message.column, value, message.rule, message.fix)


_RULES: tuple[Callable[[Connection, CsvFile, Table], Iterator[Problem]], ...] = (_blank, _unknown, _broken)


def _found(connection: Connection, file: CsvFile, condition: str) -> list[tuple[int, dict[str, str]]]:
    """(line, cells) of the first rows that meet a condition. The file is read again only if there are any."""
    sql = f"SELECT {_ROW} FROM {STAGED} WHERE {condition} ORDER BY {_ROW} LIMIT {MAX_PROBLEMS}"
    wanted = {row for (row,) in connection.execute(sql).fetchall()}
    return [record for number, record in enumerate(records(file), 1) if number in wanted] if wanted else []

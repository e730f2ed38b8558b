"""A table whose numbers a spreadsheet wrote in the way of its own country, brought back to decimal points.

For tables of one program, whose columns all write numbers in the same way: the ones that allow a single reading decide
for the others.
"""

import csv
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from etl.database import fetch_value
from etl.imports import number_style
from etl.imports.csv_source import CsvFile, allow_long_cells, records
from etl.imports.rejects import RejectLog
from etl.imports.run import ImportContext
from etl.imports.staging import stage

_TEXTS = "texts_of_figures"


def with_decimal_points(
    context: ImportContext, file: CsvFile, columns: Sequence[str], reject_log: RejectLog
) -> CsvFile:
    """The file, or a copy of it with decimal points in these columns where they have commas; its lines stay.

    Raises InputError when numbers are written in two ways, or can be read in two.
    """
    figures = [column for column in columns if file.has(column)]
    types = dict.fromkeys(figures, "VARCHAR")
    cells = f"DISTINCT unnest([{', '.join(figures)}]) AS cell"
    stage(context.connection, file, types, cells, context.folder, _TEXTS)
    if not fetch_value(context.connection, f"SELECT count(*) FROM {_TEXTS} WHERE contains(cell, ',')"):
        return file
    evidence = number_style.evidence(context.connection, _TEXTS, "cell")
    if evidence.comma and evidence.point:
        _reject(file, figures, (evidence.comma, evidence.point), "the file writes numbers in two ways, '{}' and '{}'")
    style = evidence.style
    if style is None:
        _reject(
            file, figures, (evidence.either or "",), "'{}' can be read in two ways: with thousands or with decimals"
        )
    if evidence.comma:
        reject_log.notes.append(f"Numbers have a decimal comma, as in '{evidence.comma}'.")
    plain = number_style.plain("cell", style)
    texts = context.connection.execute(f"SELECT cell, {plain} FROM {_TEXTS} WHERE cell <> {plain}").fetchall()
    return _rewritten(context, file, figures, dict(texts))


def _rewritten(context: ImportContext, file: CsvFile, columns: Sequence[str], texts: dict[str, str]) -> CsvFile:
    path = context.folder / "decimal_points.csv"
    positions = [position for column in columns if (position := file.position(column)) is not None]
    allow_long_cells()
    with (
        file.path.open(encoding="utf-8-sig", errors="replace", newline="") as source,
        path.open("w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.writer(target, delimiter=file.delimiter, lineterminator="\n")
        for cells in csv.reader(source, delimiter=file.delimiter):
            for position in positions:
                if position < len(cells):
                    cells[position] = texts.get(cells[position], cells[position])
            writer.writerow(cells)
    return replace(file, path=path)


def _reject(file: CsvFile, columns: Sequence[str], cells: tuple[str, ...], rule: str) -> NoReturn:
    """Raise InputError about the first of these cells."""
    lowered = [column.lower() for column in columns]
    found = ((line, column) for line, row in records(file) for column in lowered if row[column] in cells)
    line, column = next(found, (None, None))
    file.reject(rule.format(*cells), "Export the file again, or write all numbers with a decimal point.", line, column)

"""A table that a spreadsheet wrote in the way of its own country, brought back to decimal points, TRUE and FALSE.

For tables of one program, whose columns all write numbers in the same way: the ones that allow a single reading decide
for the others.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from etl.database import fetch_value
from etl.imports import number_style
from etl.imports.csv_source import CsvFile, allow_long_cells, records
from etl.imports.rejects import RejectLog
from etl.imports.run import ImportContext
from etl.imports.staging import stage
from etl.imports.truth_words import truth

_TEXTS, _COUNTS, _WORDS = "texts_of_figures", "texts_of_counts", "words_of_flags"
_READ_AS_THEY_ARE = ("true", "false", "t", "f", "yes", "no", "y", "n", "1", "0")


@dataclass(frozen=True)
class Columns:
    """Columns of a table. figures: of numbers; counts: of whole numbers; flags: of TRUE and FALSE."""

    figures: Sequence[str]
    counts: Sequence[str]
    flags: Sequence[str]


def with_decimal_points(context: ImportContext, file: CsvFile, columns: Columns, reject_log: RejectLog) -> CsvFile:
    """The file, or a copy of it with decimal points where it has commas, and TRUE and FALSE; its lines stay.

    Raises InputError when numbers are written in two ways, or can be read in two.
    """
    figures, counts, flags = (
        [name for name in names if file.has(name)] for names in (columns.figures, columns.counts, columns.flags)
    )
    numbers = _plain_numbers(context, file, [*counts, *figures], counts, reject_log)
    words = _plain_words(context, file, flags)
    if not (numbers or words):
        return file
    return _rewritten(context, file, dict.fromkeys([*counts, *figures], numbers) | dict.fromkeys(flags, words))


def _plain_numbers(
    context: ImportContext, file: CsvFile, figures: Sequence[str], counts: Sequence[str], reject_log: RejectLog
) -> dict[str, str]:
    """Cell -> the same with a decimal point, for those that are written otherwise."""
    _stage_texts(context, file, counts, _COUNTS)
    of_counts = number_style.evidence(context.connection, _COUNTS, "cell")
    _stage_texts(context, file, figures, _TEXTS)
    evidence = number_style.evidence(context.connection, _TEXTS, "cell")
    has_commas = fetch_value(context.connection, f"SELECT count(*) > 0 FROM {_TEXTS} WHERE contains(cell, ',')")
    if not has_commas and evidence.point is None and evidence.either is None:
        return {}
    if evidence.comma and evidence.point:
        _reject(file, figures, (evidence.comma, evidence.point), "the file writes numbers in two ways, '{}' and '{}'")
    style = evidence.style
    # Whole numbers without another decimal are thousands, whatever the points of the other columns are.
    pointed = "." in (of_counts.either or "") and of_counts.style is None
    unclear = of_counts.either if pointed and not evidence.comma else None
    if style is None or unclear:
        cell = unclear or evidence.either or ""
        _reject(file, figures, (cell,), "'{}' can be read in two ways: with thousands or with decimals")
    if evidence.comma:
        reject_log.notes.append(f"Numbers have a decimal comma, as in '{evidence.comma}'.")
    plain = number_style.plain("cell", style)
    return dict(context.connection.execute(f"SELECT cell, {plain} FROM {_TEXTS} WHERE cell <> {plain}").fetchall())


def _plain_words(context: ImportContext, file: CsvFile, columns: Sequence[str]) -> dict[str, str]:
    """Cell -> TRUE or FALSE, for the words of other languages."""
    if not columns:
        return {}
    _stage_texts(context, file, columns, _WORDS)
    cells = [cell for (cell,) in context.connection.execute(f"FROM {_WORDS}").fetchall() if cell]
    found = {cell: truth(cell) for cell in cells if cell.strip().lower() not in _READ_AS_THEY_ARE}
    return {cell: "TRUE" if is_true else "FALSE" for cell, is_true in found.items() if is_true is not None}


def _stage_texts(context: ImportContext, file: CsvFile, columns: Sequence[str], table: str) -> None:
    """Create a table of the different cells of these columns."""
    cells = f"DISTINCT unnest([{', '.join(columns)}]) AS cell"
    stage(context.connection, file, dict.fromkeys(columns, "VARCHAR"), cells, context.folder, table)


def _rewritten(context: ImportContext, file: CsvFile, texts: dict[str, dict[str, str]]) -> CsvFile:
    """A copy of the file. texts: column -> cell -> what stands in its place."""
    path = context.folder / "decimal_points.csv"
    positions = [(position, texts[name]) for name in texts if (position := file.position(name)) is not None]
    allow_long_cells()
    with (
        file.path.open(encoding="utf-8-sig", errors="replace", newline="") as source,
        path.open("w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.writer(target, delimiter=file.delimiter, lineterminator="\n")
        for cells in csv.reader(source, delimiter=file.delimiter):
            for position, plain in positions:
                if position < len(cells):
                    cells[position] = plain.get(cells[position], cells[position])
            writer.writerow(cells)
    return replace(file, path=path)


def _reject(file: CsvFile, columns: Sequence[str], cells: tuple[str, ...], rule: str) -> NoReturn:
    """Raise InputError about the first of these cells."""
    lowered = [column.lower() for column in columns]
    found = ((line, column) for line, row in records(file) for column in lowered if row[column] in cells)
    line, column = next(found, (None, None))
    file.reject(rule.format(*cells), "Export the file again, or write all numbers with a decimal point.", line, column)

"""Converts CSV to typed Parquet in DuckDB in one pass, without loading the whole file into memory."""

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.database import fetch_value, sql_literal
from etl.errors import InputError, Problem
from etl.files import link_or_copy
from etl.imports.csv_source import CsvFile, lines_at
from etl.imports.day_numbers import day_number_hint
from etl.imports.rejects import Rejection
from etl.imports.text_input import USUAL_ENCODING

# Far below the gigabyte that an import may use for files of any size.
MEMORY_LIMIT = "500MB"
MAX_THREADS = 4

# DuckDB's errors that make the rest of the file unreadable -> rule and fix.
_FATAL = {
    "UNQUOTED VALUE": (
        "a quote is not opened and closed around the whole cell",
        "Correct the quotes; inside a cell a quote is written twice.",
    ),
    "INVALID ENCODING": (
        "the row is not valid UTF-8",
        f"Save it as CSV UTF-8, or name its encoding, such as --encoding {USUAL_ENCODING}.",
    ),
    "LINE SIZE OVER MAXIMUM": ("the row is longer than two megabytes", "A quote before it is probably not closed."),
    "INVALID STATE": (
        "the quotes of the row cannot be read",
        "Correct the quotes; inside a cell a quote is written twice.",
    ),
}
# Errors of one row -> reason.
_ROW_REASONS = {"MISSING COLUMNS": "too few cells", "TOO MANY COLUMNS": "too many cells"}
# Type that a cell cannot be converted to -> reason.
_CELL_REASONS = {
    "DOUBLE": "not a number",
    "SMALLINT": "not a year",
    "BOOLEAN": "neither TRUE nor FALSE",
    "DATE": "not a date",
}
UNKNOWN = "not one of the known values"
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|[|]{7})( .*)?")
_VALUE = re.compile(r'Could not convert string "(.*?)" to ', re.DOTALL)


@dataclass(frozen=True)
class Staged:
    """Result of staging. rows: rows written. rejections: one for each row that DuckDB could not read."""

    rows: int
    rejections: list[Rejection]

    @property
    def rows_read(self) -> int:
        """Number of rows in the file."""
        return self.rows + len(self.rejections)


def connect(work_dir: Path) -> duckdb.DuckDBPyConnection:
    """An empty database in memory that spills into ``work_dir``."""
    return duckdb.connect(
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": min(MAX_THREADS, os.cpu_count() or 1),
            "temp_directory": str(work_dir / "spill"),
            # No result depends on the order of the rows, and preserving it would leave one thread to write.
            "preserve_insertion_order": "false",
        }
    )


def stage(
    connection: duckdb.DuckDBPyConnection,
    file: CsvFile,
    types: Mapping[str, str],
    select: str,
    work_dir: Path,
    target: Path | str,
    changed: Mapping[str, str] | None = None,
) -> Staged:
    """Write `SELECT select FROM file` to a Parquet file, or to a new table when target is a name.

    types: column -> DuckDB type; ``select`` may use those of them that the file has. changed: column -> SQL expression
    that stands for it in ``select``. Rows that cannot be converted are returned as rejections. Raises InputError when
    the file cannot be read.
    """
    for table in ("reject_errors", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    # Through a link, because DuckDB would read *, ? and [ in a file name as a pattern.
    link = work_dir / "link.csv"
    link_or_copy(file.path, link)
    try:
        source = _reader(link, file, types)
        if changed:
            replaced = ", ".join(f"{expression} AS {column}" for column, expression in changed.items())
            source = f"(SELECT * REPLACE ({replaced}) FROM {source})"
        query = f"SELECT {select} FROM {source}"
        sql = (
            f"COPY ({query}) TO {sql_literal(target)} (COMPRESSION lz4_raw)"
            if isinstance(target, Path)
            else f"CREATE TABLE {target} AS {query}"
        )
        return Staged(fetch_value(connection, sql), _rejections(connection, file, types))
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        first = str(error).splitlines()[0]
        file.reject(f"it cannot be read as CSV: {first}", "Open it in an editor and look for broken rows or quotes.")
    finally:
        link.unlink()


def _reader(link: Path, file: CsvFile, types: Mapping[str, str]) -> str:
    positions = {file.position(column): column for column in types if file.has(column)}
    named = ", ".join(f'c{index} AS "{column}"' for index, column in positions.items())
    type_of = {index: types[column] for index, column in positions.items()}
    columns = ", ".join(
        f"'c{index}': {sql_literal(type_of.get(index, 'VARCHAR'))}" for index in range(len(file.header))
    )
    # A blank year or cluster is an error that DuckDB reports with its line, not a null.
    needed = ", ".join(
        sql_literal(f"c{index}")
        for index, column in positions.items()
        if types[column].startswith(("SMALLINT", "ENUM"))
    )
    null_texts = ", ".join(map(sql_literal, file.no_value))
    return (
        f"(SELECT {named} FROM read_csv({sql_literal(link)}, auto_detect=false, header=true, "
        f"""skip={file.header_line - 1}, delim={sql_literal(file.delimiter)}, quote='"', escape='"', """
        f"nullstr=[{null_texts}], columns={{{columns}}}, "
        f"{f'force_not_null=[{needed}], ' if needed else ''}store_rejects=true, rejects_limit=0))"
    )


def _rejections(connection: duckdb.DuckDBPyConnection, file: CsvFile, types: Mapping[str, str]) -> list[Rejection]:
    """The first error of each row that DuckDB rejected, with its line. Raises InputError for errors of the file."""
    rows = connection.execute(
        "SELECT line_byte_position, csv_line, column_idx, error_type, error_message FROM reject_errors "
        "QUALIFY row_number() OVER (PARTITION BY line_byte_position ORDER BY error_type <> 'CAST', column_idx) = 1 "
        "OR error_type NOT IN ('CAST', 'MISSING COLUMNS', 'TOO MANY COLUMNS') ORDER BY line_byte_position"
    ).fetchall()
    # Spreadsheets write rows without any value at the end of a table.
    rows = [row for row in rows if row[3] in _FATAL or row[1].strip(f'{file.delimiter}" \r\n\t')]
    # The text that DuckDB stores may begin with the line break of the line before.
    starts = [at + len(text) - len(text.lstrip("\r\n")) for at, text, *_ in rows]
    lines = lines_at(file.path, starts)
    problems: list[Problem] = []
    rejections: list[Rejection] = []
    lowered = {column.lower(): kind for column, kind in types.items()}
    for start, (_, text, index, kind, message) in zip(starts, rows, strict=True):
        if kind == "MISSING COLUMNS" and _CONFLICT.fullmatch(text.strip()):
            rule = "is the mark of a merge conflict: the file holds two versions of its rows"
            file.reject(rule, "Keep one version and delete the marks.", lines[start], value=text.strip())
        if kind in _FATAL:
            problems.append(Problem(file.display_path, lines[start], None, None, *_FATAL[kind]))
        elif kind in _ROW_REASONS:
            rejections.append(Rejection(lines[start], "", text.strip()[:200], _ROW_REASONS[kind]))
        else:
            column = file.header[index - 1]
            value = match[1] if (match := _VALUE.search(message)) else ""
            type_name = lowered.get(column.lower(), "").split("(")[0]
            reason = _CELL_REASONS.get(type_name, UNKNOWN)
            hint = day_number_hint(value) if type_name == "SMALLINT" else ""
            rejections.append(Rejection(lines[start], column, value, f"{reason}{hint}"))
    if problems:
        raise InputError(problems[:1])
    return rejections


def validate_readable(file: CsvFile, staged: Staged) -> None:
    """Raise InputError when the file has no rows, or when more than half of them were rejected."""
    if staged.rows_read == 0:
        file.reject("the file has a header and no rows", "Export it again.")
    if len(staged.rejections) * 2 > staged.rows_read:
        counts = Counter((rejection.column, rejection.reason) for rejection in staged.rejections)
        (column, reason), count = counts.most_common(1)[0]
        first = next(one for one in staged.rejections if (one.column, one.reason) == (column, reason))
        others = len(staged.rejections) - count
        more = f", and {others:,} have other faults" if others else ""
        file.reject(
            f"{reason}; {count:,} of {staged.rows_read:,} rows are like this{more}",
            "Compare the file with the description in data/imports/README.md.",
            first.line,
            column or None,
            first.value if column else None,
        )

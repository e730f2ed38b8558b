"""From CSV to Parquet inside DuckDB, in one pass: typed, checked cell by cell, never whole in memory."""

import os
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.errors import InputError, Problem
from etl.imports.csv_source import CsvFile, lines_at
from etl.imports.rejects import Fault

# Far below the gigabyte that an import may take, whatever the size of the file.
MEMORY_LIMIT = "500MB"
MAX_THREADS = 4
MAX_PROBLEMS = 20

# Errors after which nothing in the file can be trusted.
_FATAL = {
    "UNQUOTED VALUE": (
        "a quote is not opened and closed around the whole cell",
        "Correct the quotes; inside a cell a quote is written twice.",
    ),
    "INVALID ENCODING": ("the row is not valid UTF-8", "Save the file as CSV in UTF-8."),
    "LINE SIZE OVER MAXIMUM": ("the row is longer than two megabytes", "A quote before it is probably not closed."),
    "INVALID STATE": (
        "the quotes of the row cannot be read",
        "Correct the quotes; inside a cell a quote is written twice.",
    ),
}
_CELLS = {"MISSING COLUMNS": "too few cells", "TOO MANY COLUMNS": "too many cells"}
_TYPE_WORDS = {
    "DOUBLE": "not a number",
    "SMALLINT": "not a whole number",
    "BOOLEAN": "neither TRUE nor FALSE",
    "DATE": "not a date",
}
UNKNOWN = "not one of the known values"
_VALUE = re.compile(r'Could not convert string "(.*?)" to ', re.DOTALL)


@dataclass(frozen=True)
class Staged:
    """rows: how many were written. faults: one for each row that DuckDB could not read, with its line."""

    rows: int
    faults: list[Fault]

    @property
    def rows_read(self) -> int:
        """Rows of the file."""
        return self.rows + len(self.faults)


def connect(work: Path) -> duckdb.DuckDBPyConnection:
    """An empty database in memory that spills into the working folder."""
    return duckdb.connect(
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": min(MAX_THREADS, os.cpu_count() or 1),
            "temp_directory": str(work / "spill"),
            # No result depends on the order of the file, and keeping it would leave one thread to write.
            "preserve_insertion_order": "false",
        }
    )


def quoted(text: str | Path) -> str:
    """Text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def stage(
    connection: duckdb.DuckDBPyConnection,
    file: CsvFile,
    types: Mapping[str, str],
    select: str,
    work: Path,
    target: Path | str,
) -> Staged:
    """Write `SELECT select FROM file` to a Parquet file, or to a new table when target is a name.

    types: column to DuckDB type; the columns that the file has are known to select under these
    names. Rows that do not fit are returned as faults. Raises InputError when the file cannot be read.
    """
    for table in ("reject_errors", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    # Through a link: in the name of a file DuckDB would take *, ? and [ for a pattern.
    link = work / "link.csv"
    link.symlink_to(file.path.absolute())
    try:
        query = f"SELECT {select} FROM {_reader(link, file, types)}"
        is_file = isinstance(target, Path)
        copied = connection.execute(
            f"COPY ({query}) TO {quoted(target)} (COMPRESSION lz4_raw)"
            if is_file
            else f"CREATE TABLE {target} AS {query}"
        )
        return Staged(copied.fetchone()[0], _faults(connection, file, types))
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        first = str(error).splitlines()[0]
        file.refuse(f"it cannot be read as CSV: {first}", "Open it in an editor and look for broken rows or quotes.")
    finally:
        link.unlink()


def _reader(link: Path, file: CsvFile, types: Mapping[str, str]) -> str:
    positions = {file.position(column): column for column in types if file.has(column)}
    named = ", ".join(f'c{index} AS "{column}"' for index, column in positions.items())
    columns = ", ".join(
        f"'c{index}': {quoted(types.get(positions.get(index), 'VARCHAR'))}" for index in range(len(file.header))
    )
    # What is not text is never blank by accident: an empty year or cluster is a fault with a line.
    needed = ", ".join(
        quoted(f"c{index}") for index, column in positions.items() if types[column].startswith(("SMALLINT", "ENUM"))
    )
    return (
        f"(SELECT {named} FROM read_csv({quoted(link)}, auto_detect=false, header=true, delim={quoted(file.delimiter)}, "
        f"""quote='"', escape='"', nullstr=[{", ".join(map(quoted, file.no_value))}], columns={{{columns}}}, """
        f"{f'force_not_null=[{needed}], ' if needed else ''}store_rejects=true, rejects_limit=0))"
    )


def _faults(connection: duckdb.DuckDBPyConnection, file: CsvFile, types: Mapping[str, str]) -> list[Fault]:
    """The first error of each row that was rejected, with the line in the file."""
    rows = connection.execute(
        "SELECT line_byte_position, csv_line, column_idx, error_type, error_message FROM reject_errors "
        "QUALIFY row_number() OVER (PARTITION BY line_byte_position ORDER BY error_type <> 'CAST', column_idx) = 1 "
        "OR error_type NOT IN ('CAST', 'MISSING COLUMNS', 'TOO MANY COLUMNS') ORDER BY line_byte_position"
    ).fetchall()
    # The line that DuckDB keeps may begin with the end of the one before.
    starts = [at + len(text) - len(text.lstrip("\r\n")) for at, text, *_ in rows]
    lines = lines_at(file.path, starts)
    problems, faults = [], []
    lowered = {column.lower(): kind for column, kind in types.items()}
    for start, (_, text, index, kind, message) in zip(starts, rows):
        if kind in _FATAL:
            problems.append(Problem(file.shown, lines[start], None, None, *_FATAL[kind]))
        elif kind in _CELLS:
            faults.append(Fault(lines[start], "", text.strip()[:200], _CELLS[kind]))
        else:
            column = file.header[index - 1]
            value = match[1] if (match := _VALUE.search(message)) else ""
            type_name = lowered.get(column.lower(), "").split("(")[0]
            faults.append(Fault(lines[start], column, value, _TYPE_WORDS.get(type_name, UNKNOWN)))
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    return faults


def refuse_if_mostly_unreadable(file: CsvFile, staged: Staged) -> None:
    """A file of which more than half the rows do not fit is another file than it seems. Raises InputError."""
    if staged.rows_read == 0:
        file.refuse("the file has a header and no rows", "Export it again.")
    if len(staged.faults) * 2 > staged.rows_read:
        by_reason = defaultdict(list)
        for fault in staged.faults:
            by_reason[fault.column, fault.reason].append(fault)
        raise InputError(
            [
                Problem(
                    file.shown,
                    faults[0].line,
                    column or None,
                    faults[0].value if column else None,
                    f"{reason}; {len(faults):,} of {staged.rows_read:,} rows are like this",
                    "Compare the file with the description in data/imports/README.md.",
                )
                for (column, reason), faults in by_reason.items()
            ]
        )

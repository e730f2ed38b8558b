"""A table in a text file: its delimiter, its header, and the lines of its records.

DuckDB streams the file; Python holds only its first megabyte or, to find line numbers, one record at a time.
"""

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NoReturn

from rapidfuzz import fuzz, process

from etl.errors import InputError, Problem, shorten
from etl.imports.text_input import HEAD_BYTES, TextInput, first_bytes, require_file, utf8_problem, validate_kind

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
# What R, Excel and statistical offices write for a missing number.
NO_VALUE = ("", "NA")
# The same, pandas' NaN, Excel's #N/A and the NULL of databases: cells of figures without a value and without a reason.
NO_FIGURE = (*NO_VALUE, "NaN", "nan", "#N/A", "NULL", "null")
# Records searched for the header.
HEADER_RECORDS = 60
MAX_COLUMNS = 5_000
MAX_NAMES = 12  # columns of a header that a message lists

# The line in which Excel names the delimiter.
_DELIMITER_LINE = re.compile(r'"?sep=(.?)"?', re.IGNORECASE)


@dataclass(frozen=True)
class CsvFile:
    """A CSV file with the expected kind, encoding, delimiter and header.

    display_path: its path for messages. header: its columns as written. no_value: texts of cells without a value.
    header_line: line of the header; 2 after a first line such as `sep=;`, which Excel writes. line_column: column with
    the line of the original, where the file is made from one of another form.
    """

    path: Path
    display_path: str
    delimiter: str
    header: tuple[str, ...]
    no_value: tuple[str, ...] = NO_VALUE
    header_line: int = 1
    line_column: str | None = None

    def position(self, column: str) -> int | None:
        """Index of a column, ignoring case; None when the file does not have it."""
        lowered = [name.lower() for name in self.header]
        return lowered.index(column.lower()) if column.lower() in lowered else None

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return self.position(column) is not None

    def reject(
        self, rule: str, fix: str, line: int | None = None, column: str | None = None, value: str | None = None
    ) -> NoReturn:
        """Raise InputError about this file."""
        raise InputError([Problem(self.display_path, line, column, value, rule, fix)])


def open_csv(
    path: Path, display_path: str, delimiter: str, required: tuple[str, ...], no_value: tuple[str, ...] = NO_VALUE
) -> CsvFile:
    """The file, with its header. Raises InputError when its kind, encoding, delimiter or header is not as expected."""
    require_file(path, display_path)
    head = first_bytes(path)
    validate_kind(display_path, head)
    if b"\0" in head:
        raise InputError(
            [Problem(display_path, None, None, None, "it is not a text file", "Name a CSV file in UTF-8.")]
        )
    if problem := utf8_problem(display_path, head):
        raise problem
    found = _sniffed(path, display_path, required)
    file = replace(found, no_value=no_value)
    if file.delimiter != delimiter and len(file.header) > 1:
        expected, missing = DELIMITERS[delimiter], _missing(file, required)
        also = f", and {_columns(missing)} missing" if missing else ""
        file.reject(
            f"its columns are separated by {DELIMITERS[file.delimiter]} instead of {expected}{also}",
            f"Save it with {expected}.",
            file.header_line,
        )
    _validate_header(file, required)
    _validate_first(file, "delete")
    return file


def open_table(
    text: TextInput, required: tuple[str, ...], no_value: tuple[str, ...], header_line: int | None
) -> CsvFile:
    """The table in a text file, whatever its delimiter. Raises InputError.

    header_line: line of the header when the user names it; else it must be the first line that is not blank.
    """
    file = replace(_sniffed(text.path, text.display_path, required, header_line), no_value=no_value)
    if header_line is not None and file.header_line != header_line and _fits(file, required):
        file.reject(f"the header is in line {file.header_line}, not in line {header_line}", "Correct --header-line.")
    _validate_header(file, required)
    if header_line is None:
        _validate_first(file, f"add --header-line {file.header_line} or delete")
    return file


def _validate_first(file: CsvFile, cure: str) -> None:
    """Raise InputError when there is text above the header, which may give the unit of the figures."""
    if above := _lines_above(file.path, file.header_line):
        lines = f"lines 1 to {file.header_line - 1}" if file.header_line > 2 else "line 1"
        file.reject(
            f"the header is in line {file.header_line}, below other text ('{shorten(above)}')",
            f"If that text does not change what the figures mean, such as their unit, {cure} {lines}.",
        )


def _lines_above(path: Path, header_line: int) -> str:
    """The first line above the header that says something; empty when there is none but `sep=;`."""
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        lines = [line.strip().strip(',;\t|"') for line in islice(stream, header_line - 1)]
    return next((line for line in lines if line and not _DELIMITER_LINE.fullmatch(line)), "")


def _sniffed(path: Path, display_path: str, required: tuple[str, ...], header_line: int | None = None) -> CsvFile:
    """The file with the delimiter and line of the record that has most of the required columns.

    Where no record has any of them, that is the first record, with the delimiter that gives most cells.
    """
    # The first megabyte may end within a character.
    text = first_bytes(path).decode("utf-8-sig", errors="ignore" if path.stat().st_size > HEAD_BYTES else "strict")
    named = _DELIMITER_LINE.fullmatch(text.partition("\n")[0].strip())
    delimiters = [named[1]] if named and named[1] in DELIMITERS else list(DELIMITERS)
    wanted = {column.lower() for column in required}
    best, best_score = CsvFile(path, display_path, delimiters[0], ()), (-1, -1)
    for delimiter in delimiters:
        for number, (line, cells) in enumerate(_first_records(text, delimiter)):
            if (named and line == 1) or (header_line is not None and line < header_line):
                continue
            fitting = len(wanted & {cell.lower() for cell in cells})
            score = (fitting, len(cells) if number == 0 else 0)
            if score > best_score:
                best, best_score = CsvFile(path, display_path, delimiter, cells, header_line=line), score
    return best


def _first_records(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(line, stripped cells) of the first records that are not blank."""
    allow_long_cells()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in islice(reader, HEADER_RECORDS):
        if any(cell.strip() for cell in cells):
            yield line, tuple(cell.strip() for cell in cells)
        line = reader.line_num + 1


def _missing(file: CsvFile, required: tuple[str, ...]) -> list[str]:
    return [column for column in required if not file.has(column)]


def _fits(file: CsvFile, required: tuple[str, ...]) -> bool:
    return not _missing(file, required)


def _columns(names: list[str]) -> str:
    return f"the column {names[0]} is" if len(names) == 1 else f"the columns {', '.join(names[:MAX_NAMES])} are"


def _did_you_mean(column: str, header: tuple[str, ...]) -> str:
    """' (did you mean …?)' with the column that is written almost alike; '' when there is none."""
    near = process.extractOne(column, [name for name in header if name], scorer=fuzz.ratio, score_cutoff=75)
    return f" (did you mean '{shorten(near[0])}'?)" if near else ""


def _validate_header(file: CsvFile, required: tuple[str, ...]) -> None:
    """Raise InputError when columns are missing, occur twice or are too many."""
    if len(file.header) > MAX_COLUMNS:
        rule = f"the header has {len(file.header):,} columns"
        file.reject(rule, "Keep the columns of the template.", file.header_line)
    if missing := _missing(file, required):
        meant = [near for column in missing if (near := _did_you_mean(column, file.header))]
        them = "it" if len(missing) == 1 else "them"
        fix = f"Add {them} to the header, which needs {', '.join(required)}."
        file.reject(f"{_columns(missing)} missing{meant[0] if meant else ''}", fix, file.header_line)
    lowered = [name.lower() for name in file.header]
    for name in file.header:
        if name and lowered.count(name.lower()) > 1:
            file.reject("the column occurs twice in the header", "Keep one of them.", file.header_line, name)


def header_further_down(text: TextInput, columns: Iterable[str]) -> tuple[int, str] | None:
    """(line, first text above it) of a record below the first with one of these columns; None where there is none."""
    found = _sniffed(text.path, text.display_path, tuple(columns))
    has_any = any(found.has(column) for column in columns)
    above = _lines_above(text.path, found.header_line)
    return (found.header_line, above) if has_any and above else None


def records(file: CsvFile) -> Iterator[tuple[int, dict[str, str]]]:
    """(first line, cells by lower-case column) of each record with the right number of cells, one at a time.

    Cells are stripped; those without a value are empty.
    """
    allow_long_cells()
    names = [name.lower() for name in file.header]
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        for _ in range(file.header_line - 1):
            stream.readline()
        reader = csv.reader(stream, delimiter=file.delimiter)
        next(reader, None)
        line = file.header_line + reader.line_num
        for cells in reader:
            if len(cells) == len(names) + 1 and not cells[-1]:
                cells.pop()  # DuckDB accepts a delimiter at the end of a row too
            if len(cells) == len(names):
                values = ("" if cell in file.no_value else cell for cell in map(str.strip, cells))
                row = dict(zip(names, values, strict=True))
                yield int(row[file.line_column]) if file.line_column else line, row
            line = file.header_line + reader.line_num


def find(file: CsvFile, is_wanted: Callable[[dict[str, str]], bool], limit: int) -> list[tuple[int, dict[str, str]]]:
    """The first ``limit`` wanted records with their lines. Reads the file again, so it is for messages only."""
    return list(islice((record for record in records(file) if is_wanted(record[1])), limit))


def first_lines(file: CsvFile, column: str, values: Iterable[str]) -> dict[str, int]:
    """Value -> first line in which the column has it."""
    waiting = set(values)
    lines: dict[str, int] = {}
    for line, cells in records(file):
        if not waiting:
            break
        if cells[column] in waiting:
            waiting.discard(cells[column])
            lines[cells[column]] = line
    return lines


def lines_at(path: Path, offsets: list[int]) -> dict[int, int]:
    """Byte offset -> line number, counting every line break, including those inside quotes."""
    lines: dict[int, int] = {}
    wanted = sorted(set(offsets))
    line, position, index = 1, 0, 0
    with path.open("rb") as stream:
        while index < len(wanted) and (chunk := stream.read(1 << 20)):
            done = 0
            while index < len(wanted) and wanted[index] < position + len(chunk):
                here = wanted[index] - position
                line += chunk.count(b"\n", done, here)
                done = here
                lines[wanted[index]] = line
                index += 1
            line += chunk.count(b"\n", done)
            position += len(chunk)
    return lines | dict.fromkeys(wanted[index:], line)


def allow_long_cells() -> None:
    """Let the csv module read cells of any length."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

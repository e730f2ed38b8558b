"""Inspects a CSV file before DuckDB reads it (kind of file, header), and finds the lines of its records.

DuckDB streams the file; Python holds only its first megabyte or, to find line numbers, one record at a time.
"""

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NoReturn

from etl.errors import InputError, Problem
from etl.extract import did_you_mean

HEAD_BYTES = 1 << 20
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
# What R, Excel and statistical offices write for a missing number.
NO_VALUE = ("", "NA")

# The line in which Excel names the delimiter.
_DELIMITER_LINE = re.compile(r'"?sep=.?"?', re.IGNORECASE)

# First bytes of other kinds of files, with the rule and fix to report.
_OTHER_KINDS = (
    (
        b"PK\x03\x04",
        "is a zip archive or an Excel workbook, not a CSV file",
        "Unpack it, or save the sheet as CSV (UTF-8).",
    ),
    (b"PK\x05\x06", "is an empty zip archive, not a CSV file", "Download the file again."),
    (b"%PDF", "is a PDF document, not a CSV file", "Look for a data file where you found the document."),
    (b"\x1f\x8b", "is a gzip archive, not a CSV file", "Unpack it first."),
    (b"PAR1", "is a Parquet file, not a CSV file", "Export it as CSV."),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook, not a CSV file", "Save the sheet as CSV (UTF-8)."),
    (b"\xff\xfe", "is encoded in UTF-16", "Save it as CSV in UTF-8."),
    (b"\xfe\xff", "is encoded in UTF-16", "Save it as CSV in UTF-8."),
)


@dataclass(frozen=True)
class CsvFile:
    """A CSV file with the expected kind, encoding, delimiter and header.

    display_path: its path for messages. header: its columns as written. no_value: texts of cells without a value.
    header_line: line of the header; 2 after a first line such as `sep=;`, which Excel writes.
    """

    path: Path
    display_path: str
    delimiter: str
    header: tuple[str, ...]
    no_value: tuple[str, ...] = NO_VALUE
    header_line: int = 1

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
    unread = CsvFile(path, display_path, delimiter, ())
    if not path.is_file():
        rule = "it is a folder, not a file" if path.is_dir() else "there is no such file"
        unread.reject(rule, "Name the CSV file.")
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    _validate_kind(unread, head)
    try:
        # The first megabyte may end within a character.
        text = head.decode("utf-8-sig") if len(head) < HEAD_BYTES else head[:-4].decode("utf-8-sig", errors="ignore")
    except UnicodeDecodeError as error:
        line = head[: error.start].count(b"\n") + 1
        unread.reject("it is not valid UTF-8", "Save the file as CSV in UTF-8.", line)
    first_line, _, rest = text.partition("\n")
    header_line = 1
    if _DELIMITER_LINE.fullmatch(first_line.strip()):
        header_line, text = 2, rest
    file = CsvFile(path, display_path, delimiter, _header(text, delimiter), no_value, header_line)
    _validate_header(file, text, required)
    return file


def _validate_kind(file: CsvFile, head: bytes) -> None:
    if not head.strip():
        file.reject("the file is empty", "Download or export it again.")
    for magic, rule, fix in _OTHER_KINDS:
        if head.startswith(magic):
            file.reject(rule, fix)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")) or b"<html" in start:
        fix = "Open the address in a browser, accept or log in if asked, and save the data file itself."
        file.reject("it is a web page (HTML or XML) with the name of a CSV file", fix)
    if start.startswith((b"{", b"[")):
        file.reject("it is a JSON file, not a CSV file", "Export the data as CSV.")
    if b"\0" in head:
        file.reject("it is not a text file", "Name a CSV file in UTF-8.")


def _header(text: str, delimiter: str) -> tuple[str, ...]:
    _allow_long_cells()
    return tuple(cell.strip() for cell in next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), []))


def _validate_header(file: CsvFile, text: str, required: tuple[str, ...]) -> None:
    missing = [column for column in required if not file.has(column)]
    if missing:
        for other, other_name in DELIMITERS.items():
            columns = {name.lower() for name in _header(text, other)}
            if other != file.delimiter and {column.lower() for column in required} <= columns:
                expected = DELIMITERS[file.delimiter]
                file.reject(
                    f"its columns are separated by {other_name} instead of {expected}",
                    f"Save it with {expected}.",
                    file.header_line,
                )
        known = list(file.header)
        raise InputError(
            [
                Problem(
                    file.display_path,
                    file.header_line,
                    column,
                    None,
                    f"the column is missing{did_you_mean(column, known)}",
                    f"Add it; the header needs {', '.join(required)}.",
                )
                for column in missing
            ]
        )
    lowered = [name.lower() for name in file.header]
    for name in file.header:
        if name and lowered.count(name.lower()) > 1:
            file.reject("the column occurs twice in the header", "Keep one of them.", file.header_line, name)


def records(file: CsvFile) -> Iterator[tuple[int, dict[str, str]]]:
    """(first line, cells by lower-case column) of each record with the right number of cells, one at a time.

    Cells are stripped; those without a value are empty.
    """
    _allow_long_cells()
    names = [name.lower() for name in file.header]
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=file.delimiter)
        for _ in range(file.header_line):
            next(reader, None)
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(names) + 1 and not cells[-1]:
                cells.pop()  # DuckDB accepts a delimiter at the end of a row too
            if len(cells) == len(names):
                values = ("" if cell in file.no_value else cell for cell in map(str.strip, cells))
                yield line, dict(zip(names, values, strict=True))
            line = reader.line_num + 1


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


def _allow_long_cells() -> None:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

"""One CSV file as DuckDB is to read it: what kind of file it is, its header, and where its rows stand.

DuckDB streams the file; Python only ever holds its first megabyte or, when a line number is asked
for, one record at a time.
"""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.errors import InputError, Problem
from etl.extract import did_you_mean

HEAD_BYTES = 1 << 20
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
# What R, Excel and statistical offices write where there is no number.
NO_VALUE = ("", "NA")

_OTHER_KINDS = (
    (
        b"PK\x03\x04",
        "is a zip archive or an Excel workbook, not a CSV file",
        "Unpack it, or save the sheet as CSV (UTF-8).",
    ),
    (b"PK\x05\x06", "is an empty zip archive, not a CSV file", "Download the file again."),
    (b"%PDF", "is a PDF document, not a CSV file", "Look for the data file beside the document."),
    (b"\x1f\x8b", "is a gzip archive, not a CSV file", "Unpack it first."),
    (b"PAR1", "is a Parquet file, not a CSV file", "Export it as CSV."),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook, not a CSV file", "Save the sheet as CSV (UTF-8)."),
    (b"\xff\xfe", "is encoded in UTF-16", "Save it as CSV in UTF-8."),
    (b"\xfe\xff", "is encoded in UTF-16", "Save it as CSV in UTF-8."),
)


@dataclass(frozen=True)
class CsvFile:
    """A CSV file that looks right.

    shown: its path for messages. header: its columns as written. no_value: cells that say nothing.
    """

    path: Path
    shown: str
    delimiter: str
    header: tuple[str, ...]
    no_value: tuple[str, ...] = NO_VALUE

    def position(self, column: str) -> int | None:
        """Where a column stands, in any capitals; None when the file does not have it."""
        lowered = [name.lower() for name in self.header]
        return lowered.index(column.lower()) if column.lower() in lowered else None

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return self.position(column) is not None

    def refuse(self, rule: str, fix: str, line: int | None = None, column: str | None = None, value: str | None = None):
        """Raise InputError about this file."""
        raise InputError([Problem(self.shown, line, column, value, rule, fix)])


def open_csv(
    path: Path, shown: str, delimiter: str, required: tuple[str, ...], no_value: tuple[str, ...] = NO_VALUE
) -> CsvFile:
    """The file, when its kind, encoding, delimiter and header are as expected. Raises InputError."""
    unread = CsvFile(path, shown, delimiter, ())
    if not path.is_file():
        rule = "it is a folder, not a file" if path.is_dir() else "there is no such file"
        unread.refuse(rule, "Name the CSV file.")
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    _refuse_other_kinds(unread, head)
    try:
        # The cut may run through a letter.
        text = head.decode("utf-8-sig") if len(head) < HEAD_BYTES else head[:-4].decode("utf-8-sig", errors="ignore")
    except UnicodeDecodeError as error:
        line = head[: error.start].count(b"\n") + 1
        unread.refuse("it is not valid UTF-8", "Save the file as CSV in UTF-8.", line)
    header = _header(text, delimiter)
    file = CsvFile(path, shown, delimiter, header, no_value)
    _refuse_wrong_header(file, text, required)
    return file


def _refuse_other_kinds(file: CsvFile, head: bytes) -> None:
    if not head.strip():
        file.refuse("the file is empty", "Download or export it again.")
    for magic, rule, fix in _OTHER_KINDS:
        if head.startswith(magic):
            file.refuse(rule, fix)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")) or b"<html" in start:
        fix = "Open the address in a browser, accept or log in if asked, and save the data file itself."
        file.refuse("it is a web page (HTML or XML) saved under the name of a CSV file", fix)
    if start.startswith((b"{", b"[")):
        file.refuse("it is a JSON file, not a CSV file", "Export the data as CSV.")
    if b"\0" in head:
        file.refuse("it is not a text file", "Name a CSV file in UTF-8.")


def _header(text: str, delimiter: str) -> tuple[str, ...]:
    _allow_long_cells()
    return tuple(cell.strip() for cell in next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), []))


def _refuse_wrong_header(file: CsvFile, text: str, required: tuple[str, ...]) -> None:
    missing = [column for column in required if not file.has(column)]
    if missing:
        for other, words in DELIMITERS.items():
            lowered = {name.lower() for name in _header(text, other)}
            if other != file.delimiter and {column.lower() for column in required} <= lowered:
                expected = DELIMITERS[file.delimiter]
                file.refuse(
                    f"its columns are separated by {words} instead of {expected}", f"Save it with {expected}.", 1
                )
        known = list(file.header)
        raise InputError(
            [
                Problem(
                    file.shown,
                    1,
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
            file.refuse("the column stands twice in the header", "Keep one of them.", 1, name)


def records(file: CsvFile) -> Iterator[tuple[int, dict[str, str]]]:
    """(line where it begins, cells by column in small letters) of each whole record, one at a time.

    Cells are stripped; one that says that there is no value is empty.
    """
    _allow_long_cells()
    names = [name.lower() for name in file.header]
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=file.delimiter)
        next(reader, None)
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(names) + 1 and not cells[-1]:
                cells.pop()  # a comma at the end of a row, which DuckDB does not mind either
            if len(cells) == len(names):
                yield line, dict(zip(names, ("" if cell in file.no_value else cell for cell in map(str.strip, cells))))
            line = reader.line_num + 1


def find(file: CsvFile, is_wanted: Callable[[dict[str, str]], bool], most: int) -> list[tuple[int, dict[str, str]]]:
    """The first records that fit, with their lines. Reads the file again: for messages only."""
    found = []
    for line, cells in records(file):
        if is_wanted(cells):
            found.append((line, cells))
            if len(found) == most:
                break
    return found


def first_lines(file: CsvFile, column: str, values: Iterable[str]) -> dict[str, int]:
    """The line in which each of these values of a column stands first."""
    waiting, lines = set(values), {}
    for line, cells in records(file):
        if not waiting:
            break
        if cells[column] in waiting:
            waiting.discard(cells[column])
            lines[cells[column]] = line
    return lines


def lines_at(path: Path, offsets: list[int]) -> dict[int, int]:
    """Line number at each byte offset, counting every line break, those inside quotes too."""
    found: dict[int, int] = {}
    wanted = sorted(set(offsets))
    line, position, index = 1, 0, 0
    with path.open("rb") as stream:
        while index < len(wanted) and (chunk := stream.read(1 << 20)):
            done = 0
            while index < len(wanted) and wanted[index] < position + len(chunk):
                here = wanted[index] - position
                line += chunk.count(b"\n", done, here)
                done = here
                found[wanted[index]] = line
                index += 1
            line += chunk.count(b"\n", done)
            position += len(chunk)
    return found | {offset: line for offset in wanted[index:]}


def _allow_long_cells() -> None:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

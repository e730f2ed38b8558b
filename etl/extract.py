"""Reads CSV files as rows of text with their file and line; nothing is converted here.

There is one file per table, named after it, in data/ or data/lookups/. Reading does not stop at the
first error: every file is read as far as possible, and every error becomes a Problem.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from etl.errors import Problem
from etl.schema import MAY_BE_ABSENT, Schema, Table

# One cell and its terminator. The csv module reads the same format, but it does not say in which column
# a quote is broken, and it accepts a quote inside an unquoted cell, which hides a missing one.
_CELL = re.compile(r'(?:"([^"]*+(?:""[^"]*+)*+)"|([^",\n]*+))(,|\n|\Z)')
# Unicode category Cc except tab and line feed: invisible, and corrupted or rejected by browsers and Office files.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# One of these, or what surrogateescape makes of a byte that is not valid UTF-8.
_BAD_CHARACTER = re.compile(f"{_CONTROL.pattern}|[\udc80-\udcff]")
_LOOKUPS = "lookups"
_LOOKUP_TABLES = frozenset(
    {
        "area_countries",
        "areas",
        "cooperation_statuses",
        "countries",
        "nace_links",
        "nuts_changes",
        "nuts_in_regions",
        "nuts_of_cities",
        "nuts_of_regions",
        "region_boxes",
        "region_centres",
        "regions",
        "regions_of_places",
        "sectors",
        "sector_links",
        "terms",
    }
)


@dataclass(frozen=True)
class TextRow:
    """One record as text. line: its first line in the file. cells: column to text.

    broken: columns that are not valid UTF-8 or contain a control character.
    """

    line: int
    cells: dict[str, str]
    broken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TextTable:
    """One file as text. name: the table. file: the path as the user typed it.

    is_complete is False when some rows could not be read; references to rows that are missing here
    cannot be verified then.
    """

    name: str
    file: str
    rows: tuple[TextRow, ...]
    is_complete: bool = True


def extract(data_dir: Path, schema: Schema, display_path: str) -> tuple[dict[str, TextTable], list[Problem]]:
    """The input tables by name that have a readable file, and the problems of all files.

    display_path: data_dir as messages write it. A table whose file is missing or has an unusable header
    is absent from the result, so that later steps do not report its rows again.
    """
    problems: list[Problem] = []
    tables: dict[str, TextTable] = {}
    files = _files(data_dir, schema, display_path, problems)
    for table in schema.input_tables:
        if table.name not in files:
            if table.name in MAY_BE_ABSENT:
                tables[table.name] = TextTable(table.name, f"{display_path}/{table.name}.csv", ())
            else:
                problems.append(_missing_file(table, display_path))
            continue
        path, name = files[table.name]
        text_table = _read(path, name, table, problems)
        if text_table is not None:
            tables[table.name] = text_table
    return tables, problems


def _files(data_dir: Path, schema: Schema, display_path: str, problems: list[Problem]) -> dict[str, tuple[Path, str]]:
    """Table name -> (path, path for messages). Adds a problem for each file of an unknown or repeated table."""
    known = [table.name for table in schema.input_tables]
    files: dict[str, tuple[Path, str]] = {}
    for path in sorted(data_dir.glob("*.csv")) + sorted(data_dir.glob(f"{_LOOKUPS}/*.csv")):
        name = f"{display_path}/{path.relative_to(data_dir).as_posix()}"
        if path.stem not in known:
            fix = f"Rename it{did_you_mean(path.stem, known)} or remove it."
            problems.append(Problem(name, None, None, None, "no table has this name", fix))
        elif path.stem in files:
            rule = f"the table {path.stem} has a second file, {files[path.stem][1]}"
            problems.append(Problem(name, None, None, None, rule, "Keep one of the two."))
        else:
            files[path.stem] = (path, name)
    return files


def did_you_mean(value: str, known: list[str]) -> str:
    """A suggestion such as " (did you mean 'projects'?)", or an empty text when no known value is close."""
    best = process.extractOne(value, known, score_cutoff=60)
    return f" (did you mean '{best[0]}'?)" if best else ""


def _missing_file(table: Table, display_path: str) -> Problem:
    folder = f"{display_path}/{_LOOKUPS}" if table.name in _LOOKUP_TABLES else display_path
    fix = f"Add it with the header {','.join(table.column_names)}."
    return Problem(f"{folder}/{table.name}.csv", None, None, None, "the file is missing", fix)


def _read(path: Path, name: str, table: Table, problems: list[Problem]) -> TextTable | None:
    """The rows of one file, or None when its header cannot be used."""
    try:
        if not path.is_file():  # a folder, a pipe that would never end, a link to nothing
            raise OSError("it is no file")
        content = path.read_bytes()
    except OSError as error:
        rule = f"it cannot be read: {error.strerror or error}"
        problems.append(Problem(name, None, None, None, rule, "Put a CSV file in its place that may be read."))
        return None
    # surrogateescape keeps invalid bytes in place, so that their line and column can be reported.
    text = content.decode("utf-8-sig", errors="surrogateescape")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        fix = f"Add the header {','.join(table.column_names)}."
        problems.append(Problem(name, None, None, None, "the file is empty", fix))
        return None
    records, broken = _records(text)
    header = tuple(cell.strip() for cell in records[0][1]) if records else ()
    if broken:
        problems.append(_broken_quote(name, header, *broken))
    if records:
        wrong_header = _header_problems(name, header, table)
        problems.extend(wrong_header)
        if not wrong_header:
            is_clean = _BAD_CHARACTER.search(text) is None
            rows = _rows(name, header, records[1:], problems, is_clean)
            is_complete = not broken and len(rows) == len(records) - 1
            return TextTable(table.name, name, tuple(rows), is_complete)
    return None


def _records(text: str) -> tuple[list[tuple[int, list[str]]], tuple[int, int, str] | None]:
    """(line, cells) of each record, and (line, cell index, rest of the line) of a broken quote if there is one.

    Reading ends at a broken quote, because the cells after it cannot be told apart.
    """
    records: list[tuple[int, list[str]]] = []
    cells: list[str] = []
    line = start = 1
    position, end = 0, "\n"
    while position < len(text) or end == ",":
        if not cells:  # A record begins: most have no quote, and are one line then, which takes a tenth of the time.
            end_of_line = text.find("\n", position)
            row = text[position:] if end_of_line < 0 else text[position:end_of_line]
            if '"' not in row:
                if row:  # skip blank lines
                    records.append((line, row.split(",")))
                position += len(row) + 1
                line = start = line + 1
                continue
        match = _CELL.match(text, position)
        if match is None:
            return records, (line, len(cells), text[position:].split("\n", 1)[0])
        quoted, unquoted, end = match.groups()
        cells.append(unquoted if quoted is None else quoted.replace('""', '"'))
        line += match.group().count("\n")
        position = match.end()
        if end != ",":
            if cells != [""]:  # skip blank lines
                records.append((start, cells))
            cells, start = [], line
    return records, None


def _broken_quote(name: str, header: tuple[str, ...], line: int, index: int, rest: str) -> Problem:
    column = header[index] if index < len(header) else None
    return Problem(
        name,
        line,
        column,
        rest,
        "has a quote that is not opened and closed around the whole cell",
        'Put the cell between two quotes and write a quote inside it twice ("").',
    )


def _header_problems(name: str, header: tuple[str, ...], table: Table) -> list[Problem]:
    expected, known = table.column_names, list(table.column_names)
    problems: list[Problem] = []
    for column, count in Counter(header).items():
        if count > 1:
            rule = f"the column occurs {count} times in the header"
            problems.append(Problem(name, 1, column, None, rule, "Keep one of them."))
        if column not in expected:
            fix = f"Remove it or correct its name{did_you_mean(column, known)}."
            problems.append(Problem(name, 1, column, None, f"the table {table.name} has no such column", fix))
    for column in expected:
        if column not in header:
            fix = f"Add it; the header is {','.join(expected)}."
            problems.append(Problem(name, 1, column, None, "the column is missing", fix))
    return problems


def _rows(
    name: str, header: tuple[str, ...], records: list[tuple[int, list[str]]], problems: list[Problem], is_clean: bool
) -> list[TextRow]:
    """The rows as cells by column. is_clean: the file has no bad character anywhere, so no cell is searched for one."""
    rows: list[TextRow] = []
    for line, texts in records:
        if len(texts) != len(header):
            rule = f"the row has {len(texts)} cells, but the header has {len(header)} columns"
            fix = "Add or remove commas; a cell with a comma needs quotes around it."
            problems.append(Problem(name, line, None, None, rule, fix))
            continue
        cells = {column: text.strip() for column, text in zip(header, texts, strict=True)}
        if is_clean:
            rows.append(TextRow(line, cells))
            continue
        broken = frozenset(column for column, text in cells.items() if _has_bad_bytes(text))
        for column in broken:
            value = cells[column].encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            problems.append(Problem(name, line, column, value, "is not valid UTF-8", "Save the file as UTF-8."))
        controlled = frozenset(column for column, text in cells.items() if _CONTROL.search(text))
        problems.extend(_control_character(name, line, column, cells[column]) for column in controlled)
        rows.append(TextRow(line, cells, broken | controlled))
    return rows


def _control_character(name: str, line: int, column: str, text: str) -> Problem:
    codes = list(dict.fromkeys(f"U+{ord(character):04X}" for character in _CONTROL.findall(text)))
    value = _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    rule = f"has the control character{'s' if len(codes) > 1 else ''} {', '.join(codes)}, which cannot be displayed"
    return Problem(name, line, column, value, rule, "Delete the invisible character; line breaks and tabs are allowed.")


def _has_bad_bytes(text: str) -> bool:
    # isascii first, because it answers fast for nearly every cell.
    return not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text)

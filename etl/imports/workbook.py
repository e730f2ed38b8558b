"""Turns one sheet of an Excel workbook (.xlsx) into a CSV file whose lines are the rows of the sheet.

Read as a stream, values only. What a spreadsheet does to figures is undone where only one reading is possible (the
year 2015 shown as a day of 1905) and refused where several are (a figure turned into a date).
"""

import csv
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from etl.errors import shorten
from etl.files import link_or_copy
from etl.imports.day_numbers import DATE_MARK, year_of
from etl.imports.merged_cells import MergedCells
from etl.imports.text_input import TextInput, refuse

MAX_UNPACKED_BYTES = 1 << 30
MAX_RATIO = 200
MIN_RATIO_BYTES = 50 << 20
MAX_MEMBERS = 5_000
MAX_COLUMNS = 1_000
# Rows searched for the header.
HEADER_ROWS = 60
_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
_CONTENT_TYPES = "[Content_Types].xml"
_FORMULA = re.compile(rb"<f[ >/]")

# What zipfile, zlib, the XML parser and openpyxl raise for a damaged workbook: bytes that are wrong anywhere in it.
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    EOFError,
    OSError,
)

Row = tuple[Any, ...]
# Row of the sheet -> columns with a formula, both from 1.
Formulas = dict[int, list[int]]


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel workbook of the newer kind, whatever its name."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False
    return _CONTENT_TYPES in names and any(name.startswith("xl/") for name in names)


def sheet_as_csv(
    path: Path,
    display_path: str,
    columns: tuple[str, ...],
    sheet: str | None,
    work_dir: Path,
    how_to_choose: str | None = None,
) -> TextInput:
    """The sheet that has a row with these columns, as CSV with commas. Raises InputError.

    sheet: its name, when the user gives it; else the only visible sheet with such a row. how_to_choose: the cure where
    no sheet or several fit; None for --sheet.
    """
    has_formulas = _validate_archive(path, display_path)
    if path.suffix.lower() not in _SUFFIXES:  # openpyxl goes by the name
        named = work_dir / "workbook.xlsx"
        link_or_copy(path, named)
        path = named
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except _DAMAGE as error:
        _damaged(display_path, error)
    try:
        chosen = _chosen_sheet(book, display_path, columns, sheet, how_to_choose)
        shown = f"{display_path}, sheet '{shorten(chosen.title)}'"
        formulas = _formula_cells(path, chosen.title) if has_formulas else {}
        target = work_dir / "sheet.csv"
        # openpyxl has no public name for the member of a sheet that is read as a stream.
        merged = MergedCells(path, chosen._worksheet_path)
        _write(chosen, shown, target, columns, formulas, merged)
    except _DAMAGE as error:
        _damaged(display_path, error)
    finally:
        book.close()
    notes = [f"Sheet '{shorten(chosen.title)}' of the workbook was read."]
    if merged.used:
        notes.append("Cells that are merged downwards were read as if each row had their text.")
    return TextInput(target, shown, notes)


def _damaged(display_path: str, error: Exception) -> NoReturn:
    fix = "Open it in a spreadsheet program and save it again, or save the sheet as CSV UTF-8."
    raise refuse(display_path, f"the workbook is damaged ({shorten(str(error))})", fix) from error


def _validate_archive(path: Path, display_path: str) -> bool:
    """Raise InputError when the archive unpacks to more than a workbook; returns whether it has formulas."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            size = sum(info.file_size for info in infos)
            too_dense = size > MIN_RATIO_BYTES and size > MAX_RATIO * path.stat().st_size
            if len(infos) > MAX_MEMBERS or size > MAX_UNPACKED_BYTES or too_dense:
                rule = "the workbook unpacks to far more than a table of figures (a zip bomb, or formatted empty cells)"
                raise refuse(display_path, rule, "Copy the table into a new workbook, or save the sheet as CSV UTF-8.")
            if any(info.flag_bits & 1 for info in infos):
                raise refuse(display_path, "the workbook is encrypted", "Save it without a password.")
            sheets = [info for info in infos if info.filename.startswith("xl/worksheets/")]
            return any(_has_formula(archive, info) for info in sheets)
    except _DAMAGE as error:
        _damaged(display_path, error)


def _has_formula(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    with archive.open(info) as stream:
        kept = b""
        while chunk := stream.read(1 << 20):
            if _FORMULA.search(kept + chunk):
                return True
            kept = chunk[-8:]
    return False


def _chosen_sheet(
    book: Any, display_path: str, columns: tuple[str, ...], asked: str | None, how_to_choose: str | None
) -> Any:
    names = [sheet.title for sheet in book.worksheets]
    if asked is not None:
        if asked not in names:
            fix = f"Write one of its sheets: {_listed(names)}."
            raise refuse(display_path, f"the workbook has no sheet '{shorten(asked)}'", fix)
        return book[asked]
    fitting = [sheet for sheet in book.worksheets if _has_header(sheet, columns)]
    visible = [sheet for sheet in fitting if sheet.sheet_state == "visible"]
    if len(visible) > 1:
        rule = f"several sheets hold a table of this form ({_listed([sheet.title for sheet in visible])})"
        raise refuse(display_path, rule, how_to_choose or f"Choose one: --sheet '{visible[0].title}'.")
    if visible:
        return visible[0]
    if fitting:
        rule = f"only a hidden sheet, '{fitting[0].title}', holds a table of this form"
        raise refuse(
            display_path, rule, how_to_choose or f"If it is the one you mean, add --sheet '{fitting[0].title}'."
        )
    if len(names) == 1:
        return book.worksheets[0]
    rule = f"none of its {len(names)} sheets ({_listed(names)}) has a row with the columns {', '.join(columns)}"
    fix = how_to_choose or "Name the columns in one row, as in the template, or add --sheet NAME."
    raise refuse(display_path, rule, fix)


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"'{shorten(name)}'" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def _has_header(sheet: Any, columns: tuple[str, ...]) -> bool:
    rows = sheet.iter_rows(max_row=HEADER_ROWS, values_only=True)
    return any(_names(row) >= set(columns) for row in rows)


def _names(row: Row) -> set[str]:
    return {str(cell).strip().lower() for cell in row if cell is not None}


def _formula_cells(path: Path, title: str) -> Formulas:
    book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    found: Formulas = {}
    try:
        for row in book[title].iter_rows():
            for cell in row:
                if getattr(cell, "data_type", "") == "f":
                    found.setdefault(cell.row, []).append(cell.column)
    finally:
        book.close()
    return found


def _write(
    sheet: Any, display_path: str, target: Path, columns: tuple[str, ...], formulas: Formulas, merged: MergedCells
) -> None:
    """Write the rows, one line each: blank rows too, so that a line of the copy is a row of the sheet."""
    waiting, header, year_columns = 0, list[str](), frozenset[int]()
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for number, row in enumerate(_rows(sheet), start=1):
            _validate_calculated(display_path, number, row, formulas.get(number, ()))
            if header:
                row = merged.filled(number, row, header)
            if merged.common_figure:
                rule = f"a figure is merged over the rows {number} to {merged.common_figure}: it is of all of them"
                raise refuse(display_path, rule, "Split the cells and write the figure of each row, or none.", number)
            if not row:
                waiting += 1  # a sheet may claim a million empty rows at its end
                continue
            file.write("\n" * waiting)
            waiting = 0
            if len(row) > MAX_COLUMNS:
                rule = f"the row reaches to column {len(row):,}"
                raise refuse(display_path, rule, "Copy the table alone into a new workbook.", number)
            if not header and _names(row) >= set(columns):
                header, year_columns = [str(cell).strip().lower() for cell in row], _year_columns(row)
            cells = [_text(cell, column in year_columns) for column, cell in enumerate(row)]
            writer.writerow([*cells, *[""] * (len(header) - len(cells))])


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs write a wrong size
    for row in sheet.iter_rows(values_only=True):
        cells = list(row)
        while cells and cells[-1] in (None, ""):
            cells.pop()
        yield tuple(cells)


def _validate_calculated(display_path: str, number: int, row: Row, columns: Sequence[int]) -> None:
    """Raise InputError for a formula whose result the file does not hold, as programs without a calculator write."""
    for column in columns:
        if column > len(row) or row[column - 1] is None:
            rule = f"cell {column} of the row is a formula without a stored result"
            fix = "Open the workbook in a spreadsheet program and save it, or put the values in place of the formulas."
            raise refuse(display_path, rule, fix, number)


def _year_columns(row: Row) -> frozenset[int]:
    return frozenset(at for at, cell in enumerate(row) if isinstance(cell, str) and cell.strip().lower() == "year")


def _text(cell: Any, is_year: bool) -> str:
    """A cell as CSV writes it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (datetime, date, time, timedelta)):
        return _date_text(cell, is_year)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return " ".join(str(cell).splitlines())


def _date_text(cell: Any, is_year: bool) -> str:
    day = cell.date() if isinstance(cell, datetime) else cell
    if is_year and isinstance(day, date) and (year := year_of(day)):
        return year
    return f"{DATE_MARK}{day}"

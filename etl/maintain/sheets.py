"""One CSV file as rows that can be added, changed and removed, with every other byte of the file kept.

A row that nothing touches is written as it was read: its quoting, its line end. A new row goes where the order of the
file wants it.
"""

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from etl.extract import TextTable
from etl.schema import Table
from etl.transform import KEY_SEPARATOR

_BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_DIGITS = 10  # of a 32-bit number, so that 2 comes before 10 in a text comparison


@dataclass(eq=False)
class StoredRow:
    """One row. ``raw``: its text in the file with its line end; None when it is new or changed."""

    cells: dict[str, str]
    raw: str | None = None


class Sheet:
    """The rows of one table in the order of its file."""

    def __init__(self, table: Table, path: Path, text_table: TextTable):
        self.table = table
        self.path = path
        self.file = text_table.file
        self.original = path.read_bytes() if path.is_file() else None
        text = (self.original or b"").decode("utf-8")
        self._bom = _BOM if text.startswith(_BOM) else ""
        lines = _LINE.findall(text.removeprefix(_BOM))
        starts = [row.line - 1 for row in text_table.rows]
        self._head = "".join(lines[: starts[0] if starts else len(lines)])
        self._end = next((end for end in ("\r\n", "\r") if self._head.endswith(end)), "\n")
        first = next(csv.reader(io.StringIO(self._head, newline="")), None)
        self.header = [cell.strip() for cell in first] if first else list(table.column_names)
        if first is None:
            self._head = self._line(self.header)
        self.rows = [
            StoredRow(dict(row.cells), "".join(lines[start:end]))
            for row, (start, end) in zip(text_table.rows, pairwise([*starts, len(lines)]), strict=True)
        ]
        self._ends_open = bool(lines) and not lines[-1].endswith(("\r", "\n"))
        self._numbers = {column.name for column in table.columns if column.type == "INTEGER"}

    def record_id(self, cells: Mapping[str, str]) -> str:
        """Key values joined by |, as citations write them; empty for a table without a key."""
        return KEY_SEPARATOR.join(cells[column] for column in self.table.key)

    def find(self, record_id: str) -> StoredRow | None:
        """The row with this key, or None."""
        return next((row for row in self.rows if self.record_id(row.cells) == record_id), None)

    def where(self, **cells: str) -> Iterator[StoredRow]:
        """The rows with these values."""
        return (row for row in self.rows if all(row.cells[column] == value for column, value in cells.items()))

    def add(self, cells: Mapping[str, str]) -> StoredRow:
        """Insert a row at its place; columns that are not named are blank. KeyError for a column it does not have."""
        if unknown := set(cells) - set(self.header):
            raise KeyError(f"{self.file} has no column {', '.join(sorted(unknown))}")
        row = StoredRow({column: cells.get(column, "") for column in self.header})
        self.rows.insert(self._place_of(row), row)
        return row

    def change(self, row: StoredRow, cells: Mapping[str, str]) -> None:
        """Change cells of a row, and move it when it no longer stands in order between its neighbours."""
        if all(row.cells[column] == value for column, value in cells.items()):
            return
        stood_in_order = self._is_in_order(row)
        row.cells, row.raw = row.cells | dict(cells), None
        if stood_in_order and not self._is_in_order(row):
            self.rows.remove(row)
            self.rows.insert(self._place_of(row), row)

    def remove(self, row: StoredRow) -> None:
        """Take a row out."""
        self.rows.remove(row)

    def content(self) -> bytes:
        """The file with all changes."""
        lines = [self._head, *(row.raw if row.raw is not None else self._line(self._cells(row)) for row in self.rows)]
        # Only the last line of the file may lack its line end, and only when it did so before.
        closed = [line if line.endswith(("\r", "\n")) else line + self._end for line in lines]
        if self._ends_open:
            closed[-1] = closed[-1].removesuffix(self._end)
        return (self._bom + "".join(closed)).encode()

    def _cells(self, row: StoredRow) -> list[str]:
        return [row.cells[column] for column in self.header]

    def _line(self, cells: list[str]) -> str:
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator=self._end).writerow(cells)
        return line.getvalue()

    def _order(self, row: StoredRow) -> tuple[str, ...]:
        """What the rows of a file are sorted by: the key, or all cells where there is none."""
        columns = self.table.key or self.table.column_names
        return tuple(row.cells[c].zfill(_DIGITS) if c in self._numbers else row.cells[c] for c in columns)

    def _is_in_order(self, row: StoredRow) -> bool:
        position = self.rows.index(row)
        neighbours = [self._order(one) for one in self.rows[max(position - 1, 0) : position + 2]]
        return all(one <= other for one, other in pairwise(neighbours))

    def _place_of(self, row: StoredRow) -> int:
        """Where a new row belongs: in the longest sorted part of the file whose range holds its key.

        Most files are sorted from their first row to their last. In others rows were appended later; then the sorted
        part before them is such a part. A key outside of every part goes to the beginning or end of the longest.
        """
        keys, key = [self._order(one) for one in self.rows], self._order(row)
        bounds = [0, *(i for i in range(1, len(keys)) if keys[i - 1] > keys[i]), len(keys)]
        parts = [(begin, end) for begin, end in pairwise(bounds) if begin < end]
        if not parts:
            return 0
        holding = [(begin, end) for begin, end in parts if keys[begin] <= key <= keys[end - 1]]
        begin, end = max(holding or parts, key=lambda part: part[1] - part[0])
        return bisect_right(keys, key, begin, end)

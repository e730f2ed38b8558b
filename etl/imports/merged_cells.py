"""Cells of a sheet that are merged downwards: a spreadsheet keeps their value in the first row only."""

import re
import zipfile
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import range_boundaries

_RANGE = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
# Merged figures are of all their rows together and must not be repeated; these columns say what a row is about.
_REPEATED = ("region", "year")


class MergedCells:
    """The ranges of one sheet, filled in while its rows are read in order.

    used: whether a cell was filled. common_figure: the last row of a figure that began in the row read last.
    """

    def __init__(self, path: Path, member: str):
        """member: the sheet inside the workbook."""
        # First row -> columns (from 0) with the last row.
        self._ranges: dict[int, list[tuple[int, int]]] = {}
        for reference in _references(path, member):
            left, top, right, bottom = range_boundaries(reference)
            if left == right and bottom > top:
                self._ranges.setdefault(top, []).append((left - 1, bottom))
        self._open: dict[int, tuple[int, Any]] = {}
        self.used = False
        self.common_figure: int | None = None

    def filled(self, number: int, row: tuple[Any, ...], header: list[str]) -> tuple[Any, ...]:
        """The row, counted from 1, with the values of ranges that began above it; a blank row stays blank."""
        for column, last in self._ranges.get(number, ()):
            value = row[column] if column < len(row) else None
            name = header[column] if column < len(header) else ""
            if isinstance(value, str) or name in _REPEATED:
                self._open[column] = (last, value)
            elif value is not None:
                self.common_figure = last
        current = {column: value for column, (last, value) in self._open.items() if number <= last}
        if not current or all(cell in (None, "") for cell in row):
            return row
        cells = [*row, *[None] * (max(current) + 1 - len(row))]
        for column, value in current.items():
            if cells[column] is None and value is not None:
                cells[column] = value
                self.used = True
        return tuple(cells)


def _references(path: Path, member: str) -> list[str]:
    found: list[str] = []
    with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
        kept = b""
        while chunk := stream.read(1 << 20):
            text = kept + chunk
            end = 0
            for match in _RANGE.finditer(text):
                found.append(match[1].decode())
                end = match.end()
            kept = text[max(end, len(text) - 200) :]
    return found

"""Tables of the report: rows under headings, every cell as text with a sort key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cards.tables import readable
from domain.records import PERIOD
from domain.text import format_count


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, its sort key, and whether it is a number."""

    text: str
    key: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Headings and rows of cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def is_number(self, column: int) -> bool:
        """Whether the cells of a column, counted from 0, are numbers, which stand at the right."""
        return any(row[column].is_number for row in self.rows)

    def with_column(self, heading: str, texts: Iterable[str]) -> "Table":
        """The table with one more column, on the right."""
        rows = tuple((*row, Cell(text, text)) for row, text in zip(self.rows, texts, strict=True))
        return Table((*self.headings, heading), rows)


def table(frame: pd.DataFrame, columns: Mapping[str, str], name: str) -> Table:
    """The rows under their headings; periods sort by their first day. ``name`` is the database table of the rows."""
    texts = readable(frame, columns, name)
    keys = {columns[PERIOD]: [_day_key(value) for value in frame["start_on"]]} if PERIOD in columns else {}
    cells = [_cells(texts[heading], keys.get(heading)) for heading in texts.columns]
    return Table(tuple(texts.columns), tuple(zip(*cells, strict=True)))


def _day_key(value: Any) -> str:
    """Sort key of a day: ISO text; missing days come last."""
    return "9999" if pd.isna(value) else str(value)[:10]


def _cells(values: Iterable[Any], keys: list[str] | None) -> list[Cell]:
    cells = []
    for position, value in enumerate(values):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        text = _number(value) if is_number else str(value)
        cells.append(Cell(text, keys[position] if keys else (repr(float(value)) if is_number else text), is_number))
    return cells


def _number(value: float) -> str:
    return format_count(value) if float(value).is_integer() else f"{value:.3g}"

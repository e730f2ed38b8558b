r"""Reads the observations of a table of Eurostat: TSV (`nace_r2,indic_sb,geo\time`) and SDMX-CSV.

Both also as a spreadsheet saves them: with other delimiters, in quotes, as the sheet of a workbook.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from etl.imports.csv_source import allow_long_cells
from etl.imports.rejects import Rejection
from etl.imports.text_input import TextInput, first_bytes

# Values of the dimensions by name, period, cell with its flags, line of the file.
Observation = tuple[dict[str, str], str, str, int]

NOT_OF_THE_TABLE = "row that does not have the cells of the table"
_DELIMITERS = "\t;,"
_NEEDED = {"geo", "time_period", "obs_value"}
_ENVELOPE = {"dataflow", "last update", "structure", "structure_id", "structure_name", "time_period", "obs_value"}
_ENVELOPE |= {"obs_flag", "conf_status"}
_CORNER = re.compile(r"([\w, ]+,)?\s*geo\\(time|time_period)", re.IGNORECASE)


@dataclass(frozen=True)
class _Wide:
    """The layout with a column for each period. keys: how many cells of a row name its dimensions."""

    delimiter: str
    is_quoted: bool
    keys: int
    dimensions: tuple[str, ...]
    periods: tuple[str, ...]


def is_eurostat(path: Path) -> bool:
    """Whether a text file is a table of Eurostat."""
    header = first_bytes(path).decode("utf-8-sig", errors="replace").partition("\n")[0]
    return _wide(header) is not None or set(_columns(header, _delimiter(header))) >= _NEEDED


def observations(text: TextInput, odd: list[Rejection] | None = None) -> Iterator[Observation]:
    """Every cell of the table; odd gets the rows that are none of it, such as notes."""
    rest = [] if odd is None else odd
    with text.path.open(encoding="utf-8-sig", newline="") as stream:
        header = stream.readline()
        layout = _wide(header)
        if layout:
            yield from _cells_of_periods(stream, layout, rest)
        else:
            yield from _sdmx_csv(stream, header, rest)


def _wide(header: str) -> _Wide | None:
    for delimiter in _DELIMITERS:
        cells = _split(header, delimiter)
        corner = next((at for at, cell in enumerate(cells) if _CORNER.fullmatch(cell)), None)
        if corner is not None:
            names = ",".join(cells[: corner + 1]).partition("\\")[0].split(",")
            dimensions = tuple(name.strip().lower() for name in names)
            return _Wide(delimiter, '"' in header, corner + 1, dimensions, tuple(cells[corner + 1 :]))
    return None


def _cells_of_periods(stream: Iterable[str], layout: _Wide, odd: list[Rejection]) -> Iterator[Observation]:
    width = layout.keys + len(layout.periods)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if layout.is_quoted else csv.QUOTE_NONE
    reader = csv.reader(stream, delimiter=layout.delimiter, quoting=quoting)
    for cells in reader:
        line = reader.line_num + 1
        values = ",".join(cells[: layout.keys]).split(",")
        if len(values) == len(layout.dimensions) and not any(map(str.strip, cells[width:])):
            dimensions = dict(zip(layout.dimensions, map(str.strip, values), strict=True))
            for period, cell in zip(layout.periods, cells[layout.keys :], strict=False):
                yield dimensions, period, cell.strip(), line
        elif any(map(str.strip, cells)):
            odd.append(Rejection(line, "", layout.delimiter.join(cells), NOT_OF_THE_TABLE))


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _columns(header: str, delimiter: str) -> list[str]:
    """Names of columns; a labelled edition writes `geo:Geopolitical entity`."""
    return [cell.partition(":")[0].strip().lower() for cell in _split(header, delimiter)]


def _split(header: str, delimiter: str) -> list[str]:
    allow_long_cells()
    return [cell.strip() for cell in next(csv.reader(io.StringIO(header, newline=""), delimiter=delimiter), [])]


def _sdmx_csv(stream: Iterable[str], header: str, odd: list[Rejection]) -> Iterator[Observation]:
    delimiter = _delimiter(header)
    columns = _columns(header, delimiter)
    # Another labelled edition has a column with the words beside each column with the code.
    codes = [name for name in columns if name not in _ENVELOPE and re.fullmatch(r"[a-z0-9_]+", name)]
    reader = csv.DictReader(stream, fieldnames=columns, delimiter=delimiter)
    for row in reader:
        line = reader.line_num + 1
        if row.get("geo") and None not in row:
            dimensions = {name: (row[name] or "").partition(":")[0].strip() for name in codes}
            yield dimensions, (row["time_period"] or "").partition(":")[0].strip(), _cell(row), line
        elif any(cell.strip() for cell in row.values() if isinstance(cell, str)):
            first = next((cell for cell in row.values() if isinstance(cell, str) and cell.strip()), "")
            odd.append(Rejection(line, "", first, NOT_OF_THE_TABLE))


def _cell(row: dict[str, str | None]) -> str:
    """Value and flags as Eurostat's TSV writes them."""
    value = (row["obs_value"] or "").strip() or ":"
    flags = (row.get("obs_flag") or "").strip().partition(":")[0].lower()
    confidential = (row.get("conf_status") or "").strip().partition(":")[0].lower()
    flags += "c" if value == ":" and confidential == "c" and "c" not in flags else ""
    return f"{value} {flags}".strip()

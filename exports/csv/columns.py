"""Typed columns as frames of the cells that CSV has."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from exports.rows import Column


def frame_of(columns: Iterable[Column]) -> pd.DataFrame:
    """The columns with ISO dates, true and false, and blanks."""
    # Type object keeps integers beside blanks integers.
    return pd.DataFrame(
        {column.heading: pd.Series([_cell(cell) for cell in column.cells], dtype=object) for column in columns}
    )


def _cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else cell

"""The parts a page or an export is made of: a card, a register and the evidence both rest on."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from charts.chart import Chart


@dataclass(frozen=True)
class Evidence:
    """The records a figure rests on: a table and the ids counted or shown."""

    table: str
    record_ids: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A quotable chart: finding as title, what is measured, the figure, its rows and its evidence.

    ``columns`` maps columns of ``rows`` to headings. Without a chart the rows themselves are shown.
    """

    key: str
    title: str
    subtitle: str
    chart: Chart | None
    rows: pd.DataFrame
    columns: Mapping[str, str]
    evidence: Evidence
    method: str


@dataclass(frozen=True)
class Register:
    """A table of records: the table they are of, the columns shown under their headings, and the method."""

    table: str
    title: str
    columns: Mapping[str, str]
    method: str
    height: int = 460

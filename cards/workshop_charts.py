"""What of a card is shown to a room: fewer rows in larger letters, and a sentence on what is left out.

`scale` is how many times the stage is larger than 1280 by 720 pixels: a larger one has larger letters, a smaller one
less of them.
"""

import re
from dataclasses import dataclass

import pandas as pd

from cards.card import Card
from charts.chart import Chart, ChartData, Series
from charts.theme import ACCENT
from charts.workshop_charts import (
    FONT_SIZE_PX,
    MAX_COLUMNS,
    MAX_LINE_CHARS,
    row_limit,
    with_others,
    workshop_bars,
    workshop_columns,
)
from warehouse import query_cache

MAX_LETTERS = 260  # of a text that shares the stage with three others


@dataclass(frozen=True)
class StageChart:
    """A chart for the stage, and what it measures and leaves out, in words."""

    chart: Chart
    words: str


def stage_chart(card: Card, scale: float = 1.0) -> StageChart | None:
    """The chart of a card for a room; None for a card without numbers to draw: its rows are shown instead."""
    if card.chart is None:
        return None
    letters = FONT_SIZE_PX * max(scale, 1)
    if card.chart.data is None:
        return _years(card.rows, letters)
    data = card.chart.data
    most, line = int(row_limit(data) * min(scale, 1)), int(MAX_LINE_CHARS * min(scale, 1))
    total = len(data.categories)
    if data.is_stacked:  # each record is in one bar: the whole can be shown
        return StageChart(workshop_bars(with_others(data, most), most, letters, line), card.note)
    left_out = f"The first {most} of {total} are drawn. " if total > most else ""
    return StageChart(workshop_bars(data, most, letters, line), left_out + card.note)


def in_short(text: str, scale: float = 1.0) -> str:
    """The first sentences, as many as fit beside three other texts; of one that is too long, its first words."""
    most = round(MAX_LETTERS * min(scale, 1) ** 2)
    if len(text) <= most:
        return text
    ends = [found.start() for found in re.finditer(r"(?<=[.!?]) (?=[A-Z])", text[: most + 1])]
    return text[: ends[-1]] if ends else f"{text[: most - 1].rsplit(' ', 1)[0].rstrip(',;:')} …"


def _years(rows: pd.DataFrame, letters: float) -> StageChart:
    """Dated rows by the year they begin in; years without any in between are shown as such."""
    dated = rows[rows["start_on"].notna()]
    counts = dated["start_on"].dt.year.value_counts()
    first, last = int(counts.index.min()), int(counts.index.max())
    years = list(range(max(first, last - MAX_COLUMNS + 1), last + 1))
    series = Series(name="begun", values=tuple(int(counts.get(year, 0)) for year in years), colour=ACCENT)
    data = ChartData(
        categories=tuple(str(year) for year in years), series=(series,), unit="rows by the year of their beginning"
    )
    earlier = int(counts[counts.index < years[0]].sum())
    words = (
        f"{len(dated)} with a date, by the year of their beginning{_told(dated)}; those without a date are not drawn"
    )
    return StageChart(
        workshop_columns(data, letters), words + (f", nor {earlier} before {years[0]}" if earlier else "")
    )


def _told(rows: pd.DataFrame) -> str:
    """': 21 told as held, 18 told as planned' of events, whose columns hold both; nothing of other rows."""
    if "status_in_source" not in rows:
        return ""
    labels = query_cache.labels("events.status_in_source")
    return ": " + ", ".join(
        f"{count} {labels[str(status)].lower()}" for status, count in rows["status_in_source"].value_counts().items()
    )

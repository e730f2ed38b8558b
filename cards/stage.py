"""What of a card is shown to a room: fewer rows in larger letters, and a sentence on what is left out."""

from dataclasses import dataclass

import pandas as pd

from cards.card import Card
from charts.chart import Chart, ChartData, Series
from charts.stage import MOST_COLUMNS, MOST_ROWS, stage_bars, stage_columns, with_rest
from charts.theme import ACCENT

# Paired bars take twice the room.
MOST_PAIRS = 5


@dataclass(frozen=True)
class StageChart:
    """A chart for the stage, and what it measures and leaves out, in words."""

    chart: Chart
    words: str


def stage_chart(card: Card) -> StageChart | None:
    """The chart of a card for a room; None for a card without numbers to draw: its rows are shown instead."""
    if card.chart is None:
        return None
    if card.chart.data is None:
        return _years(card.rows)
    data = card.chart.data
    most = MOST_PAIRS if len(data.series) > 1 and not data.is_stacked else MOST_ROWS
    total = len(data.categories)
    if data.is_stacked:  # each record is in one bar: the whole can be shown
        return StageChart(stage_bars(with_rest(data, most), most), card.subtitle)
    left_out = f"The first {most} of {total} are drawn. " if total > most else ""
    return StageChart(stage_bars(data, most), left_out + card.subtitle)


def _years(rows: pd.DataFrame) -> StageChart:
    """Dated rows by the year they begin in; years without any in between are shown as such."""
    counts = rows["start_on"].dt.year.value_counts()
    first, last = int(counts.index.min()), int(counts.index.max())
    years = list(range(max(first, last - MOST_COLUMNS + 1), last + 1))
    series = Series(name="begun", values=tuple(int(counts.get(year, 0)) for year in years), colour=ACCENT)
    data = ChartData(categories=tuple(str(year) for year in years), series=(series,), unit="rows by the year of their beginning")
    earlier = int(counts[counts.index < years[0]].sum())
    words = f"{len(rows)} with a date, by the year of their beginning; those without a date are not drawn"
    return StageChart(stage_columns(data), words + (f", nor {earlier} before {years[0]}" if earlier else ""))

"""Cards drawn for a projector: fewer rows in larger text, and a note that says what is left out.

``scale`` is the size of the window relative to 1280 by 720 pixels. A larger window gets larger text, a smaller one
fewer rows in text of the same size.
"""

from dataclasses import dataclass

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
from charts.workshop_marks import rows_that_fit, workshop_dots, workshop_squares

PAIR = 2  # series, one for each side


@dataclass(frozen=True)
class WorkshopChart:
    """A chart for the workshop mode, and a few words for its footer on what is left out, '' for nothing."""

    chart: Chart
    left_out: str = ""


def workshop_chart(card: Card, scale: float = 1.0) -> WorkshopChart | None:
    """The chart of a card for the workshop mode: marks, dots, bars, or columns by year for dated rows.

    None for a card without a chart, or with one that can be drawn as none of them: its rows are shown instead.
    """
    if card.chart is None or (card.chart.data is None and "start_on" not in card.rows):
        return None
    font_size_px = FONT_SIZE_PX * max(scale, 1)
    data = card.chart.data
    if data is None:
        return _year_columns(card, font_size_px)
    if all(series.symbols for series in data.series):
        return WorkshopChart(workshop_squares(data, font_size_px))
    return _rows_of_chart(data, font_size_px, min(scale, 1))


def _rows_of_chart(data: ChartData, font_size_px: float, shrunk: float) -> WorkshopChart:
    """Dots for two series, else bars, as many rows as fit."""
    total = len(data.categories)
    are_dots = len(data.series) == PAIR and not data.is_stacked
    max_rows = max(1, int((rows_that_fit(data) if are_dots else row_limit(data)) * shrunk))
    left_out = f"First {max_rows} of {total} drawn." if total > max_rows else ""
    if are_dots:
        return WorkshopChart(workshop_dots(data, max_rows, font_size_px), left_out)
    max_line_chars = int(MAX_LINE_CHARS * shrunk)
    if data.is_stacked:  # each record is in one bar only, so the rest can be added up in a last bar
        return WorkshopChart(workshop_bars(with_others(data, max_rows), max_rows, font_size_px, max_line_chars))
    return WorkshopChart(workshop_bars(data, max_rows, font_size_px, max_line_chars), left_out)


def _year_columns(card: Card, font_size_px: float) -> WorkshopChart:
    """Dated rows by the year they begin in; years without any in between are shown as 0."""
    dated = card.rows[card.rows["start_on"].notna()]
    counts = dated["start_on"].dt.year.astype(int).value_counts()
    first, last = int(counts.index.min()), int(counts.index.max())
    years = list(range(max(first, last - MAX_COLUMNS + 1), last + 1))
    series = Series(name="begun", values=tuple(int(counts.get(year, 0)) for year in years), colour=ACCENT)
    data = ChartData(
        categories=tuple(str(year) for year in years), series=(series,), unit="rows by the year they begin in"
    )
    not_drawn = len(card.rows) - int(counts[counts.index >= years[0]].sum())
    return WorkshopChart(workshop_columns(data, font_size_px), f"{not_drawn} not drawn." if not_drawn else "")

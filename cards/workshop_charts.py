"""Cards drawn for a projector: fewer rows in larger text, and a note that says what is left out.

``scale`` is the size of the window relative to 1280 by 720 pixels. A larger window gets larger text, a smaller one
fewer rows in text of the same size.
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

MAX_TEXT_CHARS = 260  # of one text when four are shown


@dataclass(frozen=True)
class WorkshopChart:
    """A chart for the workshop mode, and the note for its footer: what is measured and left out."""

    chart: Chart
    note: str


def workshop_chart(card: Card, scale: float = 1.0) -> WorkshopChart | None:
    """The chart of a card for the workshop mode: bars, or columns by year for dated rows.

    None for a card without a chart, or with one that can be drawn as neither: its rows are shown instead.
    """
    if card.chart is None or (card.chart.data is None and "start_on" not in card.rows):
        return None
    font_size_px = FONT_SIZE_PX * max(scale, 1)
    if card.chart.data is None:
        return _year_columns(card, font_size_px)
    data = card.chart.data
    max_rows, max_line_chars = int(row_limit(data) * min(scale, 1)), int(MAX_LINE_CHARS * min(scale, 1))
    total = len(data.categories)
    if data.is_stacked:  # each record is in one bar only, so the rest can be added up in a last bar
        shown = with_others(data, max_rows)
        return WorkshopChart(workshop_bars(shown, max_rows, font_size_px, max_line_chars), card.note)
    left_out = f"The first {max_rows} of {total} are drawn. " if total > max_rows else ""
    return WorkshopChart(workshop_bars(data, max_rows, font_size_px, max_line_chars), left_out + card.note)


def shortened(text: str, scale: float = 1.0) -> str:
    """The first sentences of a text, as many as fit; where the first is too long, its first words and an ellipsis.

    At most 260 characters in a window of 1280 by 720 pixels or larger.
    """
    max_chars = round(MAX_TEXT_CHARS * min(scale, 1) ** 2)
    if len(text) <= max_chars:
        return text
    ends = [match.start() for match in re.finditer(r"(?<=[.!?]) (?=[A-Z])", text[: max_chars + 1])]
    return text[: ends[-1]] if ends else f"{text[: max_chars - 1].rsplit(' ', 1)[0].rstrip(',;:')} …"


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
    earlier = int(counts[counts.index < years[0]].sum())
    not_drawn = _not_drawn(len(card.rows) - len(dated), earlier, years[0])
    not_counted = f". {card.not_counted}" if card.not_counted else ""
    note = f"{len(dated)} with a date, by the year they begin in{_by_status(dated)}{not_drawn}{not_counted}"
    return WorkshopChart(workshop_columns(data, font_size_px), note)


def _not_drawn(undated: int, earlier: int, first_year: int) -> str:
    """'; not drawn: 11 undated, 1 before 2009', or ''."""
    parts = ([f"{undated} undated"] if undated else []) + ([f"{earlier} before {first_year}"] if earlier else [])
    return f"; not drawn: {', '.join(parts)}" if parts else ""


def _by_status(rows: pd.DataFrame) -> str:
    """': 21 reported as held, 18 reported as planned' for events, which share the columns; '' for other rows."""
    if "status_in_source" not in rows:
        return ""
    labels = query_cache.labels("events.status_in_source")
    counts = rows["status_in_source"].value_counts()
    return ": " + ", ".join(f"{count} {labels[str(status)].lower()}" for status, count in counts.items())

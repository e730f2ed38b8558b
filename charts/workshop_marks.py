"""Charts of the workshop mode with marks: a square or dot for each record, and two dots a row for the two sides."""

from dataclasses import dataclass
from typing import Any

from charts.chart import Chart, ChartData, Series, text_px, widest_px, wrapped
from charts.theme import GREY, GRID, INK
from charts.workshop_charts import (
    AREA_HEIGHT_PX,
    AREA_WIDTH_PX,
    FONT_SIZE_PX,
    LINE_EM,
    alt_text,
    bar_texts,
    base_layout,
    label_lines,
)
from domain.text import format_count

MAX_PITCH_PX = 80.0  # from one mark to the next in an area of 1280 by 720 pixels: no slabs
MARK_SHARE = 0.66  # of the pitch that a mark fills
ROW_GAP = 0.6  # between two rows of marks, in marks
MAX_COLUMNS = 60
SIDE_SYMBOLS = ("circle", "diamond")
DOT_EM = 0.72  # diameter of a dot of a side
LEGEND_EM = 1.9


def workshop_squares(data: ChartData, font_size_px: float = FONT_SIZE_PX) -> Chart:
    """One mark for each record of data whose series have symbols, in a row a category, as large as the area allows.

    The marks of a row stand in the order of the series. With one series the label has its number.
    """
    scale = font_size_px / FONT_SIZE_PX
    labels = [_row_label(data, index) for index in range(len(data.categories))]
    has_legend = len(data.series) > 1
    left_px = widest_px(labels, font_size_px) + font_size_px
    top_px = LEGEND_EM * font_size_px * _legend_lines(data, left_px, font_size_px) if has_legend else 8 * scale
    width_px, height_px = (AREA_WIDTH_PX - 8) * scale - left_px, (AREA_HEIGHT_PX - 8) * scale - top_px
    totals = [sum(int(one.values[index] or 0) for one in data.series) for index in range(len(data.categories))]
    grid = _best_grid(totals, width_px, height_px, MAX_PITCH_PX * scale)
    layout = base_layout(has_legend, font_size_px) | {
        "xaxis": {"visible": False, "fixedrange": True, "range": [-0.5, width_px / grid.pitch_px - 0.5]},
        "yaxis": {
            "fixedrange": True,
            "showgrid": False,
            "range": [height_px / grid.pitch_px - 0.5, -0.5],
            "tickmode": "array",
            "tickvals": [top + (lines - 1) / 2 for top, lines in zip(grid.tops, grid.lines, strict=True)],
            "ticktext": labels,
            "tickfont": {"size": font_size_px, "color": INK},
            "ticklabelstandoff": round(0.4 * font_size_px),
        },
        "margin": {"l": left_px, "r": 8 * scale, "t": top_px, "b": 8 * scale},
        "showlegend": has_legend,
    }
    traces = [_marks(data, number, grid, font_size_px) for number in range(len(data.series))]
    return Chart({"data": traces, "layout": layout}, alt_text(data, "One mark for each of the"))


def _legend_lines(data: ChartData, left_px: float, font_size_px: float) -> int:
    """Lines of the legend, which stands above the marks; each entry has its mark and a gap."""
    entries_px = sum(text_px(one.name, font_size_px) + 2.7 * font_size_px for one in data.series)
    return 1 + int(entries_px > AREA_WIDTH_PX * font_size_px / FONT_SIZE_PX - left_px)


def _row_label(data: ChartData, index: int) -> str:
    label = wrapped(data.categories[index], 30)
    return f"{label} <b>{format_count(data.series[0].values[index] or 0)}</b>" if len(data.series) == 1 else label


@dataclass(frozen=True)
class _Grid:
    """Marks on a line, their distance, and for each row the line it begins on and its number of lines."""

    columns: int
    pitch_px: float
    tops: tuple[float, ...]
    lines: tuple[int, ...]


def _best_grid(totals: list[int], width_px: float, height_px: float, max_pitch_px: float) -> _Grid:
    """The number of marks on a line with which the marks are largest; of several the one with the fewest lines."""
    grids = [_grid(totals, columns, width_px, height_px, max_pitch_px) for columns in range(1, MAX_COLUMNS + 1)]
    return max(grids, key=lambda grid: (grid.pitch_px, grid.columns))


def _grid(totals: list[int], columns: int, width_px: float, height_px: float, max_pitch_px: float) -> _Grid:
    lines = tuple(max(1, -(-total // columns)) for total in totals)
    needed = sum(lines) + ROW_GAP * (len(lines) - 1)
    pitch_px = min(width_px / columns, height_px / needed, max_pitch_px)
    # What is left of the height goes between the rows.
    gap = ROW_GAP + max(0.0, (height_px / pitch_px - needed) / len(lines))
    tops, line = [], (gap - ROW_GAP) / 2
    for count in lines:
        tops.append(line)
        line += count + gap
    return _Grid(columns, pitch_px, tuple(tops), lines)


def _marks(data: ChartData, number: int, grid: _Grid, font_size_px: float) -> dict[str, Any]:
    """The marks of one series; in each row they follow those of the series before it."""
    series = data.series[number]
    colours = series.colours or (series.colour,) * len(series.values)
    places: list[tuple[int, float, str, str, str]] = []
    for index, value in enumerate(series.values):
        first = sum(int(one.values[index] or 0) for one in data.series[:number])
        text = f"{data.categories[index]}: {series.name} {format_count(value or 0)}"
        places += [
            (
                position % grid.columns,
                grid.tops[index] + position // grid.columns,
                colours[index],
                series.symbols[index],
                text,
            )
            for position in range(first, first + int(value or 0))
        ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": series.name,
        "x": [place[0] for place in places],
        "y": [place[1] for place in places],
        "marker": {
            "size": MARK_SHARE * grid.pitch_px,
            "color": [place[2] for place in places],
            "symbol": [place[3] for place in places],
            "line": {"width": max(2, 0.06 * grid.pitch_px), "color": [place[2] for place in places]},
        },
        "text": [place[4] for place in places],
        "textfont": {"size": font_size_px, "color": INK},
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def workshop_dots(data: ChartData, max_rows: int, font_size_px: float = FONT_SIZE_PX) -> Chart:
    """Two dots a row for two series, joined by a line, with both numbers at the right; the first ``max_rows`` rows."""
    shown = data.part(0, max_rows)
    labels = label_lines(shown)
    rows = list(range(len(labels)))
    texts = ["   " + " · ".join(pair) for pair in zip(*(bar_texts(one) for one in shown.series), strict=True)]
    largest = [max(one.values[row] or 0 for one in shown.series) for row in rows]
    smallest = [min(one.values[row] or 0 for one in shown.series) for row in rows]
    traces: list[dict[str, Any]] = [
        _dots(one, symbol, rows, shown.categories, font_size_px)
        for one, symbol in zip(shown.series, SIDE_SYMBOLS, strict=True)
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "text",
            "x": largest,
            "y": rows,
            "text": texts,
            "textposition": "middle right",
            "textfont": {"size": font_size_px, "color": INK},
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
    layout = base_layout(True, font_size_px) | {
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, max(largest) or 1]},
        "yaxis": {
            "fixedrange": True,
            "showgrid": False,
            "range": [len(rows) - 0.5, -0.5],
            "tickmode": "array",
            "tickvals": rows,
            "ticktext": labels,
            "tickfont": {"size": font_size_px, "color": INK},
            "ticklabelstandoff": round(0.7 * font_size_px),
        },
        "shapes": [
            {
                "type": "line",
                "x0": smallest[row],
                "x1": largest[row],
                "y0": row,
                "y1": row,
                "layer": "below",
                "line": {"color": GRID, "width": 0.25 * font_size_px},
            }
            for row in rows
        ],
        "margin": {
            "l": widest_px(labels, font_size_px) + 1.2 * font_size_px,
            "r": widest_px(texts, font_size_px) + 0.5 * font_size_px,
            "t": LEGEND_EM * font_size_px,
            "b": 4,
        },
        "showlegend": True,
    }
    return Chart({"data": traces, "layout": layout}, alt_text(shown, "Dots of"))


def _dots(
    series: Series, symbol: str, rows: list[int], categories: tuple[str, ...], font_size_px: float
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": series.name,
        "x": [value or 0 for value in series.values],
        "y": rows,
        "text": [f"{name}: {text}" for name, text in zip(categories, bar_texts(series), strict=True)],
        "textfont": {"size": font_size_px, "color": GREY},
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": symbol, "size": DOT_EM * font_size_px, "color": list(series.colours) or series.colour},
        "cliponaxis": False,
    }


def rows_that_fit(data: ChartData) -> int:
    """How many rows of dots fit in an area of 1280 by 720 pixels."""
    lines = max(label.count("<br>") + 1 for label in label_lines(data))
    return int((AREA_HEIGHT_PX / FONT_SIZE_PX - LEGEND_EM) / (LINE_EM * lines))

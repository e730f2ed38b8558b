"""Charts for the workshop mode: few bars, text of at least 24 pixels, as large as the area they are in.

Every measure follows the font size, so that a chart on a larger screen is the same chart, larger.
"""

import re
from dataclasses import replace
from typing import Any

from charts.chart import Chart, ChartData, Series, horizontal_legend, widest_px, wrapped
from charts.theme import FONT, INK, MUTED_INK, PAPER, template, text_on
from domain.text import format_count

FONT_SIZE_PX = 24.0  # in an area of 1280 by 720 pixels
AREA_WIDTH_PX, AREA_HEIGHT_PX = 1232.0, 490.0  # of the figure in a window of that size
LINE_EM = 1.25  # of a line of text
MAX_LABEL_LINE_CHARS = 40  # of a label beside its bar or dots
MAX_LINE_CHARS = 84  # on one line of a label above its bar
MIN_LINE_BREAKS_ABOVE = 2  # labels with at least as many are written above their bars
MAX_ROWS = 12
MAX_TALL_ROWS = 5  # of bars with their labels above them
MAX_BAR_PX = 44.0  # thickness of a bar: few bars are no slabs
MAX_COLUMNS = 16
MAX_HORIZONTAL_LABELS = 12  # with more columns the labels are vertical


def row_limit(data: ChartData) -> int:
    """How many categories fit in an area of 1280 by 720 pixels."""
    labels = label_lines(data)
    if _is_long(labels):
        return MAX_TALL_ROWS
    lines = max(label.count("<br>") + 1 for label in labels)
    return min(MAX_ROWS, int(AREA_HEIGHT_PX / (FONT_SIZE_PX * (LINE_EM * lines + 0.35))))


def workshop_bars(
    data: ChartData,
    max_rows: int = MAX_ROWS,
    font_size_px: float = FONT_SIZE_PX,
    max_line_chars: int = MAX_LINE_CHARS,
) -> Chart:
    """Horizontal bars of the first `max_rows` categories in their order; the caller says how many were left out.

    `max_line_chars` applies to labels above their bars.
    """
    shown = data.part(0, max_rows)
    traces = [_bar(series, shown, font_size_px) for series in shown.series]
    _limit_thickness(traces, len(shown.categories), shown.is_stacked)
    longest_px = widest_px((text for series in shown.series for text in bar_texts(series)), font_size_px)
    margins = {
        "r": font_size_px + (0 if shown.is_stacked else longest_px),
        "t": 2.7 * font_size_px if shown.is_stacked else 4,
        "b": 4,
    }
    layout = base_layout(shown.is_stacked, font_size_px) | {
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, shown.axis_end]},
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(shown.categories),
            "range": [len(shown.categories) - 0.5, -0.5],  # all rows, the first at the top
            "fixedrange": True,
            "showgrid": False,
        },
        "showlegend": shown.is_stacked,
        # A part that is too narrow for its number has none.
        "uniformtext": {"mode": "hide", "minsize": font_size_px} if shown.is_stacked else {},
    }
    labels = label_lines(shown)
    if _is_long(labels):
        above = [wrapped(label, max_line_chars) for label in shown.categories]
        _write_labels_above(layout, traces, above, margins, font_size_px)
    else:
        _write_labels_beside(layout, list(shown.categories), labels, margins, font_size_px)
    return Chart({"data": traces, "layout": layout}, alt_text(shown))


def _limit_thickness(traces: list[dict[str, Any]], rows: int, is_stacked: bool) -> None:
    """Keep few bars from becoming slabs; many are as thick as the gaps between them allow."""
    groups = 1 if is_stacked else len(traces)
    width = groups * MAX_BAR_PX * rows / AREA_HEIGHT_PX
    if width < 0.75:
        for number, trace in enumerate(traces):
            trace["width"] = width / groups
            if groups > 1:
                trace["offset"] = (number - groups / 2) * width / groups


def label_lines(data: ChartData) -> list[str]:
    """The categories as labels, long ones on several lines."""
    return [wrapped(label, MAX_LABEL_LINE_CHARS) for label in data.categories]


def _is_long(labels: list[str]) -> bool:
    return max(label.count("<br>") for label in labels) >= MIN_LINE_BREAKS_ABOVE


def _write_labels_beside(
    layout: dict[str, Any],
    categories: list[str],
    labels: list[str],
    margins: dict[str, float],
    font_size_px: float,
) -> None:
    """Add the labels to the left of their bars."""
    layout["yaxis"] |= {
        "tickvals": categories,
        "ticktext": labels,
        "tickfont": {"size": font_size_px, "color": INK},
        "ticklabelstandoff": round(0.4 * font_size_px),
    }
    layout["margin"] = {"l": widest_px(labels, font_size_px) + font_size_px, **margins}


def _write_labels_above(
    layout: dict[str, Any],
    traces: list[dict[str, Any]],
    labels: list[str],
    margins: dict[str, float],
    font_size_px: float,
) -> None:
    """Add long labels above their bars, which become thin; the rows are at 0, 1, 2 … on the vertical axis."""
    rows = range(len(labels))
    for trace in traces:
        trace |= {"y": list(rows), "width": 0.24}
    layout["yaxis"] = {"visible": False, "fixedrange": True, "range": [len(labels) - 0.78, -0.84]}
    layout["annotations"] = [
        {
            "x": 0,
            "y": row,
            "text": label,
            "showarrow": False,
            "align": "left",
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": font_size_px / 2,
            "xshift": -4,
            "font": {"size": font_size_px, "color": INK},
        }
        for row, label in zip(rows, labels, strict=True)
    ]
    layout["margin"] = {"l": 8, **margins}


def workshop_columns(data: ChartData, font_size_px: float = FONT_SIZE_PX) -> Chart:
    """Vertical columns of one series, for years."""
    series = data.series[0]
    column = {
        "type": "bar",
        "x": list(data.categories),
        "y": list(series.values),
        "text": bar_texts(series),
        "textposition": "outside",
        "marker": {"color": series.colour},
        "textfont": {"size": font_size_px, "color": INK},
        "cliponaxis": False,
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }
    are_vertical = len(data.categories) > MAX_HORIZONTAL_LABELS
    layout = base_layout(False, font_size_px) | {
        "xaxis": {
            "type": "category",
            "fixedrange": True,
            "showgrid": False,
            "tickfont": {"size": font_size_px, "color": INK},
            "tickangle": -90 if are_vertical else 0,
        },
        "yaxis": {"visible": False, "fixedrange": True, "rangemode": "tozero"},
        "margin": {"l": 8, "r": 8, "t": 1.8 * font_size_px, "b": font_size_px * (3.2 if are_vertical else 1.8)},
    }
    return Chart({"data": [column], "layout": layout}, alt_text(data))


def with_others(data: ChartData, max_rows: int) -> ChartData:
    """The data in at most `max_rows` categories; the rest are added up in a last one, '5 others'."""
    rest = len(data.categories) - max_rows + 1
    if rest < 2:
        return data
    cut = tuple(
        replace(
            series,
            values=(*series.values[: max_rows - 1], sum(value or 0 for value in series.values[max_rows - 1 :])),
        )
        for series in data.series
    )
    return replace(data, categories=(*data.categories[: max_rows - 1], f"{rest} others"), series=cut)


def base_layout(is_stacked: bool, font_size_px: float) -> dict[str, Any]:
    """What the charts of the workshop mode have in common."""
    return {
        "template": template(),
        "autosize": True,
        "font": {"family": FONT},
        "barmode": "stack" if is_stacked else "group",
        "bargap": 0.25,
        "bargroupgap": 0.06,
        "hoverlabel": {"font": {"size": font_size_px}},
        "legend": horizontal_legend()
        | {
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": font_size_px, "color": MUTED_INK},
        },
    }


def _bar(series: Series, data: ChartData, font_size_px: float) -> dict[str, Any]:
    colours = list(series.colours) or series.colour
    inside = data.is_stacked
    return {
        "type": "bar",
        "orientation": "h",
        "name": series.name,
        "x": list(series.values),
        "y": list(data.categories),
        "text": [
            text if value or not inside else "" for text, value in zip(bar_texts(series), series.values, strict=True)
        ],
        "textposition": "inside" if inside else "outside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "inside" if inside else "none",
        "textfont": {"size": font_size_px, "color": text_on(series.colour) if inside else INK},
        "cliponaxis": False,
        "marker": {"color": colours, "line": {"color": PAPER, "width": 1}},
        "hovertemplate": f"%{{y}}, {series.name}: %{{x}}<extra></extra>",
    }


def bar_texts(series: Series) -> list[str]:
    """The text at each bar: its own, else the number in the format of the series."""
    if series.texts:
        return list(series.texts)
    return ["not stated" if value is None else _formatted(value, series.number_format) for value in series.values]


def _formatted(value: float, number_format: str) -> str:
    """A number in a spreadsheet format: 12 in '"EU "#,##0' is 'EU 12'."""
    return re.sub(r"[#0,;]+", format_count(value), number_format, count=1).replace('"', "")


def _number(series: Series, index: int) -> str:
    """The number without the format of the series, or the text that replaces it."""
    if series.texts:
        return series.texts[index]
    value = series.values[index]
    return "not stated" if value is None else format_count(value)


def alt_text(data: ChartData, start: str = "Bars of") -> str:
    """The numbers of every row in words."""
    rows = [
        f"{category}: " + ", ".join(f"{series.name} {_number(series, index)}" for series in data.series)
        for index, category in enumerate(data.categories)
    ]
    return f"{start} {data.unit}. {'; '.join(rows)}."

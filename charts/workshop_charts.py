"""Charts for a room: few bars, letters of at least 24 pixels, the frame as large as the stage.

Every measure follows the size of the letters, so that a chart on a larger stage is the same chart, larger.
"""

import re
from dataclasses import replace
from typing import Any

from charts.chart import Chart, ChartData, Series, wrapped
from charts.theme import INK, MUTED_INK, PAPER, template, text_on
from domain.text import format_count

FONT_SIZE_PX = 24.0  # pixels, on a stage of 1280 by 720
CHAR_WIDTH_EM = 0.604  # of the size, what one character takes
MAX_LABEL_CHARS = 24  # characters of a label before it takes another line
MAX_LINE_CHARS = 84  # characters of a label above its bar
MAX_LINES = 2
MAX_ROWS = 7
MAX_TALL_ROWS = 5  # of paired bars, or of bars under their labels
MAX_COLUMNS = 16


def row_limit(data: ChartData) -> int:
    """How many categories a stage of 1280 by 720 pixels has room for."""
    is_paired = len(data.series) > 1 and not data.is_stacked
    return MAX_TALL_ROWS if is_paired or _is_long(_labels(data)) else MAX_ROWS


def workshop_bars(data: ChartData, most: int = MAX_ROWS, letters: float = FONT_SIZE_PX, line: int = MAX_LINE_CHARS) -> Chart:
    """Horizontal bars of the first categories, as they are ordered; the caller says how many were left out.

    `letters`: pixels; `line`: characters of a label that stands above its bar.
    """
    shown = first(data, most)
    traces = [_bar(series, shown, letters) for series in shown.series]
    room = letters * (
        CHAR_WIDTH_EM * max((len(words) for series in shown.series for words in _words(series)), default=1) + 1
    )
    sides = {"r": letters if shown.is_stacked else room, "t": 2.7 * letters if shown.is_stacked else 4, "b": 4}
    layout = _frame(shown.is_stacked, letters) | {
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, _largest(shown)]},
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(shown.categories),
            "autorange": "reversed",
            "fixedrange": True,
            "showgrid": False,
        },
        "showlegend": shown.is_stacked,
    }
    labels = _labels(shown)
    if _is_long(labels):
        _above(layout, traces, [wrapped(label, line) for label in shown.categories], sides, letters)
    else:
        _beside(layout, list(shown.categories), labels, sides, letters)
    return Chart({"data": traces, "layout": layout}, _alt(shown))


def _labels(data: ChartData) -> list[str]:
    return [wrapped(label, MAX_LABEL_CHARS) for label in data.categories]


def _is_long(labels: list[str]) -> bool:
    return max(label.count("<br>") for label in labels) >= MAX_LINES


def _beside(
    layout: dict[str, Any], categories: list[str], labels: list[str], sides: dict[str, float], letters: float
) -> None:
    """Labels left of their bars."""
    widest = max(len(line) for label in labels for line in label.split("<br>"))
    layout["yaxis"] |= {
        "tickvals": categories,
        "ticktext": labels,
        "tickfont": {"size": letters, "color": INK},
        "ticklabelstandoff": round(0.4 * letters),
    }
    layout["margin"] = {"l": letters * (CHAR_WIDTH_EM * widest + 1), **sides}


def _above(
    layout: dict[str, Any], traces: list[dict[str, Any]], labels: list[str], sides: dict[str, float], letters: float
) -> None:
    """Long labels above their bars, which become thin: the rows stand at 0, 1, 2 … with room for text before the first."""
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
            "yshift": letters / 2,
            "xshift": -4,
            "font": {"size": letters, "color": INK},
        }
        for row, label in zip(rows, labels, strict=True)
    ]
    layout["margin"] = {"l": 8, **sides}


def workshop_columns(data: ChartData, letters: float = FONT_SIZE_PX) -> Chart:
    """Upright columns of one series, for years. `letters`: pixels."""
    series = data.series[0]
    column = {
        "type": "bar",
        "x": list(data.categories),
        "y": list(series.values),
        "text": _words(series),
        "textposition": "outside",
        "marker": {"color": series.colour},
        "textfont": {"size": letters, "color": INK},
        "cliponaxis": False,
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }
    layout = _frame(False, letters) | {
        "xaxis": {
            "type": "category",
            "fixedrange": True,
            "showgrid": False,
            "tickfont": {"size": letters, "color": INK},
            "tickangle": -90 if len(data.categories) > 12 else 0,
        },
        "yaxis": {"visible": False, "fixedrange": True, "rangemode": "tozero"},
        "margin": {"l": 8, "r": 8, "t": 1.8 * letters, "b": letters * (3.2 if len(data.categories) > 12 else 1.8)},
    }
    return Chart({"data": [column], "layout": layout}, _alt(data))


def with_others(data: ChartData, most: int) -> ChartData:
    """At most so many categories: those that do not fit are added up in a last one, which says how many they are."""
    rest = len(data.categories) - most + 1
    if rest < 2:
        return data
    cut = tuple(
        replace(series, values=(*series.values[: most - 1], sum(value or 0 for value in series.values[most - 1 :])))
        for series in data.series
    )
    return replace(data, categories=(*data.categories[: most - 1], f"{rest} others"), series=cut)


def first(data: ChartData, most: int) -> ChartData:
    """The first categories with their numbers."""
    cut = tuple(
        replace(series, values=series.values[:most], colours=series.colours[:most], texts=series.texts[:most])
        for series in data.series
    )
    return replace(data, categories=data.categories[:most], series=cut)


def _frame(is_stacked: bool, letters: float) -> dict[str, Any]:
    return {
        "template": template(),
        "autosize": True,
        "barmode": "stack" if is_stacked else "group",
        "bargap": 0.3,
        "bargroupgap": 0.06,
        "hoverlabel": {"font": {"size": letters}},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.0,
            "yanchor": "bottom",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": letters, "color": MUTED_INK},
        },
    }


def _bar(series: Series, data: ChartData, letters: float) -> dict[str, Any]:
    colours = list(series.colours) or series.colour
    inside = data.is_stacked
    return {
        "type": "bar",
        "orientation": "h",
        "name": series.name,
        "x": list(series.values),
        "y": list(data.categories),
        "text": [
            words if value or not inside else "" for words, value in zip(_words(series), series.values, strict=True)
        ],
        "textposition": "inside" if inside else "outside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": letters, "color": text_on(series.colour) if inside else INK},
        "cliponaxis": False,
        "marker": {"color": colours, "line": {"color": PAPER, "width": 1}, **_pattern(series)},
        "hovertemplate": f"%{{y}}, {series.name}: %{{x}}<extra></extra>",
    }


def _pattern(series: Series) -> dict[str, Any]:
    """The pattern of a status: coarse enough to tell in a room, faint enough to read the number on it."""
    if not series.pattern:
        return {}
    return {
        "pattern": {
            "shape": series.pattern,
            "fgcolor": "rgba(255,255,255,0.45)",
            "fillmode": "overlay",
            "size": 16,
            "solidity": 0.12,
        }
    }


def _words(series: Series) -> list[str]:
    """What stands at each bar: its words, else the number as its format says."""
    if series.texts:
        return list(series.texts)
    return ["not stated" if value is None else _formatted(value, series.number_format) for value in series.values]


def _formatted(value: float, number_format: str) -> str:
    """A number by the spreadsheet format of its series: '"EU "#,##0' is 'EU 12'."""
    return re.sub(r"[#0,;]+", format_count(value), number_format, count=1).replace('"', "")


def _number(series: Series, at: int) -> str:
    """The number alone, or its words: the name of the series is said beside it."""
    if series.texts:
        return series.texts[at]
    value = series.values[at]
    return "not stated" if value is None else format_count(value)


def _largest(data: ChartData) -> float:
    if data.axis_max is not None:
        return data.axis_max
    columns = zip(*(series.values for series in data.series), strict=True)
    sums = [
        sum(value or 0 for value in column) if data.is_stacked else max(value or 0 for value in column)
        for column in columns
    ]
    return max(sums) or 1


def _alt(data: ChartData) -> str:
    rows = [
        f"{category}: " + ", ".join(f"{series.name} {_number(series, at)}" for series in data.series)
        for at, category in enumerate(data.categories)
    ]
    return f"Bars of {data.unit}. {'; '.join(rows)}."

"""Horizontal bars for counts: sorted, starting at 0, each with its value beside it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.chart import (
    Chart,
    ChartData,
    Series,
    figure,
    label_axis,
    label_margin,
    numbers,
    require,
    require_unique,
    row_height,
    row_text,
    text_margin_px,
)
from charts.theme import (
    ACCENT,
    GREY,
    INK,
    MUTED_INK,
)
from domain.text import format_count, format_some, plural

ROW_HEIGHT_PX = 30


def count_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    unit: str,
    colours: Mapping[str, str] | None = None,
    colour_by: str | None = None,
    row_id: str | None = None,
) -> Chart:
    """Chart of one bar per row, longest first.

    `label`: column of distinct names; `value`: column of whole counts of `unit`
    ("organisations"). `colours` maps values of column `colour_by` (default: the label)
    to colours, with grey for all others; without it all bars have the accent colour.
    `row_id`: column that a selected bar returns as customdata.
    Raises ValueError for an empty frame or a repeated label.
    """
    require(frame, label, value)
    require_unique(frame, label)
    rows = frame.sort_values([value, label], ascending=[False, True], kind="stable")
    keys = rows[colour_by or label]
    bar = _bar(rows, label, value, [format_count(count) for count in rows[value]])
    bar["marker"] = {"color": [colours.get(key, GREY) for key in keys] if colours is not None else ACCENT}
    bar["hovertemplate"] = f"%{{y}}: %{{x}} {unit}<extra></extra>"
    if row_id:
        bar["customdata"] = [[identifier] for identifier in rows[row_id]]
    labels = rows[label].tolist()
    layout = _layout(labels, rows[value].max(), text_margin_px(bar["text"]))
    height = row_height(labels, ROW_HEIGHT_PX) * len(rows) + 24
    series = Series(
        name=unit,
        values=numbers(rows[value]),
        colour=ACCENT,
        colours=() if colours is None else tuple(bar["marker"]["color"]),
    )
    data = ChartData(categories=tuple(labels), series=(series,), unit=unit)
    return Chart(figure([bar], height, **layout), _count_alt(rows, label, value, unit), data)


def _bar(rows: pd.DataFrame, label: str, value: str, text: list[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": rows[value].tolist(),
        "y": rows[label].tolist(),
        "text": text,
        "textposition": "outside",
        "textfont": {"color": INK, "size": 13},
        "cliponaxis": False,
    }


def _layout(labels: list[str], largest: float, right_margin: int) -> dict[str, Any]:
    """Layout of a bar chart: axis from 0 without ticks, as each bar has its value beside it. Margin in pixels."""
    return {
        "xaxis": {"range": [0, max(float(largest), 1.0)], "visible": False, "fixedrange": True},
        "yaxis": label_axis(labels),
        "margin": {"l": label_margin(labels), "r": right_margin, "t": 8, "b": 8},
        "font": {"color": MUTED_INK},
    }


def _count_alt(rows: pd.DataFrame, label: str, value: str, unit: str) -> str:
    counts = [format_count(count) for count in rows[value]]
    leaders = rows.loc[rows[value] == rows[value].max(), label].tolist()
    most = plural(int(rows[value].max()), unit.removesuffix("s"), unit)
    if len(leaders) == len(rows) > 1:
        finding = f"All {len(rows)} rows have {most}"
    elif len(leaders) > 1:
        finding = f"{format_some(leaders, 4)} lead with {most} each"
    elif len(rows) == 1:
        return f"Bar chart, 1 row. {row_text(rows, label, counts)}."
    else:
        finding = f"{leaders[0]} leads with {most}"
    return f"Bar chart, {plural(len(rows), 'row')}. {finding}. {row_text(rows, label, counts)}."

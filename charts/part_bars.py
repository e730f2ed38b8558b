"""Bars divided into named parts, with the total at their end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.chart import (
    NOT_DIMMED,
    Chart,
    ChartData,
    Marks,
    Series,
    figure,
    inert,
    label_axis,
    label_margin,
    numbers,
    require,
    require_unique,
    row_height,
    row_text,
    text_margin_px,
    top_legend,
)
from charts.theme import INK, MUTED_INK, text_on
from domain.text import format_count, plural

ROW_HEIGHT_PX = 30
BAR_SHARE = 0.8  # of a row
LEGEND_PX = 40
LEGEND_LINE_PX = 20  # in a narrow window each part has a line of its own


@dataclass(frozen=True)
class Part:
    """One part of every bar: its name and its colour, which is none of a side."""

    name: str
    colour: str


def part_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    parts: Mapping[str, Part],
    unit: str,
    axis_max: float | None = None,
    marks: Marks | None = None,
    row_id: str = "",
) -> Chart:
    """Chart of one bar per row in the order of the frame, divided into its parts.

    `label`: column of distinct names; the keys of `parts` are columns of whole counts of `unit`. The axis ends at
    `axis_max`, by default at the longest bar. `marks` are the records that a click opens, `row_id` the column of their
    ids. Raises ValueError for an empty frame or a repeated label.
    """
    require(frame, label, *parts)
    require_unique(frame, label)
    labels = [inert(name) for name in frame[label]]
    totals = frame[list(parts)].sum(axis=1).astype(int).tolist()
    end = axis_max or max(*totals, 1)
    bars = [_bar(frame, labels, column, part, row_id, unit) for column, part in parts.items()]
    texts = [f"{format_count(total)} {unit}" for total in totals]
    layout = {
        "barmode": "stack",
        "bargap": 1 - BAR_SHARE,
        "xaxis": {"range": [0, end], "visible": False, "fixedrange": True},
        "yaxis": label_axis(labels),
        # A part that is too narrow for its number has none: the table and the tooltip have it.
        "uniformtext": {"mode": "hide", "minsize": 13},
        "annotations": [
            {
                "x": total,
                "y": name,
                "text": text,
                "showarrow": False,
                "xanchor": "left",
                "xshift": 4,
                "font": {"size": 13, "color": INK},
            }
            for total, name, text in zip(totals, labels, texts, strict=True)
        ],
        "showlegend": True,
        "legend": top_legend() | {"maxheight": 1},
    }
    values = [
        f"{format_count(total)} ("
        + ", ".join(f"{part.name.lower()} {format_count(row[column])}" for column, part in parts.items())
        + ")"
        for total, (_, row) in zip(totals, frame.iterrows(), strict=True)
    ]
    data = ChartData(
        categories=tuple(frame[label]),
        series=tuple(
            Series(name=part.name, values=numbers(frame[column]), colour=part.colour, number_format="#,##0;;")
            for column, part in parts.items()
        ),
        unit=unit,
        is_stacked=True,
        axis_max=axis_max,
    )
    bars_px = row_height(labels, ROW_HEIGHT_PX) * len(frame) + 8
    wide, narrow = (
        figure(
            bars,
            bars_px + legend_px,
            **layout,
            margin={"l": label_margin(labels), "r": text_margin_px(texts), "t": legend_px, "b": 8},
        )
        for legend_px in (LEGEND_PX, LEGEND_LINE_PX * (len(parts) + 1))
    )
    alt = f"Bars of {unit} divided into parts, {plural(len(frame), 'row')}. {row_text(frame, label, values)}."
    return Chart(wide, alt, data, marks, narrow=narrow)


def _bar(frame: pd.DataFrame, labels: list[str], column: str, part: Part, row_id: str, unit: str) -> dict[str, Any]:
    ids = {"customdata": [[identifier] for identifier in frame[row_id]], **NOT_DIMMED} if row_id else {}
    return {
        "type": "bar",
        "orientation": "h",
        "name": part.name,
        "x": frame[column].tolist(),
        "y": labels,
        "text": [format_count(count) if count else "" for count in frame[column]],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": text_on(part.colour), "size": 13},
        "marker": {"color": part.colour, "line": {"color": MUTED_INK, "width": 1}},
        "hovertemplate": f"%{{y}}, {part.name.lower()}: %{{x}} {unit}<extra></extra>",
        **ids,
    }

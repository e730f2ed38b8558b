"""Scores as bars divided into their parts."""

from collections.abc import Mapping
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
    row_height,
    row_text,
    text_margin_px,
    top_legend,
)
from charts.theme import ACCENT, GREY, INK, PAPER
from domain.text import format_count, plural

ROW_HEIGHT_PX = 30
LEGEND_PX = 44
# No colour of a side or status. GREY is last: it stands for what is known least often.
_COLOURS = (ACCENT, "#7A3E9D", GREY)


def score_bars(
    frame: pd.DataFrame, *, label: str, row_id: str, total: str, parts: Mapping[str, str], table: str
) -> Chart:
    """Chart of one bar per row in the order of the frame, divided into its parts, with the total at its end.

    `label`: column of names, of which equal ones are told apart by `row_id`, the id of a record of `table`; `total` and
    the keys of `parts`, at most three, are columns of points up to 100; the values of `parts` name them. Raises
    ValueError for an empty frame.
    """
    require(frame, label, row_id, total, *parts)
    doubled = frame[label].duplicated(keep=False)
    names = frame[label].where(~doubled, frame[label] + " (" + frame[row_id].astype(str) + ")").tolist()
    labels = [inert(name) for name in names]
    bars: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": heading,
            "x": frame[column].tolist(),
            "y": labels,
            "marker": {"color": colour, "line": {"color": PAPER, "width": 1}},
            "customdata": [[identifier] for identifier in frame[row_id]],
            "hovertemplate": f"%{{y}}, {heading}: %{{x}} points<extra></extra>",
            **NOT_DIMMED,
        }
        for (column, heading), colour in zip(parts.items(), _COLOURS, strict=False)
    ]
    texts = [f"{format_count(points)} points" for points in frame[total]]
    layout = {
        "barmode": "stack",
        "xaxis": {"range": [0, 100], "visible": False, "fixedrange": True},
        "yaxis": label_axis(labels),
        "annotations": [
            {
                "x": points,
                "y": name,
                "text": text,
                "showarrow": False,
                "xanchor": "left",
                "font": {"size": 13, "color": INK},
            }
            for points, name, text in zip(frame[total], labels, texts, strict=True)
        ],
        "margin": {"l": label_margin(labels), "r": text_margin_px(texts), "t": LEGEND_PX, "b": 8},
        "showlegend": True,
        "legend": top_legend(),
    }
    values = [
        f"{points} (" + ", ".join(f"{heading.lower()} {row[column]}" for column, heading in parts.items()) + ")"
        for points, (_, row) in zip(frame[total], frame.iterrows(), strict=True)
    ]
    alt = f"Bars of points out of 100, {plural(len(frame), 'row')}. {row_text(frame.assign(_n=names), '_n', values)}."
    data = ChartData(
        categories=tuple(names),
        series=tuple(
            Series(name=heading, values=numbers(frame[column]), colour=colour, number_format="#,##0;;")
            for (column, heading), colour in zip(parts.items(), _COLOURS, strict=False)
        ),
        unit="points",
        is_stacked=True,
        axis_max=100,
    )
    height = row_height(labels, ROW_HEIGHT_PX) * len(frame) + LEGEND_PX + 8
    marks = Marks(table, dict(zip(frame[row_id].astype(str), names, strict=True)))
    return Chart(figure(bars, height, **layout), alt, data, marks)

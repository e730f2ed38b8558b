"""Bars for the result of a query: one for each row, in the order of the rows."""

import math

import pandas as pd

from charts.chart import Chart, figure, inert, label_axis, label_margin, row_height, row_text, text_margin_px
from charts.theme import ACCENT, INK, MUTED_INK
from domain.text import plural

MAX_ROWS, MAX_LABEL = 40, 60  # bars, and characters of a label
_ROW_HEIGHT_PX = 28


def fits(labels: "list[str | None]", values: "list[float | None]") -> bool:
    """Whether the rows can be bars: 2 to MAX_ROWS, each with a label of its own and a number that is not negative."""
    short = [label[:MAX_LABEL] for label in labels if label and label.strip()]
    return (
        1 < len(labels) <= MAX_ROWS
        and len(set(short)) == len(labels)
        and all(value is not None and math.isfinite(value) and value >= 0 for value in values)
    )


def query_bars(labels: list[str], values: list[float], label: str, value: str) -> Chart:
    """Chart of one bar per row for rows that fit; ``label`` and ``value`` are the headings of the two columns.

    A number that is not whole is written with two decimals at its bar.
    """
    names = [inert(text if len(text) <= MAX_LABEL else text[: MAX_LABEL - 1] + "…") for text in labels]
    texts = [_number(one) for one in values]
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": names,
        "text": texts,
        "textposition": "outside",
        "textfont": {"color": INK, "size": 13},
        "cliponaxis": False,
        "marker": {"color": ACCENT},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    layout = {
        "xaxis": {"range": [0, max(values) or 1], "visible": False, "fixedrange": True},
        "yaxis": label_axis(names),
        "margin": {"l": label_margin(names), "r": text_margin_px(texts), "t": 8, "b": 8},
        "font": {"color": MUTED_INK},
    }
    rows = row_text(pd.DataFrame({"label": labels}), "label", texts)
    alt = f"Bar chart of the result, {plural(len(values), 'row')}: {value} by {label}. {rows}."
    return Chart(figure([bar], row_height(names, _ROW_HEIGHT_PX) * len(names) + 24, **layout), alt)


def _number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.2f}"

"""Location quotients as dots on a scale of ratios, the highest first; 1 is the share in the whole country."""

from math import log10
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import (
    MAX_LABEL_CHARS,
    Chart,
    figure,
    inert,
    label_axis,
    label_margin,
    require,
    require_unique,
    row_height,
    row_text,
    text_margin_px,
)
from charts.theme import ACCENT, GREY, GRID, INK, MUTED_INK, PAPER
from domain.text import format_list, plural

ROW_HEIGHT_PX = 26
MAX_WIDE_LABEL_CHARS = 44  # on one line of a row label, where there is room
MIN_REACH = 0.1  # of the axis on either side of 1, in powers of ten
MEASURE = "location quotient"
ESTIMATE = "computed from an estimated figure"
# A quotient printed in the source is a filled dot, one computed here an open one, one of an estimate a diamond.
BASIS_SYMBOLS = MappingProxyType({"stated": "circle", "computed": "circle-open", ESTIMATE: "diamond-open"})


def quotient_dots(
    frame: pd.DataFrame, *, label: str, value: str, basis: str, left_out: tuple[int, int] = (0, 0)
) -> Chart:
    """Chart of one dot per row on a logarithmic axis with 1 in its middle, the highest first.

    `label`: column of distinct names; `value`: column of location quotients above 0, none missing; `basis`: a key of
    BASIS_SYMBOLS; `left_out`: after how many rows others are left out, and how many. Raises ValueError for an empty
    frame, a repeated label, a missing or other value and an unknown basis.
    """
    require(frame, label, value, basis)
    require_unique(frame, label)
    _require_values(frame, label, value)
    unknown = set(frame[basis]) - set(BASIS_SYMBOLS)
    if unknown:
        raise ValueError(
            f"unknown basis {format_list(sorted(map(str, unknown)))}; use {format_list(list(BASIS_SYMBOLS))}"
        )
    rows = frame.sort_values([value, label], ascending=[False, True], kind="stable")
    labels = [inert(name) for name in rows[label]]
    reach = max(abs(log10(float(rows[value].min()))), abs(log10(float(rows[value].max()))), MIN_REACH)
    after, others = left_out
    gap = [f"… {others:,} more between …"] if others else []
    axis_labels = [*labels[:after], *gap, *labels[after:]] if others else labels
    # Left of 1 the number stands left of its dot, away from the line that leads to 1, and needs its width there.
    is_below = [number < 1 for number in rows[value]]
    texts = [f"{quotient_text(number)} " if number < 1 else f" {quotient_text(number)}" for number in rows[value]]
    standoff = 14 + (text_margin_px(texts) if any(is_below) else 0)
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": rows[value].tolist(),
        "y": labels,
        "cliponaxis": False,
        "text": texts,
        "textposition": ["middle left" if below else "middle right" for below in is_below],
        "textfont": {"color": INK, "size": 13},
        "marker": {
            "symbol": [BASIS_SYMBOLS[name] for name in rows[basis]],
            "size": 12,
            "color": [ACCENT if number >= 1 else GREY for number in rows[value]],
            "line": {"width": 2},
        },
        "customdata": [[name] for name in rows[basis]],
        "hovertemplate": f"%{{y}}: {MEASURE} %{{x:.2f}}, %{{customdata[0]}}<extra></extra>",
    }
    layout = {
        "xaxis": {"type": "log", "range": [-reach, reach], "visible": False, "fixedrange": True},
        "shapes": [*_stems(rows[value].tolist(), after if others else len(rows)), reference_line("x")],
        "annotations": [_reference_label()],
    }
    above = int((rows[value] > 1).sum())
    alt = (
        f"Dots of {MEASURE}s, {plural(len(rows), 'row')}, {above} of them above 1, the share in the whole country. "
        f"{row_text(rows, label, [quotient_text(number) for number in rows[value]])}."
    )
    wide, narrow = (
        figure(
            [dots],
            row_height(axis_labels, ROW_HEIGHT_PX, max_chars) * len(axis_labels) + 40,
            **layout,
            yaxis=label_axis(axis_labels, max_chars) | {"ticklabelstandoff": standoff},
            margin={
                "l": label_margin(axis_labels, standoff, max_chars),
                "r": text_margin_px(texts) + 4,
                "t": 26,
                "b": 8,
            },
        )
        for max_chars in (MAX_WIDE_LABEL_CHARS, MAX_LABEL_CHARS)
    )
    return Chart(wide, alt, narrow=narrow)


def quotient_text(value: float) -> str:
    """'1.84'; a small one has more decimals, so that it is not taken for zero."""
    if value >= 0.01:
        return f"{value:.2f}"
    return f"{value:.4f}" if value >= 0.0001 else "under 0.0001"


def reference_line(axis: str) -> dict[str, Any]:
    """Shape of a dotted line across the plot at 1 on the axis 'x' or 'y'."""
    other = "y" if axis == "x" else "x"
    return {
        "type": "line",
        f"{axis}0": 1,
        f"{axis}1": 1,
        f"{other}ref": "paper",
        f"{other}0": 0,
        f"{other}1": 1,
        "layer": "below",
        "line": {"color": MUTED_INK, "width": 1, "dash": "dot"},
    }


def _reference_label() -> dict[str, Any]:
    return {
        "x": 0,  # annotations on a logarithmic axis are placed by the exponent
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "text": "1",
        "showarrow": False,
        "bgcolor": PAPER,
        "font": {"color": MUTED_INK, "size": 13},
    }


def _stems(values: list[float], after: int) -> list[dict[str, Any]]:
    """Lines from 1 to each dot, which show at once what is below and what is above; a row is free ``after`` some."""
    return [
        {
            "type": "line",
            "x0": 1,
            "x1": value,
            "y0": row + (row >= after),
            "y1": row + (row >= after),
            "layer": "below",
            "line": {"color": GRID, "width": 4},
        }
        for row, value in enumerate(values)
    ]


def _require_values(frame: pd.DataFrame, label: str, value: str) -> None:
    missing = frame.loc[frame[value].isna(), label]
    if not missing.empty:
        raise ValueError(f"{missing.iloc[0]} has no {MEASURE}: rows without one belong in the table")
    if (frame[value] <= 0).any():
        raise ValueError("a scale of ratios has no place for 0: rows with a quotient of 0 belong in the table")

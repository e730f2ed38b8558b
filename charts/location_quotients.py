"""Location quotients as dots on a scale of ratios, the highest first; 1 is the share in the whole country."""

from math import log10
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import (
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

ROW_HEIGHT_PX = 30
MEASURE = "location quotient"
ESTIMATE = "computed from an estimated figure"
# A quotient printed in the source is a filled dot, one computed here an open one, one of an estimate a diamond.
BASIS_SYMBOLS = MappingProxyType({"stated": "circle", "computed": "circle-open", ESTIMATE: "diamond-open"})


def quotient_dots(frame: pd.DataFrame, *, label: str, value: str, basis: str) -> Chart:
    """Chart of one dot per row on a logarithmic axis that includes 1, the highest first.

    `label`: column of distinct names; `value`: column of location quotients above 0, none missing; `basis`: a key of
    BASIS_SYMBOLS. Raises ValueError for an empty frame, a repeated label, a missing or other value and an unknown
    basis.
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
    ends = [log10(min(float(rows[value].min()), 1.0)), log10(max(float(rows[value].max()), 1.0))]
    room = 0.03 * max(ends[1] - ends[0], 0.1)
    # Left of 1 the number stands left of its dot, away from the line that leads to 1, and needs its width there.
    is_below = [number < 1 for number in rows[value]]
    texts = [f"{number:.2f} " if number < 1 else f" {number:.2f}" for number in rows[value]]
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
        "xaxis": {"type": "log", "range": [ends[0] - room, ends[1]], "visible": False, "fixedrange": True},
        "yaxis": label_axis(labels) | {"ticklabelstandoff": standoff},
        "margin": {"l": label_margin(labels, standoff), "r": text_margin_px(texts) + 4, "t": 26, "b": 8},
        "shapes": [*_stems(rows[value].tolist()), reference_line("x")],
        "annotations": [_reference_label()],
    }
    above = int((rows[value] > 1).sum())
    alt = (
        f"Dots of {MEASURE}s, {plural(len(rows), 'row')}, {above} of them above 1, the share in the whole country. "
        f"{row_text(rows, label, [f'{number:.2f}' for number in rows[value]])}."
    )
    return Chart(figure([dots], row_height(labels, ROW_HEIGHT_PX) * len(rows) + 40, **layout), alt)


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


def _stems(values: list[float]) -> list[dict[str, Any]]:
    """Lines from 1 to each dot, which show at once what is below and what is above."""
    return [
        {
            "type": "line",
            "x0": 1,
            "x1": value,
            "y0": row,
            "y1": row,
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

"""Dots for comparing the EU with the USA row by row."""

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
    text_room,
)
from charts.theme import GRID, SIDE_COLOURS, SIDE_LABELS, SIDE_SYMBOLS, SIDE_TEXT_COLOURS

ROW_HEIGHT = 36


def comparison_dots(frame: pd.DataFrame, *, label: str, eu: str, us: str, unit: str, decimals: int = 0) -> Chart:
    """One line a row, a circle for the EU and a diamond for the USA, in the order of the frame.

    `label`: column of distinct names; `eu`, `us`: columns of numbers in `unit`; a missing
    number draws no dot. `decimals`: decimals written beside the dots. The axis starts at 0.
    """
    require(frame, label, eu, us)
    require_unique(frame, label)
    if frame[[eu, us]].isna().all(axis=None):
        raise ValueError(f"nothing to compare: {eu} and {us} hold no number")
    labels = frame[label].tolist()
    traces = [_connectors(frame, label, eu, us)]
    for side, column, other in (("EU", eu, us), ("US", us, eu)):
        known = frame[frame[column].notna()]
        is_right = (known[column] > known[other].fillna(-1)) | ((known[column] == known[other]) & (side == "US"))
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": SIDE_LABELS[side],
                "cliponaxis": False,
                "x": known[column].tolist(),
                "y": known[label].tolist(),
                "text": [f" {SIDE_LABELS[side]} {value:,.{decimals}f} " for value in known[column]],
                "textposition": ["middle right" if right else "middle left" for right in is_right],
                "textfont": {"color": SIDE_TEXT_COLOURS[side], "size": 12},
                "marker": {"symbol": SIDE_SYMBOLS[side], "color": SIDE_COLOURS[side], "size": 13},
                "hovertemplate": f"%{{y}}, {SIDE_LABELS[side]}: %{{x:,.{decimals}f}} {unit}<extra></extra>",
            }
        )
    largest = max(float(frame[[eu, us]].max().max()), 1.0)
    room = text_room(text for trace in traces[1:] for text in trace["text"])
    layout = {
        "xaxis": {"range": [0, largest], "visible": False, "fixedrange": True},
        # The name of a dot at 0 stands to its left, between the dot and the label of the row.
        "yaxis": label_axis(labels) | {"ticklabelstandoff": room},
        "margin": {"l": label_margin(labels, room), "r": room, "t": 8, "b": 8},
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"color": GRID, "width": 1},
            }
        ],
    }
    values = [f"EU {_words(a, decimals)}, USA {_words(b, decimals)}" for a, b in zip(frame[eu], frame[us], strict=True)]
    more_eu, more_us = int((frame[eu] > frame[us]).sum()), int((frame[us] > frame[eu]).sum())
    alt = (
        f"Dots comparing the EU with the USA in {unit}, {len(frame)} rows: the EU is ahead in {more_eu}, "
        f"the USA in {more_us}. {row_text(frame, label, values)}."
    )
    number_format = "#,##0" + ("." + "0" * decimals if decimals else "")
    series = tuple(
        Series(
            name=SIDE_LABELS[side],
            values=numbers(frame[column]),
            colour=SIDE_COLOURS[side],
            number_format=f'"{SIDE_LABELS[side]} "{number_format}',
        )
        for side, column in (("EU", eu), ("US", us))
    )
    data = ChartData(categories=tuple(labels), series=series, unit=unit)
    return Chart(figure(traces, row_height(labels, ROW_HEIGHT) * len(frame) + 24, **layout), alt, data)


def _connectors(frame: pd.DataFrame, label: str, eu: str, us: str) -> dict:
    """A faint line between the two dots of each row."""
    both = frame[frame[eu].notna() & frame[us].notna()]
    x, y = [], []
    for name, first, second in zip(both[label], both[eu], both[us], strict=True):
        x += [first, second, None]
        y += [name, name, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {"color": GRID, "width": 4},
    }


def _words(value: float, decimals: int) -> str:
    return "not stated" if pd.isna(value) else f"{value:,.{decimals}f}"

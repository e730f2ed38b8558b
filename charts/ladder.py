"""One dot for each record on the rung of its status, from the firmest to the least firm."""

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
    line_across,
    require,
    top_legend,
    widest_px,
)
from charts.theme import COMMITMENT_STYLES, INK, STATUS_STYLES
from domain.text import format_count, format_list

COLUMNS = 16  # dots on one line: the largest number that a finger can still hit on a phone
PITCH_PX = 24
DOT_PX = 9
RUNG_GAP = 0.6  # between two rungs, in lines
LEGEND_PX = 44


def status_ladder(frame: pd.DataFrame, *, nouns: str) -> Chart:
    """Chart of one dot per row, in a rung per status, the firmest at the top, without totals of different statuses.

    Columns: cooperation_id, title, status, commitment, when (date as text). The dots of a rung stand in the order of
    the rows. `nouns` names the records. Raises ValueError for an empty frame and an unknown status.
    """
    require(frame, "cooperation_id", "title", "status", "commitment", "when")
    unknown = set(frame["status"]) - set(STATUS_STYLES)
    if unknown:
        raise ValueError(f"unknown status {format_list(sorted(unknown))}; the model has {', '.join(STATUS_STYLES)}")
    rungs = [(status, frame[frame["status"] == status]) for status in STATUS_STYLES if status in set(frame["status"])]
    tops, line = [], 0.0
    for _, own in rungs:
        tops.append(line)
        line += -(-len(own) // COLUMNS) + RUNG_GAP
    dots = [dot for (_, own), top in zip(rungs, tops, strict=True) for dot in _dots(own, top)]
    labels = [f"{STATUS_STYLES[status].label} <b>{format_count(len(own))}</b>" for status, own in rungs]
    layout = {
        "xaxis": {
            "range": [-0.7, COLUMNS - 0.3],
            "visible": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [line - RUNG_GAP / 2, -0.7],
            "tickmode": "array",
            "tickvals": tops,
            "ticktext": labels,
            "showgrid": False,
            "fixedrange": True,
            "tickfont": {"size": 13, "color": INK},
            "ticklabelstandoff": 4,
        },
        "shapes": [line_across(top - 0.5 - RUNG_GAP / 2) for top in tops[1:]],
        "margin": {"l": round(widest_px(labels)) + 22, "r": 8, "t": LEGEND_PX, "b": 4},
        "showlegend": True,
        "legend": top_legend(),
    }
    traces = [
        _trace(commitment, dots) for commitment in COMMITMENT_STYLES if any(d["group"] == commitment for d in dots)
    ]
    counts = [f"{STATUS_STYLES[status].label.lower()} {len(own)}" for status, own in rungs]
    colours = tuple(COMMITMENT_STYLES[own["commitment"].iloc[0]].colour for _, own in rungs)
    symbols = tuple(COMMITMENT_STYLES[own["commitment"].iloc[0]].symbol for _, own in rungs)
    series = Series(
        name=nouns,
        values=tuple(len(own) for _, own in rungs),
        colour=colours[0],
        colours=colours,
        symbols=symbols,
    )
    data = ChartData(categories=tuple(STATUS_STYLES[status].label for status, _ in rungs), series=(series,), unit=nouns)
    alt = f"One dot for each of {len(frame)} {nouns} on the rung of its status, the firmest first: {', '.join(counts)}."
    by_name = frame.sort_values("title", key=lambda own: own.str.lower())
    names = dict(zip(by_name["cooperation_id"], by_name["title"], strict=True))
    height = round(LEGEND_PX + PITCH_PX * (line + 0.7 - RUNG_GAP / 2) + 4)
    return Chart(figure(traces, height, **layout), alt, data, Marks("cooperations", names))


def _dots(rung: pd.DataFrame, top: float) -> list[dict[str, Any]]:
    rows = rung[["cooperation_id", "title", "status", "commitment", "when"]].itertuples(index=False)
    return [
        {
            "id": record_id,
            "x": number % COLUMNS,
            "y": top + number // COLUMNS,
            "group": commitment,
            "text": f"{inert(title)}<br>{STATUS_STYLES[status].label}, {when}",
        }
        for number, (record_id, title, status, commitment, when) in enumerate(rows)
    ]


def _trace(commitment: str, dots: list[dict[str, Any]]) -> dict[str, Any]:
    style = COMMITMENT_STYLES[commitment]
    own = [dot for dot in dots if dot["group"] == commitment]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": commitment,
        "cliponaxis": False,
        "x": [dot["x"] for dot in own],
        "y": [dot["y"] for dot in own],
        "marker": {
            "symbol": style.symbol,
            "size": DOT_PX,
            "color": style.colour,
            "line": {"width": 1.5, "color": style.colour},
        },
        "customdata": [[dot["id"]] for dot in own],
        "text": [dot["text"] for dot in own],
        "hovertemplate": "%{text}<extra></extra>",
        **NOT_DIMMED,
    }

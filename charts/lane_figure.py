"""Draws lanes: the marks and bars of each kind in rows, the years, a horizon, and undated marks at the right end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from charts.chart import (
    LINE_HEIGHT_PX,
    MAX_LABEL_CHARS,
    NOT_DIMMED,
    figure,
    inert,
    line_across,
    top_legend,
    widest_px,
    wrapped,
)
from charts.theme import GRID, INK, MUTED_INK, PAPER

LEGEND_PX, NARROW_LEGEND_PX, AXIS_PX = 58, 88, 26
ROW_PX = 15  # from one mark to another above it, where two would cover each other
LANE_GAP_PX = 14
MARK_PX, BAR_PX = 10, 8
MAX_ROWS = 6  # of a lane; further marks lie over others
MARK_SHARE = 0.016  # of the axis that a mark takes in a window of usual width
MIN_SPAN_SHARE = 0.02  # of the axis; an event of several days that is shorter is a mark
UNDATED_SHARE, NARROW_UNDATED_SHARE = 0.1, 0.22  # of the axis, at its right end
UNDATED_COLUMNS = 3


@dataclass(frozen=True)
class MarkStyle:
    """How one group is drawn: name in the legend, colour, plotly symbol, and whether its bars are filled."""

    label: str
    colour: str
    symbol: str
    is_filled: bool = True


@dataclass(frozen=True)
class Horizon:
    """A day that is drawn as a line over all lanes, with its text."""

    day: date
    text: str


def lane_figure(
    rows: list[dict[str, Any]],
    kinds: list[str],
    counts: "pd.Series[int]",
    styles: Mapping[str, MarkStyle],
    horizon: Horizon | None,
    *,
    is_narrow: bool = False,
) -> dict[str, Any]:
    """Figure of the lanes of these kinds, from top to bottom, with the number of rows in each.

    ``rows`` have id, name, kind, group (a key of ``styles``), start and end (dates, None for undated), is_day and
    hover, in the order of their dates. In a narrow window the name of a lane stands above it instead of beside it.
    """
    first, last, end = _axis(rows, NARROW_UNDATED_SHARE if is_narrow else UNDATED_SHARE)
    line_text = _horizon_text(horizon, first, last, is_narrow=is_narrow)
    # In a narrow window the text of the line stands between the legend and the word "undated".
    legend_px = NARROW_LEGEND_PX + (LINE_HEIGHT_PX if line_text else 0) if is_narrow else LEGEND_PX
    heading = 16 if is_narrow else 0
    labels = [f"{wrapped(inert(kind), MAX_LABEL_CHARS)} <b>{counts[kind]}</b>" for kind in kinds]
    placed, tops, line = [], [], 0.0
    for kind, label in zip(kinds, labels, strict=True):
        own, height = _packed([row for row in rows if row["kind"] == kind], (last - first).days, last, end)
        tops.append(line)
        placed += [row | {"y": line + heading + LANE_GAP_PX / 2 + ROW_PX * (row["row"] + 0.5)} for row in own]
        beside = 0 if is_narrow else LINE_HEIGHT_PX * (label.count("<br>") + 1)
        line += max(heading + LANE_GAP_PX + ROW_PX * height, beside + 4)
    ends = [*tops[1:], line]
    layout = {
        "xaxis": {
            "type": "date",
            "range": [first.isoformat(), end.isoformat()],
            "fixedrange": True,
            "showgrid": True,
            "tickformat": "%Y",
            "tickvals": _years(first, last, 3 if is_narrow else 1),
            "tickfont": {"color": MUTED_INK},
        },
        "yaxis": {
            "range": [line, 0],
            "visible": not is_narrow,
            "tickmode": "array",
            "tickvals": [(top + bottom) / 2 for top, bottom in zip(tops, ends, strict=True)],
            "ticktext": labels,
            "showgrid": False,
            "fixedrange": True,
            "tickfont": {"size": 13, "color": INK},
            "ticklabelstandoff": 6,
        },
        "barmode": "overlay",
        "margin": {
            "l": 8 if is_narrow else round(widest_px(labels)) + 22,
            "r": 8,
            "t": legend_px,
            "b": AXIS_PX,
        },
        "showlegend": True,
        "legend": top_legend(),
        "shapes": [
            *(line_across(bottom) for bottom in ends[:-1]),
            *_horizon_line(horizon, first, last),
            *([_line_down(last, GRID)] if end > last else []),
        ],
        "annotations": [
            *([_lane_name(text, top) for text, top in zip(labels, tops, strict=True)] if is_narrow else []),
            *line_text,
            *([_undated_text(end)] if end > last else []),
        ],
    }
    span = (last - first).days
    traces = [trace for key, style in styles.items() for trace in _traces(placed, key, style, span)]
    return figure(traces, round(legend_px + line + AXIS_PX), **layout)


def _axis(rows: list[dict[str, Any]], undated_share: float) -> tuple[date, date, date]:
    """First and last day of the dated part of the axis, and the end of the part for undated rows."""
    dated = [row for row in rows if row["start"] is not None]
    first, last = min(row["start"] for row in dated), max(row["end"] for row in dated)
    margin = timedelta(days=max(31, round((last - first).days * 0.02)))
    first, last = first - margin, last + margin
    is_all = len(dated) == len(rows)
    return first, last, last if is_all else last + (last - first) * undated_share


def _years(first: date, last: date, step: int) -> list[str]:
    """First days of the years on the axis, at most sixteen of them."""
    years = [year for year in range(first.year + 1, last.year + 1)]
    return [f"{year}-01-01" for year in years[:: max(step, -(-len(years) // 16))]] or [first.isoformat()]


def _packed(rows: list[dict[str, Any]], span_days: int, last: date, end: date) -> tuple[list[dict[str, Any]], int]:
    """The rows of one lane with the ``row`` of each, so that no mark covers another, and how many rows there are."""
    pad = timedelta(days=max(1, round(span_days * MARK_SHARE / 2)))
    ends: list[date] = []
    packed = []
    for one in (row for row in rows if row["start"] is not None):
        free = next((number for number, taken in enumerate(ends) if taken < one["start"] - pad), len(ends))
        number = min(free, MAX_ROWS - 1)
        if number == len(ends):
            ends.append(one["end"] + pad)
        ends[number] = max(ends[number], one["end"] + pad)
        packed.append(one | {"row": number, "x": one["start"]})
    undated = [row for row in rows if row["start"] is None]
    step = (end - last) / (UNDATED_COLUMNS + 1)
    for number, one in enumerate(undated):
        column, row = number % UNDATED_COLUMNS, number // UNDATED_COLUMNS
        packed.append(one | {"row": row, "x": last + step * (column + 1)})
    height = max(row["row"] for row in packed) + 1
    return packed, height


def _traces(rows: list[dict[str, Any]], key: str, style: MarkStyle, span_days: int) -> list[dict[str, Any]]:
    """Bars for periods and marks for days and undated rows of one group, one entry in the legend for both."""
    own = [row for row in rows if row["group"] == key]
    bars = [row for row in own if _is_bar(row, span_days)]
    marks = [row for row in own if not _is_bar(row, span_days)]
    # The legend shows a mark, also where the group has bars only; a trace without a point would not be in it.
    found = [_marks(marks, style) if marks else _marks([], style) | {"x": [None], "y": [None]}] if own else []
    return [*found, *([_bar_trace(bars, style)] if bars else [])]


def _is_bar(row: dict[str, Any], span_days: int) -> bool:
    if row["start"] is None:
        return False
    return not row["is_day"] or (row["end"] - row["start"]).days > MIN_SPAN_SHARE * span_days


def _marks(rows: list[dict[str, Any]], style: MarkStyle) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": style.label,
        "cliponaxis": False,
        "x": [row["x"].isoformat() for row in rows],
        "y": [row["y"] for row in rows],
        "marker": {
            "symbol": style.symbol,
            "size": MARK_PX,
            "color": style.colour,
            "line": {"width": 2 if not style.is_filled else 1, "color": style.colour if not style.is_filled else PAPER},
        },
        **_hover(rows),
    }


def _bar_trace(rows: list[dict[str, Any]], style: MarkStyle) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": style.label,
        "showlegend": False,
        "width": BAR_PX,
        "base": [row["start"].isoformat() for row in rows],
        "x": [((row["end"] - row["start"]).days + 1) * 86_400_000 for row in rows],
        "y": [row["y"] for row in rows],
        "marker": {
            "color": style.colour if style.is_filled else PAPER,
            "line": {"color": style.colour, "width": 1.5},
        },
        **_hover(rows),
    }


def _hover(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "customdata": [[row["id"]] for row in rows],
        "hovertext": [row["hover"] for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        **NOT_DIMMED,
    }


def _horizon_line(horizon: Horizon | None, first: date, last: date) -> list[dict[str, Any]]:
    if horizon is None or not first < horizon.day < last:
        return []
    return [_line_down(horizon.day, MUTED_INK, "dot")]


def _line_down(day: date, colour: str, dash: str = "solid") -> dict[str, Any]:
    x = day.isoformat()
    line = {"color": colour, "width": 1.5, "dash": dash}
    return {"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "layer": "below", "line": line}


def _horizon_text(horizon: Horizon | None, first: date, last: date, *, is_narrow: bool) -> list[dict[str, Any]]:
    """The text of the line, on the side of it with more room; in a narrow window at the right end."""
    if horizon is None or not _horizon_line(horizon, first, last):
        return []
    is_late = (horizon.day - first) > (last - first) / 2
    place = {"xref": "paper", "x": 1} if is_narrow else {"x": horizon.day.isoformat()}
    return [
        place
        | {
            "y": 1,
            "yref": "paper",
            "text": inert(horizon.text),
            "showarrow": False,
            "xanchor": "right" if is_late or is_narrow else "left",
            "yanchor": "bottom",
            "yshift": LINE_HEIGHT_PX if is_narrow else 0,  # above the word "undated"
            "font": {"size": 12, "color": MUTED_INK},
        }
    ]


def _undated_text(end: date) -> dict[str, Any]:
    return {
        "x": end.isoformat(),
        "xanchor": "right",
        "y": 1,
        "yref": "paper",
        "text": "undated",
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"size": 13, "color": MUTED_INK},
    }


def _lane_name(text: str, top: float) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 0,
        "y": top,
        "text": text.replace("<br>", " "),
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "top",
        "font": {"size": 13, "color": INK},
    }

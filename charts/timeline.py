"""Timelines that show how precisely a date is known: a day is a dot, a month or year a bar over all its days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import LINE_HEIGHT_PX, Chart, figure, require, wrapped
from charts.theme import ACCENT, GREY, GRID, INK, MUTED_INK, PAPER, SIDE_COLOURS
from domain.frames import records
from domain.text import as_date, format_list, format_period
from domain.vocabulary import SIDE_LABELS

MAX_TEXT_CHARS = 40  # on one line; fits a phone of 390 pixels
LANE_GAP_PX = 24  # from one mark to the text of the next
BAR_WIDTH_PX = 11
MIN_SPAN_SHARE = 0.02  # of the axis; an event of several days that is shorter is drawn as a dot


@dataclass(frozen=True)
class MarkStyle:
    """How one group of a timeline is drawn; `label` is part of the text of each of its rows."""

    label: str
    colour: str
    symbol: str
    pattern: str


EVENT_STYLES = MappingProxyType(
    {
        "held": MarkStyle("held", ACCENT, "circle", ""),
        "planned": MarkStyle("planned in the source", ACCENT, "circle-open", "/"),
        "not stated": MarkStyle("held or not: not stated", GREY, "diamond-open", "."),
    }
)
POLICY_STYLES = MappingProxyType(
    {
        "EU": MarkStyle(SIDE_LABELS["EU"], SIDE_COLOURS["EU"], "circle", ""),
        "US": MarkStyle(SIDE_LABELS["US"], SIDE_COLOURS["US"], "diamond", ""),
        "BOTH": MarkStyle(SIDE_LABELS["BOTH"], SIDE_COLOURS["BOTH"], "star", ""),
        "OTHER": MarkStyle(SIDE_LABELS["OTHER"].lower(), SIDE_COLOURS["OTHER"], "square", ""),
    }
)


def event_timeline(frame: pd.DataFrame) -> Chart:
    """Timeline of events: event_id, name, kind, status_in_source, start_on, end_on, date_precision."""
    return timeline(frame, row_id="event_id", group="status_in_source", styles=EVENT_STYLES, noun="events")


def policy_timeline(frame: pd.DataFrame) -> Chart:
    """Timeline of policy instruments: policy_id, name, kind, side, start_on, end_on, date_precision."""
    return timeline(frame, row_id="policy_id", group="side", styles=POLICY_STYLES, noun="policy instruments")


def timeline(frame: pd.DataFrame, *, row_id: str, group: str, styles: Mapping[str, MarkStyle], noun: str) -> Chart:
    """Chart of one lane per row, sorted by date, with date, kind, group and name above its mark.

    Columns: `row_id`, name, kind, `group` (a key of `styles`), start_on, end_on, date_precision.
    Undated rows are not drawn; the alt text counts them, the page lists them. Raises
    ValueError for an empty frame, an unknown group, and when no row has a date.
    """
    require(frame, row_id, "name", "kind", group, "start_on", "end_on", "date_precision")
    unknown = set(frame[group]) - set(styles)
    if unknown:
        raise ValueError(f"unknown {group} {format_list(sorted(unknown))}; the model has {', '.join(styles)}")
    dated = frame[frame["date_precision"] != "undated"].sort_values(["start_on", "end_on", "name"], kind="stable")
    if dated.empty:
        raise ValueError(f"nothing to draw: none of the {len(frame)} {noun} has a date. List them instead")
    rows = [_lane(row, row_id, group, styles) for row in records(dated)]
    lanes = list(accumulate(LANE_GAP_PX + LINE_HEIGHT_PX * (row["text"].count("<br>") + 1) for row in rows))
    span = (max(row["end"] for row in rows) - rows[0]["start"]).days
    traces = [trace for name in styles for trace in _marks(rows, lanes, name, styles[name], MIN_SPAN_SHARE * span)]
    traces.append(_labels(rows, lanes, _axis_range(rows)[0]))
    bottom = lanes[-1] + 16  # the vertical axis is in pixels from the top
    layout = {
        "xaxis": {
            "type": "date",
            "range": _axis_range(rows),
            "side": "bottom",
            "fixedrange": True,
            "showgrid": True,
            "tickfont": {"color": MUTED_INK},
            "nticks": 6,
            "automargin": False,
        },
        "yaxis": {"range": [bottom, 0], "visible": False, "fixedrange": True},
        "barmode": "overlay",
        "margin": {"l": 12, "r": 12, "t": 4, "b": 36},
        "shapes": [_lane_line(lane) for lane in lanes],
    }
    return Chart(figure(traces, bottom + 40, **layout), _alt(rows, len(frame) - len(dated), noun))


def _lane(row: dict[str, Any], row_id: str, group: str, styles: Mapping[str, MarkStyle]) -> dict[str, Any]:
    """What is drawn of one row, and its text: a dict with the keys used below."""
    start = as_date(row["start_on"])
    period = format_period(row["start_on"], row["end_on"], row["date_precision"])
    description = f"{row['kind']}, {styles[row[group]].label}"
    separator = " · " if len(period) + len(description) < MAX_TEXT_CHARS else "<br>"
    return {
        "id": row[row_id],
        "name": row["name"],
        "group": row[group],
        "start": start,
        "period": period,
        "end": as_date(row["end_on"]) or start,
        "is_day": row["date_precision"] == "day",
        "description": description,
        "text": f"<b>{period}</b>{separator}{description}<br>{wrapped(row['name'], MAX_TEXT_CHARS)}",
    }


def _marks(
    rows: list[dict[str, Any]],
    lanes: list[int],
    name: str,
    style: MarkStyle,
    min_span_days: float,
) -> list[dict[str, Any]]:
    """Traces of one group: bars for periods, dots for days; a bar as well for more than `min_span_days` in a row."""
    own = [(row, lane) for row, lane in zip(rows, lanes, strict=True) if row["group"] == name]
    spans = [(row, lane) for row, lane in own if not row["is_day"] or (row["end"] - row["start"]).days > min_span_days]
    days = [(row, lane) for row, lane in own if row["is_day"]]
    traces = []
    if spans:
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": style.label,
                "width": BAR_WIDTH_PX,
                "base": [row["start"].isoformat() for row, _ in spans],
                "x": [((row["end"] - row["start"]).days + 1) * 86_400_000 for row, _ in spans],
                "y": [lane for _, lane in spans],
                "marker": {
                    "color": style.colour,
                    "line": {"color": style.colour, "width": 1.5},
                    "pattern": {
                        "shape": style.pattern,
                        "fgcolor": style.colour,
                        "bgcolor": PAPER,
                        "fillmode": "replace",
                        "size": 6,
                    },
                },
                **_hover(spans),
            }
        )
    if days:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": style.label,
                "x": [row["start"].isoformat() for row, _ in days],
                "y": [lane for _, lane in days],
                "marker": {
                    "symbol": style.symbol,
                    "size": 12,
                    "color": style.colour,
                    "line": {"color": style.colour, "width": 2},
                },
                **_hover(days),
            }
        )
    return traces


def _hover(marks: list[tuple[dict[str, Any], int]]) -> dict[str, Any]:
    return {
        "customdata": [[row["id"], row["name"], row["period"], row["description"]] for row, _ in marks],
        "hovertemplate": "%{customdata[2]}<br>%{customdata[1]}<br>%{customdata[3]}<extra></extra>",
    }


def _labels(rows: list[dict[str, Any]], lanes: list[int], left: str) -> dict[str, Any]:
    """The text of each row above its mark, from the left edge: a phone is too narrow for it beside the mark.

    One trace for all texts: an annotation each would take three times as long to draw.
    """
    return {
        "type": "scatter",
        "mode": "text",
        "name": "labels",
        "x": [left] * len(rows),
        "y": [lane - 9 for lane in lanes],
        "text": [row["text"] for row in rows],
        "textposition": "top right",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "textfont": {"size": 13, "color": INK},
    }


def _lane_line(lane: int) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": lane,
        "y1": lane,
        "layer": "below",
        "line": {"color": GRID, "width": 1},
    }


def _axis_range(rows: list[dict[str, Any]]) -> list[str]:
    """First and last day of the axis: those of the rows with a margin of three per cent, at least a month."""
    first: date = min(row["start"] for row in rows)
    last: date = max(row["end"] for row in rows)
    margin = timedelta(days=max(31, round((last - first).days * 0.03)))
    return [(first - margin).isoformat(), (last + margin).isoformat()]


def _alt(rows: list[dict[str, Any]], undated: int, noun: str) -> str:
    """First and last date, then each row with its date as precisely as it is known."""
    not_drawn = f" {undated} undated, not drawn." if undated else ""
    listed = "; ".join(f"{row['period']}: {row['name']} ({row['description']})" for row in rows)
    if len(rows) == 1:
        return f"Timeline of 1 dated {noun.removesuffix('s')}.{not_drawn} {listed}."
    return (
        f"Timeline of {len(rows)} dated {noun}, from {rows[0]['period']} to {rows[-1]['period']}.{not_drawn} {listed}."
    )

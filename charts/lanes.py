"""Dated records on one screen: a lane for each kind, a mark for a day, a bar for a month, season or year."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import Chart, ChartData, Marks, Series, inert, require, wrapped
from charts.lane_figure import Horizon, MarkStyle, lane_figure
from charts.theme import ACCENT, GREY, SIDE_COLOURS
from domain.frames import records
from domain.text import as_date, format_list, format_period
from domain.vocabulary import SIDE_LABELS

EVENT_STYLES = MappingProxyType(
    {
        "held": MarkStyle("held", ACCENT, "circle"),
        "planned": MarkStyle("planned in the source", ACCENT, "circle-open", False),
        "not stated": MarkStyle("held or not: not stated", GREY, "diamond-open", False),
    }
)
POLICY_STYLES = MappingProxyType(
    {
        "EU": MarkStyle(SIDE_LABELS["EU"], SIDE_COLOURS["EU"], "circle"),
        "US": MarkStyle(SIDE_LABELS["US"], SIDE_COLOURS["US"], "diamond"),
        "BOTH": MarkStyle(SIDE_LABELS["BOTH"], SIDE_COLOURS["BOTH"], "star"),
        "OTHER": MarkStyle(SIDE_LABELS["OTHER"].lower(), SIDE_COLOURS["OTHER"], "square"),
    }
)


def event_lanes(frame: pd.DataFrame, horizon: Horizon | None = None) -> Chart:
    """Lanes of events: event_id, name, kind, status_in_source, start_on, end_on, date_precision."""
    return _lanes(frame, "events", "event_id", "status_in_source", EVENT_STYLES, "events", horizon)


def policy_lanes(frame: pd.DataFrame, horizon: Horizon | None = None) -> Chart:
    """Lanes of policy instruments: policy_id, name, kind, side, start_on, end_on, date_precision.

    The counts by kind and side are its bars.
    """
    return _lanes(frame, "policies", "policy_id", "side", POLICY_STYLES, "policy instruments", horizon, has_bars=True)


def _lanes(
    frame: pd.DataFrame,
    table: str,
    row_id: str,
    group: str,
    styles: Mapping[str, MarkStyle],
    nouns: str,
    horizon: Horizon | None,
    *,
    has_bars: bool = False,
) -> Chart:
    """Chart of one lane per kind, the largest first, with undated rows at its right end.

    Raises ValueError for an empty frame, an unknown group, and when no row has a date.
    """
    require(frame, row_id, "name", "kind", group, "start_on", "end_on", "date_precision")
    unknown = set(frame[group]) - set(styles)
    if unknown:
        raise ValueError(f"unknown {group} {format_list(sorted(unknown))}; the model has {', '.join(styles)}")
    if (frame["date_precision"] == "undated").all():
        raise ValueError(f"nothing to draw: none of the {len(frame)} {nouns} has a date. List them instead")
    rows = [_mark(row, row_id, group, styles) for row in records(frame.sort_values(["start_on", "end_on", "name"]))]
    counts = frame["kind"].value_counts()
    kinds = sorted(map(str, counts.index), key=lambda kind: (-counts[kind], kind))
    names = {row["id"]: f"{row['name']} ({row['period']})" for row in sorted(rows, key=lambda own: own["name"].lower())}
    return Chart(
        lane_figure(rows, kinds, counts, styles, horizon),
        _alt(rows, nouns),
        _bars(frame, kinds, group, styles, nouns) if has_bars else None,
        Marks(table, names),
        narrow=lane_figure(rows, kinds, counts, styles, horizon, is_narrow=True),
    )


def _mark(row: dict[str, Any], row_id: str, group: str, styles: Mapping[str, MarkStyle]) -> dict[str, Any]:
    """What is drawn of one row: a dict with the keys used below."""
    start = as_date(row["start_on"]) if row["date_precision"] != "undated" else None
    period = format_period(row["start_on"], row["end_on"], row["date_precision"])
    description = f"{row['kind']}, {styles[row[group]].label}"
    return {
        "id": row[row_id],
        "name": row["name"],
        "kind": row["kind"],
        "group": row[group],
        "start": start,
        "end": as_date(row["end_on"]) or start if start else None,
        "is_day": row["date_precision"] == "day",
        "period": period,
        "description": description,
        "hover": f"<b>{period}</b><br>{wrapped(inert(row['name']), 60)}<br>{inert(description)}",
    }


def _bars(frame: pd.DataFrame, kinds: list[str], group: str, styles: Mapping[str, MarkStyle], nouns: str) -> ChartData:
    """The rows counted by kind and group."""
    counts = frame.groupby(["kind", group]).size()
    present = [key for key in styles if key in set(frame[group])]
    series = tuple(
        Series(
            name=styles[key].label,
            values=tuple(int(counts.get((kind, key), 0)) for kind in kinds),
            colour=styles[key].colour,
            number_format="#,##0;;",
        )
        for key in present
    )
    return ChartData(categories=tuple(kinds), series=series, unit=nouns, is_stacked=True)


def _alt(rows: list[dict[str, Any]], nouns: str) -> str:
    """First and last date, then each row with its date as precisely as it is known, the undated ones last."""
    dated = [row for row in rows if row["start"] is not None]
    undated = [row for row in rows if row["start"] is None]
    listed = "; ".join(f"{row['period']}: {row['name']} ({row['description']})" for row in [*dated, *undated])
    more = f", and {len(undated)} undated" if undated else ""
    dates = f"in the order of the first day of their dates, from {dated[0]['period']} to {dated[-1]['period']}"
    return f"Lanes of {len(dated)} dated {nouns} by kind, {dates}{more}. {listed}."

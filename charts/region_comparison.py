"""Location quotients of up to ten regions compared: by traded cluster, and over the years."""

from dataclasses import dataclass

import pandas as pd

from charts.chart import Chart, figure, inert, label_axis, label_margin, require, row_height, top_legend
from charts.location_quotients import MEASURE, reference_line
from charts.theme import GREY, GRID, MUTED_INK
from domain.text import format_list

ROW_HEIGHT_PX = 26
LEGEND_ROW_PX = 22
SHORT_NAME_CHARS = 14  # two names up to this length fit on a line of the legend on a phone
MAX_YEAR_TICKS = 8


@dataclass(frozen=True)
class RegionStyle:
    """How one of the compared regions is drawn, by its place in the choice; symbols differ as well as colours."""

    colour: str
    symbol: str
    dash: str


_COLOURS = ("#12436D", "#A63D0A", "#1E8449", "#8E24AA", GREY)
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "star")
REGION_STYLES = tuple(
    RegionStyle(colour, symbol + suffix, dash)
    for suffix, dash in (("", "solid"), ("-open", "dash"))
    for colour, symbol in zip(_COLOURS, _SYMBOLS, strict=True)
)


def quotient_comparison(frame: pd.DataFrame, *, row: str, region: str, value: str, order: list[str]) -> Chart:
    """Chart of rows (traded clusters) in the order of the frame, with a dot for each of up to ten regions.

    `order`: names of the regions compared, whose place decides their style in every chart. A missing quotient has no
    dot. Raises ValueError for an empty frame, more than ten regions, a pair given twice, and when no row has a
    quotient.
    """
    require(frame, row, region, value)
    _require_once(frame, region, row)
    styles = _styles(frame, region, value, order)
    names = list(styles)
    known = frame[frame[value].notna()]
    labels: list[str] = list(dict.fromkeys(known[row]))
    traces = []
    for name, style in styles.items():
        own = known[known[region] == name]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": inert(name),
                "x": own[value].tolist(),
                "y": own[row].tolist(),
                "cliponaxis": False,
                "marker": {
                    "symbol": style.symbol,
                    "color": style.colour,
                    "size": 11,
                    "line": {"color": style.colour, "width": 2},
                },
                "hovertemplate": f"%{{y}}, {inert(name)}: {MEASURE} %{{x:.2f}}<extra></extra>",
            }
        )
    largest = max(float(known[value].max()), 1.0)
    layout = {
        "xaxis": {
            "range": [0, largest * 1.04],
            "side": "top",
            "fixedrange": True,
            "nticks": 6,
            "tickfont": {"color": MUTED_INK},
        },
        "yaxis": label_axis(labels) | {"showgrid": True, "gridcolor": GRID, "ticklabelstandoff": 10},
        "margin": {"l": label_margin(labels, 10), "r": 16, "t": _legend_height_px(names) + 32, "b": 8},
        "shapes": [reference_line("x")],
        "showlegend": True,
        "legend": top_legend(),
    }
    alt = (
        f"Dots of {MEASURE}s of {format_list(names)} in {len(labels)} industries. "
        f"Highest of each region: {'; '.join(_highest(known, row, region, value, name) for name in names)}."
    )
    height = row_height(labels, ROW_HEIGHT_PX) * len(labels) + _legend_height_px(names) + 44
    return Chart(figure(traces, height, **layout), alt)


def quotient_series(frame: pd.DataFrame, *, year: str, region: str, value: str, order: list[str]) -> Chart:
    """Chart of a line for each of up to ten regions over the years; a missing quotient leaves a gap.

    `order`: names of the regions compared, whose place decides their style in every chart. Raises ValueError for an
    empty frame, more than ten regions, a year given twice for a region, fewer than two years.
    """
    require(frame, year, region, value)
    _require_once(frame, region, year)
    styles = _styles(frame, region, value, order)
    names = list(styles)
    years = sorted(set(frame[year]))
    if len(years) < 2:
        raise ValueError(f"a series needs at least two years, got {years[0]} alone")
    traces = []
    for name, style in styles.items():
        own = frame[frame[region] == name].set_index(year)[value].reindex(years)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": inert(name),
                "x": [int(number) for number in years],
                "y": [None if pd.isna(number) else float(number) for number in own],
                "connectgaps": False,
                "cliponaxis": False,
                "line": {"color": style.colour, "dash": style.dash, "width": 2},
                "marker": {"symbol": style.symbol, "color": style.colour, "size": 9},
                "hovertemplate": f"{inert(name)}, %{{x}}: {MEASURE} %{{y:.2f}}<extra></extra>",
            }
        )
    largest = max(float(frame[value].max()), 1.0)
    layout = {
        "xaxis": {
            "fixedrange": True,
            "showgrid": False,
            "tickformat": "d",
            "tickmode": "array",
            "tickvals": _year_ticks(years),
        },
        "yaxis": {"range": [0, largest * 1.06], "fixedrange": True, "nticks": 6},
        "margin": {"l": 44, "r": 24, "t": _legend_height_px(names) + 12, "b": 36},
        "shapes": [reference_line("y")],
        "showlegend": True,
        "legend": top_legend(),
    }
    changes = "; ".join(_change(frame, year, region, value, name) for name in names)
    alt = f"Lines of {MEASURE}s from {years[0]} to {years[-1]}: {changes}."
    return Chart(figure(traces, 300 + _legend_height_px(names), **layout), alt)


def _require_once(frame: pd.DataFrame, region: str, column: str) -> None:
    """Raise ValueError when a region has a value of the column twice."""
    doubled = frame[frame.duplicated([column, region])]
    if not doubled.empty:
        raise ValueError(f"{doubled[region].iloc[0]} has {doubled[column].iloc[0]!r} more than once")


def _styles(frame: pd.DataFrame, region: str, value: str, order: list[str]) -> dict[str, RegionStyle]:
    """The style of each region that has a row, by its place in the choice."""
    if len(order) > len(REGION_STYLES):
        raise ValueError(f"at most {len(REGION_STYLES)} regions can be told apart, got {len(order)}")
    present = set(frame[region])
    unexpected = sorted(present - set(order))
    if unexpected:
        raise ValueError(f"{unexpected[0]} is not one of the regions compared: {format_list(order)}")
    if frame[value].isna().all():
        raise ValueError(f"nothing to draw: none of {format_list(order)} has a {MEASURE}. Show the table instead")
    return {name: style for name, style in zip(order, REGION_STYLES, strict=False) if name in present}


def _legend_height_px(names: list[str]) -> int:
    """Height of the legend on a phone, where two short names or one long name fit on a line."""
    lines = sum(0.5 if len(name) <= SHORT_NAME_CHARS else 1 for name in names)
    return round(LEGEND_ROW_PX * (lines + 1))


def _year_ticks(years: list[int]) -> list[int]:
    """At most MAX_YEAR_TICKS of the years, evenly spaced."""
    step = -(-len(years) // MAX_YEAR_TICKS)
    return [int(year) for year in years[::step]]


def _highest(known: pd.DataFrame, row: str, region: str, value: str, name: str) -> str:
    """'Ohio Plastics 1.84' for the row where the region has its highest quotient."""
    own = known[known[region] == name]
    if own.empty:
        return f"{name} none"
    best = own.sort_values(value, ascending=False, kind="stable").iloc[0]
    return f"{name} {best[row]} {best[value]:.2f}"


def _change(frame: pd.DataFrame, year: str, region: str, value: str, name: str) -> str:
    """'Ohio 1.20 in 2015, 1.84 in 2017': the first and the last known quotient of a region."""
    own = frame[(frame[region] == name) & frame[value].notna()].sort_values(year)
    if own.empty:
        return f"{name} not stated"
    first, last = own.iloc[0], own.iloc[-1]
    if len(own) == 1:
        return f"{name} {last[value]:.2f} in {last[year]} alone"
    return f"{name} {first[value]:.2f} in {first[year]}, {last[value]:.2f} in {last[year]}"

"""Location quotients as dots, by region, by traded cluster and by year; 1 is the share in the whole country."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import (
    Chart,
    figure,
    label_axis,
    label_margin,
    require,
    require_unique,
    row_height,
    row_text,
    text_margin_px,
)
from charts.theme import ACCENT, GREY, GRID, INK, MUTED_INK, PAPER
from domain.text import format_list

ROW_HEIGHT = 30
LEGEND_ROW = 22  # pixels
MAX_REGIONS = 10
WORDS = "location quotient"


@dataclass(frozen=True)
class RegionStyle:
    """How one of the compared regions is drawn, by its place in the choice; the symbol differs as well as the hue."""

    colour: str
    symbol: str
    dash: str


_HUES = ("#12436D", "#A63D0A", "#1E8449", "#8E24AA", GREY)
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "star")
REGION_STYLES = tuple(
    RegionStyle(colour, symbol + suffix, dash)
    for suffix, dash in (("", "solid"), ("-open", "dash"))
    for colour, symbol in zip(_HUES, _SYMBOLS, strict=True)
)
# A quotient the source prints is a filled dot, one computed here an open one.
BASIS_SYMBOLS = MappingProxyType({"stated": "circle", "computed": "circle-open"})


def quotient_dots(frame: pd.DataFrame, *, label: str, value: str, basis: str) -> Chart:
    """One dot a row on an axis that crosses 1, the highest first.

    `label`: column of distinct names; `value`: column of location quotients, none missing; `basis`: 'stated' or
    'computed'. Raises ValueError for an empty frame, a doubled label, a missing value and an unknown basis.
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
    labels = rows[label].tolist()
    largest = max(float(rows[value].max()), 1.0)
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": rows[value].tolist(),
        "y": labels,
        "cliponaxis": False,
        "text": [f" {number:.2f}" for number in rows[value]],
        "textposition": "middle right",
        "textfont": {"color": INK, "size": 13},
        "marker": {
            "symbol": [BASIS_SYMBOLS[name] for name in rows[basis]],
            "size": 12,
            "color": [ACCENT if number >= 1 else GREY for number in rows[value]],
            "line": {"width": 2},
        },
        "customdata": [[name] for name in rows[basis]],
        "hovertemplate": f"%{{y}}: {WORDS} %{{x:.2f}}, %{{customdata[0]}}<extra></extra>",
    }
    layout = {
        "xaxis": {"range": [0, largest], "visible": False, "fixedrange": True},
        "yaxis": label_axis(labels) | {"ticklabelstandoff": 14},
        "margin": {"l": label_margin(labels, 14), "r": text_margin_px(dots["text"]) + 4, "t": 26, "b": 8},
        "shapes": [*_stems(rows[value].tolist()), _one()],
        "annotations": [_one_word()],
    }
    above = int((rows[value] > 1).sum())
    alt = (
        f"Dots of {WORDS}s, {len(rows)} rows, {above} of them above 1, the share in the whole country. "
        f"{row_text(rows, label, [f'{number:.2f}' for number in rows[value]])}."
    )
    return Chart(figure([dots], row_height(labels, ROW_HEIGHT) * len(rows) + 40, **layout), alt)


def quotient_comparison(frame: pd.DataFrame, *, row: str, region: str, value: str, order: list[str]) -> Chart:
    """Rows (traded clusters) in the order of the frame, with a dot for each of up to ten regions.

    `order`: names of the regions compared, each of which keeps its look in every chart. A missing quotient draws no dot.
    Raises ValueError for an empty frame, more than ten regions, a pair given twice, and when no row has a quotient.
    """
    require(frame, row, region, value)
    _require_once(frame, region, row)
    styles = _styles(frame, region, value, order)
    names = list(styles)
    known = frame[frame[value].notna()]
    labels = list(dict.fromkeys(known[row]))
    traces = []
    for name, style in styles.items():
        own = known[known[region] == name]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": own[value].tolist(),
                "y": own[row].tolist(),
                "cliponaxis": False,
                "marker": {
                    "symbol": style.symbol,
                    "color": style.colour,
                    "size": 11,
                    "line": {"color": style.colour, "width": 2},
                },
                "hovertemplate": f"%{{y}}, {name}: {WORDS} %{{x:.2f}}<extra></extra>",
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
        "margin": {"l": label_margin(labels, 10), "r": 16, "t": _legend_height(names) + 32, "b": 8},
        "shapes": [_one()],
    } | _legend()
    alt = (
        f"Dots of {WORDS}s of {format_list(names)} in {len(labels)} traded clusters. "
        f"Highest of each region: {'; '.join(_highest(known, row, region, value, name) for name in names)}."
    )
    height = row_height(labels, 26) * len(labels) + _legend_height(names) + 44
    return Chart(figure(traces, height, **layout), alt)


def quotient_series(frame: pd.DataFrame, *, year: str, region: str, value: str, order: list[str]) -> Chart:
    """A line for each of up to ten regions over the years; a missing quotient leaves a gap.

    `order`: names of the regions compared, each of which keeps its look in every chart. Raises ValueError for an empty
    frame, more than ten regions, a year given twice for a region, fewer than two years.
    """
    require(frame, year, region, value)
    _require_once(frame, region, year)
    styles = _styles(frame, region, value, order)
    names = list(styles)
    years = sorted(set(frame[year]))
    if len(years) < 2:
        raise ValueError(f"a series needs two years at least, got {years[0]} alone")
    traces = []
    for name, style in styles.items():
        own = frame[frame[region] == name].set_index(year)[value].reindex(years)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": [int(number) for number in years],
                "y": [None if pd.isna(number) else float(number) for number in own],
                "connectgaps": False,
                "cliponaxis": False,
                "line": {"color": style.colour, "dash": style.dash, "width": 2},
                "marker": {"symbol": style.symbol, "color": style.colour, "size": 9},
                "hovertemplate": f"{name}, %{{x}}: {WORDS} %{{y:.2f}}<extra></extra>",
            }
        )
    largest = max(float(frame[value].max()), 1.0)
    layout = {
        "xaxis": {
            "fixedrange": True,
            "showgrid": False,
            "tickformat": "d",
            "tickmode": "array",
            "tickvals": _some(years),
        },
        "yaxis": {"range": [0, largest * 1.06], "fixedrange": True, "nticks": 6},
        "margin": {"l": 44, "r": 24, "t": _legend_height(names) + 12, "b": 36},
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": 1,
                "y1": 1,
                "layer": "below",
                "line": {"color": MUTED_INK, "width": 1, "dash": "dot"},
            }
        ],
    } | _legend()
    alt = f"Lines of {WORDS}s from {years[0]} to {years[-1]}: {'; '.join(_course(frame, year, region, value, name) for name in names)}."
    return Chart(figure(traces, 300 + _legend_height(names), **layout), alt)


def _require_once(frame: pd.DataFrame, region: str, column: str) -> None:
    """Raise ValueError when a region has a value of the column twice."""
    doubled = frame[frame.duplicated([column, region])]
    if not doubled.empty:
        raise ValueError(f"{doubled[region].iloc[0]} has {doubled[column].iloc[0]!r} more than once")


def _require_values(frame: pd.DataFrame, label: str, value: str) -> None:
    missing = frame.loc[frame[value].isna(), label]
    if not missing.empty:
        raise ValueError(f"{missing.iloc[0]} has no {WORDS}: rows without one belong in the table")


def _styles(frame: pd.DataFrame, region: str, value: str, order: list[str]) -> dict[str, RegionStyle]:
    """The look of each region that has a row, by its place in the choice."""
    if len(order) > MAX_REGIONS:
        raise ValueError(f"at most {MAX_REGIONS} regions can be told apart, got {len(order)}")
    present = set(frame[region])
    strange = sorted(present - set(order))
    if strange:
        raise ValueError(f"{strange[0]} is not one of the regions compared: {format_list(order)}")
    if frame[value].isna().all():
        raise ValueError(f"nothing to draw: none of {format_list(order)} has a {WORDS}. Show the table instead")
    return {name: style for name, style in zip(order, REGION_STYLES, strict=False) if name in present}


def _stems(values: list[float]) -> list[dict[str, Any]]:
    """From 1 to each dot, so that below and above are seen at once."""
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


def _one() -> dict[str, Any]:
    return {
        "type": "line",
        "x0": 1,
        "x1": 1,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": MUTED_INK, "width": 1, "dash": "dot"},
    }


def _one_word() -> dict[str, Any]:
    return {
        "x": 1,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "text": "1",
        "showarrow": False,
        "bgcolor": PAPER,
        "font": {"color": MUTED_INK, "size": 13},
    }


def _legend() -> dict[str, Any]:
    return {
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }


def _legend_height(names: list[str]) -> int:
    """Room for the legend on a phone, where two short names or one long name fit a line."""
    lines = sum(0.5 if len(name) <= 14 else 1 for name in names)
    return round(LEGEND_ROW * (lines + 1))


def _some(years: list[int], most: int = 8) -> list[int]:
    step = -(-len(years) // most)
    return [int(year) for year in years[::step]]


def _highest(known: pd.DataFrame, row: str, region: str, value: str, name: str) -> str:
    own = known[known[region] == name]
    if own.empty:
        return f"{name} none"
    best = own.loc[own[value].idxmax()]
    return f"{name} {best[row]} {best[value]:.2f}"


def _course(frame: pd.DataFrame, year: str, region: str, value: str, name: str) -> str:
    own = frame[(frame[region] == name) & frame[value].notna()].sort_values(year)
    if own.empty:
        return f"{name} not stated"
    first, last = own.iloc[0], own.iloc[-1]
    if len(own) == 1:
        return f"{name} {last[value]:.2f} in {last[year]} alone"
    return f"{name} {first[value]:.2f} in {first[year]}, {last[value]:.2f} in {last[year]}"

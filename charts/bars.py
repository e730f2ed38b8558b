"""Horizontal bars for counts: sorted, starting at 0, each with its value beside it."""

from collections.abc import Mapping
from typing import Any

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
    text_margin_px,
    top_legend,
)
from charts.theme import (
    ACCENT,
    GREY,
    INK,
    MUTED_INK,
    PAPER,
    STATUS_STYLES,
    text_on,
)
from domain.text import format_count, format_list, plural

ROW_HEIGHT_PX = 30
NUMBER_SIZE_PX = 13  # in a part of a bar


def count_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    unit: str,
    colours: Mapping[str, str] | None = None,
    colour_by: str | None = None,
    row_id: str | None = None,
) -> Chart:
    """Chart of one bar per row, longest first.

    `label`: column of distinct names; `value`: column of whole counts of `unit`
    ("organisations"). `colours` maps values of column `colour_by` (default: the label)
    to colours, with grey for all others; without it all bars have the accent colour.
    `row_id`: column that a selected bar returns as customdata.
    Raises ValueError for an empty frame or a repeated label.
    """
    require(frame, label, value)
    require_unique(frame, label)
    rows = frame.sort_values([value, label], ascending=[False, True], kind="stable")
    keys = rows[colour_by or label]
    bar = _bar(rows, label, value, [format_count(count) for count in rows[value]])
    bar["marker"] = {"color": [colours.get(key, GREY) for key in keys] if colours is not None else ACCENT}
    bar["hovertemplate"] = f"%{{y}}: %{{x}} {unit}<extra></extra>"
    if row_id:
        bar["customdata"] = [[identifier] for identifier in rows[row_id]]
    labels = rows[label].tolist()
    layout = _layout(labels, rows[value].max(), text_margin_px(bar["text"]))
    height = row_height(labels, ROW_HEIGHT_PX) * len(rows) + 24
    series = Series(
        name=unit,
        values=numbers(rows[value]),
        colour=ACCENT,
        colours=() if colours is None else tuple(bar["marker"]["color"]),
    )
    data = ChartData(categories=tuple(labels), series=(series,), unit=unit)
    return Chart(figure([bar], height, **layout), _count_alt(rows, label, value, unit), data)


def status_bars(
    frame: pd.DataFrame, *, label: str, unit: str = "cooperations", status: str = "status", value: str = "count"
) -> Chart:
    """Chart of one bar per label, divided by cooperation status, without totals: an intention is not a signature.

    `frame` has one row per label and status, with its `commitment`; column `value` holds whole counts of `unit`. Bars
    are sorted by what is agreed or carried out, then by all counts. Raises ValueError for an empty frame and an unknown
    status.
    """
    require(frame, label, status, "commitment", value)
    unknown = set(frame[status]) - set(STATUS_STYLES)
    if unknown:
        raise ValueError(f"unknown status {format_list(sorted(unknown))}; the model has {', '.join(STATUS_STYLES)}")
    table = frame.pivot_table(index=label, columns=status, values=value, aggfunc="sum", fill_value=0)
    present = [name for name in STATUS_STYLES if name in table.columns]
    intentions = set(frame.loc[frame["commitment"] == "intention", status])
    committed = [name for name in present if name not in intentions]
    # The sum over no column at all would be 0.0.
    sums = {"_committed": table[committed].sum(axis=1).astype(int), "_all": table[present].sum(axis=1)}
    table = table.assign(**sums).reset_index()
    table = table.sort_values(["_committed", "_all", label], ascending=[False, False, True], kind="stable")
    bars = [_segment(table, label, name, unit) for name in present]
    layout = _layout(table[label].tolist(), table["_all"].max(), 12)
    layout |= {
        "barmode": "stack",
        # A part that is too narrow for its number, as on a phone, has none: the table and the tooltip have it.
        "uniformtext": {"mode": "hide", "minsize": NUMBER_SIZE_PX},
        "showlegend": True,
        "margin": layout["margin"] | {"t": 76},
        "legend": top_legend(),
    }
    totals = {name: int(table[name].sum()) for name in present}
    alt = (
        f"Bars of {unit} divided by status, {plural(len(table), 'row')}. In all rows: "
        + ", ".join(f"{STATUS_STYLES[name].label.lower()} {count}" for name, count in totals.items())
        + ". "
        + row_text(table, label, [f"{count} agreed or carried out" for count in table["_committed"]])
        + "."
    )
    series = tuple(
        Series(
            name=STATUS_STYLES[name].label,
            values=numbers(table[name]),
            colour=STATUS_STYLES[name].colour,
            number_format="#,##0;;",
            pattern=STATUS_STYLES[name].pattern,
        )
        for name in present
    )
    data = ChartData(categories=tuple(table[label]), series=series, unit=unit, is_stacked=True)
    return Chart(figure(bars, row_height(table[label].tolist(), ROW_HEIGHT_PX) * len(table) + 96, **layout), alt, data)


def _segment(table: pd.DataFrame, label: str, status: str, unit: str) -> dict[str, Any]:
    """Trace of one status in the stack, with the count inside each part."""
    style = STATUS_STYLES[status]
    counts = table[status]
    bar = _bar(table, label, status, [format_count(count) if count else "" for count in counts])
    return bar | {
        "name": style.label,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": text_on(style.colour), "size": NUMBER_SIZE_PX},
        "marker": {
            "color": style.colour,
            "line": {"color": PAPER, "width": 1.5},
            "pattern": {
                "shape": style.pattern,
                "bgcolor": style.colour,
                "fillmode": "replace",
                "fgcolor": "rgba(255,255,255,0.5)",
                "solidity": 0.12,
                "size": 8,
            },
        },
        "hovertemplate": f"%{{y}}, {style.label.lower()}: %{{x}} {unit}<extra></extra>",
    }


def _bar(rows: pd.DataFrame, label: str, value: str, text: list[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": rows[value].tolist(),
        "y": rows[label].tolist(),
        "text": text,
        "textposition": "outside",
        "textfont": {"color": INK, "size": 13},
        "cliponaxis": False,
    }


def _layout(labels: list[str], largest: float, right_margin: int) -> dict[str, Any]:
    """Layout of a bar chart: axis from 0 without ticks, as each bar has its value beside it. Margin in pixels."""
    return {
        "xaxis": {"range": [0, max(float(largest), 1.0)], "visible": False, "fixedrange": True},
        "yaxis": label_axis(labels),
        "margin": {"l": label_margin(labels), "r": right_margin, "t": 8, "b": 8},
        "font": {"color": MUTED_INK},
    }


def _count_alt(rows: pd.DataFrame, label: str, value: str, unit: str) -> str:
    counts = [format_count(count) for count in rows[value]]
    leaders = rows.loc[rows[value] == rows[value].max(), label].tolist()
    most = plural(int(rows[value].max()), unit.removesuffix("s"), unit)
    if len(leaders) == len(rows) > 1:
        finding = f"All {len(rows)} rows have {most}"
    elif len(leaders) > 1:
        finding = f"{format_list(leaders[:4])} lead with {most} each"
    else:
        finding = f"{leaders[0]} leads with {most}"
    return f"Bar chart, {plural(len(rows), 'row')}. {finding}. {row_text(rows, label, counts)}."

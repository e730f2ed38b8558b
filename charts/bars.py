"""Horizontal bars for counts: sorted, starting at 0, each with its value written beside it."""

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
)
from charts.theme import (
    ACCENT,
    GREY,
    INK,
    MUTED_INK,
    PAPER,
    SIDE_COLOURS,
    SIDE_LABELS,
    SIDE_TEXT_COLOURS,
    STATUS_STYLES,
    text_on,
)
from domain.text import format_count, format_list

ROW_HEIGHT = 30
PAIR_HEIGHT = 50


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
    """Bars of one count, longest first.

    `label`: column of distinct names; `value`: column of whole counts of `unit`
    ("organisations"). `colours` maps values of column `colour_by` (default: the label)
    to colours, grey where it names none; without it all bars are of the accent colour.
    `row_id`: column handed back as customdata when a bar is selected.
    Raises ValueError for an empty frame or a doubled label.
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
    height = row_height(labels, ROW_HEIGHT) * len(rows) + 24
    series = Series(
        name=unit,
        values=numbers(rows[value]),
        colour=ACCENT,
        colours=() if colours is None else tuple(bar["marker"]["color"]),
    )
    data = ChartData(categories=tuple(labels), series=(series,), unit=unit)
    return Chart(figure([bar], height, **layout), _count_alt(rows, label, value, unit), data)


def side_bars(frame: pd.DataFrame, *, label: str, eu: str, us: str, unit: str) -> Chart:
    """Two bars a row, EU over USA, sorted by their sum.

    `label`: column of distinct names; `eu`, `us`: columns of whole counts of `unit`.
    Each bar is named in its value ("EU 12"), so the colour is never the only key.
    """
    require(frame, label, eu, us)
    require_unique(frame, label)
    rows = frame.assign(_sum=frame[eu] + frame[us]).sort_values(["_sum", label], ascending=[False, True], kind="stable")
    bars = []
    for side, column in (("EU", eu), ("US", us)):
        name = SIDE_LABELS[side]
        bar = _bar(rows, label, column, [f"{name} {format_count(count)}" for count in rows[column]])
        bar |= {
            "name": name,
            "marker": {"color": SIDE_COLOURS[side]},
            "hovertemplate": f"%{{y}}, {name}: %{{x}} {unit}<extra></extra>",
        }
        bar["textfont"] = {"color": SIDE_TEXT_COLOURS[side], "size": 13}
        bars.append(bar)
    room = text_margin_px(text for bar in bars for text in bar["text"])
    layout = _layout(rows[label].tolist(), max(rows[eu].max(), rows[us].max()), room)
    layout |= {"barmode": "group", "bargap": 0.3, "bargroupgap": 0.06}
    values = [f"EU {format_count(a)}, USA {format_count(b)}" for a, b in zip(rows[eu], rows[us], strict=True)]
    alt = (
        f"Paired bars of {unit}, {len(rows)} rows. EU {format_count(rows[eu].sum())} and "
        f"USA {format_count(rows[us].sum())} summed over the rows. {row_text(rows, label, values)}."
    )
    series = tuple(
        Series(
            name=SIDE_LABELS[side],
            values=numbers(rows[column]),
            colour=SIDE_COLOURS[side],
            number_format=f'"{SIDE_LABELS[side]} "#,##0',
        )
        for side, column in (("EU", eu), ("US", us))
    )
    data = ChartData(categories=tuple(rows[label]), series=series, unit=unit)
    return Chart(figure(bars, row_height(rows[label].tolist(), PAIR_HEIGHT) * len(rows) + 24, **layout), alt, data)


def status_bars(
    frame: pd.DataFrame, *, label: str, unit: str = "cooperations", status: str = "status", value: str = "count"
) -> Chart:
    """Bars cut by cooperation status, firmest first; never summed, as an intention is no signature.

    One row a label and status, column `value` holds whole counts of `unit`. Rows are
    sorted by their firm links (signed, renewed, completed, ongoing), then by the others.
    """
    require(frame, label, status, value)
    unknown = set(frame[status]) - set(STATUS_STYLES)
    if unknown:
        raise ValueError(f"unknown status {format_list(sorted(unknown))}; the model has {', '.join(STATUS_STYLES)}")
    table = frame.pivot_table(index=label, columns=status, values=value, aggfunc="sum", fill_value=0)
    present = [name for name in STATUS_STYLES if name in table.columns]
    committed = [name for name in present if not STATUS_STYLES[name].is_intention]
    table = table.assign(_committed=table[committed].sum(axis=1), _all=table[present].sum(axis=1)).reset_index()
    table = table.sort_values(["_committed", "_all", label], ascending=[False, False, True], kind="stable")
    bars = [_segment(table, label, name, unit) for name in present]
    layout = _layout(table[label].tolist(), table["_all"].max(), 12)
    layout |= {
        "barmode": "stack",
        "showlegend": True,
        "margin": layout["margin"] | {"t": 76},
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
    totals = {name: int(table[name].sum()) for name in present}
    alt = (
        f"Bars of {unit} cut by status, {len(table)} rows. In all rows: "
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
    return Chart(figure(bars, row_height(table[label].tolist(), ROW_HEIGHT) * len(table) + 96, **layout), alt, data)


def _segment(table: pd.DataFrame, label: str, status: str, unit: str) -> dict[str, Any]:
    """One status of the stack: colour, pattern and the count written inside."""
    style = STATUS_STYLES[status]
    counts = table[status]
    bar = _bar(table, label, status, [format_count(count) if count else "" for count in counts])
    return bar | {
        "name": style.label,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": text_on(style.colour), "size": 13},
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


def _layout(labels: list[str], largest: float, room: int) -> dict[str, Any]:
    """Axes of a bar chart: from 0; the values stand at the bars, so no ticks. `room`: right margin, pixels."""
    return {
        "xaxis": {"range": [0, max(float(largest), 1.0)], "visible": False, "fixedrange": True},
        "yaxis": label_axis(labels),
        "margin": {"l": label_margin(labels), "r": room, "t": 8, "b": 8},
        "font": {"color": MUTED_INK},
    }


def _count_alt(rows: pd.DataFrame, label: str, value: str, unit: str) -> str:
    counts = [format_count(count) for count in rows[value]]
    leaders = rows.loc[rows[value] == rows[value].max(), label].tolist()
    if len(leaders) == len(rows) > 1:
        finding = f"All {len(rows)} rows stand at {counts[0]} {unit}"
    elif len(leaders) > 1:
        finding = f"{format_list(leaders[:4])} lead with {counts[0]} {unit} each"
    else:
        finding = f"{leaders[0]} leads with {counts[0]} {unit}"
    return f"Bar chart, {len(rows)} rows. {finding}. {row_text(rows, label, counts)}."

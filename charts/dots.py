"""Dot plots of counts: two sides in one row for each sector, and the same measures for a few sectors."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from charts.chart import (
    LINE_HEIGHT_PX,
    NOT_DIMMED,
    Chart,
    ChartData,
    Series,
    figure,
    inert,
    numbers,
    require,
    require_unique,
    row_text,
    text_margin_px,
    top_legend,
    wrapped,
)
from charts.theme import GREY, GRID, INK, MUTED_INK, SIDE_COLOURS
from domain.text import format_count, plural
from domain.vocabulary import SIDE_LABELS

MAX_ROWS = 24  # drawn: with more, the chart would be higher than a screen
ROW_HEIGHT_PX = 26
NARROW_ROW_HEIGHT_PX = 44  # the label stands above its dots
MAX_LABEL_CHARS = 40  # on one line beside the dots
DOT_PX = 12
LEGEND_PX = 34
NARROW_LEGEND_PX = 64  # two entries may stand below each other
MAX_NARROW_CHARS = 44  # on one line of a phone of 390 pixels
# A side has a symbol too, so that colour is not the only key.
_SYMBOLS = {"EU": "circle", "US": "diamond"}
# Compared sectors: neither the colours of the sides nor those of a status.
COMPARED = (("#0B6E4F", "circle"), ("#7A3E9D", "diamond"), ("#8A5A00", "square"), ("#4A4A4A", "triangle-up"))
_LINE_PX = 17  # of one sector in a row of measures


def side_dots(
    frame: pd.DataFrame, *, label: str, eu: str, us: str, unit: str, row_id: str, chosen: Collection[str] = ()
) -> Chart:
    """Chart of two dots per row, EU and USA, sorted by their sum; at most MAX_ROWS are drawn, those chosen always.

    `label`: column of distinct names; `eu`, `us`: columns of whole counts of `unit`; `row_id`: column of sector ids, by
    which a click filters. Where any row is `chosen`, the others are grey. Raises ValueError for an empty frame or a
    repeated label.
    """
    require(frame, label, eu, us, row_id)
    require_unique(frame, label)
    rows = frame.assign(_sum=frame[eu] + frame[us], _chosen=frame[row_id].isin(list(chosen)))
    rows = rows.sort_values(["_sum", label], ascending=[False, True], kind="stable")
    drawn = pd.concat([rows.head(MAX_ROWS), rows.iloc[MAX_ROWS:][lambda rest: rest["_chosen"]]])
    values = [f"EU {format_count(a)}, USA {format_count(b)}" for a, b in zip(rows[eu], rows[us], strict=True)]
    alt = (
        f"Dots of {unit}, {plural(len(rows), 'row')}. EU {format_count(rows[eu].sum())} and "
        f"USA {format_count(rows[us].sum())} summed over the rows. {row_text(rows, label, values)}."
    )
    wide, narrow = _side_figures(drawn, label, eu, us, row_id)
    return Chart(wide, alt, _side_data(rows, label, eu, us, unit), None, ("sectors",), narrow)


def _side_data(rows: pd.DataFrame, label: str, eu: str, us: str, unit: str) -> ChartData:
    """The numbers as bars, those chosen first, because slides have room for few."""
    ordered = rows.sort_values("_chosen", ascending=False, kind="stable")
    is_marked = bool(ordered["_chosen"].any())
    series = tuple(
        Series(
            name=SIDE_LABELS[side],
            values=numbers(ordered[column]),
            colour=SIDE_COLOURS[side],
            number_format=f'"{SIDE_LABELS[side]} "#,##0',
            colours=tuple(SIDE_COLOURS[side] if own else GREY for own in ordered["_chosen"]) if is_marked else (),
        )
        for side, column in (("EU", eu), ("US", us))
    )
    return ChartData(categories=tuple(ordered[label]), series=series, unit=unit)


def _side_figures(
    rows: pd.DataFrame, label: str, eu: str, us: str, row_id: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figure, and the one for a narrow window."""
    places = list(range(len(rows)))
    is_marked = bool(rows["_chosen"].any())
    own = [row or not is_marked for row in rows["_chosen"]]
    texts = [f"EU {format_count(a)} · USA {format_count(b)}" for a, b in zip(rows[eu], rows[us], strict=True)]
    traces = [_side_trace(rows, side, column, label, row_id, own) for side, column in (("EU", eu), ("US", us))]
    # Which dot is whose is said at the right of each row, where no number can lie on a dot.
    numbers_beside = {
        "type": "scatter",
        "mode": "text",
        "x": rows[[eu, us]].max(axis=1).tolist(),
        "y": places,
        "text": [f"   {text}" for text in texts],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": [INK if one else MUTED_INK for one in own]},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    labels = [inert(name) for name in rows[label]]
    layout = {
        "xaxis": {
            "range": [0, max(int(rows[eu].max()), int(rows[us].max()), 1)],
            "fixedrange": True,
            "visible": False,
        },
        "shapes": [
            _line(place, float(min(a, b)), float(max(a, b)))
            for place, a, b in zip(places, rows[eu], rows[us], strict=True)
        ],
        "showlegend": True,
        "legend": top_legend(),
    }
    wide = figure(
        [*traces, numbers_beside],
        _row_height(labels) * len(rows) + LEGEND_PX + 6,
        **layout,
        yaxis=_row_axis(labels, rows["_chosen"].tolist()),
        margin={"l": _label_margin(labels), "r": text_margin_px(texts) + 14, "t": LEGEND_PX, "b": 6},
    )
    unbroken = [text.replace(" ", "\u00a0") for text in texts]  # in one line where the name is broken
    above = [
        f"<b>{name}</b>  {text}" if chosen else f"{name}  {text}"
        for name, text, chosen in zip(labels, unbroken, rows["_chosen"], strict=True)
    ]
    return wide, _narrow(traces, layout, above, NARROW_ROW_HEIGHT_PX)


def _narrow(traces: list[dict[str, Any]], layout: dict[str, Any], labels: Sequence[str], row_px: int) -> dict[str, Any]:
    """The figure with the label of each row above its dots, over the whole width."""
    texts = [wrapped(label, MAX_NARROW_CHARS) for label in labels]
    row_px += LINE_HEIGHT_PX if any("<br>" in text for text in texts) else 0
    return figure(
        traces,
        row_px * len(labels) + NARROW_LEGEND_PX + 6,
        **layout,
        yaxis={"range": [len(labels) - 0.5, -0.7], "visible": False, "fixedrange": True},
        annotations=[
            {
                "xref": "paper",
                "x": 0,
                "y": place - 0.5,
                "text": text,
                "showarrow": False,
                "align": "left",
                "xanchor": "left",
                "yanchor": "middle",
                "font": {"size": 13, "color": INK},
            }
            for place, text in enumerate(texts)
        ],
        margin={"l": 10, "r": 34, "t": NARROW_LEGEND_PX, "b": 6},
    )


def _label_margin(labels: Sequence[str]) -> int:
    return 14 + text_margin_px(line for label in labels for line in wrapped(label, MAX_LABEL_CHARS).split("<br>"))


def _side_trace(
    rows: pd.DataFrame, side: str, column: str, label: str, row_id: str, own: Sequence[bool]
) -> dict[str, Any]:
    colour = SIDE_COLOURS[side]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": SIDE_LABELS[side],
        "x": rows[column].tolist(),
        "y": list(range(len(rows))),
        "cliponaxis": False,
        "marker": {
            "symbol": _SYMBOLS[side],
            "size": DOT_PX,
            "color": [colour if one else GREY for one in own],
            "line": {"width": 1, "color": "#FFFFFF"},
        },
        "customdata": [[identifier] for identifier in rows[row_id]],
        "text": [inert(name) for name in rows[label]],
        "hovertemplate": f"%{{text}}, {SIDE_LABELS[side]}: %{{x}}<extra></extra>",
        **NOT_DIMMED,
    }


def _row_axis(labels: list[str], bold: Sequence[bool]) -> dict[str, Any]:
    """Axis with a label for each whole number from the top."""
    texts = [wrapped(label, MAX_LABEL_CHARS) for label in labels]
    return {
        "range": [len(labels) - 0.5, -0.5],
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": [f"<b>{text}</b>" if one else text for text, one in zip(texts, bold, strict=True)],
        "showgrid": False,
        "fixedrange": True,
        "ticklabelstandoff": 14,
    }


def _row_height(labels: list[str]) -> int:
    return ROW_HEIGHT_PX + (10 if any("<br>" in wrapped(label, MAX_LABEL_CHARS) for label in labels) else 0)


def _line(place: float, start: float, end: float) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": start,
        "x1": end,
        "y0": place,
        "y1": place,
        "layer": "below",
        "line": {"color": GRID, "width": 4},
    }


def measure_dots(frame: pd.DataFrame, *, label: str, measures: dict[str, str], unit: str) -> Chart:
    """Chart of one row per measure with a dot and its number for each row of the frame, which are at most four.

    `label`: column of distinct names; `measures`: columns of whole counts of `unit`, with headings. Raises ValueError
    for an empty frame, a repeated label or more rows than can be told apart.
    """
    require(frame, label, *measures)
    require_unique(frame, label)
    if len(frame) > len(COMPARED):
        raise ValueError(f"{len(frame)} rows cannot be told apart; compare at most {len(COMPARED)}")
    names, headings = frame[label].tolist(), list(measures.values())
    values = {
        name: [int(row[column]) for column in measures] for name, (_, row) in zip(names, frame.iterrows(), strict=True)
    }
    lines = [", ".join(f"{name} {format_count(values[name][at])}" for name in names) for at in range(len(headings))]
    described = pd.DataFrame({"measure": headings})
    series = tuple(
        Series(name=name, values=tuple(values[name]), colour=COMPARED[at][0]) for at, name in enumerate(names)
    )
    wide, narrow = _measure_figures(names, headings, values)
    return Chart(
        wide,
        f"Dots of {unit}, {plural(len(headings), 'measure')} of {len(names)} sectors. "
        f"{row_text(described, 'measure', lines)}.",
        ChartData(categories=tuple(headings), series=series, unit=unit),
        narrow=narrow,
    )


def _measure_figures(
    names: list[str], headings: list[str], values: dict[str, list[int]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figure, and the one for a narrow window."""
    step = 0.8 / len(names)
    traces = []
    for at, name in enumerate(names):
        colour, symbol = COMPARED[at]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": inert(name),
                "x": values[name],
                "y": [row - 0.4 + step * (at + 0.5) for row in range(len(headings))],
                "cliponaxis": False,
                "text": [f"  {format_count(value)}" for value in values[name]],
                "textposition": "middle right",
                "textfont": {"size": 13, "color": INK},
                "marker": {"symbol": symbol, "size": DOT_PX, "color": colour},
                "hovertemplate": f"{inert(name)}: %{{x}}<extra></extra>",
            }
        )
    most = max(value for own in values.values() for value in own)
    layout = {
        "xaxis": {"range": [0, max(float(most), 1.0)], "fixedrange": True, "visible": False},
        "shapes": [
            {**_line(row + 0.5, 0, 1), "xref": "paper", "line": {"color": GRID, "width": 1}}
            for row in range(len(headings) - 1)
        ],
        "showlegend": True,
        "legend": top_legend(),
    }
    row_px = max(_row_height(headings), _LINE_PX * len(names) + 8)
    wide = figure(
        traces,
        row_px * len(headings) + LEGEND_PX + 6,
        **layout,
        yaxis=_row_axis(headings, [False] * len(headings)),
        margin={
            "l": _label_margin(headings),
            "r": text_margin_px([format_count(most)]) + 14,
            "t": LEGEND_PX,
            "b": 6,
        },
    )
    # The label takes the place of the line between two rows.
    return wide, _narrow(traces, layout | {"shapes": []}, headings, row_px + 24)

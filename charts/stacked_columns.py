"""Counts by year as stacked columns, divided into at most four groups."""

from typing import Any

import pandas as pd

from charts.chart import Chart, figure, require, top_legend
from charts.theme import GREY, INK, MUTED_INK, PAPER
from domain.text import format_count, format_list

# Each with a pattern, so that colour is never the only key.
STACK_STYLES = (("#12436D", ""), ("#F46A25", "/"), ("#1E8449", "."), (GREY, "x"))
MAX_GROUPS = len(STACK_STYLES)
OTHERS = "other"
MAX_WIDTH_OF_A_YEAR = 0.8  # of its place on the axis
MAX_COLUMN_PX, WIDE_PX = 28, 1200  # so that a column of few years is no slab in a chart of this width


def stacked_years(frame: pd.DataFrame, *, year: str, group: str, value: str, unit: str) -> Chart:
    """Chart of one column per year from the first to the last, divided by `group`, with the total above.

    `value`: whole counts of `unit`. Up to four groups keep their names; of more, the three largest do and the others
    are counted together as "other". Raises ValueError for an empty frame and a missing year.
    """
    require(frame, year, group, value)
    if frame[year].isna().any():
        raise ValueError(f"a row has no {year}: rows without one are counted beside the chart")
    ranked = frame.groupby(group)[value].sum().sort_index().sort_values(ascending=False, kind="stable")
    names = list(ranked.index) if len(ranked) <= MAX_GROUPS else [*ranked.index[: MAX_GROUPS - 1], OTHERS]
    kept = frame.assign(_group=[name if name in names else OTHERS for name in frame[group]])
    years = list(range(int(frame[year].min()), int(frame[year].max()) + 1))
    table = kept.pivot_table(index=year, columns="_group", values=value, aggfunc="sum", fill_value=0).reindex(
        years, fill_value=0
    )
    totals = table.sum(axis=1)
    bars: list[dict[str, Any]] = []
    for (colour, pattern), name in zip(STACK_STYLES, names, strict=False):
        of_group = f", {name}" if len(names) > 1 else ""
        bars.append(
            {
                "type": "bar",
                "name": str(name),
                "x": years,
                "y": [int(count) for count in table[name]],
                "width": min(MAX_WIDTH_OF_A_YEAR, MAX_COLUMN_PX * len(years) / WIDE_PX),
                "marker": {
                    "color": colour,
                    "line": {"color": PAPER, "width": 1},
                    "pattern": {
                        "shape": pattern,
                        "bgcolor": colour,
                        "fillmode": "replace",
                        "fgcolor": "rgba(255,255,255,0.5)",
                        "solidity": 0.12,
                        "size": 8,
                    },
                },
                "hovertemplate": f"%{{x}}{of_group}: %{{y}} {unit}<extra></extra>",
            }
        )
    bars.append(
        {
            "type": "scatter",
            "mode": "text",
            "name": "total",
            "x": years,
            "y": [int(count) for count in totals],
            "showlegend": False,
            "text": [format_count(count) if count else "" for count in totals],
            "textposition": "top center",
            "hoverinfo": "skip",
            "textfont": {"color": INK, "size": 13},
            "cliponaxis": False,
        }
    )
    layout = {
        "barmode": "stack",
        "showlegend": len(names) > 1,
        "xaxis": {
            "fixedrange": True,
            "showgrid": False,
            "tickformat": "d",
            "tickmode": "array",
            "tickvals": years[:: -(-len(years) // 8)],
            "tickfont": {"color": MUTED_INK},
        },
        "yaxis": {"range": [0, max(int(totals.max()), 1) * 1.12], "visible": False, "fixedrange": True},
        "margin": {"l": 12, "r": 12, "t": 36, "b": 32},
        "legend": top_legend(),
    }
    by_group = format_list([f"{name} {format_count(table[name].sum())}" for name in names])
    by_year = "; ".join(f"{own} {format_count(totals[own])}" for own in years)
    divided = f", divided by {group}: {by_group}" if len(names) > 1 else ""
    return Chart(figure(bars, 320, **layout), f"Columns of {unit} by year{divided}. {by_year}.")

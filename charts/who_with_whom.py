"""Which EU country and which US state meet in how many cooperations: a numbered square for each pair."""

from typing import Any

import pandas as pd

from charts.chart import (
    NOT_DIMMED,
    Chart,
    ChartData,
    Series,
    figure,
    heading_axis,
    inert,
    label_axis,
    label_margin,
    numbers,
    require,
    row_height,
    widest_px,
)
from charts.theme import ACCENT, GRID, INK, MUTED_INK, PAPER
from domain.text import format_count, plural

NOT_RECORDED = "not recorded"
ROW_PX = 24
HEADING_PX = 28
SQUARE_PX = 20
MAX_PAIRS = 12  # that the alternative text and the bars name
NARROWS = ("countries", "states")


def country_state_matrix(frame: pd.DataFrame, *, nouns: str) -> Chart:
    """Chart of US states from top to bottom and EU countries from left to right, each by its number of pairs.

    One row per pair: country_code, country, region_code, state, count (whole number of `nouns`). Country or state are
    missing where none is recorded; they stand last, in grey. A square sets the filters to its country and state.
    """
    require(frame, "country_code", "country", "region_code", "state", "count")
    pairs = frame.fillna({"country_code": "", "country": NOT_RECORDED, "region_code": "", "state": NOT_RECORDED})
    columns, rows = _ranked(pairs, "country"), _ranked(pairs, "state")
    codes = dict(zip(pairs["country"], pairs["country_code"], strict=True))
    is_known = (pairs["country_code"] != "") & (pairs["region_code"] != "")
    squares = {
        "type": "scatter",
        "mode": "markers+text",
        "cliponaxis": False,
        "x": [columns.index(name) for name in pairs["country"]],
        "y": [rows.index(name) for name in pairs["state"]],
        "text": [format_count(count) for count in pairs["count"]],
        "textfont": {"size": 11, "color": PAPER},
        "marker": {
            "symbol": "square",
            "size": SQUARE_PX,
            "color": [ACCENT if known else MUTED_INK for known in is_known],
        },
        "customdata": pairs[["country_code", "region_code"]].to_numpy().tolist(),
        "hovertext": [_hover(*row) for row in pairs[["country", "state", "count"]].itertuples(index=False)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        **NOT_DIMMED,
    }
    wide = _matrix(squares, [codes[name] or "?" for name in columns], rows)
    known = pairs[is_known].sort_values(["count", "country", "state"], ascending=[False, True, True])
    names = [f"{country} and {state}" for country, state in zip(known["country"], known["state"], strict=True)]
    listed = "; ".join(f"{name} {count}" for name, count in list(zip(names, known["count"], strict=True))[:MAX_PAIRS])
    rest = f"; and {len(known) - MAX_PAIRS} more" if len(known) > MAX_PAIRS else ""
    alt = (
        f"Matrix of {nouns} by EU country and US state: {plural(len(known), 'pair')} of a recorded country and state"
        + (f". {listed}{rest}." if len(known) else ".")
    )
    if known.empty:
        return Chart(wide, alt, narrows=NARROWS)
    top = known.head(MAX_PAIRS)
    series = Series(name=nouns, values=numbers(top["count"]), colour=ACCENT)
    data = ChartData(categories=tuple(names[:MAX_PAIRS]), series=(series,), unit=nouns)
    return Chart(wide, alt, data, narrows=NARROWS, narrow=_bars(top, names[:MAX_PAIRS], len(known)))


def _ranked(pairs: pd.DataFrame, column: str) -> list[str]:
    """Names by number of records, the highest first, ties in alphabetical order; what is not recorded comes last."""
    counts = pairs.groupby(column)["count"].sum()
    return sorted(map(str, counts.index), key=lambda name: (name == NOT_RECORDED, -counts[name], name))


def _hover(country: str, state: str, count: int) -> str:
    where = f"EU country {NOT_RECORDED}" if country == NOT_RECORDED else inert(country)
    other = f"US state {NOT_RECORDED}" if state == NOT_RECORDED else inert(state)
    return f"{where} and {other}: {format_count(count)}"


def _bars(top: pd.DataFrame, names: list[str], total: int) -> dict[str, Any]:
    """The most frequent pairs as bars: a narrow window has no room for the columns of a matrix."""
    labels = [inert(name) for name in names]
    rest = total - len(names)
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": top["count"].tolist(),
        "y": labels,
        "text": [format_count(count) for count in top["count"]],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": ACCENT},
        "customdata": top[["country_code", "region_code"]].to_numpy().tolist(),
        "hovertemplate": "%{y}: %{x}<extra></extra>",
        **NOT_DIMMED,
    }
    more = {
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 0,
        "xanchor": "right",
        "yanchor": "top",
        "text": f"and {plural(rest, 'more pair')}, in the table",
        "showarrow": False,
        "font": {"size": 13, "color": MUTED_INK},
    }
    layout = {
        "xaxis": {"visible": False, "range": [0, int(top["count"].max())], "fixedrange": True},
        "yaxis": label_axis(labels),
        "margin": {"l": label_margin(labels), "r": 34, "t": 4, "b": 28 if rest else 4},
        "annotations": [more] if rest else [],
        "bargap": 0.45,
    }
    return figure([bar], row_height(labels, ROW_PX) * len(labels) + 32, **layout)


def _matrix(squares: dict[str, Any], headings: list[str], rows: list[str]) -> dict[str, Any]:
    layout = {
        "xaxis": heading_axis(headings, 12, pad=0.7),
        "yaxis": {
            "tickmode": "array",
            "tickvals": list(range(len(rows))),
            "ticktext": [inert(name) for name in rows],
            "range": [len(rows) - 0.4, -0.6],
            "fixedrange": True,
            "gridcolor": GRID,
            "ticklabelstandoff": 4,
            "tickfont": {"size": 12, "color": INK},
        },
        "margin": {"l": round(widest_px(rows)) + 14, "r": 8, "t": HEADING_PX, "b": 4},
    }
    return figure([squares], HEADING_PX + ROW_PX * len(rows) + 8, **layout)

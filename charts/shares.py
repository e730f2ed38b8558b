"""The rival readings of one share, side by side, each with its basis."""

from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import Chart, figure, require, wrapped
from charts.formats import format_share
from charts.theme import ACCENT, GRID, INK, MUTED_INK, STATUS_STYLES

ROW_HEIGHT = 92
TEXT_WIDTH = 50

# basis -> (marker symbol, colour, words)
BASIS_STYLES = MappingProxyType({
    "counted": ("circle", ACCENT, "counted"),
    "printed": ("diamond-open", STATUS_STYLES["ongoing"].colour, "printed, quoted as it stands"),
    "inferred": ("square-open", MUTED_INK, "our inference"),
})


def share_readings(frame: pd.DataFrame) -> Chart:
    """Dots on one 0-100 % line a reading, in the order of the frame.

    Columns of view usa_share: measure_id, label, numerator, denominator (both may be
    missing), share (fraction 0-1), basis (printed, counted, inferred), population, note.
    Counted and inferred readings show k of n; a printed percentage stays a quotation.
    """
    require(frame, "measure_id", "label", "numerator", "denominator", "share", "basis", "population")
    unknown = set(frame["basis"]) - set(BASIS_STYLES)
    if unknown:
        raise ValueError(f"unknown basis {', '.join(sorted(unknown))}; the model has {', '.join(BASIS_STYLES)}")
    rows = frame.reset_index(drop=True)
    words = [reading_words(row) for row in rows.to_dict("records")]
    traces = [_dots(rows, words, basis) for basis in BASIS_STYLES if (rows["basis"] == basis).any()]
    layout = {
        "xaxis": {"range": [-0.01, 1.01], "tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1],
                  "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"], "fixedrange": True},
        "yaxis": {"range": [len(rows) - 0.45, -0.75], "visible": False, "fixedrange": True},
        "shapes": [_track(position) for position in rows.index],
        "annotations": [_heading(position, row) for position, row in enumerate(rows.to_dict("records"))],
        "margin": {"l": 14, "r": 14, "t": 8, "b": 28},
    }
    readings = "; ".join(
        f"{row['label']}: {text} (population: {row['population']})"
        for row, text in zip(rows.to_dict("records"), words, strict=True))
    low, high = rows["share"].min(), rows["share"].max()
    alt = (f"{len(rows)} readings of one share, from {low:.0%} to {high:.0%}, depending on what is counted "
           f"and on whom. {readings}.").replace("%", " %").replace("  %", " %")
    return Chart(figure(traces, ROW_HEIGHT * len(rows) + 40, **layout), alt)


def reading_words(row: dict[str, Any]) -> str:
    """'18 of 25 (72 %), counted'; a printed share without its parts is quoted with two decimals."""
    style = BASIS_STYLES[row["basis"]][2]
    if pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return f"“{100 * row['share']:.2f} %”, {style}"
    return f"{format_share(int(row['numerator']), int(row['denominator']))}, {style}"


def _dots(rows: pd.DataFrame, words: list[str], basis: str) -> dict[str, Any]:
    symbol, colour, _ = BASIS_STYLES[basis]
    at = rows.index[rows["basis"] == basis]
    # Text turns to the left of dots on the right, so that it fits a phone.
    sides = ["middle right" if rows.at[i, "share"] < 0.5 else "middle left" for i in at]
    return {
        "type": "scatter", "mode": "markers+text", "name": basis, "cliponaxis": False,
        "x": rows.loc[at, "share"].tolist(), "y": at.tolist(),
        "text": [f"  <b>{words[i]}</b>  " for i in at], "textposition": sides,
        "textfont": {"color": INK, "size": 13},
        "marker": {"symbol": symbol, "color": colour, "size": 15, "line": {"width": 2.5, "color": colour}},
        "customdata": [[measure] for measure in rows.loc[at, "measure_id"]],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _track(position: int) -> dict[str, Any]:
    return {"type": "line", "x0": 0, "x1": 1, "y0": position, "y1": position, "layer": "below",
            "line": {"color": GRID, "width": 2}}


def _heading(position: int, row: dict[str, Any]) -> dict[str, Any]:
    """Label and population above the dot: there is no room beside it on a phone."""
    population = wrapped(f"of: {row['population']}", TEXT_WIDTH + 6)
    text = f"{wrapped(row['label'], TEXT_WIDTH)}<br><span style='font-size:12px'>{population}</span>"
    return {"x": 0, "y": position, "yshift": 14, "text": text, "showarrow": False, "align": "left",
            "xanchor": "left", "yanchor": "bottom", "font": {"color": MUTED_INK, "size": 13}}

"""The different readings of one share, one below the other, each with its basis."""

from itertools import accumulate
from types import MappingProxyType
from typing import Any

import pandas as pd

from charts.chart import LINE_HEIGHT_PX, Chart, ChartData, Series, figure, numbers, require, wrapped
from charts.theme import ACCENT, GRID, INK, MUTED_INK, STATUS_STYLES
from domain.frames import records

MAX_TEXT_CHARS = 38  # on one line; fits a phone of 390 pixels
ROW_GAP_PX = 34  # from one line to the text of the next

# basis -> (marker symbol, colour)
BASIS_STYLES = MappingProxyType(
    {
        "counted": ("circle", ACCENT),
        "printed": ("diamond-open", STATUS_STYLES["ongoing"].colour),
        "inferred": ("square-open", MUTED_INK),
    }
)


def share_readings(frame: pd.DataFrame) -> Chart:
    """Chart of one line from 0 to 100 % per reading with a dot on it, in the order of the frame.

    Columns: measure_id, label, share_label ("18 of 25 (72 %)", or a printed percentage in quotation
    marks), share (fraction 0-1), basis (printed, counted, inferred), population.
    Raises ValueError for an empty frame and an unknown basis.
    """
    require(frame, "measure_id", "label", "share_label", "share", "basis", "population")
    unknown = set(frame["basis"]) - set(BASIS_STYLES)
    if unknown:
        raise ValueError(f"unknown basis {', '.join(sorted(unknown))}; the model has {', '.join(BASIS_STYLES)}")
    rows = records(frame)
    texts = [f"{row['share_label']}, {row['basis']}" for row in rows]
    headings = [_heading(row) for row in rows]
    # Pixels from the top.
    lines = list(accumulate(ROW_GAP_PX + LINE_HEIGHT_PX * (heading.count("<br>") + 1) for heading in headings))
    bottom = lines[-1] + 18
    layout = {
        "xaxis": {
            "range": [-0.01, 1.01],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "fixedrange": True,
            "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
        },
        "yaxis": {"range": [bottom, 0], "visible": False, "fixedrange": True},
        "shapes": [_track(y) for y in lines],
        "annotations": [
            note
            for row, text, heading, y in zip(rows, texts, headings, lines, strict=True)
            for note in (_note(0, y, heading, above=True), _value(row["share"], y, text))
        ],
        "margin": {"l": 16, "r": 20, "t": 4, "b": 28},
    }
    traces = [_dots(rows, texts, lines, basis) for basis in BASIS_STYLES if any(row["basis"] == basis for row in rows)]
    readings = "; ".join(
        f"{row['label']}: {text} (population: {row['population']})" for row, text in zip(rows, texts, strict=True)
    )
    low, high = frame["share"].min(), frame["share"].max()
    alt = (
        f"{len(rows)} readings of one share, from {low * 100:.0f} % to {high * 100:.0f} %, depending on what is "
        f"counted and of whom. {readings}."
    )
    series = Series(
        name="Share",
        values=numbers(frame["share"]),
        colour=ACCENT,
        number_format="0 %",
        texts=tuple(texts),
        colours=tuple(BASIS_STYLES[row["basis"]][1] for row in rows),
    )
    categories = tuple(f"{row['label']} (of: {row['population']})" for row in rows)
    return Chart(
        figure(traces, bottom + 32, **layout),
        alt,
        ChartData(categories=categories, series=(series,), unit="share", axis_max=1.0),
    )


def _dots(rows: list[dict[str, Any]], texts: list[str], lines: list[int], basis: str) -> dict[str, Any]:
    symbol, colour = BASIS_STYLES[basis]
    own = [index for index, row in enumerate(rows) if row["basis"] == basis]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": basis,
        "cliponaxis": False,
        "x": [rows[index]["share"] for index in own],
        "y": [lines[index] for index in own],
        "marker": {"symbol": symbol, "color": colour, "size": 15, "line": {"width": 2.5, "color": colour}},
        "customdata": [[rows[index]["measure_id"]] for index in own],
        "text": [f"{rows[index]['label']}: {texts[index]}" for index in own],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _track(y: int) -> dict[str, Any]:
    return {"type": "line", "x0": 0, "x1": 1, "y0": y, "y1": y, "layer": "below", "line": {"color": GRID, "width": 2}}


def _heading(row: dict[str, Any]) -> str:
    """Label and population, written above the line: a phone is too narrow for them beside it."""
    population = wrapped(f"of: {row['population']}", MAX_TEXT_CHARS)
    return f"<b>{wrapped(row['label'], MAX_TEXT_CHARS)}</b><br>{population}"


def _value(share: float, y: int, text: str) -> dict[str, Any]:
    """Annotation beside the dot, on the wider side."""
    is_left = share >= 0.5
    return _note(share, y, text) | {
        "xanchor": "right" if is_left else "left",
        "xshift": -14 if is_left else 14,
        "font": {"color": INK, "size": 13},
    }


def _note(x: float, y: int, text: str, *, above: bool = False) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "align": "left",
        "xanchor": "left",
        "yanchor": "bottom" if above else "middle",
        "yshift": 10 if above else 0,
        "borderpad": 1,
        "bgcolor": "rgba(255,255,255,0.9)",
        "font": {"color": MUTED_INK, "size": 13},
    }

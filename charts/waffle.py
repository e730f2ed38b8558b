"""One square for each record, in a block for each group, so that a share can be counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.chart import NOT_DIMMED, Chart, ChartData, Marks, Series, figure, inert, require, top_legend
from charts.theme import INK, MUTED_INK
from domain.text import agree, format_list

COLUMNS = 13  # squares on one line: the largest number that a finger can still hit on a phone
PITCH_PX = 30  # from one square to the next, less where the window is narrow
SQUARE_PX = 19
HEADING_LINES = 0.9  # of a block, in lines of squares
LEGEND_PX = 78


@dataclass(frozen=True)
class SquareStyle:
    """How the squares of one state are drawn; `label` names it in legend, hover text and alternative text."""

    label: str
    symbol: str
    colour: str


def waffle(
    frame: pd.DataFrame,
    *,
    table: str,
    row_id: str,
    name: str,
    group: str,
    state: str,
    styles: Mapping[str, SquareStyle],
    headings: Mapping[Any, str],
    details: Mapping[Any, str],
    nouns: str,
    not_here: tuple[SquareStyle, Mapping[Any, int]] | None = None,
) -> Chart:
    """Chart of one square per row, in a block per value of `group`, the blocks in the order of `headings`.

    Columns: `row_id` (id of a record of `table`), `name`, `group` (a key of `headings`), `state` (a key of `styles`).
    `headings` and `details` are written above the blocks; `nouns` names the records. `not_here` are squares without a
    record by group, with their style. Raises ValueError for an empty frame, an unknown group and an unknown state.
    """
    require(frame, row_id, name, group, state)
    for column, known in ((group, headings), (state, styles)):
        unknown = set(frame[column]) - set(known)
        if unknown:
            raise ValueError(
                f"unknown {column} {format_list(sorted(map(str, unknown)))}; known: {', '.join(map(str, known))}"
            )
    rank = {key: position for position, key in enumerate(styles)}
    rows = frame.sort_values([state, name], key=lambda own: own.map(rank) if own.name == state else own, kind="stable")
    squares = [square for key in headings for square in _block(rows, key, row_id, name, group, state, not_here)]
    places, tops, bottom = _places(squares, list(headings))
    looks = dict(styles) | ({_NOT_HERE: not_here[0]} if not_here and any(not_here[1].values()) else {})
    present = [key for key in looks if any(square[3] == key for square in squares)]
    layout = {
        "xaxis": {
            "range": [-0.5, COLUMNS - 0.5],
            "visible": False,
            "fixedrange": True,
            "constrain": "domain",
            "constraintoward": "left",
        },
        "yaxis": {
            "range": [bottom, -0.5],
            "visible": False,
            "fixedrange": True,
            "scaleanchor": "x",
            "constrain": "domain",
            "constraintoward": "top",
        },
        "margin": {"l": 4, "r": 4, "t": LEGEND_PX, "b": 4},
        "showlegend": True,
        "legend": top_legend(),
        "annotations": [
            _heading(f"<b>{inert(headings[key])}</b>: {inert(details[key])}", top)
            for key, top in zip(headings, tops, strict=True)
        ],
    }
    traces = [_squares(squares, places, key, looks[key]) for key in present]
    counts = {key: [sum(s[2] == key and s[3] == one for s in squares) for one in present] for key in headings}
    # Of a group that nobody counts, nothing is known of others: no square does not say that there is none.
    counted = not_here[1] if not_here else {}
    told = {key: [one for one in present if one != _NOT_HERE or key in counted] for key in headings}
    by_name = rows.sort_values(name, key=lambda own: own.str.lower())
    return Chart(
        figure(traces, round(LEGEND_PX + PITCH_PX * (bottom + 0.5) + 4), **layout),
        _alt(
            (len(frame), len(squares)),
            nouns,
            {
                headings[key]: {looks[one].label: counts[key][present.index(one)] for one in told[key]}
                for key in headings
            },
        ),
        ChartData(
            categories=tuple(headings.values()),
            series=tuple(
                Series(
                    name=looks[one].label,
                    values=tuple(own[position] for own in counts.values()),
                    colour=looks[one].colour,
                    number_format="#,##0;;",
                    symbols=(looks[one].symbol,) * len(headings),
                )
                for position, one in enumerate(present)
            ),
            unit=nouns,
            is_stacked=True,
        ),
        Marks(table, dict(zip(by_name[row_id], by_name[name], strict=True))),
    )


_NOT_HERE = "not here"
# Record id, name, group and state of one square; a square without a record has no id.
_Square = tuple[str, str, Any, str]


def _block(
    rows: pd.DataFrame,
    key: Any,
    row_id: str,
    name: str,
    group: str,
    state: str,
    not_here: tuple[SquareStyle, Mapping[Any, int]] | None,
) -> list[_Square]:
    own = rows[rows[group] == key]
    records = [(record, text, key, kind) for record, text, kind in own[[row_id, name, state]].itertuples(index=False)]
    others = not_here[1].get(key, 0) if not_here else 0
    return records + [("", "", key, _NOT_HERE)] * others


def _places(squares: list[_Square], keys: list[Any]) -> tuple[list[tuple[int, float]], list[float], float]:
    """Column and line of each square, the line of each heading, and the line where all ends."""
    places: list[tuple[int, float]] = []
    tops, line = [], 0.0
    for key in keys:
        tops.append(line)
        own = sum(square[2] == key for square in squares)
        first = line + HEADING_LINES
        places += [(number % COLUMNS, first + number // COLUMNS) for number in range(own)]
        line = first + -(-own // COLUMNS) + 0.15
    return places, tops, line


def _heading(text: str, top: float) -> dict[str, Any]:
    return {
        "x": -0.5,
        "y": top,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "font": {"size": 13, "color": INK},
    }


def _squares(squares: list[_Square], places: list[tuple[int, float]], state: str, style: SquareStyle) -> dict[str, Any]:
    own = [(square, place) for square, place in zip(squares, places, strict=True) if square[3] == state]
    has_record = state != _NOT_HERE
    return {
        "type": "scatter",
        "mode": "markers",
        "name": style.label,
        "cliponaxis": False,
        "x": [place[0] for _, place in own],
        "y": [place[1] for _, place in own],
        "marker": {
            "symbol": style.symbol,
            "size": SQUARE_PX if has_record else SQUARE_PX - 9,
            "color": style.colour,
            "opacity": 1,
            "line": {"width": 2, "color": style.colour},
        },
        "customdata": [[square[0]] for square, _ in own],
        "text": [inert(square[1]) for square, _ in own],
        "textfont": {"color": MUTED_INK},
        "hovertemplate": f"%{{text}}: {style.label}<extra></extra>" if has_record else f"{style.label}<extra></extra>",
        **NOT_DIMMED,
    }


def _alt(total: tuple[int, int], nouns: str, blocks: Mapping[str, Mapping[str, int]]) -> str:
    """Text alternative; total: number of records and of squares; blocks: number of squares by heading and label."""
    records, squares = total
    start = f"One square for each of {records} {nouns}"
    if squares > records:
        rest = squares - records
        start = f"{squares} squares: one for each of {records} {nouns}, and {rest} for {agree(rest, 'one', 'those')} "
        start += f"that a source counts and that {agree(rest, 'is', 'are')} not known here"
    texts = [
        f"{heading}: " + ", ".join(f"{label} {count}" for label, count in counts.items())
        for heading, counts in blocks.items()
    ]
    return f"{start}. {'; '.join(texts)}."

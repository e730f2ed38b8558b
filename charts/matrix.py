"""Which organisation meets which country in projects: a square per pair."""

from typing import Any

import pandas as pd

from charts.chart import (
    Chart,
    ChartData,
    Series,
    figure,
    heading_axis,
    inert,
    numbers,
    require,
    row_height,
    widest_px,
    wrapped,
)
from charts.theme import ACCENT, GRID, INK, MUTED_INK, PAPER
from domain.text import format_count, format_some, plural

ROW_PX, NARROW_ROW_PX = 27, 58
HEADING_PX = 44
MAX_ORGANISATIONS = 12  # rows that are told apart at a glance
MAX_NAME_CHARS, MAX_NARROW_CHARS = 22, 44  # on one line of a name: beside its row, and above it
CODE_PX, NAME_PX = 10, 11  # type of codes and numbers in a narrow window, and of names there and headings


def partner_matrix(frame: pd.DataFrame, *, population: str) -> Chart:
    """Chart of organisations from top to bottom, countries from left to right by their number of organisations.

    One row per pair, the organisations in the order of the rows: organisation_id, organisation (name), country_code,
    country (name), projects (whole count of common projects). `population` names the organisations
    ("US organisations"). The first 12 organisations are drawn; the counts below the codes of the countries, the text
    alternative and the bars are of all. A pair with several projects has their number in its square. In a narrow window
    each name stands above its squares.
    """
    require(frame, "organisation_id", "organisation", "country_code", "country", "projects")
    countries = _by_count(frame, "country")
    country_counts = [(str(name), int(count)) for name, count in countries.items()]
    organisations = frame.drop_duplicates("organisation_id")
    total = len(organisations)
    shown = organisations.head(MAX_ORGANISATIONS)
    row = {key: position for position, key in enumerate(shown["organisation_id"])}
    column = {name: position for position, name in enumerate(countries.index)}
    drawn = frame[frame["organisation_id"].isin(row)]
    squares = {
        "type": "scatter",
        "mode": "markers+text",
        "cliponaxis": False,
        "x": drawn["country"].map(column).tolist(),
        "y": drawn["organisation_id"].map(row).tolist(),
        "text": [format_count(count) if count > 1 else "" for count in drawn["projects"]],
        "textfont": {"size": 11, "color": PAPER},
        "marker": {
            "symbol": "square",
            "size": [15 if count > 1 else 11 for count in drawn["projects"]],
            "color": ACCENT,
        },
        # Names come from files of users; plotly would read their markup.
        "customdata": [
            [inert(str(name)), inert(country), count]
            for name, country, count in drawn[["organisation", "country", "projects"]].values.tolist()
        ],
        "hovertemplate": "%{customdata[0]}, %{customdata[1]}<br>projects in common: %{customdata[2]}<extra></extra>",
    }
    leaders = [name for name, count in country_counts if count == countries.iloc[0]]
    counts = [f"{name} {count} of {total}" for name, count in country_counts]
    part = f" Drawn are {len(drawn)} of the pairs, of {len(shown)} organisations." if len(shown) < total else ""
    alt = (
        f"Matrix of {plural(len(frame), 'pair')} of organisation and country with common projects: {total} "
        f"{population}, {plural(len(countries), 'country', 'countries')}.{part} Most often met: "
        f"{format_some(leaders, 5)}. {'; '.join(counts)}."
    )
    series = Series(name=population, values=numbers(countries), colour=ACCENT, number_format=f'0" of {total}"')
    data = ChartData(categories=tuple(countries.index), series=(series,), unit=population, axis_max=total)
    names = [inert(str(name)) for name in shown["organisation"]]
    code_of = dict(zip(frame["country"], frame["country_code"], strict=True))
    codes = [str(code_of[name]) for name in countries.index]
    headings = [f"{code}<br><b>{count}</b>" for code, (_, count) in zip(codes, country_counts, strict=True)]
    return Chart(
        _wide(squares, names, headings),
        alt,
        data,
        narrow=_narrow(squares, names, codes),
    )


def _wide(squares: dict[str, Any], names: list[str], headings: list[str]) -> dict[str, Any]:
    """Figure of squares at positions of headings (columns) and names (rows), the names beside their rows."""
    lines = [wrapped(name, MAX_NAME_CHARS) for name in names]
    height = row_height(names, ROW_PX, MAX_NAME_CHARS)
    layout = {
        "xaxis": heading_axis(headings, NAME_PX, pad=0.6),
        "yaxis": _axis_of_rows(len(names)) | {"ticktext": lines, "ticklabelstandoff": 6},
        "margin": {"l": round(widest_px(lines)) + 14, "r": 12, "t": HEADING_PX, "b": 8},
        "font": {"color": MUTED_INK},
    }
    return figure([squares], HEADING_PX + height * len(names) + 8, **layout)


def _narrow(squares: dict[str, Any], names: list[str], codes: list[str]) -> dict[str, Any]:
    """The same figure with each name above its row; codes of neighbouring columns stand on two lines."""
    headings = [f"{code}<br> " if position % 2 == 0 else f" <br>{code}" for position, code in enumerate(codes)]
    marker = squares["marker"] | {"size": 11}
    labels = [
        {
            "xref": "paper",
            "x": 0,
            "xanchor": "left",
            "align": "left",
            "y": row - 0.16,
            "yanchor": "bottom",
            "text": wrapped(name, MAX_NARROW_CHARS),
            "showarrow": False,
            "font": {"size": NAME_PX, "color": INK},
        }
        for row, name in enumerate(names)
    ]
    layout = {
        "xaxis": heading_axis(headings, CODE_PX, pad=0.6),
        "yaxis": _axis_of_rows(len(names)) | {"showticklabels": False},
        "margin": {"l": 4, "r": 4, "t": HEADING_PX, "b": 4},
        "annotations": labels,
        "font": {"color": MUTED_INK},
    }
    narrow = squares | {"marker": marker, "textfont": squares["textfont"] | {"size": CODE_PX}}
    return figure([narrow], HEADING_PX + NARROW_ROW_PX * len(names) + 8, **layout)


def _axis_of_rows(number: int) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(range(number)),
        "range": [number - 0.4, -0.7],
        "fixedrange": True,
        "gridcolor": GRID,
        "tickfont": {"size": 12, "color": INK},
    }


def _by_count(pairs: pd.DataFrame, column: str) -> "pd.Series[Any]":
    """Number of pairs by name, the highest first, ties in alphabetical order."""
    counts = pairs.groupby(column).size()
    return counts.sort_index().sort_values(ascending=False, kind="stable")

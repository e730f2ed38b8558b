"""Which organisation meets which country in projects: a square per pair."""

from html import escape
from typing import Any

import pandas as pd

from charts.chart import Chart, ChartData, Series, figure, numbers, require, text_px, widest_px, wrapped
from charts.theme import ACCENT, GRID, INK, MUTED_INK, PAPER
from domain.text import format_count, format_some, plural

CELL_HEIGHT_PX = 27
MAX_NAME_CHARS = 14  # on one line of a country name
COUNT_CHARS = 4  # after each name, for its count
MAX_ORGANISATIONS = 12  # columns that a phone shows apart
MAX_HEADING_CHARS = 30  # of the name of an organisation above its column


def partner_matrix(frame: pd.DataFrame, *, population: str) -> Chart:
    """Chart of countries from top to bottom by number of organisations, organisations from left to right.

    One row per pair, the organisations in the order of the columns: organisation_id, organisation (name), country
    (name), projects (whole count of common projects). `population` names the organisations ("US organisations").
    The first 12 organisations are drawn; the counts beside the countries, the text alternative and the bars are of all.
    A pair with several projects has their number in its square.
    """
    require(frame, "organisation_id", "organisation", "country", "projects")
    countries = _by_count(frame, "country")
    country_counts = [(str(name), int(count)) for name, count in countries.items()]
    organisations = frame.drop_duplicates("organisation_id")
    total = len(organisations)
    shown = organisations.head(MAX_ORGANISATIONS)
    column = {key: position for position, key in enumerate(shown["organisation_id"])}
    row = {name: position for position, name in enumerate(countries.index)}
    drawn = frame[frame["organisation_id"].isin(column)]
    squares = {
        "type": "scatter",
        "mode": "markers+text",
        "cliponaxis": False,
        "x": drawn["organisation_id"].map(column).tolist(),
        "y": drawn["country"].map(row).tolist(),
        "text": [format_count(count) if count > 1 else "" for count in drawn["projects"]],
        "textfont": {"size": 11, "color": PAPER},
        "marker": {
            "symbol": "square",
            "size": [15 if count > 1 else 11 for count in drawn["projects"]],
            "color": ACCENT,
        },
        # Names come from files of users; plotly would read their markup.
        "customdata": [
            [escape(str(name), quote=False), country, count]
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
    headings = [_shortened(str(name)) for name in shown["organisation"]]
    return Chart(_matrix(squares, headings, country_counts), alt, data)


def _shortened(name: str) -> str:
    return name if len(name) <= MAX_HEADING_CHARS else f"{name[: MAX_HEADING_CHARS - 1].rstrip(' ,')}…"


def _matrix(squares: dict[str, Any], headings: list[str], country_counts: list[tuple[str, int]]) -> dict[str, Any]:
    """Figure of squares at positions of headings (columns) and countries (rows), each country with its count."""
    top = round(24 + widest_px(headings))
    names = [line for name, _ in country_counts for line in wrapped(name, MAX_NAME_CHARS).split("<br>")]
    left = round(widest_px(names) + text_px("0" * COUNT_CHARS)) + 8
    layout = {
        "xaxis": {
            "side": "top",
            "tickmode": "array",
            "tickvals": list(range(len(headings))),
            "ticktext": [escape(heading, quote=False) for heading in headings],
            "tickangle": -90,
            "range": [-0.6, len(headings) - 0.4],
            "fixedrange": True,
            "gridcolor": GRID,
            "automargin": False,
            "tickfont": {"size": 11, "color": INK},
        },
        "yaxis": {
            "tickmode": "array",
            "tickvals": list(range(len(country_counts))),
            "ticktext": [f"{wrapped(name, MAX_NAME_CHARS)}  <b>{count}</b>" for name, count in country_counts],
            "range": [len(country_counts) - 0.4, -0.6],
            "fixedrange": True,
            "gridcolor": GRID,
            "ticklabelstandoff": 4,
            "tickfont": {"size": 12, "color": INK},
        },
        "margin": {"l": left, "r": 12, "t": top, "b": 8},
        "font": {"color": MUTED_INK},
    }
    return figure([squares], round(top + CELL_HEIGHT_PX * len(country_counts) + 16), **layout)


def _by_count(pairs: pd.DataFrame, column: str) -> "pd.Series[Any]":
    """Number of pairs by name, the highest first, ties in alphabetical order."""
    counts = pairs.groupby(column).size()
    return counts.sort_index().sort_values(ascending=False, kind="stable")

"""Which project targets which country: one square per pair."""

from typing import Any

import pandas as pd

from charts.chart import CHAR_WIDTH_PX, Chart, ChartData, Series, figure, numbers, require, wrapped
from charts.theme import ACCENT, GRID, INK, MUTED_INK, SIDE_COLOURS
from domain.text import format_list, plural

CELL_HEIGHT_PX = 27
MAX_NAME_CHARS = 14  # on one line of a country name
COUNT_CHARS = 4  # after each name, for its count


def cotarget_matrix(frame: pd.DataFrame, *, population: str) -> Chart:
    """Chart of countries from top to bottom by number of projects, projects from left to right by number of targets.

    One row per pair: project_id, project (label), country_code, country (label).
    `population` names what is counted ("projects of Table 1 that target the USA").
    Countries are the rows because there are twice as many of them as projects, so that the
    matrix fits a phone without scrolling sideways. Each country has its count beside its name.
    """
    require(frame, "project_id", "project", "country_code", "country")
    pairs = frame.drop_duplicates(["project_id", "country_code"])
    countries = _by_count(pairs, "country")
    projects = _by_count(pairs, "project")
    country_counts = [(str(name), int(count)) for name, count in countries.items()]
    total = pairs["project_id"].nunique()
    column = {name: position for position, name in enumerate(projects.index)}
    row = {name: position for position, name in enumerate(countries.index)}
    squares = {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": pairs["project"].map(column).tolist(),
        "y": pairs["country"].map(row).tolist(),
        "marker": {
            "symbol": "square",
            "size": 11,
            "color": [SIDE_COLOURS["US"] if code == "US" else ACCENT for code in pairs["country_code"]],
        },
        "customdata": pairs[["project_id", "country_code", "project", "country"]].values.tolist(),
        "hovertemplate": "%{customdata[2]} targets %{customdata[3]}<extra></extra>",
    }
    top = 24 + CHAR_WIDTH_PX * max(map(len, projects.index))
    names = [line for name in countries.index.astype(str) for line in wrapped(name, MAX_NAME_CHARS).split("<br>")]
    left = round(CHAR_WIDTH_PX * (max(map(len, names)) + COUNT_CHARS)) + 8
    layout = {
        "xaxis": {
            "side": "top",
            "tickmode": "array",
            "tickvals": list(column.values()),
            "ticktext": list(column),
            "tickangle": -90,
            "range": [-0.6, len(column) - 0.4],
            "fixedrange": True,
            "gridcolor": GRID,
            "automargin": False,
            "tickfont": {"size": 11, "color": INK},
        },
        "yaxis": {
            "tickmode": "array",
            "tickvals": list(row.values()),
            "ticktext": [f"{wrapped(name, MAX_NAME_CHARS)}  <b>{count}</b>" for name, count in country_counts],
            "range": [len(row) - 0.4, -0.6],
            "fixedrange": True,
            "gridcolor": GRID,
            "ticklabelstandoff": 4,
            "tickfont": {"size": 12, "color": INK},
        },
        "margin": {"l": left, "r": 12, "t": top, "b": 8},
        "font": {"color": MUTED_INK},
    }
    counts = [f"{name} {count} of {total}" for name, count in country_counts]
    leaders = [name for name, count in country_counts if count == countries.iloc[0]]
    listed = plural(len(countries), "country", "countries")
    alt = (
        f"Matrix of {plural(len(pairs), 'pair')} of project and target country: {total} {population}, {listed}. "
        f"Most often named: {format_list(leaders[:5])}. {'; '.join(counts)}."
    )
    return Chart(
        figure([squares], round(top + CELL_HEIGHT_PX * len(row) + 16), **layout),
        alt,
        _data(pairs, countries, total, population),
    )


def _data(pairs: pd.DataFrame, countries: "pd.Series[Any]", total: int, population: str) -> ChartData:
    """The counts of the countries as bars, each of the same population."""
    codes = pairs.drop_duplicates("country").set_index("country")["country_code"]
    colours = tuple(SIDE_COLOURS["US"] if codes[name] == "US" else ACCENT for name in countries.index)
    series = Series(
        name=population, values=numbers(countries), colour=ACCENT, colours=colours, number_format=f'0" of {total}"'
    )
    return ChartData(categories=tuple(countries.index), series=(series,), unit=population, axis_max=total)


def _by_count(pairs: pd.DataFrame, column: str) -> "pd.Series[Any]":
    """Number of pairs by name, the highest first, ties in alphabetical order."""
    counts = pairs.groupby(column).size()
    return counts.sort_index().sort_values(ascending=False, kind="stable")

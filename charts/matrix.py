"""Which project targets which country: one square a pair."""

import pandas as pd

from charts.chart import CHAR_WIDTH_PX, Chart, ChartData, Series, figure, numbers, require, wrapped
from charts.theme import ACCENT, GRID, INK, MUTED_INK, SIDE_COLOURS
from domain.text import format_list

CELL_HEIGHT = 27
NAME_WIDTH = 14  # characters of a country name before it takes a second line


def cotarget_matrix(frame: pd.DataFrame, *, population: str) -> Chart:
    """Countries from top to bottom by number of projects, projects from left to right by number of targets.

    One row a pair: project_id, project (label), country_code, country (label).
    `population` says of what the counts are ("projects of Table 1 that target the USA").
    Countries are the rows because there are twice as many of them as projects: so the
    matrix fits a phone without scrolling sideways. Each country carries its count.
    """
    require(frame, "project_id", "project", "country_code", "country")
    pairs = frame.drop_duplicates(["project_id", "country_code"])
    countries = _by_count(pairs, "country")
    projects = _by_count(pairs, "project")
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
    # Four characters more for the count behind each name.
    names = [line for name in countries.index for line in wrapped(name, NAME_WIDTH).split("<br>")]
    left = round(CHAR_WIDTH_PX * (max(map(len, names)) + 4)) + 8
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
            "ticktext": [f"{wrapped(name, NAME_WIDTH)}  <b>{count}</b>" for name, count in countries.items()],
            "range": [len(row) - 0.4, -0.6],
            "fixedrange": True,
            "gridcolor": GRID,
            "ticklabelstandoff": 4,
            "tickfont": {"size": 12, "color": INK},
        },
        "margin": {"l": left, "r": 12, "t": top, "b": 8},
        "font": {"color": MUTED_INK},
    }
    counts = [f"{name} {count} of {total}" for name, count in countries.items()]
    leaders = [name for name, count in countries.items() if count == countries.iloc[0]]
    alt = (
        f"Matrix of {len(pairs)} pairs of project and target country: {total} {population}, "
        f"{len(countries)} countries. Most often named: {format_list(leaders[:5])}. {'; '.join(counts)}."
    )
    return Chart(
        figure([squares], round(top + CELL_HEIGHT * len(row) + 16), **layout),
        alt,
        _data(pairs, countries, total, population),
    )


def _data(pairs: pd.DataFrame, countries: pd.Series, total: int, population: str) -> ChartData:
    """The counts of the countries as bars, each of the same population."""
    codes = pairs.drop_duplicates("country").set_index("country")["country_code"]
    colours = tuple(SIDE_COLOURS["US"] if codes[name] == "US" else ACCENT for name in countries.index)
    series = Series(
        name=population, values=numbers(countries), colour=ACCENT, colours=colours, number_format=f'0" of {total}"'
    )
    return ChartData(categories=tuple(countries.index), series=(series,), unit=population, axis_max=total)


def _by_count(pairs: pd.DataFrame, column: str) -> pd.Series:
    """Pairs a name, most first, ties in alphabetical order."""
    counts = pairs.groupby(column).size()
    return counts.sort_index().sort_values(ascending=False, kind="stable")

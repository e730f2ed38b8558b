"""Which partnership targets which country beside the USA: a square for each pair."""

from typing import Any

import pandas as pd

from charts.chart import (
    NOT_DIMMED,
    Chart,
    ChartData,
    Marks,
    Series,
    figure,
    inert,
    label_axis,
    label_margin,
    numbers,
    require,
    widest_px,
)
from charts.theme import ACCENT, GRID, INK
from domain.text import format_some, plural

ROW_PX = 24
HEADING_PX = 44
SQUARE_PX = 13


def cotarget_matrix(frame: pd.DataFrame, *, total: int, population: str) -> Chart:
    """Chart of partnerships from top to bottom and countries from left to right, each by number of pairs.

    One row per pair: project_id, project (label), country_code, country (name). `total` is the number of partnerships
    that are counted, those without a pair included; `population` names them ("partnerships of Table 1"). The columns
    are headed by the codes of the countries and their counts; in a narrow window the countries are the rows, with their
    names, and their squares stand in a row.
    """
    require(frame, "project_id", "project", "country_code", "country")
    pairs = frame.drop_duplicates(["project_id", "country_code"])
    countries, projects = _by_count(pairs, "country"), _by_count(pairs, "project")
    counts = [f"{name} {count} of {total}" for name, count in countries.items()]
    leaders = [str(name) for name, count in countries.items() if count == countries.iloc[0]]
    alt = (
        f"Matrix of {plural(len(pairs), 'pair')} of partnership and target country beside the USA: {total} "
        f"{population}, {plural(len(countries), 'country', 'countries')}. Most often named: "
        f"{format_some(leaders, 5)}. {'; '.join(counts)}."
    )
    series = Series(name=population, values=numbers(countries), colour=ACCENT, number_format=f'0" of {total}"')
    ids = dict(zip(pairs["project"], pairs["project_id"], strict=True))
    return Chart(
        _wide(pairs, countries, projects),
        alt,
        ChartData(categories=tuple(map(str, countries.index)), series=(series,), unit=population, axis_max=total),
        Marks("projects", {str(ids[name]): name for name in sorted(ids, key=str.lower)}),
        narrow=_narrow(pairs, countries, projects),
    )


def _by_count(pairs: pd.DataFrame, column: str) -> "pd.Series[Any]":
    """Number of pairs by name, the highest first, ties in alphabetical order."""
    counts = pairs.groupby(column).size()
    return counts.sort_index().sort_values(ascending=False, kind="stable")


def _squares(pairs: pd.DataFrame, x: list[int], y: list[str] | list[int]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": x,
        "y": y,
        "marker": {"symbol": "square", "size": SQUARE_PX, "color": ACCENT},
        "customdata": [
            [project_id, inert(project), inert(country)]
            for project_id, project, country in pairs[["project_id", "project", "country"]].itertuples(index=False)
        ],
        "hovertemplate": "%{customdata[1]} lists %{customdata[2]}<extra></extra>",
        **NOT_DIMMED,
    }


def _wide(pairs: pd.DataFrame, countries: "pd.Series[Any]", projects: "pd.Series[Any]") -> dict[str, Any]:
    """Partnerships as rows, countries as columns."""
    column = {name: position for position, name in enumerate(countries.index)}
    codes = dict(zip(pairs["country"], pairs["country_code"], strict=True))
    labels = [inert(str(name)) for name in projects.index]
    layout = {
        "xaxis": {
            "side": "top",
            "tickmode": "array",
            "tickvals": list(column.values()),
            "ticktext": [f"{codes[str(name)]}<br><b>{count}</b>" for name, count in countries.items()],
            "tickangle": 0,
            "range": [-0.6, len(column) - 0.4],
            "fixedrange": True,
            "gridcolor": GRID,
            "tickfont": {"size": 12, "color": INK},
        },
        "yaxis": label_axis(labels) | {"ticktext": labels, "showgrid": True, "gridcolor": GRID},
        "margin": {"l": round(widest_px(labels)) + 34, "r": 8, "t": HEADING_PX, "b": 8},
    }
    squares = _squares(pairs, pairs["country"].map(column).tolist(), [inert(name) for name in pairs["project"]])
    return figure([squares], HEADING_PX + ROW_PX * len(projects) + 8, **layout)


def _narrow(pairs: pd.DataFrame, countries: "pd.Series[Any]", projects: "pd.Series[Any]") -> dict[str, Any]:
    """Countries as rows with their counts, and in each row a square for each partnership, from the left."""
    rank = {name: position for position, name in enumerate(projects.index)}
    rows = pairs.sort_values("project", key=lambda own: own.map(rank), kind="stable")
    labels = [f"{inert(str(name))} {count}" for name, count in countries.items()]
    label_of = dict(zip(countries.index, labels, strict=True))
    places = rows.groupby("country", sort=False).cumcount().tolist()
    layout = {
        "xaxis": {"visible": False, "range": [-0.6, int(countries.iloc[0]) - 0.4], "fixedrange": True},
        "yaxis": label_axis(labels),
        "margin": {"l": label_margin(labels), "r": 8, "t": 4, "b": 4},
    }
    squares = _squares(rows, places, rows["country"].map(label_of).tolist())
    return figure([squares], ROW_PX * len(countries) + 8, **layout)

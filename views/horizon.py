"""Where the Horizon projects on the page come from, and how to import other files."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from domain.frames import records
from domain.text import MONTHS, format_list, plural
from ui import screen
from ui.markup import Markdown, code, md
from views.import_help import HORIZON, import_commands
from warehouse import horizon
from warehouse.query_cache import run_query


def where_they_come_from() -> None:
    """Draw the origin of the projects: the shipped snapshot or imports, what an import replaces, and how to import."""
    for row in records(run_query(horizon.origins)):
        screen.info(_shipped(row) if row["is_shipped"] else _imported(row), icon=":material/dataset:")
    with screen.expander("Import today’s files of CORDIS", icon=":material/upload_file:"):
        screen.markdown(
            "CORDIS, at cordis.europa.eu, offers the projects of each framework programme as CSV or Excel, and renews "
            "them."
        )
        import_commands(HORIZON)


def _shipped(row: Mapping[str, Any]) -> Markdown:
    return md(
        "**{}**: {} of the {}. A snapshot: what CORDIS published later is not in it. An import of today’s files "
        "takes its place.",
        row["title"],
        plural(row["projects"], "project"),
        row["period"],
    )


def _imported(row: Mapping[str, Any]) -> Markdown:
    """The import, and the shipped data sets whose place it takes."""
    began = _months(row["first_day"], row["last_day"])
    replaced = run_query(horizon.replaced)
    titles = replaced.loc[replaced["import_name"] == row["name"], "title"].tolist()
    instead = (
        md(
            " It takes the place of the shipped data set as a whole: {}. To see that one again, run "
            "{} and `python -m etl build`.",
            format_list(titles),
            code(f"python -m etl import --remove {row['name']}"),
        )
        if titles
        else ""
    )
    day = row["imported_on"]
    return md(
        "**{} of your import {}** (file {}, imported on {} {} {}){}.{}",
        plural(row["projects"], "project"),
        row["name"],
        row["input_file"],
        day.day,
        MONTHS[day.month - 1],
        day.year,
        began,
        instead,
    )


def _months(first: Any, last: Any) -> str:
    """', begun November 2014 to May 2016', or '' when no project has a date."""
    if pd.isna(first):
        return ""
    begin, end = (f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    return f", begun {begin}" if begin == end else f", begun {begin} to {end}"

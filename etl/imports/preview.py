"""What of an import there is to see before it is published: a few rows, and how far it reaches."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from etl.database import Connection, fetch_row, sql_literal

ROWS = 20


def _figure(column: str) -> str:
    """SQL of a figure without the point of a whole number, or of why there is none."""
    return (
        f"coalesce(CASE WHEN {column} = floor({column}) THEN {column}::BIGINT::VARCHAR ELSE {column}::VARCHAR END, "
        f"{column}_missing)"
    )


# Heading -> SQL of the columns that are shown.
_STATISTICS = {
    "Region": "region_code",
    "Industry": "traded_cluster_id",
    "Year": "year",
    "Persons employed": _figure("employment"),
    "Establishments": _figure("establishments"),
    "Mean wage": "CASE WHEN mean_wage IS NOT NULL THEN concat_ws(' ', mean_wage, wage_currency) END",
    "Flags": "flags",
}
_PROJECTS = {
    "Project": "horizon_project_id",
    "Acronym": "acronym",
    "Title": "title",
    "Begins": "start_on::VARCHAR",
    "Programme": "programme",
}


@dataclass(frozen=True)
class Preview:
    """columns and rows: some rows as they were read; reach: what the rows cover, name -> text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    reach: dict[str, str]


def preview_of(
    connection: Connection, fills: Literal["statistics", "projects"], parquet: Path, names: Mapping[str, str]
) -> Preview:
    """The preview of the rows of an import that fills these tables; names: id of an industry -> its name."""
    source = sql_literal(parquet)
    are_projects = fills == "projects"
    columns = _PROJECTS if are_projects else _STATISTICS
    order = "1" if are_projects else "region_code, year, traded_cluster_id"
    listed = ", ".join(f"({sql})::VARCHAR" for sql in columns.values())
    rows = connection.execute(f"SELECT {listed} FROM {source} ORDER BY {order} LIMIT {ROWS}").fetchall()
    reach = _reach_of_projects(connection, source) if are_projects else _reach_of_statistics(connection, source)
    shown = tuple(tuple(names.get(cell, cell) if cell is not None else "" for cell in row) for row in rows)
    return Preview(tuple(columns), shown, reach)


def _reach_of_statistics(connection: Connection, source: str) -> dict[str, str]:
    regions, industries, first, last = fetch_row(
        connection,
        f"SELECT count(DISTINCT region_code), count(DISTINCT traded_cluster_id), min(year), max(year) FROM {source}",
    )
    years = str(first) if first == last else f"{first} to {last}"
    return {"regions and countries": f"{regions:,}", "industries and totals": f"{industries:,}", "years": years}


def _reach_of_projects(connection: Connection, source: str) -> dict[str, str]:
    projects, first, last = fetch_row(
        connection, f"SELECT count(*), min(year(start_on)), max(year(start_on)) FROM {source}"
    )
    return {"projects": f"{projects:,}", "begin": "not stated" if first is None else f"{first} to {last}"}

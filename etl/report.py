"""What the published database holds, as tables for the terminal."""

from pathlib import Path

import duckdb
from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid

from etl.errors import DatabaseMissingError

SIDES = {"EU": "EU", "US": "USA", "OTHER": "other", None: "all"}


def open_published(link: Path, schema_version: int) -> duckdb.DuckDBPyConnection:
    """Connect read-only to the build behind the link. Raises DatabaseMissingError."""
    hint = "Run: python -m etl build"
    if not link.exists():
        raise DatabaseMissingError(f"There is no database at {link}. {hint}")
    try:
        connection = duckdb.connect(str(link.resolve()), read_only=True)
        found = connection.execute("SELECT schema_version FROM build_info").fetchone()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise DatabaseMissingError(f"{link} is not a database of this project ({reason}). {hint}") from error
    if found != (schema_version,):
        connection.close()
        raise DatabaseMissingError(f"{link} was built by another version of this project. {hint}")
    return connection


def describe(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print the build, the rows of every table, coverage, merged names and the USA share."""
    console.print(_build_line(connection))
    for grid in (_tables(connection), _places(connection), _merged(connection), _shares(connection)):
        console.print()
        console.print(grid)


def _build_line(connection) -> str:
    built_at, build_id, release_id = connection.execute(
        "SELECT strftime(built_at, '%d %B %Y, %H:%M UTC'), build_id, release_id FROM build_info"
    ).fetchone()
    release = f"release {release_id}" if release_id else "not a release"
    changes = connection.execute(
        "SELECT from_release_id, change, count(*) FROM release_changes WHERE to_release_id IS NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    since = f"; since release {changes[0][0]}: " if changes else ""
    return (
        f"Build {build_id[:12]} of {built_at}; {release}"
        + since
        + ", ".join(f"{n:,} {change}" for _, change, n in changes)
    )


def _tables(connection) -> Grid:
    counted = connection.execute(
        "SELECT table_name, sum(row_count)::BIGINT, sum(cited_count)::BIGINT, "
        "coalesce(sum(row_count) FILTER (origin = 'seeds'), 0)::BIGINT FROM coverage GROUP BY ALL"
    ).fetchall()
    cited = {table: numbers for table, *numbers in counted}
    # Registers and other derived tables have no keys and CHECKs; the tables of facts have.
    names = connection.execute(
        "SELECT DISTINCT table_name FROM duckdb_constraints() WHERE constraint_type <> 'NOT NULL' ORDER BY table_name"
    ).fetchall()
    grid = Grid("table", title="Rows, and how many of them are cited")
    for heading in ("rows", "from the two documents", "cited", "share cited"):
        grid.add_column(heading, justify="right")
    for (name,) in names:
        (rows,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
        total, with_citation, seeds = cited.get(name, (None, None, None))
        if total is None:
            grid.add_row(name, f"{rows:,}", "", "", "")
        else:
            grid.add_row(name, f"{rows:,}", f"{seeds:,}", f"{with_citation:,}", _percent(with_citation, total))
    total, with_citation = sum(n[0] for n in cited.values()), sum(n[1] for n in cited.values())
    seeds = sum(n[2] for n in cited.values())
    grid.add_section()
    grid.add_row("all facts", f"{total:,}", f"{seeds:,}", f"{with_citation:,}", _percent(with_citation, total))
    return grid


def _percent(part: int, whole: int) -> str:
    """A rounded-down percentage: 100 % means every single one."""
    return "–" if whole == 0 else f"{part * 1000 // whole / 10:g} %"


def _places(connection) -> Grid:
    rows = connection.execute(
        "SELECT side, count(*), count(*) FILTER (is_cluster_organisation), count(*) FILTER (named_in_seeds), "
        "count(*) FILTER (location_precision = 'city'), count(*) FILTER (location_precision = 'region'), "
        "count(*) FILTER (location_precision = 'country'), count(*) FILTER (location_precision = 'unknown') "
        "FROM organisations GROUP BY ROLLUP (side) ORDER BY side NULLS LAST"
    ).fetchall()
    grid = Grid("side", title="Organisations by side, and how far their place is known")
    for heading in (
        "organisations",
        "cluster organisations",
        "in the two documents",
        "city",
        "region",
        "country",
        "unknown",
    ):
        grid.add_column(heading, justify="right")
    for side, *numbers in rows:
        grid.add_row(SIDES[side], *(f"{number:,}" for number in numbers))
    return grid


def _merged(connection) -> RenderableType:
    rows = connection.execute(
        "SELECT name_as_found, organisation_id, name, origin, r.reason "
        "FROM reconciliation r JOIN organisations USING (organisation_id) WHERE decision = 'merged' ORDER BY ALL"
    ).fetchall()
    same_name = sum(found == name for found, _, name, *_ in rows)
    title = f"Merged: {len(rows):,} names; {same_name:,} of them are found under the very same name and not listed"
    grid = Grid("name as found", "organisation", "where", "why")
    for found, organisation_id, name, origin, reason in rows:
        if found != name:
            grid.add_row(found, organisation_id, origin, reason)
    return Group(title, grid) if rows else "Merged: no names."


def _shares(connection) -> Grid:
    rows = connection.execute(
        "SELECT label, numerator, denominator, share, basis, population FROM usa_share"
    ).fetchall()
    grid = Grid("reading", "k of n", "share", "basis", "population", title="ESCP-4i projects targeting the USA")
    for label, numerator, denominator, share, basis, population in rows:
        k_of_n = "not printed" if numerator is None else f"{numerator} of {denominator}"
        grid.add_row(label, k_of_n, "–" if share is None else f"{share:.2%}", basis, population)
    return grid

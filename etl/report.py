"""The content of the published database, as tables for the terminal."""

from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid

from domain.database_file import DatabaseNotReadyError, open_database
from domain.vocabulary import SIDE_LABELS
from etl.database import Connection, fetch_row, fetch_value
from etl.errors import DatabaseMissingError

ALL_SIDES = "all"


def open_published(link: Path, schema_version: int) -> Connection:
    """A read-only connection to the build that the link refers to. Raises DatabaseMissingError."""
    try:
        return open_database(link, schema_version)
    except DatabaseNotReadyError as error:
        raise DatabaseMissingError(f"{error} Run: python -m etl build") from error


def describe(connection: Connection, console: Console) -> None:
    """Print the build, the rows of every table, coverage, merged names and the USA share."""
    console.print(_build_line(connection))
    for grid in (_tables(connection), _locations(connection), _merged(connection), _shares(connection)):
        console.print()
        console.print(grid)


def _build_line(connection: Connection) -> str:
    built_at, build_id, release_id = fetch_row(
        connection, "SELECT strftime(built_at, '%d %B %Y, %H:%M UTC'), build_id, release_id FROM build_info"
    )
    release = f"release {release_id}" if release_id else "not a release"
    changes = connection.execute(
        "SELECT from_release_id, change, count(*) FROM release_changes "
        "WHERE to_release_id IS NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    since = f"; since release {changes[0][0]}: " if changes else ""
    counts = ", ".join(f"{count:,} {change}" for _, change, count in changes)
    return f"Build {build_id[:12]} of {built_at}; {release}{since}{counts}"


def _tables(connection: Connection) -> Grid:
    coverage = {
        table: (rows, cited, seeds)
        for table, rows, cited, seeds in connection.execute(
            "SELECT table_name, row_count, cited_count, seed_count FROM citation_coverage"
        ).fetchall()
    }
    # Tables of facts have keys and CHECKs; registers and other derived tables have none.
    names = connection.execute(
        "SELECT DISTINCT table_name FROM duckdb_constraints() WHERE constraint_type <> 'NOT NULL' ORDER BY table_name"
    ).fetchall()
    grid = Grid("table", title="Rows, and how many of them are cited")
    for heading in ("rows", "from the seed documents", "cited", "share cited"):
        grid.add_column(heading, justify="right")
    for (name,) in names:
        if name in coverage:
            grid.add_row(name, *_coverage_cells(*coverage[name]))
        else:
            grid.add_row(name, f"{fetch_value(connection, f'SELECT count(*) FROM {name}'):,}", "", "", "")
    grid.add_section()
    rows, cited, seeds = (sum(counts) for counts in zip(*coverage.values(), strict=True))
    grid.add_row("all facts", *_coverage_cells(rows, cited, seeds))
    return grid


def _coverage_cells(rows: int, cited: int, seeds: int) -> tuple[str, str, str, str]:
    return f"{rows:,}", f"{seeds:,}", f"{cited:,}", _percent(cited, rows)


def _percent(part: int, whole: int) -> str:
    """A percentage with one decimal, rounded down, so that 100 % means all of them."""
    return "–" if whole == 0 else f"{part * 1000 // whole / 10:g} %"


def _locations(connection: Connection) -> Grid:
    rows = connection.execute(
        "SELECT side, count(*), count(*) FILTER (is_cluster_organisation), count(*) FILTER (named_in_seeds), "
        "count(*) FILTER (location_precision = 'city'), count(*) FILTER (location_precision = 'region'), "
        "count(*) FILTER (location_precision = 'country'), count(*) FILTER (location_precision = 'unknown') "
        "FROM organisations GROUP BY ROLLUP (side) ORDER BY side NULLS LAST"
    ).fetchall()
    grid = Grid("side", title="Organisations by side, and how precisely they are located")
    for heading in (
        "organisations",
        "cluster organisations",
        "in the seed documents",
        "city",
        "region",
        "country",
        "unknown",
    ):
        grid.add_column(heading, justify="right")
    for side, *numbers in rows:
        grid.add_row(SIDE_LABELS.get(side, ALL_SIDES), *(f"{number:,}" for number in numbers))
    return grid


def _merged(connection: Connection) -> RenderableType:
    rows = connection.execute(
        "SELECT name_as_found, organisation_id, name, origin, r.reason "
        "FROM reconciliation r JOIN organisations USING (organisation_id) WHERE decision = 'merged' ORDER BY ALL"
    ).fetchall()
    same_name = sum(name_as_found == name for name_as_found, _, name, *_ in rows)
    title = f"Merged: {len(rows):,} names; {same_name:,} of them equal the name of the organisation and are not listed"
    grid = Grid("name as found", "organisation", "origin", "reason")
    for name_as_found, organisation_id, name, origin, reason in rows:
        if name_as_found != name:
            grid.add_row(name_as_found, organisation_id, origin, reason)
    return Group(title, grid) if rows else "Merged: no names."


def _shares(connection: Connection) -> Grid:
    rows = connection.execute(
        "SELECT label, numerator, denominator, share, basis, population FROM usa_share"
    ).fetchall()
    grid = Grid("reading", "k of n", "share", "basis", "population", title="ESCP-4i projects targeting the USA")
    for label, numerator, denominator, share, basis, population in rows:
        k_of_n = "not printed" if numerator is None else f"{numerator} of {denominator}"
        grid.add_row(label, k_of_n, "–" if share is None else f"{share:.2%}", basis, population)
    return grid

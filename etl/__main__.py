"""Command line: python -m etl build | fetch | check | import | release | describe | add … Configures logging."""

import logging
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.logging import RichHandler

from etl import report as database_report
from etl.console import display_path, print_lines, progress, reported_errors
from etl.dictionary import write_dictionary
from etl.errors import EtlError
from etl.imports import commands as imports
from etl.lake.copies import fetch as fetch_from_lake
from etl.lake.copies import hand_over
from etl.maintain import commands as maintain
from etl.pipeline import STEPS, BuildSummary, Inputs, archive_release
from etl.pipeline import build as build_database
from etl.pipeline import check as check_inputs
from etl.pipeline import release as write_release
from etl.schema import declared_schema
from settings import Settings, load_settings

app = typer.Typer(
    help="Build, check and describe the database of the dashboard, and maintain its facts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(imports.app)
DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of the CSV files and checks.toml.", show_default="data", metavar="DIR"),
]
DatabaseOption = Annotated[
    Path | None,
    typer.Option(
        "--database",
        help="The link to the published database.",
        show_default="CLUSTERS_DB, else data/build/clusters.duckdb",
        metavar="PATH",
    ),
]


@app.callback()
def _configure() -> None:
    handler = RichHandler(console=Console(stderr=True), show_time=False, show_path=False)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[handler])


@app.command()
def build(data: DataOption = None, database: DatabaseOption = None) -> None:
    """Read and check the data and publish a new database, which replaces the old one in one step.

    On an error every problem is listed, the exit code is 1 and the published database is unchanged.
    The last three builds are kept. Where CLUSTERS_DB names a lake, the build is added to it, and every release stays.
    """
    settings = load_settings()
    with reported_errors("Nothing was published; the database is unchanged."), progress(STEPS) as report:
        lake = None if database else hand_over(settings)
        summary = build_database(_inputs(settings, data), _link(settings, database), report, lake)
    _print_summary("Built", summary)


@app.command()
def fetch() -> None:
    """Copy the newest build of the lake that CLUSTERS_DB names to this machine, unless it is here.

    A running dashboard does so by itself. On an error the exit code is 1 and the copy that is here stays.
    """
    with reported_errors("The copy on this machine is unchanged."):
        path = fetch_from_lake(load_settings())
    typer.echo(f"The newest build is {path}.")


@app.command()
def check(data: DataOption = None) -> None:
    """Do everything that build does, in memory, and publish nothing."""
    settings = load_settings()
    with reported_errors("The data cannot be built."), progress(STEPS) as report:
        summary = check_inputs(_inputs(settings, data), report)
    _print_summary("Checked", summary)


@app.command()
def release(
    release_id: Annotated[str, typer.Argument(help="Day of the release, such as 2026-11-30.", metavar="ID")],
    data: DataOption = None,
) -> None:
    """Write the reviewed facts as a release: id and hash of every fact, the headline figures, an archive of the data.

    Later builds report what was added, changed or withdrawn since; links of this release go on to show its figures.
    Commit the two new files in the folder releases of the data folder.
    """
    inputs = _inputs(load_settings(), data)
    with reported_errors("No release was written."), progress(STEPS) as report:
        path = write_release(inputs, release_id, report)
    written = f"{inputs.display_path}/releases/{path.name} and {path.stem}.zip"
    typer.echo(f"{written} written. Build again, and commit both with the data.")


@app.command()
def archive(data: DataOption = None) -> None:
    """Keep the data of the newest release as its archive, where it was written without one.

    The facts in the data folder must be those of that release.
    """
    inputs = _inputs(load_settings(), data)
    with reported_errors("No archive was written."), progress(STEPS) as report:
        path = archive_release(inputs, report)
    typer.echo(f"{inputs.display_path}/releases/{path.name} written. Commit it.")


@app.command()
def describe(
    data: DataOption = None,
    database: DatabaseOption = None,
    columns: Annotated[
        bool, typer.Option("--columns", help="Write the column dictionary to README.md of the data folder instead.")
    ] = False,
) -> None:
    """Print the content of the database: rows, coverage, merged names and the readings of the USA share."""
    settings = load_settings()
    with reported_errors():
        if columns:
            _write_columns(_inputs(settings, data))
            return
        if settings.lake and not database:
            fetch_from_lake(settings)
        with database_report.open_published(_link(settings, database), settings.schema_version) as connection:
            database_report.describe(connection, Console())


def _inputs(settings: Settings, data: Path | None) -> Inputs:
    folder = (data or settings.data_dir).absolute()
    return Inputs(folder, display_path(folder, settings.root, data), settings.static_dir, settings.schema_version)


def _link(settings: Settings, database: Path | None) -> Path:
    # Not resolved, because the link itself is replaced, not the build it refers to.
    return database.expanduser().absolute() if database else settings.database


def _print_summary(verb: str, summary: BuildSummary) -> None:
    for warning in summary.warnings:
        typer.echo(f"Warning: {warning}")
    for note in summary.notes:
        typer.echo(f"Note: {note}")
    lines = [
        ("rows in", f"{summary.rows_in:,}"),
        ("rows out", f"{summary.rows_out:,}"),
        ("checks passed", f"{summary.checks_passed} of {summary.checks_run}"),
        ("warnings", f"{len(summary.warnings)}"),
        ("build", summary.build_id[:12]),
        ("release", summary.release_id or "not a release"),
        ("path", str(summary.path) if summary.path else "nothing published"),
        ("seconds", f"{summary.seconds:.1f}"),
    ]
    typer.echo(f"{verb}:")
    print_lines(lines)


def _write_columns(inputs: Inputs) -> None:
    readme, name = inputs.data_dir / "README.md", f"{inputs.display_path}/README.md"
    if not readme.is_file():
        raise EtlError(f"There is no {name}.")
    changed = write_dictionary(readme, declared_schema())
    typer.echo(f"{name}: {'updated' if changed else 'already up to date'}")


maintain.add_commands(app)

if __name__ == "__main__":
    app(prog_name="python -m etl")

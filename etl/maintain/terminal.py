"""What the maintainer's commands share on the terminal: the folder, refusals, and the rows before they are written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from etl.console import display_path, progress, reported_errors
from etl.errors import EtlError
from etl.maintain.facts import Facts
from etl.maintain.find import AnswerError
from etl.pipeline import STEPS, Inputs
from settings import load_settings

NOTHING_WRITTEN = "Nothing was written; the files are unchanged."
DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the CSV files.", show_default="data", metavar="DIR")
]


def read_facts(data: Path | None) -> Facts:
    """The facts of the data folder. Raises InputError."""
    settings = load_settings()
    folder = (data or settings.data_dir).absolute()
    return Facts(
        Inputs(folder, display_path(folder, settings.root, data), settings.static_dir, settings.schema_version)
    )


@contextmanager
def refusals() -> Iterator[None]:
    """Report what stops a command, and that nothing was written, and exit with code 1."""
    with reported_errors(NOTHING_WRITTEN):
        try:
            yield
        except AnswerError as error:
            raise EtlError(str(error)) from error


def review_and_write(facts: Facts, done: str, yes: bool) -> None:
    """Show the changed rows, check them as a build does, ask, and write all files or none. Raises EtlError."""
    for line in facts.diff():
        typer.echo(line)
    with progress(STEPS) as report:
        summary = facts.verify(report)
    for warning in summary.warnings:
        typer.echo(f"Warning: {warning}")
    typer.echo(f"{summary.checks_passed} of {summary.checks_run} checks of the build passed.")
    if not yes and not typer.confirm("Write these rows?", default=True):
        typer.echo(NOTHING_WRITTEN)
        raise typer.Exit(1)
    facts.write()
    typer.echo(f"{done} Run python -m etl build to update the dashboard.")

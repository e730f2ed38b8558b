"""Command line: python -m exports pack. The files of a workshop without the app."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from exports.content import CancelledError, Progress, gather
from exports.pack import BadRequestError, filters_of, write_pack
from settings import load_settings
from warehouse import query_cache
from warehouse.connection import DatabaseNotReadyError

app = typer.Typer(
    help="Files of the dashboard without the app.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _commands() -> None:
    """Keeps `pack` a command of its own, so that others can stand beside it."""


@app.command()
def pack(
    out: Annotated[Path, typer.Option(help="Folder for the files; it is made when it is missing.", metavar="DIR")],
    sector: Annotated[list[str] | None, typer.Option(help="A sector by id or name; may be repeated.")] = None,
    side: Annotated[list[str] | None, typer.Option(help="EU, US or OTHER; may be repeated.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="A country by code or name; may be repeated.")] = None,
    first: Annotated[int | None, typer.Option("--from", help="First year.", metavar="YEAR")] = None,
    last: Annotated[int | None, typer.Option("--to", help="Last year.", metavar="YEAR")] = None,
    no_unknown: Annotated[
        bool, typer.Option("--no-unknown", help="Leave out rows of unknown date, sector or place.")
    ] = False,
) -> None:
    """Write slides, report, workbook and calendar for these filters.

    The files appear when all are made; a run that is cancelled or fails leaves none.
    """
    with _reported_errors(), _progress() as progress:
        progress(0.0, "Reading the data")
        filters = filters_of(
            sector or [], side or [], country or [], first, last, not no_unknown, query_cache.vocabulary()
        )
        with query_cache.pinned():
            content = gather(filters, date.today())
            files = write_pack(content, out.expanduser().absolute(), progress)
    typer.echo(f"Filter: {content.filter_words}. {content.release_line}.")
    for section in content.sections:
        if section.card is None:
            typer.echo(f"{section.title}: {section.empty}")
    for file in files:
        typer.echo(f"  {file.stat().st_size / 1024:>8,.0f} KB  {file}")
    if problem := load_settings().public_url_problem:
        typer.echo(f"Warning: {problem}", err=True)


@contextmanager
def _reported_errors() -> Iterator[None]:
    """Turns our own errors into sentences on stderr and exit code 1; bugs keep their traceback."""
    # A polite request to end is a cancellation too: what is half made is taken away before the process goes.
    signal.signal(signal.SIGTERM, _cancel)
    try:
        yield
    except BadRequestError as error:
        typer.echo(f"{error} Nothing was written.", err=True)
        raise typer.Exit(1) from None
    except DatabaseNotReadyError as error:
        typer.echo(f"{error} Make it with: python -m etl build", err=True)
        raise typer.Exit(1) from None
    except (CancelledError, KeyboardInterrupt):
        typer.echo("CancelledError. Nothing was written.", err=True)
        raise typer.Exit(130) from None


def _cancel(*_: object) -> None:
    raise CancelledError


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress display on a terminal; silence elsewhere."""
    console = Console(stderr=True)
    bar = Bar(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("", total=1.0)
        yield lambda part, step: bar.update(task, completed=part, description=step)


if __name__ == "__main__":
    app(prog_name="python -m exports")

"""Command line: python -m exports pack. Writes the export files without the app."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import TaskProgressColumn

from domain.console import fail, progress_bar
from domain.progress import CancelledError
from exports.content import Content, gather
from exports.pack import BadRequestError, parse_filters, write_pack
from settings import load_settings
from warehouse import query_cache
from warehouse.connection import DatabaseNotReadyError

app = typer.Typer(
    help="Write the export files of the dashboard without the app.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _commands() -> None:
    """Keep `pack` a subcommand: typer turns a single command into the program itself."""


@app.command()
def pack(
    out: Annotated[Path, typer.Option(help="Folder for the files; created if it does not exist.", metavar="DIR")],
    sector: Annotated[list[str] | None, typer.Option(help="A sector by id or name; may be repeated.")] = None,
    side: Annotated[list[str] | None, typer.Option(help="EU, US or OTHER; may be repeated.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="A country by code or name; may be repeated.")] = None,
    first: Annotated[int | None, typer.Option("--from", help="First year.", metavar="YEAR")] = None,
    last: Annotated[int | None, typer.Option("--to", help="Last year.", metavar="YEAR")] = None,
    no_unknown: Annotated[
        bool, typer.Option("--no-unknown", help="Leave out the notes on records that might match.")
    ] = False,
) -> None:
    """Write slides, report, workbook and calendar for these filters.

    All files are written, or none if the command fails or is cancelled.
    """
    with _reported_errors(), progress_bar(1.0, TaskProgressColumn()) as progress:
        progress(0.0, "Reading the data")
        filters = parse_filters(
            sector or [], side or [], country or [], first, last, not no_unknown, query_cache.vocabulary()
        )
        with query_cache.pinned():
            content = gather(filters, date.today())
            files = write_pack(content, out.expanduser().absolute(), progress)
    _print_summary(content, files)


def _print_summary(content: Content, files: list[Path]) -> None:
    """Filter, release, steps without rows, and the size and path of each file."""
    typer.echo(f"Filter: {content.filter_label}. {content.release_line}.")
    for section in content.sections:
        if section.card is None:
            typer.echo(f"{section.title}: {section.empty}")
    for file in files:
        typer.echo(f"  {file.stat().st_size / 1024:>8,.0f} KB  {file}")
    if problem := load_settings().public_url_problem:
        typer.echo(f"Warning: {problem}", err=True)


@contextmanager
def _reported_errors() -> Iterator[None]:
    """Report expected errors in one sentence with exit code 1, cancellation with 130; others keep their traceback."""
    # Treat SIGTERM like Ctrl-C: delete partial output, then exit.
    signal.signal(signal.SIGTERM, _cancel)
    try:
        yield
    except BadRequestError as error:
        fail(f"{error} Nothing was written.")
    except DatabaseNotReadyError as error:
        fail(f"{error} Build it with: python -m etl build")
    except (CancelledError, KeyboardInterrupt):
        fail("Cancelled. Nothing was written.", 130)


def _cancel(*_: object) -> None:
    raise CancelledError


if __name__ == "__main__":
    app(prog_name="python -m exports")

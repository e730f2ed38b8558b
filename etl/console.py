"""What every command shows on a terminal: our own errors as sentences, and progress."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from etl.errors import EtlError, InputError


@contextmanager
def reported_errors(consequence: str = "") -> Iterator[None]:
    """Turns our own errors into sentences on stderr and exit code 1; bugs keep their traceback."""
    try:
        yield
    except InputError as error:
        count = len(error.problems)
        found = "1 problem" if count == 1 else f"{count:,} problems"
        typer.echo(f"{error}\n\n{found} found. {consequence}", err=True)
        raise typer.Exit(1) from None
    except EtlError as error:
        typer.echo(f"{error} {consequence}".strip(), err=True)
        raise typer.Exit(1) from None


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """A progress display on a terminal; silence elsewhere. Gives a function to call as each step begins."""
    console = Console(stderr=True)
    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("", total=len(steps))
        yield lambda step: bar.update(task, description=step, completed=steps.index(step))


def print_lines(lines: Sequence[tuple[str, str]]) -> None:
    """Name and value, one pair a line."""
    width = max(14, *(len(name) + 2 for name, _ in lines))
    for name, value in lines:
        typer.echo(f"  {name:<{width}}{value}")

"""What commands show on a terminal: a progress bar, and one sentence for an expected error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn


@contextmanager
def progress_bar(total: float, amount: ProgressColumn) -> Iterator[Callable[[float, str], None]]:
    """Progress bar on standard error; shows nothing when that is not a terminal.

    Yields a function that takes the amount done, of ``total``, and a label of the step that begins. ``amount`` is the
    column that prints the amount, as a percentage or as 'm of n'.
    """
    console = Console(stderr=True)
    bar = Progress(
        BarColumn(),
        amount,
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("", total=total)
        yield lambda done, step: bar.update(task, completed=done, description=step)


def fail(message: str, exit_code: int = 1) -> NoReturn:
    """Print a message on standard error and end the command with this exit code."""
    typer.echo(message, err=True)
    raise typer.Exit(exit_code) from None

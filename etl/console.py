"""What every command shows on a terminal: our own errors as sentences, and progress."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.progress import MofNCompleteColumn

from domain.console import fail, progress_bar
from etl.errors import EtlError, InputError


@contextmanager
def reported_errors(consequence: str = "") -> Iterator[None]:
    """Turns our own errors into sentences on stderr and exit code 1; bugs keep their traceback."""
    try:
        yield
    except InputError as error:
        count = len(error.problems)
        found = "1 problem" if count == 1 else f"{count:,} problems"
        fail(f"{error}\n\n{found} found. {consequence}")
    except EtlError as error:
        fail(f"{error} {consequence}".strip())


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Progress bar over named steps; yields a function to call with the name of each step as it begins."""
    with progress_bar(len(steps), MofNCompleteColumn()) as report:
        yield lambda step: report(steps.index(step), step)


def print_lines(lines: Sequence[tuple[str, str]]) -> None:
    """Name and value, one pair a line."""
    width = max(14, *(len(name) + 2 for name, _ in lines))
    for name, value in lines:
        typer.echo(f"  {name:<{width}}{value}")

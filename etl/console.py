"""Terminal output that all commands share: errors as sentences, progress, and aligned lines."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.progress import MofNCompleteColumn

from domain.console import fail, progress_bar
from etl.errors import EtlError, InputError


@contextmanager
def reported_errors(consequence: str = "") -> Iterator[None]:
    """Report an EtlError as sentences on stderr, followed by its consequence, and exit with code 1."""
    try:
        yield
    except InputError as error:
        count = len(error.problems)
        # One problem is one line; several are counted below them.
        fail(f"{error} {consequence}".strip() if count == 1 else f"{error}\n\n{count:,} problems found. {consequence}")
    except EtlError as error:
        between = "\n" if "\n" in str(error) else " "
        fail(f"{error}{between}{consequence}".strip())


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Progress bar over named steps; yields a function to call with the name of each step as it begins."""
    with progress_bar(len(steps), MofNCompleteColumn()) as report:
        yield lambda step: report(steps.index(step), step)


def display_path(folder: Path, root: Path, typed: Path | None) -> str:
    """A folder as messages write it: relative to ``root`` when it lies inside, else as the user typed it."""
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(typed)


def print_lines(lines: Sequence[tuple[str, str]]) -> None:
    """Print one name and value per line, the values aligned."""
    width = max(14, *(len(name) + 2 for name, _ in lines))
    for name, value in lines:
        typer.echo(f"  {name:<{width}}{value}")

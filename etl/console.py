"""Terminal output that all commands share: errors as sentences, progress, and aligned lines."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from etl.errors import EtlError, InputError


@contextmanager
def reported_errors(consequence: str = "") -> Iterator[None]:
    """Report an EtlError as sentences on stderr, followed by its consequence, and exit with code 1."""
    try:
        yield
    except InputError as error:
        count = len(error.problems)
        total = "1 problem" if count == 1 else f"{count:,} problems"
        typer.echo(f"{error}\n\n{total} found. {consequence}", err=True)
        raise typer.Exit(1) from None
    except EtlError as error:
        typer.echo(f"{error} {consequence}".strip(), err=True)
        raise typer.Exit(1) from None


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Show progress when stderr is a terminal. Yields a function to call with the name of each step as it begins."""
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


def display_path(folder: Path, root: Path, typed: Path | None) -> str:
    """A folder as messages write it: relative to ``root`` when it lies inside, else as the user typed it."""
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(typed)


def print_lines(lines: Sequence[tuple[str, str]]) -> None:
    """Print one name and value per line, the values aligned."""
    width = max(14, *(len(name) + 2 for name, _ in lines))
    for name, value in lines:
        typer.echo(f"  {name:<{width}}{value}")

"""Command line of the maintainer: add, rename, merge, retire, source-state and stale."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from etl.console import display_path, print_lines, progress, reported_errors
from etl.errors import EtlError
from etl.maintain import aliases, asking, cooperations, events, organisations, sources
from etl.maintain.facts import Facts
from etl.maintain.find import BadAnswer
from etl.maintain.questions import Answers, Question
from etl.pipeline import STEPS, Inputs
from settings import load_settings

NOTHING_WRITTEN = "Nothing was written; the files are unchanged."
app = typer.Typer(name="add", help="Add a fact: asks for what is needed, shows the rows, checks and writes them.")
DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the CSV files.", show_default="data", metavar="DIR")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Ask nothing, and write when all checks pass.")]
FileOption = Annotated[
    Path | None,
    typer.Option("--from", help="TOML or JSON file with answers; only needed ones that it lacks are asked.", metavar="FILE"),
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
        except BadAnswer as error:
            raise EtlError(str(error)) from error


def review_and_write(facts: Facts, done: str, yes: bool) -> None:
    """Show the changed rows, check them as a build does, ask, and write all files or none. Raises EtlError."""
    for line in facts.diff():
        typer.echo(line)
    with progress(STEPS) as report:
        summary = facts.verify(report)
    for warning in summary.warnings:
        typer.echo(f"Warning: {warning}")
    typer.echo(f"All {summary.checks_run} checks ran as in a build; {summary.checks_passed} passed.")
    if not yes and not typer.confirm("Write these rows?", default=True):
        typer.echo(NOTHING_WRITTEN)
        raise typer.Exit(1)
    facts.write()
    typer.echo(f"{done} Run python -m etl build to update the dashboard.")


def _run(
    questions: Sequence[Question], add: Callable[[Facts, Answers], str], noun: str, given: dict[str, Any]
) -> None:
    data, file, yes = given.pop("data"), given.pop("from_file"), given.pop("yes")
    with refusals():
        facts = read_facts(data)
        answers = asking.read_answers(file, questions) if file else {}
        answers |= {name: value for name, value in given.items() if value}
        asked = asking.NOTHING if yes else asking.WHAT_IS_NEEDED if file else asking.EVERYTHING
        record_id = add(facts, asking.collect(questions, facts, answers, asked))
        review_and_write(facts, f"Added {noun} {record_id}.", yes)


def _parameter(question: Question) -> inspect.Parameter:
    several = " Repeat it for several." if question.has_several else ""
    parts = f" As {question.parts[0].upper()}{''.join(f'; {p}=…' for p in question.parts[1:])}." if several else ""
    option = typer.Option(question.option, help=f"{question.text}.{parts}{several}", show_default=False)
    kind: Any = list[str] | None if question.has_several else str | None
    return inspect.Parameter(
        question.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind, option]
    )


def _command(name: str, questions: Sequence[Question], add: Callable[[Facts, Answers], str], help_text: str) -> None:
    """Register a command that has an option for every question."""

    def command(**given: Any) -> None:
        _run(questions, add, name, given)

    fixed = [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for key, default, annotation in (
            ("from_file", None, FileOption), ("yes", False, YesOption), ("data", None, DataOption)
        )
    ]
    signature = inspect.Signature([*map(_parameter, questions), *fixed])
    # Typer reads the options of a command from its signature.
    command.__signature__ = signature  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in signature.parameters.values()}
    app.command(name, help=help_text)(command)


def _add_source(facts: Facts, answers: Answers) -> str:
    return sources.add_source(facts, answers, "", answers["url"])


_command("organisation", organisations.questions(), organisations.add, "Add an organisation.")
_command("event", events.questions(), events.add, "Add an event.")
_command("cooperation", cooperations.questions(), cooperations.add, "Add an agreement or another cooperation.")
_command("source", sources.questions(), _add_source, "Add a source that facts will be cited from.")
_command("alias", aliases.questions(), aliases.add, "Add another name of an organisation or project.")

"""Command line of the maintainer: add, rename, merge, retire, source-state and stale."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from etl.errors import EtlError
from etl.maintain import (
    aliases,
    asking,
    cooperations,
    events,
    merge,
    organisations,
    rename,
    retire,
    source_states,
    sources,
)
from etl.maintain.facts import Facts
from etl.maintain.find import AnswerError
from etl.maintain.questions import Answers, Question
from etl.maintain.stale_command import stale_command
from etl.maintain.terminal import DataOption, read_facts, refusals, review_and_write

app = typer.Typer(
    name="add",
    help="Add a fact: asks for what is needed, shows the rows, checks and writes them.",
    no_args_is_help=True,
)
YesOption = Annotated[bool, typer.Option("--yes", help="Ask nothing, and write when all checks pass.")]
FileOption = Annotated[
    Path | None,
    typer.Option(
        "--from", help="TOML or JSON file with answers; only needed ones that it lacks are asked.", metavar="FILE"
    ),
]


def no_hint(_answers: Answers) -> str:
    """Nothing is to be done next."""
    return ""


@dataclass(frozen=True)
class _Command:
    """A command: what it asks, what it does with the answers, and what it then says of the id that this returns.

    hint: what is usually to be done next, after these answers; empty when there is nothing.
    """

    questions: Sequence[Question]
    act: Callable[[Facts, Answers], str]
    done: str
    help_text: str
    hint: Callable[[Answers], str] = no_hint

    def run(self, given: dict[str, Any]) -> None:
        """Collect the answers, change the facts, show, check and write them."""
        data, file, yes = given.pop("data"), given.pop("from_file"), given.pop("yes")
        with refusals():
            facts = read_facts(data)
            answers = asking.read_answers(file, self.questions) if file else {}
            answers |= {name: value for name, value in given.items() if value}
            asked = asking.NOTHING if yes else asking.WHAT_IS_NEEDED if file else asking.EVERYTHING
            interview = asking.Interview(self.questions, facts, answers, asked)
            try:
                record_id = self.act(facts, interview.collect())
                review_and_write(facts, self.done.format(record_id), yes)
                if hint := self.hint(interview.answers):
                    typer.echo(hint)
            except (EtlError, AnswerError, typer.Abort):
                if kept := interview.keep():
                    typer.echo(kept, err=True)
                raise


def _parameter(question: Question) -> inspect.Parameter:
    """The option or argument of a question, as Typer reads it."""
    help_text = f"{question.text}."
    if allowed := question.choices():
        help_text += f" One of {', '.join(allowed)}."
    if question.parts[1:]:
        help_text += f" As {question.parts[0].upper()}{''.join(f'; {part}=…' for part in question.parts[1:])}."
    if question.has_several:
        help_text += " Repeat it for several."
    kind: Any = list[str] | None if question.has_several else str | None
    metavar = question.name.upper() if question.is_argument else "TEXT"
    described = (
        typer.Argument(help=help_text, metavar=f"[{metavar}]", show_default=False)
        if question.is_argument
        else typer.Option(question.option, help=help_text, metavar=metavar, show_default=False)
    )
    return inspect.Parameter(
        question.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind, described]
    )


def _register(group: typer.Typer, name: str, declared: _Command) -> None:
    """Add a command to a group, with an option for every question."""

    def command(**given: Any) -> None:
        declared.run(given)

    fixed = [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for key, default, annotation in (
            ("from_file", None, FileOption),
            ("yes", False, YesOption),
            ("data", None, DataOption),
        )
    ]
    # Typer reads the options of a command from its signature and its annotations.
    signature = inspect.Signature([*map(_parameter, declared.questions), *fixed])
    command.__signature__ = signature  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in signature.parameters.values()}
    group.command(name, help=declared.help_text)(command)


def _add_source(facts: Facts, answers: Answers) -> str:
    return sources.add_source(facts, answers, "", answers["url"])


def _register_all() -> None:
    for name, module, help_text in (
        ("organisation", organisations, "Add an organisation."),
        ("event", events, "Add an event."),
        ("alias", aliases, "Add another name of an organisation or project."),
    ):
        _register(app, name, _Command(module.questions(), module.add, f"Added {name} {{}}.", help_text))
    _register(
        app,
        "cooperation",
        _Command(
            cooperations.questions(),
            cooperations.add,
            "Added cooperation {}.",
            "Add an agreement or another cooperation.",
            cooperations.next_step,
        ),
    )
    _register(
        app,
        "source",
        _Command(sources.questions(), _add_source, "Added source {}.", "Add a source that facts will be cited from."),
    )


def add_commands(group: typer.Typer) -> None:
    """Add the commands of the maintainer to the command line."""
    group.add_typer(app)
    _register(
        group,
        "rename",
        _Command(
            rename.questions(),
            rename.rename,
            "Renamed; the record is {} now.",
            "Give a record another id or name, and let every reference follow; the old name becomes an alias.",
        ),
    )
    _register(
        group,
        "merge",
        _Command(
            merge.questions(),
            merge.merge,
            "Merged into {}.",
            "Make one of two records that are the same organisation. For two bodies that became one, use retire.",
        ),
    )
    _register(
        group,
        "retire",
        _Command(
            retire.questions(),
            retire.retire,
            "Retired {}.",
            "Say how and when an organisation ended, and which one continues it.",
        ),
    )
    _register(
        group,
        "source-state",
        _Command(
            source_states.questions(),
            source_states.record_state,
            "Recorded for {}.",
            "Record what the page of a source gives today, and its copy in a public archive.",
        ),
    )
    group.command("stale")(stale_command)


_register_all()

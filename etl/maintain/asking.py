"""Collects the answers to the questions of a command: from its options, from a file, from the terminal."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from etl.errors import EtlError
from etl.extract import did_you_mean
from etl.maintain.facts import Facts
from etl.maintain.find import BadAnswer
from etl.maintain.questions import Answers, Question, as_text, choose, read_entry

# How much is asked on the terminal.
EVERYTHING, WHAT_IS_NEEDED, NOTHING = "everything", "what is needed", "nothing"


def read_answers(path: Path, questions: Sequence[Question]) -> dict[str, Any]:
    """The answers of a TOML or JSON file, by question. Raises EtlError for a file or a name that is not understood."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        answers = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except FileNotFoundError:
        raise EtlError(f"There is no file {path}.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise EtlError(f"{path} cannot be read: {error}. Write TOML, or JSON in a file that ends in .json.") from error
    if not isinstance(answers, dict):
        raise EtlError(f"{path} is a list, not answers by their names.")
    answers = {name.replace("-", "_"): value for name, value in answers.items()}
    known = [question.name for question in questions]
    unknown = [f"{path}: there is no question '{n}'{did_you_mean(n, known)}." for n in answers if n not in known]
    if unknown:
        raise EtlError("\n".join([*unknown, f"Known: {', '.join(known)}."]))
    return answers


def collect(questions: Sequence[Question], facts: Facts, given: Mapping[str, Any], asked: str) -> Answers:
    """The answers to all questions that arise, converted; one that has none is blank, or an empty list.

    ``given``: answers by question. ``asked``: EVERYTHING, WHAT_IS_NEEDED or NOTHING. Raises EtlError that lists every
    given answer that cannot be used and every needed one that is missing.
    """
    answers: Answers = {}
    problems: list[str] = []
    for question in questions:
        answer = given.get(question.name)
        is_given = answer not in (None, "", [], ())
        blank: Any = [] if question.has_several else ""
        answers[question.name] = blank
        if reason := question.skip(facts, answers):
            problems += [f"{question.option} has no place here: {reason}."] if is_given else []
            continue
        proposed = question.default(facts, answers) or blank
        if not is_given and (asked == EVERYTHING or (asked == WHAT_IS_NEEDED and question.needed and not proposed)):
            answers[question.name] = _ask(question, facts, answers, proposed)
            continue
        try:
            answers[question.name] = _read(question, answer if is_given else proposed, facts, answers)
        except BadAnswer as error:
            problems.append(f"{question.option}: {error}")
            continue
        if question.needed and not answers[question.name]:
            known = "".join(f"\n  {line}" for line in question.shown(facts, answers))
            problems.append(f"{question.option} is needed: {question.text}.{known}")
    if problems:
        raise EtlError("\n".join(problems))
    return answers


def _read(question: Question, answer: Any, facts: Facts, answers: Answers) -> Any:
    """The answer as the command takes it. Raises BadAnswer."""
    if question.has_several:
        entries = answer if isinstance(answer, (list, tuple)) else [answer]
        return [_read_entry(question, entry, facts, answers) for entry in entries if entry]
    return _read_text(question, as_text(answer), facts, answers)


def _read_entry(question: Question, entry: Any, facts: Facts, answers: Answers) -> Any:
    return question.read(read_entry(entry, question.parts), facts, answers)


def _read_text(question: Question, text: str, facts: Facts, answers: Answers) -> Any:
    if not text:
        return ""
    allowed = question.choices(facts)
    return question.read(choose(text, allowed) if allowed else text, facts, answers)


def _ask(question: Question, facts: Facts, answers: Answers, proposed: Any) -> Any:
    """Ask on the terminal until the answer can be used."""
    for line in question.shown(facts, answers):
        typer.echo(f"  {line}")
    for number, choice in enumerate(question.choices(facts), start=1):
        typer.echo(f"  {number} {choice}")
    return _ask_several(question, facts, answers, proposed) if question.has_several else _ask_one(
        question, facts, answers, proposed
    )


def _ask_one(question: Question, facts: Facts, answers: Answers, proposed: str) -> Any:
    while True:
        text = typer.prompt(question.text, default=proposed, show_default=bool(proposed)).strip()
        # A dash clears what is proposed.
        text = "" if text == "-" else text
        if not text and question.needed:
            typer.echo("  An answer is needed.")
            continue
        try:
            return _read_text(question, text, facts, answers)
        except BadAnswer as error:
            typer.echo(f"  {error}")


def _ask_several(question: Question, facts: Facts, answers: Answers, proposed: list[Any]) -> list[Any]:
    more = "; ".join(f"{part}=…" for part in question.parts[1:])
    typer.echo(f"{question.text}: one a line{f' ({question.parts[0]}; {more})' if more else ''}, Enter ends")
    if proposed:
        shown = "; ".join(as_text(list(entry.values()) if isinstance(entry, dict) else entry) for entry in proposed)
        typer.echo(f"  proposed: {shown}; a dash takes none of them")
    entries: list[Any] = []
    while True:
        text = typer.prompt(f"  {question.parts[0]} {len(entries) + 1}", default="", show_default=False).strip()
        if text == "-" and proposed:
            return []
        if not text and not entries and proposed:
            return [_read_entry(question, entry, facts, answers) for entry in proposed]
        if not text and not entries and question.needed:
            typer.echo("  An answer is needed.")
        elif not text:
            return entries
        else:
            try:
                entries.append(_read_entry(question, text, facts, answers))
            except BadAnswer as error:
                typer.echo(f"  {error}")

"""Collects the answers to the questions of a command: from its options, from a file, from the terminal."""

import json
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from etl.errors import EtlError
from etl.extract import did_you_mean
from etl.maintain.facts import Facts
from etl.maintain.find import AnswerError
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


@dataclass
class Interview:
    """The questions of a command and the answers to them.

    given: answers by question, as options or a file give them. asked: EVERYTHING, WHAT_IS_NEEDED or NOTHING. typed:
    all answers so far as they can be given again.
    """

    questions: Sequence[Question]
    facts: Facts
    given: Mapping[str, Any]
    asked: str
    answers: Answers = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)

    def collect(self) -> Answers:
        """The answers to all questions that arise, converted; one that has none is blank, or an empty list.

        Raises EtlError that lists every given answer that cannot be used and every needed one that is missing.
        """
        problems: list[str] = []
        for question in self.questions:
            self.answers[question.name] = [] if question.has_several else ""
            try:
                self._answer(question)
            except AnswerError as error:
                problems.append(f"{question.option}{error}")
        if problems:
            raise EtlError("\n".join(problems))
        return self.answers

    def keep(self) -> str:
        """A sentence that says where the typed answers are kept; empty when none were typed."""
        if self.asked == NOTHING or not self.typed:
            return ""
        with tempfile.NamedTemporaryFile(
            "w", prefix="answers-", suffix=".json", delete=False, encoding="utf-8"
        ) as file:
            json.dump(self.typed, file, ensure_ascii=False, indent=2)
        return f"Your answers are kept: change them in {file.name} and run the command with --from {file.name}."

    def _answer(self, question: Question) -> None:
        given = self.given.get(question.name)
        is_given = given not in (None, "", [], ())
        if reason := question.skip(self.facts, self.answers):
            if is_given:
                raise AnswerError(f" has no place here: {reason}.")
            return
        needed = question.is_needed(self.facts, self.answers)
        proposed = question.default(self.facts, self.answers)
        answer = given if is_given else proposed
        if is_given or self.asked == NOTHING or (self.asked == WHAT_IS_NEEDED and (proposed or not needed)):
            self._take(question, answer)
        else:
            self._ask(question, needed, proposed)
        if needed and not self.answers[question.name]:
            known = "".join(f"\n  {line}" for line in question.shown(self.facts, self.answers))
            raise AnswerError(f" is needed: {question.text}.{known}")

    def _take(self, question: Question, answer: Any) -> None:
        """Convert an answer and keep it. Raises AnswerError."""
        if not answer:
            return
        if question.has_several:
            entries = answer if isinstance(answer, (list, tuple)) else [answer]
            self.answers[question.name] = [self._read_entry(question, entry) for entry in entries]
        else:
            text = as_text(answer)
            self.answers[question.name] = self._read_text(question, text) if text else ""
        self.typed[question.name] = answer

    def _read_entry(self, question: Question, entry: Any) -> Any:
        try:
            return question.read(read_entry(entry, question.parts), self.facts, self.answers)
        except AnswerError as error:
            raise AnswerError(f": {error}") from error

    def _read_text(self, question: Question, text: str) -> Any:
        allowed = question.choices()
        try:
            return question.read(choose(text, allowed) if allowed else text, self.facts, self.answers)
        except AnswerError as error:
            raise AnswerError(f": {error}") from error

    def _ask(self, question: Question, needed: bool, proposed: Any) -> None:
        """Ask on the terminal until the answer can be used."""
        for line in question.shown(self.facts, self.answers):
            typer.echo(f"  {line}")
        for number, choice in enumerate(question.choices(), start=1):
            typer.echo(f"  {number} {choice}")
        if question.has_several:
            self._ask_several(question, needed, proposed or [])
        else:
            self._ask_one(question, needed, proposed or "")

    def _ask_one(self, question: Question, needed: bool, proposed: str) -> None:
        while True:
            text = typer.prompt(question.text, default=proposed, show_default=bool(proposed)).strip()
            # A dash takes nothing of what is proposed.
            text = "" if text == "-" else text
            if not text and needed:
                typer.echo("  An answer is needed.")
            elif self._can_take(question, text):
                return

    def _ask_several(self, question: Question, needed: bool, proposed: list[Any]) -> None:
        more = "; ".join(f"{part}=…" for part in question.parts[1:])
        typer.echo(f"{question.text}: one a line{f' ({question.parts[0]}; {more})' if more else ''}, Enter ends")
        if proposed:
            typer.echo(f"  proposed: {', '.join(map(as_text, proposed))}; Enter takes them, a dash none of them")
        entries: list[Any] = []
        while True:
            text = typer.prompt(f"  {question.parts[0]} {len(entries) + 1}", default="", show_default=False).strip()
            is_end = text in ("", "-")
            if is_end and not entries and text != "-":
                entries = list(proposed)
            if is_end and needed and not entries:
                typer.echo("  An answer is needed.")
            elif is_end:
                self._take(question, entries)
                return
            elif self._can_take(question, [*entries, text]):
                entries.append(text)

    def _can_take(self, question: Question, answer: Any) -> bool:
        try:
            self._take(question, answer)
        except AnswerError as error:
            typer.echo(f" {str(error).removeprefix(':')}")
            return False
        return True

"""What a command asks: each question declared once, for the prompt, the option and the answers in a file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.constraint_messages import allowed_values
from etl.maintain.facts import Facts
from etl.maintain.find import AnswerError
from etl.schema import declared_schema

# Answers by the name of the question: a text, or a list of entries for a question with several answers.
Answers = dict[str, Any]
# An entry of such a list: its parts by name.
Entry = dict[str, str]


def _no_default(_facts: Facts, _answers: Answers) -> Any:
    return None


def _never(_facts: Facts, _answers: Answers) -> bool:
    return False


def _nothing_shown(_facts: Facts, _answers: Answers) -> list[str]:
    return []


def always_asked(_facts: Facts, _answers: Answers) -> str:
    """No reason to leave a question out."""
    return ""


def _as_it_is(value: Any, _facts: Facts, _answers: Answers) -> Any:
    return value


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question.

    name: of the answer; the option is --name with hyphens. text: the question, and the help of the option.
    parts: names of the parts of an entry, the first of which needs no name; none for a question with one answer.
    needed: whether an answer must be given; needed_when: whether it must be after these answers.
    is_argument: whether it stands in the command without its name.
    column: table and column whose CHECK lists the allowed answers.
    default: the answer that is proposed. skip: why the question does not arise; empty when it does.
    shown: lines that one must know to answer. read: converts an answer, or an entry, and raises AnswerError.
    """

    name: str
    text: str
    parts: tuple[str, ...] = ()
    needed: bool = False
    needed_when: Callable[[Facts, Answers], bool] = _never
    is_argument: bool = False
    column: tuple[str, str] | None = None
    default: Callable[[Facts, Answers], Any] = _no_default
    skip: Callable[[Facts, Answers], str] = always_asked
    shown: Callable[[Facts, Answers], list[str]] = _nothing_shown
    read: Callable[[Any, Facts, Answers], Any] = _as_it_is

    @property
    def option(self) -> str:
        """The option of the command line, or the argument."""
        return self.name.upper() if self.is_argument else "--" + self.name.replace("_", "-")

    @property
    def has_several(self) -> bool:
        """Whether it takes several answers."""
        return bool(self.parts)

    def is_needed(self, facts: Facts, answers: Answers) -> bool:
        """Whether an answer must be given after these answers."""
        return self.needed or self.needed_when(facts, answers)

    def choices(self) -> Sequence[str]:
        """The allowed answers; empty where any text is one."""
        return choices(*self.column) if self.column else ()


def choices(table: str, column: str) -> Sequence[str]:
    """The values that a CHECK of the schema allows in a column; empty when there is none."""
    checks = declared_schema().tables[table].checks
    lists = (allowed_values(check.expression) for check in checks if check.columns == (column,))
    return next(filter(None, lists), ())


def choose(value: str, allowed: Sequence[str]) -> str:
    """The allowed value that is meant: written in any case, or by its number from 1. Raises AnswerError."""
    if value.isdigit() and 1 <= int(value) <= len(allowed):
        return allowed[int(value) - 1]
    for one in allowed:
        if one.casefold().replace("_", " ") == value.casefold().replace("_", " "):
            return one
    raise AnswerError(f"'{value}' is none of {', '.join(allowed)}.")


def read_entry(given: str | Mapping[str, Any], parts: tuple[str, ...]) -> Entry:
    """An entry as its parts: from 'Boston, US; latitude=42.36', or from a table of a TOML or JSON file.

    Parts that are not named are left out. Raises AnswerError for a part that the question does not know.
    """
    if isinstance(given, Mapping):
        if unknown := set(given) - set(parts):
            raise AnswerError(f"{', '.join(sorted(unknown))} is not known here. Write {', '.join(parts)}.")
        return {name: as_text(value) for name, value in given.items()}
    named = "|".join(map(re.escape, parts))
    first, *others = re.split(rf";\s*(?=(?:{named})\s*=)", as_text(given))
    entry: Entry = {}
    for number, piece in enumerate([first, *others]):
        match = re.fullmatch(rf"\s*({named})\s*=(.*)", piece, re.DOTALL)
        name, value = (match[1], match[2]) if match else (parts[0], piece)
        if not match and number:
            raise AnswerError(f"'{piece.strip()}' is not understood. Write {'; '.join(f'{p}=…' for p in parts)}.")
        entry[name] = value.strip()
    return {name: value for name, value in entry.items() if value}


def as_text(value: object) -> str:
    """A value of a TOML or JSON file as the CSV files write it; several values are joined by commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(as_text, value))
    return "" if value is None else str(value).strip()

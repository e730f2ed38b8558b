"""Errors of the ETL that the command line reports as sentences, without a traceback.

EtlError                    base class
├── InputError              problems in data/: one Problem each, all reported at once
├── PublishError            the database cannot be written or replaced
└── DatabaseMissingError    there is no database to describe, or one of another version

Any other exception is a bug and shows its traceback.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_VALUE_CHARS = 80
# Problems of one kind that are listed; the rest are counted.
MAX_PROBLEMS = 20


@dataclass(frozen=True)
class Problem:
    """One error in an input file.

    str() gives the whole message, such as
    data/projects.csv line 14, start_on: '2023-13-01' is not a date. Write YYYY-MM-DD.

    file: path as the user typed it. line: 1 is the header; None for the file as a whole.
    column, value: the cell; None when the problem is not in one cell.
    rule: the broken rule as the rest of a sentence that begins with the value, without a full stop.
    fix: how to correct it, as one full sentence.
    """

    file: str
    line: int | None
    column: str | None
    value: str | None
    rule: str
    fix: str

    @property
    def location(self) -> str:
        """File and line, such as 'data/projects.csv line 14'."""
        return self.file if self.line is None else f"{self.file} line {self.line}"

    def __str__(self) -> str:
        column = "" if self.column is None else f", {shorten(self.column)}"
        value = "" if self.value is None else f"'{shorten(self.value)}' "
        return f"{self.location}{column}: {value}{self.rule}. {self.fix}"


def shorten(value: str) -> str:
    """The value on one line, cut to MAX_VALUE_CHARS characters."""
    one_line = " ".join(value.split())
    return one_line if len(one_line) <= MAX_VALUE_CHARS else one_line[: MAX_VALUE_CHARS - 1] + "…"


class EtlError(Exception):
    """Base class of the errors that are reported as sentences."""


class InputError(EtlError):
    """The input files break rules; ``problems`` lists every one, sorted by file and line."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = sorted(problems, key=lambda p: (p.file, p.line or 0, p.column or ""))
        super().__init__("\n".join(map(str, self.problems)))


class PublishError(EtlError):
    """The new database cannot be published; the published one is unchanged."""


class DatabaseMissingError(EtlError):
    """There is no database at the path, or one that this version cannot read."""

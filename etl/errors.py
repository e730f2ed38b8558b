"""What can go wrong in the ETL, and how it is told.

EtlError                    everything the command line reports as a sentence, without a traceback
├── InputError                problems in data/: one Problem each, all reported at once
├── PublishError            the database cannot be written or replaced
└── DatabaseMissingError         there is no database to describe yet, or one of another version

Anything else that is raised is a bug and shows its traceback.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_VALUE = 80


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in an input file.

    str() gives the whole message, such as
    data/projects.csv line 14, start_on: '2023-13-01' is not a date. Write YYYY-MM-DD.

    file: path as the user knows it. line: 1 is the header; None for the file as a whole.
    column, value: where and what, None when the problem is not in one cell.
    rule: what is broken, continuing the value, without a full stop. fix: one full sentence.
    """

    file: str
    line: int | None
    column: str | None
    value: str | None
    rule: str
    fix: str

    @property
    def place(self) -> str:
        """The file and line in words."""
        return self.file if self.line is None else f"{self.file} line {self.line}"

    def __str__(self) -> str:
        column = "" if self.column is None else f", {self.column}"
        value = "" if self.value is None else f"'{shorten(self.value)}' "
        return f"{self.place}{column}: {value}{self.rule}. {self.fix}"


def shorten(value: str) -> str:
    """A value short enough to stand in a one-line message."""
    one_line = " ".join(value.split())
    return one_line if len(one_line) <= MAX_VALUE else one_line[: MAX_VALUE - 1] + "…"


class EtlError(Exception):
    """Base of every error that is reported as a sentence."""


class InputError(EtlError):
    """The input files break rules. problems holds every one that was found."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = sorted(problems, key=lambda p: (p.file, p.line or 0, p.column or ""))
        super().__init__("\n".join(map(str, self.problems)))


class PublishError(EtlError):
    """The new database could not be put in place; the published one is untouched."""


class DatabaseMissingError(EtlError):
    """No database at the path, or one that this version cannot read."""

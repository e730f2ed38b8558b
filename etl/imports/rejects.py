"""The rows that an import does not take over, counted by reason, and the invalid ones with their lines."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from domain.text import looks_like_formula

# Rejections listed in the CSV file next to the manifest; the counts are always complete.
MAX_LISTED = 100_000
# Lines printed for each reason.
MAX_LINES = 5
COLUMNS = ("line", "column", "value", "reason")
_BLANKED = ": the row is kept, the cell is blank"
_MENDED = ": dropped, the rest of the cell is kept"


@dataclass(frozen=True)
class Rejection:
    """An invalid row or cell. column: empty when it is about the whole row. reason: why, in a few words."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class RejectLog:
    """What an import did not take over.

    excluded: reason -> rows that do not belong to the import, without lines. invalid: reason -> rows with an
    error. blanked: reason -> unreadable cells whose row was imported. mended: reason -> cells of which a part was
    dropped. rejections: invalid rows, blanked and mended cells with their lines, at most MAX_LISTED. notes: how the
    file was read, as sentences.
    """

    excluded: Counter[str] = field(default_factory=Counter)
    invalid: Counter[str] = field(default_factory=Counter)
    blanked: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def exclude(self, reason: str, rows: int) -> None:
        """Count rows that do not belong to the import."""
        if rows:
            self.excluded[reason] += rows

    def reject(self, rejections: Iterable[Rejection]) -> None:
        """Record rows that are not imported because they are invalid, one rejection per row."""
        self._record(self.invalid, rejections)

    def blank(self, rejections: Iterable[Rejection]) -> None:
        """Record cells that were left blank in rows that are imported."""
        self._record(self.blanked, rejections)

    def mend(self, rejections: Iterable[Rejection]) -> None:
        """Record cells of which what the reason names was dropped, in rows that are imported."""
        self._record(self.mended, rejections)

    def _record(self, counter: Counter[str], rejections: Iterable[Rejection]) -> None:
        for rejection in rejections:
            counter[rejection.reason] += 1
            if len(self.rejections) < MAX_LISTED:
                self.rejections.append(rejection)

    @property
    def rows(self) -> int:
        """Number of rows that are not imported."""
        return self.excluded.total() + self.invalid.total()

    def counts(self) -> dict[str, int]:
        """Reason -> number of rows, or of blanked cells, the most frequent first."""
        kept = Counter({f"{reason}{_BLANKED}": count for reason, count in self.blanked.items()})
        kept += Counter({f"{reason}{_MENDED}": count for reason, count in self.mended.items()})
        return dict((self.excluded + self.invalid + kept).most_common())

    def first_lines(self, reason: str) -> list[int]:
        """Up to MAX_LINES lines of the rejections with a reason of ``counts``, in ascending order."""
        own = reason.removesuffix(_BLANKED).removesuffix(_MENDED)
        return sorted(rejection.line for rejection in self.rejections if rejection.reason == own)[:MAX_LINES]

    def write(self, path: Path) -> None:
        """Write the rejections as CSV, sorted by line; a value that looks like a formula gets a leading apostrophe."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(
                (rejection.line, rejection.column, _harmless(rejection.value), rejection.reason)
                for rejection in sorted(self.rejections, key=_line)
            )


def _harmless(value: str) -> str:
    return f"'{value}" if looks_like_formula(value) else value


def _line(rejection: Rejection) -> int:
    return rejection.line

"""Rows that an import does not take over: every one counted, those that are at fault with their line."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

# Lines kept for the list beside the card; the counts are always complete.
MAX_LISTED = 100_000
MAX_SHOWN = 5
COLUMNS = ("line", "column", "value", "reason")


@dataclass(frozen=True)
class Fault:
    """One cell or row that could not be used: where it stands and why, in a few words."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class Ledger:
    """What was set aside. by_rule: rows that are not wanted, without lines; faults: what is wrong.

    blanked counts unreadable cells whose row was kept.
    """

    by_rule: Counter = field(default_factory=Counter)
    at_fault: Counter = field(default_factory=Counter)
    blanked: Counter = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def leave_out(self, reason: str, rows: int) -> None:
        """Count rows that a rule leaves out."""
        if rows:
            self.by_rule[reason] += rows

    def set_aside(self, faults: Iterable[Fault]) -> None:
        """Note rows that are not imported because something is wrong in them, one fault each."""
        self._note(self.at_fault, faults)

    def blank(self, faults: Iterable[Fault]) -> None:
        """Note cells that were left blank in a row that is imported."""
        self._note(self.blanked, faults)

    def _note(self, counter: Counter, faults: Iterable[Fault]) -> None:
        for fault in faults:
            counter[fault.reason] += 1
            if len(self.faults) < MAX_LISTED:
                self.faults.append(fault)

    @property
    def rows(self) -> int:
        """Rows that are not imported."""
        return self.by_rule.total() + self.at_fault.total()

    def counts(self) -> dict[str, int]:
        """Reason to number, the most frequent first; blanked cells say so."""
        blanked = {f"{reason}: the row is kept, the cell is blank": n for reason, n in self.blanked.items()}
        return dict((self.by_rule + self.at_fault + Counter(blanked)).most_common())

    def first_lines(self, reason: str) -> list[int]:
        """Lines of the first faults with this reason."""
        own = reason.removesuffix(": the row is kept, the cell is blank")
        return sorted(fault.line for fault in self.faults if fault.reason == own)[:MAX_SHOWN]

    def write(self, path: Path) -> None:
        """Every fault as CSV, in the order of the lines."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows((f.line, f.column, f.value, f.reason) for f in sorted(self.faults, key=lambda f: f.line))

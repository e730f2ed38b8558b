"""Codes of NUTS that changed from one version to the next, and which codes therefore stand for the same territory.

The table is data/lookups/nuts_changes.csv: `recoded` is the same territory under a new code, `overlaps` a part of it.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FILE = "nuts_changes.csv"
RECODED = "recoded"


@dataclass(frozen=True)
class NutsChanges:
    """Changes of codes. pairs: (old code, new code, recoded or overlaps, version that brought the new code)."""

    pairs: tuple[tuple[str, str, str, int], ...] = field(default=())

    @cached_property
    def _same(self) -> dict[str, tuple[str, ...]]:
        """Code -> all codes of the same territory, oldest first."""
        groups: dict[str, tuple[str, ...]] = {}
        for old, new, change, _ in self.pairs:
            if change == RECODED:
                both = (*groups.get(old, (old,)), *groups.get(new, (new,)))
                groups |= dict.fromkeys(both, both)
        return groups

    @cached_property
    def _later(self) -> dict[str, set[str]]:
        later: dict[str, set[str]] = defaultdict(set)
        for old, new, _, _ in self.pairs:
            later[old].add(new)
        return later

    def same(self, code: str) -> tuple[str, ...]:
        """All codes of the territory of a code, oldest first; the code alone where it never changed."""
        return self._same.get(code, (code,))

    def version_of(self, code: str) -> str:
        """The versions that have a code, such as 'NUTS 2016 and later', 'NUTS before 2016'; '' if it never changed."""
        begins = [since for _, new, _, since in self.pairs if new == code]
        ends = [since for old, _, _, since in self.pairs if old == code]
        if begins:
            return f"NUTS {max(begins)}" if ends else f"NUTS {max(begins)} and later"
        return f"NUTS before {min(ends)}" if ends else ""

    def successors(self, code: str) -> set[str]:
        """The codes of later versions that cover a part of the territory of a code."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            for later in self._later.get(waiting.pop(), ()):
                if later not in found:
                    found.add(later)
                    waiting.append(later)
        return found

    def overlaps(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        """(older, newer) of the codes that stand for the same territory or parts of it in two versions, sorted."""
        given = set(codes)
        pairs = set()
        for code in given:
            for later in self.successors(code):
                # A region of the newer version, a larger one that holds it, or a smaller one within it.
                inside = {later[:length] for length in range(3, len(later) + 1)} & given
                inside |= {other for other in given if other.startswith(later)}
                pairs |= {(code, other) for other in inside if other != code and not code.startswith(other)}
        return sorted(pairs)


def read_nuts_changes(data_dir: Path) -> NutsChanges:
    """The changes of a data folder; none when it has no such table."""
    path = data_dir / "lookups" / FILE
    if not path.is_file():
        return NutsChanges()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return NutsChanges(tuple((row["old_code"], row["new_code"], row["change"], int(row["since"])) for row in rows))

"""Sectors and themes of a record, worked out from the CSV files.

A sector filter reads the sectors recorded for a record, else those of its parties or projects, and the themes above
them; the crosswalk gives a theme only where nothing else does.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.oracle_records import ID, KNOWS

if TYPE_CHECKING:
    from tests.oracle import Oracle


@dataclass(frozen=True)
class Sectors:
    """The sectors of the records of an oracle."""

    oracle: "Oracle"

    @cached_property
    def _own(self) -> dict[str, Mapping[str, frozenset[str]]]:
        keys = {table: ID.get(table, f"{table[:-1]}_id") for table in KNOWS if table != "opportunities"}
        own = {t: self.oracle.lists(f"{key.removesuffix('_id')}_sectors", key, "sector_id") for t, key in keys.items()}
        return own | {"opportunities": self.oracle.lists("opportunities", "opportunity_id", "sector_id")}

    @cached_property
    def _related(self) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
        """Records that a cooperation or event has its sectors from when none is recorded for it."""
        found = defaultdict(list)
        for row in self.oracle.rows("cooperation_parties"):
            for table in ("organisations", "projects"):
                if row[f"{table[:-1]}_id"]:
                    found["cooperations", row["cooperation_id"]].append((table, row[f"{table[:-1]}_id"]))
        for row in self.oracle.rows("event_projects"):
            found["events", row["event_id"]].append(("projects", row["project_id"]))
        return found

    def sectors_and_themes(self, table: str, record_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """Sectors and themes of a record."""
        sectors = self._own[table][record_id]
        if not sectors:
            related = self._related.get((table, record_id), [])
            sectors = frozenset().union(*(self._own[other][one] for other, one in related))
        parents = {row["sector_id"]: row["parent_id"] for row in self.oracle.rows("sectors")}
        schemes = {row["sector_id"]: row["scheme"] for row in self.oracle.rows("sectors")}
        themes = {s for s in sectors if schemes[s] == "theme"} | {parents[s] for s in sectors if parents[s]}
        crosswalk = self.oracle.lists("sector_links", "traded_cluster_id", "theme_id")
        return sectors, frozenset(themes) or frozenset().union(*(crosswalk[sector] for sector in sectors))

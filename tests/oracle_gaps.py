"""What may be missing of a record, worked out from the CSV files: a part of it is not recorded, or not known to be all.

The rules are those of decision 5, written down anew: a list of countries or sides has a gap where a party, member or
place has no country or side; where not all members of a project are known; and a sector list has one for each scheme
in which the record has no sector. A gap is a set of sides: the countries of these sides may be missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.oracle_records import Possible, Row

if TYPE_CHECKING:
    from tests.oracle import Oracle

ANYWHERE = frozenset({"EU", "US", "OTHER"})
NOWHERE: frozenset[str] = frozenset()
COUNTS_OF_CLUSTERS = ("clusters in the partnership", "clusters in the pilot")


@dataclass(frozen=True)
class Gaps:
    """The gaps of the records of an oracle."""

    oracle: "Oracle"

    def possible(self, table: str, record_id: str, sectors: frozenset[str], themes: frozenset[str]) -> Possible:
        """What a record may have beside what is recorded, given its sectors and themes."""
        sides, of_countries = self._sides_and_countries(table, record_id)
        # 'OTHER in Latin America' are the countries of that side which are in the area.
        inside = {(row["area"], row["country_code"]) for row in self.oracle.rows("area_countries")}
        countries = {
            row["country_code"]
            for side, _, area in (one.partition(" in ") for one in of_countries)
            for row in self.oracle.rows("countries")
            if row["side"] == side and (not area or (area, row["country_code"]) in inside)
        }
        return Possible(self._sectors(sectors, themes), sides, frozenset(countries))

    def _sectors(self, sectors: frozenset[str], themes: frozenset[str]) -> frozenset[str]:
        schemes = self.oracle.names("sectors", "sector_id", "scheme")
        recorded = {schemes[sector] for sector in sectors} | ({"theme"} if themes else set())
        blank = {"theme", "traded_cluster"} - recorded
        return frozenset(sector for sector, scheme in schemes.items() if scheme in blank)

    def _sides_and_countries(self, table: str, record_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The sides that may be missing, and the sides whose countries may be missing."""
        if table == "organisations":
            return NOWHERE, self.of_organisation(record_id)
        if table == "projects":
            gap = self._of_members(record_id)
            return frozenset(one.partition(" in ")[0] for one in gap), gap
        if table == "cooperations":
            return self.of_parties([record_id])
        if table == "success_stories":
            return self.of_parties(self.oracle.lists("story_cooperations", "story_id", "cooperation_id")[record_id])
        if table == "events":
            return self.of_places(record_id)
        if table == "policies":
            return NOWHERE, self._of_policy(record_id)
        return NOWHERE, NOWHERE

    @cached_property
    def _areas(self) -> dict[str, str]:
        return self.oracle.names("areas", "name", "side")

    # ------------------------------------------------------------ organisations and projects

    @cached_property
    def _organisations(self) -> dict[str, Row]:
        return {row["organisation_id"]: row for row in self.oracle.rows("organisations")}

    def of_organisation(self, organisation_id: str) -> frozenset[str]:
        """The sides it may be of where no country of it is recorded."""
        row = self._organisations[organisation_id]
        placed = self.oracle.lists("organisation_countries", "organisation_id", "country_code")[organisation_id]
        if row["country_code"] or placed or self.oracle.is_not_applicable("organisations", organisation_id):
            return NOWHERE
        return ANYWHERE if row["side"] == "OTHER" else frozenset({row["side"]})

    def _of_members(self, project_id: str) -> frozenset[str]:
        rows = [row for row in self.oracle.rows("project_members") if row["project_id"] == project_id]
        project = next(row for row in self.oracle.rows("projects") if row["project_id"] == project_id)
        leads = {project["lead_organisation_id"]} - {""}
        members = leads | {row["organisation_id"] for row in rows}
        gap = NOWHERE.union(*(self.of_organisation(one) for one in members))
        programme = next((r["side"] for r in self.oracle.rows("policy_projects") if r["project_id"] == project_id), "")
        if programme:
            named = self.oracle.lists("project_countries", "project_id", "country_code")[project_id]
            return gap | ANYWHERE if programme == "OTHER" and not named else gap
        partners = leads | {row["organisation_id"] for row in rows if row["role"] in ("lead", "partner")}
        if self._counted_clusters(project_id) <= len(partners):
            return gap
        # Members of an ESCP-4i partnership are European.
        european = frozenset({"EU", "OTHER in Europe"})
        return gap | (european if project["kind"] == "escp4i_partnership" else ANYWHERE)

    def _counted_clusters(self, project_id: str) -> float:
        """How many clusters a source says that a project has; without end where none says."""
        counts = [
            float(row["value"])
            for row in self.oracle.rows("figures")
            if (row["subject_type"], row["subject_id"]) == ("project", project_id)
            and row["measure"] in COUNTS_OF_CLUSTERS
        ]
        return min(counts, default=float("inf"))

    # ------------------------------------------------------------ cooperations, events, policies

    def of_parties(self, cooperations: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
        """The sides that may be missing of the parties, and the sides whose countries may be missing."""
        told = set(cooperations)
        named = {(r["cooperation_id"], r["party_order"]) for r in self.oracle.rows("cooperation_party_countries")}
        sides, countries = NOWHERE, NOWHERE
        for party in self.oracle.rows("cooperation_parties"):
            if party["cooperation_id"] not in told:
                continue
            if party["organisation_id"]:
                countries |= self.of_organisation(party["organisation_id"])
            elif party["project_id"]:
                countries |= self._of_members(party["project_id"])
            elif (party["cooperation_id"], party["party_order"]) not in named:
                # Everybody on the US side is of the United States; in which of its territories, a source says.
                area = f" in {party['party_stated']}" if party["party_stated"] in self._areas else ""
                countries |= frozenset({party["side"] + area}) - {"US"} if party["side"] else ANYWHERE
                sides |= NOWHERE if party["side"] else ANYWHERE
        return sides, countries

    def of_places(self, event_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The sides that may be missing of the places, and the sides whose countries may be missing."""
        sides, countries = NOWHERE, NOWHERE
        for place in self.oracle.rows("event_places"):
            key = f"{place['event_id']}|{place['sequence']}"
            if place["event_id"] != event_id or place["country_code"]:
                continue
            if not self.oracle.is_not_applicable("event_places", key):
                area = self._areas.get(place["place"], "")
                countries |= frozenset({f"{area} in {place['place']}"}) if area else ANYWHERE
                sides |= NOWHERE if area else ANYWHERE
        return sides, countries

    def _of_policy(self, policy_id: str) -> frozenset[str]:
        row = self.oracle.instruments[policy_id]
        table = "project_countries" if row.get("stored_in") else "policy_countries"
        key = "project_id" if row.get("stored_in") else "policy_id"
        if row.get("country_code") or self.oracle.lists(table, key, "country_code")[policy_id]:
            return NOWHERE
        of_the_whole_union = bool(row.get("stored_in")) and row["side"] == "EU"
        if of_the_whole_union or self.oracle.is_not_applicable("policies", policy_id):
            return NOWHERE
        return frozenset({row["side"]}) if row["side"] in ("EU", "US") else ANYWHERE

"""Regions of the EU and states of the USA that a record is in, and where its region is unknown, from the CSV files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.oracle_gaps import Gaps
from tests.oracle_records import Regions, Row

if TYPE_CHECKING:
    from tests.oracle import Oracle

US_SIDE = frozenset({"US"})


@dataclass(frozen=True)
class OfRegions:
    """The regions of the records of an oracle; ``gaps`` are its gaps of countries."""

    oracle: "Oracle"
    gaps: Gaps

    def of(self, table: str, record_id: str) -> Regions:
        """Regions of a record; those of a story are those of the cooperations that it tells of."""
        if table == "organisations":
            return self._of_organisation(record_id)
        if table == "cooperations":
            return self._of_parties(record_id)
        if table == "success_stories":
            told = self.oracle.lists("story_cooperations", "story_id", "cooperation_id")[record_id]
            return _joined(self._of_parties(one) for one in told)
        return self._of_places(record_id) if table == "events" else Regions()

    @cached_property
    def _country_of(self) -> dict[str, str]:
        return self.oracle.names("regions", "region_code", "country_code")

    @cached_property
    def _region_of(self) -> dict[str, str]:
        return self.oracle.names("organisations", "organisation_id", "region_code")

    def _of_organisation(self, organisation_id: str) -> Regions:
        """A recorded region leaves only its other countries open."""
        code, countries = self._region_of[organisation_id], self.oracle.organisation_places[organisation_id][1]
        if not code:
            return Regions(unknown_in=countries or self.gaps.of_organisation(organisation_id))
        return Regions(frozenset({code}), countries - {self._country_of[code]})

    def _of_parties(self, cooperation_id: str) -> Regions:
        """Those of the organisations; of a project, those of its members; of a party without a name, those recorded."""
        found = []
        for party in self.oracle.rows("cooperation_parties"):
            if party["cooperation_id"] != cooperation_id:
                continue
            if party["organisation_id"]:
                found.append(self._of_organisation(party["organisation_id"]))
            elif party["project_id"]:
                found.append(self._of_project(party["project_id"]))
            else:
                found.append(self._of_unnamed(party))
        _, open_sides = self.gaps.of_parties([cooperation_id])
        return _joined([*found, Regions(unknown_in=open_sides)])

    def _of_unnamed(self, party: Row) -> Regions:
        """Its regions; where its words name none, they are unknown in its countries, one of the US side in the USA."""
        key = party["cooperation_id"], party["party_order"]
        countries, codes = (
            {row[column] for row in self.oracle.rows(table) if (row["cooperation_id"], row["party_order"]) == key}
            for table, column in (
                ("cooperation_party_countries", "country_code"),
                ("cooperation_party_regions", "region_code"),
            )
        )
        placed = {self._country_of[code] for code in codes}
        own = countries | (US_SIDE if party["side"] == "US" else frozenset())
        return Regions(frozenset(codes), frozenset(own - placed))

    def _of_project(self, project_id: str) -> Regions:
        members = self.oracle.lists("project_members", "project_id", "organisation_id")[project_id]
        leads = self.oracle.lists("projects", "project_id", "lead_organisation_id")[project_id]
        named = self.oracle.lists("project_countries", "project_id", "country_code")[project_id]
        return _joined([*(self._of_organisation(one) for one in members | leads), Regions(unknown_in=named)])

    @cached_property
    def _regions_of_cities(self) -> dict[tuple[str, ...], set[str]]:
        """Country, name and point of the cities of organisations: the regions recorded there."""
        found = defaultdict(set)
        for row in self.oracle.rows("organisations"):
            if row["region_code"] and row["place"] and row["latitude"] and row["country_code"]:
                found[_city(row)].add(row["region_code"])
        return found

    def _of_places(self, event_id: str) -> Regions:
        """A state by its own name, a city with an organisation of a recorded region, or as regions_of_places says."""
        listed = self.oracle.rows("regions_of_places")
        named = {(row["country_code"], row["place"]): row["region_code"] for row in listed}
        states = {row["name"]: row["region_code"] for row in self.oracle.rows("regions") if row["level"] == "state"}
        _, open_sides = self.gaps.of_places(event_id)
        codes, unknown = set(), set(open_sides)
        for place in self.oracle.rows("event_places"):
            if place["event_id"] != event_id:
                continue
            of_city = self._regions_of_cities.get(_city(place), set())
            if place["country_code"] == "US" and not place["latitude"] and place["place"] in states:
                codes.add(states[place["place"]])
            elif len(of_city) == 1:
                codes |= of_city
            elif (place["country_code"], place["place"]) in named:
                codes.add(named[place["country_code"], place["place"]])
            elif place["country_code"]:
                unknown.add(place["country_code"])
        return Regions(frozenset(codes), frozenset(unknown))


def _city(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["country_code"], row["place"], row["latitude"], row["longitude"]


def _joined(parts: Iterable[Regions]) -> Regions:
    codes, unknown = zip(*parts, strict=True) if (parts := list(parts)) else ((), ())
    return Regions(frozenset().union(*codes), frozenset().union(*unknown))

"""What the dashboard must count, worked out a second time: from the CSV files of data/, with pandas and plain Python.

Nothing here reads the database or imports the product, so that a wrong view, query or title does not agree with it.
The rules are those of data/README.md, docs/theme-assignment.md and the decisions 5 and 6, written down anew:

- A record matches a filter, does not match it, or might match because the value asked for is not recorded, or a list
  has a gap (tests/oracle_records.py, tests/oracle_gaps.py). A value that is not applicable is not unknown: the record
  does not match.
- Sectors and themes of a record are in tests/oracle_sectors.py.
- An agreement counts once, however often it was renewed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from tests.oracle_days import earliest, latest
from tests.oracle_gaps import Gaps
from tests.oracle_populations import POPULATIONS
from tests.oracle_records import ID, KNOWS, Chosen, Record, Row
from tests.oracle_regions import OfRegions
from tests.oracle_sectors import Sectors

NO_FILTER = Chosen()


class Link(NamedTuple):
    """An EU and a US organisation of one cooperation, both located to a city."""

    cooperation_id: str
    eu: str
    us: str


@dataclass(frozen=True)
class Oracle:
    """The facts of a data directory, with the corrections of corrections.csv applied."""

    directory: Path
    tables: dict[str, list[Row]] = field(default_factory=dict, repr=False)

    def rows(self, table: str) -> list[Row]:
        """Rows of a CSV file as text; a table that this version of the data does not have is empty."""
        if table not in self.tables:
            paths = [path for path in self.directory.glob(f"**/{table}.csv") if path.parent.name != "imports"]
            frame = pd.read_csv(paths[0], dtype=str, keep_default_na=False) if paths else pd.DataFrame()
            self.tables[table] = self._corrected(table, frame.to_dict("records"))
        return self.tables[table]

    def _corrected(self, table: str, rows: list[dict[str, str]]) -> list[Row]:
        corrections = (
            [] if table == "corrections" else [r for r in self.rows("corrections") if r["table_name"] == table]
        )
        for correction in corrections:
            key = correction["record_id"].split("|")
            for row in rows:
                if list(row.values())[: len(key)] == key:
                    row[correction["field"]] = correction["new_value"]
        return list(rows)

    def lists(self, table: str, key: str, value: str) -> Mapping[str, frozenset[str]]:
        """Values of one column by those of another: `lists("project_members", "project_id", "organisation_id")`."""
        found = defaultdict(set)
        for row in self.rows(table):
            if row[value]:
                found[row[key]].add(row[value])
        return defaultdict(frozenset, {one: frozenset(values) for one, values in found.items()})

    def names(self, table: str, key: str, name: str = "name") -> dict[str, str]:
        """Name by id."""
        return {row[key]: row[name] for row in self.rows(table)}

    def labels(self, vocabulary: str) -> dict[str, str]:
        """Label by term of a controlled vocabulary such as policies.kind."""
        return {row["term"]: row["label"] for row in self.rows("terms") if row["vocabulary"] == vocabulary}

    def figure(self, figure_id: str) -> float:
        """Value of a number that a source prints."""
        return float(next(row["value"] for row in self.rows("figures") if row["figure_id"] == figure_id))

    # ------------------------------------------------------------ registers

    @cached_property
    def records(self) -> dict[str, list[Record]]:
        """Every record of the registers, by table."""
        return {table: list(self._records(table)) for table in KNOWS}

    def _records(self, table: str) -> Iterator[Record]:
        gaps, of_sectors, of_regions = Gaps(self), Sectors(self), OfRegions(self, Gaps(self))
        for row in self.instruments.values() if table == "policies" else self.rows(table):
            record_id = row[ID.get(table, f"{table[:-1]}_id")]
            sectors, themes = of_sectors.sectors_and_themes(row.get("stored_in", table), record_id)
            sides, countries = self._places(table, record_id, row)
            start, end = (date.fromisoformat(row[name]) if row.get(name) else None for name in ("start_on", "end_on"))
            possible, regions = gaps.possible(table, record_id, sectors, themes), of_regions.of(table, record_id)
            without = frozenset({"years"} if self.is_not_applicable(table, record_id, "start_on") else ())
            yield Record(
                table,
                record_id,
                row,
                sectors | themes,
                themes,
                sides,
                countries,
                start,
                end,
                possible,
                regions,
                without,
                earliest(self, table, record_id) if start is None else None,
                latest(self, table, row) if start is None else None,
            )

    def is_not_applicable(self, table: str, record_id: str, field: str = "country_code") -> bool:
        """Whether missing_values.csv says that a value makes no sense for a record."""
        return (table, record_id, field) in self._typed_not_applicable

    @cached_property
    def _typed_not_applicable(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (r["table_name"], r["record_id"], r["field"])
            for r in self.rows("missing_values")
            if r["reason"] == "not applicable"
        )

    @cached_property
    def instruments(self) -> dict[str, Row]:
        """Policies, and the programmes of public authorities that are stored as projects, by id."""
        projects = {row["project_id"]: row for row in self.rows("projects")}
        shared = [
            {**projects[row["project_id"]], **row, "policy_id": row["project_id"], "stored_in": "projects"}
            for row in self.rows("policy_projects")
        ]
        for row in shared:
            row["date_precision"] = row["start_precision"]
        return {row["policy_id"]: row for row in (*self.rows("policies"), *shared)}

    @cached_property
    def organisation_places(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Side and recorded countries of every organisation."""
        countries = self.lists("organisation_countries", "organisation_id", "country_code")
        return {
            row["organisation_id"]: (row["side"], countries[row["organisation_id"]] | _some(row["country_code"]))
            for row in self.rows("organisations")
        }

    @cached_property
    def _party_places(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """Sides and countries of the parties of each cooperation; of a project, those of its known members."""
        countries = defaultdict(set)
        for row in self.rows("cooperation_party_countries"):
            countries[row["cooperation_id"]].add(row["country_code"])
        for party in self.rows("cooperation_parties"):
            own = countries[party["cooperation_id"]]
            if party["side"] == "US":
                own.add("US")
            if party["organisation_id"]:
                own |= self.organisation_places[party["organisation_id"]][1]
            if party["project_id"]:
                own |= self._project_places(party["project_id"])[1]
        sides = self.lists("cooperation_parties", "cooperation_id", "side")
        return {one: (sides[one], frozenset(own)) for one, own in countries.items()}

    def _project_places(self, project_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """Sides and countries of the known members of a project, those named for it, and the sides of a programme."""
        leads = self.lists("projects", "project_id", "lead_organisation_id")[project_id]
        members = self.lists("project_members", "project_id", "organisation_id")[project_id]
        sides, countries = self._places_of(members | leads)
        named = self.lists("project_countries", "project_id", "country_code")[project_id]
        programme = self.lists("policy_projects", "project_id", "side")[project_id]
        whose = frozenset({"EU", "US"}) if "BOTH" in programme else programme
        return sides | self._sides_of(named) | whose, countries | named

    def _places_of(self, organisations: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
        places = [self.organisation_places[one] for one in organisations]
        return frozenset(side for side, _ in places), frozenset().union(*(countries for _, countries in places))

    def _places(self, table: str, record_id: str, row: Row) -> tuple[frozenset[str], frozenset[str]]:
        """Sides and countries of a record, as decision 6 and the notes of the pages define them."""
        if table == "organisations":
            side, countries = self.organisation_places[record_id]
            return frozenset({side}), countries
        if table == "projects":
            return self._project_places(record_id)
        if table == "cooperations":
            return self._party_places.get(record_id, (frozenset(), frozenset()))
        if table == "events":
            countries = self.lists("event_places", "event_id", "country_code")[record_id]
            areas = self.names("areas", "name", "side")
            places = self.lists("event_places", "event_id", "place")[record_id]
            return self._sides_of(countries) | {areas[place] for place in places if place in areas}, countries
        if table == "policies":
            sides = frozenset({"EU", "US"}) if row["side"] == "BOTH" else frozenset({row["side"]})
            named = self.lists("policy_countries", "policy_id", "country_code")[record_id]
            of_project = self.lists("project_countries", "project_id", "country_code")[record_id]
            own = of_project if row.get("stored_in") else _some(row["country_code"])
            return sides, own | named
        if table == "success_stories":
            told = self.lists("story_cooperations", "story_id", "cooperation_id")[record_id]
            both = [self._party_places[one] for one in told]
            return frozenset().union(*(s for s, _ in both)), frozenset().union(*(c for _, c in both))
        return frozenset(), frozenset()

    def _sides_of(self, countries: Iterable[str]) -> frozenset[str]:
        sides = self.names("countries", "country_code", "side")
        return frozenset(sides[country] for country in countries)

    # ------------------------------------------------------------ populations

    @cached_property
    def gone(self) -> frozenset[str]:
        """Organisations that were merged into another or that a source says have ended."""
        merged = {row["organisation_id"] for row in self.rows("organisations") if row["successor_id"]}
        return frozenset(merged | {row["organisation_id"] for row in self.rows("organisation_ends")})

    def matching(self, population: str, chosen: Chosen = NO_FILTER) -> list[Record]:
        """Records of a population that are known to match."""
        return [r for r in self._members(population) if all(r.verdicts(chosen).values())]

    def counted(self, population: str, chosen: Chosen = NO_FILTER) -> list[Record]:
        """Those of them that counts are of: without renewals of an agreement that is among them."""
        return self._once(self.matching(population, chosen))

    def possible(self, population: str, chosen: Chosen) -> list[Record]:
        """Records that might match: no filter excludes them, and at least one value asked for is not recorded.

        A renewal is not among them where its agreement matches or might match.
        """
        verdicts = [(record, set(record.verdicts(chosen).values())) for record in self._members(population)]
        matching = {self.agreement(record) for record in self.matching(population, chosen)}
        open_ = [record for record, held in verdicts if False not in held and None in held]
        return self._once(record for record in open_ if self.agreement(record) not in matching)

    @cached_property
    def renewed(self) -> dict[str, str]:
        """The agreement that each renewal renews."""
        return self.names("cooperation_renewals", "cooperation_id", "renewed_cooperation_id")

    def agreement(self, record: Record) -> str:
        """What counts once: the agreement that a cooperation renews, else the record itself."""
        return self.renewed.get(record.id, record.id) if record.table == "cooperations" else record.id

    def _once(self, records: Iterable[Record]) -> list[Record]:
        """One record of each agreement: the agreement itself, else its earliest renewal."""
        kept: dict[str, Record] = {}
        for record in sorted(records, key=lambda one: (one.id in self.renewed, one.start or date.max)):
            kept.setdefault(self.agreement(record), record)
        return list(kept.values())

    def _members(self, population: str) -> list[Record]:
        table, is_member = POPULATIONS[population]
        return [record for record in self.records[table] if is_member(self, record)]

    def sides_both(self, record: Record) -> bool:
        """Whether a cooperation has a party of the EU side and one of the US side."""
        return {"EU", "US"} <= record.sides

    def targets(self, project_id: str) -> frozenset[str]:
        """Countries that a project lists as targets."""
        return self.lists("project_targets", "project_id", "country_code")[project_id]

    def links(self, cooperations: Iterable[Record]) -> list[Link]:
        """Pairs of organisations joined by an arc of the map."""
        places = {row["organisation_id"]: row["location_precision"] for row in self.rows("organisations")}
        ends = defaultdict(lambda: {"EU": set(), "US": set(), "OTHER": set()})
        for row in self.rows("cooperation_parties"):
            if places.get(row["organisation_id"]) == "city":
                ends[row["cooperation_id"]][row["side"]].add(row["organisation_id"])
        return [Link(r.id, eu, us) for r in cooperations for eu in ends[r.id]["EU"] for us in ends[r.id]["US"]]


def _some(value: str) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()

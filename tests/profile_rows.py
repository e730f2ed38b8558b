"""What the profile of a record must show for each row of data/ that belongs to it: rules of test_reachability.py."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.oracle import ID, Oracle, Row

Key = tuple[str, str]
Shown = Iterator[tuple[Key, str]]  # a subject, and the text that its profile must have


@dataclass(frozen=True)
class Names:
    """Names by id, from the CSV files."""

    oracle: Oracle

    def country(self, code: str) -> str:
        return self.oracle.names("countries", "country_code")[code]

    def region(self, code: str) -> str:
        return self.oracle.names("regions", "region_code")[code]

    def sector(self, sector_id: str) -> str:
        return self.oracle.names("sectors", "sector_id")[sector_id]


def _sectors(table: str) -> Callable[[Names, Row], Shown]:
    key = ID.get(table, f"{table[:-1]}_id")

    def shown(names: Names, row: Row) -> Shown:
        yield (table, row[key]), names.sector(row["sector_id"])
        parents = names.oracle.names("sectors", "sector_id", "parent_id")
        if row["basis"] == "stated" and not row["sector_id"].startswith("tc-"):
            theme = parents[row["sector_id"]] or row["sector_id"]
            yield (table, row[key]), f"{names.sector(theme)} (stated)"

    return shown


def _place(names: Names, row: Row) -> Shown:
    event = "events", row["event_id"]
    if row["place"]:
        yield event, row["place"]
    if row["country_code"]:
        yield event, names.country(row["country_code"])


def _party_stated(_: Names, row: Row) -> Shown:
    if row["party_stated"]:
        text = f"{row['party_stated']} ({row['role']})" if row["role"] else row["party_stated"]
        yield ("cooperations", row["cooperation_id"]), text


def _end(names: Names, row: Row) -> Shown:
    how = names.oracle.labels("organisation_ends.how")[row["how"]]
    yield ("organisations", row["organisation_id"]), f"{how}: {row['date_stated']}"


def _instrument(names: Names, row: Row) -> Shown:
    """A programme that is stored as a project is in the register of policies, and its profile says what it is."""
    kind, side = (names.oracle.labels(f"policy_projects.{field}")[row[field]] for field in ("kind", "side"))
    yield ("policies", row["project_id"]), f"{kind}, {side}"


def _one(table: str, key: str, text: Callable[[Names, Row], str]) -> Callable[[Names, Row], Shown]:
    return lambda names, row: iter([((table, row[key]), text(names, row))])


SHOWN: Mapping[str, Callable[[Names, Row], Shown]] = {
    "organisation_countries": _one("organisations", "organisation_id", lambda n, r: n.country(r["country_code"])),
    "organisation_aliases": _one("organisations", "organisation_id", lambda n, r: r["alias"]),
    "project_aliases": _one("projects", "project_id", lambda n, r: r["alias"]),
    "project_targets": _one("projects", "project_id", lambda n, r: n.country(r["country_code"])),
    "event_places": _place,
    "cooperation_parties": _party_stated,
    "organisation_ends": _end,
    "project_countries": _one("projects", "project_id", lambda n, r: n.country(r["country_code"])),
    "cooperation_party_countries": _one("cooperations", "cooperation_id", lambda n, r: n.country(r["country_code"])),
    "cooperation_party_regions": _one("cooperations", "cooperation_id", lambda n, r: n.region(r["region_code"])),
    "policy_countries": _one("policies", "policy_id", lambda n, r: n.country(r["country_code"])),
    "policy_projects": _instrument,
    "opportunities": _one("opportunities", "opportunity_id", lambda n, r: n.sector(r["sector_id"])),
    "organisation_sectors": _sectors("organisations"),
    "project_sectors": _sectors("projects"),
    "cooperation_sectors": _sectors("cooperations"),
    "event_sectors": _sectors("events"),
    "policy_sectors": _sectors("policies"),
    "story_sectors": _sectors("success_stories"),
}
# Tables whose rows are tested elsewhere, or that say how to read the others.
ELSEWHERE = {
    *("alternative_values", "contradictions", "contradiction_records", "missing_values", "citations"),
    *("corrections", "sources", "policies", "events", "cooperations", "success_stories"),
}
NO_FACTS = {
    "reconciliation",
    "workshop_steps",
    "terms",
    "cooperation_statuses",
    "countries",
    "area_countries",
    "areas",
    "regions",
    "region_boxes",
    "region_centres",
    "nace_links",
    "nuts_changes",
    "nuts_in_regions",
    "nuts_of_cities",
    "nuts_of_regions",
    "regions_of_places",
    "sectors",
    "sector_links",
}

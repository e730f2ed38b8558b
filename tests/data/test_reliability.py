"""What a source is worth for each fact, worked out from the files: an official page is official about its owner only.

Readers see it beside each source: "official page", "secondary source", "official about its owner, …".
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from tests.oracle import Oracle
from warehouse import provenance
from warehouse.query_cache import run_query

pytestmark = pytest.mark.usefixtures("published")
Body = tuple[str, str]  # kind of an owner of sources, and its id


class Subjects:
    """The bodies that a fact is about: its record, who leads a project, who is a party, a member or takes part."""

    def __init__(self, oracle: Oracle) -> None:
        leads = oracle.lists("projects", "project_id", "lead_organisation_id")

        def project(own: str) -> set[Body]:
            return {("project", own)} | {("organisation", one) for one in leads[own]}

        def with_parties(table: str, key: str) -> Iterator[tuple[str, Body]]:
            for row in oracle.rows(table):
                if row.get("organisation_id"):
                    yield row[key], ("organisation", row["organisation_id"])
                if row.get("project_id"):
                    yield from ((row[key], body) for body in project(row["project_id"]))

        self.projects = {row["project_id"]: project(row["project_id"]) for row in oracle.rows("projects")}
        self.activities = {row["activity_id"]: project(row["project_id"]) for row in oracle.rows("activities")}
        self.cooperations = _sets(with_parties("cooperation_parties", "cooperation_id"))
        self.stories = _sets(with_parties("story_partners", "story_id"))
        self.events = _sets(
            [
                *((row["event_id"], ("event", row["event_id"])) for row in oracle.rows("events")),
                *with_parties("event_organisations", "event_id"),
                *with_parties("event_projects", "event_id"),
            ]
        )
        of_kind = {"project": self.projects, "cooperation": self.cooperations, "event": self.events}
        self.figures = {
            row["figure_id"]: {("organisation", row["subject_id"])}
            if row["subject_type"] == "organisation"
            else of_kind.get(row["subject_type"], {}).get(row["subject_id"], set())
            for row in oracle.rows("figures")
        }

    def of(self, table: str, record_id: str) -> set[Body]:
        """Bodies of a row of a table; the key of a detail begins with that of its record."""
        main, *details = record_id.split("|")
        if table.startswith("organisation"):
            return {("organisation", main)}
        if table == "project_members":
            return self.projects[main] | {("organisation", details[0])}
        by_beginning: dict[str, Mapping[str, set[Body]]] = {
            "project": self.projects,
            "policy_projects": self.projects,
            "activities": self.activities,
            "cooperation": self.cooperations,
            "event": self.events,
            "figures": self.figures,
            "stor": self.stories,
            "success_stories": self.stories,
        }
        return next((of.get(main, set()) for begin, of in by_beginning.items() if table.startswith(begin)), set())


def _sets(pairs) -> Mapping[str, set[Body]]:
    found: dict[str, set[Body]] = defaultdict(set)
    for key, body in pairs:
        found[key].add(body)
    return found


def test_every_citation_says_what_its_source_is_worth(oracle):
    """seed and secondary as the source; official for an authority and about the owner, else secondary."""
    subjects, owners = Subjects(oracle), defaultdict(set)
    for row in oracle.rows("source_owners"):
        owners[row["source_id"]].add((row["owner_kind"], row["owner_id"]))
    of_source, expected = oracle.names("sources", "source_id", "reliability"), {}
    for row in oracle.rows("citations"):
        key = row["table_name"], row["record_id"], row["source_id"]
        own = owners[row["source_id"]]
        is_own = bool(own & subjects.of(*key[:2])) or any(kind == "authority" for kind, _ in own)
        worth = of_source[row["source_id"]]
        expected[key] = worth if worth != "official" or is_own else "secondary"
    ids = defaultdict(set)
    for table, record_id, _ in expected:
        ids[table].add(record_id)
    found = {
        (row["table_name"], row["record_id"], row["source_id"]): row["reliability"]
        for table, own in ids.items()
        for row in run_query(provenance.citations, table, sorted(own)).to_dict("records")
    }
    assert set(expected.values()) == {"seed", "official", "secondary"}
    assert [(key, found.get(key), worth) for key, worth in expected.items() if found.get(key) != worth] == []

"""Lists in the profiles of records: what they hold, in which words and in which order, from the CSV files."""

from collections import defaultdict
from collections.abc import Callable

import pytest

from warehouse.profiles import RELATED


@pytest.fixture
def listed(db) -> Callable[[str, str, str], list[tuple[str, str]]]:
    """`listed(table, id, heading)` gives id and detail of the rows of a list, as the profile selects them."""

    def run_query(table: str, record_id: str, heading: str) -> list[tuple[str, str]]:
        (own,) = [one for one in RELATED[table] if one.heading == heading]
        return [(row[0], row[2]) for row in db.execute(own.sql, {"id": record_id}).fetchall()]

    return run_query


def grouped(rows: list[dict[str, str]], *keys: str) -> dict[str, list[dict[str, str]]]:
    """Rows by the value of the first of these columns that has one."""
    found = defaultdict(list)
    for row in rows:
        if owner := next((row[key] for key in keys if row[key]), ""):
            found[owner].append(row)
    return found


@pytest.mark.parametrize(
    ("table", "key", "heading"),
    [("projects", "project_id", "Activities announced or reported"), ("events", "event_id", "Activities that name it")],
)
def test_activities_by_the_column_of_table_2(listed, facts, table, key, heading):
    """In the order of the names of its columns, then of their ids; each with its column."""
    for record_id, rows in grouped(facts("activities"), key).items():
        wanted = sorted((row["cell"], row["activity_id"]) for row in rows)
        assert listed(table, record_id, heading) == [(activity, cell) for cell, activity in wanted], record_id


@pytest.mark.parametrize(
    ("table", "subject_type"),
    [("organisations", "organisation"), ("projects", "project"), ("events", "event"), ("policies", "programme")],
)
def test_figures_with_the_value_as_printed(listed, facts, table, subject_type):
    """By what was measured."""
    own = [row for row in facts("figures") if row["subject_type"] == subject_type]
    measures = {row["figure_id"]: row["measure"] for row in own}
    for record_id, rows in grouped(own, "subject_id").items():
        found = listed(table, record_id, "Figures")
        assert dict(found) == {row["figure_id"]: row["value_stated"] for row in rows}
        assert [measures[one] for one, _ in found] == sorted(measures[one] for one, _ in found)


@pytest.mark.parametrize(
    ("links", "table", "key"),
    [("event_organisations", "organisations", "organisation_id"), ("event_projects", "projects", "project_id")],
)
def test_events_by_date_with_every_role(listed, facts, links, table, key):
    """The first event first, those without a date last; an organiser that is also host has both roles."""
    start = {row["event_id"]: row["start_on"] or "9999" for row in facts("events")}
    for record_id, rows in grouped(facts(links), key).items():
        roles = {
            event: ", ".join(sorted({row["role"] for row in own})) for event, own in grouped(rows, "event_id").items()
        }
        found = listed(table, record_id, "Events")
        assert dict(found) == roles, record_id
        assert [start[event] for event, _ in found] == sorted(start[event] for event, _ in found)


@pytest.mark.parametrize(
    ("links", "table", "key"),
    [
        ("cooperation_parties", "organisations", "organisation_id"),
        ("cooperation_parties", "projects", "project_id"),
        ("story_cooperations", "success_stories", "story_id"),
    ],
)
def test_cooperations_by_date(listed, facts, links, table, key):
    """All of a record, the first first, those without a date last."""
    start = {row["cooperation_id"]: row["start_on"] or "9999" for row in facts("cooperations")}
    for record_id, rows in grouped(facts(links), key).items():
        found = [one for one, _ in listed(table, record_id, "Cooperations")]
        assert set(found) == {row["cooperation_id"] for row in rows}, record_id
        assert [start[one] for one in found] == sorted(start[one] for one in found)


def test_members_and_parties(listed, facts):
    """Members of a project with their roles, parties of a cooperation in the order of the source."""
    for project, rows in grouped(facts("project_members"), "project_id").items():
        wanted = {
            one: ", ".join(sorted({row["role"] for row in own}))
            for one, own in grouped(rows, "organisation_id").items()
        }
        assert dict(listed("projects", project, "Known members")) == wanted
    for cooperation, rows in grouped(facts("cooperation_parties"), "cooperation_id").items():
        ordered = sorted(rows, key=lambda row: int(row["party_order"]))
        assert [one for one, _ in listed("cooperations", cooperation, "Parties that are organisations")] == [
            row["organisation_id"] for row in ordered if row["organisation_id"]
        ]

"""The records that a profile lists as related, each with a label and an id to open.

``RELATED`` declares the lists of each record type, so that a fact can be reached from every subject that it names.
"""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from domain.record_types import RECORD_TYPES
from warehouse.connection import Connection, fetch
from warehouse.region_profiles import REGION_LISTS, REGIONS_OF_ORGANISATION
from warehouse.related_lists import COOPERATIONS, DATE, NO_DATE, RelatedList

_EVENTS = (
    f"SELECT event_id AS record_id, name AS label, string_agg(DISTINCT role, ', ' ORDER BY role) AS detail, {DATE} "
    "FROM events JOIN {} USING (event_id) WHERE {} = $id GROUP BY ALL ORDER BY start_on NULLS LAST, label"
)
_FIGURES = (
    f"SELECT figure_id AS record_id, measure AS label, value_stated AS detail, {NO_DATE} FROM figures "
    "WHERE subject_type = '{}' AND subject_id = $id ORDER BY measure"
)
_ACTIVITIES = (
    "SELECT activity_id AS record_id, coalesce(description, cell || ': not available') AS label, cell AS detail, "
    f"{NO_DATE} FROM activities WHERE {{}} = $id ORDER BY cell, activity_id"
)
_OWN_PAGES = (
    f"SELECT source_id AS record_id, title AS label, publisher AS detail, {NO_DATE} FROM source_owners "
    "JOIN sources USING (source_id) WHERE owner_kind = '{}' AND owner_id = $id ORDER BY title"
)
# Tables with figures about their records. Many programmes are policy instruments, with the same id.
_SUBJECT_TYPES = {table: own.figure_subject for table, own in RECORD_TYPES.items() if own.figure_subject} | {
    "policies": "programme"
}

RELATED: Mapping[str, tuple[RelatedList, ...]] = MappingProxyType(
    {
        "organisations": (
            REGIONS_OF_ORGANISATION,
            RelatedList(
                "Merged into or from",
                "organisations",
                "SELECT o.organisation_id AS record_id, o.name AS label, "
                f"CASE WHEN o.successor_id = $id THEN 'merged from' ELSE 'merged into' END AS detail, {NO_DATE} "
                "FROM organisations o WHERE o.successor_id = $id OR o.organisation_id = "
                "(SELECT successor_id FROM organisations WHERE organisation_id = $id) ORDER BY detail, label",
            ),
            RelatedList(
                "Projects",
                "projects",
                "SELECT project_id AS record_id, label, "
                f"string_agg(DISTINCT role, ', ' ORDER BY role) AS detail, {NO_DATE} "
                "FROM project_members JOIN project_labels USING (project_id) WHERE organisation_id = $id "
                "GROUP BY ALL ORDER BY label",
            ),
            RelatedList(
                "Cooperations",
                "cooperations",
                COOPERATIONS.format("SELECT cooperation_id FROM cooperation_parties WHERE organisation_id = $id"),
            ),
            RelatedList(
                "Success stories",
                "success_stories",
                f"SELECT story_id AS record_id, title AS label, role AS detail, {NO_DATE} "
                "FROM story_partners JOIN success_stories USING (story_id) WHERE organisation_id = $id ORDER BY title",
            ),
            RelatedList("Events", "events", _EVENTS.format("event_organisations", "organisation_id")),
            RelatedList("Figures", "figures", _FIGURES.format("organisation")),
            RelatedList("Its own pages among the sources", "sources", _OWN_PAGES.format("organisation")),
        ),
        "projects": (
            RelatedList(
                "Known members",
                "organisations",
                "SELECT organisation_id AS record_id, o.name AS label, "
                f"string_agg(DISTINCT role, ', ' ORDER BY role) AS detail, {NO_DATE} "
                "FROM project_members JOIN organisations o USING (organisation_id) WHERE project_id = $id "
                "GROUP BY ALL ORDER BY label",
            ),
            RelatedList("Activities announced or reported", "activities", _ACTIVITIES.format("project_id")),
            RelatedList(
                "Cooperations",
                "cooperations",
                COOPERATIONS.format("SELECT cooperation_id FROM cooperation_parties WHERE project_id = $id"),
            ),
            RelatedList("Events", "events", _EVENTS.format("event_projects", "project_id")),
            RelatedList("Figures", "figures", _FIGURES.format("project")),
            RelatedList("Its own pages among the sources", "sources", _OWN_PAGES.format("project")),
        ),
        "cooperations": (
            RelatedList(
                "Renewals",
                "cooperations",
                "SELECT c.cooperation_id AS record_id, title AS label, "
                f"CASE WHEN r.cooperation_id = $id THEN 'renews' ELSE 'renewed by' END AS detail, {DATE} "
                "FROM cooperation_renewals r JOIN cooperations c ON c.cooperation_id = "
                "CASE WHEN r.cooperation_id = $id THEN r.renewed_cooperation_id ELSE r.cooperation_id END "
                "WHERE $id IN (r.cooperation_id, r.renewed_cooperation_id) ORDER BY start_on NULLS LAST, label",
            ),
            RelatedList(
                "Parties that are organisations",
                "organisations",
                f"SELECT organisation_id AS record_id, o.name AS label, p.role AS detail, {NO_DATE} "
                "FROM cooperation_parties p JOIN organisations o USING (organisation_id) WHERE cooperation_id = $id "
                "ORDER BY party_order",
            ),
            RelatedList(
                "Parties that are projects",
                "projects",
                f"SELECT project_id AS record_id, l.label, p.role AS detail, {NO_DATE} "
                "FROM cooperation_parties p JOIN project_labels l USING (project_id) WHERE cooperation_id = $id "
                "ORDER BY party_order",
            ),
            RelatedList(
                "Parties in the wording of the source",
                "",
                "SELECT party_order::VARCHAR AS record_id, party_stated AS label, role AS detail, "
                f"{NO_DATE} FROM cooperation_parties WHERE cooperation_id = $id AND party_stated IS NOT NULL "
                "ORDER BY party_order",
            ),
            RelatedList(
                "Success stories",
                "success_stories",
                f"SELECT story_id AS record_id, title AS label, NULL AS detail, {NO_DATE} "
                "FROM story_cooperations JOIN success_stories USING (story_id) WHERE cooperation_id = $id "
                "ORDER BY title",
            ),
            RelatedList("Figures", "figures", _FIGURES.format("cooperation")),
        ),
        "events": (
            RelatedList(
                "Organisations",
                "organisations",
                "SELECT organisation_id AS record_id, name AS label, "
                f"string_agg(DISTINCT role, ', ' ORDER BY role) AS detail, {NO_DATE} "
                "FROM event_organisations JOIN organisations USING (organisation_id) WHERE event_id = $id "
                "GROUP BY ALL ORDER BY detail, label",
            ),
            RelatedList(
                "Projects",
                "projects",
                "SELECT project_id AS record_id, label, "
                f"string_agg(DISTINCT role, ', ' ORDER BY role) AS detail, {NO_DATE} "
                "FROM event_projects JOIN project_labels USING (project_id) WHERE event_id = $id "
                "GROUP BY ALL ORDER BY detail, label",
            ),
            RelatedList(
                "Policy instruments",
                "policies",
                f"SELECT policy_id AS record_id, name AS label, role AS detail, {NO_DATE} "
                "FROM event_policies JOIN policies USING (policy_id) WHERE event_id = $id ORDER BY detail, label",
            ),
            RelatedList("Activities that name it", "activities", _ACTIVITIES.format("event_id")),
            RelatedList("Figures", "figures", _FIGURES.format("event")),
            RelatedList("Its own pages among the sources", "sources", _OWN_PAGES.format("event")),
        ),
        "policies": (
            RelatedList("Events", "events", _EVENTS.format("event_policies", "policy_id")),
            RelatedList("Figures", "figures", _FIGURES.format("programme")),
        ),
        "sources": tuple(
            RelatedList(
                "Whose page it is",
                table,
                f"SELECT owner_id AS record_id, l.label, NULL AS detail, {NO_DATE} FROM source_owners "
                f"JOIN record_labels l ON l.table_name = '{table}' AND l.record_id = owner_id "
                f"WHERE source_id = $id AND owner_kind = '{kind}' ORDER BY label",
            )
            for kind, table in (("organisation", "organisations"), ("project", "projects"), ("event", "events"))
        ),
        "regions": REGION_LISTS,
        "success_stories": (
            RelatedList(
                "Partners",
                "organisations",
                f"SELECT organisation_id AS record_id, name AS label, role AS detail, {NO_DATE} "
                "FROM story_partners JOIN organisations USING (organisation_id) WHERE story_id = $id "
                "ORDER BY partner_order",
            ),
            RelatedList(
                "Cooperations",
                "cooperations",
                COOPERATIONS.format("SELECT cooperation_id FROM story_cooperations WHERE story_id = $id"),
            ),
        ),
        "activities": (
            RelatedList(
                "Partnership",
                "projects",
                f"SELECT project_id AS record_id, label, NULL AS detail, {NO_DATE} "
                "FROM activities JOIN project_labels USING (project_id) WHERE activity_id = $id",
            ),
            RelatedList(
                "Event",
                "events",
                f"SELECT event_id AS record_id, name AS label, NULL AS detail, {DATE} "
                "FROM activities JOIN events USING (event_id) WHERE activity_id = $id",
            ),
        ),
        "figures": tuple(
            RelatedList(
                "Subject",
                table,
                f"SELECT f.subject_id AS record_id, l.label, NULL AS detail, {NO_DATE} FROM figures f "
                f"JOIN record_labels l ON l.table_name = '{table}' AND l.record_id = f.subject_id "
                f"WHERE figure_id = $id AND subject_type = '{subject_type}'",
            )
            for table, subject_type in _SUBJECT_TYPES.items()
        ),
    }
)


def table_of_record(connection: Connection, table: str, record_id: str) -> str:
    """Table that holds a record of a register: 'projects' for a policy instrument that is stored as a project."""
    if table != "policies":
        return table
    found = connection.execute(
        "SELECT table_name FROM policy_register WHERE policy_id = $id", {"id": record_id}
    ).fetchone()
    return str(found[0]) if found else table


def related(connection: Connection, table: str, record_id: str) -> tuple[tuple[RelatedList, pd.DataFrame], ...]:
    """The lists of a record's profile that are not empty, each with its rows (columns as in ``RelatedList``)."""
    lists = ((one, fetch(connection, one.sql, {"id": record_id})) for one in RELATED.get(table, ()))
    return tuple((one, rows) for one, rows in lists if len(rows))


def figures_about(connection: Connection, subject_type: str, subject_ids: tuple[str, ...] = ()) -> pd.DataFrame:
    """Figures about programmes or sectors: the columns of figures, and ``subject``, the name of their subject.

    Without ``subject_ids`` the figures about every subject of the type.
    """
    return fetch(
        connection,
        "SELECT f.*, subject FROM figures f JOIN figure_subjects USING (figure_id) "
        "WHERE subject_type = $type AND (len($ids) = 0 OR list_contains($ids::VARCHAR[], subject_id)) "
        "ORDER BY subject, as_of NULLS LAST, measure",
        {"type": subject_type, "ids": list(subject_ids)},
    )

"""Which projects and participations of a release are imported, and the reason for each row that is not."""

from domain.text import format_some
from etl.database import fetch_value, sql_literal
from etl.errors import shorten
from etl.imports.persons import is_person
from etl.imports.rejects import RejectLog
from etl.imports.run import ImportContext
from etl.iso_codes import ISO_CODE_OF

EVIDENCE_OF_ORGANISATION = ("vatNumber", "shortName", "organizationURL")
UNKNOWN_COUNTRIES = "Rows that are not imported have countries that are no code of ISO 3166"
MAX_COUNTRIES = 5  # that a note names
# What names an organisation in files without numbers of organisations.
_PARTICIPANT = "coalesce(organisationID, lower(name) || ' ' || coalesce(iso_code, ''))"


def select_projects(context: ImportContext, reject_log: RejectLog) -> None:
    """Create the tables us_projects and participants from project and organization, and count the rows left out.

    us_projects: projects with an organisation in the United States or its territories that takes part until the end.
    participants: one row for each organisation of them, with iso_code, country_code (null when unknown),
    participant_id, has_left (null when not stated) and contribution (euro, summed over its rows).
    """
    run = context.connection.execute
    iso = " ".join(f"WHEN '{stated}' THEN '{code}'" for stated, code in ISO_CODE_OF.items())
    run(
        f"CREATE VIEW placed AS SELECT *, CASE WHEN iso_code IN ({_listed(context.lookups.countries)}) THEN iso_code "
        f"END AS country_code FROM (SELECT *, CASE upper(country) {iso} ELSE upper(country) END AS iso_code, "
        f"flag(endOfParticipation) AS is_over, "
        f"name IS NULL OR {is_person('name', 'activityType', EVIDENCE_OF_ORGANISATION)} AS is_person "
        "FROM organization)"
    )
    run(
        "CREATE TABLE us_parties AS SELECT DISTINCT projectID, is_person, coalesce(is_over, false) AS is_over "
        f"FROM placed WHERE iso_code IN ({_listed(context.lookups.us_codes)}) AND projectID IS NOT NULL"
    )
    run("CREATE TABLE us_ids AS SELECT DISTINCT projectID FROM us_parties WHERE NOT is_person AND NOT is_over")
    run("CREATE TABLE listed_projects AS FROM project WHERE id IN (FROM us_ids)")
    run(
        "CREATE TABLE us_projects AS SELECT * EXCLUDE has_controls, bool_or(has_controls) AS has_controls "
        "FROM listed_projects GROUP BY ALL"
    )
    run(
        f"CREATE TABLE listed_participants AS SELECT *, {_PARTICIPANT} AS participant_id FROM placed "
        "WHERE projectID IN (SELECT id FROM us_projects) AND NOT is_person"
    )
    run(
        "CREATE TABLE entries AS SELECT * EXCLUDE has_controls, bool_or(has_controls) AS has_controls "
        "FROM listed_participants GROUP BY ALL"
    )
    # An organisation with several entries has left when all of them have ended.
    of_organisation = "PARTITION BY projectID, participant_id"
    run(
        "CREATE TABLE participants AS SELECT *, "
        f"CASE WHEN count(is_over) OVER ({of_organisation}) > 0 "
        f"THEN bool_and(coalesce(is_over, false)) OVER ({of_organisation}) END AS has_left, "
        f"sum(money(ecContribution)) OVER ({of_organisation}) AS contribution FROM entries QUALIFY row_number() OVER "
        f'({of_organisation} ORDER BY coalesce(is_over, false), TRY_CAST("order" AS INTEGER), role) = 1'
    )
    _note_unknown_countries(context, reject_log)
    for reason, rows in _EXCLUDED.items():
        reject_log.exclude(reason, fetch_value(context.connection, f"SELECT count(*) FROM {rows}"))
    reject_log.exclude("row that stands twice in the file", _difference(context, "listed_projects", "us_projects"))
    reject_log.exclude("row that stands twice in the file", _difference(context, "listed_participants", "entries"))
    reject_log.exclude(
        "organisation that the project lists again: its contribution is added to the first row",
        _difference(context, "entries", "participants"),
    )


_NOT_IMPORTED = "project WHERE id IS NOT NULL AND id NOT IN (FROM us_ids)"
_LISTED = "(SELECT id FROM project WHERE id IS NOT NULL)"
_LEFT = "(SELECT projectID FROM us_parties WHERE NOT is_person)"
_PERSONS = "(SELECT projectID FROM us_parties)"
_OF_US_PROJECTS = "projectID IN (SELECT id FROM us_projects)"
# Reason -> rows of a table for which it is the reason.
_EXCLUDED = {
    "project without a number": "project WHERE id IS NULL",
    "project without US participation": f"{_NOT_IMPORTED} AND id NOT IN {_PERSONS}",
    "project whose US participants have all left": f"{_NOT_IMPORTED} AND id IN {_LEFT}",
    "project whose only US participant cannot be told from a natural person": (
        f"{_NOT_IMPORTED} AND id IN {_PERSONS} AND id NOT IN {_LEFT}"
    ),
    "participation in a project that is not imported": (
        f"organization WHERE projectID IS NULL OR (projectID IN {_LISTED} AND projectID NOT IN (FROM us_ids))"
    ),
    "participation in a project that the file of projects does not have": (
        f"organization WHERE projectID NOT IN {_LISTED}"
    ),
    "participation without the name of an organisation": f"placed WHERE {_OF_US_PROJECTS} AND name IS NULL",
    "natural person, or possibly one": f"placed WHERE {_OF_US_PROJECTS} AND is_person AND name IS NOT NULL",
}


def _note_unknown_countries(context: ImportContext, reject_log: RejectLog) -> None:
    """Say which countries of rows that are not imported are no codes: one of them may be the United States."""
    rows = context.connection.execute(
        "SELECT country, count(*) FROM placed WHERE country IS NOT NULL AND country_code IS NULL "
        "AND coalesce(projectID NOT IN (SELECT id FROM us_projects), true) GROUP BY ALL ORDER BY count(*) DESC, country"
    ).fetchall()
    if rows:
        shown = format_some([f"'{shorten(country)}' ({count:,})" for country, count in rows], MAX_COUNTRIES)
        reject_log.notes.append(
            f"{UNKNOWN_COUNTRIES}: {shown}. If one of them stands for the United States, write US in its place."
        )


def _difference(context: ImportContext, longer: str, shorter: str) -> int:
    """How many rows more one table has than another."""
    sql = f"SELECT (SELECT count(*) FROM {longer}) - (SELECT count(*) FROM {shorter})"
    return int(fetch_value(context.connection, sql))


def _listed(codes: frozenset[str]) -> str:
    return ", ".join(map(sql_literal, sorted(codes)))

"""Reads projects and participants as CORDIS publishes them; keeps the projects with US participation."""

import hashlib
from pathlib import Path

from etl.errors import InputError, Problem
from etl.imports.archive import find_files
from etl.imports.csv_source import CsvFile, find, open_csv
from etl.imports.lookups import ISO_OF
from etl.imports.manifest import FOLDER, file_hash, read_cards
from etl.imports.persons import is_person
from etl.imports.rejects import Fault, Ledger
from etl.imports.run import STEPS, Format, Result, Work
from etl.imports.staging import MAX_PROBLEMS, Staged, quoted, refuse_if_mostly_unreadable, stage

PROJECTS, ORGANISATIONS, FIELDS = "project.csv", "organization.csv", "euroscivoc.csv"
# File: columns it must have, and those that some releases lack.
COLUMNS = {
    PROJECTS: (
        ("id", "title"),
        (
            "acronym",
            "startDate",
            "endDate",
            "totalCost",
            "ecMaxContribution",
            "fundingScheme",
            "topics",
            "keywords",
            "frameworkProgramme",
        ),
    ),
    ORGANISATIONS: (
        ("projectID", "organisationID", "name", "country"),
        (
            "city",
            "geolocation",
            "role",
            "ecContribution",
            "nutsCode",
            "activityType",
            "SME",
            "order",
            "vatNumber",
            "shortName",
            "organizationURL",
        ),
    ),
    FIELDS: (("projectID", "euroSciVocPath"), ()),
}
# Not NA: that is Namibia.
NOTHING = ("",)
EVIDENCE_OF_ORGANISATION = ("vatNumber", "shortName", "organizationURL")

_NUMBER = r"\d+([.,]\d+)?([eE][+]?\d+)?"
MACROS = f"""
CREATE MACRO money(x) AS CASE WHEN regexp_full_match(x, '{_NUMBER}') THEN TRY_CAST(replace(x, ',', '.') AS DOUBLE) END;
CREATE MACRO day(x) AS TRY_CAST(CASE WHEN regexp_full_match(x, '\\d\\d/\\d\\d/\\d{{4}}') THEN x[7:10] || '-' || x[4:5] || '-' || x[1:2] ELSE x[1:10] END AS DATE);
CREATE MACRO latitude_of(x) AS TRY_CAST(split_part(x, ',', 1) AS DOUBLE);
CREATE MACRO longitude_of(x) AS TRY_CAST(split_part(x, ',', 2) AS DOUBLE);
CREATE MACRO has_point(x) AS latitude_of(x) BETWEEN -90 AND 90 AND longitude_of(x) BETWEEN -180 AND 180 AND split_part(x, ',', 3) = '';
"""
# Cells that may be unreadable: file, column, what it must give, and why it is left blank.
_CELLS = (
    (PROJECTS, "totalCost", "money(totalCost)", "not a number"),
    (PROJECTS, "ecMaxContribution", "money(ecMaxContribution)", "not a number"),
    (PROJECTS, "startDate", "day(startDate)", "not a date"),
    (PROJECTS, "endDate", "day(endDate)", "not a date"),
    (ORGANISATIONS, "ecContribution", "money(ecContribution)", "not a number"),
    (ORGANISATIONS, "geolocation", "CASE WHEN has_point(geolocation) THEN 1 END", "not a latitude and longitude"),
)


def read(work: Work) -> Result:
    """Import a release. Raises InputError."""
    found = find_files(work.request.file, work.request.shown, COLUMNS, (PROJECTS, ORGANISATIONS), work.folder)
    files = {
        name: open_csv(path, f"{work.request.shown}/{path.name}", ";", COLUMNS[name][0], NOTHING)
        for name, path in found.items()
    }
    digest = _hash(work.request.file, found)
    work.report(STEPS[1])
    work.connection.execute(MACROS)
    ledger = Ledger()
    staged = {name: _stage(work, name, file, ledger) for name, file in files.items()}
    work.report(STEPS[2])
    _select_projects(work, files, ledger)
    _refuse_doubles(work, files[PROJECTS])
    _note_unreadable_cells(work, files, ledger)
    work.report(STEPS[3])
    projects, participations = _write(work)
    counts = [
        work.connection.execute(f"SELECT count(*) FROM {quoted(path)}").fetchone()[0]
        for path in (projects, participations)
    ]
    if not counts[0]:
        files[ORGANISATIONS].refuse(
            "no project has a participant in the United States",
            "Name a release with all participants.",
            column="country",
        )
    read_rows = sum(staged[name].rows_read for name in (PROJECTS, ORGANISATIONS))
    return Result(
        {".parquet": projects, ".participations.parquet": participations},
        digest,
        read_rows,
        sum(counts),
        {file.path.name: list(file.header) for file in files.values()},
        ledger,
    )


FORMAT = Format("cordis", "official", read)


def _hash(path: Path, found: dict[str, Path]) -> str:
    if path.is_file():
        return file_hash(path)
    listing = "".join(f"{file_hash(file)}  {name}\n" for name, file in sorted(found.items()))
    return hashlib.sha256(listing.encode()).hexdigest()


def _table(name: str) -> str:
    return name.removesuffix(".csv")


def _stage(work: Work, name: str, file: CsvFile, ledger: Ledger) -> Staged:
    """One file as a table of text with every column of COLUMNS."""
    required, optional = COLUMNS[name]
    columns = (*required, *optional)
    text = ", ".join(
        f'nullif(trim("{c}"), \'\') AS "{c}"' if file.has(c) else f'NULL::VARCHAR AS "{c}"' for c in columns
    )
    staged = stage(work.connection, file, dict.fromkeys(columns, "VARCHAR"), text, work.folder, _table(name))
    refuse_if_mostly_unreadable(file, staged)
    ledger.set_aside(staged.faults)
    return staged


def _select_projects(work: Work, files: dict[str, CsvFile], ledger: Ledger) -> None:
    """Tables us_projects and participants: organisations of projects in which a US organisation takes part."""
    iso = " ".join(f"WHEN '{stated}' THEN '{code}'" for stated, code in ISO_OF.items())
    evidence = tuple(column for column in EVIDENCE_OF_ORGANISATION if files[ORGANISATIONS].has(column))
    person = is_person("name", "activityType", evidence)
    run = work.connection.execute
    run(
        f"CREATE VIEW placed AS SELECT *, CASE upper(country) {iso} ELSE upper(country) END AS iso_code FROM organization"
    )
    run(
        f"CREATE TABLE us_ids AS SELECT DISTINCT projectID FROM placed WHERE iso_code = 'US' AND name IS NOT NULL AND NOT {person}"
    )
    run("CREATE TABLE us_projects AS FROM project WHERE id IN (FROM us_ids)")
    run(
        "CREATE TABLE participants AS SELECT *, coalesce(organisationID, lower(name)) AS participant_id, "
        'row_number() OVER (PARTITION BY projectID, coalesce(organisationID, lower(name)) ORDER BY TRY_CAST("order" AS INTEGER), role) AS entry '
        f"FROM (SELECT *, name IS NULL OR {person} AS is_person FROM placed WHERE projectID IN (SELECT id FROM us_projects)) WHERE NOT is_person"
    )
    reasons = {
        "project without US participation": "SELECT count(*) FROM project WHERE id IS NULL OR id NOT IN (FROM us_ids)",
        "participation in a project without US participation": "SELECT count(*) FROM organization WHERE projectID IS NULL OR projectID NOT IN (FROM us_ids)",
        "participation in a project that project.csv does not have": "SELECT count(*) FROM organization WHERE projectID IN (FROM us_ids) AND projectID NOT IN (SELECT id FROM us_projects)",
        "natural person, or not to be told from one": f"SELECT count(*) FROM organization WHERE projectID IN (SELECT id FROM us_projects) AND (name IS NULL OR {person})",
        "participant that the project lists again": "SELECT count(*) FROM participants WHERE entry > 1",
    }
    for reason, sql in reasons.items():
        ledger.leave_out(reason, run(sql).fetchone()[0])
    run("DELETE FROM participants WHERE entry > 1")


def _refuse_doubles(work: Work, file: CsvFile) -> None:
    twice = [
        i
        for (i,) in work.connection.execute(
            "SELECT id FROM us_projects GROUP BY id HAVING count(*) > 1 ORDER BY id"
        ).fetchall()
    ]
    if twice:
        found = find(file, lambda cells: cells["id"] in twice[:MAX_PROBLEMS], MAX_PROBLEMS)
        raise InputError(
            [
                Problem(file.shown, line, "id", cells["id"], "stands more than once", "Keep one row for each project.")
                for line, cells in found
            ]
        )
    cards, _ = read_cards(work.data_dir, work.data_dir.name)
    for card in cards:
        if card.format == "cordis" and card.name != work.request.name:
            other = quoted(work.data_dir / FOLDER / f"{card.name}.parquet")
            count, first = work.connection.execute(
                f"SELECT count(*), min(id) FROM us_projects WHERE id IN (SELECT horizon_project_id FROM {other})"
            ).fetchone()
            if count:
                rule = f"{count:,} projects are in the import '{card.name}' already, such as {first}"
                file.refuse(rule, f"Take that one away first: python -m etl import --remove {card.name}.")


def _note_unreadable_cells(work: Work, files: dict[str, CsvFile], ledger: Ledger) -> None:
    """Cells that give no number, date or point: they stay blank, and the ledger says where they are."""
    for name, key, table in (
        (PROJECTS, ("id",), "us_projects"),
        (ORGANISATIONS, ("projectID", "name"), "participants"),
    ):
        bad: dict[tuple, str] = {}
        for file_name, column, read_as, reason in _CELLS:
            if file_name == name and files[name].has(column):
                rows = work.connection.execute(
                    f'SELECT {", ".join(key)}, "{column}" FROM {table} WHERE "{column}" IS NOT NULL AND ({read_as}) IS NULL'
                ).fetchall()
                bad |= {(column, *row): reason for row in rows}
        if not bad:
            continue
        columns = {column for column, *_ in bad}

        def faulty(cells: dict[str, str]) -> list[str]:
            return [c for c in columns if (c, *(cells[k.lower()] for k in key), cells[c.lower()]) in bad]

        for line, cells in find(files[name], lambda cells: bool(faulty(cells)), len(bad)):
            ledger.blank(
                Fault(line, c, cells[c.lower()], bad[(c, *(cells[k.lower()] for k in key), cells[c.lower()])])
                for c in faulty(cells)
            )


def _write(work: Work) -> tuple[Path, Path]:
    """The two results, with the columns of horizon_projects and horizon_participations."""
    projects, participations = work.folder / "projects.parquet", work.folder / "participations.parquet"
    has_fields = work.connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'euroscivoc'"
    ).fetchone()[0]
    fields = (
        "(SELECT projectID AS id, string_agg(DISTINCT euroSciVocPath, '; ' ORDER BY euroSciVocPath) AS paths FROM euroscivoc GROUP BY ALL)"
        if has_fields
        else "(SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS paths)"
    )
    work.connection.execute(
        "COPY (SELECT id AS horizon_project_id, acronym, coalesce(title, acronym, id) AS title, frameworkProgramme AS programme, "
        "fundingScheme AS funding_scheme, day(startDate) AS start_on, day(endDate) AS end_on, money(totalCost) AS total_cost_eur, "
        "money(ecMaxContribution) AS eu_contribution_eur, topics, keywords, paths AS science_fields "
        f"FROM us_projects LEFT JOIN {fields} USING (id) ORDER BY id) TO {quoted(projects)}"
    )
    known = ", ".join(map(quoted, sorted(work.lookups.countries)))
    work.connection.execute(
        f"COPY (SELECT projectID AS horizon_project_id, participant_id, name AS organisation_name, CASE WHEN iso_code IN ({known}) THEN iso_code END AS country_code, "
        "country AS country_stated, nutsCode AS nuts_code, city, CASE WHEN has_point(geolocation) THEN latitude_of(geolocation) END AS latitude, "
        "CASE WHEN has_point(geolocation) THEN longitude_of(geolocation) END AS longitude, role, activityType AS activity_type, "
        "TRY_CAST(SME AS BOOLEAN) AS is_sme, money(ecContribution) AS eu_contribution_eur "
        f"FROM participants ORDER BY projectID, participant_id) TO {quoted(participations)}"
    )
    return projects, participations

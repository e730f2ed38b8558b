"""Reads projects and participants as CORDIS publishes them, and keeps the projects with US participation."""

import hashlib
from pathlib import Path

from etl.database import fetch_row, fetch_value, sql_literal
from etl.errors import MAX_PROBLEMS, InputError, Problem
from etl.files import file_hash
from etl.imports.archive import find_files
from etl.imports.csv_source import CsvFile, find, open_csv
from etl.imports.manifest import FOLDER, read_manifests
from etl.imports.persons import is_person
from etl.imports.rejects import Rejection, RejectLog
from etl.imports.run import STEPS, ImportContext, ImportFormat, ImportResult
from etl.imports.staging import Staged, stage, validate_readable
from etl.iso_codes import ISO_CODE_OF

PROJECTS, ORGANISATIONS, FIELDS = "project.csv", "organization.csv", "euroscivoc.csv"
# File -> columns that it must have, and columns that some releases lack.
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
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
# NA is the code of Namibia here, not a missing value.
BLANK_ONLY = ("",)
EVIDENCE_OF_ORGANISATION = ("vatNumber", "shortName", "organizationURL")

_NUMBER = r"\d+([.,]\d+)?([eE][+]?\d+)?"
MACROS = f"""
CREATE MACRO money(x) AS CASE WHEN regexp_full_match(x, '{_NUMBER}') THEN TRY_CAST(replace(x, ',', '.') AS DOUBLE) END;
CREATE MACRO day(x) AS TRY_CAST(
    CASE WHEN regexp_full_match(x, '\\d\\d/\\d\\d/\\d{{4}}') THEN x[7:10] || '-' || x[4:5] || '-' || x[1:2]
    ELSE x[1:10] END AS DATE
);
CREATE MACRO latitude_of(x) AS TRY_CAST(split_part(x, ',', 1) AS DOUBLE);
CREATE MACRO longitude_of(x) AS TRY_CAST(split_part(x, ',', 2) AS DOUBLE);
CREATE MACRO has_point(x) AS
    latitude_of(x) BETWEEN -90 AND 90 AND longitude_of(x) BETWEEN -180 AND 180 AND split_part(x, ',', 3) = '';
"""
# Cells that may be unreadable: file, column, SQL that is null for an unreadable one, and reason to report.
_CELLS = (
    (PROJECTS, "totalCost", "money(totalCost)", "not a number"),
    (PROJECTS, "ecMaxContribution", "money(ecMaxContribution)", "not a number"),
    (PROJECTS, "startDate", "day(startDate)", "not a date"),
    (PROJECTS, "endDate", "day(endDate)", "not a date"),
    (ORGANISATIONS, "ecContribution", "money(ecContribution)", "not a number"),
    (ORGANISATIONS, "geolocation", "CASE WHEN has_point(geolocation) THEN 1 END", "not a latitude and longitude"),
)


def read(context: ImportContext) -> ImportResult:
    """Read a release of CORDIS. Raises InputError."""
    paths = find_files(
        context.request.file, context.request.display_path, COLUMNS, (PROJECTS, ORGANISATIONS), context.folder
    )
    files = {
        name: open_csv(path, f"{context.request.display_path}/{path.name}", ";", COLUMNS[name][0], BLANK_ONLY)
        for name, path in paths.items()
    }
    digest = _hash(context.request.file, paths)
    context.report(STEPS[1])
    context.connection.execute(MACROS)
    reject_log = RejectLog()
    staged = {name: _stage(context, name, file, reject_log) for name, file in files.items()}
    context.report(STEPS[2])
    _select_projects(context, files, reject_log)
    _validate_unique_projects(context, files[PROJECTS])
    _note_unreadable_cells(context, files, reject_log)
    context.report(STEPS[3])
    projects, participations = _write(context)
    project_count, participation_count = (
        fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(path)}")
        for path in (projects, participations)
    )
    if not project_count:
        files[ORGANISATIONS].reject(
            "no project has a participant in the United States",
            "Name a release with all participants.",
            column="country",
        )
    read_rows = sum(staged[name].rows_read for name in (PROJECTS, ORGANISATIONS))
    return ImportResult(
        {".parquet": projects, ".participations.parquet": participations},
        digest,
        read_rows,
        project_count + participation_count,
        {file.path.name: list(file.header) for file in files.values()},
        reject_log,
    )


FORMAT = ImportFormat("cordis", "official", read)


def _hash(path: Path, files: dict[str, Path]) -> str:
    """SHA-256 of the archive, or of a list of the hashes of the files in a folder."""
    if path.is_file():
        return file_hash(path)
    listing = "".join(f"{file_hash(file)}  {name}\n" for name, file in sorted(files.items()))
    return hashlib.sha256(listing.encode()).hexdigest()


def _table(name: str) -> str:
    return name.removesuffix(".csv")


def _stage(context: ImportContext, name: str, file: CsvFile, reject_log: RejectLog) -> Staged:
    """Load one file into a table of text that has every column of COLUMNS."""
    required, optional = COLUMNS[name]
    columns = (*required, *optional)
    text = ", ".join(
        f'nullif(trim("{c}"), \'\') AS "{c}"' if file.has(c) else f'NULL::VARCHAR AS "{c}"' for c in columns
    )
    staged = stage(context.connection, file, dict.fromkeys(columns, "VARCHAR"), text, context.folder, _table(name))
    validate_readable(file, staged)
    reject_log.reject(staged.rejections)
    return staged


def _select_projects(context: ImportContext, files: dict[str, CsvFile], reject_log: RejectLog) -> None:
    """Create the tables us_projects and participants: the projects with a US organisation, and their organisations."""
    iso = " ".join(f"WHEN '{stated}' THEN '{code}'" for stated, code in ISO_CODE_OF.items())
    evidence = tuple(column for column in EVIDENCE_OF_ORGANISATION if files[ORGANISATIONS].has(column))
    person = is_person("name", "activityType", evidence)
    run = context.connection.execute
    run(
        f"CREATE VIEW placed AS SELECT *, CASE upper(country) {iso} ELSE upper(country) END AS iso_code "
        "FROM organization"
    )
    run(
        "CREATE TABLE us_ids AS SELECT DISTINCT projectID FROM placed "
        f"WHERE iso_code = 'US' AND name IS NOT NULL AND NOT {person}"
    )
    run("CREATE TABLE us_projects AS FROM project WHERE id IN (FROM us_ids)")
    run(
        "CREATE TABLE participants AS SELECT *, coalesce(organisationID, lower(name)) AS participant_id, "
        "row_number() OVER (PARTITION BY projectID, coalesce(organisationID, lower(name)) "
        'ORDER BY TRY_CAST("order" AS INTEGER), role) AS entry '
        f"FROM (SELECT *, name IS NULL OR {person} AS is_person FROM placed "
        "WHERE projectID IN (SELECT id FROM us_projects)) WHERE NOT is_person"
    )
    # Reason -> rows of a table for which it is the reason.
    excluded = {
        "project without US participation": "project WHERE id IS NULL OR id NOT IN (FROM us_ids)",
        "participation in a project without US participation": (
            "organization WHERE projectID IS NULL OR projectID NOT IN (FROM us_ids)"
        ),
        "participation in a project that project.csv does not have": (
            "organization WHERE projectID IN (FROM us_ids) AND projectID NOT IN (SELECT id FROM us_projects)"
        ),
        "natural person, or possibly one": (
            f"organization WHERE projectID IN (SELECT id FROM us_projects) AND (name IS NULL OR {person})"
        ),
        "participant that the project lists again": "participants WHERE entry > 1",
    }
    for reason, rows in excluded.items():
        reject_log.exclude(reason, fetch_value(context.connection, f"SELECT count(*) FROM {rows}"))
    run("DELETE FROM participants WHERE entry > 1")


def _validate_unique_projects(context: ImportContext, file: CsvFile) -> None:
    repeated = context.connection.execute(
        f"SELECT id FROM us_projects GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT {MAX_PROBLEMS}"
    ).fetchall()
    if repeated:
        ids = {project_id for (project_id,) in repeated}
        rule, fix = "occurs more than once", "Keep one row for each project."
        lines = find(file, lambda cells: cells["id"] in ids, MAX_PROBLEMS)
        raise InputError([Problem(file.display_path, line, "id", cells["id"], rule, fix) for line, cells in lines])
    manifests, _ = read_manifests(context.data_dir, context.data_dir.name)
    for manifest in manifests:
        if manifest.format == "cordis" and manifest.name != context.request.name:
            other = sql_literal(context.data_dir / FOLDER / f"{manifest.name}.parquet")
            count, first = fetch_row(
                context.connection,
                f"SELECT count(*), min(id) FROM us_projects WHERE id IN (SELECT horizon_project_id FROM {other})",
            )
            if count:
                rule = f"{count:,} projects are in the import '{manifest.name}' already, such as {first}"
                file.reject(rule, f"Remove that one first: python -m etl import --remove {manifest.name}.")


def _note_unreadable_cells(context: ImportContext, files: dict[str, CsvFile], reject_log: RejectLog) -> None:
    """Record the cells that are not a number, date or point; they are imported as blank."""
    for name, key, table in (
        (PROJECTS, ("id",), "us_projects"),
        (ORGANISATIONS, ("projectID", "name"), "participants"),
    ):
        unreadable = _unreadable_cells(context, files[name], name, key, table)
        reject_log.blank(_rejections(files[name], key, unreadable))


# (column, key values, value) of an unreadable cell -> reason.
_Unreadable = dict[tuple[str, ...], str]


def _unreadable_cells(
    context: ImportContext, file: CsvFile, name: str, key: tuple[str, ...], table: str
) -> _Unreadable:
    unreadable: _Unreadable = {}
    for file_name, column, converted, reason in _CELLS:
        if file_name == name and file.has(column):
            rows = context.connection.execute(
                f'SELECT {", ".join(key)}, "{column}" FROM {table} '
                f'WHERE "{column}" IS NOT NULL AND ({converted}) IS NULL'
            ).fetchall()
            unreadable |= {(column, *row): reason for row in rows}
    return unreadable


def _rejections(file: CsvFile, key: tuple[str, ...], unreadable: _Unreadable) -> list[Rejection]:
    """The unreadable cells with their lines. Reads the file again if there are any."""
    if not unreadable:
        return []
    columns = sorted({column for column, *_ in unreadable})

    def cell(cells: dict[str, str], column: str) -> tuple[str, ...]:
        return (column, *(cells[name.lower()] for name in key), cells[column.lower()])

    def has_unreadable(cells: dict[str, str]) -> bool:
        return any(cell(cells, column) in unreadable for column in columns)

    return [
        Rejection(line, column, cells[column.lower()], unreadable[cell(cells, column)])
        for line, cells in find(file, has_unreadable, len(unreadable))
        for column in columns
        if cell(cells, column) in unreadable
    ]


def _write(context: ImportContext) -> tuple[Path, Path]:
    """Write both results as Parquet, with the columns of horizon_projects and horizon_participations."""
    projects, participations = context.folder / "projects.parquet", context.folder / "participations.parquet"
    has_fields = fetch_value(
        context.connection, "SELECT count(*) > 0 FROM duckdb_tables() WHERE table_name = 'euroscivoc'"
    )
    fields = (
        "(SELECT projectID AS id, string_agg(DISTINCT euroSciVocPath, '; ' ORDER BY euroSciVocPath) AS paths "
        "FROM euroscivoc GROUP BY ALL)"
        if has_fields
        else "(SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS paths)"
    )
    context.connection.execute(
        "COPY (SELECT id AS horizon_project_id, acronym, coalesce(title, acronym, id) AS title, "
        "frameworkProgramme AS programme, fundingScheme AS funding_scheme, "
        "day(startDate) AS start_on, day(endDate) AS end_on, money(totalCost) AS total_cost_eur, "
        "money(ecMaxContribution) AS eu_contribution_eur, topics, keywords, paths AS science_fields "
        f"FROM us_projects LEFT JOIN {fields} USING (id) ORDER BY id) TO {sql_literal(projects)}"
    )
    known = ", ".join(map(sql_literal, sorted(context.lookups.countries)))
    context.connection.execute(
        "COPY (SELECT projectID AS horizon_project_id, participant_id, name AS organisation_name, "
        f"CASE WHEN iso_code IN ({known}) THEN iso_code END AS country_code, "
        "country AS country_stated, nutsCode AS nuts_code, city, "
        "CASE WHEN has_point(geolocation) THEN latitude_of(geolocation) END AS latitude, "
        "CASE WHEN has_point(geolocation) THEN longitude_of(geolocation) END AS longitude, "
        "role, activityType AS activity_type, TRY_CAST(SME AS BOOLEAN) AS is_sme, "
        "money(ecContribution) AS eu_contribution_eur "
        f"FROM participants ORDER BY projectID, participant_id) TO {sql_literal(participations)}"
    )
    return projects, participations

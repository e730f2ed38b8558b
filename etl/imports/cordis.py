"""Reads projects and participants as CORDIS publishes them, and keeps the projects with US participation."""

import hashlib
from pathlib import Path

from etl.database import fetch_row, fetch_value, sql_literal
from etl.errors import MAX_PROBLEMS, InputError, Problem
from etl.files import file_hash
from etl.imports.cordis_cells import (
    END_DAY,
    MACROS,
    cleaned,
    control_characters,
    read_days_with_slashes,
    unreadable_cells,
)
from etl.imports.cordis_editions import FIELDS, ORGANISATIONS, PROJECTS, TOPICS, ReleaseFile, open_release
from etl.imports.cordis_selection import UNKNOWN_COUNTRIES, select_projects
from etl.imports.csv_source import find
from etl.imports.manifest import FOLDER, read_manifests
from etl.imports.rejects import RejectLog
from etl.imports.run import BY_THE_USER, STEPS, ImportContext, ImportFormat, ImportResult, ImportSource
from etl.imports.staging import stage, validate_readable

_KEYS = {PROJECTS: ("us_projects", ("id",)), ORGANISATIONS: ("entries", ("projectID", "name"))}


def read(context: ImportContext) -> ImportResult:
    """Read a release of CORDIS. Raises InputError."""
    files = open_release(context.request, context.folder)
    digest = _hash(context.request.file, files)
    context.report(STEPS[1])
    context.connection.execute(MACROS)
    reject_log = RejectLog(notes=[note for file in files.values() for note in file.notes])
    rows_read = {kind: _stage(context, kind, file, reject_log) for kind, file in files.items()}
    context.report(STEPS[2])
    read_days_with_slashes(context)
    _validate_same_release(context, files[ORGANISATIONS])
    select_projects(context, reject_log)
    _validate_unique_projects(context, files[PROJECTS])
    for kind, (table, key) in _KEYS.items():
        reject_log.blank(unreadable_cells(context, files[kind], kind, key, table))
        reject_log.mend(control_characters(context, files[kind], key, table))
    context.report(STEPS[3])
    projects, participations = _write(context)
    project_count, participation_count = (
        fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(path)}")
        for path in (projects, participations)
    )
    if not project_count:
        reasons = "; ".join(f"{reason}: {count:,}" for reason, count in reject_log.counts().items())
        unknown = next((note for note in reject_log.notes if note.startswith(UNKNOWN_COUNTRIES)), "")
        files[ORGANISATIONS].csv.reject(
            f"no project has a participant in the United States that can be imported ({reasons})",
            unknown or "Name a release with all participants.",
            column=files[ORGANISATIONS].names["country"],
        )
    return ImportResult(
        {".parquet": projects, ".participations.parquet": participations},
        digest,
        sum(rows_read[kind] for kind in _KEYS),
        project_count + participation_count,
        {file.source.name: list(file.csv.header) for file in files.values()},
        reject_log,
    )


FORMAT = ImportFormat(
    name="cordis",
    help="""Read the projects of a framework programme as CORDIS publishes them, of any year, as CSV or Excel workbooks.

    Projects with US participation and all their participants are imported, except natural persons. An import takes
    the place of the snapshot that is shipped, as a whole.
    """,
    source=lambda file, origin, _url: ImportSource(
        f"CORDIS projects: {file.name}",
        "Publications Office of the European Union",
        "https://cordis.europa.eu",
        origin or BY_THE_USER,
    ),
    reliability="official",
    fills="projects",
    read=read,
    argument=("ZIP_OR_FOLDER", "The zip archive of CORDIS, or the folder it was unpacked into."),
)


def _hash(path: Path, files: dict[str, ReleaseFile]) -> str:
    """SHA-256 of the archive or workbook, or of a list of the hashes of the files in a folder."""
    if path.is_file():
        return file_hash(path)
    listing = "".join(f"{file_hash(file.source)}  {kind}\n" for kind, file in sorted(files.items()))
    return hashlib.sha256(listing.encode()).hexdigest()


def _table(kind: str) -> str:
    return kind.removesuffix(".csv")


def _stage(context: ImportContext, kind: str, file: ReleaseFile, reject_log: RejectLog) -> int:
    """Load one file into a table of text that has every column of COLUMNS and has_controls; returns its rows.

    Rows without any value, which spreadsheets write, are no rows.
    """
    texts = ", ".join(
        f'clean("{file.names[column]}") AS "{column}"' if file.has(column) else f'NULL::VARCHAR AS "{column}"'
        for column in file.columns
    )
    controls = " OR ".join(f'has_controls("{name}")' for name in file.names.values())
    staged = stage(
        context.connection,
        file.csv,
        dict.fromkeys(file.names.values(), "VARCHAR"),
        f"{texts}, {controls} AS has_controls",
        context.folder,
        _table(kind),
    )
    validate_readable(file.csv, staged)
    reject_log.reject(staged.rejections)
    values = ", ".join(f'"{column}"' for column in file.names)
    blank_rows = fetch_value(context.connection, f"DELETE FROM {_table(kind)} WHERE coalesce({values}) IS NULL")
    return staged.rows_read - int(blank_rows)


def _validate_same_release(context: ImportContext, organisations: ReleaseFile) -> None:
    rows, joined = fetch_row(
        context.connection,
        "SELECT count(*), count(*) FILTER (projectID IN (SELECT id FROM project WHERE id IS NOT NULL)) "
        "FROM organization",
    )
    if rows and not joined:
        organisations.csv.reject(
            f"none of its {rows:,} rows is of a project that the file of projects has",
            "Name the files of one release: projects and organizations of the same edition, both whole.",
            column=organisations.names["projectID"],
        )


def _validate_unique_projects(context: ImportContext, file: ReleaseFile) -> None:
    repeated = context.connection.execute(
        f"SELECT id FROM us_projects GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT {MAX_PROBLEMS}"
    ).fetchall()
    if repeated:
        raise InputError([_repeated(file, project_id) for (project_id,) in repeated])
    manifests, _ = read_manifests(context.data_dir, context.data_dir.name)
    for manifest in manifests:
        if manifest.format == FORMAT.name and manifest.name != context.request.name:
            other = sql_literal(context.data_dir / FOLDER / f"{manifest.name}.parquet")
            count, first = fetch_row(
                context.connection,
                f"SELECT count(*), min(id) FROM us_projects WHERE id IN (SELECT horizon_project_id FROM {other})",
            )
            if count:
                rule = f"{count:,} projects are in the import '{manifest.name}' already, such as {first}"
                file.csv.reject(rule, f"Remove that one first: python -m etl import --remove {manifest.name}.")


def _repeated(file: ReleaseFile, project_id: str) -> Problem:
    """A project that the file lists with different values."""
    rows = find(file.csv, lambda cells: cleaned(cells[file.key("id")]) == project_id, MAX_PROBLEMS)
    lines = [line for line, _ in rows]
    rule = f"occurs again in line {', '.join(map(str, lines[1:]))} with other values"
    return Problem(file.csv.display_path, lines[0], file.names["id"], project_id, rule, "Keep the row that is right.")


def _write(context: ImportContext) -> tuple[Path, Path]:
    """Write both results as Parquet, with the columns of horizon_projects and horizon_participations."""
    projects, participations = context.folder / "projects.parquet", context.folder / "participations.parquet"
    fields = _texts_of_projects(context, FIELDS, "euroSciVocPath", "paths")
    topics = _texts_of_projects(context, TOPICS, "title", "topic_titles")
    context.connection.execute(
        # Without a title and an acronym a project is called by its number.
        "COPY (SELECT id AS horizon_project_id, coalesce(acronym, CASE WHEN title IS NULL THEN id END) AS acronym, "
        "title, "
        # Before 2016 the framework programme stood in the code of the programme only.
        "coalesce(frameworkProgramme, nullif(regexp_extract(programme, '^(H2020|HORIZON|FP[0-9]+)', 1), '')) "
        "AS programme, fundingScheme AS funding_scheme, "
        f"day(startDate) AS start_on, {END_DAY} AS end_on, money(totalCost) AS total_cost_eur, "
        "money(ecMaxContribution) AS eu_contribution_eur, topics, topic_titles, keywords, paths AS science_fields "
        f"FROM us_projects LEFT JOIN {fields} USING (id) LEFT JOIN {topics} USING (id) ORDER BY id) "
        f"TO {sql_literal(projects)}"
    )
    context.connection.execute(
        "COPY (SELECT projectID AS horizon_project_id, participant_id, name AS organisation_name, country_code, "
        "country AS country_stated, nutsCode AS nuts_code, city, "
        "CASE WHEN has_point(geolocation) THEN latitude_of(geolocation) END AS latitude, "
        "CASE WHEN has_point(geolocation) THEN longitude_of(geolocation) END AS longitude, "
        "role, has_left, activityType AS activity_type, flag(SME) AS is_sme, contribution AS eu_contribution_eur "
        f"FROM participants ORDER BY projectID, participant_id) TO {sql_literal(participations)}"
    )
    return projects, participations


def _texts_of_projects(context: ImportContext, kind: str, column: str, name: str) -> str:
    """SQL of a relation with the texts of a file by project, joined by semicolons; nulls when there is no such file."""
    is_there = fetch_value(
        context.connection, f"SELECT count(*) > 0 FROM duckdb_tables() WHERE table_name = '{_table(kind)}'"
    )
    if not is_there:
        return f"(SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS {name})"
    return (
        f"(SELECT projectID AS id, string_agg(DISTINCT {column}, '; ' ORDER BY {column}) AS {name} "
        f"FROM {_table(kind)} GROUP BY ALL)"
    )

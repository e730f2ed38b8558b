"""The steps of a build, a check and a release, from the data folder to the database."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from domain.published import published_file
from etl import checks as declared
from etl.characters import verify_characters
from etl.constraints import verify_constraints
from etl.database import FILE_CONFIG, FILE_SETTINGS, IN_MEMORY_CONFIG, Connection
from etl.dataset_loading import LoadedDataSets, load_data_sets
from etl.datasets import DataSet, data_set_hashes, read_data_sets
from etl.duplicates import verify_names
from etl.errors import EtlError, InputError, Problem
from etl.extract import extract
from etl.file_set import finish_interrupted
from etl.files import file_hash
from etl.geo_checks import OUTLINES_FILE, read_outlines, verify_points
from etl.imports.loading import load_imports
from etl.imports.manifest import Manifest, manifest_hashes, read_manifests
from etl.load import HandOver, create_views, insert_rows, publishing
from etl.references import verify_references
from etl.release_archive import archive_path, write_archive
from etl.releases import FOLDER, ReleaseRows, fill_releases, read_releases, validate_release_id, write_release
from etl.schema import DERIVED_SQL, SCHEMA_SQL, Schema, create_tables, declared_schema
from etl.search_index import fill_search
from etl.transform import TypedTable, transform

STEPS = (
    "reading the files",
    "converting",
    "verifying keys and rules",
    "comparing names and places",
    "writing the database",
    "running the checks",
    "publishing",
)


def no_report(_step: str) -> None:
    """Report nothing: the default of functions that report their steps."""


@dataclass(frozen=True)
class Inputs:
    """What a build reads.

    data_dir: folder of the CSV files. display_path: data_dir as messages write it. static_dir: folder of the
    outlines. schema_version: stored in the database, so that the app can compare it with its own. is_archived: the data
    of an earlier release, which passed the checks of their time; those of today are run and refuse nothing.
    """

    data_dir: Path
    display_path: str
    static_dir: Path
    schema_version: int
    is_archived: bool = False


@dataclass(frozen=True)
class BuildSummary:
    """Result of a build or check.

    release_id: the release that has the same facts, if any. rows_in: rows of the files, the imports and the shipped
    data sets that did not give way to an import; rows_out: rows inserted. warnings: failed checks of severity warning.
    notes: which data sets gave way, as sentences. path: the database; None for a check.
    """

    build_id: str
    release_id: str | None
    rows_in: int
    rows_out: int
    checks_passed: int
    checks_run: int
    warnings: list[Problem]
    notes: list[str]
    path: Path | None
    seconds: float


@dataclass(frozen=True)
class _Verified:
    tables: dict[str, TypedTable]
    checks: list[declared.DeclaredCheck]
    releases: dict[str, ReleaseRows]
    manifests: list[Manifest]
    data_sets: list[DataSet]


@dataclass(frozen=True)
class _Filled:
    rows_out: int
    data_sets: LoadedDataSets
    release_id: str | None
    results: list[declared.CheckResult]


def build(
    inputs: Inputs, link: Path, report: Callable[[str], None] = no_report, hand_over: HandOver | None = None
) -> BuildSummary:
    """Publish a new database under ``link``. Raises InputError or PublishError; then nothing has changed.

    ``report`` is called with the name of each step as it begins. ``hand_over`` says to whom the new database is given
    before it is published here.
    """
    began, built_at = time.monotonic(), datetime.now(UTC)
    verified = _verify(inputs, report)
    hashes = _hashes(inputs)
    with publishing(link, _build_id(hashes), built_at, hand_over) as path:
        with duckdb.connect(str(path), config=FILE_CONFIG) as connection:
            connection.execute(FILE_SETTINGS)
            filled = _fill(connection, inputs, verified, hashes, built_at, report, for_readers=True)
            connection.execute("CHECKPOINT")
        report(STEPS[6])
    return _summary(hashes, verified, filled, inputs, published_file(link), began)


def check(inputs: Inputs, report: Callable[[str], None] = no_report) -> BuildSummary:
    """Read and check everything as a build does, in memory and without publishing. Raises InputError."""
    began = time.monotonic()
    verified, hashes = _verify(inputs, report), _hashes(inputs)
    with duckdb.connect(config=IN_MEMORY_CONFIG) as connection:
        filled = _fill(connection, inputs, verified, hashes, datetime.now(UTC), report)
    return _summary(hashes, verified, filled, inputs, None, began)


def release(inputs: Inputs, release_id: str, report: Callable[[str], None] = no_report) -> Path:
    """Check everything in memory and write the facts as a release, and its data as an archive. Returns its file.

    Raises InputError or EtlError; then neither is written.
    """
    validate_release_id(inputs.data_dir, release_id)
    verified = _verify(inputs, report)
    with duckdb.connect(config=IN_MEMORY_CONFIG) as connection:
        _fill(connection, inputs, verified, _hashes(inputs), datetime.now(UTC), report)
        path = write_release(connection, declared_schema(), verified.tables, inputs.data_dir, release_id)
    try:
        write_archive(inputs.data_dir, release_id, inputs.schema_version)
    except BaseException:
        path.unlink()
        raise
    return path


def archive_release(inputs: Inputs, report: Callable[[str], None] = no_report) -> Path:
    """Keep the data of the newest release, whose facts these are, as its archive. Returns it.

    For a release that was written before archives were kept. Raises InputError or EtlError.
    """
    release_id = check(inputs, report).release_id
    if release_id is None:
        raise EtlError("These data are not those of the newest release, so they cannot be kept as its archive.")
    if (path := archive_path(inputs.data_dir, release_id)).exists():
        raise EtlError(f"The release {release_id} has an archive already: {path.name}.")
    return write_archive(inputs.data_dir, release_id, inputs.schema_version)


def _verify(inputs: Inputs, report: Callable[[str], None]) -> _Verified:
    if not inputs.data_dir.is_dir():
        fix = "Name the folder of the CSV files."
        raise InputError([Problem(inputs.display_path, None, None, None, "there is no such folder", fix)])
    schema = declared_schema()
    report(STEPS[0])
    finish_interrupted(inputs.data_dir)
    texts, problems = extract(inputs.data_dir, schema, inputs.display_path)
    checks, check_problems = declared.read_checks(inputs.data_dir, schema, inputs.display_path)
    releases, release_problems = read_releases(inputs.data_dir, inputs.display_path)
    manifests, manifest_problems = read_manifests(inputs.data_dir, inputs.display_path)
    data_sets, data_set_problems = read_data_sets(inputs.data_dir, inputs.display_path)
    report(STEPS[1])
    tables, conversion_problems = transform(texts, schema)
    report(STEPS[2])
    problems += [*check_problems, *release_problems, *manifest_problems, *data_set_problems, *conversion_problems]
    problems += [*verify_constraints(tables), *verify_references(tables, schema)]
    report(STEPS[3])
    problems += [*verify_characters(tables), *verify_names(tables), *_verify_points(tables, inputs.static_dir)]
    if problems:
        raise InputError(problems)
    return _Verified(tables, checks, releases, manifests, data_sets)


def _verify_points(tables: dict[str, TypedTable], static_dir: Path) -> list[Problem]:
    if (static_dir / OUTLINES_FILE).is_file():
        return list(verify_points(tables, read_outlines(static_dir)))
    rule = "the outlines of the countries are missing, so coordinates cannot be verified"
    fix = "Restore the file; tools/make_outlines.py creates it."
    return [Problem(f"{static_dir.name}/{OUTLINES_FILE}", None, None, None, rule, fix)]


def _fill(
    connection: Connection,
    inputs: Inputs,
    verified: _Verified,
    hashes: dict[str, str],
    built_at: datetime,
    report: Callable[[str], None],
    *,
    for_readers: bool = False,
) -> _Filled:
    """Fill the database. Raises InputError when a check of severity error fails.

    for_readers: whether to add what only readers need and nothing checks: comments, and the tables of the search.
    """
    report(STEPS[4])
    # One transaction, because writing out each of the hundreds of statements by itself would be slow.
    connection.begin()
    schema = declared_schema()
    create_tables(connection, with_comments=for_readers)
    rows_out = insert_rows(connection, verified.tables, schema)
    rows_out += load_imports(connection, verified.manifests, inputs.data_dir, inputs.display_path)
    data_sets = load_data_sets(connection, verified.data_sets, schema)
    create_views(connection, with_comments=for_readers)
    _fill_field_coverage(connection, schema)
    if for_readers:
        fill_search(connection)
    release_id = fill_releases(connection, schema, verified.releases, verified.tables)
    connection.execute(
        "INSERT INTO build_info VALUES (?, ?, ?, ?, ?)",
        [built_at.replace(tzinfo=None), _build_id(hashes), release_id, inputs.schema_version, json.dumps(hashes)],
    )
    # Before the checks, because one that is stopped would take everything in its transaction with it.
    connection.commit()
    report(STEPS[5])
    results = declared.run_checks(connection, verified.checks, schema)
    failed = declared.failures(results, verified.tables, inputs.display_path, "error")
    if failed and not inputs.is_archived:
        raise InputError(failed)
    return _Filled(rows_out + data_sets.rows_loaded, data_sets, release_id, results)


def _fill_field_coverage(connection: Connection, schema: Schema) -> None:
    """Count the filled cells of every column that may be blank, by side where the table has one."""
    parts: list[str] = []
    for table in schema.input_tables:
        side = "t.side" if "side" in table.column_names else "NULL"
        record_id = f"concat_ws('|', {', '.join(f't.{key}' for key in table.key)})" if table.key else "NULL"
        parts += [
            f"SELECT '{table.name}', '{column.name}', {side}, count(*), count(t.{column.name}), count(m.reason) "
            f"FROM {table.name} t LEFT JOIN missing_values m ON m.table_name = '{table.name}' "
            f"AND m.field = '{column.name}' AND m.record_id = {record_id} GROUP BY ALL HAVING count(*) > 0"
            for column in table.columns
            if column.is_nullable
        ]
    connection.execute("INSERT INTO field_coverage " + " UNION ALL ".join(parts))


def _hashes(inputs: Inputs) -> dict[str, str]:
    """Path -> SHA-256 of every file that determines the content of the database."""
    files = {
        f"data/{path.relative_to(inputs.data_dir).as_posix()}": path
        for path in [
            *inputs.data_dir.glob("*.csv"),
            *inputs.data_dir.glob("lookups/*.csv"),
            *inputs.data_dir.glob(f"{FOLDER}/*.csv"),
            inputs.data_dir / declared.FILE_NAME,
        ]
    }
    files |= {f"etl/sql/{path.name}": path for path in (SCHEMA_SQL, *DERIVED_SQL)}
    hashes = {name: file_hash(path) for name, path in files.items()}
    return dict(sorted((hashes | manifest_hashes(inputs.data_dir) | data_set_hashes(inputs.data_dir)).items()))


def _build_id(hashes: dict[str, str]) -> str:
    listing = "\n".join(f"{digest}  {name}" for name, digest in hashes.items())
    return hashlib.sha256(listing.encode()).hexdigest()


def _summary(
    hashes: dict[str, str], verified: _Verified, filled: _Filled, inputs: Inputs, path: Path | None, began: float
) -> BuildSummary:
    return BuildSummary(
        build_id=_build_id(hashes),
        release_id=filled.release_id,
        rows_in=sum(len(typed.rows) for typed in verified.tables.values())
        + sum(manifest.rows_imported for manifest in verified.manifests)
        + filled.data_sets.rows_loaded,
        rows_out=filled.rows_out,
        checks_passed=sum(result.has_passed for result in filled.results),
        checks_run=len(filled.results),
        warnings=declared.failures(filled.results, verified.tables, inputs.display_path, "warning"),
        notes=filled.data_sets.notes,
        path=path,
        seconds=time.monotonic() - began,
    )

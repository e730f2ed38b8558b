"""From the data folder to a checked database: the order of the steps and what they report."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl import checks as declared
from etl.constraints import verify
from etl.duplicates import verify_names
from etl.errors import InputError, Problem
from etl.extract import extract
from etl.geo_checks import OUTLINES_FILE, read_outlines, verify_points
from etl.imports.loading import load_imports
from etl.imports.manifest import Card, card_hashes, read_cards
from etl.load import create_views, insert_rows, publishing
from etl.references import verify_references
from etl.releases import FOLDER, fill_releases, read_releases, refuse_release_id, write_release
from etl.schema import SQL_DIR, Schema, create_tables, declared_schema
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

# Bytes. The default of 262,144 gives every index and column of a few rows a block of that size.
SMALL_BLOCKS = {"default_block_size": "16384"}
# Hundreds of tiny statements: handing each to several threads costs more than it saves.
ONE_THREAD = {"threads": "1"}


@dataclass(frozen=True)
class Inputs:
    """Where a build reads: the data folder, how messages call it, and the folder of the outlines."""

    data_dir: Path
    shown: str
    static_dir: Path
    schema_version: int


@dataclass(frozen=True)
class Summary:
    """What a build or check did.

    release_id: the release whose facts these are, if any. warnings: broken checks of severity
    warning. path: None for a check.
    """

    build_id: str
    release_id: str | None
    rows_in: int
    rows_out: int
    checks_passed: int
    checks_run: int
    warnings: list[Problem]
    path: Path | None
    seconds: float


@dataclass(frozen=True)
class _Verified:
    tables: dict[str, TypedTable]
    checks: list[declared.DeclaredCheck]
    releases: dict[str, list[dict]]
    cards: list[Card]


@dataclass(frozen=True)
class _Filled:
    rows_out: int
    release_id: str | None
    results: list[declared.CheckResult]


def build(inputs: Inputs, link: Path, report: Callable[[str], None] = lambda step: None) -> Summary:
    """Publish a new database behind link. Raises InputError or PublishError; then nothing changed.

    report is called with the name of each step as it begins.
    """
    began, built_at = time.monotonic(), datetime.now(UTC)
    verified = _verify(inputs, report)
    hashes = _hashes(inputs)
    with publishing(link, _build_id(hashes), built_at) as path:
        with duckdb.connect(str(path), config=SMALL_BLOCKS | ONE_THREAD) as connection:
            filled = _fill(connection, inputs, verified, hashes, built_at, report)
            connection.execute("CHECKPOINT")
        report(STEPS[6])
    return _summary(hashes, verified, filled, inputs, link.resolve(), began)


def check(inputs: Inputs, report: Callable[[str], None] = lambda step: None) -> Summary:
    """Do everything a build does, in memory, without publishing. Raises InputError."""
    began = time.monotonic()
    verified, hashes = _verify(inputs, report), _hashes(inputs)
    with duckdb.connect(config=ONE_THREAD) as connection:
        filled = _fill(connection, inputs, verified, hashes, datetime.now(UTC), report)
    return _summary(hashes, verified, filled, inputs, None, began)


def release(inputs: Inputs, release_id: str, report: Callable[[str], None] = lambda step: None) -> Path:
    """Check everything in memory and write its facts as a release. Raises InputError or EtlError."""
    refuse_release_id(inputs.data_dir, release_id)
    verified = _verify(inputs, report)
    with duckdb.connect(config=ONE_THREAD) as connection:
        _fill(connection, inputs, verified, _hashes(inputs), datetime.now(UTC), report)
        return write_release(connection, declared_schema(), inputs.data_dir, release_id)


def _verify(inputs: Inputs, report: Callable[[str], None]) -> _Verified:
    if not inputs.data_dir.is_dir():
        fix = "Name the folder of the CSV files."
        raise InputError([Problem(inputs.shown, None, None, None, "there is no such folder", fix)])
    schema = declared_schema()
    report(STEPS[0])
    texts, problems = extract(inputs.data_dir, schema, inputs.shown)
    checks, wrong_checks = declared.read_checks(inputs.data_dir, schema, inputs.shown)
    releases, wrong_releases = read_releases(inputs.data_dir, inputs.shown)
    cards, wrong_cards = read_cards(inputs.data_dir, inputs.shown)
    report(STEPS[1])
    tables, unreadable = transform(texts, schema)
    report(STEPS[2])
    problems += (
        wrong_checks
        + wrong_releases
        + wrong_cards
        + unreadable
        + verify(tables, schema)
        + verify_references(tables, schema)
    )
    report(STEPS[3])
    problems += verify_names(tables)
    if (inputs.static_dir / OUTLINES_FILE).is_file():
        problems += verify_points(tables, read_outlines(inputs.static_dir))
    else:
        rule = "the outlines that points are compared with are missing"
        fix = "Restore the file; static/ says how it is made."
        problems.append(Problem(f"{inputs.static_dir.name}/{OUTLINES_FILE}", None, None, None, rule, fix))
    if problems:
        raise InputError(problems)
    return _Verified(tables, checks, releases, cards)


def _fill(connection, inputs: Inputs, verified: _Verified, hashes, built_at, report) -> _Filled:
    """Everything the database holds. Raises InputError when a check of severity error fails."""
    report(STEPS[4])
    # One transaction: otherwise each of the hundreds of statements is written out by itself.
    connection.begin()
    schema = declared_schema()
    create_tables(connection)
    rows_out = insert_rows(connection, verified.tables, schema)
    rows_out += load_imports(connection, verified.cards, inputs.data_dir, inputs.shown)
    create_views(connection)
    _fill_field_coverage(connection, schema)
    release_id = fill_releases(connection, schema, verified.releases)
    connection.execute(
        "INSERT INTO build_info VALUES (?, ?, ?, ?, ?)",
        [built_at.replace(tzinfo=None), _build_id(hashes), release_id, inputs.schema_version, json.dumps(hashes)],
    )
    report(STEPS[5])
    results = declared.run_checks(connection, verified.checks, schema)
    connection.commit()
    if failed := declared.failures(results, verified.tables, inputs.shown, "error"):
        raise InputError(failed)
    return _Filled(rows_out, release_id, results)


def _fill_field_coverage(connection: duckdb.DuckDBPyConnection, schema: Schema) -> None:
    """Count the filled cells of every column that may be blank, by side where a table has one."""
    parts = []
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
    """SHA-256 of every file that decides what the database holds, by its path."""
    files = {
        f"data/{path.relative_to(inputs.data_dir).as_posix()}": path
        for path in [
            *inputs.data_dir.glob("*.csv"),
            *inputs.data_dir.glob("lookups/*.csv"),
            *inputs.data_dir.glob(f"{FOLDER}/*.csv"),
            inputs.data_dir / declared.FILE_NAME,
        ]
    }
    files |= {f"etl/sql/{path.name}": path for path in SQL_DIR.glob("*.sql")}
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    return dict(sorted((hashes | card_hashes(inputs.data_dir)).items()))


def _build_id(hashes: dict[str, str]) -> str:
    listing = "\n".join(f"{digest}  {name}" for name, digest in hashes.items())
    return hashlib.sha256(listing.encode()).hexdigest()


def _summary(hashes, verified: _Verified, filled: _Filled, inputs: Inputs, path, began) -> Summary:
    return Summary(
        build_id=_build_id(hashes),
        release_id=filled.release_id,
        rows_in=sum(len(typed.rows) for typed in verified.tables.values())
        + sum(card.rows_imported for card in verified.cards),
        rows_out=filled.rows_out,
        checks_passed=sum(result.has_passed for result in filled.results),
        checks_run=len(filled.results),
        warnings=declared.failures(filled.results, verified.tables, inputs.shown, "warning"),
        path=path,
        seconds=time.monotonic() - began,
    )

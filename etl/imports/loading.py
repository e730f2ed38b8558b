"""Loads imports from Parquet files into a new database, and verifies their keys for all rows at once."""

import os
from dataclasses import dataclass
from pathlib import Path

from etl.database import Connection, fetch_row, fetch_value, sql_literal
from etl.errors import MAX_PROBLEMS, InputError, Problem
from etl.imports.formats import FORMATS
from etl.imports.manifest import FOLDER, Manifest
from etl.imports.statistics_rules import COLUMNS, IS_TOTAL
from etl.imports.us_cluster_mapping import ESTIMATED

# Columns of regional_statistics and how the Parquet file of an import gives them; the others have its names.
_CELLS = {
    "industry_id": "traded_cluster_id",
    "period": "year",
    "employment_basis": "CASE WHEN employment IS NOT NULL THEN "
    f"CASE WHEN flags = {sql_literal(ESTIMATED)} THEN 'estimated' ELSE 'stated' END END",
}
_RENAMED = ("traded_cluster_id", "year")


@dataclass(frozen=True)
class _Rule:
    """sql: a SELECT of one text column, the values of a Parquet file that break the rule."""

    column: str
    sql: str
    rule: str
    fix: str


def load_imports(connection: Connection, manifests: list[Manifest], data_dir: Path, display_path: str) -> int:
    """Fill imports and the tables of the imports, and add to sources and regions; the lookups must be loaded.

    Returns the number of imported rows. Raises InputError when an import no longer fits the lookups, or overlaps
    with another import.
    """
    if not manifests:
        return 0
    _validate_formats(manifests, display_path)
    threads = fetch_value(connection, "SELECT current_setting('threads')")
    connection.execute(f"SET threads = {os.cpu_count() or 1}")
    try:
        _load_manifests(connection, manifests)
        statistics = [manifest for manifest in manifests if FORMATS[manifest.format].fills == "statistics"]
        projects = [manifest for manifest in manifests if FORMATS[manifest.format].fills == "projects"]
        rows = _load_statistics(connection, statistics, data_dir, display_path)
        return rows + _load_horizon(connection, projects, data_dir, display_path)
    finally:
        connection.execute(f"SET threads = {threads}")


def _validate_formats(manifests: list[Manifest], display_path: str) -> None:
    problems = [
        Problem(
            f"{display_path}/{FOLDER}/{manifest.name}.json",
            None,
            "format",
            manifest.format,
            f"is not one of {', '.join(FORMATS)}",
            f"Remove the import, python -m etl import --remove {manifest.name}, and import the file again.",
        )
        for manifest in manifests
        if manifest.format not in FORMATS
    ]
    if problems:
        raise InputError(problems)


def _load_manifests(connection: Connection, manifests: list[Manifest]) -> None:
    for manifest in manifests:
        connection.execute(
            "INSERT INTO sources VALUES (?, ?, ?, 'dataset', NULL, 'undated', ?, ?, ?, ?)",
            [
                manifest.source_id,
                manifest.title,
                manifest.publisher,
                manifest.url,
                manifest.imported_on,
                manifest.licence,
                manifest.reliability,
            ],
        )
        connection.execute(
            "INSERT INTO imports SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, json_object("
            + ", ".join("?, ?" for _ in manifest.rejected)
            + ")",
            [
                manifest.name,
                manifest.format,
                manifest.source_id,
                manifest.input_file,
                manifest.input_sha256,
                manifest.imported_on,
                manifest.rows_read,
                manifest.rows_imported,
                manifest.rows_rejected,
                *(item for pair in manifest.rejected.items() for item in pair),
            ],
        )


def _load_statistics(connection: Connection, manifests: list[Manifest], data_dir: Path, display_path: str) -> int:
    if not manifests:
        return 0
    files = [(manifest, data_dir / FOLDER / f"{manifest.name}.parquet") for manifest in manifests]
    for manifest, path in files:
        _validate_columns(connection, path, f"{display_path}/{FOLDER}/{path.name}", COLUMNS)
        regions = sql_literal(path.with_name(f"{manifest.name}.regions.parquet"))
        _validate(connection, display_path, manifest.name, [_rule_of_countries(regions)])
    _insert_regions(connection, [path.with_name(f"{manifest.name}.regions.parquet") for manifest, path in files])
    for manifest, path in files:
        _validate(connection, display_path, manifest.name, _rules_of_statistics(sql_literal(path)))
    _validate_no_overlaps(connection, files, display_path)
    columns = ", ".join([*(f"{sql} AS {name}" for name, sql in _CELLS.items()), *_kept_columns()])
    parts = " UNION ALL ".join(
        f"SELECT {columns}, {sql_literal(manifest.source_id)} AS source_id FROM {sql_literal(path)} WHERE NOT "
        f"{IS_TOTAL}"
        for manifest, path in files
    )
    # In this order a query about one industry reads few blocks of the table, and periods compress well.
    cells = _insert(connection, f"regional_statistics BY NAME FROM ({parts}) ORDER BY industry_id, period")
    return cells + sum(_load_totals(connection, manifest.source_id, path) for manifest, path in files)


def _insert_regions(connection: Connection, files: list[Path]) -> None:
    """Add the regions of the imports to those of the lookups. A name wins over a code that stands for it."""
    parts = " UNION ALL ".join(
        f"SELECT *, {number} AS number FROM {sql_literal(path)}" for number, path in enumerate(files)
    )
    connection.execute(
        "INSERT INTO regions BY NAME SELECT region_code, "
        "coalesce(first(name ORDER BY number) FILTER (name <> region_code), region_code) AS name, "
        f"first(country_code ORDER BY number) AS country_code, first(level ORDER BY number) AS level FROM ({parts}) "
        "ANTI JOIN regions USING (region_code) GROUP BY region_code"
    )


def _kept_columns() -> list[str]:
    return [column for column in COLUMNS if column not in _RENAMED]


def _load_totals(connection: Connection, source_id: str, path: Path) -> int:
    """Insert the totals of a file, for each scheme of industries that it has figures of; returns its rows of totals."""
    file = sql_literal(path)
    schemes = f"SELECT DISTINCT scheme FROM {file} JOIN sectors ON sector_id = traded_cluster_id"
    connection.execute(
        "INSERT INTO statistics_totals SELECT region_code, year, scheme, traded_cluster_id, employment, "
        f"establishments, {sql_literal(source_id)} FROM {file} CROSS JOIN ({schemes}) WHERE {IS_TOTAL} ORDER BY ALL"
    )
    return int(fetch_value(connection, f"SELECT count(*) FROM {file} WHERE {IS_TOTAL}"))


def _validate_columns(connection: Connection, path: Path, display_path: str, expected: tuple[str, ...]) -> None:
    """Raise InputError when a file was written by a version of the import that had other columns."""
    types = {row[0]: row[1] for row in connection.execute(f"DESCRIBE FROM {sql_literal(path)}").fetchall()}
    missing = [column for column in expected if column not in types]
    if missing or types.get("year", "VARCHAR") != "VARCHAR":
        which = f"has no column {missing[0]}" if missing else "its years are no periods"
        rule = f"it was imported by another version of this project ({which})"
        raise InputError([Problem(display_path, None, None, None, rule, "Import the data again.")])


def _rule_of_countries(regions: str) -> _Rule:
    return _Rule(
        "country_code",
        f"SELECT DISTINCT country_code FROM {regions} ANTI JOIN countries USING (country_code)",
        "is not in data/lookups/countries.csv",
        "Add the country again, or remove the import.",
    )


def _rules_of_statistics(file: str) -> list[_Rule]:
    return [
        _Rule(
            "region_code",
            f"SELECT DISTINCT region_code FROM {file} ANTI JOIN regions USING (region_code)",
            "is not in data/lookups/regions.csv any more",
            "Import the data again.",
        ),
        _Rule(
            "traded_cluster_id",
            f"SELECT DISTINCT traded_cluster_id FROM {file} ANTI JOIN (FROM sectors WHERE scheme IN "
            f"('traded_cluster', 'nace_division')) s ON sector_id = traded_cluster_id WHERE NOT {IS_TOTAL}",
            "is not an industry of data/lookups/sectors.csv any more",
            "Import the data again.",
        ),
    ]


def _insert(connection: Connection, target: str) -> int:
    """Number of rows that `INSERT INTO target` inserted."""
    return int(fetch_value(connection, f"INSERT INTO {target}"))


def _validate_no_overlaps(connection: Connection, files: list[tuple[Manifest, Path]], display_path: str) -> None:
    """Raise InputError when two imports have rows with the same key, which a change of the lookups may have caused."""
    for index, (manifest, path) in enumerate(files):
        for other, other_path in files[:index]:
            count, region = fetch_row(
                connection,
                f"SELECT count(*), min(region_code) FROM {sql_literal(path)} "
                f"SEMI JOIN {sql_literal(other_path)} USING (region_code, traded_cluster_id, year)",
            )
            if count:
                file = f"{display_path}/{FOLDER}/{manifest.name}.parquet"
                rule = f"{count:,} rows, such as those of {region}, are in the import '{other.name}' too"
                fix = f"Remove one of them: python -m etl import --remove {manifest.name}."
                raise InputError([Problem(file, None, None, None, rule, fix)])


def _load_horizon(connection: Connection, manifests: list[Manifest], data_dir: Path, display_path: str) -> int:
    rows = 0
    for manifest in manifests:
        path = data_dir / FOLDER / f"{manifest.name}.parquet"
        participations = path.with_name(f"{manifest.name}.participations.parquet")
        # Earlier versions counted organisations that have left a project.
        _validate_columns(connection, participations, f"{display_path}/{FOLDER}/{participations.name}", ("has_left",))
        rules = [
            _Rule(
                "horizon_project_id",
                f"SELECT horizon_project_id FROM {sql_literal(path)} "
                "SEMI JOIN horizon_projects USING (horizon_project_id)",
                "is a project of another import too",
                f"Remove one of them: python -m etl import --remove {manifest.name}.",
            ),
            _Rule(
                "country_code",
                f"SELECT DISTINCT country_code FROM {sql_literal(participations)} "
                "ANTI JOIN countries USING (country_code) WHERE country_code IS NOT NULL",
                "is not in data/lookups/countries.csv any more",
                "Import the data again.",
            ),
        ]
        _validate(connection, display_path, manifest.name, rules)
        source = sql_literal(manifest.source_id)
        rows += _insert(
            connection, f"horizon_projects BY NAME SELECT *, {source} AS source_id FROM {sql_literal(path)}"
        )
        rows += _insert(connection, f"horizon_participations BY NAME FROM {sql_literal(participations)}")
    return rows


def _validate(connection: Connection, display_path: str, name: str, rules: list[_Rule]) -> None:
    problems = [
        Problem(f"{display_path}/{FOLDER}/{name}.parquet", None, rule.column, value, rule.rule, rule.fix)
        for rule in rules
        for (value,) in connection.execute(f"{rule.sql} LIMIT {MAX_PROBLEMS}").fetchall()
    ]
    if problems:
        raise InputError(problems)

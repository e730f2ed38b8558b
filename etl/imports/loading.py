"""Imports into a new database: straight from Parquet in SQL, the keys verified for all rows at once."""

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.errors import InputError, Problem
from etl.imports.manifest import FOLDER, Card
from etl.imports.staging import quoted
from etl.imports.statistics_rules import COLUMNS, IS_TOTAL

MAX_PROBLEMS = 20
_STATISTICS = ("us-cluster-mapping", "regional-statistics")


@dataclass(frozen=True)
class _Rule:
    """sql: a SELECT of one text column, the values of a Parquet file that break the rule."""

    column: str
    sql: str
    words: str
    fix: str


def load_imports(connection: duckdb.DuckDBPyConnection, cards: list[Card], data_dir: Path, shown: str) -> int:
    """Fill sources, imports and the tables of the imports; the lookups must be there. Returns the rows of the imports.

    Raises InputError when an import does not fit the lookups or another import any more.
    """
    if not cards:
        return 0
    (threads,) = connection.execute("SELECT current_setting('threads')").fetchone()
    connection.execute(f"SET threads = {os.cpu_count() or 1}")
    try:
        _load_cards(connection, cards)
        rows = _load_statistics(connection, [card for card in cards if card.format in _STATISTICS], data_dir, shown)
        return rows + _load_horizon(connection, [card for card in cards if card.format == "cordis"], data_dir, shown)
    finally:
        connection.execute(f"SET threads = {threads}")


def _load_cards(connection: duckdb.DuckDBPyConnection, cards: list[Card]) -> None:
    for card in cards:
        connection.execute(
            "INSERT INTO sources VALUES (?, ?, ?, 'dataset', NULL, 'undated', ?, ?, ?, ?)",
            [card.source_id, card.title, card.publisher, card.url, card.imported_on, card.licence, card.reliability],
        )
        connection.execute(
            "INSERT INTO imports SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, json_object("
            + ", ".join("?, ?" for _ in card.set_aside)
            + ")",
            [
                card.name,
                card.format,
                card.source_id,
                card.input_file,
                card.input_sha256,
                card.imported_on,
                card.rows_read,
                card.rows_imported,
                card.rows_set_aside,
                *(item for pair in card.set_aside.items() for item in pair),
            ],
        )


def _load_statistics(connection, cards: list[Card], data_dir: Path, shown: str) -> int:
    if not cards:
        return 0
    files = [(card, data_dir / FOLDER / f"{card.name}.parquet") for card in cards]
    for card, path in files:
        _refuse_other_version(connection, path, f"{shown}/{FOLDER}/{path.name}")
        regions = quoted(path.with_name(f"{card.name}.regions.parquet"))
        _refuse(
            connection,
            shown,
            card.name,
            [
                _Rule(
                    "country_code",
                    f"SELECT DISTINCT country_code FROM {regions} ANTI JOIN countries USING (country_code)",
                    "is not in data/lookups/countries.csv",
                    "Add the country again, or take the import away.",
                )
            ],
        )
        connection.execute(
            f"INSERT INTO regions SELECT region_code, name, country_code, level, NULL FROM {regions} ANTI JOIN regions USING (region_code)"
        )
        _refuse(
            connection,
            shown,
            card.name,
            [
                _Rule(
                    "region_code",
                    f"SELECT DISTINCT region_code FROM {quoted(path)} ANTI JOIN regions USING (region_code)",
                    "is not in data/lookups/regions.csv any more",
                    "Import the data again.",
                ),
                _Rule(
                    "traded_cluster_id",
                    f"SELECT DISTINCT traded_cluster_id FROM {quoted(path)} "
                    f"ANTI JOIN (FROM sectors WHERE scheme = 'traded_cluster') s ON sector_id = traded_cluster_id WHERE NOT {IS_TOTAL}",
                    "is not a traded cluster of data/lookups/sectors.csv any more",
                    "Import the data again.",
                ),
            ],
        )
    _refuse_overlaps(connection, files, shown)
    parts = " UNION ALL ".join(
        f"SELECT {', '.join(COLUMNS)}, {quoted(card.source_id)} AS source_id FROM {quoted(path)}"
        for card, path in files
    )
    # In this order a question about a cluster reads few blocks of the table, and years compress to runs.
    cells = f"INSERT INTO regional_statistics FROM ({parts}) WHERE NOT {IS_TOTAL} ORDER BY traded_cluster_id, year"
    totals = (
        "INSERT INTO statistics_totals SELECT region_code, year, traded_cluster_id, employment, establishments, source_id "
        f"FROM ({parts}) WHERE {IS_TOTAL} ORDER BY ALL"
    )
    return connection.execute(cells).fetchone()[0] + connection.execute(totals).fetchone()[0]


def _refuse_other_version(connection, path: Path, place: str) -> None:
    """Raise InputError when a file was written by a version of the import that had other columns."""
    columns = {row[0] for row in connection.execute(f"DESCRIBE FROM {quoted(path)}").fetchall()}
    if missing := [column for column in COLUMNS if column not in columns]:
        rule = f"it was imported by another version of this project and has no column {missing[0]}"
        raise InputError([Problem(place, None, None, None, rule, "Import the data again.")])


def _refuse_overlaps(connection, files: list[tuple[Card, Path]], shown: str) -> None:
    """Two imports may have been made at a time when the lookups kept them apart."""
    for index, (card, path) in enumerate(files):
        for other, other_path in files[:index]:
            count, region = connection.execute(
                f"SELECT count(*), min(region_code) FROM {quoted(path)} SEMI JOIN {quoted(other_path)} USING (region_code, traded_cluster_id, year)"
            ).fetchone()
            if count:
                rule = f"{count:,} rows, such as of {region}, are in the import '{other.name}' too"
                fix = f"Take one of them away: python -m etl import --remove {card.name}."
                raise InputError([Problem(f"{shown}/{FOLDER}/{card.name}.parquet", None, None, None, rule, fix)])


def _load_horizon(connection, cards: list[Card], data_dir: Path, shown: str) -> int:
    rows = 0
    for card in cards:
        path = data_dir / FOLDER / f"{card.name}.parquet"
        participations = path.with_name(f"{card.name}.participations.parquet")
        _refuse(
            connection,
            shown,
            card.name,
            [
                _Rule(
                    "horizon_project_id",
                    f"SELECT horizon_project_id FROM {quoted(path)} SEMI JOIN horizon_projects USING (horizon_project_id)",
                    "is a project of another import too",
                    f"Take one of them away: python -m etl import --remove {card.name}.",
                ),
                _Rule(
                    "country_code",
                    f"SELECT DISTINCT country_code FROM {quoted(participations)} ANTI JOIN countries USING (country_code) "
                    "WHERE country_code IS NOT NULL",
                    "is not in data/lookups/countries.csv any more",
                    "Import the data again.",
                ),
            ],
        )
        rows += connection.execute(
            f"INSERT INTO horizon_projects SELECT *, {quoted(card.source_id)} FROM {quoted(path)}"
        ).fetchone()[0]
        rows += connection.execute(f"INSERT INTO horizon_participations FROM {quoted(participations)}").fetchone()[0]
    return rows


def _refuse(connection, shown: str, name: str, rules: list[_Rule]) -> None:
    problems = [
        Problem(f"{shown}/{FOLDER}/{name}.parquet", None, rule.column, value, rule.words, rule.fix)
        for rule in rules
        for (value,) in connection.execute(f"{rule.sql} LIMIT {MAX_PROBLEMS}").fetchall()
    ]
    if problems:
        raise InputError(problems)

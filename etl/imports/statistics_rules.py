"""Rules for regional statistics from any kind of file, checked for all rows at once."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pyarrow.parquet as pq

from etl.database import fetch_value, sql_literal
from etl.errors import MAX_PROBLEMS, InputError, Problem
from etl.imports.csv_source import CsvFile, find, first_lines
from etl.imports.manifest import FOLDER, read_manifests
from etl.imports.run import ImportContext

# Columns of table regional_statistics that the Parquet file of an import has, in the order of the table.
COLUMNS = (
    "region_code",
    "traded_cluster_id",
    "year",
    "employment",
    "employment_missing",
    "establishments",
    "establishments_missing",
    "mean_wage",
    "wage_currency",
    "location_quotient",
    "quotient_total_basis",
    "is_strong",
    "flags",
)
# Rows of totals have one of these in the column traded_cluster_id; see statistics_totals.total_basis.
ALL_INDUSTRIES, TRADED_CLUSTERS = "all industries", "traded clusters"
IS_TOTAL = f"traded_cluster_id IN ('{ALL_INDUSTRIES}', '{TRADED_CLUSTERS}')"
# The cells that identify a row of the file, as text.
Key = tuple[str, ...]
# region_code, name, country_code, level
Region = tuple[str, str, str, str]
REGION_COLUMNS = ("region_code", "name", "country_code", "level")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def reject_rows(
    file: CsvFile,
    keys: Iterable[Key],
    key_of: Callable[[dict[str, str]], Key],
    row_count: int,
    column: str,
    rule: str,
    fix: str,
) -> NoReturn:
    """Raise InputError with the lines of rows that make the whole file unusable.

    keys: keys of some of the row_count rows; key_of: the key of a record of the file.
    """
    wanted = set(keys)
    records = find(file, lambda cells: key_of(cells) in wanted, MAX_PROBLEMS)
    problems = [
        Problem(
            file.display_path, line, column, cells.get(column.lower(), ""), f"{rule} ({' | '.join(key_of(cells))})", fix
        )
        for line, cells in records
    ]
    if row_count > len(problems):
        problems.append(Problem(file.display_path, None, column, None, f"{row_count:,} rows are like this in all", fix))
    raise InputError(problems)


def reject_unknown_clusters(context: ImportContext, file: CsvFile, column: str, names: list[str]) -> NoReturn:
    """Raise InputError with the first line of each name that is not a traded cluster, and the most similar one."""
    lines = first_lines(file, column, names)
    problems = []
    for name in sorted(names, key=lambda name: lines.get(name, 0))[:MAX_PROBLEMS]:
        near = context.lookups.nearest_cluster(name)
        fix = f"Did you mean '{near}'?" if near else "Write one of the 51 names in data/lookups/sectors.csv."
        problems.append(Problem(file.display_path, lines.get(name), column, name, "is not a traded cluster", fix))
    if len(names) > len(problems):
        rule = f"{len(names)} names are not traded clusters in all"
        problems.append(Problem(file.display_path, None, column, None, rule, "Correct them too."))
    raise InputError(problems)


def create_states(context: ImportContext) -> None:
    """Create the temporary table states: FIPS code of a US state and its code under ISO 3166-2."""
    context.connection.execute("CREATE TABLE states (fips_code VARCHAR, state_code VARCHAR)")
    if context.lookups.fips:
        context.connection.executemany("INSERT INTO states VALUES (?, ?)", list(context.lookups.fips.items()))


def write_regions(context: ImportContext, regions: list[Region]) -> Path:
    """Path of a Parquet file of the new regions."""
    path = context.folder / "regions.parquet"
    columns = list(zip(*regions, strict=True)) or [()] * len(REGION_COLUMNS)
    table = pa.table([pa.array(values, pa.string()) for values in columns], names=list(REGION_COLUMNS))
    pq.write_table(table, path)
    return path


def duplicate_keys(context: ImportContext, relation: str) -> list[tuple[str, str, int, int]]:
    """(region, cluster, year, rows) of the keys that occur more than once in a relation with these columns."""
    key = "region_code, traded_cluster_id, year"
    # Distinct hashes need a third of the memory of the keys; only a shortfall is worth the exact answer.
    if not fetch_value(context.connection, f"SELECT count(*) - count(DISTINCT hash({key})) FROM {relation}"):
        return []
    return context.connection.execute(
        f"SELECT {key}, count(*) FROM {relation} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL"
    ).fetchall()


def validate_no_overlap(context: ImportContext, relation: str) -> None:
    """Raise InputError when another import already has a region, cluster and year of this one."""
    manifests, _ = read_manifests(context.data_dir, context.data_dir.name)
    problems = []
    for manifest in manifests:
        if manifest.name == context.request.name or manifest.format == "cordis":
            continue
        other = context.data_dir / FOLDER / f"{manifest.name}.parquet"
        overlap = f"{relation} SEMI JOIN {sql_literal(other)} USING (region_code, traded_cluster_id, year)"
        if rows := fetch_value(context.connection, f"SELECT count(*) FROM {overlap}"):
            region, cluster, year = context.connection.execute(
                f"SELECT region_code, traded_cluster_id, year FROM {overlap} ORDER BY ALL LIMIT 1"
            ).fetchall()[0]
            rule = (
                f"{rows:,} rows are for a region, traded cluster and year that the import '{manifest.name}' has "
                f"already, such as {region}, {cluster}, {year}"
            )
            fix = f"Leave them out, or remove that one: python -m etl import --remove {manifest.name}."
            problems.append(Problem(context.request.display_path, None, None, None, rule, fix))
    if problems:
        raise InputError(problems)

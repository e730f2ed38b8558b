"""Rules that hold of regional statistics whatever file they come from, verified for all rows at once."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.database import sql_literal
from etl.errors import MAX_PROBLEMS, InputError, Problem
from etl.imports.csv_source import CsvFile, find, first_lines
from etl.imports.manifest import FOLDER, read_manifests
from etl.imports.run import ImportContext

# The columns of the table that a result has, in its order.
COLUMNS = (
    "region_code, traded_cluster_id, year, employment, establishments, mean_wage, wage_currency, "
    "location_quotient, is_strong"
)
REGION_COLUMNS = ("region_code", "name", "country_code", "level")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def reject_rows(
    file: CsvFile,
    keys: Iterable[tuple],
    key_of: Callable[[dict[str, str]], tuple],
    count: int,
    column: str,
    rule: str,
    fix: str,
) -> None:
    """Raise InputError with the lines of rows that make the whole file unusable.

    keys: the key values of some of the count rows; key_of gives the key of a record as text.
    """
    wanted = set(keys)
    found = find(file, lambda cells: key_of(cells) in wanted, MAX_PROBLEMS)
    problems = [
        Problem(
            file.display_path, line, column, cells.get(column.lower(), ""), f"{rule} ({' | '.join(key_of(cells))})", fix
        )
        for line, cells in found
    ]
    if count > len(problems):
        problems.append(Problem(file.display_path, None, column, None, f"{count:,} rows are like this in all", fix))
    raise InputError(problems)


def reject_unknown_clusters(context: ImportContext, file: CsvFile, column: str, names: list[str]) -> None:
    """Raise InputError with the first line of each name that is no traded cluster, and the nearest one."""
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


def write_regions(context: ImportContext, regions: list[tuple]) -> Path:
    """The new regions (code, name, country, level) as a Parquet file."""
    path = context.folder / "regions.parquet"
    columns = list(zip(*regions)) or [()] * 4
    table = pa.table([pa.array(values, pa.string()) for values in columns], names=list(REGION_COLUMNS))
    pq.write_table(table, path)
    return path


def duplicate_keys(context: ImportContext, relation: str) -> list[tuple]:
    """(region, cluster, year, rows) of keys that stand more than once in a relation with these columns."""
    key = "region_code, traded_cluster_id, year"
    # Distinct hashes need a third of the memory of the keys; only a shortfall is worth the exact answer.
    (missing,) = context.connection.execute(f"SELECT count(*) - count(DISTINCT hash({key})) FROM {relation}").fetchone()
    if not missing:
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
        (count, region, cluster, year) = context.connection.execute(
            f"SELECT count(*), min(region_code), min(traded_cluster_id), min(year) FROM {relation} "
            f"SEMI JOIN {sql_literal(other)} USING (region_code, traded_cluster_id, year)"
        ).fetchone()
        if count:
            rule = (
                f"{count:,} rows are for a region, traded cluster and year that the import '{manifest.name}' has already, "
                f"such as {region}, {cluster}, {year}"
            )
            fix = f"Leave them out, or take that one away: python -m etl import --remove {manifest.name}."
            problems.append(Problem(context.request.display_path, None, None, None, rule, fix))
    if problems:
        raise InputError(problems)

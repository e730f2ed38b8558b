"""What the next build will leave out of the shipped data sets because imports hold the same, without building."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.database import Connection, sql_literal
from etl.datasets import CORDIS, DataSet, replaced_sentence
from etl.imports.csv_source import open_csv, records
from etl.imports.manifest import FOLDER, Manifest
from etl.imports.statistics_rules import IS_TOTAL


@dataclass(frozen=True)
class ListedDataSet:
    """A shipped data set, its number of rows, and what takes their place, as sentences."""

    data_set: DataSet
    rows: int
    replaced: list[str]


def listed_data_sets(data_dir: Path, data_sets: list[DataSet], manifests: list[Manifest]) -> list[ListedDataSet]:
    """Every data set with what the imports take the place of; by the rule of etl.dataset_loading."""
    with duckdb.connect() as connection:
        _create_tables(connection, data_dir, manifests)
        return [_listed(connection, data_set, manifests) for data_set in data_sets]


def _create_tables(connection: Connection, data_dir: Path, manifests: list[Manifest]) -> None:
    """Tables places (region_code, country_code), schemes (industry_id, scheme) and held (what imports have)."""
    lookups = data_dir / "lookups"
    regions, countries, sectors = (
        f"read_csv({sql_literal(lookups / f'{name}.csv')}, all_varchar=true, header=true)"
        for name in ("regions", "countries", "sectors")
    )
    connection.execute(
        f"CREATE TABLE places AS SELECT region_code, country_code FROM {regions} "
        f"UNION SELECT country_code, country_code FROM {countries}"
    )
    connection.execute(f"CREATE TABLE schemes AS SELECT sector_id AS industry_id, scheme FROM {sectors}")
    connection.execute("CREATE TABLE held (import_name VARCHAR, country_code VARCHAR, scheme VARCHAR, period VARCHAR)")
    for manifest in manifests:
        if manifest.format != CORDIS:
            rows = data_dir / FOLDER / f"{manifest.name}.parquet"
            own_regions = sql_literal(rows.with_name(f"{manifest.name}.regions.parquet"))
            connection.execute(
                f"INSERT INTO held SELECT DISTINCT {sql_literal(manifest.name)}, country_code, scheme, year::VARCHAR "
                f"FROM {sql_literal(rows)} "
                f"JOIN (FROM places UNION SELECT region_code, country_code FROM {own_regions}) USING (region_code) "
                f"JOIN schemes ON industry_id = traded_cluster_id WHERE NOT {IS_TOTAL}"
            )


def _listed(connection: Connection, data_set: DataSet, manifests: list[Manifest]) -> ListedDataSet:
    files = [open_csv(path, f"{data_set.folder}/{path.name}", ",", ()) for path in data_set.files.values()]
    rows = sum(1 for file in files for _ in records(file))
    if data_set.format == CORDIS:
        name = min((manifest.name for manifest in manifests if manifest.format == CORDIS), default=None)
        return ListedDataSet(data_set, rows, [replaced_sentence(name, rows, data_set.name, [])] if name else [])
    found = connection.execute(
        "SELECT import_name, list_sort(list(DISTINCT country_code)), count(*) FROM "
        f"(SELECT region_code, scheme FROM ({_rows(data_set, 'regional_statistics', 'industry_id')}) "
        "JOIN schemes USING (industry_id) "
        f"UNION ALL {_rows(data_set, 'statistics_totals', 'scheme')}) JOIN places USING (region_code) "
        "JOIN (SELECT country_code, scheme, min(import_name) AS import_name FROM held WHERE period = $period "
        "GROUP BY ALL) USING (country_code, scheme) GROUP BY import_name ORDER BY import_name",
        {"period": data_set.period},
    ).fetchall()
    return ListedDataSet(
        data_set, rows, [replaced_sentence(name, count, data_set.name, codes) for name, codes, count in found]
    )


def _rows(data_set: DataSet, table: str, column: str) -> str:
    """Query for region_code and another column of a file; without rows where the data set has no such file."""
    if table not in data_set.files:
        return f"SELECT NULL::VARCHAR AS region_code, NULL::VARCHAR AS {column} WHERE false"
    file = sql_literal(data_set.files[table])
    return f"SELECT region_code, {column} FROM read_csv({file}, all_varchar=true, header=true)"

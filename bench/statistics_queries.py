"""Time of every query of the statistics page, with ten million rows of statistics in the database.

    python -m bench.statistics_queries

Makes a file, imports it, builds the database in a temporary folder and prints for each query the median of
twenty runs with its limit: 100 ms, or one and a half times a plain aggregate over the same rows where that is more.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from bench.import_data import FIRST_YEAR, YEARS, statistics_file
from bench.imports import imported, verdict
from etl.pipeline import Inputs, build
from settings import ROOT, load_settings
from warehouse import industry_gaps, statistics
from warehouse.connection import Connection, new_cursor, open_database
from warehouse.industry_gaps import Comparison

ROWS = 10_000_000
RUNS = 20
MAX_MILLISECONDS, MAX_RATIO = 100, 1.5
SCHEME, CLUSTER, YEAR = "traded_cluster", "tc-plastics", str(FIRST_YEAR + YEARS - 1)
REGIONS = [f"DE-BENCH-{number:06d}" for number in range(0, 50, 5)]
PLAIN_AGGREGATE = (
    "SELECT region_code, industry_id, sum(employment), sum(establishments), max(mean_wage) "
    "FROM regional_statistics WHERE {} GROUP BY ALL"
)
IN_REGIONS = f"region_code IN ({', '.join(repr(region) for region in REGIONS)})"

# Query -> its function, and the condition of the plain aggregate over the same rows.
QUERIES: dict[str, tuple[Callable[[Connection], object], str]] = {
    "schemes": (statistics.schemes, "true"),
    "periods": (lambda c: statistics.periods(c, SCHEME), "true"),
    "industries": (statistics.industries, "true"),
    "regions": (lambda c: statistics.regions(c, SCHEME), "true"),
    "quotients of a cluster": (
        lambda c: statistics.quotients_by_region(c, CLUSTER, YEAR),
        f"industry_id = '{CLUSTER}' AND period = '{YEAR}'",
    ),
    "quotients of a cluster in the US": (
        lambda c: statistics.quotients_by_region(c, CLUSTER, YEAR, ["US"]),
        f"industry_id = '{CLUSTER}' AND period = '{YEAR}' AND starts_with(region_code, 'US')",
    ),
    "ten regions compared": (
        lambda c: statistics.compare_regions(c, REGIONS, SCHEME, YEAR),
        f"period = '{YEAR}' AND {IN_REGIONS}",
    ),
    "time series of ten regions": (
        lambda c: statistics.time_series(c, REGIONS, CLUSTER),
        f"industry_id = '{CLUSTER}' AND {IN_REGIONS}",
    ),
    "strong without organisation": (
        lambda c: industry_gaps.strong_without_organisation(c, Comparison(SCHEME, YEAR)),
        f"period = '{YEAR}'",
    ),
    "strong without organisation, one cluster": (
        lambda c: industry_gaps.strong_without_organisation(c, Comparison(SCHEME, YEAR, industry_id=CLUSTER)),
        f"industry_id = '{CLUSTER}' AND period = '{YEAR}'",
    ),
    "organisation without strong industry": (
        lambda c: industry_gaps.organisations_without_strong_industry(c, Comparison(SCHEME, YEAR)),
        f"period = '{YEAR}'",
    ),
    "coverage": (lambda c: statistics.coverage(c, SCHEME, YEAR), f"period = '{YEAR}'"),
    "origins": (statistics.origins, "true"),
}


def milliseconds(run_query: Callable[[], object], runs: int = RUNS) -> float:
    """Median of several runs, after one to warm up."""
    run_query()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        run_query()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def database(folder: Path, rows: int) -> Path:
    """A database of data/ with this many imported rows, built in a folder."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("build", "imports"))
    file = statistics_file(folder / "statistics.csv", rows)
    print(f"import of {rows:,} rows: {imported('regional-statistics', file, data):.1f} s")
    file.unlink()
    settings = load_settings()
    link = folder / "clusters.duckdb"
    summary = build(Inputs(data, "data", settings.static_dir, settings.schema_version), link)
    print(f"build with them: {summary.seconds:.1f} s, {link.resolve().stat().st_size / 1e6:,.0f} MB")
    return link


def main(rows: int) -> None:
    """Build the database, run the queries and print their times."""
    with tempfile.TemporaryDirectory() as name, open_database(database(Path(name), rows)) as connection:
        for label, (run_query, where) in QUERIES.items():
            own = milliseconds(partial(_run, run_query, connection))
            plain = milliseconds(partial(_aggregate, where, connection))
            limit = max(MAX_MILLISECONDS, MAX_RATIO * plain)
            print(f"  {label:<42}{own:7.1f} ms  plain aggregate {plain:7.1f} ms  {verdict(own <= limit)}")


def _run(run_query: Callable[[Connection], object], connection: Connection) -> object:
    return run_query(new_cursor(connection))


def _aggregate(where: str, connection: Connection) -> object:
    return new_cursor(connection).execute(PLAIN_AGGREGATE.format(where)).df()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of statistics")
    main(parser.parse_args().rows)

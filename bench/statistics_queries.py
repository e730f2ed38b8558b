"""Every question behind the statistics page, with ten million rows of statistics in the database.

python -m bench.statistics_queries makes a file, imports it, builds the database in a temporary folder and
prints the median of twenty for each question beside its limit: 100 ms, or one and a half times the bare
aggregate over the same rows where that is more.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.import_data import FIRST_YEAR, YEARS, statistics_file
from bench.imports import imported, verdict
from etl.pipeline import Inputs, build
from settings import ROOT, load_settings
from warehouse import statistics
from warehouse.connection import open_database

ROWS = 10_000_000
RUNS = 20
MAX_MILLISECONDS, MAX_TIMES_BARE = 100, 1.5
CLUSTER, YEAR = "tc-plastics", FIRST_YEAR + YEARS - 1
REGIONS = [f"DE-BENCH-{number:06d}" for number in range(0, 50, 5)]
BARE = "SELECT region_code, traded_cluster_id, sum(employment), sum(establishments), max(mean_wage) FROM regional_statistics WHERE {} GROUP BY ALL"
IN_REGIONS = f"region_code IN ({', '.join(repr(region) for region in REGIONS)})"

# Question: what asks it, and the rows that the bare aggregate reads for it.
QUESTIONS: dict[str, tuple[Callable, str]] = {
    "years": (statistics.years, "true"),
    "traded clusters": (statistics.clusters, "true"),
    "traded clusters of a year": (lambda c: statistics.clusters(c, YEAR), f"year = {YEAR}"),
    "regions": (statistics.regions, "true"),
    "quotients of a cluster": (
        lambda c: statistics.quotients_by_region(c, CLUSTER, YEAR),
        f"traded_cluster_id = '{CLUSTER}' AND year = {YEAR}",
    ),
    "quotients of a cluster in the US": (
        lambda c: statistics.quotients_by_region(c, CLUSTER, YEAR, ["US"]),
        f"traded_cluster_id = '{CLUSTER}' AND year = {YEAR} AND starts_with(region_code, 'US')",
    ),
    "ten regions compared": (lambda c: statistics.compare_regions(c, REGIONS, YEAR), f"year = {YEAR} AND {IN_REGIONS}"),
    "time series of ten regions": (
        lambda c: statistics.time_series(c, REGIONS, CLUSTER),
        f"traded_cluster_id = '{CLUSTER}' AND {IN_REGIONS}",
    ),
    "strong without organisation": (lambda c: statistics.strong_without_organisation(c, YEAR), f"year = {YEAR}"),
    "strong without organisation, one cluster": (
        lambda c: statistics.strong_without_organisation(c, YEAR, traded_cluster_id=CLUSTER),
        f"traded_cluster_id = '{CLUSTER}' AND year = {YEAR}",
    ),
    "organisation without strong industry": (
        lambda c: statistics.organisations_without_strong_industry(c, YEAR),
        f"year = {YEAR}",
    ),
    "imports": (statistics.imports, "false"),
}


def milliseconds(run_query: Callable[[], object], runs: int = RUNS) -> float:
    """Median of several runs, after one that warms up."""
    run_query()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        run_query()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def database(folder: Path, rows: int) -> Path:
    """The real facts with this many imported rows, built in a folder."""
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
    """Build, ask and print."""
    with tempfile.TemporaryDirectory() as name:
        with open_database(database(Path(name), rows)) as connection:
            for label, (run_query, where) in QUESTIONS.items():
                own = milliseconds(lambda: run_query(connection.cursor()))
                bare = milliseconds(lambda: connection.cursor().execute(BARE.format(where)).df())
                limit = max(MAX_MILLISECONDS, MAX_TIMES_BARE * bare)
                print(f"  {label:<42}{own:7.1f} ms  bare aggregate {bare:7.1f} ms  {verdict(own <= limit)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of statistics")
    main(parser.parse_args().rows)

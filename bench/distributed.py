"""How far one machine goes: sums over Parquet files of regional statistics, by DuckDB and by Spark with two workers.

    python -m bench.distributed --rows 10000000 --rows 100000000

The sums are those of every region, period and scheme that a build makes for the statistics page. For each number of
rows it writes the files to a temporary folder, has either engine read them and write its sums as Parquet files,
compares these row by row, and prints the median of the runs after the first one. The SQL is the same for both. Spark
needs Java 17 or newer, and is installed in an environment of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import duckdb

from settings import ROOT

WORKERS = 2
INDUSTRIES, YEARS, FILES = 139, 10, 16  # traded clusters and NACE divisions; a file is what a worker reads at a time
# As etl/sql/60_statistics.sql has it for statistics_region_totals.
SUMS = """
SELECT region_code, period, scheme, count(*) AS row_count,
    CAST(sum(employment) AS BIGINT) AS employment, count(employment) AS employment_known_count,
    CAST(sum(establishments) AS BIGINT) AS establishments, count(establishments) AS establishments_known_count
FROM regional_statistics JOIN sectors ON sector_id = industry_id GROUP BY region_code, period, scheme
"""
# Each thirteenth figure is unknown.
_ROWS = f"""
SELECT format('R-{{:07d}}', i // {INDUSTRIES * YEARS}) AS region_code,
    format('industry-{{:03d}}', i % {INDUSTRIES}) AS industry_id,
    CAST(2010 + i // {INDUSTRIES} % {YEARS} AS VARCHAR) AS period,
    CASE WHEN i % 13 > 0 THEN hash(i) % 20000 END::BIGINT AS employment,
    CASE WHEN i % 13 > 0 THEN hash(i + 1) % 900 END::BIGINT AS establishments
FROM range($first, $next) numbers (i)
"""
_SECTORS = f"""
SELECT format('industry-{{:03d}}', i) AS sector_id,
    CASE WHEN i < 51 THEN 'traded_cluster' ELSE 'nace_division' END AS scheme
FROM range({INDUSTRIES}) numbers (i)
"""


def write_files(folder: Path, rows: int) -> int:
    """Write so many rows of statistics, and the sectors, as Parquet files. Returns their size in bytes."""
    (folder / "statistics").mkdir(parents=True)
    with duckdb.connect() as connection:
        for number in range(FILES):
            first, following = rows * number // FILES, rows * (number + 1) // FILES
            part = _ROWS.replace("$first", str(first)).replace("$next", str(following))
            connection.execute(f"COPY ({part}) TO '{folder}/statistics/{number}.parquet'")
        connection.execute(f"COPY ({_SECTORS}) TO '{folder}/sectors.parquet'")
    return sum(file.stat().st_size for file in folder.rglob("*.parquet"))


def duckdb_seconds(folder: Path, runs: int) -> list[float]:
    """Seconds of each run of DuckDB, which leaves its sums in sums.parquet."""
    seconds = []
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW regional_statistics AS FROM '{folder}/statistics/*.parquet'")
        connection.execute(f"CREATE VIEW sectors AS FROM '{folder}/sectors.parquet'")
        for _ in range(1 + runs):
            began = time.perf_counter()
            connection.execute(f"COPY ({SUMS}) TO '{folder}/sums.parquet'")
            seconds.append(time.perf_counter() - began)
    return seconds


def spark_seconds(folder: Path, runs: int) -> list[float]:
    """Seconds of each run of Spark, which leaves its sums in the folder spark."""
    environment = [sys.executable, "-m", "uv", "run", "--no-project", "--isolated", "--quiet"]
    locked = ["--with-requirements", str(ROOT / "requirements-spark.lock")]
    script = [str(Path(__file__).with_name("spark_sums.py")), str(folder), str(WORKERS), str(1 + runs)]
    command = [*environment, *locked, "python", *script]
    variables = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(command, input=SUMS, env=variables, stdout=subprocess.PIPE, text=True, check=True)
    seconds: list[float] = json.loads(done.stdout.splitlines()[-1])
    return seconds


def differing_rows(folder: Path) -> tuple[int, int]:
    """Number of rows of the sums, and of those that only one of the two has."""
    with duckdb.connect() as connection:
        one, other = f"FROM '{folder}/sums.parquet'", f"FROM '{folder}/spark/*.parquet'"
        counts = connection.execute(
            f"SELECT (SELECT count(*) {one}), (SELECT count(*) FROM ({one} EXCEPT ALL {other})) "
            f"+ (SELECT count(*) FROM ({other} EXCEPT ALL {one}))"
        ).fetchone()
        assert counts is not None
        return counts[0], counts[1]


def main(sizes: list[int], runs: int) -> None:
    """Measure each number of rows; ends with an error where the two engines differ."""
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}; median of runs after the first: {runs}")
    heading = f"Spark, {WORKERS} workers"
    print(f"{'rows':>13}  {'files':>8}  {'sums':>9}  {'DuckDB':>8}  {heading:>17}  ratio", flush=True)
    for rows in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            size = write_files(folder, rows)
            own, other = (median(run(folder, runs)[1:]) for run in (duckdb_seconds, spark_seconds))
            count, differing = differing_rows(folder)
        if differing or not count:
            raise SystemExit(f"{rows:,} rows: the engines differ in {differing:,} rows of {count:,}.")
        times = f"{own:>6.2f} s  {other:>15.2f} s  {other / own:>5.1f}"
        print(f"{rows:>13,}  {size / 1e6:>5,.0f} MB  {count:>9,}  {times}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, action="append", help="rows of statistics; may be repeated")
    parser.add_argument("--runs", type=int, default=3, help="runs that are measured, after one to warm up")
    given = parser.parse_args()
    main(given.rows or [10_000_000, 100_000_000], given.runs)

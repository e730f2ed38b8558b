"""Time and memory of imports, compared with a plain DuckDB read of the same files.

    python -m bench.imports

Makes a template file of a million rows, one ten times as long and a release of the size of CORDIS in a
temporary folder, imports each and reads each with CREATE TABLE AS SELECT … FROM read_csv,
alternately and each time in a new process, and prints the ratios with their limits.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.import_data import cordis_folder, statistics_file
from etl.imports import cordis, regional_statistics
from etl.imports.run import ImportRequest, run_import
from settings import ROOT

ROWS = 1_000_000
FORMATS = {kind.FORMAT.name: kind.FORMAT for kind in (regional_statistics, cordis)}
MAX_TIME_RATIO, MAX_MEGABYTES, MAX_GROWTH = 2.0, 1000, 11.0


def plain_read(files: list[Path]) -> float:
    """Seconds of CREATE TABLE AS SELECT * FROM read_csv for each file, with DuckDB's own settings."""
    began = time.perf_counter()
    with duckdb.connect() as connection:
        for number, file in enumerate(files):
            connection.execute(f"CREATE TABLE read_{number} AS SELECT * FROM read_csv('{file}')")
    return time.perf_counter() - began


def imported(kind: str, path: Path, data: Path) -> float:
    """Seconds of an import."""
    began = time.perf_counter()
    run_import(ImportRequest(path, path.name, "bench", "Bench", "none", None, "made up", "none"), FORMATS[kind], data)
    return time.perf_counter() - began


def in_new_process(*arguments: str) -> dict[str, float]:
    """The keys seconds and megabytes (peak) of this module, run with these arguments."""
    command = [sys.executable, "-m", "bench.imports", *arguments]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    measured: dict[str, float] = json.loads(output)
    return measured


def compare(kind: str, path: Path, data: Path, rounds: int) -> tuple[float, float, float]:
    """Median seconds of the plain read and of the import, and peak megabytes of the import."""
    times: dict[str, list[dict[str, float]]] = {"plain": [], kind: []}
    for _ in range(rounds):
        for task, runs in times.items():
            runs.append(in_new_process("--task", task, "--file", str(path), "--data", str(data)))
    median = {task: statistics.median(run["seconds"] for run in runs) for task, runs in times.items()}
    return median["plain"], median[kind], max(run["megabytes"] for run in times[kind])


def verdict(is_good: bool) -> str:
    """Whether a limit is kept, as printed."""
    return "reached" if is_good else "NOT REACHED"


def main(rounds: int, rows: int) -> None:
    """Make the files, measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        shutil.copytree(ROOT / "data" / "lookups", data / "lookups")
        cases = [
            (f"template, {rows:,} rows", "regional-statistics", statistics_file(folder / "short.csv", rows)),
            (f"template, {rows * 10:,} rows", "regional-statistics", statistics_file(folder / "long.csv", rows * 10)),
            ("CORDIS, 35,000 projects, 180,000 participations", "cordis", cordis_folder(folder / "cordis")),
        ]
        seconds = []
        for label, kind, path in cases:
            plain, own, megabytes = compare(kind, path, data, rounds)
            seconds.append(own)
            ratio = own / plain
            print(f"{label}: plain read {plain:.2f} s, import {own:.2f} s")
            _print_limit("  time over plain read", ratio, MAX_TIME_RATIO)
            _print_limit("  peak memory in MB", megabytes, MAX_MEGABYTES)
        _print_limit("ten times the rows: times the time", seconds[1] / seconds[0], MAX_GROWTH)


def _print_limit(label: str, value: float, limit: float) -> None:
    print(f"{label:<36}{value:8.2f}  limit {limit:g}  {verdict(value <= limit)}")


def task(kind: str, path: Path, data: Path) -> None:
    """One measurement, in this process, as JSON."""
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    seconds = plain_read(files) if kind == "plain" else imported(kind, path, data)
    print(json.dumps({"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each")
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the shorter template file")
    parser.add_argument("--task", choices=["plain", *FORMATS], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        task(options.task, options.file, options.data)
    else:
        main(options.rounds, options.rows)

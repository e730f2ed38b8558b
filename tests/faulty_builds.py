"""Builds that are killed, that run together, that have no room: what a soak test repeats and a quick test samples."""

import csv
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import openpyxl

from etl.errors import EtlError
from etl.imports.formats import FORMATS
from etl.pipeline import Inputs, check
from settings import ROOT, load_settings
from tests.mutations import mutated
from tests.unit.etl_dataset import edit, write_dataset
from tests.unit.import_files import PORTAL, STATISTICS, run, write, write_cordis

SEED = 20261127
MAX_LEFT = 4  # files of builds that were killed: the next build removes them
STATEMENTS = ("Work on the reuse of water.", "Another statement.")

# Imports once and builds at once when it is told to, so that a kill falls into the build and not into its start.
_BUILDER = """
import sys
from etl.__main__ import app
print("ready", flush=True)
sys.stdin.readline()
app(["build", "--data", sys.argv[1], "--database", sys.argv[2]])
"""


class Workshop:
    """A tiny data set in two versions, and the place where its builds are published."""

    def __init__(self, folder: Path) -> None:
        self.link = folder / "build" / "clusters.duckdb"
        self.versions = []
        for number, statement in enumerate(STATEMENTS):
            data = write_dataset(folder / f"version{number}")
            edit(data, "opportunities", STATEMENTS[0], statement)
            self.versions.append(data)

    def start(self, version: int, limit_bytes: int | None = None) -> subprocess.Popen[str]:
        """A process that is ready to build a version; ``limit_bytes`` bounds the files it may write."""
        import resource

        def bound() -> None:
            if limit_bytes is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

        process = subprocess.Popen(
            [sys.executable, "-B", "-c", _BUILDER, str(self.versions[version]), str(self.link)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=bound,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    def build(self, version: int, limit_bytes: int | None = None) -> tuple[int, str]:
        """Exit code and output of a build."""
        process = self.start(version, limit_bytes)
        output, _ = process.communicate("go\n", timeout=300)
        return process.returncode, output

    def kill_one(self, version: int, after_s: float) -> None:
        """Begin a build and kill it after some seconds."""
        process = self.start(version)
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(after_s)  # the moment of the kill is the test, not a wait for something
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def published(self) -> int:
        """Which version is published, read from the database itself."""
        with duckdb.connect(os.path.realpath(self.link), read_only=True) as connection:
            (statement,) = connection.execute("SELECT statement FROM opportunities").fetchone()
            assert connection.execute("SELECT count(*) FROM projects").fetchone() == (4,)
        return STATEMENTS.index(statement)

    def left_over(self) -> list[str]:
        """Files beside the link that are neither a database nor the lock."""
        own = {self.link.name, f".{self.link.stem}.lock"}
        return [path.name for path in self.link.parent.iterdir() if path.suffix != ".duckdb" and path.name not in own]

    def databases(self) -> int:
        """How many databases lie beside the link, that of the link itself once."""
        return sum(path.suffix == ".duckdb" and not path.is_symlink() for path in self.link.parent.iterdir())


def kill_many(workshop: Workshop, count: int) -> int:
    """Kill builds at random moments; returns how many were published before the kill."""
    assert workshop.build(0)[0] == 0
    begun = time.monotonic()
    assert workshop.build(1)[0] == 0
    longest = (time.monotonic() - begun) * 1.1
    now, order, finished = 1, random.Random(SEED), 0
    for _ in range(count):
        version = order.randrange(2)
        workshop.kill_one(version, order.uniform(0, longest))
        found = workshop.published()
        assert found in (now, version)
        finished += found == version != now
        now = found
        assert len(workshop.left_over()) <= MAX_LEFT and workshop.databases() <= MAX_LEFT + 1
    assert workshop.build(0)[0] == 0 and workshop.published() == 0
    assert workshop.left_over() == [] and workshop.databases() <= 3
    return finished


def build_twice_at_once(workshop: Workshop) -> None:
    """Two builds begin in the same moment: both are published one after the other, or one says that it is busy."""
    both = [workshop.start(version) for version in range(2)]
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=300)[0] for process in both]
    done = [version for version, process in enumerate(both) if process.returncode == 0]
    assert done and workshop.published() in done and workshop.left_over() == []
    for version, output in enumerate(outputs):
        assert "Traceback" not in output
        assert version in done or "Another build is writing" in output


def build_without_room(workshop: Workshop, limits_bytes: list[int]) -> int:
    """Builds that may write no more than so much, as on a full disk; returns how many were refused.

    Each is refused in a sentence and changes nothing, or is right.
    """
    assert workshop.build(0)[0] == 0
    now, refused = 0, 0
    for limit in limits_bytes:
        code, output = workshop.build(1 - now, limit)
        assert "Traceback" not in output, output
        if code == 0:
            now = 1 - now
        else:
            assert "cannot be written" in output, output
            refused += 1
        assert workshop.published() == now and workshop.left_over() == []
    return refused


# ---------------------------------------------------------------- damaged inputs


def damage_data(folder: Path, count: int) -> dict[str, int]:
    """Damage one CSV file after the other; counts of what was refused in words and what was built right.

    A check that accepts the files has read every row of each: as many as Python's own reader finds.
    """
    settings, order = load_settings(), random.Random(SEED)
    data = write_dataset(folder)
    inputs = Inputs(data, "data", settings.static_dir, settings.schema_version)
    files = [path for path in sorted(data.rglob("*.csv")) if path.stat().st_size > 60]
    told = {"refused": 0, "accepted": 0}
    for number in range(count):
        path = files[number % len(files)]
        before = path.read_bytes()
        path.write_bytes(mutated(before, order))
        try:
            summary = check(inputs)
        except EtlError as error:
            assert str(error).strip(), (path.name, number)
            told["refused"] += 1
        else:
            assert summary.rows_in == sum(map(_rows, data.rglob("*.csv"))), (path.name, number)
            told["accepted"] += 1
        path.write_bytes(before)
    return told


def _rows(path: Path) -> int:
    """Rows of a CSV file without its header and blank lines, as Python reads it."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return sum(row not in ([], [""]) for row in csv.reader(io.StringIO(text))) - 1


def damage_imports(folder: Path, count: int) -> dict[str, int]:
    """Damage files to be imported; counts of what was refused in words and what was imported with all rows told."""
    order, told = random.Random(SEED), {"refused": 0, "accepted": 0}
    data = write_dataset(folder)
    for name in ("countries", "regions", "sectors", "nuts_changes"):  # those of Eurostat's codes
        shutil.copy(ROOT / "data" / "lookups" / f"{name}.csv", data / "lookups" / f"{name}.csv")
    for number in range(count):
        sample = order.choice(list(_SAMPLES))
        kind, target = _SAMPLES[sample](folder / "files")
        damaged = order.choice(sorted(target.iterdir())) if target.is_dir() else target
        damaged.write_bytes(mutated(damaged.read_bytes(), order))
        try:
            manifest = run(FORMATS[kind], target, data).manifest
        except EtlError as error:
            assert str(error).strip(), (sample, number)
            told["refused"] += 1
        else:
            assert 0 <= manifest.rows_imported <= manifest.rows_read, (sample, number)
            told["accepted"] += 1
        assert not list((data / "imports").glob(".unfinished*")), (sample, number)
    return told


# Good files, written anew each time: the command that imports them, and their path.
_Sample = tuple[str, Path]


def _template(folder: Path) -> _Sample:
    rows = ["US-OH,Plastics,2016,200,9,30000,USD,US", "US-OH,Plastics,2017,210,9,,,US"]
    return "regional-statistics", write(_fresh(folder) / "own.csv", STATISTICS, rows)


def _workbook(folder: Path) -> _Sample:
    book, path = openpyxl.Workbook(), _fresh(folder) / "own.xlsx"
    book.active.append(STATISTICS.split(","))
    book.active.append(["US-OH", "Plastics", 2016, 200, 9, 30000, "USD", "US"])
    book.save(path)
    return "regional-statistics", path


def _eurostat(folder: Path) -> _Sample:
    rows = ["C29,V16110,DE21\t123.4 bu\t: c", "C29,V11210,DE21\t12 \t: "]
    return "regional-statistics", write(_fresh(folder) / "t.tsv", "nace_r2,indic_sb,geo\\time\t2019 \t2018 ", rows)


def _eurostat_csv(folder: Path) -> _Sample:
    header = "DATAFLOW,LAST UPDATE,freq,nace_r2,indic_sbs,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"
    rows = [
        "ESTAT:X(1.0),01/01/26,A,C29,EMP_LOC_NR,DE21,2019,123,e,",
        "ESTAT:X(1.0),01/01/26,A,C29,LOC_NR,DE21,2019,1,,",
    ]
    return "regional-statistics", write(_fresh(folder) / "t.csv", header, rows)


def _portal(folder: Path) -> _Sample:
    rows = ['2016,"Plastics","35","State","39","Ohio ",TRUE,1200,85,51234.5,1.84,TRUE,NA']
    return "us-cluster-mapping", write(_fresh(folder) / "export.csv", PORTAL, rows)


def _cordis(folder: Path) -> _Sample:
    return "cordis", write_cordis(_fresh(folder) / "release")


def _cordis_zip(folder: Path) -> _Sample:
    release = write_cordis(_fresh(folder) / "release")
    return "cordis", Path(shutil.make_archive(str(folder / "cordis"), "zip", release))


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


_SAMPLES = {
    make.__name__: make for make in (_template, _workbook, _eurostat, _eurostat_csv, _portal, _cordis, _cordis_zip)
}

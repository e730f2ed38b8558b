"""Copies of the data for the tests of the maintainer's commands, and what a reader of the files sees in them."""

import csv
import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from typer.testing import CliRunner, Result

from etl.__main__ import app
from etl.maintain.facts import Facts
from etl.pipeline import Inputs
from etl.schema import declared_schema
from settings import ROOT, load_settings


def copy_of_the_data(folder: Path) -> Path:
    """The CSV files of the shipped facts and their checks in folder/data.

    Without data sets, releases, imports and builds: no command of the maintainer reads them, and a build of the rest
    takes a third less time.
    """
    left_out = shutil.ignore_patterns("build", "imports", "datasets", "releases", ".*")
    return Path(shutil.copytree(ROOT / "data", folder / "data", ignore=left_out))


def facts_of(data: Path) -> Facts:
    """The facts of a data folder."""
    settings = load_settings()
    return Facts(Inputs(data, "data", settings.static_dir, settings.schema_version))


def guard_every_table(data: Path) -> None:
    """Let the checks of the tiny dataset guard the tables that it has no rows of."""
    path = data / "checks.toml"
    tables = f"tables = {[table.name for table in declared_schema().input_tables]}"
    path.write_text(re.sub(r"tables = \['.*\]", tables, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def hashes(data: Path) -> dict[str, str]:
    """Name -> SHA-256 of every file that is not hidden."""
    return {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def rows(data: Path, table: str) -> list[dict[str, str]]:
    """The rows of a file, read by the csv module."""
    with next(data.rglob(f"{table}.csv")).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mentions(data: Path, record_id: str) -> Iterator[tuple[str, str]]:
    """(file, column) of every cell that is the id or holds it among ids joined by |, releases apart."""
    for path in sorted([*data.glob("*.csv"), *data.glob("lookups/*.csv")]):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((path.name, column) for column, text in row.items() if record_id in text.split("|"))


def row(data: Path, table: str, **cells: str) -> dict[str, str]:
    """The one row of a file with these cells."""
    (found,) = [r for r in rows(data, table) if all(r[column] == value for column, value in cells.items())]
    return found


def cited(data: Path, table: str, record_id: str) -> set[tuple[str, str, str]]:
    """(field, source, locator) of the citations of a record."""
    return {
        (r["field"], r["source_id"], r["locator"])
        for r in rows(data, "citations")
        if (r["table_name"], r["record_id"]) == (table, record_id)
    }


def run(*arguments: str, typed: Sequence[str] | None = None) -> Result:
    """The result of `python -m etl`; ``typed`` are the lines of its user."""
    text = None if typed is None else "\n".join(typed) + "\n"
    return CliRunner().invoke(app, list(arguments), input=text, env={"COLUMNS": "400"})


def add(kind: str, *options: str, typed: Sequence[str] | None = None) -> Result:
    """The result of `python -m etl add` on ./data; without ``typed`` nothing is asked."""
    return run("add", kind, *options, "--data", "data", *(("--yes",) if typed is None else ()), typed=typed)

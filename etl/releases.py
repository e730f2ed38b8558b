"""Releases: reviewed states of the facts, so that a later build can say what was added, changed or withdrawn.

data/releases/<release_id>.csv has one row per fact (table_name, record_id, hash) and one per headline
figure (table_name `headline`, record_id its name, value its value). A file is written once.
"""

import csv
import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.errors import EtlError, Problem
from etl.schema import Schema

FOLDER = "releases"
COLUMNS = ("table_name", "record_id", "hash", "value")
HEADLINE = "headline"
RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}(-[2-9])?")

# (table_name, record_id) -> hash of the row
Facts = dict[tuple[str, str], str]


def read_releases(data_dir: Path, shown: str) -> tuple[dict[str, list[dict]], list[Problem]]:
    """Rows of every release file by release id, oldest first, and what is wrong with the files."""
    releases: dict[str, list[dict]] = {}
    problems: list[Problem] = []
    for path in sorted((data_dir / FOLDER).glob("*.csv"), key=lambda path: path.stem):
        name = f"{shown}/{FOLDER}/{path.name}"
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        if not RELEASE_ID.fullmatch(path.stem):
            fix = "Name it after the day of the release, such as 2026-11-30.csv."
            problems.append(Problem(name, None, None, None, "the name is not that of a release", fix))
        elif tuple(reader.fieldnames or ()) != COLUMNS or any(None in (*row, *row.values()) for row in rows):
            rule = "the file is not as `python -m etl release` writes it"
            problems.append(Problem(name, None, None, None, rule, "Restore it; a release is never edited."))
        else:
            releases[path.stem] = rows
    return releases, problems


def fill_releases(connection: duckdb.DuckDBPyConnection, schema: Schema, releases: dict[str, list[dict]]) -> str | None:
    """Fill the tables of 50_releases.sql; views and labels must be there.

    Returns the id of the newest release if its facts are those of this build, else None.
    """
    states = {release_id: _facts_of(rows) for release_id, rows in releases.items()} | {
        None: _facts_now(connection, schema)
    }
    figures_now = dict(connection.execute("FROM headline_figures").fetchall())
    _insert(connection, "releases", [(i, len(facts)) for i, facts in states.items() if i])
    _insert(
        connection,
        "release_figures",
        [
            (release_id, row["record_id"], row["value"], figures_now.get(row["record_id"]))
            for release_id, rows in releases.items()
            for row in rows
            if row["table_name"] == HEADLINE
        ],
    )
    labels = {(table, record): label for table, record, label in connection.execute("FROM record_labels").fetchall()}
    changed = [
        (before, after, *fact, labels.get(fact), change)
        for before, after in pairwise(states)
        for fact, change in _changes(states[before], states[after])
    ]
    _insert(connection, "release_changes", changed)
    newest = max(releases, default=None)
    return newest if newest and states[newest] == states[None] else None


def refuse_release_id(data_dir: Path, release_id: str) -> None:
    """Raises EtlError when the id is not one, or not later than that of the last release."""
    if not RELEASE_ID.fullmatch(release_id):
        raise EtlError(
            f"'{release_id}' is not a release id. Write the day, such as 2026-11-30; 2026-11-30-2 for a second one."
        )
    last = max((path.stem for path in (data_dir / FOLDER).glob("*.csv")), default="")
    if release_id <= last:
        raise EtlError(f"The last release is {last}, and {release_id} is not later. Choose a later id.")


def write_release(connection: duckdb.DuckDBPyConnection, schema: Schema, data_dir: Path, release_id: str) -> Path:
    """Write the facts and headline figures of a finished database as a new release.

    Raises EtlError when the id may not be used or no fact has changed since the last release.
    """
    refuse_release_id(data_dir, release_id)
    (same_as,) = connection.execute("SELECT release_id FROM build_info").fetchone()
    if same_as:
        raise EtlError(f"Nothing changed since the release {same_as}.")
    rows = [(*fact, digest, "") for fact, digest in sorted(_facts_now(connection, schema).items())]
    rows += [
        (HEADLINE, figure, "", value)
        for figure, value in sorted(connection.execute("FROM headline_figures").fetchall())
    ]
    folder = data_dir / FOLDER
    folder.mkdir(exist_ok=True)
    path, unfinished = folder / f"{release_id}.csv", folder / f".{release_id}.unfinished"
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    os.replace(unfinished, path)
    return path


def _facts_of(rows: list[dict]) -> Facts:
    return {(row["table_name"], row["record_id"]): row["hash"] for row in rows if row["table_name"] != HEADLINE}


def _facts_now(connection: duckdb.DuckDBPyConnection, schema: Schema) -> Facts:
    """Hash of every row that must be cited, and of the sources themselves."""
    tables = {name for (name,) in connection.execute("SELECT DISTINCT table_name FROM record_labels").fetchall()}
    facts: Facts = {}
    for table in schema.input_tables:
        if table.name in tables | {"sources"}:
            # An import is nobody's reviewed fact: with or without it a release stays what it is.
            not_imported = " ANTI JOIN imports USING (source_id)" if table.name == "sources" else ""
            # Without nulls, so that a new column that is still blank changes no fact.
            found = connection.execute(
                f"SELECT concat_ws('|', {', '.join(table.key)}), "
                f"left(sha256(json_merge_patch('{{}}', to_json({table.name}))::VARCHAR), 16) FROM {table.name}{not_imported}"
            ).fetchall()
            facts |= {(table.name, record_id): digest for record_id, digest in found}
    return facts


def _changes(before: Facts, after: Facts) -> Iterator[tuple[tuple[str, str], str]]:
    for fact in sorted(before.keys() | after.keys()):
        if fact not in before:
            yield fact, "added"
        elif fact not in after:
            yield fact, "withdrawn"
        elif before[fact] != after[fact]:
            yield fact, "changed"


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    if rows:
        names = [f"c{number}" for number in range(len(rows[0]))]
        connection.register("new_rows", pa.table([pa.array(column) for column in zip(*rows)], names=names))
        connection.execute(f"INSERT INTO {table} SELECT * FROM new_rows")
        connection.unregister("new_rows")

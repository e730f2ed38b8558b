"""Releases: reviewed states of the facts, with which later builds compare what was added, changed or withdrawn.

data/releases/<release_id>.csv has one row per fact (table_name, record_id, hash) and one row per headline
figure (table_name `headline`, record_id its name, value its value). A file is written once and never edited.
"""

import csv
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.database import Connection, fetch_value
from etl.errors import EtlError, Problem
from etl.files import replacing
from etl.schema import Schema

FOLDER = "releases"
COLUMNS = ("table_name", "record_id", "hash", "value")
HEADLINE = "headline"
RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}(-[2-9])?")

# (table_name, record_id) -> hash of the row
Facts = dict[tuple[str, str], str]
# Rows of a release file: column -> text.
ReleaseRows = list[dict[str, str]]


def read_releases(data_dir: Path, display_path: str) -> tuple[dict[str, ReleaseRows], list[Problem]]:
    """Rows of every release file by release id, oldest first, and a problem for every invalid file."""
    releases: dict[str, ReleaseRows] = {}
    problems: list[Problem] = []
    for path in sorted((data_dir / FOLDER).glob("*.csv"), key=lambda path: path.stem):
        name = f"{display_path}/{FOLDER}/{path.name}"
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        if not RELEASE_ID.fullmatch(path.stem):
            fix = "Name it after the day of the release, such as 2026-11-30.csv."
            problems.append(Problem(name, None, None, None, "the name is not a release id", fix))
        elif tuple(reader.fieldnames or ()) != COLUMNS or any(None in (*row, *row.values()) for row in rows):
            rule = "the file is not in the form that `python -m etl release` writes"
            problems.append(Problem(name, None, None, None, rule, "Restore it; a release is never edited."))
        else:
            releases[path.stem] = rows
    return releases, problems


def fill_releases(connection: Connection, schema: Schema, releases: dict[str, ReleaseRows]) -> str | None:
    """Fill the tables of 50_releases.sql; the views must exist.

    Returns the id of the newest release if this build has the same facts, else None.
    """
    # None stands for this build.
    states: dict[str | None, Facts] = {release_id: _facts_of(rows) for release_id, rows in releases.items()}
    states[None] = _facts_now(connection, schema)
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


def validate_release_id(data_dir: Path, release_id: str) -> None:
    """Raise EtlError when the id is malformed or not later than that of the last release."""
    if not RELEASE_ID.fullmatch(release_id):
        raise EtlError(
            f"'{release_id}' is not a release id. Write the day, such as 2026-11-30; 2026-11-30-2 for a second one."
        )
    last = max((path.stem for path in (data_dir / FOLDER).glob("*.csv")), default="")
    if release_id <= last:
        raise EtlError(f"The last release is {last}, and {release_id} is not later. Choose a later id.")


def write_release(connection: Connection, schema: Schema, data_dir: Path, release_id: str) -> Path:
    """Write the facts and headline figures of a filled database as a new release. Returns its file.

    Raises EtlError when the id is invalid or no fact has changed since the last release.
    """
    validate_release_id(data_dir, release_id)
    if same_as := fetch_value(connection, "SELECT release_id FROM build_info"):
        raise EtlError(f"Nothing changed since the release {same_as}.")
    rows = [(*fact, digest, "") for fact, digest in sorted(_facts_now(connection, schema).items())]
    rows += [
        (HEADLINE, figure, "", value)
        for figure, value in sorted(connection.execute("FROM headline_figures").fetchall())
    ]
    folder = data_dir / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{release_id}.csv"
    with replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    return path


def _facts_of(rows: ReleaseRows) -> Facts:
    return {(row["table_name"], row["record_id"]): row["hash"] for row in rows if row["table_name"] != HEADLINE}


def _facts_now(connection: Connection, schema: Schema) -> Facts:
    """Hashes of the rows that need a citation, and of the sources."""
    tables = {name for (name,) in connection.execute("SELECT DISTINCT table_name FROM record_labels").fetchall()}
    facts: Facts = {}
    for table in schema.input_tables:
        if table.name in tables | {"sources"}:
            # Imports are not reviewed facts, so their sources are not part of a release.
            not_imported = " ANTI JOIN imports USING (source_id)" if table.name == "sources" else ""
            # json_merge_patch removes nulls, so that adding a blank column changes no hash.
            hashes = connection.execute(
                f"SELECT concat_ws('|', {', '.join(table.key)}), "
                f"left(sha256(json_merge_patch('{{}}', to_json({table.name}))::VARCHAR), 16) "
                f"FROM {table.name}{not_imported}"
            ).fetchall()
            facts |= {(table.name, record_id): digest for record_id, digest in hashes}
    return facts


def _changes(before: Facts, after: Facts) -> Iterator[tuple[tuple[str, str], str]]:
    for fact in sorted(before.keys() | after.keys()):
        if fact not in before:
            yield fact, "added"
        elif fact not in after:
            yield fact, "withdrawn"
        elif before[fact] != after[fact]:
            yield fact, "changed"


def _insert(connection: Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        names = [f"c{number}" for number in range(len(rows[0]))]
        connection.register("new_rows", pa.table([pa.array(column) for column in zip(*rows, strict=True)], names=names))
        connection.execute(f"INSERT INTO {table} SELECT * FROM new_rows")
        connection.unregister("new_rows")

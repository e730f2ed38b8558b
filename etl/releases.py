"""Releases: reviewed states of the facts, with which later builds compare what was added, changed or withdrawn.

data/releases/<release_id>.csv has one row per fact (table_name, record_id, hash), one row per other table that is shown
(table_name `whole table`, record_id its name, hash of all its rows) and one row per headline figure (table_name
`headline`, record_id its name, value its value). The last row holds the SHA-256 hash of all bytes before it (table_name
`checksum`). Files that were written before 28 November 2026 have neither tables nor checksum. A file is written once
and never edited.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from etl.database import Connection, fetch_value, insert_tuples
from etl.errors import EtlError, Problem
from etl.files import replacing
from etl.schema import Schema
from etl.transform import TypedTable

FOLDER = "releases"
COLUMNS = ("table_name", "record_id", "hash", "value")
HEADLINE, WHOLE_TABLE, CHECKSUM = "headline", "whole table", "checksum"
_RELEASE_ID = re.compile(r"(\d{4}-\d{2}-\d{2})(-[2-9])?", re.ASCII)

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
        content = path.read_bytes() if path.is_file() else b""
        rows = _rows(content)
        if not is_release_id(path.stem):
            fix = "Name it after the day of the release, such as 2026-11-30.csv."
            problems.append(Problem(name, None, None, None, "the name is not a release id", fix))
        elif rows is None:
            rule = "the file is not in the form that `python -m etl release` writes"
            problems.append(Problem(name, None, None, None, rule, "Restore it; a release is never edited."))
        elif not _is_whole(content, rows):
            rule = "the file is not as it was written: its checksum differs, or its end is missing"
            problems.append(Problem(name, None, None, None, rule, "Restore it; a release is never edited."))
        else:
            releases[path.stem] = rows
    return releases, problems


def is_release_id(text: str) -> bool:
    """Whether a text is a day of the calendar, with a number from 2 to 9 where the day has several releases."""
    match = _RELEASE_ID.fullmatch(text)
    try:
        return match is not None and date.fromisoformat(match[1]) >= date(1900, 1, 1)
    except ValueError:
        return False


def _rows(content: bytes) -> ReleaseRows | None:
    """The rows of a release file, or None when it has another form."""
    try:
        header, *rows = filter(None, csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
    except (csv.Error, ValueError):  # ValueError: not even a header
        return None
    is_form = tuple(header) == COLUMNS and all(len(row) == len(COLUMNS) for row in rows)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows] if is_form and rows else None


def _is_whole(content: bytes, rows: ReleaseRows) -> bool:
    """Whether the checksum is right; a file without one must be of the form that had none."""
    if rows[-1]["table_name"] == CHECKSUM:
        before = content.rstrip(b"\r\n").rpartition(b"\n")[0] + b"\n"
        return rows[-1]["hash"] == hashlib.sha256(before.replace(b"\r\n", b"\n")).hexdigest()
    kinds = {row["table_name"] for row in rows}
    return not kinds & {WHOLE_TABLE, CHECKSUM} and HEADLINE in kinds and content.endswith(b"\n")


def fill_releases(
    connection: Connection, schema: Schema, releases: dict[str, ReleaseRows], tables: dict[str, TypedTable]
) -> str | None:
    """Fill the tables of 50_releases.sql; the views must exist. tables: the rows of the CSV files.

    Returns the id of the newest release if this build has the same facts, else None.
    """
    # None stands for this build.
    states: dict[str | None, Facts] = {release_id: _facts_of(rows) for release_id, rows in releases.items()}
    states[None] = _facts_now(connection, schema)
    figures_now = dict(connection.execute("FROM headline_figures").fetchall())
    insert_tuples(connection, "releases", [(i, len(facts)) for i, facts in states.items() if i])
    insert_tuples(
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
    insert_tuples(connection, "release_changes", changed)
    whole: dict[str | None, dict[str, str]] = {release_id: _tables_of(rows) for release_id, rows in releases.items()}
    whole[None] = _tables_now(tables, states[None])
    changed_tables = [
        (before, after, table, None, f"the table {table.replace('_', ' ')}", "changed")
        for before, after in pairwise(whole)
        for table in _changed_tables(whole[before], whole[after])
    ]
    insert_tuples(connection, "release_changes", changed_tables)
    newest = max(releases, default=None)
    is_same = newest and states[newest] == states[None] and not _changed_tables(whole[newest], whole[None])
    return newest if is_same else None


def validate_release_id(data_dir: Path, release_id: str) -> None:
    """Raise EtlError when the id is malformed or not later than that of the last release."""
    if not is_release_id(release_id):
        raise EtlError(
            f"'{release_id}' is not a release id. Write the day, such as 2026-11-30; 2026-11-30-2 for a second one."
        )
    last = max((path.stem for path in (data_dir / FOLDER).glob("*.csv")), default="")
    if release_id <= last:
        raise EtlError(f"The last release is {last}, and {release_id} is not later. Choose a later id.")


def write_release(
    connection: Connection, schema: Schema, tables: dict[str, TypedTable], data_dir: Path, release_id: str
) -> Path:
    """Write the facts, tables and headline figures of a filled database as a new release. Returns its file.

    Raises EtlError when the id is invalid or nothing that is shown has changed since the last release.
    """
    validate_release_id(data_dir, release_id)
    if same_as := fetch_value(connection, "SELECT release_id FROM build_info"):
        raise EtlError(f"Nothing changed since the release {same_as}.")
    facts = _facts_now(connection, schema)
    rows = [(*fact, digest, "") for fact, digest in sorted(facts.items())]
    rows += [(WHOLE_TABLE, name, digest, "") for name, digest in sorted(_tables_now(tables, facts).items())]
    rows += [
        (HEADLINE, figure, "", value)
        for figure, value in sorted(connection.execute("FROM headline_figures").fetchall())
    ]
    folder = data_dir / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{release_id}.csv"
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    content = text.getvalue().encode()
    with replacing(path) as unfinished:
        unfinished.write_bytes(content + f"{CHECKSUM},sha256,{hashlib.sha256(content).hexdigest()},\n".encode())
    return path


def _facts_of(rows: ReleaseRows) -> Facts:
    others = (HEADLINE, WHOLE_TABLE, CHECKSUM)
    return {(row["table_name"], row["record_id"]): row["hash"] for row in rows if row["table_name"] not in others}


def _tables_of(rows: ReleaseRows) -> dict[str, str]:
    """Name and hash of the tables that a release covers as a whole; empty for a file that was written before that."""
    return {row["record_id"]: row["hash"] for row in rows if row["table_name"] == WHOLE_TABLE}


def _tables_now(tables: dict[str, TypedTable], facts: Facts) -> dict[str, str]:
    """Name and hash of every table of the CSV files whose rows are no facts of a release."""
    covered = {table for table, _ in facts}
    return {name: _hash_of(table) for name, table in tables.items() if name not in covered and table.rows}


def _hash_of(table: TypedTable) -> str:
    """A hash of the rows, whatever their order; a blank column changes nothing."""
    rows = sorted(
        json.dumps({name: value for name, value in row.values.items() if value is not None}, default=str)
        for row in table.rows
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _changed_tables(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Tables that differ; none where one of the two covers no tables."""
    return [
        name
        for name in sorted(before.keys() | after.keys())
        if before and after and before.get(name) != after.get(name)
    ]


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
    for fact in sorted({fact for fact, _ in before.items() ^ after.items()}):
        yield fact, "added" if fact not in before else "withdrawn" if fact not in after else "changed"

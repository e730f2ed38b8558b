"""Releases: reviewed states of the facts, so that a later build can say what was added, changed or withdrawn.

data/releases/<release_id>.csv has one row per fact (table_name, record_id, hash) and one per headline
figure (table_name `headline`, record_id its name, value its value). Files are written once.
"""

import csv
import os
import re
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.errors import EtlError, Problem
from etl.schema import Schema

FOLDER = "releases"
COLUMNS = ("table_name", "record_id", "hash", "value")
HEADLINE = "headline"
_RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}(-[2-9])?")
# Joins everything that is compared: release_id null is this build.
_FACTS = "release_facts"

_CHANGES = f"""
WITH ordered AS (
    SELECT release_id, lead(release_id) OVER (ORDER BY release_id) AS next_id FROM releases
),
old AS (SELECT o.next_id, f.* FROM ordered o JOIN {_FACTS} f USING (release_id)),
-- Each release followed by itself as the next one of the release before it, or by this build.
new AS (
    SELECT o.release_id AS previous_id, o.next_id, f.table_name, f.record_id, f.hash
    FROM ordered o JOIN {_FACTS} f ON f.release_id IS NOT DISTINCT FROM o.next_id
)
INSERT INTO release_changes
SELECT coalesce(old.release_id, previous_id), coalesce(old.next_id, new.next_id), table_name, record_id, l.label,
    CASE WHEN old.hash IS NULL THEN 'added' WHEN new.hash IS NULL THEN 'withdrawn' ELSE 'changed' END
FROM old FULL JOIN new USING (table_name, record_id)
LEFT JOIN record_labels l USING (table_name, record_id)
WHERE old.hash IS DISTINCT FROM new.hash
"""


def read_releases(data_dir: Path, shown: str) -> tuple[dict[str, list[dict]], list[Problem]]:
    """Rows of every release file by release id, and what is wrong with the files."""
    releases: dict[str, list[dict]] = {}
    problems: list[Problem] = []
    for path in sorted((data_dir / FOLDER).glob("*.csv")):
        name = f"{shown}/{FOLDER}/{path.name}"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        if not _RELEASE_ID.fullmatch(path.stem):
            fix = "Name it after the day of the release, such as 2026-11-30.csv."
            problems.append(Problem(name, None, None, None, "the name is not that of a release", fix))
        elif tuple(reader.fieldnames or ()) != COLUMNS or not rows or any(None in row.values() for row in rows):
            rule = "the file is not one that `python -m etl release` writes"
            problems.append(Problem(name, None, None, None, rule, "Restore it; releases are never edited."))
        else:
            releases[path.stem] = rows
    return releases, problems


def fill_releases(connection: duckdb.DuckDBPyConnection, schema: Schema, releases: dict[str, list[dict]]) -> str | None:
    """Fill the tables of 50_releases.sql. Returns the newest release whose facts are those of this build."""
    connection.execute(f"CREATE TEMP TABLE {_FACTS} (release_id VARCHAR, table_name VARCHAR, record_id VARCHAR, hash VARCHAR)")
    connection.execute(f"INSERT INTO {_FACTS} SELECT NULL, * FROM ({_fact_hashes(schema)})")
    for release_id, rows in releases.items():
        _insert_release(connection, release_id, rows)
    newest = max(releases, default=None)
    for release_id in sorted(releases):
        _insert_changes(connection, release_id)
    connection.execute(f"DROP TABLE {_FACTS}")
    changed = connection.execute("SELECT count(*) FROM release_changes WHERE to_release_id IS NULL").fetchone()
    return newest if newest and changed == (0,) else None

"""An earlier release for tests: other facts than today, and no archive in data/releases."""

import shutil
from pathlib import Path

import duckdb

OLD = "2026-11-22"
EVENTS = 3  # of the database below


def old_release(shipped: Path, folder: Path) -> Path:
    """A database that says it is of the old release and has three events."""
    path = folder / f"{OLD}-1.duckdb"
    shutil.copyfile(shipped.resolve(), path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"UPDATE build_info SET release_id = '{OLD}', build_id = 'old'")
        connection.execute(
            "DELETE FROM event_register WHERE event_id NOT IN "
            f"(SELECT event_id FROM event_register ORDER BY event_id LIMIT {EVENTS})"
        )
    return path

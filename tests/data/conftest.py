"""The shipped database for reading, and look-ups by the names that a document prints.

Ids are ours, names are the documents': a test that finds its row by name tests the fact and
not the slug. Names are compared without case, accents, hyphens and other punctuation.
"""

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import open_database


@pytest.fixture(scope="session")
def db(shipped_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the database built from the shipped data.

    Opened as the app opens it: one process cannot hold two connections of different settings to one file.
    """
    with open_database(shipped_database) as connection:
        yield connection


@pytest.fixture(scope="session")
def rows(db: duckdb.DuckDBPyConnection) -> Callable[..., list[tuple]]:
    """`rows(sql, value, …)` gives the rows of a query."""
    return lambda sql, *values: db.execute(sql, list(values)).fetchall()


@pytest.fixture(scope="session")
def column(rows) -> Callable[..., list]:
    """`column(sql, value, …)` gives the only column of a query."""

    def run_query(sql: str, *values) -> list:
        return [value for (value,) in rows(sql, *values)]

    return run_query


def plain(name: str) -> str:
    """A name for comparing: 'Pôle Mer Méditerranée' and 'POLE MER MEDITERRANEE' are one."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())


def _finder(kind: str, names: list[tuple[str, str]]) -> Callable[[str], str]:
    index: dict[str, set[str]] = {}
    for record_id, name in names:
        index.setdefault(plain(name), set()).add(record_id)

    def find(spellings: str) -> str:
        ids = set().union(*(index.get(plain(name), set()) for name in spellings.split(" / ")))
        assert len(ids) == 1, f"{kind} named {spellings!r}: {sorted(ids) or 'none'}; expected exactly one"
        return next(iter(ids))

    return find


@pytest.fixture(scope="session")
def organisation(rows) -> Callable[[str], str]:
    """Id of the one organisation that has this name, acronym or alias; spellings are divided by ' / '."""
    names = rows(
        "SELECT organisation_id, name FROM organisations UNION SELECT organisation_id, acronym FROM organisations "
        "WHERE acronym IS NOT NULL UNION SELECT organisation_id, alias FROM organisation_aliases"
    )
    return _finder("organisation", names)


@pytest.fixture(scope="session")
def project(rows) -> Callable[[str], str]:
    """Id of the one project, programme or initiative that has this acronym, name or alias."""
    names = rows(
        "SELECT project_id, name FROM projects UNION SELECT project_id, acronym FROM projects "
        "WHERE acronym IS NOT NULL UNION SELECT project_id, alias FROM project_aliases"
    )
    return _finder("project", names)


@pytest.fixture(scope="session")
def links(rows) -> Callable[..., list[tuple]]:
    """`links(a, b, …)` gives (cooperation_id, kind, status, start_on, end_on, date_precision) of every
    cooperation that has all these organisations or projects among its parties, oldest first."""

    def between(*parties: str) -> list[tuple]:
        return rows(_LINKS, list(parties))

    return between


_LINKS = """
SELECT cooperation_id, kind, status, start_on, end_on, date_precision
FROM cooperations JOIN cooperation_parties USING (cooperation_id)
WHERE list_contains($1::VARCHAR[], coalesce(organisation_id, project_id))
GROUP BY ALL
HAVING count(DISTINCT coalesce(organisation_id, project_id)) = len($1::VARCHAR[])
ORDER BY start_on NULLS LAST, cooperation_id
"""


@pytest.fixture(scope="session")
def sources_of(column) -> Callable[[str, str], set[str]]:
    """`sources_of(table, record_id)` gives the ids of the sources that the record cites."""

    def run_query(table: str, record_id: str) -> set[str]:
        return set(column("SELECT source_id FROM citations WHERE table_name = $1 AND record_id = $2", table, record_id))

    return run_query

"""Every table and view that the build makes of the shipped data: its words and rules, and its rows as approved."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from domain.table_schema import read_tables
from tests.approval.database import content_lines, declared_lines, described_lines, names
from tests.approval.files import Approved


@pytest.fixture(scope="module")
def connection(shipped_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(shipped_database), read_only=True) as one:
        yield one


def test_the_schema_reads_as_approved(approved: Approved, connection: duckdb.DuckDBPyConnection) -> None:
    """Comments, keys and CHECKs of the tables of facts, comments of what is computed."""
    declared = read_tables(connection)
    texts = {name: "\n".join(declared_lines(declared[name])) for name in declared}
    computed = sorted(set(names(connection)) - set(declared))
    texts |= {name: "\n".join(described_lines(connection, name)) for name in computed}
    approved("database/schema", "\n\n".join(f"== {name}\n{text}" for name, text in texts.items()))


def test_every_table_and_view_holds_what_was_approved(
    approved: Approved, connection: duckdb.DuckDBPyConnection
) -> None:
    texts = [f"== {name}\n" + "\n".join(content_lines(connection, name)) for name in names(connection)]
    approved("database/content", "\n\n".join(texts))

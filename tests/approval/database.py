"""A table or view as text: what is declared of it, how its columns are filled, a digest of each, and its first rows."""

from collections.abc import Iterator

import duckdb

from domain.table_schema import Table
from tests.approval.words import cell, plain

MAX_ROWS = 3
# What differs by build or release while the facts are the same, and the SQL that the build keeps of itself.
OF_A_BUILD = ("build_info", "view_sql")
_ANY = "coalesce({}, '∅')"


def names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of all tables and views but those of a build or release."""
    rows = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY table_name"
    ).fetchall()
    return [name for (name,) in rows if name not in OF_A_BUILD and "release" not in name]


def declared_lines(table: Table) -> Iterator[str]:
    """The words and rules of a table of the schema: comments, keys, CHECKs."""
    yield table.comment
    for column in table.columns:
        yield f"  {column.name} {column.type}{'' if column.is_nullable else ', never blank'}: {column.comment}"
    yield f"key: {plain(table.key)}"
    yield from (f"unique: {plain(one)}" for one in table.unique)
    for one in table.foreign_keys:
        yield f"{plain(one.columns)} is in {one.referenced_table} {plain(one.referenced_columns)}"
    yield from (f"check: {cell(line)}" for one in table.checks for line in one.expression.split(" AND "))


def described_lines(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    """The comments of a computed table or view and of its columns."""
    for table in ("duckdb_tables", "duckdb_views"):
        found = connection.execute(
            f"SELECT coalesce(comment, 'no description') FROM {table}() WHERE {table[7:-1]}_name = $name",
            {"name": name},
        ).fetchone()
        if found:
            yield found[0]
    for column, kind, comment in _columns(connection, name):
        yield f"  {column} {kind}: {comment}"


def content_lines(connection: duckdb.DuckDBPyConnection, name: str, max_rows: int = MAX_ROWS) -> Iterator[str]:
    """Number of rows; by column how many are filled and distinct and a digest, whatever the order; the first rows."""
    columns = _columns(connection, name)
    # A view is computed once for its digests and its first rows.
    connection.execute(f"CREATE OR REPLACE TEMP TABLE approved_rows AS FROM {name}")
    texts = [_text(column, kind) for column, kind, _ in columns]
    parts = [
        f"count({_quoted(column)}), count(DISTINCT {_quoted(column)}), {_digest(_ANY.format(text))}"
        for (column, _, _), text in zip(columns, texts, strict=True)
    ]
    whole = _digest(f"concat_ws(chr(31), {', '.join(_ANY.format(text) for text in texts)})")
    row = connection.execute(f"SELECT count(*), {whole}, {', '.join(parts)} FROM approved_rows").fetchone() or ()
    yield f"{row[0]} rows, {row[1]}"
    for number, (column, _, _) in enumerate(columns):
        filled, distinct, digest = row[2 + 3 * number : 5 + 3 * number]
        yield f"  {column}: {filled} filled, {distinct} distinct, {digest}"
    if max_rows:
        for first in connection.execute(f"FROM approved_rows ORDER BY ALL LIMIT {max_rows}").fetchall():
            yield f"  {' | '.join(map(cell, first))}"


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str, str]]:
    return connection.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE table_name = $name AND schema_name = 'main' ORDER BY column_index",
        {"name": name},
    ).fetchall()


def _text(column: str, kind: str) -> str:
    """A column as text; numbers with nine digits, the last of a sum may differ by machine."""
    quoted = _quoted(column)
    return f"format('{{:.9g}}', {quoted})" if kind in ("DOUBLE", "FLOAT") else f"{quoted}::VARCHAR"


def _digest(text: str) -> str:
    """SQL of eight digits that do not depend on the order of the rows."""
    return f"printf('%08x', (sum(md5_number_lower({text})) % 4294967296)::BIGINT)"


def _quoted(name: str) -> str:
    return f'"{name}"'

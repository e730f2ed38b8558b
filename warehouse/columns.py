"""Types, descriptions and terms of columns, from the comments and the table ``terms`` of the database."""

from domain.record_types import source_view
from warehouse.connection import Connection


def columns(connection: Connection, table: str) -> dict[str, tuple[str, str]]:
    """Columns of a table or of its register view: {field: (DuckDB type, COMMENT)}.

    ``table`` is a table with a record type or the name of a view; empty for an unknown name.
    """
    rows = connection.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE table_name = $name AND NOT internal ORDER BY column_index",
        {"name": source_view(table)},
    ).fetchall()
    return {field: (kind, meaning) for field, kind, meaning in rows}


def terms(connection: Connection) -> dict[str, tuple[tuple[str, str], ...]]:
    """Label and definition of every term of the controlled vocabularies: {'events.kind': (('Workshop', '…'), …), …}."""
    lists: dict[str, list[tuple[str, str]]] = {}
    for name, label, definition in connection.execute("SELECT vocabulary, label, definition FROM terms").fetchall():
        lists.setdefault(name, []).append((label, definition))
    return {name: tuple(pairs) for name, pairs in lists.items()}


def missing_reasons(connection: Connection) -> dict[str, dict[tuple[str, str], str]]:
    """Why columns of registers are blank, where that is known: {table: {(record_id, column): reason}}.

    From the view blank_reasons. All tables at once, because pages ask for a table at every column that they show.
    """
    reasons: dict[str, dict[tuple[str, str], str]] = {}
    rows = connection.execute("SELECT table_name, record_id, column_name, reason FROM blank_reasons").fetchall()
    for table, record_id, column, reason in rows:
        reasons.setdefault(table, {})[record_id, column] = reason
    return reasons

"""What columns and terms mean, in the words that the build keeps in the database itself."""

from domain.filters import COUNTRY_COLUMN, SECTOR_COLUMN, SIDE_COLUMN
from warehouse.connection import Connection
from warehouse.provenance import _VIEWS
from warehouse.queries import _REGISTERS


def columns(connection: Connection, table: str) -> dict[str, tuple[str, str]]:
    """Columns of a table or of the register that shows it: {field: (type of DuckDB, meaning by its COMMENT)}.

    ``table`` is a key of warehouse.provenance.RECORD_KEYS or the name of a view; empty for an unknown name.
    """
    found = connection.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE table_name = $name AND NOT internal ORDER BY column_index",
        {"name": _VIEWS.get(table, table)},
    ).fetchall()
    return {field: (kind, meaning) for field, kind, meaning in found}


def terms(connection: Connection) -> dict[str, tuple[tuple[str, str], ...]]:
    """Label and definition of every term of the controlled vocabularies: {'events.kind': (('Workshop', '…'), …), …}."""
    lists: dict[str, list[tuple[str, str]]] = {}
    for name, label, definition in connection.execute("SELECT vocabulary, label, definition FROM terms").fetchall():
        lists.setdefault(name, []).append((label, definition))
    return {name: tuple(pairs) for name, pairs in lists.items()}


def missing_reasons(connection: Connection, table: str) -> dict[tuple[str, str], str]:
    """Why fields of the records of a table have no value, where that is known: {(record_id, field): reason}."""
    found = connection.execute(
        "SELECT record_id, field, reason FROM missing_values WHERE table_name = $table", {"table": table}
    ).fetchall()
    return {(record_id, field): reason for record_id, field, reason in found}


def known_filters(table: str) -> tuple[str, ...]:
    """URL parameters of the shared filters that restrict the register of a table; the others leave it as it is."""
    lists, dated, _ = _REGISTERS[_VIEWS[table]]
    names = {SECTOR_COLUMN: ("sector",), SIDE_COLUMN: ("side",), COUNTRY_COLUMN: ("country",)}
    restricting = [name for column, own in names.items() if column in lists for name in own]
    return (*restricting, *(("from", "to") if dated else ()))

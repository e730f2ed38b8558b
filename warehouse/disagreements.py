"""Where sources disagree or are silent: of one record, with the rows that belong to it, of one source, and of all.

The rows of other tables that belong to a record have ids that begin with its own (``RecordType.details``).
"""

import pandas as pd

from domain.record_types import RECORD_TYPES
from warehouse.connection import Connection, fetch

# Condition on a row x with table_name and record_id: it is about the record, or about a row that belongs to it.
_ABOUT = (
    "((x.table_name = $table AND x.record_id = $id) OR (x.table_name IN (SELECT unnest($details::VARCHAR[])) "
    "AND split_part(x.record_id, '|', 1) = $id))"
)
_FROM_CONTRADICTIONS = (
    "FROM contradictions c JOIN sources a ON a.source_id = c.source_a JOIN sources b ON b.source_id = c.source_b"
)
_CONTRADICTION = (
    "SELECT c.topic, c.statement_a, a.title AS title_a, c.locator_a, c.statement_b, b.title AS title_b, c.locator_b, "
    f"c.handling {_FROM_CONTRADICTIONS} WHERE {{}} ORDER BY topic"
)
_RECORD = "coalesce(l.label, x.record_id) AS record"
_LABELS = "LEFT JOIN record_labels l USING (table_name, record_id)"


def _record(table: str, record_id: str) -> dict[str, object]:
    details = RECORD_TYPES[table].details if table in RECORD_TYPES else ()
    return {"table": table, "id": record_id, "details": list(details)}


def alternatives(connection: Connection, table: str, record_id: str) -> pd.DataFrame:
    """Values that other sources give for a record and its rows: field, value, source (title), note."""
    return fetch(
        connection,
        "SELECT x.field, x.value, s.title AS source, x.note FROM alternative_values x JOIN sources s USING (source_id) "
        f"WHERE {_ABOUT} ORDER BY x.table_name <> $table, x.field, x.value",
        _record(table, record_id),
    )


def contradictions(connection: Connection, table: str, record_id: str) -> pd.DataFrame:
    """Contradictions about a record and the rows that belong to it.

    Columns: topic, handling, and for a and b each: statement, title (of the source), locator.
    """
    about = f"contradiction_id IN (SELECT contradiction_id FROM contradiction_records x WHERE {_ABOUT})"
    return fetch(connection, _CONTRADICTION.format(about), _record(table, record_id))


def missing_values(connection: Connection, table: str, record_id: str) -> pd.DataFrame:
    """Missing values of a record and of its rows whose reason is known: table_name, field, reason."""
    return fetch(
        connection,
        f"SELECT x.table_name, x.field, x.reason FROM missing_values x WHERE {_ABOUT} "
        "ORDER BY x.table_name <> $table, x.table_name, x.record_id, x.field",
        _record(table, record_id),
    )


def alternatives_of_source(connection: Connection, source_id: str) -> pd.DataFrame:
    """Values of a source that differ from those of records: table_name, record (its name), field, value."""
    return fetch(
        connection,
        f"SELECT x.table_name, {_RECORD}, x.field, x.value, x.note FROM alternative_values x {_LABELS} "
        "WHERE x.source_id = $id ORDER BY ALL",
        {"id": source_id},
    )


def contradictions_of_source(connection: Connection, source_id: str) -> pd.DataFrame:
    """Contradictions in which a source makes one of the statements: the columns of ``contradictions``."""
    return fetch(connection, _CONTRADICTION.format("$id IN (c.source_a, c.source_b)"), {"id": source_id})


def all_alternatives(connection: Connection) -> pd.DataFrame:
    """Every value of another source: table_name, record (its name), field, value, source (title), note."""
    return fetch(
        connection,
        f"SELECT x.table_name, {_RECORD}, x.field, x.value, s.title AS source, x.note FROM alternative_values x "
        f"JOIN sources s USING (source_id) {_LABELS} ORDER BY ALL",
    )


def all_missing_values(connection: Connection) -> pd.DataFrame:
    """Every missing value with a known reason: table_name, record (its name), field, reason."""
    return fetch(
        connection,
        f"SELECT x.table_name, coalesce(l.label, s.title, x.record_id) AS record, x.field, x.reason "
        f"FROM missing_values x {_LABELS} "
        "LEFT JOIN sources s ON x.table_name = 'sources' AND s.source_id = x.record_id "
        "ORDER BY ALL",
    )


def all_contradictions(connection: Connection) -> pd.DataFrame:
    """Contradictions between sources, with the titles of both (title_a, title_b)."""
    return fetch(
        connection, f"SELECT c.*, a.title AS title_a, b.title AS title_b {_FROM_CONTRADICTIONS} ORDER BY topic"
    )

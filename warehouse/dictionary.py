"""What can be read of the database: its tables and views with their descriptions."""

from dataclasses import dataclass

from warehouse.connection import Connection

# The index of the search: words and numbers that mean something to the search alone.
_INDEX = "search_"
_REGISTER = "_register"


@dataclass(frozen=True)
class View:
    """A table or view; ``columns`` are its columns as (name, type of DuckDB, description)."""

    name: str
    description: str
    columns: tuple[tuple[str, str, str], ...]


def documented_views(connection: Connection) -> dict[str, View]:
    """Every table and view that has a description, by name: registers first, then by name."""
    rows = connection.execute(
        "SELECT o.name, o.comment, list((c.column_name, c.data_type, coalesce(c.comment, '')) ORDER BY c.column_index) "
        "FROM (SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal "
        "UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal) o "
        "JOIN duckdb_columns() c ON c.table_name = o.name AND NOT c.internal "
        "WHERE o.comment IS NOT NULL AND NOT starts_with(o.name, $index) GROUP BY ALL",
        {"index": _INDEX},
    ).fetchall()
    views = [View(name, comment, tuple(map(tuple, columns))) for name, comment, columns in rows]
    views.sort(key=lambda view: (not view.name.endswith(_REGISTER), view.name))
    return {view.name: view for view in views}

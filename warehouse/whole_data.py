"""Every table of the data as it is stored, for files that hold the whole dataset."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.record_types import RECORD_TYPES
from domain.table_schema import Column, Table, read_tables
from warehouse.connection import Connection

if TYPE_CHECKING:
    import pyarrow as pa

# What only the dashboard needs: the index of the search, and what a build keeps of itself.
_INNER = frozenset({"build_info", "check_results", "field_coverage", "view_sql"})
_INNER_PREFIX = "search_"
# Computed tables and views that readers look for, beside the registers: the edges of the network, shares and counts.
_FURTHER = ("cooperation_links", "headline_figures", "usa_share")
_REGISTER_SUFFIX = "_register"

# Tables whose rows come with an import or a shipped data set, and the table that names the source of each row.
_ROWS_OF_OTHERS = {
    "regional_statistics": "regional_statistics",
    "statistics_totals": "regional_statistics",
    "horizon_projects": "horizon_projects",
    "horizon_participations": "horizon_projects",
    "horizon_project_register": "horizon_projects",
    "horizon_participation_register": "horizon_projects",
}
FLAG_SUFFIX = "_flag"


@dataclass(frozen=True)
class DataTable:
    """A table of the dataset: its definition, whether it is computed, and the columns that have a column of flags.

    ``flagged`` are columns with blanks of which the reason is recorded: the column of the same name with FLAG_SUFFIX
    holds it. ``recorded_as`` is the table whose records the reasons name.
    """

    definition: Table
    is_computed: bool
    recorded_as: str
    flagged: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.definition.name


@dataclass(frozen=True)
class Part:
    """Rows that come with a shipped data set or with an import: their source, licence, and the tables they are in."""

    title: str
    licence: str
    publisher: str
    url: str | None
    accessed_on: date
    is_shipped: bool
    tables: tuple[str, ...]


def data_tables(connection: Connection) -> tuple[DataTable, ...]:
    """The tables of the dataset, sorted by name: all that hold data, and of the computed ones those readers need."""
    declared = read_tables(connection)
    views = _views(connection)
    computed = {name for (name,) in connection.execute("SELECT name FROM view_sql").fetchall()}
    chosen = [
        table
        for name, table in sorted((declared | views).items())
        if _is_for_readers(name, is_computed=name in computed or name in views)
    ]
    return tuple(_data_table(connection, table, table.name in computed) for table in chosen)


def _is_for_readers(name: str, is_computed: bool) -> bool:
    if is_computed:
        return name.endswith(_REGISTER_SUFFIX) or name in _FURTHER
    return name not in _INNER and not name.startswith(_INNER_PREFIX)


def _views(connection: Connection) -> dict[str, Table]:
    """The views by name, with the columns and comments that the catalogue has of them."""
    comments = dict(
        connection.execute("SELECT view_name, coalesce(comment, '') FROM duckdb_views() WHERE NOT internal").fetchall()
    )
    columns: dict[str, list[Column]] = {}
    for view, *column in connection.execute(
        "SELECT table_name, column_name, data_type, true, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY table_name, column_index"
    ).fetchall():
        if view in comments:
            columns.setdefault(view, []).append(Column(*column))
    return {name: Table(name, comments[name], tuple(found), (), (), (), ()) for name, found in columns.items()}


def _data_table(connection: Connection, table: Table, is_computed: bool) -> DataTable:
    recorded_as, key = table.name, table.key
    if is_computed:
        of_record = next((one for one in RECORD_TYPES.values() if one.source_view == table.name), None)
        if of_record is not None:
            recorded_as, key = of_record.table, (of_record.key,)
    definition = Table(table.name, table.comment, table.columns, key, table.unique, table.foreign_keys, table.checks)
    reasons = "blank_reasons" if is_computed else "missing_values"
    column = "column_name" if is_computed else "field"
    with_reasons = {
        name
        for (name,) in connection.execute(
            f"SELECT DISTINCT {column} FROM {reasons} WHERE table_name = $table", {"table": recorded_as}
        ).fetchall()
    }
    flagged = tuple(name for name in definition.column_names if name in with_reasons) if key else ()
    return DataTable(definition, is_computed, recorded_as, flagged)


def rows(connection: Connection, table: DataTable) -> "pa.Table":
    """All rows of a table in the order of its key, or of all columns where it has none; flags follow their column."""
    definition, params = table.definition, {}  # names of the catalogue, not of a caller
    reasons, field = ("blank_reasons", "column_name") if table.is_computed else ("missing_values", "field")
    record_id = f"concat_ws('|', {', '.join(_quoted('t', name) for name in definition.key)})"
    columns, joins = [], []
    for number, column in enumerate(definition.columns):
        cell = _quoted("t", column.name)
        columns.append(cell)
        if column.name in table.flagged:
            columns.append(f"r{number}.reason AS {_quoted('', column.name + FLAG_SUFFIX)}")
            joins.append(
                f"LEFT JOIN {reasons} r{number} ON r{number}.table_name = $table AND r{number}.{field} = $c{number} "
                f"AND r{number}.record_id = {record_id} AND {_is_blank(column, cell)}"
            )
            params[f"c{number}"] = column.name
    if joins:
        params["table"] = table.recorded_as
    order = ", ".join(_quoted("t", name) for name in definition.key) or "ALL"
    return connection.execute(
        f"SELECT {', '.join(columns)} FROM {definition.name} t {' '.join(joins)} ORDER BY {order}", params
    ).to_arrow_table()


def _is_blank(column: Column, cell: str) -> str:
    """Condition that a cell of a column holds nothing: null, or a list without entries."""
    return f"coalesce(len({cell}), 0) = 0" if column.type.endswith("[]") else f"{cell} IS NULL"


def _quoted(alias: str, name: str) -> str:
    return f'{alias}."{name}"' if alias else f'"{name}"'


def parts(connection: Connection) -> tuple[Part, ...]:
    """The shipped data sets and imports with rows in the database, by title."""
    found: dict[str, list[str]] = {}
    for table, origin in _ROWS_OF_OTHERS.items():
        for (source_id,) in connection.execute(
            f"SELECT DISTINCT source_id FROM {origin} ORDER BY source_id"
        ).fetchall():
            found.setdefault(source_id, []).append(table)
    described = connection.execute(
        "SELECT source_id, title, licence, publisher, url, accessed_on, is_shipped "
        "FROM row_origins JOIN sources USING (source_id) ORDER BY title, source_id"
    ).fetchall()
    return tuple(
        Part(title, licence, publisher, url, accessed_on, is_shipped, tuple(found[source_id]))
        for source_id, title, licence, publisher, url, accessed_on, is_shipped in described
        if source_id in found
    )


def terms(connection: Connection) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Term, label and definition of every term of the controlled vocabularies, by ``table.column``."""
    lists: dict[str, list[tuple[str, str, str]]] = {}
    for name, *term in connection.execute("FROM terms ORDER BY vocabulary, rowid").fetchall():
        lists.setdefault(name, []).append((term[0], term[1], term[2]))
    return {name: tuple(found) for name, found in lists.items()}

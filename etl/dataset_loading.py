"""Loads the data sets that ship with the project into the tables that imports fill too.

What an import of the user holds is not loaded a second time: a data set gives way to it, and dataset_replacements
tells which rows did.
"""

from dataclasses import dataclass

from etl.database import Connection, fetch_value, sql_literal
from etl.dataset_rows import STAGED, staged_rows
from etl.datasets import CARD, CORDIS, TABLES, DataSet, replaced_sentence
from etl.errors import InputError, Problem
from etl.imports.csv_source import open_csv, records
from etl.schema import Schema, Table


@dataclass(frozen=True)
class LoadedDataSets:
    """rows_shipped: rows of the files; rows_loaded: of them in the database; notes: what gave way, as sentences."""

    rows_shipped: int
    rows_loaded: int
    notes: list[str]


# Import that takes the place of rows, their country (None: all of them), and how many there are.
_Replacement = tuple[str, str | None, int]


@dataclass(frozen=True)
class _Loaded:
    """What became of the file of one table: its rows, those inserted, and what took the place of others."""

    shipped: int
    loaded: int
    replaced: list[_Replacement]


def load_data_sets(connection: Connection, data_sets: list[DataSet], schema: Schema) -> LoadedDataSets:
    """Fill datasets and the tables of the data sets; lookups, sources and imports must be loaded. Raises InputError."""
    shipped = loaded = 0
    for data_set in data_sets:
        _require_sources(connection, data_set)
        files = [name for name in TABLES[data_set.format] if name in data_set.files]
        import_name = _import_of_projects(connection) if data_set.format == CORDIS else None
        if import_name:
            tables = [_not_loaded(data_set, name, import_name) for name in files]
        else:
            tables = [_load(connection, data_set, schema.tables[name]) for name in files]
        counts = sum(table.shipped for table in tables), sum(table.loaded for table in tables)
        _insert_card(connection, data_set, *counts, [row for table in tables for row in table.replaced])
        shipped, loaded = shipped + counts[0], loaded + counts[1]
    return LoadedDataSets(shipped, loaded, _notes(connection))


def _require_sources(connection: Connection, data_set: DataSet) -> None:
    """Raise InputError when a source of the card is not in data/sources.csv."""
    known = {source for (source,) in connection.execute("SELECT source_id FROM sources").fetchall()}
    card, fix = f"{data_set.folder}/{CARD}", "Correct it, or add the source to sources.csv."
    problems = [
        Problem(card, None, "source_id", source.source_id, "is not in sources.csv", fix)
        for source in data_set.sources
        if source.source_id not in known
    ]
    if problems:
        raise InputError(problems)


def _insert_card(
    connection: Connection, data_set: DataSet, shipped: int, loaded: int, replaced: list[_Replacement]
) -> None:
    card = [data_set.title, data_set.period, data_set.attribution, data_set.method, data_set.estimated]
    connection.execute(
        "INSERT INTO datasets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [data_set.name, data_set.format, data_set.source_id, *card, shipped, loaded],
    )
    for source in data_set.sources:
        connection.execute(
            "INSERT INTO dataset_sources VALUES (?, ?, ?, ?)",
            [data_set.name, source.source_id, source.gives, source.locator],
        )
    for row in replaced:
        connection.execute("INSERT INTO dataset_replacements VALUES (?, ?, ?, ?)", [data_set.name, *row])


def _import_of_projects(connection: Connection) -> str | None:
    """An import of Horizon projects, which takes the place of a whole data set of them; None if there is none."""
    name: str | None = fetch_value(connection, "SELECT min(import_name) FROM imports WHERE format = ?", [CORDIS])
    return name


def _not_loaded(data_set: DataSet, name: str, import_name: str) -> _Loaded:
    path = data_set.files[name]
    rows = sum(1 for _ in records(open_csv(path, f"{data_set.folder}/{path.name}", ",", ())))
    return _Loaded(rows, 0, [(import_name, None, rows)] if rows else [])


def _load(connection: Connection, data_set: DataSet, table: Table) -> _Loaded:
    path = data_set.files[table.name]
    others = _rows_of_data_sets(data_set, table)
    with staged_rows(connection, path, f"{data_set.folder}/{path.name}", table, others) as columns:
        shipped = fetch_value(connection, f"SELECT count(*) FROM {STAGED}")
        replaced = _give_way(connection, table.name, data_set.period)
        if table.name == "regional_statistics":
            _add_countries(connection)
        values = {name: sql_literal(value) for name, value in _of_the_card(data_set, table).items()}
        values |= _derived(table.name, columns)
        selected = [*columns, *(f"{sql} AS {name}" for name, sql in values.items())]
        loaded = fetch_value(connection, f"INSERT INTO {table.name} BY NAME SELECT {', '.join(selected)} FROM {STAGED}")
    return _Loaded(int(shipped), int(loaded), replaced)


def _add_countries(connection: Connection) -> None:
    """A country as a whole is a region of its own, with figures under its code."""
    connection.execute(
        "INSERT INTO regions SELECT country_code, name, country_code, 'country', NULL FROM countries WHERE "
        f"country_code IN (SELECT region_code FROM {STAGED}) AND country_code NOT IN (SELECT region_code FROM regions)"
    )


def _of_the_card(data_set: DataSet, table: Table) -> dict[str, str]:
    """Columns that the card fills, and their value in every row."""
    values = {"source_id": data_set.source_id, "period": data_set.period}
    return {column: value for column, value in values.items() if column in table.column_names}


def _rows_of_data_sets(data_set: DataSet, table: Table) -> str:
    """The rows of other data sets that a row of the file must not repeat, as a relation."""
    if "period" not in table.column_names:
        return table.name
    return f"(FROM {table.name} SEMI JOIN datasets USING (source_id) WHERE period = {sql_literal(data_set.period)})"


def _derived(table: str, columns: list[str]) -> dict[str, str]:
    """Columns of regional_statistics that a file need not have -> SQL for their value."""
    if table != "regional_statistics":
        return {}
    derived = {
        f"{measure}_missing": f"CASE WHEN {measure if measure in columns else 'NULL'} IS NULL THEN 'not stated' END"
        for measure in ("employment", "establishments")
    }
    if "employment" in columns:
        derived["employment_basis"] = "CASE WHEN employment IS NOT NULL THEN 'stated' END"
    return {column: sql for column, sql in derived.items() if column not in columns}


def _give_way(connection: Connection, table: str, period: str) -> list[_Replacement]:
    """Delete the staged rows of countries that an import has figures of, of the same scheme and period."""
    if table == "regional_statistics":
        scheme, joins = "s.scheme", "JOIN sectors s ON s.sector_id = d.industry_id"
    elif table == "statistics_totals":
        scheme, joins = "d.scheme", ""
    else:
        return []
    held = (
        "SELECT country_code, s.scheme, min(import_name) AS import_name FROM regional_statistics "
        "JOIN imports USING (source_id) JOIN regions USING (region_code) JOIN sectors s ON s.sector_id = industry_id "
        f"WHERE period = {sql_literal(period)} GROUP BY ALL"
    )
    replaced = (
        f"FROM {STAGED} d JOIN (SELECT region_code, country_code FROM regions "
        f"UNION SELECT country_code, country_code FROM countries) r USING (region_code) {joins} "
        f"JOIN ({held}) h ON h.country_code = r.country_code AND h.scheme = {scheme}"
    )
    rows: list[_Replacement] = connection.execute(
        f"SELECT h.import_name, r.country_code, count(*) {replaced} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    if rows:
        connection.execute(f"DELETE FROM {STAGED} WHERE row_number IN (SELECT d.row_number {replaced})")
    return rows


def _notes(connection: Connection) -> list[str]:
    """A sentence for each data set and import that takes the place of rows of it."""
    rows = connection.execute(
        "SELECT import_name, sum(rows_replaced)::BIGINT, dataset_id, "
        "coalesce(list_sort(list(DISTINCT country_code) FILTER (country_code IS NOT NULL)), []) "
        "FROM dataset_replacements GROUP BY import_name, dataset_id ORDER BY dataset_id, import_name"
    ).fetchall()
    return [replaced_sentence(*row) for row in rows]

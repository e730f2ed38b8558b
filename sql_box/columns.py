"""Columns of a result in the few types that table, chart and files know; DuckDB writes the others as text."""

import duckdb
import pyarrow as pa

_AS_THEY_ARE = frozenset(
    [
        "boolean",
        "tinyint",
        "smallint",
        "integer",
        "bigint",
        "utinyint",
        "usmallint",
        "uinteger",
        "ubigint",
        "hugeint",
        "float",
        "double",
        "varchar",
        "date",
        "timestamp",
    ]
)
_CAST = {"decimal": "DOUBLE", "timestamp_s": "TIMESTAMP", "timestamp_ms": "TIMESTAMP", "timestamp_ns": "TIMESTAMP"}


def plain_columns(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The relation with distinct headings and columns of truth values, numbers, texts, days, times, lists of texts."""
    names = _distinct(relation.columns)
    columns = [_column(number, kind) for number, kind in enumerate(relation.types, 1)]
    if names == relation.columns and all("::" not in column for column in columns):
        return relation
    return relation.project(
        ", ".join(f"{column} AS {_quoted(name)}" for column, name in zip(columns, names, strict=True))
    )


def _column(number: int, kind: duckdb.sqltypes.DuckDBPyType) -> str:
    if kind.id in _AS_THEY_ARE or str(kind) == "VARCHAR[]":
        return f"#{number}"
    return f"#{number}::{_CAST.get(kind.id, 'VARCHAR')}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _distinct(names: list[str]) -> list[str]:
    """Headings with a number behind those that are there already; DuckDB's names differ by more than capitals."""
    taken: dict[str, str] = {}
    for name in names:
        chosen, number = name or "column", 1
        while chosen.casefold() in taken:
            chosen, number = f"{name or 'column'}_{number}", number + 1
        taken[chosen.casefold()] = chosen
    return list(taken.values())


def plain_values(table: pa.Table) -> pa.Table:
    """The table with 128-bit sums as whole numbers, or as texts where one is beyond 64 bits.

    Raises ValueError or OverflowError for a day or time outside the years 1 to 9999.
    """
    for number, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            table = table.set_column(number, field.name, _whole(table.column(number)))
        elif pa.types.is_date(field.type) or pa.types.is_timestamp(field.type):
            table.column(number).to_pylist()
    return table


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        return column.cast(pa.string())

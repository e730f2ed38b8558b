"""Rows as JSON, CSV, Parquet and GeoJSON, with the types of the database: numbers are numbers, unknown is null."""

import codecs
import io
import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from exports.csv.table import typed_csv

Row = Mapping[str, Any]


def json_bytes(content: Any) -> bytes:
    """Compact JSON in UTF-8; what is not a number, infinite or missing becomes null, dates are ISO 8601."""
    return orjson.dumps(content, default=plain, option=orjson.OPT_NON_STR_KEYS)


def plain(value: Any) -> Any:
    """A value in the types of JSON: dates as ISO 8601, lists as arrays, missing values as None."""
    match value:
        case None | bool() | str() | int():
            return value
        case float() | np.floating():
            return float(value) if math.isfinite(value) else None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case np.bool_():
            return bool(value)
        case np.integer():
            return int(value)
        case datetime() | date():
            return None if value is pd.NaT else value.isoformat()
        case Mapping():
            return {str(name): plain(one) for name, one in value.items()}
        case list() | tuple() | set() | np.ndarray():
            return [plain(one) for one in value]
        case _:
            return None if pd.isna(value) else str(value)


def csv_bytes(table: pa.Table) -> bytes:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need, like exports.csv.table.typed_csv.

    Text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    return codecs.BOM_UTF8 + typed_csv(table)


def parquet_bytes(table: pa.Table) -> bytes:
    """Parquet with the column types of the database."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def points(rows: Iterable[Row]) -> dict[str, Any]:
    """GeoJSON of organisations: a point for those located to a city, no geometry for the others (RFC 7946, 3.2)."""
    return _collection(
        (row["organisation_id"], _point(row) if row["location_precision"] == "city" else None, row) for row in rows
    )


def _point(row: Row) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}


def lines(rows: Iterable[Row]) -> dict[str, Any]:
    """GeoJSON of pairs of an EU and a US organisation that cooperate: a line from city to city."""
    return _collection(
        (
            f"{row['cooperation_id']}/{row['eu_organisation_id']}/{row['us_organisation_id']}",
            {
                "type": "LineString",
                "coordinates": [
                    [row["eu_longitude"], row["eu_latitude"]],
                    [row["us_longitude"], row["us_latitude"]],
                ],
            },
            row,
        )
        for row in rows
    )


def _collection(features: Iterable[tuple[str, dict[str, Any] | None, Row]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": key, "geometry": geometry, "properties": dict(row)}
            for key, geometry, row in features
        ],
    }

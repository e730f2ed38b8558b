"""Rows as CSV beside a description of them, after the Data Package standard (version 1), in one ZIP.

https://specs.frictionlessdata.io: columns with type and meaning, sources with their places, licence; and what a reader needs
to make the same again: filters, method, the SQL of the views, release.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from cards.applied import applied, applied_words, name_words
from cards.card import Card, Evidence, Register
from cards.catalogue import REGISTERS
from cards.sources import RELIABILITY_WORDS, key_column
from domain.file_names import file_name
from domain.filters import Filters
from domain.text import MISSING_REASONS
from domain.urls import Choices, deep_link, is_web_address
from exports import citation
from exports.content import sources_of
from exports.csv.table import to_csv
from exports.rows import NONE_RECORDED, Column, card_columns, register_columns
from settings import load_settings
from warehouse import provenance, queries, query_cache

MIME = "application/zip"
LICENCE_PATH = "https://creativecommons.org/licenses/by/4.0/"
_TYPES = {
    "text": "string",
    "list": "string",
    "date": "date",
    "number": "number",
    "whole number": "integer",
    "yes or no": "boolean",
}


@dataclass(frozen=True)
class _View:
    """What is described, and the page, filters and choices of the page that show it."""

    shown: Card | Register
    filters: Filters
    page: str
    choices: Choices


def csv_with_metadata(card: Card, filters: Filters, page: str, made_on: date, choices: Choices = ()) -> bytes:
    """ZIP of the rows of a card as CSV and of their description as JSON.

    ``page`` is the page that shows the card, ``choices`` are its own parameters (domain.urls.deep_link); ``made_on`` is
    the day of the export. The CSV has UTF-8, commas, CRLF, ISO dates and true or false; text that a spreadsheet could run
    begins with an apostrophe.
    """
    described = {"subtitle": card.subtitle, "method": card.method}
    view = _View(card, filters, page, choices)
    return _package(card.key, card.title, described, card_columns(card), card.all_evidence, view, made_on)


def register_with_metadata(
    spec: Register, frame: pd.DataFrame, filters: Filters, page: str, made_on: date, choices: Choices = ()
) -> bytes:
    """The same for a register: every column of its rows ``frame``, and how many rows there are without a filter.

    A page may show fewer rows than the filters leave, those of one status for example: then the description says so.
    """
    described: dict[str, Any] = {"subtitle": spec.title, "method": spec.method}
    every = next((rows for known, rows in REGISTERS if known is spec), None)
    if every is not None:
        described["rowCountWithoutFilter"] = len(every(Filters()))
        if len(frame) < (left := len(every(filters))):
            described["subtitle"] += (
                f": {len(frame)} of the {left} rows that these filters leave, by a further choice on the page"
            )
    found = Evidence(spec.table, tuple(frame[key_column(spec.table)]))
    view = _View(spec, filters, page, choices)
    return _package(spec.title, spec.title, described, register_columns(spec, frame), (found,), view, made_on)


def _package(
    key: str,
    title: str,
    described: dict,
    columns: tuple[Column, ...],
    found: Iterable[Evidence],
    view: _View,
    made_on: date,
) -> bytes:
    name = file_name(key.replace("_", " "), name_words(view.shown, view.filters), "csv").removesuffix(".csv")
    data = to_csv(pd.DataFrame({column.heading: _csv_cells(column) for column in columns}))
    info = query_cache.run_query(queries.build_info).iloc[0]
    release = query_cache.release_name()
    tables = dict.fromkeys(part.table for part in found)
    base = load_settings().public_url
    path = deep_link(view.page, view.filters, release, base="", choices=view.choices)
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": f"{described.pop('subtitle')}. {_note(columns)}".strip(),
        "version": release,
        "created": f"{made_on.isoformat()}T00:00:00Z",
        "homepage": f"{base}{path}" if base else None,
        "licenses": [
            {"name": "CC-BY-4.0", "path": LICENCE_PATH, "title": f"Creative Commons Attribution 4.0; {citation.AUTHOR}"}
        ],
        "contributors": [{"title": citation.AUTHOR, "role": "author"}],
        "sources": [_source(row) for row in sources_of(found).itertuples()],
        "resources": [_resource(name, data, columns)],
        **described,
        "filters": {
            "words": applied_words(view.shown, view.filters),
            "parameters": _grouped(applied(view.shown, view.filters)),
            "view": path,
        },
        "sql": {table: sql for table in tables if (sql := query_cache.run_query(provenance.definition, table))},
        "release": release,
        "buildId": info["build_id"],
        "builtAt": f"{info['built_at']:%Y-%m-%dT%H:%M:%SZ}",
    }
    text = json.dumps({k: v for k, v in package.items() if v is not None}, ensure_ascii=False, indent=2) + "\n"
    return _zip({f"{name}.csv": data, f"{name}.json": text.encode("utf-8")})


def _note(columns: tuple[Column, ...]) -> str:
    return "" if columns[0].cells else "No row is left for these filters."


def _resource(name: str, data: bytes, columns: tuple[Column, ...]) -> dict:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "rowCount": len(columns[0].cells),
        "schema": {
            "fields": [_field(column) for column in columns],
            "missingValues": ["", *MISSING_REASONS, NONE_RECORDED],
        },
    }


def _field(column: Column) -> dict:
    field: dict[str, Any] = {
        "name": column.heading,
        "type": _TYPES[column.kind],
        "description": column.meaning,
        "sourceField": column.field,
    }
    if column.kind == "list":
        field["itemSeparator"] = "; "
    if column.terms:
        field["terms"] = dict(column.terms)
    return field


def _csv_cells(column: Column) -> list[Any]:
    """Cells as CSV has them: ISO dates, true and false; a list of objects, so that no number becomes a float."""
    return pd.array([_csv_cell(cell) for cell in column.cells], dtype=object)


def _csv_cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else cell


def _source(row) -> dict:
    address = {"path" if is_web_address(row.url) else "site": row.url} if isinstance(row.url, str) else {}
    return {
        "title": row.title,
        **address,
        "publisher": row.publisher,
        "reliability": RELIABILITY_WORDS[row.reliability],
        "places": list(row.locators),
        "readOn": f"{row.accessed_on:%Y-%m-%d}",
        "licence": row.licence,
    }


def _grouped(filters: Filters) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in filters.to_params():
        grouped.setdefault(name, []).append(value)
    return grouped


def _zip(files: dict[str, bytes]) -> bytes:
    """A ZIP that is the same for the same files: no time of day in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

"""ZIP of rows as CSV and of their metadata as a Data Package (version 1, https://specs.frictionlessdata.io).

The metadata are the columns with type and description, sources with locators, and licence; and what is needed to
reproduce the rows: filters, method, the SQL of the views, and release.
"""

import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from cards.applied import applied_to_register, register_filter_label
from cards.card import Card, MapCard
from cards.definition import might_match
from cards.sources import RELIABILITY_LABELS
from domain.evidence import Evidence
from domain.file_names import file_name
from domain.filters import Filters
from domain.record_types import key_column
from domain.records import Register
from domain.urls import Choices, deep_link, is_web_address
from domain.vocabulary import MISSING_REASONS
from exports.content import sources_of
from exports.csv.columns import frame_of
from exports.csv.table import to_csv
from exports.licences import package_contributors, package_licences, part_licences
from exports.rows import NONE_RECORDED, Column, card_columns, map_columns, register_columns, with_reasons
from exports.subject import card_subject
from exports.zipped import zipped
from settings import load_settings
from warehouse import provenance, queries, query_cache
from warehouse.populations import REGISTER_POPULATIONS
from warehouse.registers import row_count

PACKAGE = "datapackage.json"  # the name by which programs find the description of the other files
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
    """The card or register that is exported, and the filters, page and page parameters that show it."""

    shown: Card | Register
    filters: Filters
    page: str
    choices: Choices


def csv_with_metadata(card: Card, filters: Filters, page: str, made_on: date, choices: Choices = ()) -> bytes:
    """ZIP of the rows of a card as CSV and of their metadata as JSON.

    ``page`` is the page that shows the card, ``choices`` are its own parameters (domain.urls.deep_link); ``made_on`` is
    the day of the export. The CSV has UTF-8, commas, CRLF, ISO dates and true or false; text that a spreadsheet could
    run begins with an apostrophe.
    """
    described = {"subtitle": card.note, "method": card.method}
    view = _View(card, filters, page, choices)
    tables = {"": with_reasons(card_columns(card))}
    if isinstance(card, MapCard):
        tables |= {part: with_reasons(columns) for part, columns in map_columns(card).items()}
    return _package(card_subject(card, choices), card.title, described, tables, card.all_evidence, view, made_on)


def register_with_metadata(
    spec: Register, frame: pd.DataFrame, filters: Filters, page: str, made_on: date, choices: Choices = ()
) -> bytes:
    """ZIP like that of csv_with_metadata for a register: every column of its rows ``frame``.

    The metadata also give the number of rows without a filter. If the page shows fewer rows than the filters leave, for
    example those of one status, the metadata give both numbers.
    """
    described: dict[str, Any] = {"subtitle": spec.title, "method": spec.method}
    population = next((one for one in REGISTER_POPULATIONS if one.record_type.register is spec), None)
    if population is not None:
        described["rowCountWithoutFilter"] = query_cache.run_query(row_count, population, Filters())
        if len(frame) < (left := query_cache.run_query(row_count, population, filters)):
            described["subtitle"] += (
                f": {len(frame)} of the {left} rows for these filters, by a further selection on the page"
            )
        described["notCounted"] = might_match(filters, population) or None
    evidence = Evidence(spec.table, tuple(frame[key_column(spec.table)]))
    view = _View(spec, filters, page, choices)
    columns = with_reasons(register_columns(spec, frame))
    return _package(spec.title, spec.title, described, {"": columns}, (evidence,), view, made_on)


def _package(
    subject: str,
    title: str,
    described: dict[str, Any],
    tables: Mapping[str, tuple[Column, ...]],
    evidence: tuple[Evidence, ...],
    view: _View,
    made_on: date,
) -> bytes:
    """``tables`` are the columns of each CSV file by the end of its name, the rows of the card or register under ''."""
    name = file_name(subject, _name_label(view), "", query_cache.release_name()).rstrip(".")
    parts = part_licences(evidence)
    files = {f"{name}--{part}" if part else name: columns for part, columns in tables.items()}
    data = {stem: to_csv(frame_of(columns)) for stem, columns in files.items()}
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": f"{described.pop('subtitle')}. {_note(tables[''])}".strip(),
        "created": f"{made_on.isoformat()}T00:00:00Z",
        "licenses": package_licences(parts),
        "contributors": package_contributors(parts),
        "sources": [_source(row) for row in sources_of(evidence).to_dict("records")],
        "resources": [_resource(stem, data[stem], columns) for stem, columns in files.items()],
        **described,
        **_provenance(view, [part.table for part in evidence]),
    }
    text = json.dumps({k: v for k, v in package.items() if v is not None}, ensure_ascii=False, indent=2) + "\n"
    return zipped([*((f"{stem}.csv", content) for stem, content in data.items()), (PACKAGE, text.encode("utf-8"))])


def _provenance(view: _View, tables: Iterable[str]) -> dict[str, Any]:
    """What is needed to reproduce the rows: URL, filters, SQL of the views, release and build."""
    info = query_cache.run_query(queries.build_info).iloc[0]
    release = query_cache.release_name()
    base = load_settings().public_url
    path = deep_link(view.page, view.filters, release, base="", choices=view.choices)
    sql = {table: query_cache.run_query(provenance.definition, table) for table in tables}
    return {
        "version": release,
        "homepage": f"{base}{path}" if base else None,
        "filters": {
            "description": _filter_label(view),
            "parameters": _grouped(_applied(view)),
            "view": path,
        },
        "sql": {table: text for table, text in sql.items() if text},
        "release": release,
        "buildId": info["build_id"],
        "builtAt": f"{info['built_at']:%Y-%m-%dT%H:%M:%SZ}",
    }


def _applied(view: _View) -> Filters:
    if isinstance(view.shown, Card):
        return view.shown.filters
    return applied_to_register(view.shown, view.filters)


def _filter_label(view: _View) -> str:
    if isinstance(view.shown, Card):
        return view.shown.filter_label
    return register_filter_label(view.shown, view.filters)


def _name_label(view: _View) -> str:
    """The filters as part of a file name: 'no filter' where none applies."""
    return _applied(view).describe(query_cache.vocabulary())


def _note(columns: tuple[Column, ...]) -> str:
    return "" if columns[0].cells else "No rows for these filters."


def _resource(name: str, data: bytes, columns: tuple[Column, ...]) -> dict[str, Any]:
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


def _field(column: Column) -> dict[str, Any]:
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


def _source(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    url = row["url"]
    location = {"path" if is_web_address(url) else "site": url} if isinstance(url, str) else {}
    return {
        "title": row["title"],
        **location,
        "publisher": row["publisher"],
        "reliability": RELIABILITY_LABELS[row["reliability"]],
        "locators": list(row["locators"]),
        "accessedOn": f"{row['accessed_on']:%Y-%m-%d}",
        "licence": row["licence"],
    }


def _grouped(filters: Filters) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in filters.to_params():
        grouped.setdefault(name, []).append(value)
    return grouped

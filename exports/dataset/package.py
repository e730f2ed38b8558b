"""Description of the CSV files as a Data Package (version 2, https://datapackage.org), one resource for each table.

Fields, keys, foreign keys and constraints come from the schema of the database, descriptions from its comments.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from domain.product import AUTHOR, LICENCES, SLUG
from domain.table_schema import Check, Column
from domain.urls import is_web_address
from domain.vocabulary import MISSING_REASONS
from exports.csv.table import LIST_DELIMITER
from exports.dataset.contents import CSV_FOLDER, DESCRIPTION, KEYWORDS, TITLE, Dataset
from exports.licences import NOT_STATED, PartLicence, package_licences
from settings import load_settings
from warehouse.whole_data import FLAG_SUFFIX, DataTable, Part

_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_TYPES = {
    "BOOLEAN": "boolean",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "UINTEGER": "integer",
    "DOUBLE": "number",
    "FLOAT": "number",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "VARCHAR": "string",
    "VARCHAR[]": "list",
    "JSON": "object",
}
_NUMBER = r"-?\d+(?:\.\d+)?"
_ALLOWED = re.compile(r"\(\"?(\w+)\"? IN \(((?:'(?:[^']|'')*'(?:, )?)+)\)\)")
_BETWEEN = re.compile(rf"\(\"?(\w+)\"? BETWEEN ({_NUMBER}) AND ({_NUMBER})\)")
_AT_LEAST = re.compile(rf"\(\"?(\w+)\"? >= ({_NUMBER})\)")
_PATTERN = re.compile(r"regexp_full_match\(\"?(\w+)\"?, '((?:[^']|'')*)'\)")


def data_package(dataset: Dataset, files: Mapping[str, tuple[int, str, int]]) -> dict[str, Any]:
    """The descriptor; ``files`` has bytes, SHA-256 and number of rows of the CSV file of each table."""
    licences = [PartLicence("", LICENCES["data"].short_name, AUTHOR), *(_licence(part) for part in dataset.parts)]
    return {
        "$schema": _PROFILE.format("datapackage"),
        "name": SLUG,
        "id": dataset.identifier,
        "title": TITLE,
        "description": DESCRIPTION,
        **({"homepage": load_settings().public_url} if load_settings().public_url else {}),
        "version": dataset.release,
        "created": f"{dataset.day.isoformat()}T00:00:00Z",
        "buildId": dataset.build_id,
        "keywords": list(KEYWORDS),
        "licenses": package_licences(dict.fromkeys(licences)),
        "contributors": [
            {"title": AUTHOR, "roles": ["creator"]},
            *({"title": name, "roles": ["publisher"]} for name in dict.fromkeys(p.publisher for p in dataset.parts)),
        ],
        "sources": [_source(row) for row in dataset.sources.to_dict("records")],
        "resources": [_resource(table, dataset, files[table.name]) for table in dataset.tables],
    }


def _licence(part: Part) -> PartLicence:
    return PartLicence(part.title, part.licence or NOT_STATED, part.publisher)


def _source(row: Mapping[Any, Any]) -> dict[str, str]:
    url = row["url"]
    return {"title": str(row["title"]), **({"path": url} if is_web_address(url) else {})}


def _resource(table: DataTable, dataset: Dataset, file: tuple[int, str, int]) -> dict[str, Any]:
    size, digest, count = file
    parts = [part for part in dataset.parts if table.name in part.tables]
    return {
        "$schema": _PROFILE.format("dataresource"),
        "name": table.name,
        "type": "table",
        "path": f"{CSV_FOLDER}/{table.name}.csv",
        "description": table.definition.comment,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "rowCount": count,
        "computed": table.is_computed,
        **({"licenses": package_licences(map(_licence, parts)), "sources": _part_sources(parts)} if parts else {}),
        "dialect": {
            "$schema": _PROFILE.format("tabledialect"),
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": _schema(table, dataset),
    }


def _part_sources(parts: Iterable[Part]) -> list[dict[str, str]]:
    return [_source({"title": part.title, "url": part.url}) for part in parts]


def _schema(table: DataTable, dataset: Dataset) -> dict[str, Any]:
    definition = table.definition
    constraints, others = _constraints(definition.checks)
    for names in definition.unique:
        if len(names) == 1:
            constraints.setdefault(names[0], {})["unique"] = True
    fields = []
    for column in definition.columns:
        fields.append(
            _field(column, constraints.get(column.name, {}), dataset.terms.get(f"{table.name}.{column.name}"))
        )
        if column.name in table.flagged:
            fields.append(_flag(column.name))
    unique = [list(names) for names in definition.unique if len(names) > 1]
    keys = [
        {
            "fields": list(key.columns),
            "reference": {
                **({} if key.referenced_table == table.name else {"resource": key.referenced_table}),
                "fields": list(key.referenced_columns),
            },
        }
        for key in definition.foreign_keys
    ]
    return {
        "$schema": _PROFILE.format("tableschema"),
        "fields": fields,
        "missingValues": [""],
        **({"primaryKey": list(definition.key)} if definition.key else {}),
        **({"uniqueKeys": unique} if unique else {}),
        **({"foreignKeys": keys} if keys else {}),
        **({"sqlChecks": others} if others else {}),
    }


def _field(
    column: Column, constraints: dict[str, Any], terms: tuple[tuple[str, str, str], ...] | None
) -> dict[str, Any]:
    kind = _TYPES[column.type]
    required = {} if column.is_nullable else {"required": True}
    return {
        "name": column.name,
        "type": kind,
        **({"delimiter": LIST_DELIMITER, "itemType": "string"} if kind == "list" else {}),
        "description": column.comment,
        **({"constraints": {**required, **constraints}} if required or constraints else {}),
        **({"categories": [{"value": term, "label": label} for term, label, _ in terms]} if terms else {}),
    }


def _flag(name: str) -> dict[str, Any]:
    return {
        "name": name + FLAG_SUFFIX,
        "type": "string",
        "description": f"Why {name} is blank, where the reason is recorded; the table terms defines the reasons.",
        "constraints": {"enum": list(MISSING_REASONS)},
    }


def _constraints(checks: Iterable[Check]) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The CHECKs of single columns as constraints by column, and the others as SQL."""
    found: dict[str, dict[str, Any]] = {}
    others = []
    for check in checks:
        named = _constraint(check.expression)
        if named is None:
            others.append(check.expression)
        else:
            found.setdefault(named[0], {}).update(named[1])
    return found, others


def _constraint(expression: str) -> tuple[str, dict[str, Any]] | None:
    if match := _ALLOWED.fullmatch(expression):
        values = [value.replace("''", "'") for value in re.findall(r"'((?:[^']|'')*)'", match[2])]
        return match[1], {"enum": values}
    if match := _BETWEEN.fullmatch(expression):
        return match[1], {"minimum": _number(match[2]), "maximum": _number(match[3])}
    if match := _AT_LEAST.fullmatch(expression):
        return match[1], {"minimum": _number(match[2])}
    if match := _PATTERN.fullmatch(expression):
        return match[1], {"pattern": match[2].replace("''", "'")}
    return None


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)

"""OpenAPI 3.1 description of the data API, written from the registers, their columns and the shared filters."""

from typing import Any

import pyarrow as pa

from api.answers import GEOJSON
from api.queries import DEFAULT_LIMIT, FORMATS, MAX_LIMIT, MAX_OFFSET, REGISTERS
from cards.catalogue import CATALOGUE
from domain.filters import FILTERS, POSSIBLE_PARAMETER, Filters
from domain.product import LICENCES, NAME, VERSION
from domain.text import capitalised
from domain.urls import RELEASE
from warehouse import columns, query_cache
from warehouse.registers import page_of_rows


def openapi(base_url: str) -> dict[str, Any]:
    """The description, for a dashboard under ``base_url``."""
    licence = LICENCES["data"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{NAME}: data",
            "version": VERSION,
            "description": "Registers and cards by the filters of the pages. Counts are of records known to match; "
            "those that might match are told apart under not_counted. Unknown is null, never zero.",
            "license": {"name": licence.name, "identifier": licence.spdx_id},
        },
        "servers": [{"url": base_url}],
        "paths": {
            "/api/v1": {"get": _operation("registers", "All registers with their number of rows", "Registers")},
            **{f"/api/v1/{name}": {"get": _register(name)} for name in REGISTERS},
            "/api/v1/cooperations/edges": {"get": _edges()},
            "/api/v1/cards": {"get": _operation("cards", "All cards of the dashboard", "Cards")},
            **{f"/api/v1/cards/{name}": {"get": _card(name)} for name in sorted(CATALOGUE)},
        },
        "components": {"schemas": {**{name: _row(name) for name in REGISTERS}, **_OTHER_SCHEMAS}},
    }


# A parameter of every address that is described here.
_RELEASE: dict[str, Any] = {
    "name": RELEASE,
    "in": "query",
    "required": False,
    "description": "Id of an earlier data release whose figures are wanted; /api/v1 lists them.",
    "schema": {"type": "string"},
}
_OTHER_SCHEMAS: dict[str, Any] = {
    "Registers": {"type": "object", "required": ["registers"]},
    "Cards": {"type": "object", "required": ["cards"]},
    "Card": {"type": "object", "required": ["card", "finding", "rows"]},
    "Edges": {"type": "object", "required": ["count", "rows"]},
    "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}},
}


def _operation(name: str, summary: str, schema: str, parameters: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [*parameters, _RELEASE],
        "responses": {
            "200": {
                "description": "OK; of an earlier release newest_release and note say so",
                "headers": {"X-Data-Release": {"description": "Release of the data", "schema": {"type": "string"}}},
                "content": _content({"$ref": f"#/components/schemas/{schema}"}),
            },
            "304": {"description": "Not changed since the build that If-None-Match names"},
            "400": {"description": "A parameter cannot be used", "content": _error()},
            "404": {"description": "The figures of the release that is named cannot be had", "content": _error()},
            "503": {
                "description": "The database, or that of the release that is named, is being prepared",
                "headers": {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}},
                "content": _error(),
            },
        },
    }


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _error() -> dict[str, Any]:
    return _content({"$ref": "#/components/schemas/Error"})


def _register(name: str) -> dict[str, Any]:
    population = REGISTERS[name]
    formats = [one for one in FORMATS if one != "geojson" or name in GEOJSON]
    parameters = (*_filters(population.record_type.filters), *_paging(formats))
    operation = _operation(name, f"Rows of the register of {population.name_of_many}", name, parameters)
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    operation["responses"]["200"]["content"] = _content(
        {
            "type": "object",
            "required": ["count", "rows"],
            "properties": {"count": {"type": "integer"}, "not_counted": {"type": ["string", "null"]}, "rows": rows},
        }
    )
    return operation


def _edges() -> dict[str, Any]:
    population = REGISTERS["cooperations"]
    parameters = (*_filters(population.record_type.filters), *_paging([one for one in FORMATS if one != "geojson"]))
    return _operation("edges", "Pairs of organisations that cooperate, for network tools", "Edges", parameters)


def _card(name: str) -> dict[str, Any]:
    definition = CATALOGUE[name]
    choices = tuple(
        _parameter(one, "Choice of the page that shows the card", {"type": "array", "items": {"type": "string"}})
        for one in definition.choices
    )
    return _operation(
        f"card_{name}", f"Card of the page {definition.page}", "Card", (*_filters(definition.filters), *choices)
    )


def _filters(names: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """The parameters of the shared filters; those that restrict nothing here are said to."""
    found = []
    for definition in FILTERS:
        idle = "" if definition.name in names else " It restricts nothing here."
        for name in definition.parameters:
            schema = {"type": "array", "items": {"type": "string"}}
            noun = definition.noun.removeprefix("the ")
            found.append(_parameter(name, f"{capitalised(noun)}.{idle}", schema))
    switch = {"type": "string", "enum": ["yes", "no"]}
    return (
        *found,
        _parameter(POSSIBLE_PARAMETER, "As in the links of the pages; rows are always those known to match.", switch),
    )


def _paging(formats: list[str]) -> tuple[dict[str, Any], ...]:
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    offset = {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}
    return (
        _parameter("limit", "Number of rows.", limit),
        _parameter("offset", "Number of rows to leave out first.", offset),
        _parameter("format", "Format of the answer.", {"type": "string", "enum": formats, "default": "json"}),
    )


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _row(name: str) -> dict[str, Any]:
    """JSON Schema of a row: the columns of the answer, described as in the database."""
    meanings = query_cache.run_query(columns.columns, name)
    table = query_cache.run_query(page_of_rows, REGISTERS[name], Filters(), 0, 0)
    return {
        "type": "object",
        "properties": {
            field.name: _column(field.type, meanings.get(field.name, ("", ""))[1]) for field in table.schema
        },
    }


def _column(kind: pa.DataType, meaning: str) -> dict[str, Any]:
    described = {"description": meaning} if meaning else {}
    if pa.types.is_list(kind):
        return {"type": ["array", "null"], "items": {"type": _json_type(kind.value_type)}, **described}
    form = {"format": "date"} if pa.types.is_date(kind) else {}
    return {"type": [_json_type(kind), "null"], **form, **described}


def _json_type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    return "number" if pa.types.is_floating(kind) or pa.types.is_decimal(kind) else "string"

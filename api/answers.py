"""Content of the answers, apart from HTTP: a page of a register, an edge list, a card, and lists of what there is."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from api.errors import ApiError
from api.queries import REGISTERS, Pairs, RegisterQuery, card_filters
from api.rows import csv_bytes, json_bytes, lines, parquet_bytes, plain, points
from cards.catalogue import CATALOGUE, make_card
from cards.definition import might_match
from cards.tables import readable
from domain.file_names import file_name
from domain.filters import Filters
from domain.frames import records
from domain.text import plain_excerpt
from exports.content import sources_of
from exports.licences import part_licences
from warehouse import queries, query_cache
from warehouse.networks import edges
from warehouse.registers import page_of_rows, row_count
from warehouse.releases import difference, release_ids

GEOJSON = ("organisations", "cooperations")  # registers that can be drawn on a map
MIME_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}


@dataclass(frozen=True)
class Answer:
    """Body and media type of an answer.

    ``file_name`` is for what is saved as a file, with ``count`` of all rows; ``next_offset`` is the offset of the next
    page of rows, 0 after the last one.
    """

    body: bytes
    mime: str
    file_name: str = ""
    count: int = 0
    next_offset: int = 0


def about() -> dict[str, Any]:
    """Release and build that the figures are of; of an earlier release also the newest one, and what changed since."""
    info = query_cache.run_query(queries.build_info).iloc[0]
    release = query_cache.release_name()
    head = {"release": release, "build_id": info["build_id"], "built_at": plain(info["built_at"])}
    with query_cache.published():
        newest = query_cache.release_name()
        since = None if release == newest else query_cache.run_query(difference, release)
    return head if since is None else {**head, "newest_release": newest, "note": since.describe_shown()}


def builds() -> tuple[str, ...]:
    """Ids of the build that is read and of the published one, which differ for an earlier release."""
    read = query_cache.run_query(queries.build_info).iloc[0]["build_id"]
    with query_cache.published():
        return read, query_cache.run_query(queries.build_info).iloc[0]["build_id"]


def register(query: RegisterQuery) -> Answer:
    """A page of the rows of a register that are known to match."""
    if query.format == "geojson":
        return _geojson(query)
    count = query_cache.run_query(row_count, query.population, query.filters)
    table = query_cache.run_uncached(page_of_rows, query.population, query.filters, query.limit, query.offset)
    return _formatted(query, query.name, table, count)


def edge_list(query: RegisterQuery) -> Answer:
    """Pairs of organisations that cooperate."""
    if query.name != "cooperations" or query.format == "geojson":
        raise ApiError(404, "Edges are those of cooperations, as json, csv or parquet.")
    frame = query_cache.run_uncached(edges, query.filters)
    table = pa.Table.from_pandas(frame, preserve_index=False).slice(query.offset, query.limit)
    return _formatted(query, f"{query.name} edges", table, len(frame))


def _formatted(query: RegisterQuery, subject: str, table: pa.Table, count: int) -> Answer:
    mime, after = MIME_TYPES[query.format], _next_offset(query, count)
    rows = f" rows {query.offset + 1} to {query.offset + len(table)}" if len(table) < count else ""
    label = query.filters.describe(query_cache.vocabulary())
    name = file_name(f"{subject}{rows}", label, query.format, query_cache.release_name())
    if query.format == "csv":
        return Answer(csv_bytes(table), mime, name, count, after)
    if query.format == "parquet":
        return Answer(parquet_bytes(table), mime, name, count, after)
    not_counted = might_match(query.filters, query.population)
    content = {**_head(query, count, not_counted), "rows": table.to_pylist()}
    return Answer(json_bytes(content), mime, next_offset=after)


def _next_offset(query: RegisterQuery, count: int) -> int:
    after = query.offset + query.limit
    return after if after < count else 0


def _head(query: RegisterQuery, count: int, not_counted: str) -> dict[str, Any]:
    return {
        **about(),
        "register": query.name,
        "filter": query.filters.describe(query_cache.vocabulary()),
        "count": count,
        "not_counted": not_counted or None,
        "limit": query.limit,
        "offset": query.offset,
    }


def _geojson(query: RegisterQuery) -> Answer:
    if query.name not in GEOJSON:
        raise ApiError(
            400, f"format=geojson is for {' and '.join(GEOJSON)}; {query.name} have no coordinates of their own."
        )
    if query.name == "organisations":
        count = query_cache.run_query(row_count, query.population, query.filters)
        table = query_cache.run_uncached(page_of_rows, query.population, query.filters, query.limit, query.offset)
        features = points(table.to_pylist())
    else:
        links = query_cache.run_query(queries.map_links, query.filters)
        count = len(links)
        features = lines(records(links.iloc[query.offset : query.offset + query.limit]))
    not_counted = might_match(query.filters, query.population)
    content = {**_head(query, count, not_counted), **features}
    return Answer(json_bytes(content), MIME_TYPES["geojson"], next_offset=_next_offset(query, count))


def registers() -> dict[str, Any]:
    """All registers with their number of rows, and the releases that `release` may name."""
    with query_cache.published():
        known = query_cache.run_query(release_ids)
    return {
        **about(),
        "releases": known,
        "registers": [
            {
                "name": name,
                "title": population.name_of_many,
                "count": query_cache.run_query(row_count, population, Filters()),
                "filters": list(population.record_type.filters),
            }
            for name, population in REGISTERS.items()
        ],
    }


def cards() -> dict[str, Any]:
    """All cards of the dashboard: name, page that shows it, and the names of its choices."""
    return {
        **about(),
        "cards": [
            {"name": name, "page": definition.page, "choices": list(definition.choices)}
            for name, definition in sorted(CATALOGUE.items())
        ],
    }


def card(name: str, pairs: Pairs) -> dict[str, Any]:
    """A card: its finding, rows as a reader sees them, method and sources; ``finding`` is null when nothing is left."""
    definition = CATALOGUE.get(name)
    if definition is None:
        raise ApiError(404, f"There is no card {plain_excerpt(name)!r}; /api/v1/cards lists them.")
    filters, choices = card_filters(pairs, definition.choices)
    made = make_card(name, filters, choices)
    head = {**about(), "card": name, "page": definition.page, "filter": filters.describe(query_cache.vocabulary())}
    if made is None:
        return {**head, "finding": None, "not_counted": definition.not_counted(filters) or None, "rows": []}
    sources = sources_of(made.all_evidence)
    return {
        **head,
        "finding": made.title,
        "measure": made.subtitle,
        "method": made.method,
        "not_counted": made.not_counted or None,
        "columns": dict(made.columns),
        "rows": readable(made.rows, made.columns, made.evidence.table).to_dict("records"),
        "records": [{"table": one.table, "ids": list(one.record_ids)} for one in made.all_evidence],
        "licences": [
            {"part": part.part or "facts", "licence": part.licence, "holder": part.holder}
            for part in part_licences(made.all_evidence)
        ],
        "sources": sources.to_dict("records"),
    }

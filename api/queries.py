"""The query of a request: register, filters, page of rows and format. What is unknown is refused, never left out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from api.errors import ApiError
from domain.filters import PARAMETERS, Filters, parse
from domain.text import format_list, format_some, plain_excerpt
from domain.urls import RELEASE
from warehouse import query_cache
from warehouse.populations import HORIZON_PROJECTS, REGISTER_POPULATIONS, Population

# Name in the URL to the population, each with all the columns of its view.
REGISTERS: Mapping[str, Population] = MappingProxyType(
    {population.table: population for population in (*REGISTER_POPULATIONS, HORIZON_PROJECTS)}
)
DEFAULT_LIMIT, MAX_LIMIT = 100, 1_000
MAX_OFFSET = 1_000_000
FORMATS = ("json", "csv", "parquet", "geojson")
_PAGING = ("limit", "offset", "format")
_MAX_NAMED = 5

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class RegisterQuery:
    """A page of the rows of a register: ``limit`` rows from number ``offset`` on, in one of FORMATS."""

    name: str
    population: Population
    filters: Filters
    limit: int
    offset: int
    format: str


def register_query(name: str, pairs: Pairs) -> RegisterQuery:
    """The query that a path and its parameters ask for; ApiError when one of them cannot be used.

    ``pairs`` are the parameters of the URL; several values of a filter are repeated parameters.
    """
    population = REGISTERS.get(name)
    if population is None:
        raise ApiError(404, f"There is no register {plain_excerpt(name)!r}; there are {format_list(list(REGISTERS))}.")
    values = _values(pairs, (*PARAMETERS, RELEASE, *_PAGING))
    chosen = _last(values, "format") or "json"
    if chosen not in FORMATS:
        raise ApiError(400, f"format={plain_excerpt(chosen)} is unknown; use {format_list(FORMATS)}.")
    return RegisterQuery(
        name,
        population,
        filters_of(values),
        _number(values, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
        _number(values, "offset", 0, 0, MAX_OFFSET),
        chosen,
    )


def card_filters(pairs: Pairs, choices: Collection[str]) -> tuple[Filters, dict[str, tuple[str, ...]]]:
    """The filters and the choices of a card by name; ApiError for any other parameter or a value that is unknown."""
    values = _values(pairs, (*PARAMETERS, RELEASE, *choices))
    return filters_of(values), {name: tuple(values[name]) for name in choices if name in values}


def only_release(pairs: Pairs) -> None:
    """ApiError for any parameter of a list of what there is but the release that it is of."""
    _values(pairs, (RELEASE,))


def filters_of(values: Mapping[str, list[str]]) -> Filters:
    """The filters among the parameters. A value that the pages would drop with a note is an ApiError here."""
    filters, notes = parse({name: values.get(name, []) for name in PARAMETERS}, query_cache.vocabulary())
    if notes:
        raise ApiError(400, " ".join(_fault(note) for note in notes))
    return filters


def _fault(note: str) -> str:
    """'sector “x” is not known here.' of the note by which a page tells that it dropped a value."""
    short = note.removeprefix("The link's ").replace(" and was dropped", "")
    return short.partition(": the link's ")[0] + "." if ": the link's " in short else short


def _values(pairs: Pairs, known: Collection[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if unknown := [plain_excerpt(name) for name in values if name not in known]:
        raise ApiError(
            400, f"Unknown parameters: {format_some(unknown, _MAX_NAMED)}. Known: {format_list(list(known))}."
        )
    return values


def _last(values: Mapping[str, list[str]], name: str) -> str:
    return values.get(name, [""])[-1]


def _number(values: Mapping[str, list[str]], name: str, default: int, least: int, most: int) -> int:
    text = _last(values, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise ApiError(400, f"{name}={plain_excerpt(text)} is not a whole number from {least} to {most:,}.")
    return int(text)

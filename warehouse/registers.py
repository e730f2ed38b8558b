"""Rows and counts of the registers: records known to match the filters, and apart from them those that might match."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from domain.filters import Filters, SqlParams
from warehouse.connection import Connection, fetch
from warehouse.populations import Population

if TYPE_CHECKING:
    import pyarrow as pa


_SIDES = {"EU": "EU", "US": "USA", "OTHER": "neither side"}


@dataclass(frozen=True)
class PossibleMatches:
    """How many records might match, because a value that a filter needs is not recorded.

    ``unknown`` counts them by what is not recorded, as (label, count); a record may lack several values. ``sides``
    counts organisations by side, as (label, count), where the filters leave more than one side.
    """

    population: Population
    count: int
    unknown: tuple[tuple[str, int], ...]
    sides: tuple[tuple[str, int], ...] = ()

    def describe(self) -> str:
        """'5 more events might match: no recorded country (3), no recorded date (2)'; empty when there are none."""
        if not self.count:
            return ""
        name = self.population.singular if self.count == 1 else self.population.name_of_many
        is_one = len(self.unknown) == 1
        missing = ", ".join(_missing(label) + ("" if is_one else f" ({count:,})") for label, count in self.unknown)
        return f"{self.count:,} more {name} might match{self._sides()}: {missing}"

    def _sides(self) -> str:
        """' (EU 4, USA 1)'; ' (EU)' where all are of one side, so that nobody looks for them on the other."""
        if len(self.sides) == 1:
            return f" ({self.sides[0][0]})"
        return f" ({', '.join(f'{label} {count:,}' for label, count in self.sides)})" if self.sides else ""


def _missing(label: str) -> str:
    """'no recorded date', and 'perhaps further countries' as it is."""
    return label if label.startswith("perhaps ") else f"no recorded {label}"


def rows(connection: Connection, population: Population, filters: Filters) -> pd.DataFrame:
    """Register rows of a population that are known to match, in the reading order of their record type."""
    where, params = filters.where(population.record_type.filters)
    return fetch(connection, _select(population, "*", where), params)


def counted_rows(connection: Connection, population: Population, filters: Filters) -> pd.DataFrame:
    """The rows that counts are of: ``rows`` without renewals of an agreement that is among them."""
    where, params = filters.where(population.record_type.filters)
    return fetch(connection, _select(population, "*", where, once(population)), params)


def once(population: Population) -> str:
    """QUALIFY clause that keeps one of several records that count as one: the record that the others refer to, if any.

    It is empty for a population in which every record counts.
    """
    if not population.counted_by:
        return ""
    key, order = population.record_type.key, population.record_type.order
    return (
        f" QUALIFY row_number() OVER (PARTITION BY {population.identity} "
        f"ORDER BY {population.identity} <> {key}, {order}) = 1"
    )


def possible_rows(connection: Connection, population: Population, filters: Filters) -> pd.DataFrame:
    """Register rows that might match, with a list column ``not_recorded``: labels of the values that a record lacks.

    A renewal is not among them where its agreement matches or might match.
    """
    select, params = _select_possible(population, filters, "*, ")
    return fetch(connection, select, params)


def page_of_rows(
    connection: Connection, population: Population, filters: Filters, limit: int, offset: int
) -> "pa.Table":
    """At most ``limit`` of ``rows`` from number ``offset`` on (from 0), with the types of the database."""
    where, params = filters.where(population.record_type.filters)
    return connection.execute(
        f"{_select(population, '*', where)} LIMIT $limit OFFSET $offset",
        {**params, "limit": limit, "offset": offset},
    ).to_arrow_table()


def count(connection: Connection, population: Population, filters: Filters) -> int:
    """Number of ``counted_rows``: a renewal counts with its agreement."""
    return _number(connection, population, filters, population.identity)


def row_count(connection: Connection, population: Population, filters: Filters) -> int:
    """Number of ``rows``, as a register shows them."""
    return _number(connection, population, filters, population.record_type.key)


def _number(connection: Connection, population: Population, filters: Filters, of_what: str) -> int:
    where, params = filters.where(population.record_type.filters)
    return int(_one(connection, f"SELECT count(DISTINCT {of_what}) {_from(population, where)}", params))


def possible_matches(connection: Connection, population: Population, filters: Filters) -> PossibleMatches:
    """Number of records of a population that might match, by the values that they lack."""
    inner, params = _select_possible(population, filters)
    by_label = connection.execute(
        f"SELECT label, count(*) FROM (SELECT unnest(not_recorded) AS label FROM ({inner})) "
        "GROUP BY label ORDER BY count(*) DESC, label",
        params,
    ).fetchall()
    total = int(_one(connection, f"SELECT count(*) FROM ({inner})", params)) if by_label else 0
    unknown = tuple((label, int(number)) for label, number in by_label)
    return PossibleMatches(population, total, unknown, _by_side(connection, population, filters) if total else ())


def _by_side(connection: Connection, population: Population, filters: Filters) -> tuple[tuple[str, int], ...]:
    """Organisations that might match by side; empty for other records, and under a filter of one side."""
    if population.record_type.table != "organisations" or len(filters.sides) == 1:
        return ()
    inner, params = _select_possible(population, filters, "side, ")
    counts = dict(connection.execute(f"SELECT side, count(*) FROM ({inner}) GROUP BY side", params).fetchall())
    return tuple((_SIDES[side], int(counts[side])) for side in _SIDES if side in counts)


def rows_by_id(connection: Connection, population: Population, ids: Iterable[str]) -> pd.DataFrame:
    """Register rows of a population with these ids, in reading order."""
    key = population.record_type.key
    return fetch(connection, _select(population, "*", f"{key} IN (SELECT unnest($ids))"), {"ids": list(ids)})


def _select(population: Population, columns: str, where: str, qualify: str = "") -> str:
    return f"SELECT {columns} {_from(population, where)}{qualify} ORDER BY {population.record_type.order}"


def _select_possible(population: Population, filters: Filters, columns: str = "") -> tuple[str, SqlParams]:
    """Query and parameters of the records that might match, with ``not_recorded`` after the other columns."""
    names = population.record_type.filters
    where, params = filters.where_possible(names)
    if population.counted_by:
        matching = _from(population, filters.where(names)[0])
        where = f"{where} AND {population.identity} NOT IN (SELECT {population.identity} {matching})"
    return _select(
        population, f"{columns}{filters.unknown_names(names)} AS not_recorded", where, once(population)
    ), params


def _from(population: Population, where: str) -> str:
    return f"FROM {population.from_sql} WHERE {where} AND {population.condition}"


def _one(connection: Connection, sql: str, params: SqlParams) -> Any:
    row = connection.execute(sql, params).fetchone()
    return row[0] if row else 0

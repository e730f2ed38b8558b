"""Queries of the Explorer: records by entry of each facet, the chosen records, tables of counts, and what might match.

Identifiers and expressions come from the declarations of facets, filters and populations alone; every value is a
parameter. A record counts once for each of its entries of a facet, and a renewal counts with its agreement.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from domain.filters import SqlParams
from domain.vocabulary import NOT_APPLICABLE
from explorer import entries
from explorer.facets import FACET_NAMES, Facet
from explorer.registers import REGISTERS, ExplorerRegister
from explorer.selection import Selection
from warehouse.connection import Connection, fetch

ALL = ""  # entry of a total: the number of records, whatever their entries


@dataclass(frozen=True)
class Sum:
    """Records counted by one facet, or by two: ``counts`` by pair of entries, with totals under ``ALL``."""

    counts: Mapping[tuple[str, str], int]

    def rows(self) -> dict[str, int]:
        """Records by entry of the first facet."""
        return {row: number for (row, column), number in self.counts.items() if column == ALL and row != ALL}

    def columns(self) -> dict[str, int]:
        """Records by entry of the second facet."""
        return {column: number for (row, column), number in self.counts.items() if row == ALL and column != ALL}

    @property
    def total(self) -> int:
        """The number of records."""
        return self.counts.get((ALL, ALL), 0)


@dataclass(frozen=True)
class Chosen:
    """Records known to match: their ids, and their ``number``, in which a renewal counts with its agreement."""

    ids: frozenset[str]
    number: int


def facet_counts(connection: Connection, selection: Selection) -> dict[str, dict[str, int]]:
    """Records by entry of each facet of the register, under all choices but those in the facet itself."""
    query = _Query(selection)
    parts = [
        f"SELECT '{facet.name}' AS facet, one, unnest({query.entries(facet)}) AS entry FROM candidates "
        f"WHERE {query.matching(without=facet)}"
        for facet in query.facets
    ]
    rows = connection.execute(
        f"{query.with_clause} SELECT facet, entry, count(DISTINCT one) FROM ({' UNION ALL '.join(parts)}) GROUP BY ALL",
        query.params,
    ).fetchall()
    counts: dict[str, dict[str, int]] = {facet.name: {} for facet in query.facets}
    for name, entry, number in rows:
        counts[name][entry] = int(number)
    return counts


def known_entries(connection: Connection, register_name: str) -> dict[str, frozenset[str]]:
    """All entries of each facet of a register."""
    counts = facet_counts(connection, Selection(register_name))
    return {name: frozenset(found) for name, found in counts.items()}


def chosen(connection: Connection, selection: Selection) -> Chosen:
    """The records known to match."""
    query = _Query(selection)
    sql = f"{query.with_clause} SELECT id, one FROM candidates WHERE {query.matching()}"
    rows = connection.execute(sql, query.params).fetchall()
    return Chosen(frozenset(key for key, _ in rows), len({one for _, one in rows}))


def counted_by(connection: Connection, selection: Selection, by: str, across: str = "") -> Sum:
    """The chosen records by entry of one facet or of two (names), with the number of records of each and of all."""
    query = _Query(selection)
    first = query.entries(FACET_NAMES[by])
    # Without a second facet every record has one entry of it, the total.
    second = query.entries(FACET_NAMES[across]) if across else f"['{ALL}']"
    column = f"coalesce(b, '{ALL}')" if across else f"'{ALL}'"
    sets = "((a, b), (a), (b), ())" if across else "((a), ())"
    found = connection.execute(
        f"{query.with_clause}, by_row AS (SELECT one, unnest({first}) AS a, {second} AS others FROM candidates "
        f"WHERE {query.matching()}), by_pair AS (SELECT one, a, unnest(others) AS b FROM by_row) "
        f"SELECT coalesce(a, '{ALL}'), {column}, count(DISTINCT one) FROM by_pair "
        f"GROUP BY GROUPING SETS {sets}",
        query.params,
    ).fetchall()
    return Sum({(row, column): int(number) for row, column, number in found})


def possible(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Records that might match, because a value asked for is not recorded: id, and a list of what is not recorded.

    A renewal is not among them where its agreement matches or might match.
    """
    query = _Query(selection)
    return fetch(
        connection,
        f"{query.with_clause} SELECT id, "
        f"list_filter([{', '.join(query.unknown())}]::VARCHAR[], lambda x: x IS NOT NULL) AS not_recorded "
        f"FROM candidates WHERE {query.possible()} "
        f"AND one NOT IN (SELECT one FROM candidates WHERE {query.matching()}) "
        "QUALIFY row_number() OVER (PARTITION BY one ORDER BY one <> id, id) = 1",
        query.params,
    )


class _Query:
    """The parts of a query on a selection: a common table expression ``candidates``, and conditions on its columns.

    ``candidates`` has a row for each record of the register: its id, ``one`` (what is counted), its entries of each
    facet, whether it matches each choice, and what is not recorded of it that a choice needs.
    """

    def __init__(self, selection: Selection) -> None:
        self.register: ExplorerRegister = REGISTERS[selection.register_name]
        self.facets = self.register.facets
        self.params: SqlParams = {"table": self.register.table, "no_values": list(entries.NO_VALUES)}
        self._choices: dict[str, tuple[str, str]] = {}  # name: conditions of a match, and of what is not recorded
        self._add_facets(selection)
        self._add_filters(selection)
        self.with_clause = self._with_clause()

    def entries(self, facet: Facet) -> str:
        """The column of ``candidates`` with the entries of a facet."""
        return f"entries_{facet.name}"

    def matching(self, without: Facet | None = None) -> str:
        """Condition of the records that match every choice, or every one but that in a facet."""
        names = [name for name in self._choices if without is None or name != without.name]
        return " AND ".join(f"matches_{name}" for name in names) or "true"

    def unknown(self) -> list[str]:
        """The columns of ``candidates`` with what is not recorded."""
        return [f"unknown_{name}" for name in self._choices]

    def possible(self) -> str:
        """Condition of the records that might match."""
        open_ = [f"(matches_{name} OR unknown_{name} IS NOT NULL)" for name in self._choices]
        return " AND ".join([*open_, f"NOT ({self.matching()})"])

    def _add_facets(self, selection: Selection) -> None:
        for facet in self.facets:
            chosen = selection.chosen(facet)
            if not chosen:
                continue
            own = chosen if facet.filter is None else tuple(filter(entries.is_missing, chosen))
            matches, unknown = [], "NULL"
            if own:
                self.params[f"chosen_{facet.name}"] = list(own)
                matches.append(f"list_has_any({self.entries(facet)}, $chosen_{facet.name})")
            if facet.filter and facet.filter.is_active(selection.filters):
                self.params |= facet.filter.sql_params(selection.filters)
                matches.append(f"coalesce({facet.filter.matches(selection.filters)}, false)")
                unknown = facet.filter.unknown(selection.filters)
            elif entries.values(own):
                is_open = (
                    f"starts_with({self.entries(facet)}[1], '{entries.MISSING}') "
                    f"AND {self.entries(facet)}[1] <> '{entries.missing_entry(NOT_APPLICABLE)}'"
                )
                label = facet.label_in(self.register.table).lower()
                unknown = f"CASE WHEN {is_open} THEN '{label}' END"
            self._choices[facet.name] = (" OR ".join(matches), unknown)

    def _add_filters(self, selection: Selection) -> None:
        """The active filters that are no facet: the years."""
        shared = [facet.filter for facet in self.facets if facet.filter]
        for definition in selection.filters.active():
            if definition not in shared:
                self.params |= definition.sql_params(selection.filters)
                matches = f"coalesce({definition.matches(selection.filters)}, false)"
                self._choices[definition.name] = (matches, definition.unknown(selection.filters))

    def _with_clause(self) -> str:
        population, key = self.register.population, self.register.population.record_type.key
        lists = [f"({facet.columns[self.register.table].sql}) AS list_{facet.name}" for facet in self.facets]
        entry_columns = [f"{_entries(facet, self.register)} AS {self.entries(facet)}" for facet in self.facets]
        flags = [f"({matches}) AS matches_{name}" for name, (matches, _) in self._choices.items()]
        gaps = [
            f"CASE WHEN NOT matches_{name} THEN {unknown} END AS unknown_{name}"
            for name, (_, unknown) in self._choices.items()
        ]
        return (
            "WITH reasons AS (SELECT record_id AS reasons_id, map(list(column_name), list(reason)) AS reason_of "
            "FROM blank_reasons WHERE table_name = $table GROUP BY record_id), "
            "citing AS (SELECT record_id AS citing_id, {'sources': list_distinct(list(source_id)), "
            "'reliabilities': list_distinct(list(reliability))} AS cited FROM record_citations "
            "WHERE table_name = $table GROUP BY record_id), "
            f"listed AS (SELECT *, {', '.join(lists)} FROM {population.from_sql} "
            f"LEFT JOIN reasons ON reasons_id = {key} LEFT JOIN citing ON citing_id = {key} "
            f"WHERE {population.condition}), "
            f"read AS (SELECT *, {', '.join(entry_columns)} FROM listed), "
            f"compared AS (SELECT {', '.join(['*', *flags])} FROM read), "
            f"candidates AS MATERIALIZED (SELECT {key} AS id, {population.identity} AS one, "
            f"{', '.join([*map(self.entries, self.facets), *_names('matches', self._choices), *gaps])} FROM compared)"
        )


def _names(prefix: str, names: Iterable[str]) -> list[str]:
    return [f"{prefix}_{name}" for name in names]


def _entries(facet: Facet, register: ExplorerRegister) -> str:
    """SQL expression: the entries of a record, one for each value, or one for the reason why there is none."""
    column, recorded = facet.columns[register.table], f"list_{facet.name}"
    reason_of = column.reason_of or column.field
    default = register.population.record_type.blank_reasons.get(reason_of, entries.NOT_STATED)
    is_word = "list_contains($no_values, x)"
    reason = (
        f"coalesce({column.reason}, reason_of['{reason_of}'], list_filter({recorded}, lambda x: {is_word})[1], "
        f"'{default}')"
    )
    values = f"list_filter({recorded}, lambda x: NOT {is_word})"
    return (
        f"CASE WHEN len({values}) > 0 THEN list_transform({values}, lambda x: '{entries.VALUE}' || x) "
        f"ELSE ['{entries.MISSING}' || {reason}] END"
    )


def zero_filled(counts: Mapping[str, int], chosen: Collection[str]) -> dict[str, int]:
    """The counts of a facet, with the chosen entries that no record has under the other choices."""
    return {**dict.fromkeys(chosen, 0), **counts}

"""The Explorer for one URL: what is chosen and shown, its counts and its tables. No screen, no files."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cards.applied import applied_to_register
from domain.evidence import Evidence
from domain.filter_values import NO_FILTER
from domain.filters import Filters, Params
from explorer import counts
from explorer.layout import Layout, parse_layout
from explorer.registers import columns_in
from explorer.selection import Selection, not_applied, parse_selection, register_of
from explorer.tables import CountTable, RecordTable, count_table, readable_rows, record_table
from explorer.words import choice_in_words, not_applied_in_words, result_in_words
from warehouse.query_cache import run_query
from warehouse.registers import PossibleMatches


@dataclass(frozen=True)
class Exploration:
    """What a URL shows. ``notes`` tell what of it was dropped; ``number`` of ``total`` records are chosen.

    ``facet_counts`` are the records by entry of each facet, under all choices but those in the facet itself.
    """

    selection: Selection
    layout: Layout
    columns: Mapping[str, str]
    left_out: Filters
    notes: tuple[str, ...]
    number: int
    total: int
    facet_counts: Mapping[str, Mapping[str, int]]

    @property
    def words(self) -> str:
        """'12 of 358 cluster organisations: Energy'."""
        return result_in_words(self.selection, self.number, self.total)

    @property
    def choice(self) -> str:
        """The choice alone, 'no filter' where nothing is chosen."""
        return choice_in_words(self.selection) or NO_FILTER

    @property
    def not_applied(self) -> str:
        """Which shared filters do not restrict the register, '' for none."""
        return not_applied_in_words(self.selection, self.left_out)

    @property
    def evidence(self) -> Evidence:
        """The chosen records, in the order of the register."""
        key = self.selection.register.population.record_type.key
        return Evidence(self.selection.register.table, tuple(self._rows()[key]))

    def records(self) -> RecordTable:
        """The table of the chosen records."""
        return record_table(self.selection, self.layout, self._rows(), self.columns)

    def counted(self) -> CountTable:
        """The table of the counts."""
        found = run_query(counts.counted_by, self.selection, self.layout.by, self.layout.across)
        return count_table(self.selection, self.layout, found)

    def possible(self) -> pd.DataFrame:
        """Rows of the records that might match, with the list column ``not_recorded``."""
        key = self.selection.register.population.record_type.key
        lacking = run_query(counts.possible, self.selection)
        rows = run_query(self.selection.register.rows)
        return rows.merge(lacking.rename(columns={"id": key}), on=key, how="inner")

    def readable(self, frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
        """Rows of the register as text under the headings of ``columns``, a blank as its reason."""
        return readable_rows(frame, columns, self.selection.register.table)

    def might_match(self) -> str:
        """'5 more events might match: no recorded country (3), no recorded year (2)'; '' for none."""
        lacking = run_query(counts.possible, self.selection)
        by_label = Counter(label for labels in lacking["not_recorded"] for label in labels)
        unknown = sorted(by_label.items(), key=lambda one: (-one[1], one[0]))
        return PossibleMatches(self.selection.register.population, len(lacking), tuple(unknown)).describe()

    def _rows(self) -> pd.DataFrame:
        rows = run_query(self.selection.register.rows)
        chosen = run_query(counts.chosen, self.selection).ids
        key = self.selection.register.population.record_type.key
        return rows[rows[key].isin(chosen)].reset_index(drop=True)


def explore(params: Params, filters: Filters) -> Exploration:
    """What the parameters of a URL show; ``filters`` are the shared filters in it."""
    notes: list[str] = []
    register = register_of(params, notes)
    applied = applied_to_register(register.register, filters)
    known = run_query(counts.known_entries, register.name)
    selection = parse_selection(params, register, applied, known, notes)
    columns = columns_in(register, run_query(register.rows))
    return Exploration(
        selection,
        parse_layout(params, register, columns, notes),
        columns,
        not_applied(filters, applied),
        tuple(notes),
        run_query(counts.chosen, selection).number,
        run_query(counts.chosen, Selection(register.name)).number,
        run_query(counts.facet_counts, selection),
    )

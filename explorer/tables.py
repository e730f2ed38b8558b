"""What the Explorer shows, as tables for screen and files alike: the records, and the counts with honest totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cards import tables
from domain.records import PERIOD
from domain.text import agree, format_count, plural
from domain.vocabulary import UNDATED
from explorer import entries
from explorer.counts import ALL, Sum
from explorer.labels import labels_of
from explorer.layout import Layout
from explorer.selection import Selection

MAX_ACROSS = 30  # entries of the second facet that have a column


@dataclass(frozen=True)
class RecordTable:
    """The chosen records in their order.

    ``frame`` has the rows of the register; ``cells`` the shown columns under their headings as text or numbers, a
    blank as the reason why it is one; ``fields`` are the columns that the headings stand for.
    """

    frame: pd.DataFrame
    cells: pd.DataFrame
    fields: tuple[str, ...]


@dataclass(frozen=True)
class CountTable:
    """Records by the entries of a facet, or of two.

    ``cells`` has a first row for all records, and one for each entry with its label; ``entries`` are those of these
    rows. Its second column counts all records of the row; ``across`` are the entries of the further columns. ``notes``
    are sentences on how to read it.
    """

    cells: pd.DataFrame
    entries: tuple[str, ...]
    across: tuple[str, ...]
    notes: tuple[str, ...]


def record_table(selection: Selection, layout: Layout, frame: pd.DataFrame, columns: Mapping[str, str]) -> RecordTable:
    """The table of the records ``frame``, rows of the register; ``columns`` are its headings."""
    ordered = _sorted(frame, layout, selection.register.table, columns)
    shown = {column: columns[column] for column in layout.columns}
    return RecordTable(ordered, readable_rows(ordered, shown, selection.register.table), layout.columns)


def readable_rows(frame: pd.DataFrame, columns: Mapping[str, str], table: str) -> pd.DataFrame:
    """Rows of a register under the headings of ``columns``, every blank as the reason for it, also that of a period."""
    cells = tables.readable(frame, columns, table)
    if PERIOD in columns:
        reasons = tables.blank_reasons(frame, "start_on", table)
        shown = zip(cells[columns[PERIOD]], reasons, strict=True)
        cells[columns[PERIOD]] = [reason if period == UNDATED else period for period, reason in shown]
    return cells


def _sorted(frame: pd.DataFrame, layout: Layout, table: str, columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows by a column, those without a value last; equal rows keep the order of the register."""
    if not layout.sort:
        return frame.reset_index(drop=True)
    column = "start_on" if layout.sort == PERIOD else layout.sort
    values = frame[column]
    if not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)):
        heading = columns[layout.sort]
        texts = tables.readable(frame, {column: heading}, table)[heading].astype(str).str.casefold()
        values = texts.where(~frame[column].map(tables.is_blank).to_numpy(), None)
    keys = values.reset_index(drop=True)
    ordered = keys.sort_values(ascending=not layout.is_descending, kind="stable", na_position="last").index
    return frame.reset_index(drop=True).loc[ordered].reset_index(drop=True)


def count_table(selection: Selection, layout: Layout, counted: Sum) -> CountTable:
    """The counts as a table, with columns for the entries of a second facet."""
    register = selection.register
    by, across = layout.by_facet, layout.across_facet
    row_labels = labels_of(register, by)
    rows = entries.in_order(counted.rows(), row_labels, by_value=layout.by_value or by.is_ordered)
    everything = f"All {register.population.name_of_many}"
    cells: dict[str, list[Any]] = {
        by.label_in(register.table): [everything, *(entries.label(entry, row_labels) for entry in rows)]
    }
    notes = [_adds_up(selection, by.label_in(register.table), counted.rows(), counted.total)]
    columns: list[str] = []
    cells["All" if across else "Records"] = [counted.total, *(counted.rows()[row] for row in rows)]
    if across:
        labels = labels_of(register, across)
        ordered = entries.in_order(counted.columns(), labels, by_value=layout.by_value or across.is_ordered)
        columns = _shown_across(ordered, counted.columns())
        for column in columns:
            heading = _unused(entries.label(column, labels), cells)
            cells[heading] = [counted.counts.get((row, column), 0) for row in [ALL, *rows]]
        notes.append(_adds_up(selection, across.label_in(register.table), counted.columns(), counted.total))
        if left_out := len(ordered) - len(columns):
            notes.append(
                f"{plural(left_out, 'more column')} {agree(left_out, 'is', 'are')} left out; choose values of "
                f"{across.label_in(register.table)} to see them."
            )
    return CountTable(pd.DataFrame(cells), tuple(rows), tuple(columns), tuple(note for note in notes if note))


def _shown_across(ordered: list[str], counts: Mapping[str, int]) -> list[str]:
    """The entries that get a column: at most MAX_ACROSS, those with most records, in the given order."""
    most = sorted(ordered, key=lambda entry: -counts[entry])[:MAX_ACROSS]
    return [entry for entry in ordered if entry in most]


def _adds_up(selection: Selection, label: str, counts: Mapping[str, int], total: int) -> str:
    """A sentence on counts that add up to more than the records; '' where they do not."""
    added = sum(counts.values())
    if added == total:
        return ""
    population = selection.register.population
    # Such a population has records that count as one and may differ in the property: agreements and their renewals.
    such_as = ", such as an agreement with its renewal," if population.counted_by else ""
    return (
        f"A record with several values of “{label}”{such_as} counts once for each: the counts add up to "
        f"{format_count(added)}, of {population.name(total)}."
    )


def _unused(heading: str, cells: Mapping[str, Any]) -> str:
    """The heading, followed by a no-break space as often as another column has it already."""
    while heading in cells:
        heading += "\u00a0"
    return heading


def chart_rows(table: CountTable) -> tuple[pd.DataFrame, str]:
    """Values with their counts for a chart, columns label, value and entry; and what it leaves out, '' for nothing.

    A reason for a missing value is none of the values: 'Not in the chart: not stated (3), not applicable (4)'.
    """
    labels, numbers = table.cells.iloc[1:, 0].tolist(), table.cells.iloc[1:, 1].tolist()
    rows = list(zip(labels, numbers, table.entries, strict=True))
    kept = pd.DataFrame(
        [row for row in rows if not entries.is_missing(row[2])], columns=["label", "value", "entry"]
    ).astype({"value": int})
    missing = [f"{label} ({number:,})" for label, number, entry in rows if entries.is_missing(entry)]
    return kept, f"Not in the chart: {', '.join(missing)}" if missing else ""

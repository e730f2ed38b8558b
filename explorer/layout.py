"""What is shown of the chosen records: counted by which facets, which columns, in which order; in the URL and back."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.filters import Params
from domain.text import plain_excerpt
from explorer.facets import FACET_NAMES, Facet
from explorer.registers import ExplorerRegister

BY, ACROSS, ORDER, COLUMN, SORT = "by", "across", "order", "column", "sort"
SHOW = "show"  # chart or table of the counts
BY_VALUE = "value"  # of ORDER: entries in their own order, and not by number of records
DOWN = "-"  # before the column of SORT: descending


@dataclass(frozen=True)
class Layout:
    """``by`` and ``across`` are names of facets, '' for none; ``columns`` those of the table of records.

    ``sort`` is the column by which it is sorted, '' for the order of the register; blanks come last either way.
    """

    by: str
    across: str
    columns: tuple[str, ...]
    sort: str = ""
    is_descending: bool = False
    by_value: bool = False

    @property
    def by_facet(self) -> Facet:
        """The facet that records are counted by."""
        return FACET_NAMES[self.by]

    @property
    def across_facet(self) -> Facet | None:
        """The facet across which the counts are split, None without one."""
        return FACET_NAMES[self.across] if self.across else None


def default_columns(register: ExplorerRegister, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The columns that other pages show; ``columns`` are all that can be shown."""
    return tuple(column for column in register.register.columns if column in columns)


def parse_layout(params: Params, register: ExplorerRegister, columns: Mapping[str, str], notes: list[str]) -> Layout:
    """The layout of a URL; what is not known is dropped with a note. ``columns`` are all that can be shown."""
    facets = {facet.name: facet.label for facet in register.facets}
    by = _known(params, BY, facets, notes) or register.counted_by
    across = _known(params, ACROSS, facets, notes)
    if across == by:
        notes.append("The link counts by the same facet twice; the second was dropped.")
        across = ""
    asked = list(dict.fromkeys(name for name in params.get(COLUMN, []) if name))
    notes += [_dropped(COLUMN, name) for name in asked if name not in columns]
    # The name is always shown: a click on it opens the record.
    name_column = default_columns(register, columns)[0]
    shown = tuple(name for name in asked if name in columns and name != name_column)
    sort = (params.get(SORT) or [""])[-1]
    is_descending = sort.startswith(DOWN)
    sort = sort.removeprefix(DOWN)
    if sort and sort not in columns:
        notes.append(_dropped(SORT, sort))
        sort, is_descending = "", False
    return Layout(
        by,
        across,
        (name_column, *shown) if shown else default_columns(register, columns),
        sort,
        is_descending,
        (params.get(ORDER) or [""])[-1] == BY_VALUE,
    )


def _known(params: Params, name: str, options: Mapping[str, str], notes: list[str]) -> str:
    value = (params.get(name) or [""])[-1]
    if value and value not in options:
        notes.append(_dropped(name, value))
        return ""
    return value


def _dropped(name: str, value: str) -> str:
    return f"The link's {name} “{plain_excerpt(value)}” is not known here and was dropped."

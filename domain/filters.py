"""The shared filters: each is declared once, with its SQL, URL parameters, label and widget.

A record matches a filter, does not match it, or might match because a value is not recorded: it has none, or may have
more than the recorded ones (list columns ``possible_…`` of the registers). Counts and shares are of records that are
known to match every active filter; records that might match are counted apart. A value that is not applicable is not
unknown: such a record does not match (list column ``not_applicable`` for years).

To add a filter, add its field to ``FilterValues`` (domain/filter_values.py), an object to ``FILTERS`` here, and its
name to ``filters`` of each record type that it applies to (domain/record_types/). Widgets, URL, command line and files
read these declarations.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from domain.filter_kinds import (
    FIRST_YEAR,
    LAST_YEAR,
    FilterDefinition,
    ListFilter,
    Params,
    SqlParams,
    YearsFilter,
)
from domain.filter_values import NO_FILTER, FilterValues, Vocabulary
from domain.region_filter import RegionFilter
from domain.text import plain_excerpt
from domain.vocabulary import SIDE_LABELS, SIDE_NAMES

__all__ = [
    "COUNTRIES",
    "FILTERS",
    "FILTER_NAMES",
    "FIRST_YEAR",
    "LAST_YEAR",
    "PARAMETERS",
    "POSSIBLE_PARAMETER",
    "REGIONS",
    "SECTORS",
    "SIDES",
    "STATES",
    "YEARS",
    "Filters",
    "ListFilter",
    "Params",
    "SqlParams",
    "Vocabulary",
    "YearsFilter",
    "parse",
]

# Whether records that might match are shown, apart from those that do: yes (default) or no.
POSSIBLE_PARAMETER = "unknown"


@dataclass(frozen=True)
class Filters(FilterValues):
    """The filters shared by all pages, with what they mean in SQL, in a URL and as text."""

    def active(self) -> tuple[FilterDefinition, ...]:
        """The filters that restrict something, in the order of ``FILTERS``."""
        return tuple(definition for definition in FILTERS if definition.is_active(self))

    def is_empty(self) -> bool:
        """True when nothing is restricted."""
        return not self.active()

    def relaxations(self) -> "list[tuple[str, Filters]]":
        """For each active filter its noun and the filters that remain without it."""
        return [(definition.noun, definition.cleared(self)) for definition in self.active()]

    def only(self, names: Collection[str]) -> "Filters":
        """These filters without those whose name is not among ``names``."""
        kept = self
        for definition in self.active():
            if definition.name not in names:
                kept = definition.cleared(kept)
        return kept

    def without_sectors(self, dropped: Collection[str]) -> "Filters":
        """These filters without some sectors, for example for a card that has themes but no traded clusters."""
        return replace(self, sectors=tuple(sector for sector in self.sectors if sector not in dropped))

    def where(self, names: Collection[str]) -> tuple[str, SqlParams]:
        """SQL condition and parameters of the records known to match the active ones of the filters ``names``.

        The condition is never NULL.
        """
        active = [definition for definition in self.active() if definition.name in names]
        conditions = [f"coalesce({definition.matches(self)}, false)" for definition in active]
        return " AND ".join(conditions) or "true", self._params(active)

    def where_possible(self, names: Collection[str]) -> tuple[str, SqlParams]:
        """SQL condition and parameters of the records that might match: not excluded, but a value is unknown."""
        active = [definition for definition in self.active() if definition.name in names]
        if not active:
            return "false", {}
        matches = [f"coalesce({definition.matches(self)}, false)" for definition in active]
        open_ = [f"({match} OR {d.unknown(self)} IS NOT NULL)" for d, match in zip(active, matches, strict=True)]
        return f"{' AND '.join(open_)} AND NOT ({' AND '.join(matches)})", self._params(active)

    def unknown_names(self, names: Collection[str]) -> str:
        """SQL expression: what a record lacks that the active filters need, as a list of labels such as 'country'."""
        active = [definition for definition in self.active() if definition.name in names]
        labels = ", ".join(definition.unknown(self) for definition in active)
        return f"list_filter([{labels}]::VARCHAR[], x -> x IS NOT NULL)"

    def _params(self, active: Iterable[FilterDefinition]) -> SqlParams:
        return {name: value for definition in active for name, value in definition.sql_params(self).items()}

    def describe(self, vocabulary: Vocabulary) -> str:
        """The filters as text, for titles and file names: 'Energy or Water; side: European Union; 2015 to 2017'."""
        return "; ".join(definition.describe(self, vocabulary) for definition in self.active()) or NO_FILTER

    def to_params(self) -> list[tuple[str, str]]:
        """The URL parameters of these filters; several values are repeated parameters."""
        pairs = [pair for definition in self.active() for pair in definition.to_params(self)]
        return pairs if self.show_possible else [*pairs, (POSSIBLE_PARAMETER, "no")]


SECTORS = ListFilter(
    name="sectors",
    parameter="sector",
    column="sector_ids",
    possible_column="possible_sector_ids",
    label="Sector",
    noun="the sectors",
    unknown_label="sector",
    # A record with a traded cluster always has a theme, by the crosswalk.
    further_label="traded cluster",
    options="sectors",
    placeholder="All sectors",
    short_labels={"ict": "ICT"},
)
SIDES = ListFilter(
    name="sides",
    parameter="side",
    column="sides",
    possible_column="possible_sides",
    label="Side",
    noun="the sides",
    unknown_label="side",
    further_label="perhaps further sides",
    options=SIDE_NAMES,
    widget="pills",
    prefix="side: ",
    help="The European Union as in 2017, the year of the discussion paper: with the United Kingdom",
    is_upper_case=True,
    short_labels=SIDE_LABELS,
)
COUNTRIES = ListFilter(
    name="countries",
    parameter="country",
    column="country_codes",
    possible_column="possible_country_codes",
    label="Country",
    noun="the countries",
    unknown_label="country",
    further_label="perhaps further countries",
    options="countries",
    placeholder="All countries",
    is_upper_case=True,
)
REGIONS = RegionFilter(
    name="regions",
    parameter="euregion",
    label="EU region",
    noun="the EU regions",
    unknown_label="region",
    further_label="perhaps further regions",
    options="regions",
    side="EU",
    placeholder="All regions",
)
STATES = RegionFilter(
    name="states",
    parameter="state",
    label="US state",
    noun="the US states",
    unknown_label="US state",
    further_label="perhaps further US states",
    options="states",
    side="US",
    placeholder="All states",
    is_upper_case=True,
)
YEARS = YearsFilter()
FILTERS: tuple[FilterDefinition, ...] = (SECTORS, SIDES, COUNTRIES, REGIONS, STATES, YEARS)
FILTER_NAMES = tuple(definition.name for definition in FILTERS)
PARAMETERS = (*(name for definition in FILTERS for name in definition.parameters), POSSIBLE_PARAMETER)


def parse(params: Params, vocabulary: Vocabulary) -> tuple[Filters, list[str]]:
    """Filters from URL parameters, and a note for each value that was dropped because it is malformed or unknown.

    ``params`` maps each parameter to the list of its values.
    """
    notes: list[str] = []
    filters = Filters()
    for definition in FILTERS:
        filters = definition.parse(params, filters, vocabulary, notes)
    switch = [value for value in params.get(POSSIBLE_PARAMETER, []) if value]
    if switch and switch[-1] not in ("yes", "no"):
        notes.append(f"The link's unknown={plain_excerpt(switch[-1])} is neither yes nor no and was dropped.")
    return replace(filters, show_possible=not (switch and switch[-1] == "no")), notes

"""The shared filters: each is declared once, with its SQL, URL parameters, label and widget.

A record matches a filter, does not match it, or might match because the value it needs is not recorded. Counts and
shares are of records that are known to match every active filter; records that might match are counted apart. A value
that is not applicable is not unknown: such a record does not match (list column ``not_applicable`` of the registers).

To add a filter, add its fields to ``Filters``, an object to ``FILTERS``, and its name to the record types it applies to.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from domain.text import format_choice, plain_excerpt

FIRST_YEAR, LAST_YEAR = 1990, 2030
SIDE_LABELS: Mapping[str, str] = {"EU": "European Union", "US": "United States", "OTHER": "other countries"}
SIDE_SHORT_LABELS: Mapping[str, str] = {"EU": "EU", "US": "USA", "OTHER": "Other"}
# Whether records that might match are shown, apart from those that do: yes (default) or no.
POSSIBLE_PARAMETER = "unknown"

Params = Mapping[str, list[str]]
SqlParams = dict[str, Any]


@dataclass(frozen=True)
class Vocabulary:
    """The values that a filter may take, each with its label: ``{id: label}`` in display order.

    ``sector_records`` counts the records of all registers by sector; ``years`` are those of dated records.
    """

    sectors: Mapping[str, str]
    countries: Mapping[str, str]
    traded_clusters: frozenset[str]
    sector_records: Mapping[str, int]
    years: tuple[int, ...]

    def sector_option(self, sector_id: str) -> str:
        """A sector as a choice, with the number of records behind it: 'Plastics, traded cluster (4 records)'."""
        scheme = ", traded cluster" if sector_id in self.traded_clusters else ""
        count = self.sector_records.get(sector_id, 0)
        return f"{self.sectors[sector_id]}{scheme} ({count} record{'' if count == 1 else 's'})"


@dataclass(frozen=True)
class Filters:
    """The filters shared by all pages. Empty tuples and None mean "no restriction".

    ``show_possible`` says whether records that might match are shown beside those that do; they are never counted with
    them.
    """

    sectors: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    show_possible: bool = True

    def active(self) -> "tuple[FilterDefinition, ...]":
        """The filters that restrict something, in the order of ``FILTERS``."""
        return tuple(definition for definition in FILTERS if definition.is_active(self))

    def is_empty(self) -> bool:
        """True when nothing is restricted."""
        return not self.active()

    def relaxations(self) -> "list[tuple[str, Filters]]":
        """Each active filter by its name in a sentence, with the filters that remain when it is dropped."""
        return [(definition.noun, definition.cleared(self)) for definition in self.active()]

    def only(self, names: Collection[str]) -> "Filters":
        """These filters without those whose name is not among ``names``."""
        kept = self
        for definition in self.active():
            if definition.name not in names:
                kept = definition.cleared(kept)
        return kept

    def without_sectors(self, is_dropped: Collection[str]) -> "Filters":
        """These filters without the sectors named; a card may know themes but no traded clusters."""
        return replace(self, sectors=tuple(sector for sector in self.sectors if sector not in is_dropped))

    def where(self, names: Collection[str]) -> tuple[str, SqlParams]:
        """SQL condition and parameters of the records known to match, for a register that knows the filters ``names``.

        The condition is never NULL.
        """
        active = [definition for definition in self.active() if definition.name in names]
        conditions = [f"coalesce({definition.matches(self)}, false)" for definition in active]
        return " AND ".join(conditions) or "true", self._params(active)

    def where_possible(self, names: Collection[str]) -> tuple[str, SqlParams]:
        """SQL condition and parameters of the records that might match: no active filter excludes them, one is unknown."""
        active = [definition for definition in self.active() if definition.name in names]
        if not active:
            return "false", {}
        matches = [f"coalesce({definition.matches(self)}, false)" for definition in active]
        open_ = [f"({match} OR {d.is_unknown})" for d, match in zip(active, matches, strict=True)]
        return f"{' AND '.join(open_)} AND NOT ({' AND '.join(matches)})", self._params(active)

    def unknown_names(self, names: Collection[str]) -> str:
        """SQL expression: the active filters whose value a record lacks, as a list of their labels."""
        active = [definition for definition in self.active() if definition.name in names]
        cases = ", ".join(f"CASE WHEN {d.is_unknown} THEN '{d.unknown_label}' END" for d in active)
        return f"list_filter([{cases}]::VARCHAR[], x -> x IS NOT NULL)"

    def _params(self, active: "Iterable[FilterDefinition]") -> SqlParams:
        return {name: value for definition in active for name, value in definition.sql_params(self).items()}

    def describe(self, vocabulary: Vocabulary) -> str:
        """The filters as text, for titles and file names: 'Energy or Water; side: European Union; 2015 to 2017'."""
        return "; ".join(definition.describe(self, vocabulary) for definition in self.active()) or "no filter"

    def to_params(self) -> list[tuple[str, str]]:
        """The URL parameters of these filters; several values are repeated parameters."""
        pairs = [pair for definition in self.active() for pair in definition.to_params(self)]
        return pairs if self.show_possible else [*pairs, (POSSIBLE_PARAMETER, "no")]


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """A filter by a list column of a register: a record matches when the list holds one of the chosen values.

    ``name`` is the field of ``Filters``; ``column`` the list column of the register; ``options`` the field of
    ``Vocabulary`` that holds the values, or the values themselves.
    """

    name: str
    parameter: str
    column: str
    label: str
    noun: str
    unknown_label: str
    options: str | Mapping[str, str]
    widget: Literal["multiselect", "pills"] = "multiselect"
    placeholder: str = ""
    help: str = ""
    prefix: str = ""
    is_upper_case: bool = False
    short_labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Its URL parameters."""
        return (self.parameter,)

    @property
    def is_unknown(self) -> str:
        """SQL condition of a record without a recorded value, unless a value makes no sense for it."""
        return f"(coalesce(len({self.column}), 0) = 0 AND {_is_applicable(self.name)})"

    def values(self, filters: Filters) -> tuple[str, ...]:
        """The chosen values."""
        chosen: tuple[str, ...] = getattr(filters, self.name)
        return chosen

    def is_active(self, filters: Filters) -> bool:
        """True when a value is chosen."""
        return bool(self.values(filters))

    def cleared(self, filters: Filters) -> Filters:
        """The filters without this one."""
        return self.with_values(filters, ())

    def with_values(self, filters: Filters, values: Iterable[str]) -> Filters:
        """The filters with other values for this one."""
        return replace(filters, **{self.name: tuple(values)})  # type: ignore[arg-type]  # the field is chosen by name

    def matches(self, _: Filters) -> str:
        """SQL condition of a matching record."""
        return f"list_has_any({self.column}, ${self.name})"

    def sql_params(self, filters: Filters) -> SqlParams:
        """Values of the named parameters of ``matches``."""
        return {self.name: list(self.values(filters))}

    def labels(self, vocabulary: Vocabulary) -> Mapping[str, str]:
        """The values that can be chosen, with their labels."""
        if not isinstance(self.options, str):
            return self.options
        options: Mapping[str, str] = getattr(vocabulary, self.options)
        return options

    def describe(self, filters: Filters, vocabulary: Vocabulary) -> str:
        """The chosen values as text: 'Energy or Water'."""
        labels = self.labels(vocabulary)
        return self.prefix + format_choice([labels.get(value, value) for value in self.values(filters)])

    def to_params(self, filters: Filters) -> list[tuple[str, str]]:
        """URL parameters of the chosen values."""
        return [(self.parameter, value) for value in self.values(filters)]

    def parse(self, params: Params, filters: Filters, vocabulary: Vocabulary, notes: list[str]) -> Filters:
        """The filters with the values in the URL; unknown ones are dropped with a note."""
        known = self.labels(vocabulary)
        kept = []
        for asked in dict.fromkeys(params.get(self.parameter, [])):
            value = asked.upper() if self.is_upper_case else asked
            if value in known:
                kept.append(value)
            elif value:
                notes.append(f"The link's {self.parameter} “{plain_excerpt(value)}” is not known here and was dropped.")
        return self.with_values(filters, dict.fromkeys(kept))


@dataclass(frozen=True, kw_only=True)
class YearsFilter:
    """The filter by years: a record matches when its period overlaps them. Either end may be open."""

    name: str = "years"
    parameters: tuple[str, ...] = ("from", "to")
    label: str = "Years"
    noun: str = "the years"
    unknown_label: str = "date"
    widget: Literal["years"] = "years"

    @property
    def is_unknown(self) -> str:
        """SQL condition of a record without a recorded date, unless a date makes no sense for it."""
        return f"(start_on IS NULL AND {_is_applicable(self.name)})"

    def is_active(self, filters: Filters) -> bool:
        """True when a first or last year is chosen."""
        return filters.year_from is not None or filters.year_to is not None

    def cleared(self, filters: Filters) -> Filters:
        """The filters without years."""
        return replace(filters, year_from=None, year_to=None)

    def matches(self, filters: Filters) -> str:
        """SQL condition of a record whose period overlaps the years."""
        parts = ["year(coalesce(end_on, start_on)) >= $year_from"] if filters.year_from is not None else []
        parts += ["year(start_on) <= $year_to"] if filters.year_to is not None else []
        return f"({' AND '.join(parts)})"

    def sql_params(self, filters: Filters) -> SqlParams:
        """Values of the named parameters of ``matches``."""
        years = {"year_from": filters.year_from, "year_to": filters.year_to}
        return {name: year for name, year in years.items() if year is not None}

    def describe(self, filters: Filters, _: Vocabulary) -> str:
        """'2015 to 2017', 'since 2015', 'until 2017' or '2016'."""
        first, last = filters.year_from, filters.year_to
        if first is None:
            return f"until {last}"
        if last is None:
            return f"since {first}"
        return f"{first}" if first == last else f"{first} to {last}"

    def to_params(self, filters: Filters) -> list[tuple[str, str]]:
        """URL parameters of the chosen years."""
        years = zip(self.parameters, (filters.year_from, filters.year_to), strict=True)
        return [(name, str(year)) for name, year in years if year is not None]

    def parse(self, params: Params, filters: Filters, _: Vocabulary, notes: list[str]) -> Filters:
        """The filters with the years in the URL; malformed or reversed ones are dropped with a note."""
        first, last = (_parse_year(params.get(name, []), name, notes) for name in self.parameters)
        if first is not None and last is not None and first > last:
            notes.append(
                f"The link asked for years from {first} to {last}; the first is after the last, so both were dropped."
            )
            first = last = None
        return replace(filters, year_from=first, year_to=last)


FilterDefinition = ListFilter | YearsFilter

SECTORS = ListFilter(
    name="sectors",
    parameter="sector",
    column="sector_ids",
    label="Sector",
    noun="the sectors",
    unknown_label="sector",
    options="sectors",
    placeholder="All sectors",
)
SIDES = ListFilter(
    name="sides",
    parameter="side",
    column="sides",
    label="Side",
    noun="the sides",
    unknown_label="side",
    options=SIDE_LABELS,
    widget="pills",
    prefix="side: ",
    help="The European Union as in 2017, the year of the discussion paper: with the United Kingdom",
    is_upper_case=True,
    short_labels=SIDE_SHORT_LABELS,
)
COUNTRIES = ListFilter(
    name="countries",
    parameter="country",
    column="country_codes",
    label="Country",
    noun="the countries",
    unknown_label="country",
    options="countries",
    placeholder="All countries",
    is_upper_case=True,
)
YEARS = YearsFilter()
FILTERS: tuple[FilterDefinition, ...] = (SECTORS, SIDES, COUNTRIES, YEARS)
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
    asked = [value for value in params.get(POSSIBLE_PARAMETER, []) if value]
    if asked and asked[-1] not in ("yes", "no"):
        notes.append(f"The link's unknown={plain_excerpt(asked[-1])} is neither yes nor no and was dropped.")
    return replace(filters, show_possible=not (asked and asked[-1] == "no")), notes


def _is_applicable(name: str) -> str:
    return f"NOT coalesce(list_contains(not_applicable, '{name}'), false)"


def _parse_year(values: list[str], name: str, notes: list[str]) -> int | None:
    if not values or not values[-1]:
        return None
    text = values[-1]
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR:
        return int(text)
    notes.append(
        f"The link's {name}={plain_excerpt(text)} is not a year between {FIRST_YEAR} and {LAST_YEAR} and was dropped."
    )
    return None

"""The kinds of filters: by a list column of a register, and by years. Each knows its SQL, URL parameters and text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from domain.filter_values import FilterValues, Vocabulary
from domain.text import describe_dropped, describe_without_records, format_choice, plain_excerpt

FIRST_YEAR, LAST_YEAR = 1990, 2030

Params = Mapping[str, list[str]]
SqlParams = dict[str, Any]
F = TypeVar("F", bound=FilterValues)


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """A filter by a list column of a register: a record matches when the list holds one of the chosen values.

    ``name`` is the field of ``FilterValues``; ``column`` the list column of the register, or a SQL expression of such a
    list; ``possible_column`` the values that a record may have beside those; without it, a record with an empty list
    may have any. ``options`` is the field of ``Vocabulary`` that holds the values, or the values with their labels.
    ``noun`` names the filter in 'Drop the sectors', ``unknown_label`` what is not recorded of a record with an empty
    list, as in 'no recorded sector', and ``further_label`` what is not recorded of one with other values in its list.
    """

    name: str
    parameter: str
    column: str
    label: str
    noun: str
    unknown_label: str
    further_label: str = ""
    possible_column: str = ""
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

    def unknown(self, filters: FilterValues) -> str:
        """SQL expression: the label of what is not recorded of a record, NULL where it is known whether it matches."""
        is_blank = f"coalesce(len({self.column}), 0) = 0"
        if not self.possible_column:
            return f"CASE WHEN {is_blank} AND {_is_applicable(self.name)} THEN '{self.unknown_label}' END"
        return (
            f"CASE WHEN {self.matches(filters)} OR NOT list_has_any({self.possible_column}, ${self.name}) THEN NULL "
            f"WHEN {is_blank} THEN '{self.unknown_label}' ELSE '{self.further_label}' END"
        )

    def values(self, filters: FilterValues) -> tuple[str, ...]:
        """The chosen values."""
        chosen: tuple[str, ...] = getattr(filters, self.name)
        return chosen

    def is_active(self, filters: FilterValues) -> bool:
        """True when a value is chosen."""
        return bool(self.values(filters))

    def cleared(self, filters: F) -> F:
        """The filters without this one."""
        return self.with_values(filters, ())

    def with_values(self, filters: F, values: Iterable[str]) -> F:
        """The filters with other values for this one."""
        return replace(filters, **{self.name: tuple(values)})  # type: ignore[arg-type]  # the field is chosen by name

    def matches(self, _: FilterValues) -> str:
        """SQL condition of a matching record."""
        return f"list_has_any({self.column}, ${self.name})"

    def sql_params(self, filters: FilterValues) -> SqlParams:
        """Values of the named parameters of ``matches``."""
        return {self.name: list(self.values(filters))}

    def labels(self, vocabulary: Vocabulary) -> Mapping[str, str]:
        """The values that can be chosen, with their labels."""
        if not isinstance(self.options, str):
            return self.options
        options: Mapping[str, str] = getattr(vocabulary, self.options)
        return options

    def describe(self, filters: FilterValues, vocabulary: Vocabulary) -> str:
        """The chosen values as text: 'Energy or Water'."""
        labels = self.labels(vocabulary)
        return self.prefix + format_choice([labels.get(value, value) for value in self.values(filters)])

    def to_params(self, filters: FilterValues) -> list[tuple[str, str]]:
        """URL parameters of the chosen values."""
        return [(self.parameter, value) for value in self.values(filters)]

    def parse(self, params: Params, filters: F, vocabulary: Vocabulary, notes: list[str]) -> F:
        """The filters with the values in the URL; those that are unknown or have no record are dropped with a note."""
        known = self.labels(vocabulary)
        kept, unknown, blank = [], [], []
        for text in dict.fromkeys(params.get(self.parameter, [])):
            value = text.upper() if self.is_upper_case else text
            if value in known:
                kept.append(value)
            elif self.is_upper_case and value in vocabulary.without_records:
                blank.append(value)
            elif value:
                unknown.append(text)
        for code in blank:
            no_record = describe_without_records(vocabulary.without_records[code])
            notes.append(f"{no_record}: the link's {self.parameter} “{code}” was dropped.")
        if unknown:
            notes.append(describe_dropped(self.parameter, unknown))
        return self.with_values(filters, dict.fromkeys(kept))


@dataclass(frozen=True, kw_only=True)
class YearsFilter:
    """The filter by years: a record matches when its period overlaps them. Either end of the years may be open.

    A period without a recorded end may reach into any later year, so that whether it overlaps them is unknown. A record
    without a date does not match years that end before it can have begun, or begin after it was (columns
    ``earliest_on`` and ``latest_on``).
    """

    name: str = "years"
    parameters: tuple[str, ...] = ("from", "to")
    label: str = "Years"
    noun: str = "the years"
    unknown_label: str = "date"
    unknown_end_label: str = "end"
    widget: Literal["years"] = "years"

    def is_active(self, filters: FilterValues) -> bool:
        """True when a first or last year is chosen."""
        return filters.year_from is not None or filters.year_to is not None

    def cleared(self, filters: F) -> F:
        """The filters without years."""
        return replace(filters, year_from=None, year_to=None)

    def matches(self, filters: FilterValues) -> str:
        """SQL condition of a record whose period overlaps the years; NULL where that is unknown."""
        reaches_into = "(year(start_on) >= $year_from OR year(end_on) >= $year_from)"
        parts = [reaches_into] if filters.year_from is not None else []
        parts += ["year(start_on) <= $year_to"] if filters.year_to is not None else []
        return f"({' AND '.join(parts)})"

    def unknown(self, filters: FilterValues) -> str:
        """SQL expression: the label of what is not recorded of a record, NULL where that is known or not applicable."""
        parts = ["year(earliest_on) > $year_to"] if filters.year_to is not None else []
        parts += ["year(latest_on) < $year_from"] if filters.year_from is not None else []
        is_outside = " OR ".join(f"coalesce({part}, false)" for part in parts) or "false"
        return (
            f"CASE WHEN NOT {_is_applicable(self.name)} OR (start_on IS NULL AND ({is_outside})) THEN NULL "
            f"WHEN start_on IS NULL THEN '{self.unknown_label}' "
            f"WHEN {self.matches(filters)} IS NULL THEN '{self.unknown_end_label}' END"
        )

    def sql_params(self, filters: FilterValues) -> SqlParams:
        """Values of the named parameters of ``matches``."""
        years = {"year_from": filters.year_from, "year_to": filters.year_to}
        return {name: year for name, year in years.items() if year is not None}

    def describe(self, filters: FilterValues, _: Vocabulary) -> str:
        """'2015 to 2017', 'since 2015', 'until 2017' or '2016'."""
        first, last = filters.year_from, filters.year_to
        if first is None:
            return f"until {last}"
        if last is None:
            return f"since {first}"
        return f"{first}" if first == last else f"{first} to {last}"

    def to_params(self, filters: FilterValues) -> list[tuple[str, str]]:
        """URL parameters of the chosen years."""
        years = zip(self.parameters, (filters.year_from, filters.year_to), strict=True)
        return [(name, str(year)) for name, year in years if year is not None]

    def parse(self, params: Params, filters: F, _: Vocabulary, notes: list[str]) -> F:
        """The filters with the years in the URL; malformed or reversed ones are dropped with a note."""
        first, last = (_parse_year(params.get(name, []), name, notes) for name in self.parameters)
        if first is not None and last is not None and first > last:
            notes.append(
                f"The link asked for years from {first} to {last}; the first is after the last, so both were dropped."
            )
            first = last = None
        return replace(filters, year_from=first, year_to=last)


FilterDefinition = ListFilter | YearsFilter


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

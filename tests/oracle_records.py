"""A record of the registers as the tests see it, and whether it matches a choice of filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

Row = Mapping[str, str]
# The shared filters that a table knows; years apply to what has a date.
KNOWS = {
    "organisations": ("sector", "side", "country", "region", "US state"),
    "projects": ("sector", "side", "country", "years"),
    "cooperations": ("sector", "side", "country", "region", "US state", "years"),
    "events": ("sector", "side", "country", "region", "US state", "years"),
    "policies": ("sector", "side", "country", "years"),
    "success_stories": ("sector", "side", "country", "region", "US state"),
    "opportunities": ("sector",),
}


# Key of the main tables whose key is not the singular of the table with _id.
ID = {"success_stories": "story_id", "policies": "policy_id", "opportunities": "opportunity_id"}
# NUTS has letters of its own for two countries.
NUTS_COUNTRIES = {"EL": "GR", "UK": "GB"}
EU_2017 = "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
COUNTRIES_OF = {"EU": frozenset(EU_2017.split()), "US": frozenset({"US"})}


class Chosen(NamedTuple):
    """A choice of filters; empty tuples and None mean that a filter is not set."""

    sectors: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    regions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


class Regions(NamedTuple):
    """Codes of regions and states of a record; countries and sides in which that of a party or place is unknown."""

    codes: frozenset[str] = frozenset()
    unknown_in: frozenset[str] = frozenset()


class Possible(NamedTuple):
    """Values that a record may have although they are not recorded."""

    sectors: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Record:
    """A row of a main table with what the filters ask of it. An empty set means that nothing is recorded."""

    table: str
    id: str
    row: Row
    sectors: frozenset[str]
    themes: frozenset[str]
    sides: frozenset[str]
    countries: frozenset[str]
    start: date | None
    end: date | None
    # What it may have beside the above, because a party, a member or a place of it is not fully recorded.
    possible: Possible
    regions: Regions
    # Filters whose value makes no sense for it: a blank is then no unknown value, and the record does not match.
    not_applicable: frozenset[str] = frozenset()
    # Days before which it cannot have begun and after which it cannot have been, where it has no date.
    earliest: date | None = None
    latest: date | None = None

    def verdicts(self, chosen: Chosen) -> dict[str, bool | None]:
        """Whether it matches each filter that is set and that its table knows; None when that is unknown."""
        held: dict[str, bool | None] = {
            "sector": _has_any(self.sectors, self.possible.sectors, chosen.sectors),
            "side": _has_any(self.sides, self.possible.sides, chosen.sides),
            "country": _has_any(self.countries, self.possible.countries, chosen.countries),
            "region": self._in_regions(chosen.regions, "EU"),
            "US state": self._in_regions(chosen.states, "US"),
            "years": self._in_years(chosen.year_from, chosen.year_to),
        }
        asked = {"sector": chosen.sectors, "side": chosen.sides, "country": chosen.countries}
        asked |= {"region": chosen.regions, "US state": chosen.states}
        is_set = {name: bool(values) for name, values in asked.items()}
        is_set["years"] = chosen.year_from is not None or chosen.year_to is not None
        return {name: self._or_no(name, held[name]) for name in KNOWS[self.table] if is_set[name]}

    def _or_no(self, name: str, verdict: bool | None) -> bool | None:
        return False if verdict is None and name in self.not_applicable else verdict

    def _in_regions(self, asked: tuple[str, ...], side: str) -> bool | None:
        """Whether one of its regions is asked for; unknown where a region of it is, in that country or on that side."""
        if self.regions.codes & set(asked):
            return True
        countries = {NUTS_COUNTRIES.get(code[:2].upper(), code[:2].upper()) for code in asked}
        return None if self.regions.unknown_in & (countries | {side}) else False

    def _in_years(self, first: int | None, last: int | None) -> bool | None:
        """Whether its period overlaps the years. A period without a known end may reach into later years."""
        if self.start is None:
            is_later = last is not None and self.earliest is not None and self.earliest.year > last
            is_earlier = first is not None and self.latest is not None and self.latest.year < first
            return False if is_later or is_earlier else None
        if last is not None and self.start.year > last:
            return False
        if first is None or self.start.year >= first:
            return True
        return None if self.end is None else self.end.year >= first

    def _has_regions(self, side: str) -> bool:
        """Whether a region of this side is recorded of it; one of the other side says nothing about these."""
        prefixes = {code[:2].upper() for code in self.regions.codes}
        return bool({NUTS_COUNTRIES.get(prefix, prefix) for prefix in prefixes} & COUNTRIES_OF[side])

    def not_recorded(self, chosen: Chosen) -> tuple[str, ...]:
        """What is unknown of it that the filters ask for, as the pages name it."""
        names = {
            "sector": "traded cluster" if self.sectors else "sector",
            "side": "perhaps further sides" if self.sides else "side",
            "country": "perhaps further countries" if self.countries else "country",
            "region": "perhaps further regions" if self._has_regions("EU") else "region",
            "US state": "perhaps further US states" if self._has_regions("US") else "US state",
            "years": "date" if self.start is None else "end",
        }
        return tuple(names[name] for name, verdict in self.verdicts(chosen).items() if verdict is None)


def _has_any(own: frozenset[str], possible: frozenset[str], asked: tuple[str, ...]) -> bool | None:
    if own & set(asked):
        return True
    return None if possible & set(asked) else False

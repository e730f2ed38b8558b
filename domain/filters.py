"""The shared filters: parsed once at the edge, then one frozen value for SQL, words and links."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

FIRST_YEAR, LAST_YEAR = 1990, 2030
SIDE_LABELS = {"EU": "European Union", "US": "United States", "OTHER": "other countries"}

# What a register can be filtered by; every register view has these list columns.
SECTOR_COLUMN, COUNTRY_COLUMN, SIDE_COLUMN = "sector_ids", "country_codes", "sides"


@dataclass(frozen=True)
class Vocabulary:
    """The values a filter may take, each with its label: ``{id: label}`` in display order.

    ``sector_records`` counts the records of all registers behind each sector; ``years`` are those
    of dated records.
    """

    sectors: Mapping[str, str]
    countries: Mapping[str, str]
    traded_clusters: frozenset[str]
    sector_records: Mapping[str, int]
    years: tuple[int, ...]

    def sector_option(self, sector_id: str) -> str:
        """A sector as a choice, with what stands behind it: 'Plastics, traded cluster (4)'."""
        scheme = ", traded cluster" if sector_id in self.traded_clusters else ""
        return f"{self.sectors[sector_id]}{scheme} ({self.sector_records.get(sector_id, 0)})"


@dataclass(frozen=True)
class Filters:
    """Filters shared by all pages. Empty tuples and None mean "no restriction".

    ``keep_unknown`` keeps rows whose date, sector or place is not known: a missing value is never
    read as "no".
    """

    sectors: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    keep_unknown: bool = True

    def is_empty(self) -> bool:
        """True when nothing is restricted."""
        return self == Filters()

    def relaxations(self) -> list[tuple[str, "Filters"]]:
        """Each active filter by name, with the filters that remain when it is dropped."""
        dropped = [
            ("the sectors", self.sectors, replace(self, sectors=())),
            ("the sides", self.sides, replace(self, sides=())),
            ("the countries", self.countries, replace(self, countries=())),
            ("the years", self.year_from or self.year_to, replace(self, year_from=None, year_to=None)),
            ("the limit to known values", not self.keep_unknown, replace(self, keep_unknown=True)),
        ]
        return [(name, rest) for name, active, rest in dropped if active]

    def without(self, kinds: Collection[str], traded_clusters: Collection[str]) -> "Filters":
        """The filters without these kinds: 'themes', 'traded clusters', 'sides', 'countries', 'years'.

        ``traded_clusters`` are the ids of the sectors that are traded clusters; the others are themes.
        """
        gone = [name in kinds for name in ("sides", "countries", "years")]
        return replace(
            self,
            sectors=tuple(
                s for s in self.sectors if ("traded clusters" if s in traded_clusters else "themes") not in kinds
            ),
            sides=() if gone[0] else self.sides,
            countries=() if gone[1] else self.countries,
            year_from=None if gone[2] else self.year_from,
            year_to=None if gone[2] else self.year_to,
        )

    def where(self, *, lists: Iterable[str], dated: bool) -> tuple[str, dict]:
        """WHERE clause and its named parameters, together, for a register view.

        ``lists`` names the list columns the register has (``sector_ids``, ``country_codes``,
        ``sides``); ``dated`` says whether ``start_on`` and ``end_on`` apply.
        """
        chosen = {
            SECTOR_COLUMN: list(self.sectors),
            COUNTRY_COLUMN: list(self.countries),
            SIDE_COLUMN: list(self.sides),
        }
        clauses, params = [], {}
        for column in lists:
            if chosen[column]:
                clauses.append(self._or_unknown(f"list_has_any({column}, ${column})", f"len({column}) = 0"))
                params[column] = chosen[column]
        if dated and self.year_from is not None:
            clauses.append(self._or_unknown("year(coalesce(end_on, start_on)) >= $year_from", "start_on IS NULL"))
            params["year_from"] = self.year_from
        if dated and self.year_to is not None:
            clauses.append(self._or_unknown("year(start_on) <= $year_to", "start_on IS NULL"))
            params["year_to"] = self.year_to
        return (" AND ".join(clauses) or "true"), params

    def _or_unknown(self, condition: str, unknown: str) -> str:
        return f"({condition} OR {unknown})" if self.keep_unknown else f"coalesce({condition}, false)"

    def describe(self, vocabulary: Vocabulary) -> str:
        """The filters in words, as they stand under every title and name every exported file."""
        parts = []
        if self.sectors:
            parts.append(_any_of([vocabulary.sectors.get(s, s) for s in self.sectors]))
        if self.sides:
            parts.append("side: " + _any_of([SIDE_LABELS[s] for s in self.sides]))
        if self.countries:
            parts.append(_any_of([vocabulary.countries.get(c, c) for c in self.countries]))
        parts.extend(self._years_in_words())
        if not self.keep_unknown:
            parts.append("without rows of unknown date, sector or place")
        return "; ".join(parts) or "no filter"

    def _years_in_words(self) -> list[str]:
        first, last = self.year_from, self.year_to
        if first is None and last is None:
            return []
        if first is None:
            return [f"until {last}"]
        if last is None:
            return [f"since {first}"]
        return [f"{first}" if first == last else f"{first} to {last}"]

    def to_params(self) -> list[tuple[str, str]]:
        """The URL parameters of these filters; several values are repeated parameters."""
        pairs = [("sector", s) for s in self.sectors]
        pairs += [("side", s) for s in self.sides]
        pairs += [("country", c) for c in self.countries]
        if self.year_from is not None:
            pairs.append(("from", str(self.year_from)))
        if self.year_to is not None:
            pairs.append(("to", str(self.year_to)))
        if not self.keep_unknown:
            pairs.append(("unknown", "no"))
        return pairs


PARAMETERS = ("sector", "side", "country", "from", "to", "unknown")


def parse(params: Mapping[str, list[str]], vocabulary: Vocabulary) -> tuple[Filters, list[str]]:
    """Read filters from URL parameters; what is malformed is dropped, with a note for the reader.

    ``params`` maps each parameter to the list of its values. Returns the filters and the notes.
    """
    notes: list[str] = []
    sectors = _known(params.get("sector", []), vocabulary.sectors, "sector", notes)
    sides = _known([s.upper() for s in params.get("side", [])], SIDE_LABELS, "side", notes)
    countries = _known([c.upper() for c in params.get("country", [])], vocabulary.countries, "country", notes)
    first = _year(params.get("from", []), "from", notes)
    last = _year(params.get("to", []), "to", notes)
    if first is not None and last is not None and first > last:
        notes.append(
            f"The link asked for years from {first} to {last}; as the first is after the last, both were dropped."
        )
        first = last = None
    unknown = params.get("unknown", [])
    if unknown and unknown[-1] not in ("yes", "no"):
        notes.append(f"The link's unknown={_shown(unknown[-1])} is neither yes nor no and was dropped.")
    return Filters(sectors, sides, countries, first, last, not (unknown and unknown[-1] == "no")), notes


def _known(values: Iterable[str], known: Mapping[str, str], name: str, notes: list[str]) -> tuple[str, ...]:
    kept = []
    for value in dict.fromkeys(values):
        if value in known:
            kept.append(value)
        elif value:
            notes.append(f"The link's {name} “{_shown(value)}” is not known here and was dropped.")
    return tuple(kept)


def _year(values: list[str], name: str, notes: list[str]) -> int | None:
    if not values or not values[-1]:
        return None
    text = values[-1]
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR:
        return int(text)
    notes.append(
        f"The link's {name}={_shown(text)} is not a year between {FIRST_YEAR} and {LAST_YEAR} and was dropped."
    )
    return None


def _shown(value: str) -> str:
    """A value from outside, short and without Markdown, for a note."""
    plain = "".join(c if c.isalnum() or c in " -_.," else "·" for c in value)
    return plain if len(plain) <= 40 else plain[:40] + "…"


def _any_of(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " or " + labels[-1]

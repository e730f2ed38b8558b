"""The values of the shared filters, and the vocabulary that they are chosen from."""

from collections.abc import Mapping
from dataclasses import dataclass

NO_FILTER = "no filter"  # the description of filters that restrict nothing


@dataclass(frozen=True)
class Vocabulary:
    """The values that a filter may take, each with its label: ``{id: label}`` in display order.

    ``sector_records`` counts the records of all registers by sector; ``years`` are those of dated records. ``regions``
    are those of the EU side, ``states`` those of the United States that a record is in. ``priority_themes`` are the ids
    of the sectors that the discussion paper gives priority. ``without_records`` has the other countries of ISO 3166 and
    US states: no organisation, cooperation or event is recorded in them.
    """

    sectors: Mapping[str, str]
    countries: Mapping[str, str]
    traded_clusters: frozenset[str]
    sector_records: Mapping[str, int]
    years: tuple[int, ...]
    regions: Mapping[str, str]
    states: Mapping[str, str]
    priority_themes: tuple[str, ...]
    without_records: Mapping[str, str]

    def sector_option(self, sector_id: str) -> str:
        """A sector as a choice, with the number of records behind it: 'Plastics, traded cluster (4 records)'."""
        label = self.sectors[sector_id]
        is_named = sector_id not in self.traded_clusters or label.endswith("(traded cluster)")
        count = self.sector_records.get(sector_id, 0)
        return f"{label}{'' if is_named else ', traded cluster'} ({count} record{'' if count == 1 else 's'})"


@dataclass(frozen=True)
class FilterValues:
    """The filters shared by all pages. Empty tuples and None mean "no restriction".

    ``show_possible`` says whether records that might match are listed below those that do; they are never counted with
    them.
    """

    sectors: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    regions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    show_possible: bool = True

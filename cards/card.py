"""The content of a card: a figure with its title, rows and evidence, for pages, workshop mode and files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.chart import Chart
from domain.evidence import Evidence
from domain.filters import Filters
from maps.region_points import RegionPoints

NO_FILTER_APPLIES = "none applies to this figure"
_NO_FILTERS = Filters()
RowsKey = tuple[Evidence, tuple[tuple[str, str], ...], int]


@dataclass(frozen=True)
class SmallCard:
    """One record in short: its id, its name, and what else is said of it as lines of plain text.

    ``page`` is the name of a page that it leads to, '' for none.
    """

    record_id: str
    title: str
    lines: tuple[str, ...]
    page: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)  # a card is equal to itself alone, so it can be the key of a cache
class Card:
    """A figure with its finding as title, what is measured as subtitle, its rows and its evidence.

    ``columns`` maps columns of ``rows`` to headings. A card without a chart shows its rows as a table. ``evidence``
    holds the records of ``rows``, or those that they are counted from; ``more_evidence`` those of further tables.
    ``small_cards`` show the records of the evidence one by one where they are too few for a chart.
    ``CardDefinition.make`` sets the last four fields: ``key`` is the name in the catalogue, ``filters`` are the shared
    filters that restrict the card, ``filter_label`` describes them, and ``not_counted`` says how many records might
    match but are not counted.
    """

    title: str
    subtitle: str
    chart: Chart | None
    rows: pd.DataFrame
    columns: Mapping[str, str]
    evidence: Evidence
    method: str
    more_evidence: tuple[Evidence, ...] = ()
    small_cards: tuple[SmallCard, ...] = ()
    key: str = ""
    filters: Filters = _NO_FILTERS
    filter_label: str = NO_FILTER_APPLIES
    not_counted: str = ""

    @property
    def all_evidence(self) -> tuple[Evidence, ...]:
        """The evidence of all tables."""
        return (self.evidence, *self.more_evidence)

    @property
    def rows_key(self) -> RowsKey:
        """What tells the rows from those of other cards: cards with the same rows share one table in a file."""
        return self.evidence, tuple(self.columns.items()), len(self.rows)

    @property
    def note(self) -> str:
        """What is measured, and how many records might match but are not counted."""
        return f"{self.subtitle}. {self.not_counted}" if self.not_counted else self.subtitle


@dataclass(frozen=True, kw_only=True, eq=False)
class MapCard(Card):
    """A card with the map of organisations and cooperations.

    ``rows`` are the organisations listed, ``points`` those drawn, ``links`` the pairs joined by an arc. ``extent`` is a
    key of maps.extents.EXTENTS; ``alt`` is the alternative text of the map.
    """

    points: pd.DataFrame
    links: pd.DataFrame
    extent: str
    alt: str


@dataclass(frozen=True, kw_only=True, eq=False)
class DeckCard(Card):
    """A card with any other map.

    ``deck`` returns the map for a width in pixels and the place names to label. ``legend`` rows have label, colour and
    shape ('circle' for points); ``map_note`` is a sentence on what is not drawn. ``region_points`` are the circles of a
    map that files can draw too; without them files show the rows.
    """

    deck: Callable[[int, list[dict[str, Any]]], pdk.Deck]
    alt: str
    legend: tuple[Mapping[str, str], ...]
    map_note: str = ""
    region_points: RegionPoints | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class FiguresCard(Card):
    """A card of headline figures; each row of ``rows`` has label, value and note as plain text."""

    figures: "tuple[Headline, ...]"

    def of_figure(self, figure: "Headline") -> Card:
        """One of its figures as a card, to be cited by itself."""
        return Card(
            title=f"{figure.label}: {figure.value}",
            subtitle=figure.note.rstrip("."),
            chart=None,
            rows=self.rows,
            columns=self.columns,
            evidence=figure.evidence[0],
            more_evidence=figure.evidence[1:],
            method=figure.method,
            key=f"{self.key}-{figure.key}",
            filters=self.filters,
            filter_label=self.filter_label,
        )


@dataclass(frozen=True)
class Headline:
    """One headline figure: what it counts, its value as text, a note, its records and its method.

    ``beside`` is what the value leaves out, for a screen that shows no note. ``numbers`` are those of the value, named
    as in NUMBERS.
    """

    key: str
    label: str
    value: str
    note: str
    evidence: tuple[Evidence, ...]
    method: str
    beside: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)


NUMBERS = ("count", "denominator", "eu_count", "us_count")  # of headline figures, for files


@dataclass(frozen=True, kw_only=True, eq=False)
class TextsCard(Card):
    """A card of texts: rows have title, partners, parties, themes and the columns of ``parts``, with headings."""

    parts: Mapping[str, str]

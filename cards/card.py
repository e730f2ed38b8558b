"""The parts a page, a workshop step or an export is made of: cards, registers and the evidence they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from charts.chart import Chart


@dataclass(frozen=True)
class Evidence:
    """The records a figure rests on: a table and the ids counted or shown."""

    table: str
    record_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Card:
    """A quotable chart: finding as title, what is measured, the figure, its rows and its evidence.

    ``columns`` maps columns of ``rows`` to headings. Without a chart the rows themselves are shown.
    ``more_evidence`` is for a card that rests on records of several tables; ``is_filtered`` is False for
    one of a whole generation of partnerships, which is the same whatever the filters are; ``ignores`` names
    the kinds of filters that do not restrict it (domain.filters.Filters.without).
    """

    key: str
    title: str
    subtitle: str
    chart: Chart | None
    rows: pd.DataFrame
    columns: Mapping[str, str]
    evidence: Evidence
    method: str
    more_evidence: tuple[Evidence, ...] = ()
    is_filtered: bool = True
    ignores: tuple[str, ...] = ()

    def filters_in_words(self, words: str) -> str:
        """The filters behind the card, or that none applies to it; ``words`` are the live filters in words."""
        return words if self.is_filtered else "none applies to this figure"

    @property
    def all_evidence(self) -> tuple[Evidence, ...]:
        """Every table the card rests on."""
        return (self.evidence, *self.more_evidence)


@dataclass(frozen=True, kw_only=True)
class MapCard(Card):
    """A card whose figure is a map: ``rows`` are the organisations listed, ``points`` those drawn, ``links`` the arcs.

    ``extent`` is a key of maps.extents.EXTENTS; ``alt`` says in words what is drawn.
    """

    points: pd.DataFrame
    links: pd.DataFrame
    extent: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class FiguresCard(Card):
    """A card of headline figures: each row of ``rows`` has label, value and note (plain text)."""


@dataclass(frozen=True, kw_only=True)
class TextsCard(Card):
    """A card of texts: each row has title, parties, themes and the columns of ``parts`` (column to heading)."""

    parts: Mapping[str, str]


@dataclass(frozen=True)
class Register:
    """A table of records: the table they are of, the columns shown under their headings, and the method.

    ``is_filtered`` and ``ignores`` as for a card: which of the shared filters restrict it.
    """

    table: str
    title: str
    columns: Mapping[str, str]
    method: str
    height: int = 460
    is_filtered: bool = True
    ignores: tuple[str, ...] = ()

    def filters_in_words(self, words: str) -> str:
        """The filters behind the rows, or that none applies to them; ``words`` are the filters in words."""
        return words if self.is_filtered else "none applies to this table"

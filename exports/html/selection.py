"""Which rows and columns of a card stand on the pages of the report; the workbook has the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from cards.card import Card, MapCard, TextsCard
from domain.records import PERIOD
from domain.text import plural

MAX_FEW_ROWS = 10  # so few rows are shown in full, whatever the card
MAX_TABLE_ROWS = 14  # of a card without a chart
MAX_COLUMNS = 7  # what a sheet of paper takes beside each other


@dataclass(frozen=True)
class Shown:
    """What a card shows on paper: columns in this order, and how many rows where there are more than MAX_FEW_ROWS.

    ``is_latest``: those with the latest dates rather than the first rows of the card. ``one_of``: the first row of each
    value of this column, which is called ``noun``.
    """

    columns: tuple[str, ...]
    rows: int
    is_latest: bool = False
    one_of: str = ""
    noun: str = ""


_ON_A_MAP = Shown(("name", "countries", "place", "kind", "themes"), 0)
# Rows that have a date are shown in part. Others would be cut at a letter of the alphabet.
SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        "agreements": Shown((PERIOD, "title", "eu_parties", "us_parties", "kind"), 14),
        "co_targets": Shown(("project", "country"), 0),
        "event_dates": Shown((PERIOD, "name", "places", "countries", "kind", "status_in_source"), 8, is_latest=True),
        "generations": Shown(("label", "generation", "targets_usa", "targets"), 0),
        "map_atlantic": _ON_A_MAP,
        "map_europe": _ON_A_MAP,
        "map_usa": _ON_A_MAP,
        "opportunities": Shown(("sector", "statement"), 16, one_of="sector", noun="sector"),
        "policy_kinds": Shown((PERIOD, "name", "kind", "side", "countries"), 8, is_latest=True),
        "statuses": Shown((PERIOD, "title", "status", "eu_parties", "us_parties"), 8, is_latest=True),
        "stories": Shown(("title", "partners", "results"), 4),
        "usa_share": Shown(("label", "share_label", "population", "basis"), 10),
        "who_with_whom": Shown(("country", "state", "count"), 0),
    }
)
_SIDES = {"Europe": "EU", "USA": "US"}  # by extent of a map that shows one of them
_WHOLE = 20  # rows of a comparison of sectors: fewer would hide that others are compared


@dataclass(frozen=True)
class ShortTable:
    """The rows of a card on paper, with their columns and headings; ``note`` says how many others there are, or ''."""

    rows: pd.DataFrame
    columns: Mapping[str, str]
    note: str


def short_table(card: Card) -> ShortTable:
    """The rows of a card that its page shows; none where the chart shows them and only their names would choose."""
    shown = SHOWN.get(card.key) or _default(card)
    # A card of few records may have other columns than it has of many.
    names = [name for name in shown.columns if name in card.columns] or list(card.columns)[:MAX_COLUMNS]
    columns = {name: card.columns[name] for name in names}
    rows = card.rows.iloc[1:] if isinstance(card, TextsCard) else card.rows  # the first text stands in full
    if len(rows) <= MAX_FEW_ROWS:
        return ShortTable(rows, columns, "")
    top = _top(rows, shown).head(shown.rows)
    return ShortTable(top, columns, _note(len(top), len(rows), shown))


def _top(rows: pd.DataFrame, shown: Shown) -> pd.DataFrame:
    """The rows in the order in which they are shown; without a date none is among the latest."""
    if shown.is_latest:
        dated = rows[rows["start_on"].notna()]
        return dated.sort_values(["start_on", "end_on"], ascending=False, kind="stable")
    return rows.drop_duplicates(shown.one_of) if shown.one_of else rows


def is_empty_map(card: Card) -> bool:
    """Whether a card is the map of one side, and none of the organisations is of that side."""
    side = _SIDES.get(card.extent) if isinstance(card, MapCard) else None
    return side is not None and not card.rows["side"].eq(side).any()


def _default(card: Card) -> Shown:
    """For a card that is not named above: rows where there is no chart, or where they compare sectors."""
    names = tuple(card.columns)
    if card.chart is None:
        return Shown(names[:MAX_COLUMNS], MAX_TABLE_ROWS)
    return Shown(names, _WHOLE if "sector" in names and len(card.rows) <= _WHOLE else 0)


def _note(count: int, total: int, shown: Shown) -> str:
    if count == total:
        return ""
    if not count:
        return f"The {plural(total, 'row')} behind this figure are in the workbook."
    if shown.one_of:
        which = f"{count} of {total} rows, the first of each {shown.noun}"
    else:
        which = f"{_latest(count)} of {total} rows" if shown.is_latest else f"The first {count} of {total} rows"
    return f"{which}; {total - count} more in the workbook."


def _latest(count: int) -> str:
    return "The latest" if count == 1 else f"The {count} latest"

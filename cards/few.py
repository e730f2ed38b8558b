"""Records that are too few for a chart: each of them in a small card."""

from collections.abc import Mapping

import pandas as pd

from cards.card import SmallCard
from cards.tables import readable
from domain.record_types import key_column

MIN_CHART_RECORDS = 5


def small_cards(
    frame: pd.DataFrame, table: str, columns: Mapping[str, str], title: str = "name"
) -> tuple[SmallCard, ...]:
    """A small card for each record of ``table``; none where the records are enough for a chart.

    ``title`` is the column of the name; ``columns`` are those of the lines, with headings.
    """
    if len(frame) >= MIN_CHART_RECORDS:
        return ()
    return record_cards(frame, table, columns, title)


def record_cards(
    frame: pd.DataFrame, table: str, columns: Mapping[str, str], title: str = "name"
) -> tuple[SmallCard, ...]:
    """A small card for each record of ``table``, as ``small_cards``, however many they are."""
    lines = readable(frame, columns, table)
    texts = [[f"{heading}: {value}" for heading, value in row.items()] for row in lines.to_dict("records")]
    cards = zip(frame[key_column(table)], frame[title], texts, strict=True)
    return tuple(SmallCard(record_id, name, tuple(own)) for record_id, name, own in cards)

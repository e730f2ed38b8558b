"""Where the seed documents end: how many of the records shown they tell of."""

from datetime import date

import pandas as pd

from charts.lane_figure import Horizon
from domain.text import agree
from warehouse.populations import Population

SEED_DOCUMENTS_END = "February 2017"
_LAST_DAY = date(2017, 2, 28)


def seed_horizon() -> Horizon:
    """The end of the seed documents, for charts with an axis of time."""
    return Horizon(_LAST_DAY, f"Seed documents end in {SEED_DOCUMENTS_END}")


def seed_note(population: Population, shown: pd.DataFrame) -> str:
    """How many of the records shown are known from the seed documents, as a sentence; empty for no records.

    'The seed documents end in February 2017; 41 of the 89 events shown are known from them, the others from other
    pages.' ``shown`` are register rows of the population with the column ``told_in_seeds``.
    """
    total, told = len(shown), int(shown["told_in_seeds"].sum())
    if not total:
        return ""
    start = f"The seed documents end in {SEED_DOCUMENTS_END}; "
    if told in (0, total):
        which = f"all {total:,} {population.name_of_many}" if total > 1 else f"the one {population.singular}"
        origin = "them" if told else "other pages"
        return f"{start}{which} shown {agree(total, 'is', 'are')} known from {origin}."
    return (
        f"{start}{told:,} of the {total:,} {population.name_of_many} shown {agree(told, 'is', 'are')} known from them, "
        f"the {agree(total - told, 'other', 'others')} from other pages."
    )

"""How complete the statistics of a period are: figures, estimates and quotients by country."""

import pandas as pd

from cards.area_nouns import with_article
from cards.card import Card
from cards.statistics_parts import method
from cards.statistics_text import SCHEMES
from cards.statistics_view import StatisticsView
from domain.evidence import Evidence
from domain.shares import Share
from domain.text import agree, plural

COLUMNS = {
    "country": "Country",
    "region_count": "Regions",
    "cell_count": "Cells (pairs of region and industry)",
    "row_count": "Cells with a row",
    "known_count": "Cells with a figure",
    "estimated_count": "Figures estimated in part or as a whole",
    "quotient_count": "Cells with a location quotient",
    "strong_count": "Strong industries",
}


def coverage(frame: pd.DataFrame, view: StatisticsView, scope: str) -> Card:
    """A row for each country; frame: result of warehouse.statistics.coverage for this view, scope: filters of it."""
    cells, known, quotients = (int(frame[name].sum()) for name in ("cell_count", "known_count", "quotient_count"))
    without = cells - int(frame["row_count"].sum())
    no_row = f" {plural(without, 'cell')} {agree(without, 'has', 'have')} no row in the data" if without else ""
    no_row += (
        "; a total that a data set brings with it may count nothing for them, as the method says." if without else ""
    )
    where = with_article(frame["country"].iloc[0]) if len(frame) == 1 else f"{len(frame)} countries"
    scheme = SCHEMES[view.scheme]
    shown = {name: heading for name, heading in COLUMNS.items() if name != "estimated_count" or frame[name].sum()}
    keys = tuple(f"{code}|{view.scheme}|{view.period}" for code in frame["country_code"])
    return Card(
        title=f"{scheme.label}, {view.period}: {Share(known, cells, f'cells{scope}')} "
        f"{agree(known, 'has', 'have')} a figure, {quotients:,} a "
        "location quotient",
        subtitle=f"A cell is a region and a {scheme.noun}. {plural(int(frame['region_count'].sum()), 'region')} of "
        f"{where}; what counts is the {view.measure} of regions, not that of "
        f"countries as a whole. {_estimates(frame)}A cell without a figure is unknown, not zero.{no_row}",
        chart=None,
        rows=frame,
        columns=shown,
        evidence=Evidence("statistics_region_totals", keys),
        method=method(view.measure),
    )


def _estimates(frame: pd.DataFrame) -> str:
    """'1,973 of the figures are estimates, 77 of them as a whole. '; empty where none is."""
    estimated, wholly = (int(frame[name].sum()) for name in ("estimated_count", "wholly_estimated_count"))
    if not estimated:
        return ""
    as_a_whole = f", {wholly:,} of them as a whole" if wholly else ""
    return f"{estimated:,} of the figures {agree(estimated, 'is an estimate', 'are estimates')}{as_a_whole}. "

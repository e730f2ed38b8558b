"""Card of the page Sources: how precisely the organisations of each side are located."""

import pandas as pd

from cards.card import Card
from cards.definition import CardRequest, define
from charts.part_bars import Part, part_bars
from charts.theme import ACCENT, GREY, PAPER
from domain.evidence import Evidence
from domain.filters import Filters
from domain.frames import records
from domain.shares import Share
from domain.text import plural
from domain.vocabulary import SIDE_LABELS
from warehouse import provenance
from warehouse.populations import ALL_ORGANISATIONS
from warehouse.query_cache import run_query
from warehouse.registers import rows

SIDES = ("EU", "US")
# From the most to the least precise place.
PRECISIONS = {
    "city": Part("City", ACCENT),
    "region": Part("Region", "#4C7FB0"),
    "country": Part("Country", GREY),
    "unknown": Part("Unknown", PAPER),
}


@define("source_coverage", page="sources", population=ALL_ORGANISATIONS, filters=())
def source_coverage(_: CardRequest) -> Card:
    """Organisations of both sides by how precisely they are located; in the table by origin too."""
    counts = run_query(provenance.place_coverage)
    organisations = run_query(rows, ALL_ORGANISATIONS, Filters())
    sides = counts.groupby("side")[["organisations", *PRECISIONS]].sum()
    drawn = sides.loc[list(SIDES)].reset_index()
    shares = [_share(drawn, side) for side in SIDES]
    others = int(counts.loc[~counts["side"].isin(SIDES), "organisations"].sum())
    return Card(
        title=f"Located to the city: {shares[0]} and {shares[1]}",
        subtitle=f"Organisations of every kind, ended ones included; {plural(others, 'organisation')} of neither side "
        "in the table only. The seed documents are European and the public lists of cluster organisations differ "
        "between the sides: a difference in these numbers does not mean that one side has more cluster organisations",
        chart=part_bars(
            drawn.assign(side=[SIDE_LABELS[side] for side in drawn["side"]]),
            label="side",
            parts=PRECISIONS,
            unit="organisations",
        ),
        rows=counts,
        columns={
            "side": "Side",
            "origin": "Origin",
            "organisations": "Organisations",
            **{column: part.name for column, part in PRECISIONS.items()},
        },
        evidence=Evidence("organisations", tuple(organisations["organisation_id"])),
        method="Rows of table organisations by side and by location_precision; an organisation is from the seed "
        "documents where one of them is cited for it (view coverage).",
    )


def _share(drawn: pd.DataFrame, side: str) -> Share:
    row = next(row for row in records(drawn) if row["side"] == side)
    return Share(int(row["city"]), int(row["organisations"]), f"{side} organisations")

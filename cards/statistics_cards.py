"""The cards of the page Regions and statistics: quotients by region, on the map, and strong industries."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cards.card import Card, DeckCard
from cards.statistics_parts import (
    COLUMNS,
    above_one,
    evidence,
    method,
    of_measure,
    of_part,
    sentences,
    table_rows,
    with_measure,
)
from cards.statistics_text import (
    GAP_LABELS,
    MEASURES,
    PART,
    describe_gaps,
    describe_measure,
    describe_reference,
    measure_of,
)
from charts.location_quotients import quotient_dots
from domain.frames import records
from domain.text import plural
from maps.choropleth import quotient_legend, quotient_map, quotient_map_alt

MAX_DRAWN = 20
COVERAGE_NOTE = (
    "Which organisations are known here depends on our sources, which differ between the sides: no organisation known "
    "here does not mean that there is none."
)


def on_the_map(
    frame: pd.DataFrame,
    outlines: Mapping[str, dict[str, Any]],
    extent: str,
    note: str,
    missing: pd.DataFrame | None = None,
) -> DeckCard:
    """The map of one traded cluster and year.

    frame: the areas drawn, rows of warehouse.statistics.quotients_by_region with the text of their tooltip in the
    column ``tip``; outlines: GeoJSON geometry by region_code; extent: a key of maps.extents.EXTENTS; note: what is not
    drawn; missing: see describe_gaps.
    """
    measure, known = measure_of(frame), frame["location_quotient"].dropna()
    above = above_one(known, "areas with a figure") if len(known) else "no area with a figure"
    cluster, year = frame["traded_cluster"].iloc[0], frame["year"].iloc[0]
    return DeckCard(
        title=f"{cluster}, {year}: {above} on the map{of_measure(frame)}{of_part(frame)}",
        subtitle=sentences(describe_measure(frame), describe_reference(frame), describe_gaps(frame, "area", missing)),
        chart=None,
        rows=table_rows(frame),
        columns=COLUMNS,
        evidence=evidence(frame),
        method=method(measure.key),
        deck=lambda width, labels: quotient_map(frame, outlines, extent, labels=labels, width=width),
        alt=quotient_map_alt(frame),
        legend=tuple(quotient_legend(frame)),
        map_note=note,
    )


def by_region(frame: pd.DataFrame, missing: pd.DataFrame | None = None) -> Card:
    """Regions of one traded cluster and year by location quotient; ``frame`` is without countries as a whole.

    missing: result of warehouse.statistics.missing_cells, for the reasons why no total can be added up.
    """
    measure, rows = measure_of(frame), table_rows(frame)
    known = rows[rows["location_quotient"].notna()]
    drawn = known.head(MAX_DRAWN)
    cluster, year = frame["traded_cluster"].iloc[0], frame["year"].iloc[0]
    limit = (
        f"{len(drawn)} of {plural(len(frame), 'region')} drawn, all in the table."
        if 0 < len(drawn) < len(frame)
        else ""
    )
    symbols = "A filled dot is printed by the source, an open one computed here." if len(drawn) else ""
    return Card(
        title=_top(known, frame, str(cluster)),
        subtitle=sentences(
            f"{cluster}, {year}.",
            describe_measure(frame),
            describe_reference(frame),
            limit,
            describe_gaps(frame, "region", missing),
            symbols,
        ),
        chart=with_measure(
            quotient_dots(drawn, label="region", value="location_quotient", basis="quotient_basis"), measure.key
        )
        if len(drawn)
        else None,
        rows=rows,
        columns=COLUMNS,
        evidence=evidence(frame),
        method=method(measure.key),
    )


def _top(known: pd.DataFrame, frame: pd.DataFrame, cluster: str) -> str:
    """'Plastics is most concentrated in Ohio (location quotient 2.10); 3 of 8 regions with a figure are above 1'.

    Quotients whose shares are of different totals are not ranked.
    """
    quotient = measure_of(frame).quotient
    if known.empty:
        return f"{cluster}: no {quotient} for any region{_unknown_cells(frame)}"
    values, part = known["location_quotient"], of_part(frame)
    above = above_one(values, "regions with a figure")
    best = known[values == values.max()]
    if len(known) == 1:
        return f"{cluster} in {best['region'].iloc[0]}: {quotient} {values.max():.2f}{part}"
    if len(best) > 1 or known["total_basis"].nunique() > 1:
        return f"{cluster}: {above}{of_measure(frame)}{part}"
    return f"{cluster} is most concentrated in {best['region'].iloc[0]} ({quotient} {values.max():.2f}); {above}{part}"


def _unknown_cells(frame: pd.DataFrame) -> str:
    """', 2,019 of 2,550 cells are unknown', or nothing where that is not the reason."""
    rows = frame[frame["quotient_gap"] == "country incomplete"].drop_duplicates("country_code")
    if rows.empty:
        own = frame["missing_reason"].notna()
        return f", {own.sum():,} of {len(frame):,} figures are missing" if own.any() else ""
    unknown, needed = int(rows["unknown_cell_count"].sum()), int(rows["needed_cell_count"].sum())
    return f", {unknown:,} of {needed:,} cells are withheld or otherwise unknown"


def without_organisation(frame: pd.DataFrame, year: int, judged: pd.DataFrame) -> Card:
    """Strong industries of regions without an organisation of that traded cluster known here, the largest first.

    judged: result of warehouse.statistics.judged_cells for the same choice.
    """
    total, measure = int(frame["total_count"].iloc[0]), measure_of(frame)
    limit = f"The {len(frame)} largest of {total:,} by {measure.amount.lower()}." if total > len(frame) else ""
    industries = plural(total, "strong industry", "strong industries")
    return Card(
        title=f"{industries} without a cluster organisation known here{of_measure(frame)}",
        subtitle=sentences(
            limit,
            f"Regions in which a traded cluster is strong in {year} and no cluster organisation of it is known here.",
            compared_cells(judged),
            COVERAGE_NOTE,
        ),
        chart=None,
        rows=table_rows(frame),
        columns=COLUMNS,
        evidence=evidence(frame),
        method=f"{method(measure.key)} Cluster organisations count where they are placed in the region and in the "
        "traded cluster (view organisation_clusters).",
    )


def describe_no_gap(judged: pd.DataFrame, year: int) -> str:
    """What to say when no strong industry without an organisation is shown: there is none only if any was compared.

    judged: result of warehouse.statistics.judged_cells.
    """
    if judged["reason"].isna().any():
        start = f"No strong industry without a cluster organisation known here, for this choice, in {year}."
        return f"{start} {compared_cells(judged)}"
    return f"Strong industries and cluster organisations of {year}: {compared_cells(judged)}"


def describe_finding(row: Mapping[str, Any]) -> str:
    """What the statistics say about the industry of an organisation.

    row: of warehouse.statistics.organisations_without_strong_industry.
    """
    if row["finding"] == "no quotient":
        return f"no quotient: {GAP_LABELS[row['quotient_gap']]}"
    return {
        "not strong": "not strong",
        "not judged": "not judged: the quotient is of the clusters imported only",
        "no row": "no figure in the file",
    }[row["finding"]]


def tooltip(row: Mapping[str, Any]) -> str:
    """Text of an area of the map: its quotient and figure, or why there is none. row: of view location_quotients."""
    measure = MEASURES[row["measure"]]
    amount = "" if pd.isna(row["amount"]) else f"\n{row['amount']:,.0f} {measure.amount.lower()}"
    if pd.isna(row["location_quotient"]):
        return f"no quotient: {GAP_LABELS[row['quotient_gap']]}{amount}"
    return f"{measure.quotient} {row['location_quotient']:.2f} ({row['quotient_basis']}){amount}"


def compared_cells(judged: pd.DataFrame) -> str:
    """How many pairs of region and traded cluster were compared, and why others were not, as a sentence.

    judged: result of warehouse.statistics.judged_cells.
    """
    total = int(judged["cell_count"].sum())
    count = int(judged.loc[judged["reason"].isna(), "cell_count"].sum())
    others = judged[judged["reason"].notna()]
    reasons = GAP_LABELS | {PART: "a quotient of the clusters imported only"}
    parts = [f"{int(row['cell_count']):,} {reasons[row['reason']]}" for row in records(others)]
    if not count:
        return f"Nothing was compared: {'; '.join(parts)}." if parts else "Nothing was compared: there are no figures."
    without = f" The others: {'; '.join(parts)}." if parts else ""
    return f"{count:,} of {total:,} pairs of region and traded cluster were compared.{without}"

"""Strong industries of one region, and how regions of the other side are compared with it."""

from dataclasses import dataclass

import pandas as pd

from cards.sources import source_line
from cards.statistics_text import BASIS_LABELS, GAP_LABELS, estimate_of
from charts.chart import Chart
from charts.location_quotients import quotient_dots
from domain.evidence import Evidence
from domain.frames import records
from domain.text import agree, format_list, plural
from domain.vocabulary import STRONG_QUOTIENT
from warehouse import region_profiles
from warehouse.query_cache import run_query

MAX_INDUSTRIES = 8
COLUMNS = {
    "industry": "Industry",
    "amount": "Persons employed",
    "location_quotient": "Location quotient",
    "quotient_basis": "Basis of the quotient",
    "employment_basis": "Basis of the persons employed",
}
OF_COUNTRIES = "Regions are measured against their country, so a country has no location quotient of its own."
NOT_OF_A_SIDE = "Only regions of the EU and the US side are compared with each other."
TOO_FEW_CLUSTERS = (
    "Not compared with regions of the other side: no region there has ten traded clusters with a location quotient in "
    "common with this one."
)
NOUNS = {"traded_cluster": "traded cluster", "nace_division": "NACE division"}
COMPARISON = (
    "Similar regions: the cosine of the two lists of specialisation, (q − 1) / (q + 1) for a location quotient q of "
    "persons employed against the own country, over the traded clusters that both sides have figures of (at most "
    "15) and that are known of both regions, at least ten. 1 is specialised alike, 0 unrelated, −1 opposite. European "
    "figures are by NACE division; which divisions stand for a traded cluster is our assignment."
)


@dataclass(frozen=True)
class RegionStatistics:
    """What statistics say of a region: sentences, and where there are quotients a chart, its rows and their source."""

    sentences: tuple[str, ...]
    chart: Chart | None = None
    rows: pd.DataFrame | None = None
    source: str = ""


def region_statistics(region_code: str, level: str, side: str) -> RegionStatistics:
    """The industries of a region with the highest location quotients by employment in its latest period."""
    rows = run_query(region_profiles.industries, region_code)
    if level == "country":
        return RegionStatistics(() if rows.empty else (OF_COUNTRIES,))
    if rows.empty:
        return RegionStatistics(("This build has no regional statistics of this region.",))
    keys = rows["region_code"] + "|" + rows["industry_id"] + "|" + rows["period"]
    source = source_line(Evidence("regional_statistics", tuple(keys)))
    known = rows[rows["location_quotient"].notna()]
    noun, period = NOUNS[rows["scheme"].iloc[0]], period_text(rows["period"].iloc[0])
    if known.empty:
        return RegionStatistics((f"No {noun} has a location quotient in {period}: {_gaps(rows)}.",), None, None, source)
    top = known[known["location_quotient"] > 0].head(MAX_INDUSTRIES)
    sentences = [_strong(rows, known, noun, period), _highest(top)]
    chart = (
        quotient_dots(top, label="industry", value="location_quotient", basis="quotient_basis") if len(top) else None
    )
    if not run_query(region_profiles.similarity_count, region_code):
        sentences.append(NOT_OF_A_SIDE if side == "OTHER" else TOO_FEW_CLUSTERS)
    shown = rows.assign(
        location_quotient=rows["location_quotient"].round(2),
        quotient_basis=rows["quotient_basis"].fillna("none: " + rows["quotient_gap"].map(GAP_LABELS)),
        employment_basis=rows["employment_basis"].map(BASIS_LABELS),
    )
    return RegionStatistics(tuple(one for one in sentences if one), chart, shown, source)


def period_text(period: str) -> str:
    """'2015', or 'the mean of 2012 to 2016' for the period '2012-2016'."""
    first, _, last = period.partition("-")
    return f"the mean of {first} to {last}" if last else first


def _strong(rows: pd.DataFrame, known: pd.DataFrame, noun: str, period: str) -> str:
    judged = known[known["is_strong"].notna()]
    strong = int(judged["is_strong"].astype(bool).sum())
    of_all = f"{strong} of {plural(len(judged), noun)} with a location quotient"
    text = f"In {period}, {of_all} {agree(strong, 'is', 'are')} strong"
    threshold = f" (a quotient of {STRONG_QUOTIENT} and more, or marked so by the source)"
    unknown = len(rows) - len(known)
    rest = f"; {unknown} more {agree(unknown, 'has', 'have')} none: {_gaps(rows)}" if unknown else ""
    return f"{text}{threshold}{rest}."


def _highest(top: pd.DataFrame) -> str:
    """'Highest: Automotive 5.98 (144,203 persons employed, estimated in part), …' of the first three."""
    parts = []
    for row in records(top.head(3)):
        how = estimate_of(row)
        estimated = f", {how}" if how else ""
        people = f" ({row['amount']:,.0f} persons employed{estimated})" if pd.notna(row["amount"]) else ""
        parts.append(f"{row['industry']} {row['location_quotient']:.2f}{people}")
    return f"Highest: {format_list(parts)}." if parts else ""


def _gaps(rows: pd.DataFrame) -> str:
    """'withheld by the source (3), the total is zero or not given (1)': why quotients are missing."""
    gaps = rows.loc[rows["quotient_gap"].notna(), "quotient_gap"].value_counts()
    return ", ".join(f"{GAP_LABELS[str(gap)]} ({count})" for gap, count in gaps.items())

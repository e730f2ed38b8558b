"""Strong industries of one region, and how regions of the other side are compared with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
_THRESHOLD = f" (a quotient of {STRONG_QUOTIENT} and more, or marked so by the source)"
NOUNS = {"traded_cluster": "traded cluster", "nace_division": "NACE division"}
COMPARISON = (
    "Similar regions: the cosine of the two lists of specialisation, (q − 1) / (q + 1) for a location quotient q of "
    "persons employed against the own country, over the traded clusters that both sides have figures of (at most "
    "15) and that are known of both regions, at least ten. 1 is specialised alike, 0 unrelated, −1 opposite. European "
    "figures are by NACE division; which divisions stand for a traded cluster is our assignment."
)


@dataclass(frozen=True)
class RegionStatistics:
    """What statistics say of a region: sentences, and where there are quotients a chart, its rows and their source.

    ``columns`` are the headings of the rows.
    """

    sentences: tuple[str, ...]
    chart: Chart | None = None
    rows: pd.DataFrame | None = None
    source: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: COLUMNS)


def region_statistics(region_code: str, level: str, side: str) -> RegionStatistics:
    """The industries of a region with the highest location quotients by employment in its latest period."""
    if level == "country":
        return _of_regions(region_code)
    rows = run_query(region_profiles.industries, region_code)
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
    why_none = "none: " + rows["quotient_gap"].map(GAP_LABELS)
    shown = _as_shown(rows).assign(quotient_basis=rows["quotient_basis"].fillna(why_none))
    return RegionStatistics(tuple(one for one in sentences if one), chart, shown, source)


def _of_regions(country_code: str) -> RegionStatistics:
    """The strong industries of the regions of a country, the highest location quotient first."""
    judged = run_query(region_profiles.industries_of_regions, country_code)
    if judged.empty:
        has_figures = not run_query(region_profiles.industries, country_code).empty
        return RegionStatistics((OF_COUNTRIES,) if has_figures else ())
    strong = judged[judged["is_strong"].astype(bool)]
    strong = strong.assign(name=strong["industry"] + ", " + strong["region"])
    noun, period = NOUNS[judged["scheme"].iloc[0]], period_text(judged["period"].iloc[0])
    regions, of_all = strong["region_code"].nunique(), judged["region_code"].nunique()
    kind = "state" if country_code == "US" else "region"
    known = strong[strong["location_quotient"] > 0]
    sentences = (
        OF_COUNTRIES,
        (
            f"In {period}, a {noun} is strong{_THRESHOLD} in {regions:,} of its {plural(of_all, kind)} that could be "
            f"judged: {plural(len(strong), 'pair')} of {kind} and {noun}."
        ),
        *filter(None, [_highest(known, "name")]),
    )
    keys = judged["region_code"] + "|" + judged["industry_id"] + "|" + judged["period"]
    source = source_line(Evidence("regional_statistics", tuple(keys)))
    if known.empty:
        return RegionStatistics(sentences, source=source)
    chart = quotient_dots(known.head(MAX_INDUSTRIES), label="name", value="location_quotient", basis="quotient_basis")
    return RegionStatistics(sentences, chart, _as_shown(strong), source, {"region": "Region"} | COLUMNS)


def _as_shown(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        location_quotient=rows["location_quotient"].round(2),
        employment_basis=rows["employment_basis"].map(BASIS_LABELS),
    )


def period_text(period: str) -> str:
    """'2015', or 'the mean of 2012 to 2016' for the period '2012-2016'."""
    first, _, last = period.partition("-")
    return f"the mean of {first} to {last}" if last else first


def _strong(rows: pd.DataFrame, known: pd.DataFrame, noun: str, period: str) -> str:
    judged = known[known["is_strong"].notna()]
    strong = int(judged["is_strong"].astype(bool).sum())
    of_all = f"{strong} of {plural(len(judged), noun)} with a location quotient"
    text = f"In {period}, {of_all} {agree(strong, 'is', 'are')} strong"
    unknown = len(rows) - len(known)
    rest = f"; {unknown} more {agree(unknown, 'has', 'have')} none: {_gaps(rows)}" if unknown else ""
    return f"{text}{_THRESHOLD}{rest}."


def _highest(top: pd.DataFrame, name: str = "industry") -> str:
    """'Highest: Automotive 5.98 (144,203 persons employed, estimated in part), …' of the first three."""
    parts = []
    for row in records(top.head(3)):
        how = estimate_of(row)
        estimated = f", {how}" if how else ""
        people = f" ({row['amount']:,.0f} persons employed{estimated})" if pd.notna(row["amount"]) else ""
        parts.append(f"{row[name]} {row['location_quotient']:.2f}{people}")
    return f"Highest: {format_list(parts)}." if parts else ""


def _gaps(rows: pd.DataFrame) -> str:
    """'withheld by the source (3), the total is zero or not given (1)': why quotients are missing."""
    gaps = rows.loc[rows["quotient_gap"].notna(), "quotient_gap"].value_counts()
    return ", ".join(f"{GAP_LABELS[str(gap)]} ({count})" for gap, count in gaps.items())

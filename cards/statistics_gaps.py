"""Strong industries beside cluster organisations: the card, and what is said where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pandas as pd

from cards.area_nouns import area_nouns
from cards.card import Card
from cards.statistics_parts import TABLE, columns_of, method, of_measure, sentences, table_rows
from cards.statistics_text import GAP_LABELS, PART, SCHEMES, describe_estimates, measure_of
from domain.evidence import Evidence
from domain.frames import records
from domain.text import agree, capitalised, format_list, plural

COVERAGE_NOTE = (
    "Which organisations are known here depends on our sources, which differ between the sides: no organisation placed "
    "in a region does not mean that there is none."
)
# Regional clusters for which no source names an organisation are placed as well.
PLACED = "cluster organisation or regional cluster"
MAY_BE_THERE = "May be there (region not recorded)"
POSSIBLE_METHOD = (
    "One whose region is not recorded may be in any region that its record leaves open: those of the larger region or "
    "of the countries recorded for it, or of its side where no country is (view possible_organisation_industries)."
)
# What places an organisation in an industry of a scheme.
LINKS = {
    "traded_cluster": "in the traded cluster",
    "nace_division": "in a theme or traded cluster that our crosswalk joins to the division (table nace_links)",
}


@dataclass(frozen=True)
class Gaps:
    """Results of warehouse.industry_gaps for one choice: the largest gaps, the keys of all of them, and the rest.

    strong: result of strong_regions, the regions and industries of which the gaps are a part.
    """

    frame: pd.DataFrame
    keys: tuple[str, ...]
    judged: pd.DataFrame
    strong: pd.DataFrame
    possible: pd.DataFrame
    without_industry: int


def without_organisation(
    gaps: Gaps,
    industry: str = "",
    scope: str = "",
    others: Sequence[str] = (),
    nouns: tuple[str, str] = ("region", "regions"),
) -> Card:
    """Strong industries of regions without an organisation of that industry placed there, the largest first.

    industry: the name of the only one compared, empty for all; scope: the filters of the regions, such as
    ' for France'; others: names of the countries that are not compared; nouns: singular and plural of the regions
    compared, with their country (cards.area_nouns).
    """
    frame, total = gaps.frame, len(gaps.keys)
    measure = measure_of(frame)
    scheme, period = SCHEMES[frame["scheme"].iloc[0]], frame["period"].iloc[0]
    limit = f"The {len(frame):,} largest of {total:,} by {measure.amount.lower()}." if total > len(frame) else ""
    columns = columns_of(frame)
    if len(gaps.possible):
        # After the industry: among the last ones it would be out of sight.
        before, after = dict(list(columns.items())[:3]), dict(list(columns.items())[3:])
        columns = before | {"possible": MAY_BE_THERE} | after
    ids = tuple(dict.fromkeys(gaps.possible["organisation_id"]))
    return Card(
        title=f"{_title(industry, total, gaps.strong, scope)}{of_measure(frame)}",
        subtitle=sentences(
            limit,
            f"{capitalised(nouns[1])}{scope} in which {industry or f'a {scheme.noun}'} is strong in "
            f"{period} and no {PLACED} {LINKS[scheme.key]} is placed.",
            _describe_possible(len(ids), _cells(gaps.possible), total, industry),
            _describe_without_industry(gaps.without_industry, scheme.noun),
            describe_estimates(frame),
            compared_cells(gaps.judged),
            describe_not_compared(others),
            COVERAGE_NOTE,
        ),
        chart=None,
        rows=table_rows(frame).assign(possible=frame["possible_organisations"].map(", ".join)),
        columns=columns,
        evidence=Evidence(TABLE, tuple(chain.from_iterable(gaps.strong["strong_keys"]))),  # all that the title counts
        more_evidence=(Evidence("organisations", ids),) if ids else (),
        method=f"{method(measure.key)} Cluster organisations and regional clusters count where they are placed in the "
        f"region and {LINKS[scheme.key]} (view organisation_industries). {POSSIBLE_METHOD}",
    )


def _describe_possible(organisations: int, cells: int, total: int, industry: str) -> str:
    """How many more may be in how many of the regions, as a sentence; empty for none."""
    if not organisations:
        return ""
    more = plural(organisations, "more organisation")
    if industry:
        which = f"{cells:,} of these regions" if total > 1 else "this region"
        return f"{more} of the industry, whose region is not recorded, may be in {which}."
    return f"{more}, whose region is not recorded, may be in the region of {cells:,} of these strong industries."


def describe_not_compared(countries: Sequence[str]) -> str:
    """Which countries are left out of the comparison, as a sentence; empty for none."""
    if not countries:
        return ""
    return (
        f"Not compared: {format_list(countries)}. No cluster organisation known here is placed in a region of these "
        "statistics there."
    )


def _describe_without_industry(organisations: int, noun: str) -> str:
    """How many organisations of these regions may be of any industry, as a sentence; empty for none."""
    if not organisations:
        return ""
    placed = f"{plural(organisations, 'organisation')} placed in these regions {agree(organisations, 'has', 'have')}"
    return f"{placed} no recorded {noun} and may be of any."


def _cells(possible: pd.DataFrame) -> int:
    return len(possible[["region_code", "industry_id"]].drop_duplicates())


def _title(industry: str, total: int, strong: pd.DataFrame, scope: str) -> str:
    """'Automotive: strong in 7 US states, 7 of them without a cluster organisation … of the industry placed there'."""
    nouns, of_all = area_nouns(strong, scope), int(strong["strong_count"].sum())
    if industry:
        start = f"{industry}: strong in {plural(of_all, *nouns)}"
    else:
        start = f"{plural(of_all, 'strong industry', 'strong industries')} of {nouns[1]}"
    which = "" if of_all == 1 else f"{total:,} of them "
    return f"{start}, {which}without a {PLACED} of the industry placed there"


def describe_no_gap(judged: pd.DataFrame, period: str) -> str:
    """What to say when no strong industry without an organisation is shown: there is none only if any was compared.

    judged: result of warehouse.industry_gaps.judged_cells.
    """
    if judged["reason"].isna().any():
        start = f"No strong industry without a {PLACED} placed in the region, for this choice, in {period}."
        return f"{start} {compared_cells(judged)}"
    return f"Strong industries and cluster organisations of {period}: {compared_cells(judged)}"


def describe_finding(row: Mapping[str, Any]) -> str:
    """What the statistics say about the industries of an organisation.

    row: of warehouse.industry_gaps.organisations_without_strong_industry.
    """
    if row["finding"] == "no quotient":
        return f"no quotient: {GAP_LABELS[row['quotient_gap']]}"
    return {
        "not strong": "not strong",
        "not judged": "not judged: the quotient is of the industries imported only",
        "no row": "no figure in the statistics",
    }[row["finding"]]


def compared_cells(judged: pd.DataFrame) -> str:
    """How many pairs of region and industry were compared, and why others were not, as a sentence.

    judged: result of warehouse.industry_gaps.judged_cells.
    """
    total = int(judged["cell_count"].sum())
    count = int(judged.loc[judged["reason"].isna(), "cell_count"].sum())
    others = judged[judged["reason"].notna()]
    reasons = GAP_LABELS | {PART: "a quotient of the industries imported only", "no row": "no row in the data"}
    parts = [f"{int(row['cell_count']):,} {reasons[row['reason']]}" for row in records(others)]
    if not count:
        return f"Nothing was compared: {'; '.join(parts)}." if parts else "Nothing was compared: there are no figures."
    without = f" The others: {'; '.join(parts)}." if parts else ""
    return f"{count:,} of {total:,} pairs of region and industry were compared.{without}"

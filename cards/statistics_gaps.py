"""Strong industries beside cluster organisations: the card, and what is said where there is none."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from cards.area_nouns import area_nouns
from cards.card import Card
from cards.statistics_parts import TABLE, columns_of, method, of_measure, sentences, table_rows
from cards.statistics_text import GAP_LABELS, PART, SCHEMES, measure_of
from domain.evidence import Evidence
from domain.frames import records
from domain.text import format_list, plural

COVERAGE_NOTE = (
    "Which organisations are known here depends on our sources, which differ between the sides: no organisation known "
    "here does not mean that there is none."
)
# What places an organisation in an industry of a scheme.
LINKS = {
    "traded_cluster": "in the traded cluster",
    "nace_division": "in a theme or traded cluster that our crosswalk joins to the division (table nace_links)",
}


def without_organisation(
    frame: pd.DataFrame,
    keys: tuple[str, ...],
    judged: pd.DataFrame,
    industry: str = "",
    scope: str = "",
    others: Sequence[str] = (),
    nouns: tuple[str, str] = ("region", "regions"),
) -> Card:
    """Strong industries of regions without an organisation of that industry known here, the largest first.

    frame, keys and judged: results of warehouse.industry_gaps for the same choice: the largest of them, the keys of
    all, and judged_cells. industry: the name of the only one compared, empty for all; scope: the filters of the
    regions, such as ' for France'; others: names of the countries that are not compared; nouns: singular and plural of
    the regions compared, with their country (cards.area_nouns).
    """
    measure = measure_of(frame)
    scheme, period = SCHEMES[frame["scheme"].iloc[0]], frame["period"].iloc[0]
    total = len(keys)
    # Of the strong regions alone, where the rows are all of them: '1 US state' among regions of two countries.
    named = area_nouns(frame, scope) if total == len(frame) else nouns
    limit = f"The {len(frame):,} largest of {total:,} by {measure.amount.lower()}." if total > len(frame) else ""
    return Card(
        title=f"{_strong(industry, total, named)} without a cluster organisation of the industry known here"
        f"{of_measure(frame)}",
        subtitle=sentences(
            limit,
            f"{nouns[1][0].upper()}{nouns[1][1:]}{scope} in which {industry or f'a {scheme.noun}'} is strong in "
            f"{period} and no cluster organisation {LINKS[scheme.key]} is known here.",
            compared_cells(judged),
            describe_not_compared(others),
            COVERAGE_NOTE,
        ),
        chart=None,
        rows=table_rows(frame),
        columns=columns_of(frame),
        evidence=Evidence(TABLE, keys),
        method=f"{method(measure.key)} Cluster organisations count where they are placed in the region and "
        f"{LINKS[scheme.key]} (view organisation_industries).",
    )


def describe_not_compared(countries: Sequence[str]) -> str:
    """Which countries are left out of the comparison, as a sentence; empty for none."""
    if not countries:
        return ""
    return (
        f"Not compared: {format_list(countries)}. No cluster organisation known here is placed in a region of these "
        "statistics there."
    )


def _strong(industry: str, total: int, nouns: tuple[str, str]) -> str:
    """'Automotive: strong in 7 US states', or '7 strong industries of US states' where all industries are compared."""
    if industry:
        return f"{industry}: strong in {plural(total, *nouns)}"
    return f"{plural(total, 'strong industry', 'strong industries')} of {nouns[1]}"


def describe_no_gap(judged: pd.DataFrame, period: str) -> str:
    """What to say when no strong industry without an organisation is shown: there is none only if any was compared.

    judged: result of warehouse.industry_gaps.judged_cells.
    """
    if judged["reason"].isna().any():
        start = f"No strong industry without a cluster organisation known here, for this choice, in {period}."
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

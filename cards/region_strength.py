"""The card that sets the strength of an industry in each region beside the cluster organisations there."""

import pandas as pd

from cards.area_nouns import area_nouns, count_areas
from cards.card import Card
from cards.statistics_gaps import COVERAGE_NOTE, LINKS, MAY_BE_THERE, PLACED, POSSIBLE_METHOD
from cards.statistics_parts import evidence, of_measure, sentences
from cards.statistics_text import GAP_LABELS, describe_estimates, describe_rows_not_there, measure_of
from charts.bars import count_bars
from charts.theme import ACCENT, GREY
from domain.evidence import Evidence
from domain.text import format_count, format_list, plural
from domain.vocabulary import STRONG_QUOTIENT
from warehouse.strength import FINDINGS

COLUMNS = {
    "region": "Region",
    "country": "Country",
    "finding": "Finding",
    "amount": "Size",
    "location_quotient": "Specialisation (location quotient)",
    "organisations": "Organisations placed there",
    "possible": MAY_BE_THERE,
    "quotient_basis": "Basis of the quotient",
}
CHANGE = {"change_percent": "Change in %", "earlier_period": "Since"}
METHOD = (
    "Regions of view location_quotients for the industry and period. Strong is what the source marks, else a location "
    f"quotient of at least {STRONG_QUOTIENT}; without a quotient the strength is not known, and never weak. Organised: "
    f"at least one {PLACED} of today is placed in the region and in the industry (view "
    "organisation_industries): by its traded cluster, or for a NACE division by a theme or traded cluster that our "
    f"crosswalk joins to the division. {POSSIBLE_METHOD} Change is that of the figure between two single years; a mean "
    "of years has none."
)
_COLOURS = {FINDINGS[0]: ACCENT, FINDINGS[1]: "#F46A25", FINDINGS[2]: "#1E8449"}


def strength_card(frame: pd.DataFrame, others: pd.DataFrame, scope: str, without_row: int = 0) -> Card:
    """The card of one industry. frame: rows of warehouse.strength.strength_and_organisations, not empty.

    others: rows of countries in which no organisation is placed in a region, so that "no organisation" says nothing;
    scope: the filters of the regions, such as ' for side: European Union';
    without_row: see describe_rows_not_there.
    """
    measure, counts = measure_of(frame), frame["finding"].value_counts()
    both, alone, weak = (int(counts.get(finding, 0)) for finding in FINDINGS[:3])
    industry, period = frame["industry"].iloc[0], frame["period"].iloc[0]
    rows = frame.assign(
        location_quotient=frame["location_quotient"].round(2),
        organisations=[", ".join(names) or "none known here" for names in frame["organisations"]],
        possible=frame["possible_organisations"].map(", ".join),
        change_percent=(frame["change"] * 100).round(1),
        quotient_basis=frame["quotient_basis"].fillna("none: " + frame["quotient_gap"].map(GAP_LABELS)),
    )
    has_change = frame["change"].notna().any()
    bars = pd.DataFrame(
        {
            "finding": [one for one in FINDINGS if one in counts],
            "regions": [int(counts[one]) for one in FINDINGS if one in counts],
        }
    )
    ids = dict.fromkeys(one for column in ("organisation_ids", "possible_ids") for ids in frame[column] for one in ids)
    areas, nouns = f"{count_areas(len(frame), frame, scope)}{scope}", area_nouns(frame, scope)[1]
    return Card(
        title=f"{industry} in {areas}: {format_count(both)} strong and organised, {format_count(alone)} strong without "
        f"an organisation placed there, {format_count(weak)} organised without strength{of_measure(frame)}",
        subtitle=sentences(
            f"{areas} with a row of the industry in the statistics of {period}, by what is known of strength and "
            "organisation.",
            f"Organised: a {PLACED} of today {LINKS[frame['scheme'].iloc[0]]} is placed there.",
            _describe_possible(frame),
            describe_rows_not_there(without_row),
            f"Size: {measure.amount.lower()}. Specialisation: {measure.quotient}.",
            describe_estimates(frame),
            _not_counted(others),
            "" if has_change else "No change is shown, because it needs figures of two single years.",
            COVERAGE_NOTE,
        ),
        chart=count_bars(bars, label="finding", value="regions", unit=nouns, colours=_COLOURS | {"": GREY}),
        rows=rows,
        columns=COLUMNS | (CHANGE if has_change else {}),
        evidence=evidence(frame),
        more_evidence=(Evidence("organisations", tuple(ids)),) if ids else (),
        method=METHOD,
    )


def _describe_possible(frame: pd.DataFrame) -> str:
    """How many more may be in how many of the regions without one, as a sentence; empty for none."""
    open_regions = frame[(frame["organisation_count"] == 0) & (frame["possible_ids"].map(len) > 0)]
    if open_regions.empty:
        return ""
    more = plural(open_regions["possible_ids"].explode().nunique(), "more organisation")
    strong = int((open_regions["finding"] == FINDINGS[1]).sum())
    return (
        f"{more} of the industry, whose region is not recorded, may be in {len(open_regions):,} of the regions "
        f"without one, {strong:,} of them strong."
    )


def _not_counted(others: pd.DataFrame) -> str:
    if others.empty:
        return ""
    return (
        f"Not counted: {plural(len(others), 'region')} of {format_list(sorted(set(others['country'])))}, where no "
        "cluster organisation is placed in a region of the statistics."
    )

"""Sentences for states that the shipped figures hardly have: nothing compared, nothing known, one of a kind."""

import pandas as pd
import pytest

from cards import region_statistics
from cards.statistics_gaps import describe_finding, describe_no_gap, describe_not_compared
from warehouse import region_profiles
from warehouse.releases import Difference


def cells(*counts: tuple[str | None, int]) -> pd.DataFrame:
    """Numbers of pairs of region and industry by the reason why they were not compared, None for those compared."""
    return pd.DataFrame(counts, columns=["reason", "cell_count"])


@pytest.mark.parametrize(
    ("judged", "sentence"),
    [
        (cells(), "Strong industries and cluster organisations of 2015: Nothing was compared: there are no figures."),
        (
            cells(("withheld", 1200), ("industries imported", 2), ("no row", 1)),
            (
                "Strong industries and cluster organisations of 2015: Nothing was compared: 1,200 withheld by "
                "the source; "
                "2 a quotient of the industries imported only; 1 no row in the data."
            ),
        ),
        (
            cells((None, 30), ("only region", 4)),
            (
                "No strong industry without a cluster organisation or regional cluster placed in the region, for "
                "this choice, "
                "in 2015. 30 of 34 pairs of region and industry were compared. The others: 4 the only region of "
                "its country "
                "with figures."
            ),
        ),
    ],
)
def test_no_gap_is_told_only_of_what_was_compared(judged, sentence):
    assert describe_no_gap(judged, "2015") == sentence


@pytest.mark.parametrize(
    ("finding", "gap", "said"),
    [
        ("not strong", None, "not strong"),
        ("not judged", None, "not judged: the quotient is of the industries imported only"),
        ("no row", None, "no figure in the statistics"),
        ("no quotient", "country without", "no quotient: 0 in the country as a whole"),
        (
            "no quotient",
            "country incomplete",
            "no quotient: no total of the country that covers the industry, and cells of its regions are unknown",
        ),
        ("no quotient", "region incomplete", "no quotient: no total of the region, and cells of it are unknown"),
    ],
)
def test_what_statistics_say_of_the_industries_of_an_organisation(finding, gap, said):
    assert describe_finding({"finding": finding, "quotient_gap": gap}) == said


def test_countries_that_are_not_compared():
    assert describe_not_compared(()) == ""
    assert describe_not_compared(("France", "Italy")).startswith(
        "Not compared: France and Italy. No cluster organisation"
    )


def industries(*quotients: tuple[float | None, str | None, bool | None]) -> pd.DataFrame:
    """Rows of warehouse.region_profiles.industries: quotient, why there is none, whether it is strong."""
    frame = pd.DataFrame(quotients, columns=["location_quotient", "quotient_gap", "is_strong"])
    return frame.assign(
        region_code="US-OH",
        industry_id=[f"i{at}" for at in range(len(frame))],
        industry=[f"Industry {at}" for at in range(len(frame))],
        scheme="traded_cluster",
        period="2012-2016",
        amount=1000.0,
        employment=1000.0,
        employment_basis="stated",
        employment_published=None,
        quotient_basis=frame["location_quotient"].notna().map({True: "computed", False: None}),
    )


OF_COUNTRIES = "Regions are measured against their country, so a country has no location quotient of its own."
HIGHEST = "Highest: Industry 0 2.00 (1,000 persons employed)."
TOO_FEW = (
    "Not compared with regions of the other side: no region there has ten traded clusters with a location quotient in "
    "common with this one."
)


@pytest.mark.parametrize(
    ("rows", "level", "side", "similar", "sentences"),
    [
        ([], "country", "EU", 0, ()),
        ([(2.0, None, None)], "country", "EU", 0, (OF_COUNTRIES,)),
        (
            [(2.0, None, True), (1.2, None, False)],
            "country",
            "EU",
            0,
            (
                OF_COUNTRIES,
                (
                    "In the mean of 2012 to 2016, a traded cluster is strong (a quotient of 1.5 and more, or marked so "
                    "by the source) in 1 of its 1 region that could be judged: 1 pair of region and traded cluster."
                ),
                "Highest: Industry 0, Ohio 2.00 (1,000 persons employed).",
            ),
        ),
        ([], "state", "US", 0, ("This build has no regional statistics of this region.",)),
        (
            [(None, "withheld", None), (None, "withheld", None), (None, "no total", None)],
            "state",
            "US",
            0,
            (
                (
                    "No traded cluster has a location quotient in the mean of 2012 to 2016: withheld by the "
                    "source (2), the "
                    "total is zero or not given (1)."
                ),
            ),
        ),
        (
            [(2.0, None, True), (None, "withheld", None)],
            "state",
            "US",
            0,
            (
                (
                    "In the mean of 2012 to 2016, 1 of 1 traded cluster with a location quotient is strong (a "
                    "quotient of "
                    "1.5 and more, or marked so by the source); 1 more has none: withheld by the source (1)."
                ),
                HIGHEST,
                TOO_FEW,
            ),
        ),
        (
            [(2.0, None, True), (0.0, None, False)],
            "nuts2",
            "OTHER",
            0,
            (
                (
                    "In the mean of 2012 to 2016, 1 of 2 traded clusters with a location quotient is strong (a "
                    "quotient of "
                    "1.5 and more, or marked so by the source)."
                ),
                HIGHEST,
                "Only regions of the EU and the US side are compared with each other.",
            ),
        ),
        (
            [(0.0, None, False)],
            "state",
            "US",
            3,
            (
                (
                    "In the mean of 2012 to 2016, 0 of 1 traded cluster with a location quotient are strong (a "
                    "quotient of "
                    "1.5 and more, or marked so by the source)."
                ),
            ),
        ),
    ],
)
def test_what_statistics_say_of_a_region(monkeypatch, rows, level, side, similar, sentences):
    judged = industries(*(row for row in rows if row[2] is not None)).assign(region="Ohio")
    answers = {
        region_profiles.industries: industries(*rows),
        region_profiles.industries_of_regions: judged,
        region_profiles.similarity_count: similar,
    }
    monkeypatch.setattr(region_statistics, "run_query", lambda query, *_: answers[query])
    monkeypatch.setattr(region_statistics, "source_line", lambda one: f"{one.table}: {', '.join(one.record_ids)}")
    found = region_statistics.region_statistics("US-OH", level, side)
    assert found.sentences == sentences
    assert (found.chart is not None) is ("Highest" in " ".join(sentences))
    if found.source:
        assert found.source.startswith("regional_statistics: US-OH|i0|2012-2016")


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (
            Difference("2026-11-22", (), 0, ("citations", "sources")),
            "No fact changed since. Changed as well: citations and sources.",
        ),
        (
            Difference("2026-11-22", (), 1, ("citations",)),
            "1 fact changed since, but none of the headline figures. Changed as well: citations.",
        ),
        (
            Difference("2026-11-22", (("events", "46", "47"),), 2, ("sources",)),
            "2 facts changed since, and 1 headline figure with them: events: 46, now 47. Changed as well: sources.",
        ),
    ],
)
def test_what_else_changed_since_a_release(difference, said):
    assert difference.describe() == f"This link was made with release 2026-11-22. {said}"
    assert difference.describe_shown() == f"You see the figures of release 2026-11-22 of 22 November 2026. {said}"
    assert difference.is_changed

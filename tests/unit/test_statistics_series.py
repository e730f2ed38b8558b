"""The titles of regions compared: who has a figure for the last year of a series, and which quotient is highest."""

import pandas as pd
import pytest

from cards.region_comparison_cards import comparison, series


def rows(*figures: tuple[str, int, float | None]) -> pd.DataFrame:
    """Quotients of plastics by region and year."""
    frame = pd.DataFrame(figures, columns=["region", "year", "location_quotient"])
    return frame.assign(
        region_code=frame["region"],
        country_code="US",
        industry_id="tc-plastics",
        industry="Plastics",
        scheme="traded_cluster",
        period=frame["year"].astype(str),
        employment_basis="stated",
        employment_published=None,
        measure="employment",
        employment=100.0,
        employment_missing=None,
        establishments=10.0,
        establishments_missing=None,
        quotient_basis="stated",
        total_basis="traded clusters",
        reference=None,
        flags=None,
        mean_wage=None,
        wage_currency=None,
        is_strong=None,
        strength_basis=None,
        source_id="s",
        quotient_gap=frame["location_quotient"].isna().map({True: "withheld", False: None}),
        location_quotient=frame["location_quotient"].astype("float64"),
    )


@pytest.mark.parametrize(
    ("maine", "title"),
    [
        (None, "Plastics, 2015 to 2016: Ohio ends at 1.84"),
        (0.5, "Plastics, 2015 to 2016: of 2 regions with a quotient for 2016, Ohio ends at 1.84, the highest"),
    ],
)
def test_a_region_without_a_figure_is_not_compared(maine, title):
    """Maine's employment may be withheld: then Ohio is not the highest of two."""
    card = series(
        rows(("Ohio", 2015, 1.2), ("Ohio", 2016, 1.84), ("Maine", 2015, 0.7), ("Maine", 2016, maine)), ["Ohio", "Maine"]
    )
    assert card.title == title


def divisions(*figures: tuple[str, str, float | None, str | None]) -> pd.DataFrame:
    """Quotients of NACE divisions of one period by region, each of a total."""
    regions, industries, quotients, totals = zip(*figures, strict=True)
    frame = rows(*((region, 2015, quotient) for region, quotient in zip(regions, quotients, strict=True)))
    return frame.assign(scheme="nace_division", industry=industries, industry_id=industries, total_basis=totals)


SERVICES, BUSINESS, ALL = "industry and services", "business economy", "all industries"


@pytest.mark.parametrize(
    ("figures", "title"),
    [
        (
            [("Ohio", "Food", None, None), ("Maine", "Food", None, None)],
            "Ohio and Maine: no location quotient in this period",
        ),
        (
            [("Ohio", "Food", 2.0, ALL), ("Maine", "Food", 3.0, BUSINESS)],
            "Ohio and Maine: shares of different totals, not ranked",
        ),
        (
            [("Ohio", "Food", 2.0, SERVICES), ("Maine", "Wood", 1.5, SERVICES), ("Maine", "Food", 3.0, BUSINESS)],
            (
                "The highest location quotient of the regions compared, of the shares of industry and services, "
                "is that of "
                "Ohio in Food: 2.00"
            ),
        ),
        (
            [("Ohio", "Food", 2.0, BUSINESS), ("Ohio", "Wood", None, None)],
            "The highest known location quotient of this region is that of Ohio in Food: 2.00",
        ),
    ],
)
def test_only_quotients_of_one_total_are_ranked(figures, title):
    """Of the two totals of NACE divisions the one with more quotients is ranked; others are not compared."""
    frame = divisions(*figures)
    assert comparison(frame, list(dict.fromkeys(frame["region"]))).title == title


def test_a_series_that_ends_without_a_quotient_or_with_several_totals():
    none = rows(("Ohio", 2015, 1.2), ("Ohio", 2016, None))
    assert series(none, ["Ohio"]).title == "Plastics, 2015 to 2016: no quotient for 2016"
    totals = rows(("Ohio", 2015, 1.2), ("Ohio", 2016, 1.84), ("Maine", 2016, 0.5)).assign(
        total_basis=["traded clusters", "traded clusters", "all industries"]
    )
    assert series(totals, ["Ohio", "Maine"]).title == (
        "Plastics, 2015 to 2016: 2 regions with a quotient for 2016, of different totals"
    )

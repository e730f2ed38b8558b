"""The title of a time series: how many regions have a figure for its last year."""

import pandas as pd
import pytest

from cards.region_comparison_cards import series


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

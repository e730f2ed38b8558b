"""Maps and charts of the shipped statistics: notes, forms of dots, and what is no point of a time series."""

import pytest

from cards.catalogue import make_card
from domain.filters import Filters
from tests.statistics_oracle import US, country_of, lookup, rows, us_quotients
from warehouse import statistics
from warehouse.query_cache import run_query

pytestmark = pytest.mark.usefixtures("published")
FAR = {"US-AK": "Alaska", "US-HI": "Hawaii"}  # beyond the first view of the United States
INDUSTRIES = sorted(set(rows(US)["industry_id"]))


@pytest.mark.parametrize("industry", ["tc-coal-mining", "tc-metal-mining", *INDUSTRIES[::10]])
def test_the_map_names_the_states_in_frames(industry):
    """Those of Alaska and Hawaii that have a figure, the highest quotient first; Hawaii has none for coal mining."""
    own = us_quotients().xs(industry, level="industry_id")
    far = own[own.index.isin(list(FAR))].sort_values(ascending=False)
    card = make_card("quotient_map", Filters(), {"cluster": (industry,), "scheme": ("traded_cluster",)})
    assert card is not None and len(far)
    names = " and ".join(FAR[code] for code in far.index)
    stand = "stands in a frame" if len(far) == 1 else "stand in frames"
    assert f"{names} {stand}, on a smaller scale." in card.map_note


@pytest.mark.parametrize("measure", ["employment", "establishments"])
@pytest.mark.parametrize("industry", INDUSTRIES[::8])
def test_a_diamond_is_a_quotient_of_an_estimated_figure(industry, measure):
    """Of persons employed only: establishments are counted, not estimated."""
    names = {row["region_code"]: row["name"] for row in lookup("lookups/regions")}
    own = rows(US)[lambda frame: frame["industry_id"] == industry]
    estimated = {names[code] for code in own.loc[own["employment_basis"] == "estimated", "region_code"]}
    choices = {"cluster": (industry,), "scheme": ("traded_cluster",), "count": (measure,)}
    card = make_card("quotients", Filters(), choices)
    (dots,) = card.chart.figure["data"]
    shown = dict(zip(dots["y"], dots["marker"]["symbol"], strict=True))
    is_diamond = {name: name in estimated and measure == "employment" for name in shown}
    assert shown == {name: "diamond-open" if own else "circle-open" for name, own in is_diamond.items()}
    assert ("A diamond rests on an estimated figure." in card.subtitle) is any(is_diamond.values())


@pytest.mark.parametrize("codes", [("US-OH",), ("US-WV",), ("US-OH", "US-MI"), ("US-NV", "US-AK", "US-VT")])
def test_the_highest_quotient_of_the_regions_compared(codes):
    """Of one region as of several, over all its industries."""
    names = {row["region_code"]: row["name"] for row in lookup("lookups/regions")}
    industries = {row["sector_id"]: row["name"] for row in lookup("lookups/sectors")}
    own = us_quotients()[lambda quotients: quotients.index.get_level_values("region_code").isin(codes)]
    region, industry = own.idxmax()
    card = make_card("regions_compared", Filters(), {"region": codes, "scheme": ("traded_cluster",)})
    assert card is not None
    of = "the regions compared" if len(codes) > 1 else "this region"
    assert card.title == (
        f"The highest location quotient of {of} is that of {names[region]} in {industries[industry]}: {own.max():.2f}"
    )
    assert set(card.rows["region"]) == {names[code] for code in codes}


def test_a_mean_of_years_is_no_point_of_a_series():
    """The shipped figures of the states are a mean of 2012 to 2016, which is no year."""
    states = [row["region_code"] for row in lookup("lookups/regions") if row["level"] == "state"]
    assert {country_of()[one] for one in states} == {"US"}
    assert run_query(statistics.time_series, states[:10], "tc-plastics").empty

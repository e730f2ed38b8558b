"""Regional statistics with the shipped figures and no import; expected numbers are worked out from the CSV files."""

import json
import re

import pandas as pd
import pytest
from test_imported_pages import alts, headers, words

from tests.statistics_oracle import EU, eu_quotients, lookup, rows, strong, us_quotients

NAMES = {row["region_code"]: row["name"] for row in lookup("lookups/regions")}


@pytest.fixture
def open_statistics(open_app):
    """`open_statistics(parameters)`: the page from the shipped data alone, without any fault."""

    def open_page(parameters: dict | None = None):
        app = open_app("statistics", parameters)
        assert [error.value for error in app.exception] == []
        return app

    return open_page


def of_industry(quotients: pd.Series, industry: str) -> pd.Series:
    """Quotients of an industry by region, the highest first."""
    own = quotients.xs(industry, level="industry_id")
    return own.sort_values(ascending=False)


def best(quotients: pd.Series) -> str:
    """'Michigan (location quotient 5.98); 14 of 50 US states with a quotient (28': the beginning of a title."""
    above = int((quotients > 1).sum())
    start = f"{NAMES[quotients.index[0]]} (location quotient {quotients.iloc[0]:.2f})"
    return f"{start}; {above} of {len(quotients)} US states with a quotient"


def test_both_sides_without_an_import(open_statistics):
    """Automotive and the NACE division close to it, each with its highest region, and how the figures came about."""
    app = open_statistics()
    assert not app.warning and "No regional statistics" not in words(app)
    found = " | ".join(headers(app))
    assert f"Automotive is most concentrated in {best(of_industry(us_quotients(), 'tc-automotive'))}" in found
    own = of_industry(eu_quotients(), "nace-c29")
    assert f"with a quotient, {NAMES[own.index[0]]} has the highest in C29 Manufacture" in found
    assert "County Business Patterns (U.S. Census Bureau; 2,555 rows, shipped with this dashboard)" in words(app)
    assert "2012-2016 is a mean of these years." in words(app)
    estimates = "49 of 50 figures of persons employed are estimates, because figures are withheld: 43 estimated in part"
    assert estimates in words(app)
    assert "C29 Manufacture of motor vehicles, trailers and semi-trailers stands close to Automotive" in words(app)
    assert "Map of 50 areas filled by location quotient" in alts(app)
    assert "without the District of Columbia" not in words(app) and "District of Columbia is not" in words(app)


def test_a_link_to_a_division_opens_the_other_scheme(open_statistics, approved_screen):
    """Circles at the centres of regions, sized by persons employed; regions without a centre are counted."""
    app = open_statistics({"cluster": "nace-c29"})
    approved_screen("statistics-nace", app)
    assert not app.warning
    figures = rows(EU)
    own = figures[(figures["industry_id"] == "nace-c29") & (figures["region_code"].str.len() == 4)]
    largest = own.sort_values("employment", ascending=False).iloc[0]
    assert f"the largest, {NAMES[largest['region_code']]}, has {largest['employment']:,.0f}" in words(app)
    assert f"{own['employment'].isna().sum()} regions without a figure (blank, without a reason)." in words(app)
    centres = {row["region_code"] for row in lookup("lookups/region_centres")}
    drawn = own["region_code"].isin(centres)
    assert f"Map of {drawn.sum()} regions as circles" in alts(app)
    if (~drawn).any():
        assert f"{(~drawn).sum()} region" in words(app)
    (deck,) = app.get("deck_gl_json_chart")
    (layer,) = (one for one in json.loads(deck.proto.json)["layers"] if one["id"] == "region-points")
    assert len(layer["data"]) == drawn.sum()
    assert app.selectbox(key="choice_cluster").value == "nace-c29" and app.selectbox(key="choice_year").value == "2015"


def test_the_other_scheme_keeps_the_subject(open_statistics):
    """Choosing NACE divisions with Automotive in the link shows the division close to it; regions of states leave."""
    app = open_statistics({"scheme": "nace_division", "cluster": "tc-automotive", "region": ["US-OH", "DE11"]})
    assert not app.warning and app.selectbox(key="choice_cluster").value == "nace-c29"
    assert next(box for box in app.multiselect if box.label == "Regions to compare").value == ["DE11"]


def test_old_links_to_a_year(open_statistics):
    """A year without figures is named and dropped; one with figures is shown."""
    app = open_statistics({"cluster": "tc-automotive", "year": "2016"})
    assert len(app.warning) == 1 and "year “2016” is not known here and was dropped" in app.warning[0].value
    assert any(header.startswith("Automotive, 2012-2016:") for header in headers(app))
    app = open_statistics({"cluster": "nace-c29", "year": "2015"})
    assert not app.warning and any(", 2015: " in header for header in headers(app))


def test_filters_choose_the_side(open_statistics):
    """Side EU leads to the European figures, a theme to the divisions of our crosswalk."""
    app = open_statistics({"side": "EU", "sector": "water"})
    divisions = [row["nace_division_id"] for row in lookup("lookups/nace_links") if row["sector_id"] == "water"]
    assert divisions == ["nace-e36", "nace-e37"] and app.selectbox(key="choice_cluster").value == "nace-e36"
    own = of_industry(eu_quotients(), "nace-e36")
    of_the_eu = own[[not code.startswith(("NO", "IS")) for code in own.index]]
    start = f"with a quotient for side: European Union, {NAMES[of_the_eu.index[0]]} has the highest in E36"
    highest = f"(location quotient {of_the_eu.iloc[0]:.2f}); {(of_the_eu > 1).sum()} ("
    assert any(start in header and highest in header for header in headers(app))
    assert "of the business economy" in words(app) or "in the business economy" in words(app)


def test_regions_compared(open_statistics):
    """Three states: the highest quotient of any of them over 51 clusters."""
    app = open_statistics({"region": ["US-MI", "US-KS", "US-TX"]})
    own = us_quotients()[["US-MI", "US-KS", "US-TX"]]
    (region, cluster), value = own.idxmax(), own.max()
    names = {row["sector_id"]: row["name"] for row in lookup("lookups/sectors")}
    title = f"The highest location quotient of the regions compared is that of {NAMES[region]} in {names[cluster]}"
    assert f"{title}: {value:.2f}" in headers(app)


def test_strong_industries_are_counted(open_statistics):
    """All divisions: as many as the files have, less those with an organisation; the title counts what is judged."""
    app = open_statistics({"scheme": "nace_division", "gaps": "all"})
    (title,) = (header for header in headers(app) if "without a cluster organisation or regional cluster" in header)
    of_all, count = (int(number.replace(",", "")) for number in re.findall(r"[\d,]+(?= strong| of them)", title))
    assert 0 < count < of_all <= len(strong(eu_quotients()))
    assert "our crosswalk joins to the division" in words(app)
    listed = next(table.value for table in app.dataframe if "Strong" in table.value)
    assert len(listed) == min(count, 1000) and f"{min(count, 1000):,} largest of {count:,}" in words(app)


def test_coverage_and_cards(open_statistics):
    """Both data sets tell origin, licence, method and what is estimated."""
    app = open_statistics({"scheme": "nace_division"})
    known, cells = rows(EU)[lambda frame: frame["region_code"].str.len() == 4]["employment"].agg(["count", "size"])
    start = f"NACE divisions, 2015: {known:,} of {cells:,} cells"
    assert any(
        header.startswith(start) and f"{len(eu_quotients()):,} a location quotient" in header for header in headers(app)
    )
    for text in ("CC BY 4.0", "public domain", "Nothing is estimated", "Employment is marked as estimated", "sbs"):
        assert text in words(app).replace("\\", "")


def test_the_page_sources_has_the_cards(open_app):
    """And its register counts a data set as a record of its source."""
    app = open_app("sources", {"view": "data-sets"})
    assert not app.exception and "Persons employed in 283 European regions" in words(app)
    register = open_app("sources").dataframe[0].value.set_index("Source")
    assert register.loc["County Business Patterns", "Records that cite it"] == 1
    assert register.loc["County Business Patterns", "Kind"] == "Dataset"


def test_georgia_is_the_state(open_statistics):
    """A state of the same name as a country keeps its own outline."""
    (deck,) = open_statistics().get("deck_gl_json_chart")
    (layer,) = (one for one in json.loads(deck.proto.json)["layers"] if one["id"] == "quotients")
    (georgia,) = (one for one in layer["data"]["features"] if one["properties"]["tip"].startswith("Georgia\n"))
    coordinates = json.dumps(georgia["geometry"]["coordinates"])
    longitudes = [float(number) for number in re.findall(r"\[(-?[\d.]+), -?[\d.]+\]", coordinates)]
    assert longitudes and all(-86 < longitude < -80 for longitude in longitudes)

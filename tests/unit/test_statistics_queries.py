"""warehouse/statistics.py and industry_gaps.py on a tiny import, with location quotients worked out by hand.

The tiny dataset has two traded clusters, so a file with both has the whole scheme.
"""

import pytest
from etl_dataset import write_dataset
from frame_reading import tuples
from import_files import PORTAL, STATISTICS, run, write

from cards.statistics_cards import by_region, on_the_map
from domain.filters import Filters
from etl.imports import regional_statistics, us_cluster_mapping
from etl.pipeline import Inputs, build
from settings import load_settings
from warehouse import import_evidence, industry_gaps, statistics
from warehouse.connection import open_database
from warehouse.industry_gaps import Comparison

# France: plastics 300 and water transport 700 in two regions, without a row for the country itself.
OWN = [
    "FRK2,Plastics,2019,200,9,30000,EUR,FR",
    "FRK2,Water Transportation,2019,200,9,,,FR",
    "FR10,Plastics,2019,100,9,,,FR",
    "FR10,Water Transportation,2019,500,9,,,FR",
    "FR10,Plastics,2018,NA,9,,,FR",
    # The Netherlands: the country itself is given, and one of its regions.
    "NL32,Plastics,2019,10,1,,,NL",
    "NL32,Water Transportation,2019,10,1,,,NL",
    "NL,Plastics,2019,100,1,,,",
    "NL,Water Transportation,2019,300,1,,,",
    # Germany: one region only. Italy: two regions, of one of which employment is not stated.
    "DE7,Plastics,2019,40,1,,,DE",
    "DE7,Water Transportation,2019,60,1,,,DE",
    "ITC4,Plastics,2019,30,1,,,IT",
    "ITH5,Plastics,2019,NA,1,,,IT",
    # Spain: plastics in one of its two regions only, 50 of 100 there and 50 of 200 in the country: 2.
    "ES51,Plastics,2019,50,1,,,ES",
    "ES51,Water Transportation,2019,50,1,,,ES",
    "ES30,Plastics,2019,0,1,,,ES",
    "ES30,Water Transportation,2019,100,1,,,ES",
]
EXPORT = [
    '2019,"Plastics","35","State","39","Ohio ",TRUE,1200,85,51234.5,0.9,FALSE,NA',
    '2019,"Water Transportation","50","State","39","Ohio ",TRUE,50,5,1,2.5,TRUE,NA',
]


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    """The tiny dataset with statistics of six countries; PolymerOhio is a cluster organisation for plastics in Ohio."""
    folder = tmp_path_factory.mktemp("statistics")
    data, settings, link = write_dataset(folder), load_settings(), folder / "clusters.duckdb"
    sectors = data / "lookups" / "sectors.csv"
    sectors.write_text(sectors.read_text() + "tc-water-transportation,Water Transportation,traded_cluster,,false\n")
    countries = data / "lookups" / "countries.csv"
    countries.write_text(countries.read_text() + "DE,Germany,EU,true,\nES,Spain,EU,true,\nIT,Italy,EU,true,\n")
    run(regional_statistics.FORMAT, write(folder / "own.csv", STATISTICS, OWN), data)
    run(us_cluster_mapping.FORMAT, write(folder / "export.csv", PORTAL, EXPORT), data)
    build(Inputs(data, "data", settings.static_dir, settings.schema_version), link)
    with open_database(link) as opened:
        yield opened


def test_quotients_against_the_total_of_the_country(connection):
    """(200/400)/(300/1000) and (100/600)/(300/1000); the Dutch ones against the row of the country itself."""
    found = statistics.quotients_by_region(connection, "tc-plastics", "2019", ("FR", "NL", "US"))
    assert tuples(
        found, "region_code", "quotient_basis", "reference", "is_strong", "strength_basis", "quotient_gap"
    ) == [
        ("NL32", "computed", "country itself", True, "assigned", None),
        ("FRK2", "computed", "sum of the regions", True, "assigned", None),
        ("US-OH", "stated", None, False, "stated", None),
        ("FR10", "computed", "sum of the regions", False, "assigned", None),
        ("NL", None, None, None, None, "country itself"),
    ]
    assert found["location_quotient"].tolist()[:4] == pytest.approx([0.5 / 0.25, 0.5 / 0.3, 0.9, (1 / 6) / 0.3])
    assert set(found["total_basis"].dropna()) == {"traded clusters"}
    assert tuples(found, "region", "mean_wage", "wage_currency")[1] == ("FRK2", 30000, "EUR")
    assert statistics.quotients_by_region(connection, "tc-plastics", "2019", ["US"])["region"].tolist() == ["Ohio"]


def test_marks_of_the_source_are_of_employment(connection):
    """The portal marks water transport in Ohio as strong by its employment; its establishments it does not judge."""
    chosen = (connection, "tc-water-transportation", "2019", ["US"])
    columns = ("is_strong", "location_quotient", "quotient_gap")
    assert tuples(statistics.quotients_by_region(*chosen), *columns) == [(True, 2.5, None)]
    assert tuples(statistics.quotients_by_region(*chosen, "establishments"), *columns) == [(None, None, "only region")]


def test_filters_become_countries(connection):
    """Side and country together; a filter that leaves no country leaves no row, none at all leaves every row."""
    assert statistics.country_codes(connection, Filters(sectors=("tc-plastics",))) is None
    assert statistics.country_codes(connection, Filters(sides=("US",))) == ("US",)
    assert statistics.country_codes(connection, Filters(sides=("EU",), countries=("FR", "US"))) == ("FR",)
    nothing = statistics.country_codes(connection, Filters(sides=("US",), countries=("FR",)))
    assert nothing == () and statistics.quotients_by_region(connection, "tc-plastics", "2019", nothing).empty
    assert len(statistics.quotients_by_region(connection, "tc-plastics", "2019", ("NL", "FR"))) == 4


def test_a_region_is_not_measured_against_itself(connection):
    """The only region of its country has no quotient, not even 1; two regions are enough, in any traded cluster."""
    found = statistics.quotients_by_region(connection, "tc-plastics", "2019", ("DE", "IT", "ES"))
    assert tuples(found, "region_code", "location_quotient", "quotient_basis", "quotient_gap", "is_strong") == [
        ("ES51", pytest.approx(0.5 / 0.25), "computed", None, True),
        ("ES30", 0, "computed", None, False),
        ("DE7", None, None, "only region", None),
        ("ITC4", None, None, "country incomplete", None),
        ("ITH5", None, None, "not stated", None),
    ]
    card = by_region(found)
    best = "ES51 has the highest in Plastics (location quotient 2.00); 1 is above 1"
    assert card.title == f"Of 2 regions of Spain with a quotient, {best}"
    assert "No quotient for DE7: the only region of its country with figures for 2019" in card.subtitle
    assert "1 region without a figure (blank, without a reason)." in card.subtitle
    assert "1 of 2 cells of IT" in card.subtitle
    assert card.rows["quotient_basis"].tolist()[2] == "none: the only region of its country with figures"


def test_the_title_counts_regions_that_have_a_quotient(connection):
    """NL32 2, ES51 2, FRK2 1.67, Ohio 0.9, FR10 0.56 and ES30 0: three of six, not of the nine regions in the file."""
    found = statistics.quotients_by_region(connection, "tc-plastics", "2019")
    assert (
        by_region(found[found["level"] != "country"]).title
        == "Plastics: 3 of 6 regions of 4 countries with a quotient (50\u00a0%) are above 1"
    )
    alone = found[found["region_code"].isin(["FRK2", "FR10"])]
    assert by_region(alone).title.endswith("1 of 2 regions of France with a quotient is above 1")
    on_map = on_the_map(alone, {}, "USA", "").title
    assert on_map.endswith("1 of 2 regions of France with a quotient is above 1 on the map")


def test_sectors_lead_to_industries(connection):
    """As sector_links of the tiny dataset has them, a sub-sector by its theme; a traded cluster leads to itself."""
    found = statistics.linked_industries(
        connection, ["materials", "water", "sub-delta", "tc-plastics"], "traded_cluster"
    )
    assert tuples(found, "sector", "scheme", "theme") == [
        ("Delta technology", "sub_sector", "Materials"),
        ("Materials", "theme", "Materials"),
        ("Plastics", "traded_cluster", None),
        ("Water", "theme", "Water"),
    ]
    assert [list(ids) for ids in found["industry_ids"].dropna()] == [["tc-plastics"]] * 3
    assert statistics.linked_industries(connection, ["materials"], "nace_division")["industry_ids"].isna().all()
    assert statistics.linked_industries(connection, [], "traded_cluster").empty


def test_withheld_employment_has_no_quotient(connection):
    """Not zero, and not strong."""
    found = statistics.quotients_by_region(connection, "tc-plastics", "2018")
    assert tuples(found, "region_code", "employment", "location_quotient", "is_strong") == [("FR10", None, None, None)]


def test_what_there_is(connection):
    """Schemes, periods, industries and regions that a reader can choose, and the imports they come from."""
    (scheme,) = statistics.schemes(connection).to_dict("records")
    assert (scheme["scheme"], scheme["region_count"], list(scheme["country_codes"]), list(scheme["measures"])) == (
        "traded_cluster",
        10,
        ["DE", "ES", "FR", "IT", "NL", "US"],
        ["employment", "establishments"],
    )
    assert statistics.periods(connection, "traded_cluster") == ["2018", "2019"]
    assert statistics.periods(connection, "nace_division") == []
    assert tuples(statistics.industries(connection), "industry_id", "industry", "scheme") == [
        ("tc-plastics", "Plastics", "traded_cluster"),
        ("tc-water-transportation", "Water Transportation", "traded_cluster"),
    ]
    assert tuples(statistics.regions(connection, "traded_cluster", ["FR", "NL"]), "region", "level") == [
        ("FR10", "region"),
        ("FRK2", "region"),
        ("NL32", "region"),
        ("Netherlands", "country"),
    ]
    assert tuples(statistics.origins(connection), "name", "is_shipped", "row_count", "licence") == [
        ("regional-statistics", False, 17, "not stated"),
        ("us-cluster-mapping", False, 2, "not stated"),
    ]
    assert statistics.replacements(connection).empty


def test_coverage_counts_cells_of_regions(connection):
    """In 2019, without countries: Italy has one figure of two, and no quotient; the Netherlands two quotients."""
    found = statistics.coverage(connection, "traded_cluster", "2019")
    columns = ("country_code", "region_count", "row_count", "known_count", "quotient_count", "strong_count")
    assert tuples(found, *columns) == [
        ("FR", 2, 4, 4, 4, 1),
        ("IT", 2, 2, 1, 0, 0),
        ("ES", 2, 4, 4, 4, 1),
        ("DE", 1, 2, 2, 0, 0),
        ("NL", 1, 2, 2, 2, 1),
        ("US", 1, 2, 2, 2, 1),
    ]


def test_regions_compared_and_in_time(connection):
    """Up to ten of them."""
    found = statistics.compare_regions(connection, ["FRK2", "US-OH"], "traded_cluster", "2019")
    assert tuples(found, "industry", "region") == [
        ("Plastics", "FRK2"),
        ("Plastics", "Ohio"),
        ("Water Transportation", "FRK2"),
        ("Water Transportation", "Ohio"),
    ]
    assert tuples(statistics.time_series(connection, ["FR10"], "tc-plastics"), "year", "employment") == [
        (2018, None),
        (2019, 100),
    ]
    assert statistics.compare_regions(connection, [], "traded_cluster", "2019").empty
    with pytest.raises(ValueError, match="At most 10 regions"):
        statistics.time_series(connection, ["x"] * 11, "tc-plastics")


CHOSEN = ("traded_cluster", "2019")


def test_strong_industries_without_an_organisation(connection):
    """Ohio has one for plastics, not for water transport; a country as a whole is no region."""
    found = industry_gaps.strong_without_organisation(connection, Comparison(*CHOSEN, ("FR", "NL", "US")))
    assert tuples(found, "region_code", "industry_id") == [
        ("FRK2", "tc-plastics"),
        ("US-OH", "tc-water-transportation"),
        ("NL32", "tc-plastics"),
    ]
    assert industry_gaps.strong_without_organisation(connection, Comparison(*CHOSEN, ("US",), "tc-plastics")).empty
    assert len(industry_gaps.strong_without_organisation(connection, Comparison(*CHOSEN), most=1)) == 1
    assert industry_gaps.keys_without_organisation(connection, Comparison(*CHOSEN, ("FR", "NL", "US"))) == (
        "FRK2|tc-plastics|2019",
        "NL32|tc-plastics|2019",
        "US-OH|tc-water-transportation|2019",
    )


def test_organisations_without_a_strong_industry(connection):
    """PolymerOhio: the portal does not mark plastics in Ohio as strong. Without figures nothing is said."""
    found = industry_gaps.organisations_without_strong_industry(connection, Comparison(*CHOSEN))
    columns = ("organisation_id", "region", "sector", "industry", "location_quotient", "finding", "basis")
    assert tuples(found, *columns) == [("polymer-ohio", "Ohio", "Plastics", "Plastics", 0.9, "not strong", "assigned")]
    assert industry_gaps.organisations_without_strong_industry(connection, Comparison("traded_cluster", "2018")).empty
    assert industry_gaps.organisations_without_strong_industry(connection, Comparison(*CHOSEN, ("FR",))).empty


def test_evidence_is_the_rows_of_a_figure(connection):
    """Not the whole import: two of the 17 rows of one file and one of the other, whatever the code of a region is."""
    keys = [
        "FRK2|tc-plastics|2019",
        "FR10|tc-plastics|2019",
        "US-OH|tc-plastics|2019",
        "FR10|tc-plastics|2017",
        "a|b|c|d",
    ]
    found = import_evidence.source_summary(connection, "regional_statistics", keys)
    assert tuples(found, "source_id", "facts") == [("import-regional-statistics", 2), ("import-us-cluster-mapping", 1)]
    of_countries = ["FR|traded_cluster|2019", "US|traded_cluster|2019"]
    found = import_evidence.source_summary(connection, "statistics_region_totals", of_countries)
    assert tuples(found, "source_id", "facts") == [("import-regional-statistics", 4), ("import-us-cluster-mapping", 2)]


def test_without_figures_every_answer_is_empty(data, inputs, link):
    """The page then says what is missing."""
    build(inputs, link)
    with open_database(link) as opened:
        assert statistics.periods(opened, "traded_cluster") == []
        assert all(query(opened).empty for query in (statistics.schemes, statistics.origins, statistics.industries))
        assert statistics.regions(opened, "traded_cluster").empty
        assert statistics.quotients_by_region(opened, "tc-plastics", "2019").empty
        assert industry_gaps.strong_without_organisation(opened, Comparison(*CHOSEN)).empty
        assert industry_gaps.organisations_without_strong_industry(opened, Comparison(*CHOSEN)).empty

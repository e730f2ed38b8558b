"""Queries on statistics over a few invented rows: orders, links between classifications and change between years."""

import duckdb
import pytest

from warehouse import statistics, strength

TABLES = """
CREATE TABLE industries (industry_id VARCHAR, industry VARCHAR, scheme VARCHAR);
INSERT INTO industries VALUES
    ('tc-water', 'Water', 'traded_cluster'), ('tc-automotive', 'Automotive', 'traded_cluster'),
    ('tc-video', 'Video', 'traded_cluster'), ('nace-c29', 'C29 Vehicles', 'nace_division'),
    ('nace-a01', 'A01 Farms', 'nace_division'), ('nace-c10', 'C10 Food', 'nace_division'),
    ('nace-h49', 'H49 Transport', 'nace_division');
-- No figures of traded cluster Video and of division H49.
CREATE TABLE statistics_country_totals (industry_id VARCHAR);
INSERT INTO statistics_country_totals
SELECT industry_id FROM industries WHERE industry_id NOT IN ('tc-video', 'nace-h49');
CREATE TABLE sectors (sector_id VARCHAR, name VARCHAR, scheme VARCHAR);
INSERT INTO sectors VALUES ('mobility', 'Mobility', 'theme'), ('food', 'Food', 'theme'), ('arts', 'Arts', 'theme');
CREATE TABLE industry_links (industry_id VARCHAR, sector_id VARCHAR);
INSERT INTO industry_links VALUES
    ('tc-automotive', 'mobility'), ('nace-c29', 'mobility'), ('nace-h49', 'mobility'), ('nace-a01', 'mobility'),
    ('nace-c10', 'food'), ('tc-water', 'food'), ('tc-video', 'arts'), ('tc-video', 'mobility');
CREATE TABLE nace_links (nace_division_id VARCHAR, sector_id VARCHAR);
INSERT INTO nace_links VALUES ('nace-c29', 'tc-automotive'), ('nace-c29', 'mobility'), ('nace-h49', 'tc-automotive');
CREATE TABLE countries (country_code VARCHAR, name VARCHAR);
INSERT INTO countries VALUES ('US', 'United States');
CREATE TABLE organisation_industries (
    region_code VARCHAR, industry_id VARCHAR, organisation VARCHAR, organisation_id VARCHAR
);
CREATE TABLE possible_organisation_industries (
    region_code VARCHAR, industry_id VARCHAR, organisation VARCHAR, organisation_id VARCHAR
);
CREATE TABLE location_quotients AS
SELECT region_code, region_code AS region, 'US' AS country_code, level, 'tc-water' AS industry_id,
    'traded_cluster' AS scheme, period, measure, amount, 1.0 AS location_quotient, 'computed' AS quotient_basis,
    NULL AS quotient_gap, false AS is_strong, amount AS employment, 'stated' AS employment_basis,
    NULL AS employment_published
FROM (VALUES
    ('US-OH', 'state', '2015', 'employment', 150.0), ('US-OH', 'state', '2014', 'employment', 120.0),
    ('US-OH', 'state', '2012', 'employment', 50.0), ('US-OH', 'state', '2014', 'establishments', 9.0),
    ('US-MI', 'state', '2015', 'employment', 30.0), ('US-MI', 'state', '2014', 'employment', NULL),
    ('US-MI', 'state', '2013', 'employment', 40.0),
    ('US-TX', 'state', '2015', 'employment', 10.0), ('US-TX', 'state', '2014', 'employment', 0.0),
    ('US-NV', 'state', '2015', 'employment', 5.0), ('US-NV', 'state', '2010-2014', 'employment', 4.0),
    ('US-UT', 'state', '2015', 'employment', NULL), ('US-UT', 'state', '2014', 'employment', 7.0),
    ('US', 'country', '2015', 'employment', 999.0)
) rows (region_code, level, period, measure, amount);
"""


@pytest.fixture(scope="module")
def connection():
    """These rows in memory."""
    with duckdb.connect() as opened:
        opened.execute(TABLES)
        yield opened


def test_industries_with_figures(connection):
    """Traded clusters first, then NACE divisions, each by name."""
    assert list(statistics.industries(connection)["industry_id"]) == [
        "tc-automotive",
        "tc-water",
        "nace-a01",
        "nace-c10",
        "nace-c29",
    ]


@pytest.mark.parametrize(
    ("industry", "others"),
    [
        ("tc-automotive", [("nace-c29", True, ["Mobility"]), ("nace-a01", False, ["Mobility"])]),  # H49 has no figures
        ("nace-c29", [("tc-automotive", True, ["Mobility"])]),
        ("tc-water", [("nace-c10", False, ["Food"])]),
        ("tc-video", [("nace-a01", False, ["Mobility"]), ("nace-c29", False, ["Mobility"])]),
    ],
)
def test_industries_of_the_other_classification(connection, industry, others):
    """Only those with figures, close ones first; whether the industry itself has figures makes no difference."""
    found = statistics.counterparts(connection, industry)
    assert [(row.industry_id, row.is_close, list(row.themes)) for row in found.itertuples()] == others


def test_change_since_the_last_year_with_a_figure(connection):
    """Over the earlier figure: from 120 to 150 is a quarter more. Not from zero, not from a mean of years."""
    found = strength.strength_and_organisations(connection, "tc-water", "2015").set_index("region_code")
    change = found["change"].dropna().to_dict()
    assert change == {"US-OH": pytest.approx(0.25), "US-MI": pytest.approx(-0.25)}
    assert found["earlier_period"].dropna().to_dict() == {
        "US-OH": "2014",
        "US-MI": "2013",
        "US-TX": "2014",
        "US-UT": "2014",
    }
    assert list(found.index) == ["US-OH", "US-MI", "US-TX", "US-NV", "US-UT"], "the largest first"

"""Countries, regions of NUTS 2013, the region of statistics of an organisation, and the centres of regions."""

import json
import math

import pytest
from shapely import Point, make_valid
from shapely.geometry import shape

from domain.geography import outline_name
from settings import ROOT
from warehouse.queries import vocabulary

# Inhabited areas too small or too far for the outlines of the maps.
WITHOUT_OUTLINE = {"ES63", "ES64", "ES70", "FI20", "FRA1", "FRA2", "FRA3", "FRA4", "PT20", "PT30", "US-HI", "US-PR"}


def test_every_country_of_iso_3166(column, rows):
    """ISO 3166-1 assigns 249 codes; EL, UK and XK are not among them."""
    codes = column("SELECT country_code FROM countries")
    assert len(codes) == 249
    assert not {"EL", "UK", "XK", "SU"} & set(codes)
    assert rows("SELECT name FROM countries WHERE country_code IN ('GR', 'GB', 'CH', 'UA') ORDER BY name") == [
        ("Greece",),
        ("Switzerland",),
        ("Ukraine",),
        ("United Kingdom",),
    ]


def test_sides_of_territories(rows):
    """Territories of the United States; outermost regions, Gibraltar and Åland: Article 355 (1), (3) and (4) TFEU."""
    assert rows(
        "SELECT country_code, territory_of, side FROM countries WHERE territory_of IS NOT NULL ORDER BY ALL"
    ) == [
        ("AS", "US", "US"),
        ("AX", "FI", "EU"),
        ("GF", "FR", "EU"),
        ("GI", "GB", "EU"),
        ("GP", "FR", "EU"),
        ("GU", "US", "US"),
        ("MF", "FR", "EU"),
        ("MP", "US", "US"),
        ("MQ", "FR", "EU"),
        ("PR", "US", "US"),
        ("RE", "FR", "EU"),
        ("UM", "US", "US"),
        ("VI", "US", "US"),
        ("YT", "FR", "EU"),
    ]
    assert rows("SELECT side, count(*) FROM countries GROUP BY side ORDER BY side") == [
        ("EU", 28 + 8),
        ("OTHER", 249 - 36 - 7),
        ("US", 7),
    ]


def test_menus_offer_only_countries_with_records(db):
    """A list of 249 countries in which most choices find nothing would help nobody."""
    offered = vocabulary(db).countries
    assert len(offered) < 100
    assert "NL" in offered and "VU" not in offered


@pytest.mark.parametrize(
    ("code", "name", "country"),
    [
        # Printed by the European Commission in the classification of 2013.
        ("BE2", "VLAAMS GEWEST", "BE"),
        ("ES51", "Cataluña", "ES"),
        ("IE01", "Border, Midland and Western", "IE"),
        ("EL30", "Aττική (Attiki)", "GR"),
        ("UKC1", "Tees Valley and Durham", "GB"),
        ("UKM24", "Scottish Borders", "GB"),
        ("NO05", "Vestlandet", "NO"),
    ],
)
def test_names_of_nuts_regions(rows, code, name, country):
    """A code shows as the name that the classification prints, under the country of ISO 3166."""
    assert rows("SELECT name, country_code FROM regions WHERE region_code = ?", code) == [(name, country)]


@pytest.mark.parametrize(
    ("organisation", "region", "assigned_from"),
    [
        ("Plastipolis", "FR71", "city"),  # Bellignat and Oyonnax lie in the Ain: Rhône-Alpes
        ("ACICAE", "ES21", "city"),
        ("Catalan Agency for Business Competitiveness", "ES51", "region"),
        ("Polymer Ohio", "US-OH", "state"),
    ],
)
def test_organisations_in_regions_of_statistics(rows, organisation, region, assigned_from):
    """By the state, the city or the region that is recorded."""
    assert rows(
        "SELECT r.region_code, assigned_from FROM organisation_regions r JOIN organisations USING (organisation_id) "
        "WHERE name = ?",
        organisation,
    ) == [(region, assigned_from)]


def test_no_region_of_nuts_in_doubt(rows):
    """Bavaria has seven NUTS 2 regions and Wallonia five: without a city nothing is assigned."""
    found = rows(
        "SELECT DISTINCT region_code FROM organisations ANTI JOIN organisation_regions USING (organisation_id) "
        "WHERE side = 'EU' AND region_code IS NOT NULL"
    )
    assert {"de-bavaria", "be-wallonia", "fr-grand-est"} <= {code for (code,) in found}
    assigned = rows(
        "SELECT count(*) FROM organisations LEFT JOIN organisation_regions r USING (organisation_id) "
        "WHERE side = 'EU' AND r.region_code IS NOT NULL"
    )
    assert assigned == [(204,)]


def test_points_of_organisations_near_their_region(rows):
    """A city and the centre of its NUTS 2 region are in the same part of Europe: no code is of another country."""
    far = [
        (place, code)
        for place, code, latitude, longitude, north, east in rows(
            "SELECT place, r.region_code, o.latitude, o.longitude, c.latitude, c.longitude FROM organisations o "
            "JOIN organisation_regions r USING (organisation_id) "
            "JOIN region_centres c ON c.region_code = r.region_code "
            "WHERE o.latitude IS NOT NULL AND assigned_from <> 'state'"
        )
        if math.hypot(latitude - north, (longitude - east) * math.cos(math.radians(north))) * 111.2 > 250
    ]
    assert far == []


def test_centres_of_regions(rows):
    """One for each US state, the District of Columbia, Puerto Rico and 283 regions of NUTS 2; six without a city."""
    assert rows(
        "SELECT level, basis, count(*) FROM region_centres JOIN regions USING (region_code) GROUP BY ALL ORDER BY ALL"
    ) == [
        ("nuts2", "largest city", 277),
        ("nuts2", "population centre", 6),
        ("state", "largest city", 52),
    ]
    assert rows(
        "SELECT place_name FROM region_centres WHERE region_code IN ('US-OH', 'ITC4', 'DE21') ORDER BY ALL"
    ) == [
        ("Columbus",),
        ("Milan",),
        ("Munich",),
    ]


def test_centres_lie_in_their_country(rows):
    """Measured with the outlines that the maps draw, which are simplified to about a kilometre."""
    features = json.loads((ROOT / "static" / "countries.json").read_text(encoding="utf-8"))["features"]
    outlines = {feature["properties"]["name"]: make_valid(shape(feature["geometry"])) for feature in features}
    outside = {
        code
        for code, name, latitude, longitude in rows(
            "SELECT c.region_code, n.name, latitude, longitude FROM region_centres c JOIN regions USING (region_code) "
            "JOIN countries n USING (country_code)"
        )
        if outlines[outline_name(name)].distance(Point(longitude, latitude)) > 0.05
    }
    assert outside <= WITHOUT_OUTLINE

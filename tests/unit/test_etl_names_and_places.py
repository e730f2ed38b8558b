"""Comparing names and points: plain functions with their thresholds."""

import pytest
from shapely import MultiPolygon, Polygon

from etl.duplicates import Name, distinctive_part, normalised, similar_names
from etl.geo_checks import km_outside

RING = [(0, 50), (10, 50), (10, 60), (0, 60), (0, 50)]
SQUARE = Polygon(RING)
WITH_HOLE = Polygon(RING, [[(4, 54), (6, 54), (6, 56), (4, 56), (4, 54)]])
ISLAND = Polygon([(20, 10), (21, 10), (21, 11), (20, 11), (20, 10)])


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected"),
    [
        (5.0, 51.0, 0),  # inside
        (5.0, 49.0, 111.2),  # one degree south
        (11.0, 55.0, 111.2 * 0.5736),  # one degree east, at the cosine of 55 degrees
        (11.0, 61.0, 111.2 * (1 + 0.4848**2) ** 0.5),  # beyond the corner
    ],
)
def test_km_outside(longitude, latitude, expected):
    """Kilometres to the nearest edge; a degree of longitude is shorter in the north."""
    assert km_outside(longitude, latitude, [SQUARE]) == pytest.approx(expected, rel=0.01)


def test_a_hole_is_outside_and_a_second_polygon_counts():
    """An enclave is not in the country; an island is."""
    assert km_outside(5.0, 55.0, [WITH_HOLE]) == pytest.approx(111.2 * 0.5736, rel=0.01)
    assert km_outside(20.5, 10.5, [SQUARE, ISLAND]) == km_outside(20.5, 10.5, [MultiPolygon([SQUARE, ISLAND])]) == 0


def test_normalised_names():
    """Accents, capitals, punctuation and generic words do not distinguish two names."""
    assert normalised("Pôle Mer Méditerranée & Co.") == "pole mer mediterranee and co"
    assert distinctive_part("The Polymer Ohio Cluster, Inc.") == "polymer ohio"
    assert distinctive_part("Cluster Hub") == "cluster hub"


def _similar(*names, country="US"):
    listed = [Name(f"o{number}", text, "f", number, "name") for number, text in enumerate(names)]
    pairs = similar_names(listed, {name.organisation_id: {country} for name in listed})
    return [(one.text, other.text) for one, other, _ in pairs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Water Council", "Milwaukee Water Council"),
        ("Milwaukee Water Council", "The Water Council of Milwaukee"),
        ("Polymeris", "Pôle Polymeriss"),
        ("gi-Cluster (Corallia)", "Corallia gi Cluster"),
    ],
)
def test_similar_names_are_found(one, other):
    """Subsets, other word orders and misspellings."""
    assert _similar(one, other) == [(one, other)]


def test_common_words_are_no_evidence():
    """A state or a field in the names of four organisations does not make two of them similar."""
    names = ["Ohio Water Cluster", "Ohio Bio", "Ohio Photonics", "Ohio Technology Council"]
    assert _similar(*names) == []
    assert _similar(*names, "Photonics of Ohio") == [("Ohio Photonics", "Photonics of Ohio")]


def test_other_countries_are_not_compared():
    """Two clusters with the same name in two countries are two organisations."""
    one, other = (Name(text, text, "f", 2, "name") for text in ("Aerospace Cluster", "The Aerospace Cluster"))
    countries = {one.organisation_id: {"SE"}, other.organisation_id: {"US"}}
    assert list(similar_names([one, other], countries)) == []
    countries[other.organisation_id].add("SE")
    assert len(list(similar_names([one, other], countries))) == 1

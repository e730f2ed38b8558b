"""Comparing names and points: plain functions with their thresholds."""

import pytest

from etl.duplicates import Name, core, look_alikes, plain
from etl.geo_checks import distance_outside

SQUARE = [[(0.0, 50.0), (10.0, 50.0), (10.0, 60.0), (0.0, 60.0), (0.0, 50.0)]]
WITH_LAKE = [*SQUARE, [(4.0, 54.0), (6.0, 54.0), (6.0, 56.0), (4.0, 56.0), (4.0, 54.0)]]


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected"),
    [
        (5.0, 51.0, 0),  # inside
        (5.0, 49.0, 111.2),  # one degree south
        (11.0, 55.0, 111.2 * 0.5736),  # one degree east, at the cosine of 55 degrees
        (11.0, 61.0, 111.2 * (1 + 0.4848**2) ** 0.5),  # beyond the corner
    ],
)
def test_distance_outside(longitude, latitude, expected):
    """Kilometres to the nearest edge, a degree of longitude shorter in the north."""
    assert distance_outside(longitude, latitude, [SQUARE]) == pytest.approx(expected, rel=0.01)


def test_a_hole_is_outside_and_a_second_polygon_counts():
    """An enclave is not in the country; an island is."""
    assert distance_outside(5.0, 55.0, [WITH_LAKE]) > 0
    assert distance_outside(20.5, 10.5, [SQUARE, [[(20, 10), (21, 10), (21, 11), (20, 11), (20, 10)]]]) == 0


def test_plain_and_core():
    """Accents, capitals, punctuation and generic words do not tell two names apart."""
    assert plain("Pôle Mer Méditerranée & Co.") == "pole mer mediterranee and co"
    assert core("The Polymer Ohio Cluster, Inc.") == "polymer ohio"
    assert core("Cluster Hub") == "cluster hub"


def _alike(*names, country="US"):
    listed = [Name(f"o{number}", text, "f", number, "name") for number, text in enumerate(names)]
    found = look_alikes(listed, {name.organisation_id: {country} for name in listed})
    return [(one.text, other.text) for one, other, _ in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Water Council", "Milwaukee Water Council"),
        ("Milwaukee Water Council", "The Water Council of Milwaukee"),
        ("Polymeris", "Pôle Polymeriss"),
        ("gi-Cluster (Corallia)", "Corallia gi Cluster"),
    ],
)
def test_look_alikes_are_found(one, other):
    """Subsets, other orders and slips of spelling."""
    assert _alike(one, other) == [(one, other)]


def test_common_words_are_no_evidence():
    """A state or a field that four organisations carry does not make two of them the same."""
    names = ["Ohio Water Cluster", "Ohio Bio", "Ohio Photonics", "Ohio Technology Council"]
    assert _alike(*names) == []
    assert _alike(*names, "Photonics of Ohio") == [("Ohio Photonics", "Photonics of Ohio")]


def test_other_countries_are_not_compared():
    """Two clusters of one name in two countries are two."""
    one, other = (Name(text, text, "f", 2, "name") for text in ("Aerospace Cluster", "The Aerospace Cluster"))
    countries = {one.organisation_id: {"SE"}, other.organisation_id: {"US"}}
    assert list(look_alikes([one, other], countries)) == []
    countries[other.organisation_id].add("SE")
    assert len(list(look_alikes([one, other], countries))) == 1

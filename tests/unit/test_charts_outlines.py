"""The outlines the map fetches: whole, small, and without smears across the Pacific."""

import itertools
import json
from pathlib import Path

import pytest

from tools import make_lines, make_outlines, topology

STATIC = Path(__file__).parents[2] / "static"
MAX_KIB = {
    "countries": 400,
    "lakes": 60,
    "us-state-borders": 60,
    "us-states": 80,
    "labels": 12,
    "country-lines": 520,
    "inner-lines": 150,
}


def load(name: str):
    return json.loads((STATIC / f"{name}.json").read_text(encoding="utf-8"))


def contains(ring, point) -> bool:
    """Even-odd rule, written out here so that the outlines are not checked by the library that made them."""
    x, y = point
    crossings = 0
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            crossings += 1
    return crossings % 2 == 1


def area(ring) -> float:
    """Square degrees, by the shoelace formula."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring))) / 2


def rings(name: str):
    """(properties, ring) of every polygon of a file."""
    for feature in load(name)["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                yield feature["properties"], ring


@pytest.mark.parametrize(("name", "limit"), MAX_KIB.items())
def test_files_stay_small_and_compact(name, limit):
    path = STATIC / f"{name}.json"
    assert 3 * 1024 < path.stat().st_size < limit * 1024
    assert '": ' not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["countries", "lakes", "us-states"])
def test_rings_are_closed_and_do_not_cross_the_antimeridian(name):
    for properties, ring in rings(name):
        assert ring[0] == ring[-1] and len(ring) >= 4, properties
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring), properties
        assert all(abs(a[0] - b[0]) <= 90 for a, b in itertools.pairwise(ring)), properties


def test_coordinates_have_two_decimals():
    assert all(round(value, 2) == value for _, ring in rings("countries") for point in ring for value in point)


@pytest.mark.parametrize(
    ("code", "name", "inside"),
    [
        ("250", "France", (2.35, 48.86)),
        ("276", "Germany", (13.40, 52.52)),
        ("724", "Spain", (-3.70, 40.42)),
        ("840", "United States of America", (-104.99, 39.74)),
        ("124", "Canada", (-79.38, 43.70)),
        ("643", "Russia", (37.62, 55.75)),
        ("372", "Ireland", (-6.27, 53.34)),
        ("470", "Malta", (14.45, 35.89)),
    ],
)
def test_capitals_and_cities_lie_in_their_countries(code, name, inside):
    own = [ring for properties, ring in rings("countries") if properties == {"id": code, "name": name}]
    assert own and any(contains(ring, inside) for ring in own)


def test_all_eu_countries_of_2017_are_there():
    codes = {properties["id"] for properties, _ in rings("countries")}
    eu_2017 = (
        "040 056 100 191 196 203 208 233 246 250 276 300 348 372 "
        "380 428 440 442 470 528 616 620 642 703 705 724 752 826"
    )
    assert len(eu_2017.split()) == 28 and set(eu_2017.split()) <= codes


def test_the_great_lakes_are_water():
    own = [ring for _, ring in rings("lakes")]
    for middle in ((-87.0, 43.5), (-82.5, 45.0), (-87.5, 47.7), (-81.2, 42.2), (-77.8, 43.6)):
        assert any(contains(ring, middle) for ring in own), middle


def test_state_borders_are_lines_within_the_states():
    lines = load("us-state-borders")["features"][0]["geometry"]["coordinates"]
    assert len(lines) > 100
    assert all(-125 < x < -66 and 24 < y < 50 for line in lines for x, y in line)


def test_states_carry_the_codes_of_the_regions():
    """Every state the project knows can be filled, under its own code and in its own place; four territories cannot."""
    without_outline = {"US-AS", "US-GU", "US-MP", "US-VI"}
    drawn = {properties["id"] for properties, _ in rings("us-states")}
    assert drawn == set(make_outlines.state_codes().values()) - without_outline
    for code, inside in {
        "US-OH": (-82.99, 39.96),
        "US-CO": (-104.99, 39.74),
        "US-AK": (-149.9, 61.5),
        "US-DC": (-77.03, 38.9),
    }.items():
        around = {properties["id"] for properties, ring in rings("us-states") if contains(ring, inside)}
        assert around == {code}


def test_labels_cover_countries_and_states_once():
    labels = load("labels")
    names = [row["name"] for row in labels]
    assert len(set(names)) == len(names)
    assert {"France", "Türkiye", "United States", "Massachusetts", "Ohio"} <= set(names)
    assert sum(row["kind"] == "state" for row in labels) == 51  # 50 states and Puerto Rico


def test_a_ring_across_the_antimeridian_is_cut_in_two():
    square = topology.unwrap([(170, 0), (-170, 0), (-170, 10), (170, 10), (170, 0)])
    pieces = topology.cut_at_antimeridian(square)
    assert sorted(round(area(piece)) for piece in pieces) == [100, 100]
    assert sorted({x for piece in pieces for x, _ in piece}) == [-180, -170, 170, 180]


def test_a_ring_round_the_pole_is_closed_along_the_edge():
    circle = topology.unwrap([(-120, -70), (0, -70), (120, -70), (-120, -70)])
    pieces = topology.cut_at_antimeridian(circle)
    assert sum(area(piece) for piece in pieces) == pytest.approx(360 * 15)


def test_simplifying_keeps_the_ends_and_stays_within_the_tolerance():
    line = [(x / 10, 0.05 * (x % 2)) for x in range(-1200, -1100)]  # in the Pacific: coarse
    simple = make_outlines.simplify(line)
    assert simple == [line[0], line[-1]]
    bend = [(-120.0, 0.0), (-115.0, 3.0), (-110.0, 0.0)]
    assert make_outlines.simplify(bend) == bend


@pytest.mark.parametrize("file", ["country-lines", "inner-lines"])
def test_the_lines_are_those_of_the_outlines(file):
    """Whoever makes the outlines anew must make the lines anew."""
    assert load(file) == make_lines.rows(STATIC, file)


def test_a_shared_border_is_drawn_once_and_the_cut_at_the_antimeridian_never():
    rows = [tuple(row[:4]) for row in load("country-lines")]
    assert len({frozenset([row[:2], row[2:]]) for row in rows}) == len(rows)
    assert not any(abs(row[0]) == abs(row[2]) == 180 for row in rows)
    square = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    twice = {
        "features": [{"geometry": {"type": "MultiPolygon", "coordinates": [square, [ring[::-1] for ring in square]]}}]
    }
    assert len(make_lines.segments(twice)) == 3


def test_every_side_of_germany_is_among_the_lines():
    drawn = {frozenset([tuple(row[:2]), tuple(row[2:4])]) for row in load("country-lines")}
    german = [ring for properties, ring in rings("countries") if properties["id"] == "276"]
    sides = [frozenset([tuple(a), tuple(b)]) for ring in german for a, b in itertools.pairwise(ring) if a != b]
    assert len(sides) > 100 and all(side in drawn for side in sides)

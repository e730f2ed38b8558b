"""Geometry of the maps: the projection, great circles, and outlines clipped to a view."""

import itertools
import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from maps.geometry import (
    clip_lines,
    clip_polygons,
    from_geojson,
    great_circle,
    lines,
    mercator,
    project,
    rings,
    to_degrees,
    to_pixels,
)

LYON, BOSTON = (45.75, 4.85), (42.36, -71.06)
EARTH_KM = 6371.0
BOX = (0.0, 0.0, 10.0, 10.0)


def km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Haversine distance of (longitude, latitude) points."""
    (a, b), (c, d) = (map(math.radians, place) for place in (start, end))
    return (
        2
        * EARTH_KM
        * math.asin(math.sqrt(math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2))
    )


@pytest.mark.parametrize("latitude", [-60, 0, 45.75, 84])
def test_mercator(latitude):
    """By another formula for the same projection."""
    x, y = mercator(90, latitude)
    assert x == pytest.approx(math.pi / 2) and y == pytest.approx(math.asinh(math.tan(math.radians(latitude))))


def test_the_poles_stay_finite():
    assert mercator(0, -90) == mercator(0, -85)


def test_an_arc_is_the_shortest_way():
    """Its pieces add up to the distance, and a chord of the map would be longer."""
    path = great_circle(LYON[::-1], BOSTON[::-1])
    assert path[0] == pytest.approx(LYON[::-1]) and path[-1] == pytest.approx(BOSTON[::-1])
    length = sum(km(a, b) for a, b in itertools.pairwise(path))
    assert length == pytest.approx(km(LYON[::-1], BOSTON[::-1]), rel=1e-6)
    assert max(latitude for _, latitude in path) > LYON[0] + 3


def test_an_arc_over_the_date_line_does_not_jump():
    path = great_circle((170.0, 60.0), (-170.0, 60.0))
    assert max(abs(a[0] - b[0]) for a, b in itertools.pairwise(path)) < 5


def polygon(*points: tuple[float, float]) -> np.ndarray:
    return from_geojson([{"type": "Polygon", "coordinates": [[*points, points[0]]]}])


def corners(polygons: np.ndarray) -> set[tuple[float, float]]:
    return {point for ring in rings(polygons) for point in ring}


def test_polygons_are_clipped_to_the_bounds():
    assert corners(clip_polygons(polygon((-5, 2), (5, 2), (5, 4), (-5, 4)), BOX, 1)) == {(0, 2), (0, 4), (5, 2), (5, 4)}
    assert rings(clip_polygons(polygon((11, 0), (12, 0), (12, 5)), BOX, 1)) == []
    assert corners(clip_polygons(polygon((-9, -9), (99, -9), (99, 99), (-9, 99)), BOX, 1)) == {
        (0, 0),
        (10, 0),
        (10, 10),
        (0, 10),
    }


def test_a_polygon_cut_in_two_gives_two_rings_and_a_touch_gives_none():
    horseshoe = polygon((2, 5), (4, 5), (4, 12), (6, 12), (6, 5), (8, 5), (8, 14), (2, 14))
    assert sorted(map(len, rings(clip_polygons(horseshoe, BOX, 1)))) == [5, 5]
    assert rings(clip_polygons(polygon((10, 2), (12, 2), (12, 4), (10, 4)), BOX, 1)) == []


def test_holes_are_rings_of_their_own():
    square, hole = [[1, 1], [9, 1], [9, 9], [1, 9], [1, 1]], [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]
    own = from_geojson([{"type": "Polygon", "coordinates": [square, hole]}])
    assert sorted(len(ring) for ring in rings(clip_polygons(own, BOX, 1))) == [5, 5]
    assert clip_polygons(own, BOX, 1)[0].area == 64 - 4


def test_small_parts_are_left_out():
    islands = np.concatenate([polygon((0, 0), (2, 0), (2, 2), (0, 2)), polygon((5, 5), (9, 5), (9, 9), (5, 9))])
    assert shapely.area(clip_polygons(islands, BOX, 1, min_area=4)).tolist() == [16]


def test_a_border_is_drawn_alike_from_both_sides():
    """Points on whole units, the same ones for both neighbours, although each ring starts and turns its own way."""
    border = [(0.0, 5.2), (0.4, 5.3), (3.6, 6.1), (9.4, 5.0), (10.0, 5.4)]
    below = clip_polygons(polygon(*border, (10, 0), (0, 0)), BOX, 1)
    above = clip_polygons(polygon(*border[::-1], (0, 10), (10, 10)), BOX, 1)
    assert corners(below) & corners(above) == {(0, 5), (4, 6), (9, 5), (10, 5)}


def test_a_ring_that_crosses_itself_is_made_valid():
    bow_tie = polygon((0, 0), (4, 4), (4, 0), (0, 4))
    assert bow_tie[0].is_valid and bow_tie[0].area == 8


def test_lines_are_clipped_and_thinned_out():
    line = from_geojson([{"type": "LineString", "coordinates": [[-5, 5], [2, 5.1], [5, 5], [15, 5]]}])
    ((start, *_, end),) = lines(clip_lines(line, BOX))
    assert start == pytest.approx((0, 5 + 5 / 70)) and end == (10, 5)
    assert lines(clip_lines(line, BOX, tolerance=0.5)) == [[(0, 5), (10, 5)]]
    leaves = from_geojson([{"type": "LineString", "coordinates": [[1, 5], [1, 15], [9, 15], [9, 5]]}])
    assert sorted(lines(clip_lines(leaves, BOX))) == [[(1, 5), (1, 10)], [(9, 10), (9, 5)]]


def test_nothing_stays_nothing():
    none = from_geojson([])
    assert rings(clip_polygons(project(none, lambda points: points), BOX, 1)) == lines(clip_lines(none, BOX)) == []


@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(0, 9))
def test_pixels_and_degrees_are_inverse(longitude, latitude, zoom):
    assert to_degrees(*to_pixels(longitude, latitude, zoom), zoom) == pytest.approx((longitude, latitude), abs=1e-6)


def test_the_middle_of_the_world():
    assert to_pixels(0, 0, 0) == pytest.approx((256, 256))  # web Mercator: the middle of a world of 512 pixels


@given(*[st.tuples(st.floats(-180, 180), st.floats(-80, 80))] * 2)
def test_steps_of_a_great_circle_are_equal(start, end):
    """Points at equal distances along the way, which ends where it should."""
    path = great_circle(start, end, steps=7)
    assert path[0] == pytest.approx(start, abs=1e-4) or len(path) == 2
    steps = [km(a, b) for a, b in itertools.pairwise(path)]
    if km(start, end) < 19_000:  # opposite points have many shortest lines
        assert sum(steps) == pytest.approx(km(start, end), rel=1e-4, abs=0.1)
        assert max(steps) - min(steps) < 1

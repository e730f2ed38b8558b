"""Names on the map: beside circles, in their area, or left out."""

import math

from map_frames import LABELS

from maps.geometry import to_pixels
from maps.labels import place_labels


def name_box(row: dict, zoom: float) -> tuple[float, float, float, float]:
    """Half a letter of the size a character: narrower than any font, so that touching counts."""
    x, y = to_pixels(row["lon"], row["lat"], zoom)
    x, y, half = x + row["offset"][0], y + row["offset"][1], len(row["name"]) * row["size"] / 4
    return x - half, y - row["size"] / 2, x + half, y + row["size"] / 2


def test_names_stand_beside_circles_and_not_on_one_another():
    zoom = 5.0
    circles = [(*to_pixels(5.0, 46.0, zoom), 6.0), (*to_pixels(5.2, 46.0, zoom), 6.0)]
    placed = place_labels(LABELS, circles, zoom, 0, True)
    assert [row["name"] for row in placed] == ["France", "Rhône"], "states stand for the United States"
    boxes = [name_box(row, zoom) for row in placed]
    for left, top, right, bottom in boxes:
        assert not any(left < x < right and top < y < bottom for x, y, _ in circles)
    (_, top, _, bottom), (_, other_top, _, other_bottom) = boxes
    assert bottom <= other_top or other_bottom <= top or boxes[0][2] <= boxes[1][0] or boxes[1][2] <= boxes[0][0]


def test_a_name_stays_in_its_area_or_is_left_out():
    x, y = to_pixels(5.0, 46.0, 5.0)
    crowd = [(x + across, y + down, 6.0) for across in range(-120, 121, 10) for down in range(-60, 61, 10)]
    assert [row["name"] for row in place_labels(LABELS, crowd, 5.0, 0, True)] == []
    side = math.sqrt(60 / math.cos(math.radians(46))) * 512 * 2**5 / 360  # pixels, of a square as large as the area
    ring = [circle for circle in crowd if math.dist(circle[:2], (x, y)) < 25]
    placed = place_labels(LABELS[:1], ring, 5.0, 0, True)
    assert placed and 0 < math.hypot(*placed[0]["offset"]) < side / 2


def test_a_name_with_room_stays_in_its_place():
    placed = place_labels(LABELS, [], 5.0, 4, False)
    assert [(row["name"], row["offset"]) for row in placed] == [("United States", [0, 0]), ("France", [0, 0])]

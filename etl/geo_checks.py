"""Is a point where its row says it is? Plain geometry on the outlines that the map draws."""

import itertools
import json
import math
from collections.abc import Iterator
from pathlib import Path

from domain.geography import KM_PER_DEGREE, outline_name
from etl.errors import Problem
from etl.transform import Row, TypedTable

# Exterior ring first, then holes; each ring a closed list of (longitude, latitude) in degrees.
Polygon = list[list[tuple[float, float]]]

# The outlines are simplified to about a kilometre, so a harbour may lie up to three kilometres
# beside them; a town across the border may not.
TOLERANCE_KM = 5.0
FAR_KM = 1000
OUTLINES_FILE = "countries.json"


def read_outlines(static_dir: Path) -> dict[str, list[Polygon]]:
    """Country name as in the outlines -> its polygons, from a GeoJSON file of MultiPolygons."""
    collection = json.loads((static_dir / OUTLINES_FILE).read_text(encoding="utf-8"))
    return {feature["properties"]["name"]: feature["geometry"]["coordinates"] for feature in collection["features"]}


def distance_outside(longitude: float, latitude: float, polygons: list[Polygon]) -> float:
    """Kilometres from the point to the nearest of the polygons; 0 inside one of them."""
    if any(_is_inside(longitude, latitude, polygon) for polygon in polygons):
        return 0.0
    # Near the point the earth is flat enough: a degree of longitude shrinks with the latitude.
    squeeze = math.cos(math.radians(latitude))
    return KM_PER_DEGREE * min(
        _to_segment(
            (start[0] - longitude) * squeeze, start[1] - latitude, (end[0] - longitude) * squeeze, end[1] - latitude
        )
        for polygon in polygons
        for ring in polygon
        for start, end in itertools.pairwise(ring)
    )


def _is_inside(x: float, y: float, polygon: Polygon) -> bool:
    # Even-odd rule over all rings at once: a hole crosses once more and is outside again.
    inside = False
    for ring in polygon:
        for (x0, y0), (x1, y1) in itertools.pairwise(ring):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                inside = not inside
    return inside


def _to_segment(x0: float, y0: float, x1: float, y1: float) -> float:
    """Distance of the origin from the segment."""
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(x0 * dx + y0 * dy) / length))
    return math.hypot(x0 + along * dx, y0 + along * dy)


def verify_points(
    tables: dict[str, TypedTable], outlines: dict[str, list[Polygon]], tolerance_km: float = TOLERANCE_KM
) -> Iterator[Problem]:
    """Organisations and event places whose point lies outside all of their countries."""
    if "countries" not in tables:
        return
    names = {row.values["country_code"]: row for row in tables["countries"].rows}
    further: dict[str, set[str]] = {}
    for row in tables["organisation_countries"].rows if "organisation_countries" in tables else ():
        further.setdefault(row.values["organisation_id"], set()).add(row.values["country_code"])
    for name in ("organisations", "event_places"):
        for row in tables[name].rows if name in tables else ():
            codes = {row.values["country_code"], *further.get(row.values.get("organisation_id"), ())}
            known = [names[code] for code in sorted(codes - {None}) if code in names]
            yield from _verify_point(tables[name], row, known, tables["countries"].file, outlines, tolerance_km)


def _verify_point(
    typed: TypedTable, row: Row, countries: list[Row], countries_file: str, outlines, tolerance_km: float
):
    latitude, longitude = row.values["latitude"], row.values["longitude"]
    # Coordinates beyond the globe are a broken CHECK and reported as such.
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return
    names = [country.values["name"] for country in countries]
    polygons = [polygon for name in names for polygon in outlines.get(outline_name(name), [])]
    if not polygons:
        return  # a country too small for the outlines, or a reference that is reported elsewhere
    distance = distance_outside(longitude, latitude, polygons)
    if distance > tolerance_km:
        lines = ", ".join(f"{c.values['name']} ({countries_file} line {c.line})" for c in countries)
        # Far away the flat measure is only good enough to say so.
        far = f"{distance:.0f} km" if distance < FAR_KM else f"more than {FAR_KM:,} km"
        rule = f"lies {far} outside {lines}"
        fix = "Correct the coordinates or the country; latitude is north, longitude is east."
        yield Problem(typed.file, row.line, "latitude, longitude", f"{latitude}, {longitude}", rule, fix)

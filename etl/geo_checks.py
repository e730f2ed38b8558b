"""Verifies that coordinates lie in the countries of their rows, using the outlines that the maps draw."""

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from shapely import Point, make_valid
from shapely.affinity import affine_transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from domain.geography import KM_PER_DEGREE, outline_name
from etl.errors import Problem
from etl.transform import Row, TypedTable

# The outlines are simplified to about a kilometre, so a harbour may lie up to three kilometres outside;
# a town across the border is farther away than this.
TOLERANCE_KM = 5.0
# Beyond this distance the planar approximation is too rough to print a number.
MAX_PRECISE_KM = 1000
OUTLINES_FILE = "countries.json"


@cache
def read_outlines(static_dir: Path) -> dict[str, BaseGeometry]:
    """Country name as in the outlines -> its area in degrees of longitude and latitude, from a GeoJSON file."""
    collection = json.loads((static_dir / OUTLINES_FILE).read_text(encoding="utf-8"))
    # Simplifying the outlines left self-intersections in some of them.
    return {feature["properties"]["name"]: make_valid(shape(feature["geometry"])) for feature in collection["features"]}


def km_outside(longitude: float, latitude: float, areas: list[BaseGeometry]) -> float:
    """Kilometres from the point to the nearest of the areas; 0 inside one of them."""
    point = Point(longitude, latitude)
    if any(area.covers(point) for area in areas):
        return 0.0
    # Plane approximation around the point: a degree of longitude shrinks with the cosine of the latitude.
    scale = math.cos(math.radians(latitude))
    to_plane = [scale, 0, 0, 1, -longitude * scale, -latitude]
    distances = [affine_transform(area, to_plane).distance(Point(0, 0)) for area in areas]
    return KM_PER_DEGREE * float(min(distances))


def verify_points(
    tables: dict[str, TypedTable], outlines: dict[str, BaseGeometry], tolerance_km: float = TOLERANCE_KM
) -> Iterator[Problem]:
    """A problem for each organisation and event place whose coordinates lie outside all of its countries."""
    if "countries" not in tables:
        return
    countries = {row.values["country_code"]: row for row in tables["countries"].rows}
    further_countries: dict[str | None, set[str]] = {}
    for row in tables["organisation_countries"].rows if "organisation_countries" in tables else ():
        further_countries.setdefault(row.values["organisation_id"], set()).add(row.values["country_code"])
    for name in ("organisations", "event_places"):
        for row in tables[name].rows if name in tables else ():
            codes = {row.values["country_code"], *further_countries.get(row.values.get("organisation_id"), ())}
            known = [countries[code] for code in sorted(codes - {None}) if code in countries]
            yield from _verify_point(tables[name], row, known, tables["countries"].file, outlines, tolerance_km)


def _verify_point(
    typed: TypedTable,
    row: Row,
    countries: list[Row],
    countries_file: str,
    outlines: dict[str, BaseGeometry],
    tolerance_km: float,
) -> Iterator[Problem]:
    latitude, longitude = row.values["latitude"], row.values["longitude"]
    # Coordinates out of range break a CHECK and are reported there.
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return
    names = [country.values["name"] for country in countries]
    areas = [outlines[outline] for name in names if (outline := outline_name(name)) in outlines]
    if not areas:
        return  # a country too small for the outlines, or an unknown one, which is reported elsewhere
    distance = km_outside(longitude, latitude, areas)
    if distance > tolerance_km:
        lines = ", ".join(f"{c.values['name']} ({countries_file} line {c.line})" for c in countries)
        text = f"{distance:.0f} km" if distance < MAX_PRECISE_KM else f"more than {MAX_PRECISE_KM:,} km"
        rule = f"lies {text} outside {lines}"
        fix = "Correct the coordinates or the country; latitude is north, longitude is east."
        yield Problem(typed.file, row.line, "latitude, longitude", f"{latitude}, {longitude}", rule, fix)

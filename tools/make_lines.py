"""Derive the lines of the map from its outlines: every coast, border and shore once, cut into straight segments.

    python -m tools.make_lines

Reads countries.json, lakes.json and us-state-borders.json in static/ and writes there one row per segment,
[longitude, latitude, longitude, latitude, kind] in degrees, kinds as in KINDS:

    country-lines.json  coasts and borders of countries, drawn below the lakes that hide some of them
    inner-lines.json    shores of the lakes, borders of the US states

Why segments: the browser draws a straight segment several times faster than a corner of a path, and a
border that two countries share would otherwise be drawn twice. Without a graphics card the outlines
take nearly all of the time of a frame (bench/map_smoothness.py).
"""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from settings import ROOT

Point = tuple[float, float]

KINDS = {"countries": 0, "lakes": 1, "us-state-borders": 2}
FILES = {"country-lines": ("countries",), "inner-lines": ("lakes", "us-state-borders")}
DEPTH = {"MultiLineString": 1, "MultiPolygon": 2}  # levels of lists around a line of points
CUT_LONGITUDE = 180.0  # rings are cut at the antimeridian; the cut itself is no border
SOUTHERN_EDGE = -85.0  # degrees; the edge of the map is no border either


def lines_of(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    """The rings or lines of a geometry; KeyError for a type that the outlines do not have."""
    lines = geometry["coordinates"]
    for _ in range(DEPTH[geometry["type"]] - 1):
        lines = itertools.chain.from_iterable(lines)
    yield from lines


def is_cut(start: Point, end: Point) -> bool:
    """Whether a segment is on the antimeridian or on the southern edge of the map, where no land ends."""
    return abs(start[0]) == abs(end[0]) == CUT_LONGITUDE or start[1] == end[1] <= SOUTHERN_EDGE


def segments(collection: dict[str, Any]) -> list[tuple[Point, Point]]:
    """Straight segments of all features, each once whatever its direction, in order of first appearance."""
    seen: dict[tuple[Point, Point], None] = {}
    for feature in collection["features"]:
        for line in lines_of(feature["geometry"]):
            for start, end in itertools.pairwise((x, y) for x, y in line):
                if start != end and not is_cut(start, end):
                    seen.setdefault((min(start, end), max(start, end)))
    return list(seen)


def rows(folder: Path, file: str) -> list[list[float]]:
    """The content of one of FILES, from the outlines in `folder`."""
    return [
        [*start, *end, KINDS[name]]
        for name in FILES[file]
        for start, end in segments(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
    ]


def main() -> None:
    """Write all FILES and print their sizes."""
    folder = ROOT / "static"
    for file in FILES:
        target = folder / f"{file}.json"
        target.write_text(json.dumps(rows(folder, file), separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"{target.name}: {target.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()

"""Derive the lines of the map from its outlines: every coast, border and shore once, cut into straight pieces.

    python tools/make_lines.py

Reads countries.json, lakes.json and us-state-borders.json beside this script and writes one row a piece,
[longitude, latitude, longitude, latitude, kind] in degrees, kinds as in KINDS:

    country-lines.json  coasts and borders of countries, drawn below the lakes that hide some of them
    inner-lines.json    shores of the lakes, borders of the US states

Why pieces: the browser draws a straight piece several times faster than a corner of a path, and a
border that two countries share would otherwise be drawn twice. Without a graphics card the outlines
are nearly all of the time of a frame (bench/map_smoothness.py).
"""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

Point = tuple[float, float]

KINDS = {"countries": 0, "lakes": 1, "us-state-borders": 2}
FILES = {"country-lines": ("countries",), "inner-lines": ("lakes", "us-state-borders")}
DEPTH = {"MultiLineString": 1, "MultiPolygon": 2}  # lists round a line of points
CUT = 180.0  # rings are cut at the antimeridian; the cut itself is no border


def lines_of(geometry: dict) -> Iterator[list[list[float]]]:
    """The rings or lines of a geometry; KeyError for a type that the outlines do not have."""
    lines = geometry["coordinates"]
    for _ in range(DEPTH[geometry["type"]] - 1):
        lines = itertools.chain.from_iterable(lines)
    yield from lines


def is_cut(start: Point, end: Point) -> bool:
    """True on the antimeridian and on the southern edge of the map, where no land ends."""
    return abs(start[0]) == abs(end[0]) == CUT or start[1] == end[1] <= -85


def pieces(collection: dict) -> list[tuple[Point, Point]]:
    """Straight pieces of all features, each once whatever its direction, in order of first appearance."""
    seen: dict[tuple[Point, Point], None] = {}
    for feature in collection["features"]:
        for line in lines_of(feature["geometry"]):
            for start, end in itertools.pairwise(map(tuple, line)):
                if start != end and not is_cut(start, end):
                    seen.setdefault((min(start, end), max(start, end)))
    return list(seen)


def rows(folder: Path, file: str) -> list[list[float]]:
    """The content of one of FILES, from the outlines in `folder`."""
    return [
        [*start, *end, KINDS[name]]
        for name in FILES[file]
        for start, end in pieces(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
    ]


def main() -> None:
    folder = Path(__file__).resolve().parents[1] / "static"
    for file in FILES:
        target = folder / f"{file}.json"
        target.write_text(json.dumps(rows(folder, file), separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"{target.name}: {target.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()

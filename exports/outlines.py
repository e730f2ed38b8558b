"""The outlines of static/ as the ground of a map that lives in a file."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from charts.ground import Ground
from settings import load_settings


@lru_cache(maxsize=1)
def ground() -> Ground:
    """Land, lakes, borders of the US states and names, read once; see static/README.md for their sources.

    Raises FileNotFoundError, naming the file, when static/ is not complete.
    """
    folder = load_settings().static_dir
    return Ground(
        land=_rings(folder / "countries.json"),
        lakes=_rings(folder / "lakes.json"),
        borders=tuple(line for part in _geometries(folder / "us-state-borders.json") for line in part),
        names=tuple(_read(folder / "labels.json")),
    )


def _rings(path: Path) -> tuple:
    """Rings of every polygon, those of holes included."""
    return tuple(ring for shape in _geometries(path) for polygon in shape for ring in polygon)


def _geometries(path: Path) -> list[Any]:
    return [feature["geometry"]["coordinates"] for feature in _read(path)["features"]]


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))

"""The outlines of static/ as the ground of a map that lives in a file, and the chart of a card, its map included."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from cards.card import Card, MapCard
from charts.chart import Chart
from maps.basemap import Ground
from maps.static_map import flat_map
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


def chart_of(card: Card) -> Chart | None:
    """The chart of a card for a file; a map is drawn anew, without a map library. None for a card of rows or texts."""
    if isinstance(card, MapCard):
        return flat_map(card.points, card.links, ground(), card.extent)
    return card.chart


def _rings(path: Path) -> tuple:
    """Rings of every polygon, those of holes included."""
    return tuple(ring for shape in _geometries(path) for polygon in shape for ring in polygon)


def _geometries(path: Path) -> list[Any]:
    return [feature["geometry"]["coordinates"] for feature in _read(path)["features"]]


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))

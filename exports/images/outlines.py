"""The outlines of static/ for maps in files, and the chart of a card, its map included."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely

from cards.card import Card, DeckCard, MapCard
from charts.chart import Chart
from maps.basemap import BasemapGeometry
from maps.geometry import from_geojson
from maps.static_map import static_map
from maps.static_region_map import static_region_map
from settings import load_settings


@lru_cache(maxsize=1)
def basemap_geometry() -> BasemapGeometry:
    """Countries, lakes, borders of the US states and labels, read once; see static/README.md for their sources.

    Raises FileNotFoundError, naming the file, when static/ is not complete.
    """
    folder = load_settings().static_dir
    countries = _read(folder / "countries.json")["features"]
    borders = _read(folder / "us-state-borders.json")["features"]
    return BasemapGeometry(
        countries=from_geojson(feature["geometry"] for feature in countries),
        country_names=tuple(feature["properties"]["name"] for feature in countries),
        lakes=from_geojson(feature["geometry"] for feature in _read(folder / "lakes.json")["features"]),
        # One line each: together they would be merged where they meet.
        state_borders=shapely.get_parts(from_geojson(feature["geometry"] for feature in borders)),
        labels=tuple(_read(folder / "labels.json")),
    )


def chart_of(card: Card) -> Chart | None:
    """The chart of a card for a file; a map is drawn without a map library. None for a card of rows or texts."""
    if isinstance(card, MapCard):
        return static_map(card.points, card.links, basemap_geometry(), card.extent)
    if isinstance(card, DeckCard) and card.region_points is not None:
        return static_region_map(card.region_points, basemap_geometry())
    return card.chart


def has_static_map(card: Card) -> bool:
    """Whether files draw the card as a map."""
    return isinstance(card, MapCard) or (isinstance(card, DeckCard) and card.region_points is not None)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))

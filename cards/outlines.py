"""Outlines of US states and countries for filled maps, read from static/ (origin: static/README.md)."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from domain.geography import outline_name
from settings import load_settings

Geometry = dict[str, Any]  # a GeoJSON geometry


def outlines(countries: Mapping[str, str]) -> dict[str, Geometry]:
    """Geometry by code of every US state and of those of ``countries`` ({code: name}) that have an outline."""
    states, named = _features()
    chosen = {code: named.get(outline_name(name)) for code, name in countries.items()}
    return states | {code: geometry for code, geometry in chosen.items() if geometry}


@lru_cache(maxsize=1)
def _features() -> tuple[dict[str, Geometry], dict[str, Geometry]]:
    """States by code and countries by name. Cached, because the files do not change while the app runs."""
    states = {feature["properties"]["id"]: feature["geometry"] for feature in _read("us-states.json")}
    return states, {feature["properties"]["name"]: feature["geometry"] for feature in _read("countries.json")}


def _read(name: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((load_settings().static_dir / name).read_text(encoding="utf-8"))[
        "features"
    ]
    return features

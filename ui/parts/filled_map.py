"""Maps that are cards of their own: deck, legend in words, source line, sources and method, CSV."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydeck as pdk
import streamlit as st

from cards import tables
from cards.card import Card
from domain.geography import outline_name
from maps.deck import DISCLAIMER
from maps.extents import DESIGN_WIDTH_PX
from maps.view_fit import CARD_MAP_HEIGHT_PX
from settings import load_settings
from ui import state
from ui.parts.cooperation_map_view import PHONE_WIDTH_PX, is_phone
from ui.parts.export_menu import take_home
from ui.parts.map_legend import map_legend_html
from ui.parts.panels import lone_foot


def map_width() -> int:
    """Pixels the map is made for."""
    return PHONE_WIDTH_PX if is_phone() else DESIGN_WIDTH_PX


def outlines(countries: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """GeoJSON geometry of every US state by its code, and of ``countries`` (code to name) that have an outline."""
    states, named = _features(str(load_settings().static_dir))
    found = {code: named.get(outline_name(name)) for code, name in countries.items()}
    return states | {code: geometry for code, geometry in found.items() if geometry}


@lru_cache(maxsize=1)
def _features(static_dir: str) -> tuple[dict[str, dict], dict[str, dict]]:
    """States by code and countries by name; the files are part of the project and never change while it runs."""

    def read(name: str) -> list[dict]:
        return json.loads((Path(static_dir) / name).read_text(encoding="utf-8"))["features"]

    states = {feature["properties"]["id"]: feature["geometry"] for feature in read("us-states.json")}
    return states, {feature["properties"]["name"]: feature["geometry"] for feature in read("countries.json")}


def map_card(card: Card, deck: pdk.Deck, alt: str, legend: list[dict[str, str]], note: str = "") -> None:
    """Draw a card whose figure is this map. ``legend`` rows: label, colour, and shape 'circle' for points."""
    with st.container(border=True, key=f"card_{card.key}"):
        st.header(card.title, anchor=False)
        st.caption(card.subtitle)
        st.pydeck_chart(deck, height=CARD_MAP_HEIGHT_PX, key=f"{card.key}_map", alt=alt)
        st.html(f'<div style="font-size:0.875rem">{map_legend_html(legend)}</div>')
        st.caption(f"{note} {DISCLAIMER}".strip())
        shown = tables.readable(card.rows, card.columns, card.evidence.table)
        lone_foot(
            card.key,
            card.title,
            shown,
            card.evidence,
            card.method,
            lambda: take_home(card.key, lambda: card),
            state.filter_words(card),
        )

"""The map of organisations and cooperations with its legend; points and arcs open profiles."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cards.card import MapCard
from maps.cooperation_map import (
    cooperation_map,
    map_legend,
    selected_cooperations,
    selected_organisations,
)
from maps.deck import DISCLAIMER
from maps.extents import EXTENTS, MAX_STEPS, MIN_STEPS
from settings import load_settings
from ui import screen, state
from ui.faults import guarded
from ui.parts.kept_deck import KeptDeck, kept_deck
from ui.parts.map_legend import map_legend_html
from ui.parts.map_width import MAX_HEIGHT_PX, SCREEN_WIDTH_PX, map_height_px, map_width_px, measure_map_width
from warehouse import query_cache
from warehouse.populations import ALL_ORGANISATIONS
from warehouse.registers import rows_by_id

_CHOICE = "map_choice"
_RECENTRED = "map_recentred"
_BESIDE = """
@media (min-width: 1200px) {
  .st-key-map_and_list {flex-direction: row}
  .st-key-map_and_list > :first-child {flex: 2 1 0; min-width: 0}
  .st-key-map_and_list > :last-child {flex: 1 1 0; min-width: 0}
}
"""
_ZOOM = "zoom"  # parameter of the URL: steps of zoom from the extent


def extent_choice() -> str:
    """Draw the buttons for the extent in the URL, for its zoom, and one that returns to it; returns the extent."""
    extent = extent_select()
    steps = zoom_steps()
    for sign, icon, what in ((1, "add", "Zoom in"), (-1, "remove", "Zoom out")):
        screen.button(
            what,
            key=f"zoom_{icon}",
            icon=f":material/zoom_{'in' if sign > 0 else 'out'}:",
            on_click=_zoom,
            args=(steps + sign,),
            disabled=not MIN_STEPS <= steps + sign <= MAX_STEPS,
            help="Circles are grouped anew at each step. Ctrl and the mouse wheel zoom without grouping.",
        )
    screen.button(
        "Recentre",
        key="recentre",
        icon=":material/recenter:",
        on_click=_recentre,
        help="Back to the chosen view after moving the map",
    )
    return extent


def extent_select() -> str:
    """Draw the buttons for the extent in the URL; returns the extent."""
    return state.url_choice("extent", {name: name for name in EXTENTS}, "Show", drops=(_ZOOM,))


def zoom_steps() -> int:
    """Steps of zoom in the URL, within their limits; 0 when it has none that can be read."""
    text = st.query_params.get(_ZOOM, "0")
    if not re.fullmatch(r"-?[0-9]", text):
        return 0
    return min(max(int(text), MIN_STEPS), MAX_STEPS)


def _zoom(steps: int) -> None:
    """Write steps of zoom to the URL. The map keeps the place to which the visitor moved it; only its zoom changes."""
    if steps:
        st.query_params[_ZOOM] = str(steps)
    else:
        st.query_params.pop(_ZOOM, None)


def _recentre() -> None:
    """Change the key of the map, so that the browser draws it again at its first view.

    A second click on the chosen extent does not reach the server, and a map with the same key keeps the view to which
    the visitor moved it.
    """
    st.query_params.pop(_ZOOM, None)
    st.session_state[_RECENTRED] = st.session_state.get(_RECENTRED, 0) + 1


@cache
def map_names() -> list[dict[str, Any]]:
    """Names of countries and states with position and area, from static/labels.json."""
    rows: list[dict[str, Any]] = json.loads((load_settings().static_dir / "labels.json").read_text(encoding="utf-8"))
    return rows


def draw_cooperation_map(
    card: MapCard, *, key: str, height_px: int = MAX_HEIGHT_PX, steps: int = 0, likely_px: int = SCREEN_WIDTH_PX
) -> None:
    """Draw the map, closer than its extent by ``steps`` of zoom; ``likely_px`` as of ``map_width_px``.

    Selecting a point or an arc opens its profile; a point of several organisations lists them.
    """
    opened = state.open_record()
    ring = opened[1] if opened and opened[0] == "organisations" else ""
    width = map_width_px(key, likely_px)
    # Another width is another map: a map that is just being drawn ignores a changed view.
    widget = f"{key}_{card.extent}_{width}_{st.session_state.get(_RECENTRED, 0)}"
    with st.container(gap=None):
        st.pydeck_chart(
            query_cache.run_kept(_deck, card, width, steps, ring),
            height=min(height_px, map_height_px(width)),
            key=widget,
            alt=card.alt,
            on_select=lambda: _picked(st.session_state[widget].selection.objects),
            selection_mode="single-object",
        )
        measure_map_width(key, width)
    _legend(card.points, card.links)
    _choices()


def _deck(card: MapCard, width_px: int, steps: int, ring: str) -> KeptDeck:
    """The map; ``ring`` is the id of an organisation to be ringed, '' for none."""
    selected = [ring] if ring else []
    return kept_deck(
        cooperation_map(
            card.points, card.links, card.extent, labels=map_names(), selected=selected, width=width_px, steps=steps
        )
    )


@contextmanager
def beside_list() -> Iterator[tuple[DeltaGenerator, DeltaGenerator]]:
    """Containers for the map and for its list: side by side on a wide screen."""
    st.html(f"<style>{_BESIDE}</style>")
    with st.container(key="map_and_list"):
        yield st.container(), st.container()


def _picked(objects: dict[str, list[dict[str, Any]]]) -> None:
    organisations, cooperations = selected_organisations(objects), selected_cooperations(objects)
    st.session_state[_CHOICE] = organisations if len(organisations) > 1 else []
    if len(organisations) == 1:
        state.show_record("organisations", organisations[0])
    elif cooperations:
        state.show_record("cooperations", cooperations[0])


def _choices() -> None:
    """Draw the organisations of the point last selected as buttons in a drawer."""
    ids = st.session_state.get(_CHOICE)
    if ids and not state.open_record():
        frame = query_cache.run_query(rows_by_id, ALL_ORGANISATIONS, ids)
        drawer = screen.dialog(
            f"{len(frame)} organisations at this place", position="right", on_dismiss=_forget_choices
        )
        drawer(guarded(_choice_list))(frame)


def _choice_list(frame: pd.DataFrame) -> None:
    if state.open_record():
        _forget_choices()
        st.rerun(scope="app")
    with st.container(gap=None):
        for row in frame.itertuples():
            screen.button(
                f"{row.name} ({row.place})",
                key=f"choice_{row.organisation_id}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=state.show_record,
                args=("organisations", row.organisation_id),
            )


def _forget_choices() -> None:
    st.session_state[_CHOICE] = []


def legend_marks(points: pd.DataFrame, links: pd.DataFrame) -> str:
    """HTML of the legend: a mark and its label for every colour and line width."""
    return map_legend_html(map_legend(points, links))


def _legend(points: pd.DataFrame, links: pd.DataFrame) -> None:
    st.html(f'<div style="font-size:0.875rem">{legend_marks(points, links)}</div>')
    arcs = " An arc joins two named organisations" if len(links) else ""
    if arcs:
        arcs += "; the wider and darker the arc, the firmer their cooperation." if _is_mixed(links) else "."
    screen.caption(f"A larger circle holds several organisations in and around one place.{arcs} {DISCLAIMER}")


def _is_mixed(links: pd.DataFrame) -> bool:
    """Whether there are arcs of more than one look."""
    return links["commitment"].nunique() > 1

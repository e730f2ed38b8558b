"""The map with its legend: points and arcs open the panels of their records."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from maps.cooperation_map import (
    cooperation_map,
    map_alt,
    map_legend,
    selected_cooperations,
    selected_organisations,
)
from maps.deck import DISCLAIMER
from maps.extents import DESIGN_WIDTH_PX, EXTENTS
from settings import load_settings
from ui import state
from ui.parts.citations import plain
from ui.parts.map_legend import map_legend_html
from warehouse import queries, query_cache

_CHOICE = "map_choice"
_RECENTRED = "map_recentred"
PHONE_WIDTH_PX = 360


def extent_choice() -> str:
    """The extent in the URL, chosen by buttons; one more goes back to it after the map was moved."""
    extent = state.url_choice("extent", {name: name for name in EXTENTS}, "Show")
    st.button(
        "Recentre",
        key="recentre",
        icon=":material/recenter:",
        on_click=_recentre,
        help="Back to the chosen view after moving the map",
    )
    return extent


def _recentre() -> None:
    """A map of another key is a new map: the browser draws it at its first view again.

    To press the chosen extent once more would tell the server nothing, and the same map keeps
    the view the visitor moved it to.
    """
    st.session_state[_RECENTRED] = st.session_state.get(_RECENTRED, 0) + 1


@cache
def map_names() -> list[dict]:
    """Names of countries and states, where they stand and how large they are (static/README.md)."""
    return json.loads((load_settings().static_dir / "labels.json").read_text(encoding="utf-8"))


def atlas(points: pd.DataFrame, links: pd.DataFrame, extent: str, *, key: str, height: int = 560) -> None:
    """Draw the map; selecting a point or an arc opens its panel, a shared place offers its organisations."""
    opened = state.open_record()
    ring = [opened[1]] if opened and opened[0] == "organisations" else []
    widget = f"{key}_{extent}_{st.session_state.get(_RECENTRED, 0)}"
    width = PHONE_WIDTH_PX if is_phone() else DESIGN_WIDTH_PX
    st.pydeck_chart(
        cooperation_map(points, links, extent, labels=map_names(), selected=ring, width=width),
        height=height,
        key=widget,
        alt=map_alt(points, links, extent),
        on_select=lambda: _picked(st.session_state[widget].selection.objects),
        selection_mode="single-object",
    )
    _legend(points, links)
    _choices()


def is_phone() -> bool:
    """Phones say so in their user agent; the server cannot see the width of the window."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


@contextmanager
def beside_list() -> Iterator[tuple[DeltaGenerator, DeltaGenerator]]:
    """Places for the map and for its list: map first on a wide screen, list first on a phone."""
    st.html("<style>@media (max-width: 640px) {.st-key-map_and_list {flex-direction: column-reverse}}</style>")
    with st.container(key="map_and_list"):
        yield st.container(), st.container()


def _picked(objects: dict) -> None:
    organisations, cooperations = selected_organisations(objects), selected_cooperations(objects)
    st.session_state[_CHOICE] = organisations if len(organisations) > 1 else []
    if len(organisations) == 1:
        state.show_record("organisations", organisations[0])
    elif cooperations:
        state.show_record("cooperations", cooperations[0])


def _choices() -> None:
    """Organisations that share the place last selected, each a button, beside the map."""
    ids = st.session_state.get(_CHOICE)
    if ids and not state.open_record():
        frame = query_cache.run_query(queries.organisations_by_id, ids)
        drawer = st.dialog(f"{len(frame)} organisations at this place", position="right", on_dismiss=_forget_choices)
        drawer(_choice_list)(frame)


def _choice_list(frame: pd.DataFrame) -> None:
    if state.open_record():
        _forget_choices()
        st.rerun(scope="app")
    with st.container(gap=None):
        for row in frame.itertuples():
            st.button(
                plain(f"{row.name} ({row.place})"),
                key=f"choice_{row.organisation_id}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=state.show_record,
                args=("organisations", row.organisation_id),
            )


def _forget_choices() -> None:
    st.session_state[_CHOICE] = []


def legend_marks(points: pd.DataFrame, links: pd.DataFrame) -> str:
    """HTML of what colours and widths mean, in words beside the marks."""
    return map_legend_html(map_legend(points, links))


def _legend(points: pd.DataFrame, links: pd.DataFrame) -> None:
    st.html(f'<div style="font-size:0.875rem">{legend_marks(points, links)}</div>')
    st.caption(
        f"A larger circle holds several organisations of one place and around it. Arcs join two named organisations, by the status of their "
        f"link in the source; the line is the firmer the wider. {DISCLAIMER}"
    )

"""A single card for embedding in another site: `/projects?embed=true&card=usa_share`."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from cards.catalogue import CATALOGUE, make_card
from domain.filters import Filters
from domain.product import SHORT_NAME
from domain.urls import deep_link
from settings import load_settings
from ui import screen, state
from ui.frame.release_note import release_note
from ui.parts.cards import draw_card
from warehouse import query_cache

PARAMETER = "card"
_SCRIPT = Path(__file__).parent / "assets" / "card_height.js"


def _tell_height() -> None:
    """Let the browser tell the page around how high this one is."""
    _height()(key="card_height", height="content")


@st.cache_resource
def _height() -> ComponentRenderer:
    """The component that tells the page around how high the card is, registered once per server."""
    return st.components.v2.component("card_height", html="<span></span>", js=_SCRIPT.read_text(encoding="utf-8"))


def embedded_card(page: str, filters: Filters) -> None:
    """Draw the card that the URL names, else the first of the page, with its filters and a link to the dashboard."""
    name = st.query_params.get(PARAMETER) or next(
        (known for known, definition in CATALOGUE.items() if definition.page == page), "headlines"
    )
    if name not in CATALOGUE:
        screen.error(f"There is no card {name[:40]}. Known cards: {', '.join(sorted(CATALOGUE))}.")
        _tell_height()
        return
    for note in state.read_filters()[1]:
        screen.warning(note, icon=":material/link_off:")
    release_note()
    definition = CATALOGUE[name]
    card = make_card(name, filters, state.card_choices())
    if card is None:
        label = filters.only(definition.filters).describe(query_cache.vocabulary())
        screen.info(f"No {definition.plural} for this filter: {label}.", icon=":material/filter_alt_off:")
    else:
        draw_card(card)
        screen.caption(f"{SHORT_NAME} · filter: {card.filter_label} · {query_cache.release_line()}")
    # A new window: the frame belongs to another site.
    screen.link_button(
        "Open the dashboard",
        deep_link(page, filters, query_cache.release_name(), base=_base(), choices=state.page_choices()),
        icon=":material/open_in_new:",
    )
    _tell_height()


def _base() -> str:
    """URL of the dashboard without the page: the public one, else the one that the browser requested."""
    return load_settings().public_url or state.own_address()

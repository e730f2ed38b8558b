"""The page Overview: the answer on the first screen, with the questions asked most and the reader's own country."""

from collections.abc import Mapping

import streamlit as st

from cards.card import Card, FiguresCard, MapCard
from cards.catalogue import make_card
from cards.definitions.my_country import CHOICE, country_of
from cards.definitions.overview import PRINTED_READING
from domain.filters import Filters
from ui import screen, state
from ui.frame.navigation import page_file
from ui.frame.shell import page_header
from ui.markup import md
from ui.parts.cards import compact_card, compact_figures, compact_map
from ui.parts.citations import source_popover
from ui.parts.empty_state import empty_state
from ui.parts.export_menu import export_menu
from ui.parts.small_cards import draw_small_cards
from warehouse import queries
from warehouse.populations import CLUSTERS
from warehouse.query_cache import run_query
from warehouse.registers import rows

MAP_HEIGHT_PX = 410  # ends above the fold of a window of 1366 by 768 pixels
COUNTRY_WIDTH_PX = 220
# Question, page that answers it, and the choice of that page which does.
QUESTIONS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("What did 2015 conclude?", "policies", {}),
    ("Who signed what?", "cooperations", {}),
    ("Who else is targeted?", "projects", {}),
    ("Where does 47.37\u00a0% come from?", "projects", {"measure": PRINTED_READING}),
    ("Present it", "present", {}),
)


def overview(filters: Filters) -> None:
    """Draw the page."""
    with st.container(key="two_columns_overview"):
        left, right = st.columns([1, 2])
    with left:
        page_header("overview", filters)
        waffle = make_card("partnership_waffle", filters)
        if waffle:
            compact_card(waffle)
        figures = make_card("headlines", filters)
        if isinstance(figures, FiguresCard):
            compact_figures(figures, "usa_share")
    with right:
        _questions(filters)
        home = _my_country(filters)
        _map(filters)
    if home:
        _records_of(home)


def _map(filters: Filters) -> None:
    card = make_card("map_agreements", filters)
    if isinstance(card, MapCard):
        compact_map(card, MAP_HEIGHT_PX)
    else:
        own = filters.only(CLUSTERS.record_type.filters)
        empty_state(CLUSTERS, own, "organisations located to a city", _located)


def _located(filters: Filters) -> int:
    """Number of the organisations that the map can show as points."""
    return int((run_query(rows, CLUSTERS, filters)["location_precision"] == "city").sum())


def _questions(filters: Filters) -> None:
    """Draw a link for each question."""
    with st.container(horizontal=True, key="questions", gap="small"):
        for question, page, choices in QUESTIONS:
            screen.page_link(
                page_file(page), label=question, query_params=[*state.link_params(filters), *choices.items()]
            )


def _my_country(filters: Filters) -> Card | None:
    """Draw the box for the reader's own country and the sentence on its cooperations; returns the card of both."""
    countries = run_query(queries.eu_countries)
    # The containers exist even when they are empty, so that the map below keeps its index on the page.
    with st.container(key="my_country_box", horizontal=True, vertical_alignment="center", gap="small"):
        country = country_of(filters, state.card_choices())
        key = f"choice_{CHOICE}"
        st.session_state[key] = country

        def write() -> None:
            if st.session_state[key]:
                st.query_params[CHOICE] = st.session_state[key]
            else:
                st.query_params.pop(CHOICE, None)

        screen.selectbox(
            "My country, one of the EU as in 2017",
            list(countries),
            index=None,
            key=key,
            format_func=countries.__getitem__,
            on_change=write,
            placeholder="My country",
            label_visibility="collapsed",
            width=COUNTRY_WIDTH_PX,
        )
        card = make_card("my_country", filters, state.card_choices()) if country else None
        with st.container(key="my_country_answer", width="stretch"):
            screen.markdown(
                md("**{}.**", card.title) if card else "Choose a country of the EU to read what is recorded of it."
            )
        if card and screen.button("Profile of the country", key="country_profile", icon=":material/arrow_forward:"):
            state.show_record("regions", str(country))
            st.rerun()
    return card


def _records_of(card: Card) -> None:
    """Draw what the sentence on a country counts, its records where they are few, and where to read on."""
    with st.container(border=True, key="my_country_records"):
        screen.caption(f"{card.title}. {card.note}.")
        if card.small_cards:
            draw_small_cards(card)
        with st.container(horizontal=True, vertical_alignment="center"):
            screen.page_link(
                page_file("cooperations"),
                label="Its cooperations in a list",
                icon=":material/handshake:",
                query_params=state.link_params(card.filters),
            )
            source_popover(card.key, card.all_evidence, card.method)
            export_menu(card.key, lambda: card)

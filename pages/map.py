"""The page Map: organisations and cooperations, with the register of organisations."""

import streamlit as st

from cards.card import MapCard
from cards.catalogue import make_card
from cards.definitions.maps import KIND_LABELS, KINDS
from ui import screen, state
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import draw_notes
from ui.parts.cooperation_map_view import beside_list, draw_cooperation_map, extent_choice, zoom_steps
from ui.parts.export_menu import export_menu
from ui.parts.registers import show_register
from warehouse.query_cache import run_query
from warehouse.registers import rows

filters = current_filters()
page_header("map", filters)

with st.container(horizontal=True, vertical_alignment="bottom"):
    extent_choice()
    kinds = state.url_choice(
        "kinds",
        KIND_LABELS,
        "Organisations",
    )
organisations = run_query(rows, KINDS[kinds], filters)
card = make_card("map", filters, state.card_choices())
if isinstance(card, MapCard):
    screen.header(card.title, anchor=False)
with beside_list() as (map_place, list_place):
    with map_place:
        if isinstance(card, MapCard):
            draw_cooperation_map(card, key="map", steps=zoom_steps())
            draw_notes(card)
            export_menu("map", lambda: card)
        elif len(organisations):
            screen.info("None of these organisations is located to a city, so the map has no points.")
    with list_place:
        show_register(KINDS[kinds], filters)

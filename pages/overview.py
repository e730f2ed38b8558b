"""The page Overview: headline figures, a small map, and links to the other pages."""

import streamlit as st

from cards.card import MapCard
from cards.catalogue import make_card
from ui.frame.shell import current_filters, page_header, page_link
from ui.parts.cards import show_card
from ui.parts.cooperation_map_view import draw_cooperation_map
from ui.parts.empty_state import empty_state
from warehouse.populations import CLUSTERS

filters = current_filters()
page_header("overview", filters)
show_card("headlines", filters)

st.header("Organisations and cooperations on the map", anchor=False)
card = make_card("map_atlantic", filters)
if isinstance(card, MapCard):
    draw_cooperation_map(card, key="small_map", height_px=360)
else:
    empty_state(CLUSTERS, filters.only(CLUSTERS.record_type.filters), "organisations located to a city")

st.header("Three ways to start", anchor=False)
explore, present, analyse = st.columns(3)
with explore.container(border=True, height="stretch"):
    st.markdown("### Explore")
    st.markdown("For policy makers: what happens in a sector on both sides, and which policy instruments support it.")
    page_link("map", "Open the large map", filters)
    page_link("sectors", "Choose a sector", filters)
    page_link("policies", "See the policy instruments", filters)
with present.container(border=True, height="stretch"):
    st.markdown("### Present")
    st.markdown("For workshops: the findings step by step, with speaker notes and filters. No internet needed.")
    page_link("present", "Start workshop mode", filters)
    page_link("downloads", "Download slides and report", filters)
with analyse.container(border=True, height="stretch"):
    st.markdown("### Analyse")
    st.markdown("For analysts: registers to filter and download, and proposals for partners, each with its sources.")
    page_link("partners", "Find partners across the Atlantic", filters)
    page_link("projects", "See the share that targets the USA", filters)
    page_link("sources", "Check sources and gaps", filters)

"""How do EU and US clusters cooperate, in one minute?"""

import streamlit as st

from cards.headlines import headline_card, headlines
from cards.map_card import drawn_points
from ui.frame.shell import current_filters, page_header, page_link
from ui.parts.cooperation_map_view import atlas
from ui.parts.export_menu import take_home
from ui.parts.panels import empty_state, headline_row
from warehouse import queries
from warehouse.query_cache import run_query

filters = current_filters()
page_header("overview", filters, "The share of partnerships is of a whole generation: no filter applies to it.")

headline_row(headlines(filters))
take_home("headlines", lambda: headline_card(filters))

st.header("Where they are, and who is linked", anchor=False)
organisations = run_query(queries.organisations, filters)
links = run_query(queries.map_links, filters)
points = drawn_points(organisations, links)
if points.empty:
    empty_state(lambda other: run_query(queries.organisations, other), filters, "cluster organisations")
else:
    atlas(points, links, "Atlantic", key="small_map", height=360)

st.header("Three ways in", anchor=False)
explore, present, analyse = st.columns(3)
with explore.container(border=True, height="stretch"):
    st.markdown("### Explore")
    st.markdown("For policy makers: what happens in a sector, on both sides, with the instruments that carry it.")
    page_link("map", "Open the large map", filters)
    page_link("sectors", "Choose a sector", filters)
    page_link("policies", "See the policy instruments", filters)
with present.container(border=True, height="stretch"):
    st.markdown("### Present")
    st.markdown(
        "For workshops: the story step by step for a room, with speaker notes and live filters, without internet."
    )
    page_link("present", "Start the workshop mode", filters)
    page_link("downloads", "Take slides and report home", filters)
with analyse.container(border=True, height="stretch"):
    st.markdown("### Analyse")
    st.markdown(
        "For analysts: registers to filter and take home, partners across the Atlantic with the reasons, each row with its source."
    )
    page_link("partners", "Find partners across the Atlantic", filters)
    page_link("projects", "Compare the readings of the USA share", filters)
    page_link("sources", "Check sources and gaps", filters)

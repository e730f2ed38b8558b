"""Who is where, and who is linked with whom?"""

import streamlit as st

from cards import findings, registers
from cards.map_card import drawn_points, map_card
from ui.frame.shell import current_filters, page_header
from ui.parts.cooperation_map_view import atlas, beside_list, extent_choice
from ui.parts.export_menu import take_home
from ui.parts.panels import empty_state, register
from ui.state import url_choice
from warehouse import queries
from warehouse.query_cache import run_query

filters = current_filters()
page_header("map", filters, "Years apply to the links, not to the organisations.")

with st.container(horizontal=True, vertical_alignment="bottom"):
    extent = extent_choice()
    kinds = url_choice("kinds", {"clusters": "Cluster organisations", "all": "All organisations"}, "Organisations")
organisations = run_query(queries.organisations, filters, cluster_only=kinds == "clusters")
if organisations.empty:
    empty_state(
        lambda other: run_query(queries.organisations, other, cluster_only=kinds == "clusters"),
        filters,
        "organisations",
    )
else:
    links = run_query(queries.map_links, filters)
    points = drawn_points(organisations, links)
    st.header(findings.organisations(organisations), anchor=False)
    with beside_list() as (map_place, list_place):
        with map_place:
            if points.empty:
                st.info("None of these organisations is known to the city, so there is no point to draw.")
            else:
                atlas(points, links, extent, key="map")
                take_home("map", lambda: map_card(filters, extent, kinds == "clusters"))
        with list_place:
            register(registers.ORGANISATIONS, organisations)
            st.caption(findings.without_point(organisations))

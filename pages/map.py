"""Who is where, and who is linked with whom?"""

import streamlit as st

from ui.atlas import atlas, drawn_points, extent_choice
from ui.cached import ask, labels
from ui.panels import empty_state, register
from ui.shell import current_filters, page_header
from ui.state import url_choice
from warehouse import findings, queries

filters = current_filters()
page_header("map", filters, "Years apply to the links, not to the organisations.")

with st.container(horizontal=True, vertical_alignment="bottom"):
    extent = extent_choice()
    shown_kinds = url_choice("kinds", {"clusters": "Cluster organisations", "all": "All organisations"}, "Organisations")
clusters = shown_kinds == "clusters"
organisations = ask(queries.organisations, filters, cluster_only=clusters)
if organisations.empty:
    empty_state(lambda other: ask(queries.organisations, other, cluster_only=clusters), filters, "organisations")
else:
    links = ask(queries.map_links, filters)
    points = drawn_points(organisations, links)
    st.header(findings.organisations(organisations), anchor=False)
    if points.empty:
        st.info("None of these organisations is known to the city, so there is no point to draw; the list below has them all.")
    else:
        atlas(points, links, extent, key="map")
    columns = {"name": "Organisation", "place": "Place", "region": "Region", "countries": "Country", "side": "Side", "themes": "Themes",
               "location_precision": "Place known to", "kind": "Kind", "location_note": "About the place"}
    words = {name: labels(f"organisations.{name}") for name in ("kind", "side", "location_precision")}
    register("organisations", "Organisations", organisations, "organisations", columns, labels=words, height=460,
             method="One row per organisation (view organisation_register). Only places known to the city have a point; "
                    "coordinates are those of the city, not of the office.")
    without = organisations[organisations["location_precision"] != "city"]
    if len(without):
        st.caption(f"{len(without)} of them have no point: their place is known to the region or country only, or not at all.")

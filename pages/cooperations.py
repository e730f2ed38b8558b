"""Who works with whom, and how firmly?"""

import streamlit as st

from cards import chart_cards, registers
from cards.stories import stories as stories_card
from ui.frame.shell import current_filters, page_header
from ui.parts.export_menu import take_home
from ui.parts.panels import chart_card, empty_state, register
from ui.parts.stories import story_cards
from ui.state import url_choice
from warehouse import queries
from warehouse.query_cache import labels, run_query

filters = current_filters()
page_header("cooperations", filters, "Side and country are those of any party; success stories have no years.")

scope = url_choice("scope", {"eu-us": "EU–US links", "all": "All recorded links"}, "Links")
links = run_query(queries.cooperations, filters, eu_us_only=scope == "eu-us")
if links.empty:
    empty_state(lambda other: run_query(queries.cooperations, other, eu_us_only=scope == "eu-us"), filters, "links")
else:
    chart_card(chart_cards.statuses(links))

st.header("Success stories", anchor=False)
stories = run_query(queries.stories, filters)
if stories.empty:
    empty_state(lambda other: run_query(queries.stories, other), filters, "success stories")
else:
    story_cards(stories)
    take_home("stories", lambda: stories_card(stories))

if not links.empty:
    st.header("Register of links", anchor=False)
    words = labels("cooperations.status")
    present = [status for status in words if (links["status"] == status).any()]
    chosen = st.pills("Status", present, selection_mode="multi", format_func=words.get, key="register_status")
    register(registers.COOPERATIONS, links[links["status"].isin(chosen)] if chosen else links)

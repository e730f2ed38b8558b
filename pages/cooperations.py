"""Who works with whom, and how firmly?"""

import streamlit as st

from cards import chart_cards, registers
from cards.stories import stories as stories_card
from ui.panels import chart_card, empty_state, register
from ui.share import take_home
from ui.shell import current_filters, page_header
from ui.state import url_choice
from ui.stories import story_cards
from warehouse import queries
from warehouse.answers import ask, labels

filters = current_filters()
page_header("cooperations", filters, "Side and country are those of any party; success stories have no years.")

scope = url_choice("scope", {"eu-us": "EU–US links", "all": "All recorded links"}, "Links")
links = ask(queries.cooperations, filters, eu_us_only=scope == "eu-us")
if links.empty:
    empty_state(lambda other: ask(queries.cooperations, other, eu_us_only=scope == "eu-us"), filters, "links")
else:
    chart_card(chart_cards.statuses(links))

st.header("Success stories", anchor=False)
stories = ask(queries.stories, filters)
if stories.empty:
    empty_state(lambda other: ask(queries.stories, other), filters, "success stories")
else:
    story_cards(stories)
    take_home("stories", lambda: stories_card(stories))

if not links.empty:
    st.header("Register of links", anchor=False)
    words = labels("cooperations.status")
    present = [status for status in words if (links["status"] == status).any()]
    chosen = st.pills("Status", present, selection_mode="multi", format_func=words.get, key="register_status")
    register(registers.COOPERATIONS, links[links["status"].isin(chosen)] if chosen else links)

"""What happened when, and how exactly is that known?"""

import streamlit as st

from cards import chart_cards, registers
from ui.frame.shell import current_filters, page_header
from ui.parts.panels import chart_card, empty_state, register
from warehouse import queries
from warehouse.query_cache import run_query

filters = current_filters()
page_header("events", filters, "Side and country are those of the place of the event.")

events = run_query(queries.events, filters)
if events.empty:
    empty_state(lambda other: run_query(queries.events, other), filters, "events")
else:
    undated = events[events["date_precision"] == "undated"]
    if len(undated) < len(events):
        chart_card(chart_cards.event_dates(events))
    if len(undated):
        st.markdown(f"**Undated:** {'; '.join(undated['name'])}.")
    st.header("Register of events", anchor=False)
    register(registers.EVENTS, events)

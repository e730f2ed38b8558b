"""What happened when, and how exactly is that known?"""

import streamlit as st

from cards import chart_cards, registers
from ui.panels import chart_card, empty_state, register
from ui.shell import current_filters, page_header
from warehouse import queries
from warehouse.answers import ask

filters = current_filters()
page_header("events", filters, "Side and country are those of the place of the event.")

events = ask(queries.events, filters)
if events.empty:
    empty_state(lambda other: ask(queries.events, other), filters, "events")
else:
    undated = events[events["date_precision"] == "undated"]
    if len(undated) < len(events):
        chart_card(chart_cards.event_dates(events))
    if len(undated):
        st.markdown(f"**Undated:** {'; '.join(undated['name'])}.")
    st.header("Register of events", anchor=False)
    register(registers.EVENTS, events)

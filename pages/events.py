"""The page Timeline: timeline, undated events and the register."""

import streamlit as st

from cards.seed_note import seed_note
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import show_card
from ui.parts.citations import plain
from ui.parts.registers import register_section
from warehouse.populations import EVENTS
from warehouse.query_cache import run_query
from warehouse.registers import rows

filters = current_filters()
page_header("events", filters)

events = run_query(rows, EVENTS, filters)
if len(events):
    st.caption(seed_note(EVENTS, events))
show_card("event_dates", filters)
undated = events[events["date_precision"] == "undated"]
if len(undated):
    st.markdown(f"**Undated:** {plain('; '.join(undated['name']))}.")
register_section(EVENTS, filters, "Register of events")

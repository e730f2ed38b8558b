"""The page Links and agreements: cooperations by status, success stories and the register."""

import streamlit as st

from cards.definitions.cooperations import SCOPES
from cards.seed_note import seed_note
from ui import state
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import show_card
from ui.parts.registers import draw_register, show_possible
from warehouse.query_cache import labels, run_query
from warehouse.registers import counted_rows, rows

filters = current_filters()
page_header("cooperations", filters)

scope = state.url_choice("scope", {"eu-us": "EU–US cooperations", "all": "All recorded cooperations"}, "Cooperations")
population = SCOPES[scope]
cooperations = run_query(rows, population, filters)
if len(cooperations):
    st.caption(seed_note(population, run_query(counted_rows, population, filters)))
show_card("statuses", filters)

st.header("Success stories", anchor=False)
show_card("stories", filters)

register = population.record_type.register
if register and len(cooperations):
    st.header("Register of cooperations", anchor=False)
    names = labels("cooperations.status")
    chosen = state.url_pills("status", names, set(cooperations["status"]), "Status")
    kept = cooperations[cooperations["status"].isin(chosen)] if chosen else cooperations
    if kept.empty:
        st.info("No cooperation of this choice has this status.", icon=":material/filter_alt_off:")
    else:
        draw_register(register, kept, filters)
show_possible(population, filters, key="cooperations")

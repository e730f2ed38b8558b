"""The page Policies and the 2015 workshop: instruments by kind and date, conclusions of 2015, and the register."""

import streamlit as st

from cards.seed_note import seed_note
from domain.frames import records
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import show_card
from ui.parts.citations import plain
from ui.parts.registers import register_section
from warehouse.populations import POLICIES
from warehouse.query_cache import run_query
from warehouse.registers import rows

filters = current_filters()
page_header("policies", filters)

policies = run_query(rows, POLICIES, filters)
if len(policies):
    st.caption(seed_note(POLICIES, policies))
show_card("policy_kinds", filters)
if (policies["date_precision"] != "undated").any():
    show_card("policy_dates", filters)
# Conclusions with a date are those of the workshop, those without are of the discussion paper.
conclusions = policies[(policies["kind"] == "conclusion") & policies["start_on"].notna()]
if len(conclusions):
    st.header("What the workshop of 2015 concluded", anchor=False)
    for row in records(conclusions):
        st.markdown(f"- **{plain(row['name'])}.** {plain(row['description'])}")
register_section(POLICIES, filters, "Register of policy instruments")

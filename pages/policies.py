"""Which instruments carry the cooperation?"""

import streamlit as st

from cards import chart_cards, registers
from ui.frame.shell import current_filters, page_header
from ui.parts.citations import plain
from ui.parts.panels import chart_card, empty_state, register
from warehouse import queries
from warehouse.query_cache import run_query

filters = current_filters()
page_header("policies", filters, "Years are those of the dated act; instruments without a date stay in.")

instruments = run_query(queries.policies, filters)
if instruments.empty:
    empty_state(lambda other: run_query(queries.policies, other), filters, "policy instruments")
else:
    chart_card(chart_cards.policy_kinds(instruments))
    if (instruments["date_precision"] != "undated").any():
        chart_card(chart_cards.policy_dates(instruments))
    # A conclusion without a date is one of the paper itself.
    conclusions = instruments[(instruments["kind"] == "conclusion") & instruments["start_on"].notna()]
    if len(conclusions):
        st.header("What the workshop of 2015 concluded", anchor=False)
        for row in conclusions.itertuples():
            st.markdown(f"- **{plain(row.name)}.** {plain(row.description)}")
    st.header("Register of instruments", anchor=False)
    register(registers.POLICIES, instruments)

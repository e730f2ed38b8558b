"""Which ESCP-4i partnerships target the USA, and how large is the share?"""

import streamlit as st

from cards import chart_cards, findings, registers
from domain.filters import Filters
from ui.frame.shell import current_filters, page_header
from ui.parts.panels import chart_card, empty_state, register
from warehouse import queries
from warehouse.query_cache import run_query

filters = current_filters()
page_header(
    "projects",
    filters,
    "Side and country are those of the known members. The readings of the share are of whole generations: no filter "
    "applies to them.",
)

chart_card(chart_cards.usa_share(run_query(queries.usa_share)))
st.markdown(findings.WHY_NOT_ALL)
partnerships = run_query(queries.projects, Filters(), escp4i_only=True)
chart_card(chart_cards.generations(run_query(queries.generations), partnerships["project_id"].tolist()))

targeting = run_query(queries.usa_targeting_table1, filters)
if targeting.empty:
    empty_state(lambda other: run_query(queries.usa_targeting_table1, other), filters, "partnerships of Table 1")
else:
    ids = targeting["project_id"].tolist()
    chart_card(chart_cards.co_targets(run_query(queries.co_targets, ids)))
    st.header("Planned activities", anchor=False)
    st.markdown("As announced in February 2017; whether they took place cannot be read from the paper.")
    planned = run_query(queries.activities, ids)
    if planned.empty:
        st.info("The paper announces no activities of the partnerships shown.")
    else:
        register(registers.ACTIVITIES, planned)

st.header("All projects and programmes", anchor=False)
everything = run_query(queries.projects, filters)
if everything.empty:
    empty_state(lambda other: run_query(queries.projects, other), filters, "projects")
else:
    register(registers.PROJECTS, everything)

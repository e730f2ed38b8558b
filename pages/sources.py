"""The page Sources: sources, coverage, missing values, contradictions, changes, checks and the build."""

import streamlit as st

from domain.record_types.sources import SOURCES
from ui import state
from ui.frame.shell import current_filters, page_header
from ui.parts.registers import draw_register
from views.sources import PLAIN_VIEWS, build_section, data_sets_section, plain_view
from warehouse import provenance
from warehouse.query_cache import run_query

filters = current_filters()
page_header("sources", filters)

titles = (
    {"documents": "Sources", "data-sets": "Data sets"}
    | {name: view.title for name, view in PLAIN_VIEWS.items()}
    | {"build": "Build"}
)
chosen = state.url_choice("view", titles, "Show")
st.header(titles[chosen], anchor=False)
if chosen == "build":
    build_section()
elif chosen == "data-sets":
    data_sets_section()
elif chosen == "documents" and SOURCES.register:
    draw_register(SOURCES.register, run_query(provenance.sources), filters)
else:
    plain_view(chosen)

"""Where is every number from, what is missing, and what disagrees?"""

import streamlit as st

from cards import registers
from ui.frame.shell import current_filters, page_header
from ui.parts.panels import register
from ui.state import url_choice
from views.sources import PLAIN_VIEWS, build_section, plain_view
from warehouse import provenance
from warehouse.query_cache import run_query

filters = current_filters()
page_header("sources", filters, "The shared filters do not apply to this page.")

titles = {"documents": "Sources"} | {name: view.title for name, view in PLAIN_VIEWS.items()} | {"build": "Build"}
chosen = url_choice("view", titles, "Show")
st.header(titles[chosen], anchor=False)
if chosen == "documents":
    register(registers.SOURCES, run_query(provenance.sources))
elif chosen == "build":
    build_section()
else:
    plain_view(chosen)

"""Where is every number from, what is missing, and what disagrees?"""

import streamlit as st

from cards import registers
from ui.panels import register
from ui.shell import current_filters, page_header
from ui.source_views import PLAIN_VIEWS, build_section, plain_view
from ui.state import url_choice
from warehouse import evidence
from warehouse.answers import ask

filters = current_filters()
page_header("sources", filters, "The shared filters do not apply to this page.")

titles = {"documents": "Sources"} | {name: view.title for name, view in PLAIN_VIEWS.items()} | {"build": "Build"}
chosen = url_choice("view", titles, "Show")
st.header(titles[chosen], anchor=False)
if chosen == "documents":
    register(registers.SOURCES, ask(evidence.sources))
elif chosen == "build":
    build_section()
else:
    plain_view(chosen)

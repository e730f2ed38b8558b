"""The page Links and agreements: agreements, cooperations by status and by place, success stories and the register."""

from functools import partial

import streamlit as st

from cards.definitions.cooperations import SCOPES
from cards.few import MIN_CHART_RECORDS
from cards.seed_note import seed_note
from domain.text import plural
from ui import screen, state
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import show_card
from ui.parts.folded import folded
from ui.parts.registers import show_possible
from views.cooperations import register_by_status
from warehouse.query_cache import run_query
from warehouse.registers import counted_rows, rows

filters = current_filters()
page_header("cooperations", filters)

scope = state.url_choice(
    "scope", {"eu-us": "EU–US cooperations", "all": "All recorded cooperations"}, "Cooperations", is_labelled=False
)
population = SCOPES[scope]
cooperations = run_query(rows, population, filters)
counted = run_query(counted_rows, population, filters)
# Fewer are shown one by one, once.
if len(counted) < MIN_CHART_RECORDS:
    show_card("statuses", filters)
else:
    show_card("agreements", filters)
    ladder, places = st.columns(2)
    with ladder:
        show_card("statuses", filters)
    with places:
        show_card("who_with_whom", filters)
if len(cooperations):
    screen.caption(seed_note(population, counted))

screen.header("Success stories", anchor=False)
show_card("stories", filters)

register = population.record_type.register
if register and len(cooperations):
    renewals = len(cooperations) - len(counted)
    among = f", {plural(renewals, 'renewal')} among them" if renewals else ""
    folded(
        f"Register of cooperations ({len(cooperations):,}{among})",
        partial(register_by_status, register, cooperations, filters),
        key="cooperations",
        icon=":material/table_rows:",
        expanded="status" in st.query_params,
    )
show_possible(population, filters, key="cooperations")

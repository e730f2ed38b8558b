"""The page Partnerships: share that targets the USA, generations, co-targets, activities, register and figures."""

import streamlit as st

from cards.definitions.projects import WHY_NOT_ALL
from domain.record_types.activities import ACTIVITIES
from domain.record_types.figures import FIGURES
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import show_card
from ui.parts.registers import draw_register, show_register
from warehouse import queries
from warehouse.populations import ALL_PROJECTS, TABLE_1_PARTNERSHIPS
from warehouse.profiles import figures_about
from warehouse.query_cache import labels, run_query
from warehouse.registers import rows

filters = current_filters()
page_header("projects", filters)

show_card("usa_share", filters)
st.markdown(WHY_NOT_ALL)
show_card("generations", filters)

if show_card("co_targets", filters):
    partnerships = run_query(rows, TABLE_1_PARTNERSHIPS, filters)
    activities = run_query(queries.activities, partnerships["project_id"].tolist())
    st.header("Activities of these partnerships", anchor=False)
    if activities.empty:
        st.info("The discussion paper names no activities of these partnerships.")
    elif ACTIVITIES.register:
        counts = activities["progress"].value_counts()
        by_progress = ", ".join(f"{counts.get(term, 0)} {term}" for term in labels("activities.progress"))
        st.markdown(
            f"As described in the discussion paper of February 2017: {by_progress}. The paper cannot say whether the "
            "planned ones took place."
        )
        draw_register(ACTIVITIES.register, activities, filters)

st.header("All projects and programmes", anchor=False)
show_register(ALL_PROJECTS, filters)

st.header("Figures about the programmes", anchor=False)
st.caption(
    "Numbers that sources print about whole programmes and platforms, ESCP-4i, the ECCP platform and the US Tech Hubs "
    "among them."
)
if FIGURES.register:
    draw_register(FIGURES.register, run_query(figures_about, "programme"), filters)

"""Which ESCP-4i partnerships target the USA, and how large is the share?"""

import streamlit as st

from charts.matrix import cotarget_matrix
from charts.shares import share_readings
from ui.cached import ask, labels
from ui.citations import Evidence
from ui.panels import Card, chart_card, empty_state, register
from ui.shell import current_filters, page_header
from ui.tables import PERIOD
from warehouse import findings, queries

filters = current_filters()
page_header("projects", filters, "Side and country: those of the known members. The readings of the share are printed or "
            "counted for whole generations, so no filter applies to them.")

readings = ask(queries.usa_share)
chart_card(Card(
    "usa_share", findings.usa_share(readings), "Share of ESCP-4i partnerships that target the USA: every reading, each of its own population",
    share_readings(readings), readings,
    {"label": "Reading", "numerator": "k", "denominator": "n", "share": "Share (fraction)", "population": "Population",
     "basis": "Basis", "note": "What to know"},
    Evidence("usa_share", tuple(readings["measure_id"])),
    "Counted readings divide the partnerships of a generation that list the USA by the partnerships known from public pages "
    "(view usa_share); printed ones are quoted; the inferred one is our reading of the printed percentage.",
))
st.markdown(findings.WHY_NOT_ALL)

targeting = ask(queries.usa_targeting_table1, filters)
if targeting.empty:
    empty_state(lambda other: ask(queries.usa_targeting_table1, other), filters, "partnerships of Table 1")
else:
    pairs = ask(queries.co_targets, targeting["project_id"].tolist())
    chart_card(Card(
        "co_targets", findings.co_targets(pairs), f"Of the {len(targeting)} first-generation partnerships that target the USA, "
        "never of all ESCP-4i: the countries they list as targets", cotarget_matrix(pairs, population="partnerships that target the USA"),
        pairs, {"project": "Partnership", "country": "Target country"}, Evidence("projects", tuple(targeting["project_id"])),
        "One square for each pair of partnership and listed target country (table project_targets); a listed target is not a cooperation.",
    ))
    st.header("Planned activities", anchor=False)
    st.markdown("As announced in February 2017; whether they took place cannot be read from the paper.")
    planned = ask(queries.activities, targeting["project_id"].tolist())
    register("activities", "Planned activities", planned, "activities",
             {"project": "Partnership", "cell": "Where", "description": "Activity", "availability": "Information", "event": "Event"},
             labels={"cell": labels("activities.cell")},
             method="Table 2 of the discussion paper, cell by cell, and what its text announces.")

st.header("All projects and programmes", anchor=False)
everything = ask(queries.projects, filters)
if everything.empty:
    empty_state(lambda other: ask(queries.projects, other), filters, "projects")
else:
    register("projects", "Projects", everything, "projects",
             {"acronym": "Acronym", "name": "Name", "generation": "ESCP-4i generation", "targets_usa": "USA a target",
              "targets": "Target countries", "themes": "Themes", "member_count": "Known members", "kind": "Kind"},
             labels={"kind": labels("projects.kind")}, height=460,
             method="One row per project (view project_register); no listed USA and a partial list means unknown, not no.")

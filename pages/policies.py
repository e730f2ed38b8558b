"""Which instruments carry the cooperation?"""

import streamlit as st

from charts.timeline import policy_timeline
from ui.cached import ask, labels
from ui.citations import Evidence, plain
from ui.panels import Card, chart_card, empty_state, register
from ui.shell import current_filters, page_header
from ui.tables import PERIOD
from warehouse import findings, queries

filters = current_filters()
page_header("policies", filters, "Years: of the dated act; instruments without a date stay in.")

instruments = ask(queries.policies, filters)
if instruments.empty:
    empty_state(lambda other: ask(queries.policies, other), filters, "policy instruments")
else:
    dated = instruments[instruments["date_precision"] != "undated"]
    if len(dated):
        worded = dated.assign(kind=dated["kind"].map(labels("policies.kind")))
        chart_card(Card(
            "policies", findings.policies(instruments), f"{len(dated)} dated instruments by side; {len(instruments) - len(dated)} undated "
            "ones stand in the register", policy_timeline(worded), dated,
            {"name": "Instrument", "side": "Side", "kind": "Kind", PERIOD: "Date"}, Evidence("policies", tuple(dated["policy_id"])),
            "Rows of view policy_register; a bar covers the whole period that the source allows.",
            labels={"side": labels("policies.side"), "kind": labels("policies.kind")},
        ))
    conclusions = instruments[instruments["kind"] == "conclusion"]
    if len(conclusions):
        st.header("What the 2015 workshop concluded", anchor=False)
        for row in conclusions.itertuples():
            st.markdown(f"- **{plain(row.name)}.** {plain(row.description)}")
    st.header("Register of instruments", anchor=False)
    register("policies", "Policy instruments", instruments, "policies",
             {"name": "Instrument", "kind": "Kind", "side": "Side", "country": "Country", PERIOD: "Date", "themes": "Themes",
              "description": "What it is"},
             labels={"side": labels("policies.side"), "kind": labels("policies.kind")}, height=460,
             method="One row per instrument that the documents name (view policy_register).")

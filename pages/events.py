"""What happened when, and how exactly is that known?"""

import streamlit as st

from charts.timeline import event_timeline
from ui.cached import ask, labels
from ui.citations import Evidence
from ui.panels import Card, chart_card, empty_state, register
from ui.shell import current_filters, page_header
from ui.tables import PERIOD
from warehouse import findings, queries

filters = current_filters()
page_header("events", filters, "Side and country: of the place of the event.")

happenings = ask(queries.events, filters)
words = {"kind": labels("events.kind"), "status_in_source": labels("events.status_in_source")}
if happenings.empty:
    empty_state(lambda other: ask(queries.events, other), filters, "events")
else:
    dated = happenings[happenings["date_precision"] != "undated"]
    if len(dated):
        worded = dated.assign(kind=dated["kind"].map(words["kind"]))
        chart_card(Card(
            "events", findings.events(happenings), f"{len(dated)} dated events; a dot is a day, a bar the month, season or year that the "
            f"source names; {len(happenings) - len(dated)} undated ones are listed below", event_timeline(worded), dated,
            {"name": "Event", "kind": "Kind", PERIOD: "Date", "places": "Place", "status_in_source": "Status in the source"},
            Evidence("events", tuple(dated["event_id"])), "Rows of view event_register with a date, at the precision of the source.", labels=words,
        ))
    undated = happenings[happenings["date_precision"] == "undated"]
    if len(undated):
        st.markdown(f"**Undated:** {'; '.join(undated['name'])}.")
    st.header("Register of events", anchor=False)
    register("events", "Events", happenings, "events",
             {"name": "Event", PERIOD: "Date", "places": "Place", "countries": "Country", "kind": "Kind",
              "status_in_source": "Status in the source", "themes": "Themes"},
             labels=words, height=520,
             method="One row per event however many sources tell of it (view event_register). Held or planned is what the latest "
                    "source says at its own date.")

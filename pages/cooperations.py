"""Who works with whom, and how firmly?"""

import streamlit as st

from charts.bars import status_bars
from ui.cached import ask, labels
from ui.citations import Evidence
from ui.panels import Card, chart_card, empty_state, register
from ui.shell import current_filters, page_header
from ui.state import url_choice
from ui.stories import story_cards
from ui.tables import PERIOD
from warehouse import findings, queries

filters = current_filters()
page_header("cooperations", filters)

scope = url_choice("scope", {"eu-us": "EU–US links", "all": "All recorded links"}, "Links")
links = ask(queries.cooperations, filters, eu_us_only=scope == "eu-us")
if links.empty:
    empty_state(lambda other: ask(queries.cooperations, other, eu_us_only=scope == "eu-us"), filters, "links")
else:
    kinds = labels("cooperations.kind")
    counted = links.assign(kind=links["kind"].map(kinds)).groupby(["kind", "status"]).size().reset_index(name="count")
    chart_card(Card(
        "status", findings.statuses(links), "Links by kind and by status in the source; a signature is never counted with an intention",
        status_bars(counted, label="kind", unit="links"), counted, {"kind": "Kind", "status": "Status", "count": "Links"},
        Evidence("cooperations", tuple(links["cooperation_id"])),
        "Rows of view cooperation_register after filtering, counted by kind and status; one alliance is one row with all its parties. "
        "EU–US means: at least one party on each side.", labels={"status": labels("cooperations.status")},
    ))

st.header("Success stories", anchor=False)
stories = ask(queries.stories, filters)
if stories.empty:
    empty_state(lambda other: ask(queries.stories, other), filters, "success stories")
else:
    story_cards(stories)

if not links.empty:
    st.header("Register of links", anchor=False)
    status_words = labels("cooperations.status")
    present = [status for status in status_words if status in set(links["status"])]
    chosen = st.pills("Status", present, selection_mode="multi", format_func=status_words.get, key="register_status")
    shown = links[links["status"].isin(chosen)] if chosen else links
    register("cooperations", "Register of links", shown, "cooperations",
             {"title": "Link", "status": "Status", "kind": "Kind", PERIOD: "Date", "eu_parties": "EU side", "us_parties": "US side",
              "other_parties": "Other countries", "themes": "Themes"},
             labels={"status": status_words, "kind": kinds}, height=520,
             method="One row per link with its parties in the order of the source (view cooperation_register).")

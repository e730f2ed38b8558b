"""The section of one sector: every register, restricted to it."""

from dataclasses import replace

import streamlit as st

from ui import cached, state
from ui.panels import register
from ui.tables import PERIOD
from warehouse import queries
from warehouse.filters import Filters

# Tab, question, table and the columns shown.
_REGISTERS = (
    ("Organisations", queries.organisations, "organisations", {"name": "Organisation", "place": "Place", "countries": "Country", "side": "Side"}),
    ("Projects", queries.projects, "projects", {"acronym": "Acronym", "name": "Name", "targets_usa": "USA a target", "targets": "Target countries"}),
    ("Links", queries.cooperations, "cooperations", {"title": "Link", "status": "Status", PERIOD: "Date", "eu_parties": "EU side", "us_parties": "US side"}),
    ("Events", queries.events, "events", {"name": "Event", PERIOD: "Date", "places": "Place"}),
    ("Policies", queries.policies, "policies", {"name": "Instrument", "side": "Side", PERIOD: "Date"}),
    ("Opportunities", queries.opportunities, "opportunities", {"statement": "Opportunity seen in the discussion paper"}),
)


def choose_sector(filters: Filters) -> None:
    """Buttons for the themes, so that a section can be opened without the side bar."""
    st.header("Choose a sector to see everything in it", anchor=False)
    vocabulary = cached.vocabulary()
    with st.container(horizontal=True):
        for sector_id in vocabulary.sectors:
            if sector_id not in vocabulary.traded_clusters:
                st.button(vocabulary.sector_option(sector_id), key=f"choose_{sector_id}", on_click=state.write_filters,
                          args=(replace(filters, sectors=(sector_id,)),))


def sector_section(sector_id: str, name: str, filters: Filters) -> None:
    """Counts of every register for one sector, and the rows of the one chosen."""
    st.header(name, anchor=False)
    only = replace(filters, sectors=(sector_id,))
    frames = {label: cached.ask(question, only) for label, question, _, _ in _REGISTERS}
    key = f"section_{sector_id}"
    chosen = st.segmented_control(
        "Register", list(frames), default="Organisations", required=True, key=key, label_visibility="collapsed",
        format_func=lambda label: f"{label} ({len(frames[label])})",
    )
    _, _, table, columns = next(entry for entry in _REGISTERS if entry[0] == chosen)
    if frames[chosen].empty:
        st.info(f"No {chosen.lower()} are recorded for {name} with these filters.")
        return
    register(f"{key}_{table}", f"{chosen} in {name}", frames[chosen], table, columns,
             labels={"status": cached.labels("cooperations.status"), "side": cached.labels(f"{table}.side")},
             method=f"Rows whose sectors include {name}, with the other filters as chosen.")

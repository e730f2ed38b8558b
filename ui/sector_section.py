"""The section of one sector: every register, restricted to it."""

from dataclasses import replace

import streamlit as st

from ui import cached, registers, state
from ui.panels import register
from warehouse import queries
from warehouse.filters import Filters

_REGISTERS = {
    "Organisations": (queries.organisations, registers.ORGANISATIONS),
    "Projects": (queries.projects, registers.PROJECTS),
    "Links": (queries.cooperations, registers.COOPERATIONS),
    "Events": (queries.events, registers.EVENTS),
    "Policies": (queries.policies, registers.POLICIES),
    "Opportunities": (queries.opportunities, registers.OPPORTUNITIES),
}


def choose_sector(filters: Filters) -> None:
    """Buttons for the themes, so that a section can be opened without the side bar."""
    st.header("Choose a sector to see everything in it", anchor=False)
    vocabulary = cached.vocabulary()
    with st.container(horizontal=True):
        for sector_id in vocabulary.sectors:
            if sector_id not in vocabulary.traded_clusters:
                st.button(
                    vocabulary.sector_option(sector_id),
                    key=f"choose_{sector_id}",
                    on_click=state.write_filters,
                    args=(replace(filters, sectors=(sector_id,)),),
                )


def sector_section(sector_id: str, name: str, filters: Filters) -> None:
    """Counts of every register for one sector, and the rows of the one chosen."""
    st.header(name, anchor=False)
    only = replace(filters, sectors=(sector_id,))
    frames = {label: cached.ask(question, only) for label, (question, _) in _REGISTERS.items()}
    key = f"section_{sector_id}"
    chosen = st.segmented_control(
        "Register",
        list(frames),
        default="Organisations",
        required=True,
        key=key,
        label_visibility="collapsed",
        format_func=lambda label: f"{label} ({len(frames[label])})",
    )
    if frames[chosen].empty:
        st.info(f"No {chosen.lower()} are recorded for {name} with these filters.")
        return
    register(_REGISTERS[chosen][1], frames[chosen], f"{key}_{chosen.lower()}", f"{chosen} in {name}")

"""The section of one sector, every register restricted to it, and up to four sectors side by side."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from cards import chart_cards, registers
from domain.filters import Filters
from ui import state
from ui.parts.panels import chart_card, register
from warehouse import queries, query_cache

MAX_COMPARED = 4
# What a section shows, in reading order: heading to count, question and register.
_REGISTERS = {
    "Organisations": ("organisations", queries.organisations, registers.ORGANISATIONS),
    "Projects": ("projects", queries.projects, registers.PROJECTS),
    "Links": ("cooperations", queries.cooperations, registers.COOPERATIONS),
    "Success stories": ("stories", queries.stories, registers.STORIES),
    "Events": ("events", queries.events, registers.EVENTS),
    "Policies": ("policies", queries.policies, registers.POLICIES),
    "Opportunities": ("opportunities", queries.opportunities, registers.OPPORTUNITIES),
}
_TARGETS = "Target countries"
_COUNTS = {label: count for label, (count, _, _) in _REGISTERS.items()} | {_TARGETS: "targets"}


def choose_sector(filters: Filters) -> None:
    """Buttons for the themes, so that a section can be opened without the side bar."""
    st.header("Choose a sector to see everything in it", anchor=False)
    vocabulary = query_cache.vocabulary()
    with st.container(horizontal=True):
        for sector_id in vocabulary.sectors:
            if sector_id not in vocabulary.traded_clusters:
                st.button(
                    vocabulary.sector_option(sector_id),
                    key=f"choose_{sector_id}",
                    on_click=state.write_filters,
                    args=(replace(filters, sectors=(sector_id,)),),
                )
    st.caption("Traded clusters are chosen in the filter Sector. Choose two to four sectors there to compare them.")


def chosen_sectors(filters: Filters) -> None:
    """A comparison when two to four sectors are chosen, and the section of one of them."""
    names = {sector_id: query_cache.vocabulary().sectors[sector_id] for sector_id in filters.sectors}
    if len(names) > MAX_COMPARED:
        st.info(
            f"{len(names)} sectors are chosen; up to {MAX_COMPARED} can be compared side by side. Take out some to compare."
        )
    elif len(names) > 1:
        _comparison(names, filters)
    # One section at a time: the others cost nothing until they are asked for.
    sector_id = state.url_choice("show", names, "Section") if len(names) > 1 else next(iter(names))
    _section(sector_id, names[sector_id], filters)


def _counts(sector_id: str, filters: Filters) -> dict[str, int]:
    return query_cache.run_query(queries.register_counts, replace(filters, sectors=(sector_id,)))


def _comparison(names: dict[str, str], filters: Filters) -> None:
    st.header("Side by side", anchor=False)
    counts = pd.DataFrame([{"sector": name} | _counts(sector_id, filters) for sector_id, name in names.items()])
    side_by_side = (
        counts.set_index("sector")[list(chart_cards.COUNTS)]
        .rename(columns=chart_cards.COUNTS)
        .T.reset_index(names="Counted")
    )
    st.dataframe(
        side_by_side, hide_index=True, key="side_by_side", alt=f"Counts of {', '.join(names.values())} side by side"
    )
    chart_card(chart_cards.sector_comparison(counts, query_cache.run_query(queries.organisations, filters)))


def _section(sector_id: str, name: str, filters: Filters) -> None:
    """Counts of every register for one sector, and the rows of the one chosen."""
    st.header(name, anchor=False)
    only, counts, key = replace(filters, sectors=(sector_id,)), _counts(sector_id, filters), f"section_{sector_id}"
    chosen = st.segmented_control(
        "Register",
        list(_COUNTS),
        default="Organisations",
        required=True,
        key=key,
        label_visibility="collapsed",
        format_func=lambda label: f"{label} ({counts[_COUNTS[label]]})",
    )
    if counts[_COUNTS[chosen]] == 0:
        st.info(f"No {chosen.lower()} are recorded for {name} with these filters.")
    elif chosen == _TARGETS:
        ids = query_cache.run_query(queries.projects, only)["project_id"].tolist()
        chart_card(chart_cards.target_countries(query_cache.run_query(queries.co_targets, ids), sector_id, name))
    else:
        _, question, spec = _REGISTERS[chosen]
        register(spec, query_cache.run_query(question, only), f"{key}_{chosen.lower()}", f"{chosen} in {name}")

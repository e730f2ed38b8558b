"""The page Sectors: the section of one sector, every register restricted to it, and up to four sectors compared."""

from dataclasses import replace

import streamlit as st

from cards.definitions.sectors import COUNT_LABELS, MAX_COMPARED
from domain.filters import Filters
from domain.record_types.figures import FIGURES
from domain.text import plural
from ui import state
from ui.parts.cards import show_card
from ui.parts.registers import draw_register, show_register
from warehouse import queries
from warehouse.populations import (
    ALL_COOPERATIONS,
    ALL_PROJECTS,
    CLUSTERS,
    EVENTS,
    OPPORTUNITIES,
    POLICIES,
    SUCCESS_STORIES,
    Population,
)
from warehouse.profiles import figures_about
from warehouse.query_cache import run_query, vocabulary

# What a section shows, in reading order: label to count and population.
_REGISTERS: dict[str, tuple[str, Population]] = {
    "Organisations": ("organisations", CLUSTERS),
    "Projects": ("projects", ALL_PROJECTS),
    "Cooperations": ("cooperations", ALL_COOPERATIONS),
    "Success stories": ("stories", SUCCESS_STORIES),
    "Events": ("events", EVENTS),
    "Policies": ("policies", POLICIES),
    "Opportunities": ("opportunities", OPPORTUNITIES),
}
_TARGETS = "Target countries"
_COUNTS = {label: count for label, (count, _) in _REGISTERS.items()} | {_TARGETS: "targets"}


def choose_sector(filters: Filters) -> None:
    """Buttons for the themes, so that a section can be opened without the side bar."""
    st.header("Choose a sector to see everything in it", anchor=False)
    values = vocabulary()
    themes = tuple(sector for sector in values.sectors if sector not in values.traded_clusters)
    counts = run_query(queries.register_counts_by_sector, filters, themes).set_index("sector_id")
    totals = counts[[count for count, _ in _REGISTERS.values()]].sum(axis=1).astype(int).to_dict()
    with st.container(horizontal=True):
        for theme in themes:
            st.button(
                f"{values.sectors[theme]}: {plural(totals[theme], 'record')}",
                key=f"choose_{theme}",
                on_click=state.write_filters,
                args=(replace(filters, sectors=(theme,)),),
            )
    st.caption(
        "The records are those of all registers below that match the filters. Traded clusters are chosen in the filter "
        "Sector. Choose two to four sectors there to compare them."
    )


def chosen_sectors(filters: Filters) -> None:
    """A comparison when two to four sectors are chosen, and the section of one of them."""
    names = {sector: vocabulary().sectors[sector] for sector in filters.sectors}
    if len(names) > MAX_COMPARED:
        st.info(
            f"{len(names)} sectors are chosen; up to {MAX_COMPARED} can be compared side by side. Remove some to compare."
        )
    elif len(names) > 1:
        _comparison(names, filters)
    # One section at a time: the others cost nothing until they are asked for.
    sector = state.url_choice("show", names, "Section") if len(names) > 1 else next(iter(names))
    _section(sector, names[sector], filters)


def _comparison(names: dict[str, str], filters: Filters) -> None:
    st.header("Side by side", anchor=False)
    counts = run_query(queries.register_counts_by_sector, filters, tuple(names))
    table = counts.assign(sector=list(names.values())).set_index("sector")[list(COUNT_LABELS)]
    st.dataframe(
        table.rename(columns=COUNT_LABELS).T.reset_index(names="Counted"),
        hide_index=True,
        key="side_by_side",
        alt=f"Counts of {', '.join(names.values())} side by side",
    )
    show_card("sector_comparison", filters)


def _section(sector: str, name: str, filters: Filters) -> None:
    """Counts of every register for one sector, and the rows of the one chosen."""
    st.header(name, anchor=False)
    only = replace(filters, sectors=(sector,))
    counts = run_query(queries.register_counts, only)
    key = f"section_{sector}"
    chosen: str = st.segmented_control(
        "Register",
        list(_COUNTS),
        default="Organisations",
        required=True,
        key=key,
        label_visibility="collapsed",
        format_func=lambda label: f"{label} ({counts[_COUNTS[label]]})",
    )
    if chosen == _TARGETS:
        show_card("target_countries", filters)
    else:
        _, population = _REGISTERS[chosen]
        show_register(population, only, key=f"{key}_{population.table}", title=f"{chosen} in {name}")
    figures = run_query(figures_about, "sector", (sector,))
    if len(figures) and FIGURES.register:
        st.subheader(f"Figures about {name}", anchor=False)
        draw_register(FIGURES.register, figures, filters, key=f"{key}_figures")

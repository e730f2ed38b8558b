"""The page Sectors: every register for one sector, and up to four sectors compared."""

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
from warehouse.populations import SECTOR_POPULATIONS
from warehouse.profiles import figures_about
from warehouse.query_cache import run_query, vocabulary

_TARGETS = "targets"
_REGISTERS = {population.table: population for population in SECTOR_POPULATIONS}
# What can be shown of a sector: key of queries.register_counts -> label.
_LABELS = {table: one.record_type.title_of_register for table, one in _REGISTERS.items()} | {
    _TARGETS: COUNT_LABELS[_TARGETS]
}


def choose_sector(filters: Filters) -> None:
    """Draw a button for each theme, with the number of its records."""
    st.header("Choose a sector to see everything in it", anchor=False)
    values = vocabulary()
    themes = tuple(sector for sector in values.sectors if sector not in values.traded_clusters)
    counts = run_query(queries.register_counts_by_sector, filters, themes).set_index("sector_id")
    totals = counts[list(_REGISTERS)].sum(axis=1).astype(int).to_dict()
    with st.container(horizontal=True):
        for theme in themes:
            st.button(
                f"{values.sectors[theme]}: {plural(totals[theme], 'record')}",
                key=f"choose_{theme}",
                on_click=state.write_filters,
                args=(replace(filters, sectors=(theme,)),),
            )
    st.caption(
        "The numbers count the records of all registers that match the filters. To choose a traded cluster, or to "
        "compare two to four sectors, use the filters at the top."
    )


def chosen_sectors(filters: Filters) -> None:
    """Draw a comparison when two to four sectors are chosen, and the registers of one of them."""
    names = {sector: vocabulary().sectors[sector] for sector in filters.sectors}
    if len(names) > MAX_COMPARED:
        st.info(
            f"{len(names)} sectors are chosen, but at most {MAX_COMPARED} can be compared. Remove some to compare them."
        )
    elif len(names) > 1:
        _comparison(names, filters)
    # The registers of one sector at a time, so that the others are queried only when they are chosen.
    sector = state.url_choice("show", names, "Sector") if len(names) > 1 else next(iter(names))
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
    """Draw the counts of every register for one sector, and the rows of the chosen register."""
    st.header(name, anchor=False)
    only = replace(filters, sectors=(sector,))
    counts = run_query(queries.register_counts, only)
    key = f"section_{sector}"
    options = {table: f"{label} ({counts[table]})" for table, label in _LABELS.items()}
    chosen = state.url_choice("register", options, "Register", is_labelled=False)
    if chosen == _TARGETS:
        show_card("target_countries", filters)
    else:
        show_register(_REGISTERS[chosen], only, key=f"{key}_{chosen}", title=f"{_LABELS[chosen]} in {name}")
    figures = run_query(figures_about, "sector", (sector,))
    if len(figures) and FIGURES.register:
        st.subheader(f"Figures about {name}", anchor=False)
        draw_register(FIGURES.register, figures, filters, key=f"{key}_figures")

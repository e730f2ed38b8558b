"""The page Sectors: all sectors compared, the profile of one of them, and up to four side by side."""

from dataclasses import replace
from functools import partial

import streamlit as st

from cards.card import MapCard
from cards.catalogue import make_card
from cards.definitions.sectors import COUNT_LABELS, MAX_COMPARED
from cards.few import record_cards
from domain.filters import Filters
from domain.record_types.figures import FIGURES
from domain.records import PERIOD
from domain.text import plural
from ui import screen, state
from ui.frame.navigation import page_file
from ui.parts.cards import compact_map, draw_card, show_card
from ui.parts.folded import folded
from ui.parts.registers import draw_register, show_register
from ui.parts.small_cards import record_boxes
from warehouse import queries
from warehouse.populations import ALL_PROJECTS, CLUSTERS, EU_US_AGREEMENTS, SECTOR_POPULATIONS
from warehouse.profiles import figures_about
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import rows

# Height of the map; its width in the left column of a window of 1366 pixels, at most.
MAP_HEIGHT_PX, MAP_WIDTH_PX = 360, 790
BOX_WIDTH_PX = 220  # two side by side in the right column
MAX_BOXES = 4  # agreements and projects shown in boxes; all are in the registers below
_TARGETS = "targets"
_REGISTERS = {population.table: population for population in SECTOR_POPULATIONS}
# What can be shown of a sector: key of queries.register_counts -> label.
_LABELS = {table: one.record_type.title_of_register for table, one in _REGISTERS.items()} | {
    _TARGETS: COUNT_LABELS[_TARGETS]
}


def sectors_page(filters: Filters) -> None:
    """Draw the page: with two to four sectors their comparison first, else the sectors of a scheme."""
    names = {sector: vocabulary().sectors[sector] for sector in filters.sectors}
    if 1 < len(names) <= MAX_COMPARED:
        show_card("sector_comparison", filters)
    else:
        scheme = state.url_choice(
            "scheme", {"theme": "Themes", "traded_cluster": "Traded clusters"}, "Scheme", is_labelled=False
        )
        show_card(f"sectors_{scheme}", filters)
    if len(names) > MAX_COMPARED:
        screen.info(
            f"{len(names)} sectors are chosen, but at most {MAX_COMPARED} can be compared. Remove some to compare them."
        )
    if not names:
        _choose_sector(filters)
        return
    # One sector at a time, so that the others are queried only when they are chosen.
    sector = state.url_choice("show", names, "Sector") if len(names) > 1 else next(iter(names))
    _profile(sector, names[sector], filters)


def _choose_sector(filters: Filters) -> None:
    """Draw a button for each theme, with the number of its records."""
    screen.header("Choose a sector to see everything in it", anchor=False)
    values = vocabulary()
    themes = tuple(sector for sector in values.sectors if sector not in values.traded_clusters)
    counts = run_query(queries.register_counts_by_sector, filters, themes).set_index("sector_id")
    totals = counts[list(_REGISTERS)].sum(axis=1).astype(int).to_dict()
    with st.container(horizontal=True):
        for theme in themes:
            screen.button(
                f"{values.sectors[theme]}: {plural(totals[theme], 'record')}",
                key=f"choose_{theme}",
                on_click=state.write_filters,
                args=(replace(filters, sectors=(theme,)),),
            )
    screen.caption(
        "The numbers count the records of all registers that match the filters. To choose a traded cluster, or to "
        "compare two to four sectors, use the filters at the top."
    )


def _profile(sector: str, name: str, filters: Filters) -> None:
    """Draw what happens in a sector: map, agreements, projects, stories, and the rows of the chosen register."""
    screen.header(name, anchor=False)
    only = replace(filters, sectors=(sector,))
    with st.container(key="two_columns_sector"):
        left, right = st.columns([3, 2])
    with left:
        _map(only)
    with right:
        _agreements(only)
        _projects(only)
    story = make_card("stories", only)
    if story:
        folded(story.title, partial(draw_card, story), key=f"{story.key}_of_sector", icon=":material/auto_stories:")
    _registers(sector, name, only, filters)


def _map(only: Filters) -> None:
    card = make_card("map_atlantic", only)
    if isinstance(card, MapCard):
        compact_map(card, MAP_HEIGHT_PX, MAP_WIDTH_PX)
    else:
        places = only.only(CLUSTERS.record_type.filters).describe(vocabulary())
        screen.info(f"No {CLUSTERS.singular} located to a city, so no map, for {places}.")


def _agreements(only: Filters) -> None:
    """Draw the latest agreements in boxes, and how many there are."""
    card = make_card("agreements", only)
    if card is None:
        where = only.describe(vocabulary())
        screen.subheader(f"No {EU_US_AGREEMENTS.singular} is recorded for {where}", anchor=False)
    else:
        screen.subheader(card.title, anchor=False)
        boxes = record_cards(card.rows.head(MAX_BOXES), "cooperations", {PERIOD: "Date"}, title="title")
        record_boxes("cooperations", boxes, "sector_agreements", 2, BOX_WIDTH_PX)
        if len(card.rows) > MAX_BOXES:
            screen.caption(f"The first {MAX_BOXES} of {len(card.rows)}; the page Links and agreements has all.")
    screen.page_link(
        page_file("cooperations"),
        label="All cooperations",
        icon=":material/handshake:",
        query_params=state.link_params(only),
    )


def _projects(only: Filters) -> None:
    found = run_query(rows, ALL_PROJECTS, only)
    # Regions and states restrict no projects, so they are not named.
    where = only.only(ALL_PROJECTS.record_type.filters).describe(vocabulary())
    if found.empty:
        screen.subheader(f"No {ALL_PROJECTS.singular} is recorded for {where}", anchor=False)
        return
    screen.subheader(f"{ALL_PROJECTS.name(len(found))} for {where}", anchor=False)
    boxes = record_cards(found.head(MAX_BOXES), "projects", {"programme": "Programme"}, title="label")
    record_boxes("projects", boxes, "sector_projects", 2, BOX_WIDTH_PX)
    if len(found) > MAX_BOXES:
        screen.caption(f"The first {MAX_BOXES} of {len(found)}; the register below has all.")


def _registers(sector: str, name: str, only: Filters, filters: Filters) -> None:
    """Draw the counts of every register for one sector, and the rows of the chosen register."""
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
        screen.subheader(f"Figures about {name}", anchor=False)
        draw_register(FIGURES.register, figures, filters, key=f"{key}_figures")

"""The page Horizon projects: counts, the EU organisations most linked with the US, their places, and the register."""

import pandas as pd
import streamlit as st

from cards import horizon_cards as cards
from cards.registers import HORIZON_PROJECTS
from charts.theme import SIDE_COLOURS, SIDE_LABELS
from domain.filters import Filters
from domain.text import format_list
from maps.extents import EXTENTS
from maps.participation_map import participation_alt, participation_map
from ui import state
from ui.parts.cooperation_map_view import map_names
from ui.parts.filled_map import map_card, map_width
from ui.parts.panels import chart_card, register
from warehouse import horizon, query_cache


def findings(projects: pd.DataFrame, filters: Filters) -> None:
    """Cards by year, programme, EU country and theme."""
    chart_card(cards.by_year(query_cache.run_query(horizon.projects_by_year, filters), projects))
    chart_card(cards.by_programme(query_cache.run_query(horizon.projects_by_programme, filters), projects))
    countries = query_cache.run_query(horizon.projects_by_country, filters)
    if countries.empty:
        st.info("No organisation of the EU side takes part in these projects.")
    else:
        chart_card(cards.by_country(countries, projects))
    chart_card(cards.by_theme(query_cache.run_query(horizon.projects_by_theme, filters), projects))


def most_linked(projects: pd.DataFrame, filters: Filters) -> None:
    """EU organisations by projects with US participation; a country of the filter limits them to it."""
    found = query_cache.run_query(horizon.eu_organisations, filters)
    if found.empty:
        st.info("These projects have no organisation of the EU side for this filter.")
        return
    names = query_cache.vocabulary().countries
    chart_card(cards.eu_organisations(found, projects, format_list([names[code] for code in filters.countries])))


def places(projects: pd.DataFrame, filters: Filters) -> None:
    """Participations on the map, and how many have no point."""
    found = query_cache.run_query(horizon.map_places, filters)
    if found.empty:
        st.info("CORDIS gives no coordinates for any participation in these projects, so there is no map.")
        return
    extent = state.url_choice("extent", {name: name for name in EXTENTS}, "Show")
    map_card(
        cards.on_the_map(found, query_cache.run_query(horizon.totals, filters), projects),
        participation_map(found, extent, labels=map_names(), width=map_width()),
        participation_alt(found),
        [
            {"label": SIDE_LABELS[side], "colour": SIDE_COLOURS[side], "shape": "circle"}
            for side in ("EU", "US", "OTHER")
            if (found["side"] == side).any()
        ],
    )


def project_register(projects: pd.DataFrame) -> None:
    """The register; a selected project opens its panel."""
    st.header("Register of projects", anchor=False)
    register(HORIZON_PROJECTS, projects, "horizon")

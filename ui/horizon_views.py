"""The page Horizon projects: counts, the EU organisations most linked with the US, their places, and the register."""

import pandas as pd
import streamlit as st

from cards import horizon_cards as cards
from cards import tables
from cards.registers import HORIZON_PROJECTS
from charts.formats import format_list
from charts.map import EXTENTS
from charts.participation_map import participation_alt, participation_map
from charts.theme import SIDE_COLOURS, SIDE_LABELS
from ui import state
from ui.atlas import map_names
from ui.filled_map import map_card, map_width
from ui.panels import chart_card, register
from warehouse import answers
from warehouse import horizon as questions
from warehouse.filters import Filters

_PARTICIPANTS = {
    "organisation_name": "Organisation",
    "country": "Country",
    "city": "City",
    "role": "Role",
    "activity_type": "Kind of organisation",
    "is_sme": "Small or medium-sized enterprise",
    "eu_contribution_eur": "EU contribution (euro)",
}
_KINDS = {"HES": "education", "REC": "research", "PRC": "private for profit", "PUB": "public body", "OTH": "other"}


def findings(projects: pd.DataFrame, filters: Filters) -> None:
    """Cards by year, programme, EU country and theme."""
    chart_card(cards.by_year(answers.ask(questions.projects_by_year, filters), projects))
    chart_card(cards.by_programme(answers.ask(questions.projects_by_programme, filters), projects))
    countries = answers.ask(questions.projects_by_country, filters)
    if countries.empty:
        st.info("No organisation of the EU side takes part in these projects.")
    else:
        chart_card(cards.by_country(countries, projects))
    chart_card(cards.by_theme(answers.ask(questions.projects_by_theme, filters), projects))


def most_linked(projects: pd.DataFrame, filters: Filters) -> None:
    """EU organisations by projects with US participation; a country of the filter limits them to it."""
    found = answers.ask(questions.eu_organisations, filters)
    if found.empty:
        st.info("These projects have no organisation of the EU side for this filter.")
        return
    names = answers.vocabulary().countries
    chart_card(cards.eu_organisations(found, projects, format_list([names[code] for code in filters.countries])))


def places(projects: pd.DataFrame, filters: Filters) -> None:
    """Participations on the map, and how many have no point."""
    found = answers.ask(questions.map_places, filters)
    if found.empty:
        st.info("CORDIS gives no coordinates for any participation in these projects, so there is no map.")
        return
    extent = state.url_choice("extent", {name: name for name in EXTENTS}, "Show")
    map_card(
        cards.on_the_map(found, answers.ask(questions.totals, filters), projects),
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


def participants(project_id: str) -> None:
    """The organisations of one project, for its panel."""
    found = answers.ask(questions.participations, project_id)
    st.markdown(f"### Organisations ({len(found)})")
    found["activity_type"] = found["activity_type"].replace(_KINDS)
    st.dataframe(
        tables.readable(found, _PARTICIPANTS), hide_index=True, alt=f"{len(found)} organisations of this project"
    )

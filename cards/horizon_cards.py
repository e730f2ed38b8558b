"""The cards of the page Horizon projects: by year, programme, EU country and theme, and the EU organisations."""

import pandas as pd

from cards.card import Card, Evidence
from charts.bars import count_bars
from charts.stacked_columns import stacked_years
from charts.theme import ACCENT
from domain.shares import Share, agree, leader, plural
from warehouse.horizon import NOT_CLASSIFIED

TABLE = "horizon_projects"
POPULATION = "projects with US participation"
IGNORES = ("sides", "traded clusters")  # every project here has a US organisation, none has a traded cluster
_METHOD = (
    "Projects of the imported CORDIS files with at least one organisation in the United States (table horizon_project_register), chosen "
    "by the filters. The EU side is that of 2017, the United Kingdom included. Natural persons are left out."
)


def evidence(projects: pd.DataFrame) -> Evidence:
    """The projects counted; each stands in an import."""
    return Evidence(TABLE, tuple(projects["horizon_project_id"]))


def _counted(projects: pd.DataFrame) -> str:
    """'1 project with US participation', '18 projects with US participation'."""
    return plural(len(projects), "project with US participation", POPULATION)


def by_year(counts: pd.DataFrame, projects: pd.DataFrame) -> Card:
    """Projects by the year in which they begin, cut by programme; those without a year are counted, not drawn."""
    dated = counts[counts["year"].notna()]
    years = dated.groupby("year", as_index=False)["projects"].sum().astype({"year": int})
    undated = len(projects) - int(dated["projects"].sum())
    first = leader(years, "year", "projects")
    title = f"Most begin in {first[0]}: {Share(first[1], len(projects), POPULATION)}" if first else _counted(projects)
    aside = f"; {undated} without a date not drawn" if undated else ""
    return Card(
        key="horizon_years",
        title=title,
        subtitle=f"{_counted(projects)} by the year in which they begin, cut by programme{aside}",
        chart=stacked_years(
            dated.astype({"year": int}), year="year", group="programme", value="projects", unit="projects"
        )
        if len(dated)
        else None,
        rows=counts,
        columns={
            "year": "Year",
            "programme": "Programme",
            "projects": "Projects",
            "eu_contribution_eur": "EU contribution (euro, where stated)",
        },
        evidence=evidence(projects),
        ignores=IGNORES,
        method=_METHOD,
    )


def by_programme(counts: pd.DataFrame, projects: pd.DataFrame) -> Card:
    """Projects by framework programme."""
    first = leader(counts, "programme", "projects")
    return Card(
        key="horizon_programmes",
        title=f"{first[0]}: {Share(first[1], len(projects), POPULATION)}" if first else "Projects by programme",
        subtitle=f"{_counted(projects)} by framework programme, as CORDIS writes it; only programmes that were imported are there",
        chart=count_bars(counts, label="programme", value="projects", unit="projects"),
        rows=counts,
        columns={
            "programme": "Programme",
            "projects": "Projects",
            "us_participations": "US participations",
            "eu_participations": "EU participations",
            "eu_contribution_eur": "EU contribution (euro, where stated)",
        },
        evidence=evidence(projects),
        ignores=IGNORES,
        method=_METHOD,
    )


def by_country(counts: pd.DataFrame, projects: pd.DataFrame) -> Card:
    """Projects by country of the EU side; a project counts once in each of its countries."""
    first = leader(counts, "country", "projects")
    return Card(
        key="horizon_countries",
        title=f"{first[0]} takes part in {Share(first[1], len(projects), POPULATION)}"
        if first
        else "Countries of the EU side in projects with US participation",
        subtitle=f"{_counted(projects)}: in how many each country of the EU side takes part; a project counts once in each of its countries",
        chart=count_bars(counts, label="country", value="projects", unit="projects"),
        rows=counts,
        columns={
            "country": "Country",
            "projects": "Projects",
            "participations": "Participations",
            "organisations": "Organisations",
        },
        evidence=evidence(projects),
        ignores=IGNORES,
        method=_METHOD,
    )


def by_theme(counts: pd.DataFrame, projects: pd.DataFrame) -> Card:
    """Projects by theme; a project counts once in each of its themes, one without any is not classified."""
    named = counts[counts["theme_id"].notna()]
    first = leader(named, "theme", "projects")
    none = int(counts.loc[counts["theme_id"].isna(), "projects"].sum())
    return Card(
        key="horizon_themes",
        title=f"{first[0]} is a theme of {Share(first[1], len(projects), POPULATION)}"
        if first
        else "Themes of projects with US participation",
        subtitle=f"{_counted(projects)} by theme, assigned by our words from fields of science, topics and keywords; a project counts once in "
        f"each of its themes; {none:,} {agree(none, 'is', 'are')} {NOT_CLASSIFIED}",
        chart=count_bars(
            counts, label="theme", value="projects", unit="projects", colours=dict.fromkeys(named["theme"], ACCENT)
        ),
        rows=counts.assign(basis=counts["basis"].fillna("no theme found")),
        columns={"theme": "Theme", "projects": "Projects", "basis": "Basis"},
        evidence=evidence(projects),
        ignores=IGNORES,
        method=_METHOD + " The words of each theme stand in table horizon_theme_patterns.",
    )


def eu_organisations(found: pd.DataFrame, projects: pd.DataFrame, of_countries: str) -> Card:
    """EU organisations most linked with the US; `of_countries` names those of the filter, empty for all."""
    total = int(found["total_count"].iloc[0])
    first = leader(found, "organisation_name", "project_count")
    where = f" of {of_countries}" if of_countries else " of the EU side"
    return Card(
        key="horizon_organisations",
        title=f"{first[0]} shares most projects with US partners: {first[1]:,}"
        if first
        else f"EU organisations most linked with the United States: {len(found)}",
        subtitle=f"The {len(found)} of {plural(total, 'organisation')}{where} with most projects that have a US organisation, then with most "
        "different US organisations in them; taking part in the same project is not by itself a cooperation of two",
        chart=None,
        rows=found,
        columns={
            "organisation_name": "Organisation",
            "country": "Country",
            "project_count": "Projects with US participation",
            "us_partner_count": "Different US organisations in them",
        },
        evidence=evidence(projects),
        ignores=IGNORES,
        method=_METHOD + " An organisation is one CORDIS number, under the name of its latest project.",
    )


def on_the_map(places: pd.DataFrame, totals: pd.DataFrame, projects: pd.DataFrame) -> Card:
    """The rows of the map of participations; ``totals`` is the one row of warehouse.horizon.totals."""
    counted = totals.iloc[0]
    placed = Share(int(counted["placed"]), int(counted["participations"]), "participations in these projects")
    return Card(
        key="horizon_map",
        title=f"{placed} {agree(placed.numerator, 'has', 'have')} a point on the map",
        subtitle="Participations in projects with US participation, by side and place, at the coordinates that CORDIS gives; the area of a "
        "circle follows their number. An organisation counts once for each project",
        chart=None,
        rows=places,
        columns={
            "side": "Side",
            "city": "City",
            "participations": "Participations",
            "organisations": "Organisations",
            "projects": "Projects",
            "latitude": "Latitude",
            "longitude": "Longitude",
        },
        evidence=evidence(projects),
        ignores=IGNORES,
        method="Participations of the projects shown that have coordinates (view horizon_participation_register), grouped by side and place "
        "to about ten kilometres; wide views join neighbouring places of one side in one circle.",
    )

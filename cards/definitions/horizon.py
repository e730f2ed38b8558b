"""Cards of the page Horizon projects: by year, programme, EU country and theme; EU organisations; map."""

import pandas as pd

from cards.area_nouns import with_article
from cards.card import Card, DeckCard
from cards.definition import CardRequest, define
from charts.bars import count_bars
from charts.stacked_columns import stacked_years
from charts.theme import ACCENT, SIDE_COLOURS
from domain.evidence import Evidence
from domain.shares import Share, leader
from domain.text import agree, capitalised, format_list, format_period, plural
from domain.vocabulary import SIDE_LABELS, SIDES
from maps.extents import EXTENTS
from maps.participation_map import participation_alt, participation_map
from warehouse import horizon
from warehouse.horizon import NOT_CLASSIFIED
from warehouse.populations import HORIZON_PROJECTS
from warehouse.query_cache import run_query

POPULATION = "projects with US participation"
IN_THE_DATA = "projects in the data with US participation"
PAGE = "horizon"
NOT_A_COOPERATION = "taking part in the same project is not by itself a cooperation"
METHOD = (
    "Projects with at least one organisation in the United States or its territories (table horizon_project_register) "
    "that match the filters; years are those in which a project begins. The EU side is that of 2017, the United "
    "Kingdom included. Natural persons are left out, and organisations that an imported file marks as having left a "
    "project are not counted; the files that come with the dashboard do not say who left. Themes of projects are "
    "assigned by search terms in topics, fields of science and keywords."
)
ONE_ORGANISATION = (
    "An organisation is one CORDIS number, or one name where the file has no number, under the name of its latest "
    "project"
)


def evidence(projects: pd.DataFrame) -> Evidence:
    """The projects counted."""
    return Evidence("horizon_projects", tuple(projects["horizon_project_id"]))


def matching_projects(request: CardRequest) -> pd.DataFrame:
    """The projects that match the filters."""
    return run_query(horizon.projects, request.filters)


def population(request: CardRequest) -> str:
    """'projects in the data with US participation for Energy, begun 2016 to 2019': what a share is of."""
    return IN_THE_DATA + request.scope_for(HORIZON_PROJECTS)


def counted(projects: pd.DataFrame, request: CardRequest) -> str:
    """'1 project with US participation', '18 projects with US participation for Energy'."""
    return plural(len(projects), "project with US participation", POPULATION) + request.scope_for(HORIZON_PROJECTS)


def span_of_the_data() -> str:
    """'; the data hold 61 projects begun November 2014 to May 2016', of which the filters choose.

    The data are a part of all projects: without their span a reader takes their years for those of the programme.
    """
    origins = run_query(horizon.origins)
    first, last = origins["first_day"].min(), origins["last_day"].max()
    begun = "" if pd.isna(first) else f" begun {' to '.join(format_period(day, day, 'month') for day in (first, last))}"
    return f"; the data hold {plural(int(origins['projects'].sum()), 'project')}{begun}"


def leader_besides(
    counts: pd.DataFrame, label: str, value: str, key: str, chosen: tuple[str, ...]
) -> tuple[str, tuple[str, int] | None]:
    """'Besides Germany, ' or '', and the leader of the rows that the filter does not ask for.

    That Germany takes part in every project with Germany is no finding. ``chosen`` are values of column ``key``.
    """
    is_chosen = counts[key].isin(chosen)
    names = [with_article(name) for name in sorted(counts.loc[is_chosen, label])]
    return f"Besides {format_list(names)}, " if names else "", leader(counts[~is_chosen], label, value)


@define("horizon_years", page=PAGE, population=HORIZON_PROJECTS, sector_scheme="theme")
def by_year(request: CardRequest) -> Card | None:
    """Projects by year of the beginning and programme; those without a year are counted, not drawn."""
    projects = matching_projects(request)
    counts = run_query(horizon.projects_by_year, request.filters)
    if counts.empty:
        return None
    dated = counts[counts["year"].notna()]
    years = dated.groupby("year")["projects"].sum().reset_index().astype({"year": int})
    undated = len(projects) - int(dated["projects"].sum())
    first = leader(years, "year", "projects") if len(years) > 1 else None
    title = (
        f"{Share(first[1], len(projects), population(request))} {agree(first[1], 'begins', 'begin')} in {first[0]}"
        if first
        else counted(projects, request)
    )
    not_drawn = f"; {undated:,} without a date, not drawn" if undated else ""
    return Card(
        title=title,
        subtitle=f"{counted(projects, request)} by year of the beginning and programme{not_drawn}{span_of_the_data()}",
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
        method=METHOD,
    )


@define("horizon_programmes", page=PAGE, population=HORIZON_PROJECTS, sector_scheme="theme")
def by_programme(request: CardRequest) -> Card | None:
    """Projects by framework programme."""
    projects = matching_projects(request)
    counts = run_query(horizon.projects_by_programme, request.filters)
    if counts.empty:
        return None
    first = leader(counts, "programme", "projects")
    return Card(
        title=f"{first[0]}: {Share(first[1], len(projects), population(request))}"
        if first
        else f"P{population(request)[1:]} by programme",
        subtitle=f"{counted(projects, request)} by framework programme, as named in CORDIS; only the programmes in the "
        f"data are counted{span_of_the_data()}",
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
        method=METHOD,
    )


@define("horizon_countries", page=PAGE, population=HORIZON_PROJECTS, sector_scheme="theme")
def by_country(request: CardRequest) -> Card | None:
    """Projects by country of the EU side; a project counts once in each of its countries."""
    projects = matching_projects(request)
    counts = run_query(horizon.projects_by_country, request.filters)
    if counts.empty:
        return None
    besides, first = leader_besides(counts, "country", "projects", "country_code", request.filters.countries)
    return Card(
        title=f"{capitalised(besides + with_article(first[0]))} takes part in "
        f"{Share(first[1], len(projects), population(request))}"
        if first
        else f"Countries of the EU side in {population(request)}",
        subtitle=f"{counted(projects, request)} by country of the EU side; a project counts once in each of its "
        f"countries{span_of_the_data()}",
        chart=count_bars(counts, label="country", value="projects", unit="projects"),
        rows=counts,
        columns={
            "country": "Country",
            "projects": "Projects",
            "participations": "Participations",
            "organisations": "Organisations",
        },
        evidence=evidence(projects),
        method=METHOD,
    )


@define("horizon_themes", page=PAGE, population=HORIZON_PROJECTS, sector_scheme="theme")
def by_theme(request: CardRequest) -> Card | None:
    """Projects by theme; a project counts once in each of its themes, one without a theme as not classified."""
    projects = matching_projects(request)
    counts = run_query(horizon.projects_by_theme, request.filters)
    if counts.empty:
        return None
    named = counts[counts["theme_id"].notna()]
    besides, first = leader_besides(named, "theme", "projects", "theme_id", request.filters.sectors)
    none = int(counts.loc[counts["theme_id"].isna(), "projects"].sum())
    return Card(
        title=f"{besides}{first[0]} is a theme of {Share(first[1], len(projects), population(request))}"
        if first
        else f"Themes of {population(request)}",
        subtitle=f"{counted(projects, request)} by theme, assigned by search terms in topics, fields of science and "
        "keywords, as far as the data have them; a project counts once in each of its themes; "
        f"{none:,} {agree(none, 'is', 'are')} {NOT_CLASSIFIED}{span_of_the_data()}",
        chart=count_bars(
            counts, label="theme", value="projects", unit="projects", colours=dict.fromkeys(named["theme"], ACCENT)
        ),
        rows=counts.assign(basis=counts["basis"].fillna("no theme found")),
        columns={"theme": "Theme", "projects": "Projects", "basis": "Basis"},
        evidence=evidence(projects),
        method=METHOD + " The search terms of each theme are in table horizon_theme_patterns.",
    )


@define(
    "horizon_organisations",
    page=PAGE,
    population=HORIZON_PROJECTS,
    sector_scheme="theme",
    noun="organisations of the EU side in these projects",
)
def eu_organisations(request: CardRequest) -> Card | None:
    """Organisations of the EU side by projects with US participation; countries of the filter restrict them."""
    projects = matching_projects(request)
    organisations = run_query(horizon.eu_organisations, request.filters)
    if organisations.empty:
        return None
    of_countries = format_list(list(run_query(horizon.countries_of_organisations, request.filters).values()))
    total = int(organisations["total_count"].iloc[0])
    first = leader(organisations, "organisation_name", "project_count")
    where = f" of {of_countries}" if of_countries else " of the EU side"
    listed = (
        f"the first {len(organisations)} of {plural(total, 'organisation')}{where} by projects that have a US "
        "organisation, then by different US organisations in them, then by name"
        if total > len(organisations)
        else f"{plural(total, 'organisation')}{where} by projects that have a US organisation, then by different US "
        "organisations in them"
    )
    return Card(
        title=f"{first[0]} has the most projects among organisations{where} in {population(request)}: {first[1]:,}"
        if first
        else f"{plural(total, 'organisation')}{where} in {population(request)}",
        subtitle=f"In {counted(projects, request)}: {listed}; {NOT_A_COOPERATION}{span_of_the_data()}",
        chart=None,
        rows=organisations,
        columns={
            "organisation_name": "Organisation",
            "country": "Country",
            "project_count": "Projects with US participation",
            "us_partner_count": "Different US organisations in them",
        },
        evidence=evidence(projects),
        method=f"{METHOD} {ONE_ORGANISATION}.",
    )


@define(
    "horizon_map",
    page=PAGE,
    population=HORIZON_PROJECTS,
    sector_scheme="theme",
    choices=("extent",),
    noun="participations with coordinates",
)
def participations_on_map(request: CardRequest) -> DeckCard | None:
    """Participations by side and place; the choice ``extent`` is a key of EXTENTS."""
    projects = matching_projects(request)
    places = run_query(horizon.map_places, request.filters)
    if places.empty:
        return None
    counted = run_query(horizon.totals, request.filters).iloc[0]
    placed = Share(int(counted["placed"]), int(counted["participations"]), f"participations in {population(request)}")
    extent = request.chosen("extent", EXTENTS)
    return DeckCard(
        title=f"{placed} {agree(placed.numerator, 'has', 'have')} a point on the map",
        subtitle="Participations in projects with US participation, by side and place, at the coordinates that CORDIS "
        "gives; the area of a circle is proportional to their number. An organisation counts once for each project"
        f"{span_of_the_data()}",
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
        method="Participations of these projects that have coordinates and a country (view "
        "horizon_participation_register), grouped by side and place to about ten kilometres; wide views join "
        "neighbouring places of one side in one circle.",
        deck=lambda width, labels: participation_map(places, extent, labels=labels, width=width),
        alt=participation_alt(places),
        legend=tuple(
            {"label": SIDE_LABELS[side], "colour": SIDE_COLOURS[side], "shape": "circle"}
            for side in SIDES
            if (places["side"] == side).any()
        ),
    )

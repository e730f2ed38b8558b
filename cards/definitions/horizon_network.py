"""Cards on who works with whom in Horizon projects: US organisations by country and by organisation of the EU side."""

import pandas as pd

from cards.area_nouns import with_article
from cards.card import Card
from cards.definition import CardRequest, define
from cards.definitions.horizon import (
    METHOD,
    NOT_A_COOPERATION,
    ONE_ORGANISATION,
    PAGE,
    counted,
    evidence,
    leader_besides,
    matching_projects,
    population,
    span_of_the_data,
)
from charts.matrix import MAX_ORGANISATIONS, partner_matrix
from domain.shares import Share
from domain.text import agree, capitalised, format_list, plural
from warehouse import horizon, horizon_network
from warehouse.populations import HORIZON_PROJECTS
from warehouse.query_cache import run_query


@define(
    "horizon_partner_countries",
    page=PAGE,
    population=HORIZON_PROJECTS,
    sector_scheme="theme",
    noun="projects of organisations of the EU side and the United States",
)
def partner_countries(request: CardRequest) -> Card | None:
    """US organisations by country of the EU side with which they have projects in common."""
    pairs = run_query(horizon_network.us_organisations_by_country, request.filters)
    if pairs.empty:
        return None
    projects = _with_the_eu(matching_projects(request))
    total = pairs["us_participant_id"].nunique()
    countries = pairs.groupby(["country_code", "country"]).size().reset_index(name="organisations")
    besides, first = leader_besides(countries, "country", "organisations", "country_code", request.filters.countries)
    drawn = (
        f"; drawn are the first {MAX_ORGANISATIONS} organisations by projects, then by countries, then by name"
        if total > MAX_ORGANISATIONS
        else ""
    )
    return Card(
        title=f"{capitalised(besides + with_article(first[0]))} has projects in common with "
        f"{Share(first[1], total, f'US organisations in {population(request)}')}"
        if first
        else f"US organisations and the EU countries with which they have projects in common, in {population(request)}",
        subtitle=f"{plural(total, 'US organisation')} by country of the EU side with which "
        f"{agree(total, 'it has', 'they have')} projects in common, in {counted(projects, request)}{drawn}; "
        f"a number in a square is that of common projects where it is more than one; {NOT_A_COOPERATION}"
        f"{span_of_the_data()}",
        chart=partner_matrix(
            pairs.rename(columns={"us_participant_id": "organisation_id", "us_organisation": "organisation"}),
            population="US organisation" if total == 1 else "US organisations",
        ),
        rows=pairs,
        columns={
            "us_organisation": "US organisation",
            "country": "Country",
            "projects": "Projects in common",
            "us_project_count": "Projects of the US organisation",
        },
        evidence=evidence(projects),
        method=f"{METHOD} A US organisation and a country have in common the projects in which the organisation and at "
        f"least one organisation of the country take part. {ONE_ORGANISATION}.",
    )


@define(
    "horizon_pairs",
    page=PAGE,
    population=HORIZON_PROJECTS,
    sector_scheme="theme",
    noun="pairs of organisations in these projects",
)
def pairs_of_organisations(request: CardRequest) -> Card | None:
    """Pairs of a US organisation and one of the EU side, those with several common projects first."""
    pairs = run_query(horizon_network.pairs_of_organisations, request.filters)
    if pairs.empty:
        return None
    countries = run_query(horizon.countries_of_organisations, request.filters)
    projects = _with_the_eu(matching_projects(request), tuple(countries))
    total, repeated = int(pairs["total_count"].iloc[0]), int(pairs["repeated_count"].iloc[0])
    of_countries = f" of {format_list(list(countries.values()))}" if countries else " of the EU side"
    listed = f"; listed are the first {len(pairs)} by common projects, then by name" if total > len(pairs) else ""
    more = f"; {repeated:,} of them {agree(repeated, 'has', 'have')} more than one" if repeated else ""
    return Card(
        title=f"P{population(request)[1:]}: {plural(total, 'pair')} of a US organisation and one{of_countries} "
        f"{agree(total, 'has', 'have')} {'at least one' if repeated else 'one'} in common{more}",
        subtitle=f"Pairs of a US organisation and an organisation{of_countries} in {counted(projects, request)}"
        f"{listed}; {NOT_A_COOPERATION}{span_of_the_data()}",
        chart=None,
        rows=pairs,
        columns={
            "projects": "Projects in common",
            "us_organisation": "US organisation",
            "organisation_name": "EU organisation",
            "country": "Country",
            "acronyms": "Which",
        },
        evidence=evidence(projects),
        method=f"{METHOD} A pair has in common the projects in which both take part. {ONE_ORGANISATION}. Countries of "
        "the EU side in the filter restrict its organisations too.",
    )


def _with_the_eu(projects: pd.DataFrame, countries: tuple[str, ...] = ()) -> pd.DataFrame:
    """The projects with an organisation of the EU side, of these countries if there are any."""
    wanted = set(countries)
    return projects[
        [bool(wanted.intersection(codes) if wanted else len(codes)) for codes in projects["eu_country_codes"]]
    ]

"""Queries on the Horizon projects, shipped or imported; each takes an open connection and returns a DataFrame.

The database holds only projects with US participation, with all their organisations and without natural persons.
Organisations that have left a project are not counted. Money is in euro; a project with several themes or countries
counts once in each. The EU side is that of 2017, the United Kingdom included; territories of the United States are US.

Filters choose projects: a country by the countries of their organisations, years by the year in which they begin, a
sector where it is a theme (Horizon projects have no traded clusters). Sides do not apply.
"""

from dataclasses import replace

import pandas as pd

from domain.filters import Filters, SqlParams
from warehouse.connection import Connection, fetch
from warehouse.populations import HORIZON_PROJECTS

NOT_CLASSIFIED = "not classified"
NOT_STATED = "not stated"
_ALL = Filters()
PARTICIPATIONS = "FROM horizon_participation_register SEMI JOIN chosen USING (horizon_project_id)"


def chosen_projects(connection: Connection, filters: Filters) -> tuple[str, SqlParams]:
    """A common table expression ``chosen`` of the ids of the projects known to match, and its parameters."""
    themes = connection.execute(
        "SELECT sector_id FROM sectors WHERE scheme = 'theme' AND list_contains($ids, sector_id)",
        {"ids": list(filters.sectors)},
    ).fetchall()
    applied = replace(filters, sectors=tuple(theme for (theme,) in themes))
    where, params = applied.where(HORIZON_PROJECTS.record_type.filters)
    return f"WITH chosen AS (SELECT horizon_project_id FROM {HORIZON_PROJECTS.from_sql} WHERE {where}) ", params


def origins(connection: Connection) -> pd.DataFrame:
    """What the projects come from: the shipped data set or imports.

    Columns: name, is_shipped, title (of the source), period (of the data set, null for an import), input_file and
    imported_on (null for the data set), projects, first_day and last_day (of the beginning of projects, null when not
    stated).
    """
    return fetch(
        connection,
        "SELECT name, is_shipped, any_value(coalesce(d.title, s.title)) AS title, any_value(d.period) AS period, "
        "any_value(i.input_file) AS input_file, any_value(i.imported_on) AS imported_on, count(*) AS projects, "
        "min(start_on) AS first_day, max(start_on) AS last_day "
        "FROM horizon_projects JOIN row_origins USING (source_id) JOIN sources s USING (source_id) "
        "LEFT JOIN datasets d ON is_shipped AND d.dataset_id = name "
        "LEFT JOIN imports i ON NOT is_shipped AND i.import_name = name GROUP BY ALL ORDER BY name",
    )


def replaced(connection: Connection) -> pd.DataFrame:
    """Shipped data sets of Horizon projects that an import takes the place of: title, period, import_name."""
    return fetch(
        connection,
        "SELECT d.title, d.period, import_name FROM dataset_replacements JOIN datasets d USING (dataset_id) "
        "WHERE d.format = 'cordis' GROUP BY ALL ORDER BY ALL",
    )


def totals(connection: Connection, filters: Filters = _ALL) -> pd.DataFrame:
    """One row of counts: projects, participations, us_participations, eu_participations, placed.

    ``placed`` counts those with coordinates and a country.
    """
    chosen, params = chosen_projects(connection, filters)
    return fetch(
        connection,
        f"{chosen}SELECT count(DISTINCT horizon_project_id) AS projects, count(*) AS participations, "
        "count(*) FILTER (side = 'US') AS us_participations, count(*) FILTER (side = 'EU') AS eu_participations, "
        f"count(latitude) FILTER (side IS NOT NULL) AS placed {PARTICIPATIONS}",
        params,
    )


def projects(connection: Connection, filters: Filters = _ALL) -> pd.DataFrame:
    """Every project, latest first: the columns of horizon_project_register, with names in themes and eu_countries."""
    chosen, params = chosen_projects(connection, filters)
    return fetch(
        connection,
        f"{chosen}SELECT r.*, "
        "list_sort(list_filter(list_transform(theme_ids, x -> t.names[x]), x -> x IS NOT NULL)) AS themes, "
        "list_sort(list_transform(eu_country_codes, x -> c.names[x])) AS eu_countries "
        "FROM horizon_project_register r SEMI JOIN chosen USING (horizon_project_id), "
        "(SELECT map(list(sector_id), list(name)) AS names FROM sectors) t, "
        "(SELECT map(list(country_code), list(name)) AS names FROM countries) c "
        "ORDER BY start_on DESC NULLS LAST, horizon_project_id",
        params,
    )


def projects_by_year(connection: Connection, filters: Filters = _ALL) -> pd.DataFrame:
    """Projects by year of the beginning and programme.

    Columns: year (null: not stated), programme, projects, eu_contribution_eur.
    """
    chosen, params = chosen_projects(connection, filters)
    return fetch(
        connection,
        f"{chosen}SELECT year, coalesce(programme, $none) AS programme, count(*) AS projects, "
        "sum(eu_contribution_eur) AS eu_contribution_eur "
        "FROM horizon_project_register SEMI JOIN chosen USING (horizon_project_id) "
        "GROUP BY ALL ORDER BY year NULLS LAST, programme",
        params | {"none": NOT_STATED},
    )


def projects_by_programme(connection: Connection, filters: Filters = _ALL) -> pd.DataFrame:
    """Projects by programme: programme, projects, us_participations, eu_participations, eu_contribution_eur."""
    chosen, params = chosen_projects(connection, filters)
    return fetch(
        connection,
        f"{chosen}SELECT coalesce(programme, $none) AS programme, count(*) AS projects, "
        "sum(us_participant_count)::BIGINT AS us_participations, "
        "sum(eu_participant_count)::BIGINT AS eu_participations, sum(eu_contribution_eur) AS eu_contribution_eur "
        "FROM horizon_project_register SEMI JOIN chosen USING (horizon_project_id) "
        "GROUP BY ALL ORDER BY projects DESC, programme",
        params | {"none": NOT_STATED},
    )


def projects_by_country(connection: Connection, filters: Filters = _ALL) -> pd.DataFrame:
    """Counts by country of the EU side: country_code, country, projects, participations, organisations."""
    chosen, params = chosen_projects(connection, filters)
    return fetch(
        connection,
        f"{chosen}SELECT country_code, country, count(DISTINCT horizon_project_id) AS projects, "
        "count(*) AS participations, count(DISTINCT participant_id) AS organisations "
        f"{PARTICIPATIONS} WHERE side = 'EU' GROUP BY ALL ORDER BY projects DESC, country",
        params,
    )


def projects_by_theme(connection: Connection, filters: Filters = _ALL) -> pd.DataFrame:
    """Projects by theme: theme_id (null: not classified), theme, basis ('assigned' or null), projects."""
    chosen, params = chosen_projects(connection, filters)
    return fetch(
        connection,
        f"{chosen}SELECT theme_id, coalesce(max(s.name), $none) AS theme, basis, count(*) AS projects FROM chosen "
        "LEFT JOIN horizon_project_themes USING (horizon_project_id) LEFT JOIN sectors s ON s.sector_id = theme_id "
        "GROUP BY theme_id, basis ORDER BY theme_id IS NULL, projects DESC, theme",
        params | {"none": NOT_CLASSIFIED},
    )


def countries_of_organisations(connection: Connection, filters: Filters) -> dict[str, str]:
    """Code -> name of the countries of the filters that are on the EU side, by name; they restrict its organisations.

    Other countries do not: a filter by the United States asks for their partners, not for none.
    """
    rows = connection.execute(
        "SELECT country_code, name FROM countries WHERE side = 'EU' AND list_contains($codes, country_code) "
        "ORDER BY name",
        {"codes": list(filters.countries)},
    ).fetchall()
    return dict(rows)


def eu_organisations(connection: Connection, filters: Filters = _ALL, limit: int = 50) -> pd.DataFrame:
    """Organisations of the EU side with the most projects that have a US organisation.

    Countries of the EU side in the filters restrict the organisations too. Columns: participant_id, organisation_name
    (of the latest project), country_code, country, project_count, us_partner_count (different US organisations in those
    projects), total_count (organisations before ``limit``).
    """
    chosen, params = chosen_projects(connection, filters)
    only = list(countries_of_organisations(connection, filters))
    return fetch(
        connection,
        f"{chosen}, us AS (SELECT horizon_project_id, participant_id AS us_participant_id {PARTICIPATIONS} "
        "WHERE side = 'US'), "
        "linked AS (SELECT participant_id, count(DISTINCT horizon_project_id) AS project_count, "
        "count(DISTINCT us_participant_id) AS us_partner_count, count(*) OVER () AS total_count "
        "FROM horizon_participation_register JOIN us USING (horizon_project_id) WHERE side = 'EU' "
        "AND (len($only) = 0 OR list_contains($only, country_code)) GROUP BY participant_id) "
        "SELECT participant_id, organisation_name, country_code, c.name AS country, l.project_count, "
        "l.us_partner_count, total_count FROM linked l "
        "JOIN (FROM horizon_organisations WHERE side = 'EU') USING (participant_id) "
        "JOIN countries c USING (country_code) "
        "ORDER BY l.project_count DESC, l.us_partner_count DESC, organisation_name, participant_id LIMIT $limit",
        params | {"only": only, "limit": limit},
    )


def map_places(connection: Connection, filters: Filters = _ALL) -> pd.DataFrame:
    """Participations with coordinates by side and place (a grid of 0.1 degrees), most participations first.

    One without a recorded country is of no known side and is left out.

    Columns: side (EU, US, OTHER), city (the most frequent name), latitude, longitude (degrees, medians of the place),
    participations, organisations, projects.
    """
    chosen, params = chosen_projects(connection, filters)
    return fetch(
        connection,
        f"{chosen}SELECT side, mode(city ORDER BY city) AS city, "
        "median(latitude) AS latitude, median(longitude) AS longitude, count(*) AS participations, "
        "count(DISTINCT participant_id) AS organisations, count(DISTINCT horizon_project_id) AS projects "
        f"{PARTICIPATIONS} WHERE latitude IS NOT NULL AND side IS NOT NULL "
        "GROUP BY side, round(latitude, 1), round(longitude, 1) ORDER BY participations DESC, city",
        params,
    )


def participations(connection: Connection, horizon_project_id: str) -> pd.DataFrame:
    """Organisations of one project, coordinators first: the columns of horizon_participations, country, side.

    Those that have left it (has_left) are among them.
    """
    return fetch(
        connection,
        "SELECT p.*, c.name AS country, c.side FROM horizon_participations p "
        "LEFT JOIN countries c USING (country_code) "
        "WHERE horizon_project_id = $id ORDER BY coalesce(role, '') <> 'coordinator', country, organisation_name",
        {"id": horizon_project_id},
    )

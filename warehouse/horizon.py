"""Questions to the imported Horizon projects; each takes an open connection and returns a DataFrame.

Only projects with US participation are there, with all their organisations and without natural
persons. Every frame is empty until CORDIS was imported. Money is euro; a project with several
themes or countries counts once in each. The EU side is that of 2017, the United Kingdom included.
"""

import duckdb
import pandas as pd

Connection = duckdb.DuckDBPyConnection

NOT_CLASSIFIED = "not classified"
NOT_STATED = "not stated"


def _rows(connection: Connection, sql: str, params: dict | None = None) -> pd.DataFrame:
    return connection.execute(sql, params or {}).df()


def projects(connection: Connection) -> pd.DataFrame:
    """Every project: the columns of horizon_project_register, the latest first."""
    return _rows(connection, "FROM horizon_project_register ORDER BY start_on DESC NULLS LAST, horizon_project_id")


def projects_by_year(connection: Connection) -> pd.DataFrame:
    """year of the beginning (null: not stated), programme, projects, eu_contribution_eur."""
    return _rows(
        connection,
        "SELECT year, coalesce(programme, $none) AS programme, count(*) AS projects, sum(eu_contribution_eur) AS eu_contribution_eur "
        "FROM horizon_project_register GROUP BY ALL ORDER BY year NULLS LAST, programme",
        {"none": NOT_STATED},
    )


def projects_by_programme(connection: Connection) -> pd.DataFrame:
    """programme, projects, us_participations, eu_participations, eu_contribution_eur."""
    return _rows(
        connection,
        "SELECT coalesce(programme, $none) AS programme, count(*) AS projects, sum(us_participant_count)::BIGINT AS us_participations, "
        "sum(eu_participant_count)::BIGINT AS eu_participations, sum(eu_contribution_eur) AS eu_contribution_eur "
        "FROM horizon_project_register GROUP BY ALL ORDER BY projects DESC, programme",
        {"none": NOT_STATED},
    )


def projects_by_country(connection: Connection) -> pd.DataFrame:
    """Countries of the EU side: country_code, country, projects with US participation, participations, organisations."""
    return _rows(
        connection,
        "SELECT country_code, country, count(DISTINCT horizon_project_id) AS projects, count(*) AS participations, "
        "count(DISTINCT participant_id) AS organisations FROM horizon_participation_register WHERE side = 'EU' "
        "GROUP BY ALL ORDER BY projects DESC, country",
    )


def projects_by_theme(connection: Connection) -> pd.DataFrame:
    """theme_id (null: not classified), theme, basis ('assigned'; null), projects."""
    return _rows(
        connection,
        "SELECT theme_id, coalesce(max(s.name), $none) AS theme, basis, count(*) AS projects FROM horizon_projects "
        "LEFT JOIN horizon_project_themes USING (horizon_project_id) LEFT JOIN sectors s ON s.sector_id = theme_id "
        "GROUP BY theme_id, basis ORDER BY theme_id IS NULL, projects DESC, theme",
        {"none": NOT_CLASSIFIED},
    )


def eu_organisations(connection: Connection, country_code: str | None = None, most: int = 50) -> pd.DataFrame:
    """Organisations of the EU side most linked with the US.

    Columns: participant_id, organisation_name, country_code, country, project_count, us_partner_count.
    """
    return _rows(
        connection,
        "SELECT participant_id, organisation_name, country_code, c.name AS country, project_count, us_partner_count "
        "FROM horizon_eu_organisations JOIN countries c USING (country_code) "
        "WHERE $country::VARCHAR IS NULL OR country_code = $country "
        "ORDER BY project_count DESC, us_partner_count DESC, organisation_name LIMIT $most",
        {"country": country_code, "most": most},
    )


def map_points(connection: Connection) -> pd.DataFrame:
    """Organisations with a point, one row each: participant_id, organisation_name, country_code, side, city, latitude, longitude, projects."""
    return _rows(
        connection,
        "SELECT participant_id, any_value(organisation_name ORDER BY horizon_project_id) AS organisation_name, country_code, side, "
        "any_value(city ORDER BY horizon_project_id) AS city, any_value(latitude ORDER BY horizon_project_id) AS latitude, "
        "any_value(longitude ORDER BY horizon_project_id) AS longitude, count(DISTINCT horizon_project_id) AS projects "
        "FROM horizon_participation_register WHERE latitude IS NOT NULL GROUP BY participant_id, country_code, side "
        "ORDER BY projects DESC, organisation_name",
    )


def participations(connection: Connection, horizon_project_id: str) -> pd.DataFrame:
    """Organisations of one project: the columns of horizon_participation_register, coordinators first."""
    return _rows(
        connection,
        "FROM horizon_participation_register WHERE horizon_project_id = $id ORDER BY role <> 'coordinator', country, organisation_name",
        {"id": horizon_project_id},
    )

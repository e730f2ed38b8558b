"""Who works with whom in Horizon projects: US organisations by country and by organisation of the EU side.

A pair has in common the projects in which both take part. Filters choose projects as in ``warehouse.horizon``.
"""

import pandas as pd

from domain.filters import Filters
from warehouse.connection import Connection, fetch
from warehouse.horizon import PARTICIPATIONS, chosen_projects, countries_of_organisations

_ALL = Filters()
_US = (
    f"us AS (SELECT horizon_project_id, participant_id AS us_participant_id {PARTICIPATIONS} WHERE side = 'US'), "
    "us_names AS (SELECT participant_id AS us_participant_id, organisation_name AS us_organisation "
    "FROM horizon_organisations WHERE side = 'US'), "
    "eu_names AS (SELECT participant_id, organisation_name, country_code FROM horizon_organisations WHERE side = 'EU')"
)


def us_organisations_by_country(connection: Connection, filters: Filters = _ALL) -> pd.DataFrame:
    """Common projects of each US organisation and each country of the EU side, one row per pair with at least one.

    Columns: us_participant_id, us_organisation (name in the latest project), us_project_count (its projects),
    country_code, country, projects, country_count (countries of the US organisation). US organisations with most
    projects come first, then those with most countries.
    """
    chosen, params = chosen_projects(connection, filters)
    return fetch(
        connection,
        f"{chosen}, {_US}, eu AS (SELECT DISTINCT horizon_project_id, country_code, country {PARTICIPATIONS} "
        "WHERE side = 'EU'), "
        "counts AS (SELECT us_participant_id, count(DISTINCT horizon_project_id) AS us_project_count "
        "FROM us GROUP BY ALL) "
        "SELECT us_participant_id, us_organisation, us_project_count, country_code, country, count(*) AS projects, "
        "count(*) OVER (PARTITION BY us_participant_id) AS country_count "
        "FROM us JOIN eu USING (horizon_project_id) JOIN counts USING (us_participant_id) "
        "JOIN us_names USING (us_participant_id) "
        "GROUP BY us_participant_id, us_organisation, us_project_count, country_code, country "
        "ORDER BY us_project_count DESC, country_count DESC, us_organisation, us_participant_id, projects DESC, "
        "country",
        params,
    )


def pairs_of_organisations(connection: Connection, filters: Filters = _ALL, limit: int = 200) -> pd.DataFrame:
    """Pairs of a US organisation and one of the EU side with the most common projects.

    Countries of the EU side in the filters restrict the organisations of that side. Columns: us_participant_id,
    us_organisation, participant_id, organisation_name, country_code, country (of the EU side), projects, acronyms (of
    these projects, or their names), total_count and repeated_count (pairs before ``limit``, and of them those with more
    than one common project).
    """
    chosen, params = chosen_projects(connection, filters)
    only = list(countries_of_organisations(connection, filters))
    return fetch(
        connection,
        f"{chosen}, {_US}, pairs AS (SELECT us_participant_id, participant_id, count(*) AS projects, "
        "string_agg(coalesce(h.acronym, h.name), ', ' ORDER BY h.start_on, horizon_project_id) AS acronyms, "
        "count(*) OVER () AS total_count, count(*) FILTER (projects > 1) OVER () AS repeated_count "
        "FROM horizon_participation_register JOIN us USING (horizon_project_id) "
        "JOIN horizon_project_register h USING (horizon_project_id) "
        "WHERE side = 'EU' AND (len($only) = 0 OR list_contains($only, country_code)) "
        "GROUP BY us_participant_id, participant_id) "
        "SELECT us_participant_id, us_organisation, participant_id, organisation_name, country_code, "
        "c.name AS country, projects, acronyms, total_count, repeated_count FROM pairs "
        "JOIN us_names USING (us_participant_id) JOIN eu_names USING (participant_id) "
        "JOIN countries c USING (country_code) "
        "ORDER BY projects DESC, us_organisation, organisation_name, us_participant_id, participant_id LIMIT $limit",
        params | {"only": only, "limit": limit},
    )

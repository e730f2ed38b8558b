"""Queries on the registers, the readings of the USA share and the workshop steps; each takes an open connection.

Values are always passed as parameters. The views of etl/sql define the terms, ``warehouse.populations`` the sets of
records that figures count. List columns are returned as arrays of text.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from domain.filters import Filters, SqlParams, Vocabulary
from domain.record_types import REGISTER_TYPES
from domain.record_types.cooperations import COOPERATIONS
from domain.record_types.policies import POLICIES as POLICY_TYPE
from warehouse.connection import Connection, fetch
from warehouse.populations import (
    ALL_COOPERATIONS,
    ALL_PROJECTS,
    CLUSTER_ORGANISATIONS,
    EVENTS,
    POLICIES,
    REGIONAL_CLUSTERS,
    SECTOR_POPULATIONS,
    Population,
)
from warehouse.registers import once

# One row per record of the registers, with an empty list or NULL where a register lacks the column.
_EVERY_RECORD = " UNION ALL ".join(
    "SELECT sector_ids, "
    f"{'country_codes' if 'countries' in record_type.filters else '[]::VARCHAR[] AS country_codes'}, "
    f"{'start_on, end_on' if 'years' in record_type.filters else 'NULL::DATE AS start_on, NULL::DATE AS end_on'} "
    f"FROM {record_type.source_view}" + (" WHERE table_name = 'policies'" if record_type is POLICY_TYPE else "")
    # A policy instrument that is stored as a project counts once, as a project.
    for record_type in REGISTER_TYPES
)
# Horizon projects have countries and years that no register has.
_EVERY_PLACE_AND_YEAR = (
    f"SELECT country_codes, start_on, end_on FROM ({_EVERY_RECORD}) UNION ALL "
    "SELECT country_codes, start_on, start_on FROM horizon_project_register"
)


def vocabulary(connection: Connection) -> Vocabulary:
    """The values that the shared filters offer, with the number of records behind each sector.

    A sector is named with its scheme where both schemes have the name.
    """
    sectors = connection.execute(
        f"WITH used AS (SELECT unnest(sector_ids) AS sector_id FROM ({_EVERY_RECORD})) "
        "SELECT sector_id, CASE WHEN count(*) OVER (PARTITION BY lower(name)) > 1 "
        "THEN format('{} ({})', name, replace(scheme, '_', ' ')) ELSE name END, scheme, "
        "(SELECT count(*) FROM used u WHERE u.sector_id = s.sector_id), is_priority FROM sectors s "
        "WHERE scheme IN ('theme', 'traded_cluster') "
        "ORDER BY scheme, is_priority DESC, sector_id = 'cross-sector', name"
    ).fetchall()
    countries = connection.execute(
        "SELECT country_code, name FROM countries "
        f"WHERE country_code IN (SELECT unnest(country_codes) FROM ({_EVERY_PLACE_AND_YEAR})) "
        # Of Malta there are statistics alone: a filter by it leaves these, and no record.
        "OR country_code IN (SELECT country_code FROM regional_statistics JOIN regions USING (region_code)) "
        "ORDER BY name"
    ).fetchall()
    others = connection.execute(
        "SELECT country_code, name FROM countries UNION ALL "
        "SELECT region_code, name FROM regions WHERE starts_with(region_code, 'US-')"
    ).fetchall()
    regions = connection.execute(
        "WITH used AS (SELECT unnest(region_codes) AS region_code FROM organisation_register "
        "UNION SELECT unnest(region_codes) FROM cooperation_register UNION SELECT unnest(region_codes) "
        "FROM event_register) "
        "SELECT region_code, r.name, c.name, c.side FROM used JOIN regions r USING (region_code) "
        "JOIN countries c USING (country_code) ORDER BY r.name, region_code"
    ).fetchall()
    years = connection.execute(
        f"SELECT min(year(start_on)), max(year(coalesce(end_on, start_on))) FROM ({_EVERY_PLACE_AND_YEAR})"
    ).fetchone()
    states = {code: name for code, name, _, side in regions if side == "US"}
    return Vocabulary(
        sectors={sector_id: name for sector_id, name, *_ in sectors},
        countries=dict(countries),
        traded_clusters=frozenset(sector_id for sector_id, _, scheme, *_ in sectors if scheme == "traded_cluster"),
        sector_records={sector_id: records for sector_id, _, _, records, _ in sectors},
        years=tuple(range(years[0], years[1] + 1)) if years and years[0] else (),
        regions={code: f"{name}, {country}" for code, name, country, side in regions if side == "EU"},
        states=states,
        priority_themes=tuple(sector_id for sector_id, _, _, _, is_priority in sectors if is_priority),
        without_records={code: name for code, name in others if code not in dict(countries) and code not in states},
    )


def build_info(connection: Connection) -> pd.DataFrame:
    """One row: built_at (UTC), build_id, release_id, schema_version, source_hashes (JSON text)."""
    return fetch(connection, "SELECT * FROM build_info")


def workshop_steps(connection: Connection) -> pd.DataFrame:
    """Steps of the workshop mode in order: step, title, question, chart, note."""
    return fetch(connection, "SELECT * FROM workshop_steps ORDER BY step")


def cooperation_statuses(connection: Connection) -> pd.DataFrame:
    """Statuses of cooperations from the firmest to the least firm: status, position, commitment, is_current."""
    return fetch(connection, "SELECT * FROM cooperation_statuses ORDER BY position")


def countries_and_states(connection: Connection, cooperation_ids: list[str]) -> pd.DataFrame:
    """EU countries and US states of the parties of these cooperations, one row per pair of them with the ``count``.

    Columns: country_code, country, region_code, state, count; code and name are null where a cooperation has no
    recorded EU country, or no recorded state.
    """
    return fetch(
        connection,
        "WITH chosen AS (SELECT cooperation_id, country_codes, region_codes FROM cooperation_register "
        "WHERE cooperation_id IN (SELECT unnest($ids))), "
        "eu AS (SELECT cooperation_id, country_code, name AS country FROM (SELECT cooperation_id, "
        "unnest(country_codes) AS country_code FROM chosen) JOIN countries USING (country_code) WHERE side = 'EU'), "
        "us AS (SELECT cooperation_id, region_code, name AS state FROM (SELECT cooperation_id, "
        "unnest(region_codes) AS region_code FROM chosen) JOIN regions r USING (region_code) "
        "WHERE r.country_code = 'US') "
        "SELECT country_code, country, region_code, state, count(*) AS count FROM chosen "
        "LEFT JOIN eu USING (cooperation_id) LEFT JOIN us USING (cooperation_id) GROUP BY ALL "
        "ORDER BY count DESC, country, state",
        {"ids": list(cooperation_ids)},
    )


def explained(connection: Connection, terms: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Label and definition of terms, given as (vocabulary, term), in their order. KeyError for an unknown one."""
    known = {
        (vocabulary, term): (label, definition)
        for vocabulary, term, label, definition in connection.execute(
            "SELECT vocabulary, term, label, definition FROM terms"
        ).fetchall()
    }
    return tuple(known[term] for term in terms)


def labels(connection: Connection) -> dict[str, dict[str, str]]:
    """Labels of the controlled vocabularies: {'cooperations.status': {'signed': 'Signed', …}, …}."""
    by_vocabulary: dict[str, dict[str, str]] = {}
    for name, term, label in connection.execute("SELECT vocabulary, term, label FROM terms").fetchall():
        by_vocabulary.setdefault(name, {})[term] = label
    return by_vocabulary


def map_links(connection: Connection, filters: Filters) -> pd.DataFrame:
    """Pairs of an EU and a US organisation that cooperate and both have a point: one row per pair and cooperation.

    The filters apply to the cooperations (view cooperation_links); a renewal counts with its agreement.
    """
    where, params = filters.where(COOPERATIONS.filters)
    return fetch(
        connection,
        "SELECT * FROM cooperation_links WHERE cooperation_id IN "
        f"(SELECT cooperation_id FROM cooperation_register WHERE {where}{once(ALL_COOPERATIONS)}) "
        "ORDER BY cooperation_id",
        params,
    )


def event_places(connection: Connection, event_ids: list[str]) -> pd.DataFrame:
    """Places of events in order: event_id, place, state (two letters, of a US city), country, latitude, longitude.

    place is null where none is recorded; latitude and longitude are those of a city, else null.
    """
    return fetch(
        connection,
        "SELECT event_id, p.place, CASE WHEN p.country_code = 'US' AND p.place <> s.name "
        "THEN replace(r.region_code, 'US-', '') END AS state, c.name AS country, "
        "CASE WHEN p.location_precision = 'city' THEN p.latitude END AS latitude, "
        "CASE WHEN p.location_precision = 'city' THEN p.longitude END AS longitude "
        "FROM event_places p LEFT JOIN countries c USING (country_code) "
        "LEFT JOIN place_regions r ON r.country_code = p.country_code AND r.place = p.place "
        "AND r.latitude IS NOT DISTINCT FROM p.latitude AND r.longitude IS NOT DISTINCT FROM p.longitude "
        "LEFT JOIN regions s ON s.region_code = r.region_code "
        "WHERE event_id IN (SELECT unnest($ids)) ORDER BY event_id, sequence",
        {"ids": list(event_ids)},
    )


def co_targets(connection: Connection, project_ids: list[str]) -> pd.DataFrame:
    """Project–country pairs of the given projects: project_id, project, country_code, country."""
    return fetch(
        connection,
        "SELECT project_id, label AS project, country_code, c.name AS country "
        "FROM project_targets JOIN project_labels USING (project_id) JOIN countries c USING (country_code) "
        "WHERE project_id IN (SELECT unnest($ids)) ORDER BY project, country",
        {"ids": list(project_ids)},
    )


def usa_share(connection: Connection) -> pd.DataFrame:
    """Every reading of the share of ESCP-4i projects that target the USA (share is a fraction)."""
    return fetch(connection, "SELECT * FROM usa_share")


def eu_countries(connection: Connection) -> dict[str, str]:
    """Countries of the EU side, which is the EU as in 2017, by name: {code: name}."""
    rows = connection.execute("SELECT country_code, name FROM countries WHERE side = 'EU' ORDER BY name").fetchall()
    return dict(rows)


def generations(connection: Connection) -> pd.DataFrame:
    """Counts of the known partnerships of each ESCP-4i generation, by what is known of their targets."""
    return fetch(connection, "SELECT * FROM escp4i_generations ORDER BY generation")


def activities(connection: Connection, project_ids: list[str]) -> pd.DataFrame:
    """Activities of the given projects, cell by cell of Table 2 and from the text, with the event that they name."""
    return fetch(
        connection,
        "SELECT activity_id, project_id, label AS project, cell, "
        "CASE availability WHEN 'not available' THEN availability ELSE a.description END AS description, progress, "
        "availability, event_id, e.name AS event FROM activities a JOIN project_labels USING (project_id) "
        "LEFT JOIN events e USING (event_id) WHERE project_id IN (SELECT unnest($ids)) "
        "ORDER BY project, cell, activity_id",
        {"ids": list(project_ids)},
    )


# Counts of a sector: column -> population and further condition. Organisations are counted by side.
SECTOR_COUNTS: Mapping[str, tuple[Population, str]] = {
    "eu_organisations": (CLUSTER_ORGANISATIONS, "side = 'EU'"),
    "us_organisations": (CLUSTER_ORGANISATIONS, "side = 'US'"),
    "regional_clusters": (REGIONAL_CLUSTERS, "true"),
    "projects": (ALL_PROJECTS, "true"),
    "cooperations": (ALL_COOPERATIONS, "true"),
    "events": (EVENTS, "true"),
    "policies": (POLICIES, "true"),
}
_REGISTER_COUNTS: Mapping[str, tuple[Population, str]] = {
    **SECTOR_COUNTS,
    **{population.table: (population, "true") for population in SECTOR_POPULATIONS},
}


def _counted(population: Population, extra: str, filters: Filters) -> tuple[str, SqlParams]:
    """FROM and WHERE clauses of the records of a population that are known to match, with their parameters."""
    where, params = filters.where(population.record_type.filters)
    return f"FROM {population.from_sql} WHERE {where} AND {population.condition} AND {extra}", params


def sector_counts(connection: Connection, filters: Filters, scheme: str) -> pd.DataFrame:
    """Records known to match, by sector of a scheme ('theme' or 'traded_cluster') and register.

    Columns: sector_id, sector, and the keys of ``SECTOR_COUNTS``. A record with several sectors counts once in each.
    Sectors of the filter itself restrict the records, not the list of sectors.
    """
    parts = []
    params: SqlParams = {"scheme": scheme}
    for column, (population, extra) in SECTOR_COUNTS.items():
        clause, used = _counted(population, extra, filters)
        params |= used
        parts.append(
            f"SELECT unnest(sector_ids) AS sector_id, '{column}' AS register, {population.identity} AS one {clause}"
        )
    pivot = ", ".join(f"count(DISTINCT one) FILTER (register = '{column}') AS {column}" for column in SECTOR_COUNTS)
    return fetch(
        connection,
        f"SELECT s.sector_id, s.name AS sector, {pivot} FROM sectors s LEFT JOIN ({' UNION ALL '.join(parts)}) c "
        "USING (sector_id) WHERE s.scheme = $scheme GROUP BY ALL ORDER BY s.name",
        params,
    )


def register_counts(connection: Connection, filters: Filters) -> dict[str, int]:
    """Records of every register known to match, and the target countries of the projects among them.

    Keys: those of ``SECTOR_COUNTS``, the tables of ``SECTOR_POPULATIONS`` (organisations: clusters of all sides), and
    targets.
    """
    parts = []
    params: SqlParams = {}
    for column, (population, extra) in _REGISTER_COUNTS.items():
        clause, used = _counted(population, extra, filters)
        params |= used
        parts.append(f"(SELECT count(DISTINCT {population.identity}) {clause}) AS {column}")
    clause, used = _counted(ALL_PROJECTS, "true", filters)
    targets = f"(SELECT count(DISTINCT code) FROM (SELECT unnest(target_codes) AS code {clause})) AS targets"
    counts = fetch(connection, "SELECT " + ", ".join([*parts, targets]), params | used).iloc[0]
    return {str(name): int(value) for name, value in counts.items()}


def register_counts_by_sector(connection: Connection, filters: Filters, sector_ids: tuple[str, ...]) -> pd.DataFrame:
    """``register_counts`` for each of the sectors by itself: sector_id and one column per count."""
    counts = [
        {"sector_id": sector_id} | register_counts(connection, replace(filters, sectors=(sector_id,)))
        for sector_id in sector_ids
    ]
    return pd.DataFrame(counts)

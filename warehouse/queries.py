"""One function per question; each takes an open connection and returns a DataFrame.

Every figure on a page comes from here. Values are always parameters; what a term means is decided
in the views of etl/sql, not here. List columns arrive as arrays of text.
"""

import pandas as pd

from domain.filters import COUNTRY_COLUMN, SECTOR_COLUMN, SIDE_COLUMN, Filters, Vocabulary
from warehouse.connection import Connection, fetch

ALL_LISTS = (SECTOR_COLUMN, COUNTRY_COLUMN, SIDE_COLUMN)

# Which filters a register knows: its list columns, whether years apply, and its reading order.
_REGISTERS = {
    "organisation_register": (ALL_LISTS, False, "name"),
    "project_register": (ALL_LISTS, True, "generation NULLS LAST, coalesce(acronym, name)"),
    "cooperation_register": (ALL_LISTS, True, "start_on NULLS LAST, title"),
    "event_register": (ALL_LISTS, True, "start_on NULLS LAST, name"),
    "policy_register": (ALL_LISTS, True, "start_on NULLS LAST, name"),
    "story_register": (ALL_LISTS, False, "story_id"),
    "opportunity_register": ((SECTOR_COLUMN,), False, "sector, opportunity_id"),
}


def _register(connection: Connection, view: str, filters: Filters, extra: str = "true") -> pd.DataFrame:
    lists, dated, order = _REGISTERS[view]
    where, params = filters.where(lists=lists, dated=dated)
    return fetch(connection, f"SELECT * FROM {view} WHERE {where} AND {extra} ORDER BY {order}", params)


_ALL_REGISTERS = " UNION ALL ".join(
    f"SELECT sector_ids, {countries} AS country_codes, {start} AS start_on, {end} AS end_on FROM {view}"
    for view, countries, start, end in (
        ("organisation_register", "country_codes", "NULL::DATE", "NULL::DATE"),
        ("project_register", "country_codes", "start_on", "end_on"),
        ("cooperation_register", "country_codes", "start_on", "end_on"),
        ("event_register", "country_codes", "start_on", "end_on"),
        ("policy_register", "country_codes", "start_on", "end_on"),
        ("opportunity_register", "[]::VARCHAR[]", "NULL::DATE", "NULL::DATE"),
    )
)


def vocabulary(connection: Connection) -> Vocabulary:
    """Values the shared filters offer, each with what stands behind it in all registers."""
    sectors = connection.execute(
        f"WITH used AS (SELECT unnest(sector_ids) AS sector_id FROM ({_ALL_REGISTERS})) "
        "SELECT sector_id, name, scheme, (SELECT count(*) FROM used u WHERE u.sector_id = s.sector_id) FROM sectors s "
        "WHERE scheme IN ('theme', 'traded_cluster') ORDER BY scheme, is_priority DESC, sector_id = 'cross-sector', name"
    ).fetchall()
    countries = connection.execute(
        f"SELECT country_code, name FROM countries WHERE country_code IN (SELECT unnest(country_codes) FROM ({_ALL_REGISTERS})) "
        "ORDER BY name"
    ).fetchall()
    years = connection.execute(
        f"SELECT min(year(start_on)), max(year(coalesce(end_on, start_on))) FROM ({_ALL_REGISTERS})"
    ).fetchone()
    return Vocabulary(
        sectors={sector_id: name for sector_id, name, _, _ in sectors},
        countries=dict(countries),
        traded_clusters=frozenset(sector_id for sector_id, _, scheme, _ in sectors if scheme == "traded_cluster"),
        sector_records={sector_id: records for sector_id, _, _, records in sectors},
        years=tuple(range(years[0], years[1] + 1)) if years and years[0] else (),
    )


def build_info(connection: Connection) -> pd.DataFrame:
    """One row: built_at (UTC), build_id, release_id, schema_version, source_hashes (JSON text)."""
    return fetch(connection, "SELECT * FROM build_info")


def workshop_steps(connection: Connection) -> pd.DataFrame:
    """Steps of the workshop mode in order: step, title, question, chart, note."""
    return fetch(connection, "SELECT * FROM workshop_steps ORDER BY step")


def labels(connection: Connection) -> dict[str, dict[str, str]]:
    """Labels of the controlled vocabularies: {'cooperations.status': {'signed': 'Signed', …}, …}."""
    found: dict[str, dict[str, str]] = {}
    for name, term, label in connection.execute("SELECT vocabulary, term, label FROM terms").fetchall():
        found.setdefault(name, {})[term] = label
    return found


def organisations(connection: Connection, filters: Filters, cluster_only: bool = True) -> pd.DataFrame:
    """Organisation register; ``cluster_only`` leaves out agencies, companies, authorities and the like."""
    return _register(
        connection, "organisation_register", filters, "is_cluster_organisation" if cluster_only else "true"
    )


def organisations_by_id(connection: Connection, ids: list[str]) -> pd.DataFrame:
    """Register rows of these organisations."""
    return fetch(
        connection,
        "SELECT * FROM organisation_register WHERE organisation_id IN (SELECT unnest($ids)) ORDER BY name",
        {"ids": list(ids)},
    )


def map_links(connection: Connection, filters: Filters) -> pd.DataFrame:
    """EU–US links between two organisations that both have a point: one row per pair and cooperation."""
    where, params = filters.where(lists=ALL_LISTS, dated=True)
    return fetch(
        connection,
        "SELECT * FROM cooperation_links WHERE cooperation_id IN "
        f"(SELECT cooperation_id FROM cooperation_register WHERE {where}) ORDER BY cooperation_id",
        params,
    )


def projects(connection: Connection, filters: Filters, escp4i_only: bool = False) -> pd.DataFrame:
    """Project register; ``escp4i_only`` keeps the ESCP-4i partnerships of every generation."""
    return _register(connection, "project_register", filters, "is_escp4i_partnership" if escp4i_only else "true")


def usa_targeting_table1(connection: Connection, filters: Filters) -> pd.DataFrame:
    """First-generation partnerships that list the USA: the population of Table 1 of D3.5."""
    return _register(connection, "project_register", filters, "is_escp4i_partnership AND generation = 1 AND targets_usa = 'listed'")


def co_targets(connection: Connection, project_ids: list[str]) -> pd.DataFrame:
    """Project–country pairs of the given projects: project_id, project, country_code, country."""
    return fetch(
        connection,
        "SELECT project_id, coalesce(p.acronym, p.name) AS project, country_code, c.name AS country "
        "FROM project_targets JOIN projects p USING (project_id) JOIN countries c USING (country_code) "
        "WHERE project_id IN (SELECT unnest($ids)) ORDER BY project, country",
        {"ids": list(project_ids)},
    )


def usa_share(connection: Connection) -> pd.DataFrame:
    """Every reading of the share of ESCP-4i projects that target the USA (share is a fraction)."""
    return fetch(connection, "SELECT * FROM usa_share")


def generations(connection: Connection) -> pd.DataFrame:
    """How much of each generation of ESCP-4i is known here, and of its targets (view escp4i_generations)."""
    return fetch(connection, "SELECT * FROM escp4i_generations ORDER BY generation")


def activities(connection: Connection, project_ids: list[str]) -> pd.DataFrame:
    """Planned activities of the given projects, cell by cell of Table 2, with the event where one is named."""
    return fetch(
        connection,
        "SELECT activity_id, project_id, coalesce(p.acronym, p.name) AS project, cell, "
        "CASE availability WHEN 'not available' THEN availability ELSE a.description END AS description, availability, "
        "event_id, e.name AS event FROM activities a JOIN projects p USING (project_id) "
        "LEFT JOIN events e USING (event_id) WHERE project_id IN (SELECT unnest($ids)) ORDER BY project, cell, activity_id",
        {"ids": list(project_ids)},
    )


def cooperations(connection: Connection, filters: Filters, eu_us_only: bool = False) -> pd.DataFrame:
    """Cooperation register; ``eu_us_only`` keeps links with a party on each side."""
    return _register(connection, "cooperation_register", filters, "is_eu_us" if eu_us_only else "true")


def stories(connection: Connection, filters: Filters) -> pd.DataFrame:
    """Success stories with sectors and parties."""
    return _register(connection, "story_register", filters)


def story_cooperations(connection: Connection, story_id: str) -> pd.DataFrame:
    """Cooperations a story tells of: cooperation_id, title, kind, status and dates."""
    return fetch(
        connection,
        "SELECT c.* FROM story_cooperations JOIN cooperation_register c USING (cooperation_id) "
        "WHERE story_id = $id ORDER BY start_on NULLS LAST, title",
        {"id": story_id},
    )


def events(connection: Connection, filters: Filters) -> pd.DataFrame:
    """Event register."""
    return _register(connection, "event_register", filters)


def policies(connection: Connection, filters: Filters) -> pd.DataFrame:
    """Policy register."""
    return _register(connection, "policy_register", filters)


def opportunities(connection: Connection, filters: Filters) -> pd.DataFrame:
    """Opportunities that D3.5 section 3 sees."""
    return _register(connection, "opportunity_register", filters)


# What a sector is counted by: each count, its register and what else must hold.
_COUNTED = {
    "eu_organisations": ("organisation_register", "is_cluster_organisation AND side = 'EU'"),
    "us_organisations": ("organisation_register", "is_cluster_organisation AND side = 'US'"),
    "projects": ("project_register", "true"),
    "cooperations": ("cooperation_register", "true"),
    "events": ("event_register", "true"),
    "policies": ("policy_register", "true"),
}
_ALSO_COUNTED = {
    "organisations": ("organisation_register", "is_cluster_organisation"),
    "stories": ("story_register", "true"),
    "opportunities": ("opportunity_register", "true"),
}


def sector_counts(connection: Connection, filters: Filters, scheme: str) -> pd.DataFrame:
    """Rows per sector of a scheme ('theme' or 'traded_cluster') and register, after filtering.

    Columns: sector_id, sector, eu_organisations, us_organisations (cluster organisations),
    projects, cooperations, events, policies. A record with several sectors counts once in each.
    """
    parts, params = [], {"scheme": scheme}
    for column, (view, extra) in _COUNTED.items():
        lists, dated, _ = _REGISTERS[view]
        where, used = filters.where(lists=lists, dated=dated)
        params |= used
        parts.append(
            f"SELECT unnest(sector_ids) AS sector_id, '{column}' AS register FROM {view} WHERE {where} AND {extra}"
        )
    pivot = ", ".join(f"count(*) FILTER (register = '{column}') AS {column}" for column in _COUNTED)
    return fetch(
        connection,
        f"SELECT s.sector_id, s.name AS sector, {pivot} FROM sectors s LEFT JOIN ({' UNION ALL '.join(parts)}) c "
        "USING (sector_id) WHERE s.scheme = $scheme GROUP BY ALL ORDER BY s.name",
        params,
    )


def register_counts(connection: Connection, filters: Filters) -> dict[str, int]:
    """Rows of every register after filtering, and the target countries of its projects, without reading them.

    Keys: organisations (cluster organisations of all sides), eu_organisations, us_organisations, projects,
    targets, cooperations, stories, events, policies, opportunities.
    """
    parts, params = [], {}
    for column, (view, extra) in (_COUNTED | _ALSO_COUNTED).items():
        lists, dated, _ = _REGISTERS[view]
        where, used = filters.where(lists=lists, dated=dated)
        params |= used
        parts.append(f"(SELECT count(*) FROM {view} WHERE {where} AND {extra}) AS {column}")
    lists, dated, _ = _REGISTERS["project_register"]
    where, used = filters.where(lists=lists, dated=dated)
    targets = f"(SELECT count(DISTINCT code) FROM (SELECT unnest(target_codes) AS code FROM project_register WHERE {where})) AS targets"
    return fetch(connection, "SELECT " + ", ".join([*parts, targets]), params | used).iloc[0].astype(int).to_dict()

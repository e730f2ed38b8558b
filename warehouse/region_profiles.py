"""What the profile of a region reads: its lists, and the list of the regions of an organisation."""

import pandas as pd

from warehouse.connection import Connection, fetch
from warehouse.populations import CLUSTER_ORGANISATIONS, CLUSTERS
from warehouse.related_lists import COOPERATIONS, NO_DATE, RelatedList

MAX_HORIZON_PROJECTS = 50  # that a profile lists; an import may have thousands of one country
MAX_SIMILAR = 5  # regions of the other side
MAX_PARTNERS = 40  # cluster organisations in them
_SIMILAR = (
    "SELECT similar_code, similarity, cell_count FROM region_similarities WHERE region_code = $id AND similarity > 0 "
    f"ORDER BY similarity DESC, similar_code LIMIT {MAX_SIMILAR}"
)
_MEMBERS = (
    "SELECT organisation_id AS record_id, name AS label, "
    "concat_ws(', ', place, (SELECT t.label FROM terms t WHERE t.vocabulary = 'organisations.kind' "
    f"AND t.term = o.kind), ended) AS detail, {NO_DATE} FROM region_members JOIN organisation_register o "
    "USING (organisation_id) WHERE region_members.region_code = $id AND {} ORDER BY label"
)
REGIONS_OF_ORGANISATION = RelatedList(
    "Region and country",
    "regions",
    f"SELECT r.region_code AS record_id, r.name AS label, t.label AS detail, {NO_DATE} "
    "FROM region_members m JOIN region_register r USING (region_code) "
    "JOIN terms t ON t.vocabulary = 'regions.level' AND t.term = r.level "
    "WHERE organisation_id = $id ORDER BY r.level = 'country', label",
)
REGION_LISTS: tuple[RelatedList, ...] = (
    RelatedList(
        "Cluster organisations and regional clusters of today",
        "organisations",
        _MEMBERS.format(CLUSTERS.condition),
    ),
    RelatedList(
        "Other organisations, and those that have ended",
        "organisations",
        _MEMBERS.format(f"NOT ({CLUSTERS.condition})"),
    ),
    RelatedList(
        "Regions of the other side with the most similar specialisation",
        "regions",
        "SELECT similar_code AS record_id, r.name || ', ' || country AS label, printf('similarity %.2f over %d traded "
        "clusters, %d ' || if(cluster_count = 1, 'cluster organisation', 'cluster organisations') || ' of today', "
        f"similarity, cell_count, cluster_count) AS detail, {NO_DATE} "
        f"FROM ({_SIMILAR}) s JOIN region_register r ON r.region_code = similar_code ORDER BY similarity DESC, label",
    ),
    RelatedList(
        "Cluster organisations of today in these regions",
        "organisations",
        f"SELECT organisation_id AS record_id, o.name AS label, r.name AS detail, {NO_DATE} "
        f"FROM ({_SIMILAR}) s JOIN region_register r ON r.region_code = similar_code "
        "JOIN region_members m ON m.region_code = similar_code JOIN organisation_register o USING (organisation_id) "
        f"WHERE {CLUSTER_ORGANISATIONS.condition} "
        f"ORDER BY similarity DESC, detail, label LIMIT {MAX_PARTNERS}",
    ),
    RelatedList(
        "EU–US cooperations",
        "cooperations",
        COOPERATIONS.format("SELECT cooperation_id FROM region_cooperations WHERE region_code = $id"),
    ),
    RelatedList(
        "ESCP-4i partnerships",
        "projects",
        f"SELECT project_id AS record_id, label, NULL AS detail, {NO_DATE} "
        "FROM region_projects JOIN project_labels USING (project_id) WHERE region_code = $id ORDER BY label",
    ),
    RelatedList(
        "Horizon projects with US participation",
        "horizon_projects",
        "SELECT horizon_project_id AS record_id, coalesce(acronym, title) AS label, programme AS detail, "
        f"{NO_DATE} FROM region_horizon_projects JOIN horizon_projects USING (horizon_project_id) "
        f"WHERE region_code = $id ORDER BY label LIMIT {MAX_HORIZON_PROJECTS}",
    ),
    RelatedList(
        "Its country, or its regions with organisations known here",
        "regions",
        f"SELECT r.region_code AS record_id, r.name AS label, t.label AS detail, {NO_DATE} "
        "FROM region_register r JOIN region_register own ON own.region_code = $id "
        "JOIN terms t ON t.vocabulary = 'regions.level' AND t.term = r.level "
        "WHERE r.region_code <> own.region_code AND r.country_code = own.country_code "
        "AND (r.level = 'country' OR (own.level = 'country' AND r.organisation_count > 0)) ORDER BY label",
    ),
)


def has_horizon_projects(connection: Connection) -> bool:
    """Whether this build holds Horizon projects."""
    return connection.execute("SELECT 1 FROM horizon_projects LIMIT 1").fetchone() is not None


def industries(connection: Connection, region_code: str) -> pd.DataFrame:
    """Industries of a region in its latest period by employment, the highest location quotient first.

    Columns: region_code, industry_id, industry, scheme, period, amount and employment (persons employed),
    employment_basis, employment_published, location_quotient, quotient_basis, quotient_gap, is_strong. Of two
    schemes in one period that of traded clusters.
    """
    return fetch(
        connection,
        "WITH latest AS (SELECT period, scheme FROM location_quotients JOIN statistics_periods USING (period) "
        "WHERE region_code = $id AND measure = 'employment' AND scheme IS NOT NULL "
        "ORDER BY last_year DESC, scheme = 'traded_cluster' DESC LIMIT 1) "
        "SELECT region_code, industry_id, industry, q.scheme, q.period, amount, employment_basis, "
        "employment, employment_published, location_quotient, quotient_basis, quotient_gap, is_strong "
        "FROM location_quotients q JOIN latest USING (period, scheme) JOIN industries USING (industry_id) "
        "WHERE region_code = $id AND measure = 'employment' ORDER BY location_quotient DESC NULLS LAST, industry",
        {"id": region_code},
    )


def industries_of_regions(connection: Connection, country_code: str) -> pd.DataFrame:
    """Industries of the regions of a country, each judged strong or not, the highest location quotient first.

    Columns: region_code, region, industry_id, industry, scheme, period, amount and employment (persons employed),
    employment_basis, employment_published, location_quotient, quotient_basis, is_strong. Of the latest period by
    employment that has such a row; of two schemes in it that of traded clusters.
    """
    return fetch(
        connection,
        "WITH judged AS (FROM location_quotients WHERE country_code = $country AND level <> 'country' AND measure = "
        "'employment' AND is_strong IS NOT NULL), latest AS (SELECT period, scheme FROM judged JOIN statistics_periods "
        "USING (period) ORDER BY last_year DESC, scheme = 'traded_cluster' DESC LIMIT 1) SELECT region_code, region, "
        "industry_id, industry, q.scheme, q.period, amount, employment_basis, employment, employment_published, "
        "location_quotient, quotient_basis, is_strong FROM judged q JOIN latest USING (period, scheme) JOIN industries "
        "USING (industry_id) ORDER BY location_quotient DESC NULLS LAST, industry, region",
        {"country": country_code},
    )


def similarity_count(connection: Connection, region_code: str) -> int:
    """Number of regions of the other side that a region can be compared with (table region_similarities)."""
    row = connection.execute(
        "SELECT count(*) FROM region_similarities WHERE region_code = $id", {"id": region_code}
    ).fetchone()
    return int(row[0]) if row else 0

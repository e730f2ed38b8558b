"""The lists in the profile of a region, and the list of the regions of an organisation."""

from warehouse.related_lists import COOPERATIONS, NO_DATE, RelatedList

MAX_HORIZON_PROJECTS = 50  # that a profile lists; an import may have thousands of one country
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
        _MEMBERS.format("is_cluster_organisation AND is_current"),
    ),
    RelatedList(
        "Other organisations, and those that have ended",
        "organisations",
        _MEMBERS.format("NOT (is_cluster_organisation AND is_current)"),
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

-- Regions with profiles: US states and territories, regions of NUTS 2 and countries, with what is known in each.

CREATE TABLE region_members AS
SELECT region_code, organisation_id FROM organisation_regions
UNION
SELECT unnest(country_codes), organisation_id FROM organisation_country_lists;
COMMENT ON TABLE region_members IS
    'Organisations by the regions with a profile that they lie in: US state or NUTS 2 region (organisation_regions), '
    'and country.';
COMMENT ON COLUMN region_members.region_code IS 'US state, NUTS 2 region or country.';
COMMENT ON COLUMN region_members.organisation_id IS 'Organisation.';

CREATE TABLE region_cooperations AS
WITH parties AS (
    SELECT cooperation_id, organisation_id FROM cooperation_parties WHERE organisation_id IS NOT NULL
    UNION
    SELECT cooperation_id, o.organisation_id FROM cooperation_parties JOIN project_organisations o USING (project_id)
)
SELECT region_code, cooperation_id
FROM parties JOIN organisation_regions USING (organisation_id) JOIN cooperations USING (cooperation_id) WHERE is_eu_us
UNION
SELECT coalesce(nuts_code, p.region_code), cooperation_id
FROM cooperation_party_regions p JOIN regions USING (region_code) JOIN cooperations USING (cooperation_id)
LEFT JOIN nuts_of_regions n USING (region_code)
WHERE is_eu_us AND (level = 'state' OR nuts_code IS NOT NULL)
UNION
SELECT unnest(country_codes), cooperation_id FROM cooperation_register WHERE is_eu_us;
COMMENT ON TABLE region_cooperations IS
    'EU–US cooperations by the states and NUTS 2 regions of their parties, for a project those of its known members, for '
    'a party without a name of its own those of cooperation_party_regions, and by their countries '
    '(cooperation_register).';
COMMENT ON COLUMN region_cooperations.region_code IS 'US state, NUTS 2 region or country.';
COMMENT ON COLUMN region_cooperations.cooperation_id IS 'Cooperation.';

CREATE TABLE region_projects AS
SELECT DISTINCT region_code, project_id
FROM region_members JOIN project_organisations USING (organisation_id) JOIN escp4i_partnerships USING (project_id)
UNION
SELECT country_code, project_id FROM project_countries JOIN escp4i_partnerships USING (project_id);
COMMENT ON TABLE region_projects IS
    'ESCP-4i partnerships by region: with a known member or lead in the region, or of a country that a source names.';
COMMENT ON COLUMN region_projects.region_code IS 'US state, NUTS 2 region or country.';
COMMENT ON COLUMN region_projects.project_id IS 'ESCP-4i partnership.';

-- CORDIS names a NUTS region for some participants, and no state for any: nothing is concluded from a city.
CREATE TABLE region_horizon_projects AS
SELECT DISTINCT country_code AS region_code, horizon_project_id FROM horizon_participations
WHERE country_code IS NOT NULL
UNION
SELECT DISTINCT r.region_code, horizon_project_id
FROM horizon_participations p JOIN regions r ON r.region_code = p.nuts_code[:4] AND r.country_code = p.country_code
WHERE level = 'nuts2';
COMMENT ON TABLE region_horizon_projects IS
    'Horizon projects with US participation by the countries of their participants, and by NUTS 2 region where CORDIS '
    'names the code of one that the classification of 2013 has too.';
COMMENT ON COLUMN region_horizon_projects.region_code IS 'NUTS 2 region or country.';
COMMENT ON COLUMN region_horizon_projects.horizon_project_id IS 'Project.';

CREATE TABLE region_register AS
WITH
areas AS (
    SELECT region_code, name, country_code, level FROM regions WHERE level IN ('state', 'nuts2')
    UNION ALL
    SELECT country_code, name, country_code, 'country' FROM countries
),
organisations_in AS (
    SELECT
        m.region_code, count(*) AS organisation_count,
        count(*) FILTER (counted_as = 'cluster organisation') AS cluster_count,
        count(*) FILTER (counted_as = 'regional cluster') AS regional_cluster_count
    FROM region_members m JOIN organisation_register USING (organisation_id) GROUP BY ALL
),
may_be_in AS (
    SELECT m.region_code, count(*) AS unplaced_cluster_count
    FROM organisation_possible_regions m JOIN organisation_register USING (organisation_id)
    WHERE counted_as = 'cluster organisation' GROUP BY ALL
),
-- A renewal counts with the agreement that it renews.
cooperations_in AS (
    SELECT region_code, count(DISTINCT coalesce(renewed_cooperation_id, cooperation_id)) AS cooperation_count
    FROM region_cooperations LEFT JOIN cooperation_renewals USING (cooperation_id) GROUP BY ALL
),
projects_in AS (SELECT region_code, count(*) AS project_count FROM region_projects GROUP BY ALL),
horizon_in AS (SELECT region_code, count(*) AS horizon_project_count FROM region_horizon_projects GROUP BY ALL)
SELECT
    a.*,
    CASE WHEN level <> 'country' THEN coalesce(unplaced_cluster_count, 0) END AS unplaced_cluster_count,
    c.name AS country, [a.country_code] AS country_codes, c.side, t.label AS side_name, [c.side] AS sides,
    coalesce(organisation_count, 0) AS organisation_count, coalesce(cluster_count, 0) AS cluster_count,
    coalesce(regional_cluster_count, 0) AS regional_cluster_count,
    coalesce(cooperation_count, 0) AS cooperation_count, coalesce(project_count, 0) AS project_count,
    CASE WHEN level = 'country' THEN coalesce(horizon_project_count, 0) ELSE horizon_project_count END
        AS horizon_project_count,
    p.latitude, p.longitude, p.place_name, p.basis AS centre_basis,
    []::VARCHAR[] AS possible_sides, []::VARCHAR[] AS possible_country_codes, []::VARCHAR[] AS not_applicable
FROM areas a JOIN countries c USING (country_code)
JOIN terms t ON t.vocabulary = 'countries.side' AND t.term = c.side
LEFT JOIN region_centres p USING (region_code)
LEFT JOIN organisations_in USING (region_code)
LEFT JOIN may_be_in USING (region_code)
LEFT JOIN cooperations_in USING (region_code)
LEFT JOIN projects_in USING (region_code)
LEFT JOIN horizon_in USING (region_code)
ORDER BY a.name, a.region_code;
COMMENT ON TABLE region_register IS
    'US states and territories, regions of NUTS 2 (2013) and countries, with counts of what is known in each.';
COMMENT ON COLUMN region_register.country IS 'Name of its country; of a country its own.';
COMMENT ON COLUMN region_register.country_codes IS 'ISO code of its country; the country filter reads this.';
COMMENT ON COLUMN region_register.side_name IS 'Its side in words.';
COMMENT ON COLUMN region_register.sides IS 'Its side; the side filter reads this.';
COMMENT ON COLUMN region_register.organisation_count IS 'Organisations of every kind, ended ones included.';
COMMENT ON COLUMN region_register.cluster_count IS 'Named cluster organisations of today.';
COMMENT ON COLUMN region_register.unplaced_cluster_count IS
    'Named cluster organisations of today that may lie here, because their place is not recorded or not certain '
    '(organisation_possible_regions). Null for a country.';
COMMENT ON COLUMN region_register.regional_cluster_count IS
    'Regional clusters of today for which a source names no organisation.';
COMMENT ON COLUMN region_register.cooperation_count IS
    'EU–US cooperations (region_cooperations); a renewal counts with the agreement that it renews.';
COMMENT ON COLUMN region_register.project_count IS 'ESCP-4i partnerships (region_projects).';
COMMENT ON COLUMN region_register.horizon_project_count IS
    'Horizon projects with US participation (region_horizon_projects); null where CORDIS names no participant of the '
    'region, because it names the state of none and the NUTS region of some only.';
COMMENT ON COLUMN region_register.centre_basis IS 'largest city or population centre, see region_centres.';
COMMENT ON COLUMN region_register.possible_sides IS 'Sides that it may have beside its own: none.';
COMMENT ON COLUMN region_register.possible_country_codes IS 'Countries that it may have beside its own: none.';
COMMENT ON COLUMN region_register.not_applicable IS 'Filters that make no sense for it: none.';

-- Registers: one row per record with readable lists, as the pages show and export them.
-- Every register has the list columns sector_ids, country_codes and sides for the shared filters; they are empty, never
-- null, when nothing is known. The columns possible_… hold what a record may have beside these (25_possible_values.sql);
-- registers with places also have region_codes and regions_unknown_in (26_region_lists.sql). not_applicable lists the
-- filters that make no sense for a record.
-- They are tables because a published database never changes and every page reads them.

CREATE TABLE sector_lists AS
WITH every_sector AS (
    SELECT table_name, record_id, sector_id FROM record_sectors
    UNION
    SELECT table_name, record_id, theme_id FROM record_themes
)
SELECT
    table_name, record_id,
    list_sort(list(sector_id)) AS sector_ids,
    list_sort(list(sector_id) FILTER (scheme = 'theme')) AS theme_ids,
    list_sort(list(name) FILTER (scheme = 'theme')) AS themes,
    list_sort(list(name) FILTER (scheme = 'sub_sector')) AS sub_sectors,
    list_sort(list(name) FILTER (scheme = 'traded_cluster')) AS traded_clusters
FROM every_sector JOIN sectors USING (sector_id)
GROUP BY ALL;
COMMENT ON TABLE sector_lists IS
    'Sectors of every record as lists, the themes of its sub-sectors included, and those of its traded clusters '
    'where it has no theme of its own.';
COMMENT ON COLUMN sector_lists.table_name IS 'Table of the record.';
COMMENT ON COLUMN sector_lists.record_id IS 'Id of the record.';
COMMENT ON COLUMN sector_lists.sector_ids IS
    'Ids of its sectors of both schemes, the themes above them included; the sector filter reads this.';
COMMENT ON COLUMN sector_lists.theme_ids IS 'Ids of its themes.';
COMMENT ON COLUMN sector_lists.themes IS 'Names of its themes.';
COMMENT ON COLUMN sector_lists.sub_sectors IS 'Names of its sub-sectors.';
COMMENT ON COLUMN sector_lists.traded_clusters IS 'Names of its traded clusters.';

CREATE TABLE organisation_register AS
WITH
aliases AS (SELECT organisation_id, list_sort(list(alias)) AS aliases FROM organisation_aliases GROUP BY ALL),
in_projects AS (SELECT organisation_id, count(DISTINCT project_id) AS project_count FROM project_members GROUP BY ALL),
in_cooperations AS (
    -- A renewal counts with the agreement that it renews.
    SELECT organisation_id, count(DISTINCT coalesce(renewed_cooperation_id, cooperation_id)) AS cooperation_count,
        count(DISTINCT coalesce(renewed_cooperation_id, cooperation_id)) FILTER (is_eu_us) AS eu_us_cooperation_count
    FROM cooperation_parties JOIN cooperations USING (cooperation_id)
    LEFT JOIN cooperation_renewals USING (cooperation_id)
    WHERE organisation_id IS NOT NULL GROUP BY ALL
),
in_events AS (SELECT organisation_id, count(DISTINCT event_id) AS event_count FROM event_organisations GROUP BY ALL)
SELECT
    o.*, r.name AS region, CASE WHEN n2.level = 'nuts2' THEN n2.name || ' (' || n2.region_code || ')' END AS nuts_region,
    n2.region_code AS statistics_region_code, (SELECT name FROM organisations x WHERE x.organisation_id = o.successor_id) AS successor,
    coalesce(country_codes, []) AS country_codes, coalesce(countries, []) AS countries, [o.side] AS sides,
    g.region_codes, g.regions_unknown_in,
    coalesce(sector_ids, []) AS sector_ids, coalesce(theme_ids, []) AS theme_ids, coalesce(themes, []) AS themes,
    coalesce(sub_sectors, []) AS sub_sectors, coalesce(traded_clusters, []) AS traded_clusters,
    coalesce(aliases, []) AS aliases,
    coalesce(project_count, 0) AS project_count, coalesce(cooperation_count, 0) AS cooperation_count,
    coalesce(eu_us_cooperation_count, 0) AS eu_us_cooperation_count, coalesce(event_count, 0) AS event_count,
    e.how AS end_kind, e.ended_on, e.date_precision AS ended_precision,
    CASE WHEN e.organisation_id IS NOT NULL THEN concat_ws(': ', t.label, e.date_stated) END AS ended,
    o.successor_id IS NULL AND e.organisation_id IS NULL AS is_current,
    CASE
        WHEN NOT (o.is_cluster_organisation AND is_current) THEN NULL
        WHEN o.kind = 'regional_cluster' THEN 'regional cluster'
        ELSE 'cluster organisation'
    END AS counted_as,
    coalesce(possible_sector_ids, []) AS possible_sector_ids, coalesce(possible_sides, []) AS possible_sides,
    coalesce(possible_country_codes, []) AS possible_country_codes, coalesce(not_applicable, []) AS not_applicable
FROM organisations o
LEFT JOIN organisation_ends e USING (organisation_id)
LEFT JOIN terms t ON t.vocabulary = 'organisation_ends.how' AND t.term = e.how
LEFT JOIN filters_not_applicable n ON n.table_name = 'organisations' AND n.record_id = o.organisation_id
LEFT JOIN possible_values v ON v.table_name = 'organisations' AND v.record_id = o.organisation_id
LEFT JOIN regions r USING (region_code)
LEFT JOIN organisation_regions own ON own.organisation_id = o.organisation_id
LEFT JOIN regions n2 ON n2.region_code = own.region_code
JOIN organisation_region_lists g ON g.organisation_id = o.organisation_id
LEFT JOIN organisation_country_lists USING (organisation_id)
LEFT JOIN sector_lists s ON s.table_name = 'organisations' AND s.record_id = o.organisation_id
LEFT JOIN aliases USING (organisation_id)
LEFT JOIN in_projects USING (organisation_id)
LEFT JOIN in_cooperations USING (organisation_id)
LEFT JOIN in_events USING (organisation_id);
COMMENT ON TABLE organisation_register IS 'Organisations with countries, sectors, aliases and counts of their links.';
COMMENT ON COLUMN organisation_register.region IS 'Name of the region.';
COMMENT ON COLUMN organisation_register.nuts_region IS
    'Name and code of its NUTS 2 region of 2013, assigned by us from its city or region (organisation_regions); null '
    'outside the countries of NUTS and where it is not certain.';
COMMENT ON COLUMN organisation_register.statistics_region_code IS
    'Code of its US state or NUTS 2 region (organisation_regions).';
COMMENT ON COLUMN organisation_register.successor IS 'Name of the organisation it was merged into.';
COMMENT ON COLUMN organisation_register.region_codes IS
    'Its region as a list; the filters by EU region and US state read this.';
COMMENT ON COLUMN organisation_register.regions_unknown_in IS
    'ISO codes of its countries for which no region is recorded; its side where not even the country is.';
COMMENT ON COLUMN organisation_register.sides IS 'Its sides; the side filter reads this.';
COMMENT ON COLUMN organisation_register.aliases IS 'Its other names.';
COMMENT ON COLUMN organisation_register.project_count IS 'Projects it is a member of.';
COMMENT ON COLUMN organisation_register.cooperation_count IS
    'Cooperations it is a party of; a renewal counts with the agreement that it renews.';
COMMENT ON COLUMN organisation_register.eu_us_cooperation_count IS
    'Cooperations between both sides it is a party of; a renewal counts with the agreement that it renews.';
COMMENT ON COLUMN organisation_register.end_kind IS 'How it ended, see terms; null when no source says that it did.';
COMMENT ON COLUMN organisation_register.ended_on IS 'Last day of the stated period in which it ended.';
COMMENT ON COLUMN organisation_register.ended_precision IS 'Precision of ended_on.';
COMMENT ON COLUMN organisation_register.ended IS
    'How and when it ended, in the words of the source; null when no source says that it did.';
COMMENT ON COLUMN organisation_register.is_current IS
    'True when neither a successor nor an end is known: only then is it counted among the organisations of today.';
COMMENT ON COLUMN organisation_register.counted_as IS
    'What it is counted as among the clusters of today. cluster organisation: a named cluster organisation or network; '
    'regional cluster: a regional cluster or award programme for which a source names no organisation; null: neither, '
    'or merged or ended.';
COMMENT ON COLUMN organisation_register.not_applicable IS
    'Filters that make no sense for it: countries for a body of the whole EU or of the world.';
COMMENT ON COLUMN organisation_register.event_count IS 'Events it organises, hosts or attends.';

CREATE TABLE project_register AS
WITH
-- Countries and sides of a project are those of its known members and its lead, and those a source names for it; a
-- programme of authorities has their side too.
members AS (SELECT DISTINCT project_id, organisation_id FROM project_organisations),
member_lists AS (
    SELECT project_id, list_sort(list(name)) AS members, list_sort(list_distinct(list(side))) AS sides,
        list_sort(list_distinct(flatten(list(coalesce(country_codes, []))))) AS country_codes,
        list_sort(list_distinct(flatten(list(coalesce(countries, []))))) AS countries
    FROM members JOIN organisations USING (organisation_id) LEFT JOIN organisation_country_lists USING (organisation_id)
    GROUP BY ALL
),
named_countries AS (
    SELECT project_id, list(country_code) AS country_codes, list(c.name) AS countries, list(c.side) AS sides
    FROM project_countries JOIN countries c USING (country_code) GROUP BY ALL
),
target_lists AS (
    SELECT project_id, list(country_code ORDER BY target_order, country_code) AS target_codes,
        list(name ORDER BY target_order, country_code) AS targets
    FROM project_targets JOIN countries USING (country_code) GROUP BY ALL
),
aliases AS (SELECT project_id, list_sort(list(alias)) AS aliases FROM project_aliases GROUP BY ALL)
SELECT
    p.*, l.label, (SELECT name FROM organisations x WHERE x.organisation_id = p.lead_organisation_id) AS lead_name,
    EXISTS (FROM escp4i_partnerships e WHERE e.project_id = p.project_id) AS is_escp4i_partnership,
    coalesce(targets_usa, 'not applicable') AS targets_usa,
    coalesce(target_codes, []) AS target_codes, coalesce(targets, []) AS targets,
    coalesce(members, []) AS members, len(coalesce(members, [])) AS member_count,
    list_sort(list_distinct(coalesce(m.country_codes, []) || coalesce(n.country_codes, []))) AS country_codes,
    list_sort(list_distinct(coalesce(m.countries, []) || coalesce(n.countries, []))) AS countries,
    list_sort(list_distinct(
        coalesce(m.sides, []) || coalesce(n.sides, [])
        || CASE i.side WHEN 'BOTH' THEN ['EU', 'US'] ELSE list_filter([i.side], side -> side IS NOT NULL) END
    )) AS sides,
    coalesce(sector_ids, []) AS sector_ids, coalesce(theme_ids, []) AS theme_ids, coalesce(themes, []) AS themes,
    coalesce(sub_sectors, []) AS sub_sectors, coalesce(traded_clusters, []) AS traded_clusters,
    coalesce(aliases, []) AS aliases,
    CASE WHEN i.project_id IS NOT NULL THEN concat_ws(', ', ik.label, sd.label) END AS policy_instrument,
    EXISTS (FROM seed_records d WHERE d.table_name = 'projects' AND d.record_id = p.project_id) AS told_in_seeds,
    coalesce(possible_sector_ids, []) AS possible_sector_ids, coalesce(possible_sides, []) AS possible_sides,
    coalesce(possible_country_codes, []) AS possible_country_codes, coalesce(not_applicable, []) AS not_applicable,
    earliest_on, NULL::DATE AS latest_on
FROM projects p
JOIN project_labels l USING (project_id)
LEFT JOIN project_usa_targets USING (project_id)
LEFT JOIN target_lists USING (project_id)
LEFT JOIN member_lists m USING (project_id)
LEFT JOIN named_countries n USING (project_id)
LEFT JOIN sector_lists s ON s.table_name = 'projects' AND s.record_id = p.project_id
LEFT JOIN filters_not_applicable a ON a.table_name = 'projects' AND a.record_id = p.project_id
LEFT JOIN possible_values v ON v.table_name = 'projects' AND v.record_id = p.project_id
LEFT JOIN policy_projects i USING (project_id)
LEFT JOIN terms ik ON ik.vocabulary = 'policy_projects.kind' AND ik.term = i.kind
LEFT JOIN terms sd ON sd.vocabulary = 'policy_projects.side' AND sd.term = i.side
LEFT JOIN aliases USING (project_id)
LEFT JOIN earliest_project_days USING (project_id);
COMMENT ON TABLE project_register IS
    'Projects with targets, known members, sectors and the reading of their target list.';
COMMENT ON COLUMN project_register.lead_name IS 'Name of the coordinator.';
COMMENT ON COLUMN project_register.is_escp4i_partnership IS 'One of escp4i_partnerships.';
COMMENT ON COLUMN project_register.targets_usa IS
    'listed, not listed (the list is complete), unknown, or not applicable.';
COMMENT ON COLUMN project_register.target_codes IS 'ISO codes of the target countries in the order of the list.';
COMMENT ON COLUMN project_register.targets IS 'Names of the target countries in the order of the list.';
COMMENT ON COLUMN project_register.members IS 'Names of the known members.';
COMMENT ON COLUMN project_register.member_count IS 'Number of the known members; the lists may be incomplete.';
COMMENT ON COLUMN project_register.country_codes IS
    'ISO codes of the countries of its known members and of those a source names for it; the country filter reads '
    'this.';
COMMENT ON COLUMN project_register.countries IS
    'Names of the countries of its known members and of those a source names for it.';
COMMENT ON COLUMN project_register.policy_instrument IS
    'Kind and side as a policy instrument, where it is a row of policy_register too.';
COMMENT ON COLUMN project_register.earliest_on IS
    'Day before which it cannot have begun, where it has no date (view earliest_project_days).';
COMMENT ON COLUMN project_register.latest_on IS 'Day after which it cannot have begun: not known of any project.';
COMMENT ON COLUMN project_register.told_in_seeds IS 'True when a seed document tells of it.';
COMMENT ON COLUMN project_register.not_applicable IS 'Filters that make no sense for it.';

CREATE TABLE cooperation_register AS
WITH
party_lists AS (
    SELECT cooperation_id, list(label ORDER BY party_order) AS parties,
        list(label ORDER BY party_order) FILTER (side = 'EU') AS eu_parties,
        list(label ORDER BY party_order) FILTER (side = 'US') AS us_parties,
        list(label ORDER BY party_order) FILTER (side IS DISTINCT FROM 'EU' AND side IS DISTINCT FROM 'US')
            AS other_parties,
        list_sort(list_distinct(list(side))) AS sides
    FROM party_labels GROUP BY ALL
),
party_countries AS (
    SELECT cooperation_id, country_codes, countries
    FROM cooperation_parties JOIN organisation_country_lists USING (organisation_id)
    UNION ALL
    SELECT cooperation_id, country_codes, countries FROM cooperation_parties JOIN project_register USING (project_id)
    UNION ALL
    SELECT cooperation_id, [country_code], [name] FROM cooperation_party_countries JOIN countries USING (country_code)
    UNION ALL
    -- A party of the US side is of the United States; which of its territories are meant, only a source can say.
    SELECT cooperation_id, [c.country_code], [c.name]
    FROM cooperation_parties p JOIN countries c ON c.country_code = 'US' WHERE p.side = 'US'
),
country_lists AS (
    SELECT cooperation_id, list_sort(list_distinct(flatten(list(country_codes)))) AS country_codes,
        list_sort(list_distinct(flatten(list(countries)))) AS countries
    FROM party_countries GROUP BY ALL
),
region_names AS (
    SELECT cooperation_id, list_sort(list(name)) AS regions
    FROM (SELECT cooperation_id, unnest(region_codes) AS region_code FROM cooperation_region_lists)
    JOIN regions USING (region_code) GROUP BY ALL
),
stories AS (SELECT cooperation_id, list_sort(list(story_id)) AS story_ids FROM story_cooperations GROUP BY ALL)
SELECT
    c.*, commitment, coalesce(parties, []) AS parties, coalesce(eu_parties, []) AS eu_parties,
    coalesce(us_parties, []) AS us_parties, coalesce(other_parties, []) AS other_parties,
    coalesce(sides, []) AS sides, coalesce(country_codes, []) AS country_codes, coalesce(countries, []) AS countries,
    coalesce(region_codes, []) AS region_codes, coalesce(regions, []) AS regions,
    coalesce(regions_unknown_in, []) AS regions_unknown_in,
    coalesce(sector_ids, []) AS sector_ids, coalesce(theme_ids, []) AS theme_ids, coalesce(themes, []) AS themes,
    coalesce(sub_sectors, []) AS sub_sectors, coalesce(traded_clusters, []) AS traded_clusters,
    coalesce(story_ids, []) AS story_ids, renewed_cooperation_id,
    EXISTS (FROM seed_records d WHERE d.table_name = 'cooperations' AND d.record_id = c.cooperation_id)
        AS told_in_seeds,
    coalesce(possible_sector_ids, []) AS possible_sector_ids, coalesce(possible_sides, []) AS possible_sides,
    coalesce(possible_country_codes, []) AS possible_country_codes, coalesce(not_applicable, []) AS not_applicable,
    earliest_on, latest_on
FROM cooperations c
JOIN cooperation_statuses USING (status)
LEFT JOIN cooperation_renewals USING (cooperation_id)
LEFT JOIN party_lists USING (cooperation_id)
LEFT JOIN country_lists USING (cooperation_id)
LEFT JOIN cooperation_region_lists USING (cooperation_id)
LEFT JOIN region_names USING (cooperation_id)
LEFT JOIN sector_lists s ON s.table_name = 'cooperations' AND s.record_id = c.cooperation_id
LEFT JOIN filters_not_applicable n ON n.table_name = 'cooperations' AND n.record_id = c.cooperation_id
LEFT JOIN possible_values v ON v.table_name = 'cooperations' AND v.record_id = c.cooperation_id
LEFT JOIN stories USING (cooperation_id)
LEFT JOIN earliest_days USING (cooperation_id)
LEFT JOIN latest_days d ON d.table_name = 'cooperations' AND d.record_id = c.cooperation_id;
COMMENT ON TABLE cooperation_register IS 'Cooperations with their parties by side, countries and sectors.';
COMMENT ON COLUMN cooperation_register.parties IS 'Parties in the order of the source.';
COMMENT ON COLUMN cooperation_register.eu_parties IS 'Parties of the EU side.';
COMMENT ON COLUMN cooperation_register.us_parties IS 'Parties of the US side.';
COMMENT ON COLUMN cooperation_register.other_parties IS
    'Parties of neither side, and those of which no source says the side.';
COMMENT ON COLUMN cooperation_register.renewed_cooperation_id IS
    'The agreement that it renews; null when it renews none. Agreements without their renewals are counted where it is '
    'null.';
COMMENT ON COLUMN cooperation_register.story_ids IS 'Success stories about it.';
COMMENT ON COLUMN cooperation_register.earliest_on IS
    'Day before which it cannot have begun, where it has no date (view earliest_days).';
COMMENT ON COLUMN cooperation_register.latest_on IS
    'Day after which it cannot have been, where it has no date (view latest_days).';
COMMENT ON COLUMN cooperation_register.told_in_seeds IS 'True when a seed document tells of it.';
COMMENT ON COLUMN cooperation_register.not_applicable IS
    'Filters that make no sense for it: years for an intention, which has no date to give.';
COMMENT ON COLUMN cooperation_register.country_codes IS
    'ISO codes of the countries of its parties, as far as they are recorded, and of the known members of a party that '
    'is a project; the country filter reads this.';
COMMENT ON COLUMN cooperation_register.region_codes IS
    'Regions of its parties, as far as recorded; the filters by EU region and US state read this.';
COMMENT ON COLUMN cooperation_register.regions IS
    'Names of the regions and US states of its parties, as far as recorded, and of the known members of a party that is '
    'a project.';
COMMENT ON COLUMN cooperation_register.regions_unknown_in IS
    'ISO codes of the countries of parties whose region is not recorded; the side of a party whose country is not '
    'recorded either.';
COMMENT ON COLUMN cooperation_register.countries IS
    'Names of the countries of its parties, as far as they are recorded, and of the known members of a party that is a '
    'project.';

CREATE TABLE cooperation_links AS
WITH placed AS (
    SELECT p.cooperation_id, p.side, p.organisation_id, o.name, o.place, o.latitude, o.longitude
    FROM cooperation_parties p JOIN organisations o USING (organisation_id)
    WHERE o.location_precision = 'city'
)
SELECT
    cooperation_id, c.title, c.kind, c.status, commitment, c.date_stated, c.start_on, c.end_on, c.date_precision,
    eu.organisation_id AS eu_organisation_id, eu.name AS eu_name, eu.place AS eu_place,
    eu.latitude AS eu_latitude, eu.longitude AS eu_longitude,
    us.organisation_id AS us_organisation_id, us.name AS us_name, us.place AS us_place,
    us.latitude AS us_latitude, us.longitude AS us_longitude
FROM placed eu JOIN placed us USING (cooperation_id) JOIN cooperations c USING (cooperation_id)
JOIN cooperation_statuses USING (status)
WHERE eu.side = 'EU' AND us.side = 'US';
COMMENT ON TABLE cooperation_links IS
    'Pairs of an EU and a US organisation in the same cooperation, both known to the city: the arcs of the map. '
    'Parties that are projects or have no name are left out.';
COMMENT ON COLUMN cooperation_links.eu_organisation_id IS 'Organisation of the EU side.';
COMMENT ON COLUMN cooperation_links.eu_name IS 'Its name.';
COMMENT ON COLUMN cooperation_links.eu_place IS 'Its city.';
COMMENT ON COLUMN cooperation_links.eu_latitude IS 'Degrees north of its city.';
COMMENT ON COLUMN cooperation_links.eu_longitude IS 'Degrees east of its city.';
COMMENT ON COLUMN cooperation_links.us_organisation_id IS 'Organisation of the US side.';
COMMENT ON COLUMN cooperation_links.us_name IS 'Its name.';
COMMENT ON COLUMN cooperation_links.us_place IS 'Its city.';
COMMENT ON COLUMN cooperation_links.us_latitude IS 'Degrees north of its city.';
COMMENT ON COLUMN cooperation_links.us_longitude IS 'Degrees east of its city.';

CREATE TABLE event_register AS
WITH
place_lists AS (
    SELECT event_id, list(place ORDER BY sequence) FILTER (place IS NOT NULL) AS places,
        list_sort(list_distinct(list(country_code) FILTER (country_code IS NOT NULL))) AS country_codes,
        list_sort(list_distinct(list(c.name) FILTER (c.name IS NOT NULL))) AS countries,
        list_sort(list_distinct(list(coalesce(c.side, a.side)))) AS sides
    FROM event_places LEFT JOIN countries c USING (country_code) LEFT JOIN areas a ON a.name = place GROUP BY ALL
),
project_lists AS (
    SELECT event_id, list_sort(list_distinct(list(label))) AS projects
    FROM event_projects JOIN project_labels USING (project_id) GROUP BY ALL
),
organisation_lists AS (
    SELECT event_id, list_sort(list_distinct(list(name))) AS organisations
    FROM event_organisations JOIN organisations USING (organisation_id) GROUP BY ALL
),
policy_lists AS (
    SELECT event_id, list_sort(list(name)) AS policies
    FROM event_policies JOIN policies USING (policy_id) GROUP BY ALL
)
SELECT
    e.*, coalesce(places, []) AS places, coalesce(country_codes, []) AS country_codes,
    coalesce(countries, []) AS countries, coalesce(sides, []) AS sides,
    coalesce(region_codes, []) AS region_codes, coalesce(regions_unknown_in, []) AS regions_unknown_in,
    coalesce(projects, []) AS projects, coalesce(organisations, []) AS organisations,
    coalesce(policies, []) AS policies,
    coalesce(sector_ids, []) AS sector_ids, coalesce(theme_ids, []) AS theme_ids, coalesce(themes, []) AS themes,
    coalesce(sub_sectors, []) AS sub_sectors, coalesce(traded_clusters, []) AS traded_clusters,
    EXISTS (FROM seed_records d WHERE d.table_name = 'events' AND d.record_id = e.event_id) AS told_in_seeds,
    coalesce(possible_sector_ids, []) AS possible_sector_ids, coalesce(possible_sides, []) AS possible_sides,
    coalesce(possible_country_codes, []) AS possible_country_codes, coalesce(not_applicable, []) AS not_applicable,
    NULL::DATE AS earliest_on, latest_on
FROM events e
LEFT JOIN place_lists USING (event_id)
LEFT JOIN event_region_lists USING (event_id)
LEFT JOIN project_lists USING (event_id)
LEFT JOIN organisation_lists USING (event_id)
LEFT JOIN policy_lists USING (event_id)
LEFT JOIN sector_lists s ON s.table_name = 'events' AND s.record_id = e.event_id
LEFT JOIN filters_not_applicable n ON n.table_name = 'events' AND n.record_id = e.event_id
LEFT JOIN possible_values v ON v.table_name = 'events' AND v.record_id = e.event_id
LEFT JOIN latest_days d ON d.table_name = 'events' AND d.record_id = e.event_id;
COMMENT ON TABLE event_register IS
    'Events with places, projects, organisations and sectors; sides and countries are those of its places.';
COMMENT ON COLUMN event_register.places IS 'Cities or areas in order.';
COMMENT ON COLUMN event_register.projects IS 'Projects that organise or attend it.';
COMMENT ON COLUMN event_register.organisations IS 'Organisations that organise, host or attend it.';
COMMENT ON COLUMN event_register.policies IS 'Policy instruments presented, agreed on or applied there.';
COMMENT ON COLUMN event_register.country_codes IS
    'ISO codes of the countries of its places; the country filter reads this.';
COMMENT ON COLUMN event_register.region_codes IS
    'Regions of its places, as far as they follow from the records; the filters by EU region and US state read this.';
COMMENT ON COLUMN event_register.regions_unknown_in IS
    'ISO codes of the countries of places whose region is unknown; EU, US and OTHER where not even the country is '
    'recorded.';
COMMENT ON COLUMN event_register.countries IS 'Names of the countries of its places.';
COMMENT ON COLUMN event_register.earliest_on IS
    'Day before which it cannot have begun: not known of any event without a date.';
COMMENT ON COLUMN event_register.latest_on IS
    'Day after which it cannot have been, where it has no date (view latest_days).';
COMMENT ON COLUMN event_register.told_in_seeds IS 'True when a seed document tells of it.';
COMMENT ON COLUMN event_register.not_applicable IS
    'Filters that make no sense for it: countries and sides for an event on the internet.';

CREATE TABLE policy_register AS
WITH
-- Programmes and initiatives of authorities that are stored as projects are instruments too; nothing is stored twice.
instruments AS (
    SELECT * EXCLUDE (country_code), 'policies' AS table_name FROM policies
    UNION ALL BY NAME
    SELECT project_id AS policy_id, name, i.kind, side, description, date_stated, start_on, end_on,
        CASE WHEN start_precision = end_precision OR end_on IS NULL THEN start_precision ELSE 'year' END
            AS date_precision,
        'projects' AS table_name
    FROM policy_projects i JOIN projects USING (project_id)
),
country_pairs AS (
    SELECT policy_id, country_code FROM policies WHERE country_code IS NOT NULL
    UNION SELECT policy_id, country_code FROM policy_countries
    UNION SELECT project_id, country_code FROM policy_projects JOIN project_countries USING (project_id)
),
country_lists AS (
    SELECT policy_id, list_sort(list(country_code)) AS country_codes, list_sort(list(name)) AS countries
    FROM country_pairs JOIN countries USING (country_code) GROUP BY ALL
)
SELECT
    p.*, coalesce(l.country_codes, []) AS country_codes, coalesce(l.countries, []) AS countries,
    CASE p.side WHEN 'BOTH' THEN ['EU', 'US'] ELSE [p.side] END AS sides,
    coalesce(sector_ids, []) AS sector_ids, coalesce(theme_ids, []) AS theme_ids, coalesce(themes, []) AS themes,
    coalesce(sub_sectors, []) AS sub_sectors, coalesce(traded_clusters, []) AS traded_clusters,
    EXISTS (FROM seed_records d WHERE d.table_name = 'policies' AND d.record_id = p.policy_id) AS told_in_seeds,
    coalesce(possible_sector_ids, []) AS possible_sector_ids, coalesce(possible_sides, []) AS possible_sides,
    coalesce(possible_country_codes, []) AS possible_country_codes, coalesce(not_applicable, []) AS not_applicable,
    NULL::DATE AS earliest_on, NULL::DATE AS latest_on
FROM instruments p
LEFT JOIN country_lists l USING (policy_id)
LEFT JOIN sector_lists s ON s.table_name = p.table_name AND s.record_id = p.policy_id
LEFT JOIN filters_not_applicable n ON n.table_name = 'policies' AND n.record_id = p.policy_id
LEFT JOIN possible_values v ON v.table_name = 'policies' AND v.record_id = p.policy_id;
COMMENT ON TABLE policy_register IS
    'Policy instruments with countries and sectors: the rows of policies, and the projects of policy_projects.';
COMMENT ON COLUMN policy_register.table_name IS
    'Table of the instrument: policies, or projects, where policy_id is a project_id.';
COMMENT ON COLUMN policy_register.countries IS 'Names of its countries.';
COMMENT ON COLUMN policy_register.country_codes IS 'ISO codes of its countries; the country filter reads this.';
COMMENT ON COLUMN policy_register.earliest_on IS
    'Day before which it cannot have begun: not known of any instrument without a date.';
COMMENT ON COLUMN policy_register.latest_on IS
    'Day after which it cannot have been: not known of any instrument, which may last for years.';
COMMENT ON COLUMN policy_register.told_in_seeds IS 'True when a seed document tells of it.';
COMMENT ON COLUMN policy_register.not_applicable IS
    'Filters that make no sense for it: countries for an instrument of the EU as a whole.';

CREATE TABLE story_register AS
WITH
listed AS (
    SELECT story_id, list(name ORDER BY partner_order) AS partners
    FROM story_partners JOIN organisations USING (organisation_id) GROUP BY ALL
),
linked AS (
    SELECT story_id, list_sort(list_distinct(flatten(list(parties)))) AS all_parties,
        list_sort(list_distinct(flatten(list(sides)))) AS sides,
        list_sort(list_distinct(flatten(list(country_codes)))) AS country_codes,
        list_sort(list_distinct(flatten(list(countries)))) AS countries,
        list_sort(list_distinct(flatten(list(region_codes)))) AS region_codes,
        list_sort(list_distinct(flatten(list(regions_unknown_in)))) AS regions_unknown_in,
        list_sort(list(cooperation_id)) AS cooperation_ids
    FROM story_cooperations JOIN cooperation_register USING (cooperation_id) GROUP BY ALL
)
SELECT
    t.*, coalesce(listed.partners, []) AS partners,
    -- The partners of the box first, in its order; then all others of its cooperations, by name.
    coalesce(listed.partners, []) || list_filter(
        coalesce(all_parties, []), party -> NOT list_contains(coalesce(listed.partners, []), party)
    ) AS parties,
    coalesce(cooperation_ids, []) AS cooperation_ids,
    coalesce(sides, []) AS sides, coalesce(country_codes, []) AS country_codes, coalesce(countries, []) AS countries,
    coalesce(region_codes, []) AS region_codes, coalesce(regions_unknown_in, []) AS regions_unknown_in,
    coalesce(sector_ids, []) AS sector_ids, coalesce(theme_ids, []) AS theme_ids, coalesce(themes, []) AS themes,
    coalesce(sub_sectors, []) AS sub_sectors, coalesce(traded_clusters, []) AS traded_clusters,
    coalesce(possible_sector_ids, []) AS possible_sector_ids, coalesce(possible_sides, []) AS possible_sides,
    coalesce(possible_country_codes, []) AS possible_country_codes, coalesce(not_applicable, []) AS not_applicable
FROM success_stories t
LEFT JOIN listed USING (story_id)
LEFT JOIN linked USING (story_id)
LEFT JOIN sector_lists s ON s.table_name = 'success_stories' AND s.record_id = t.story_id
LEFT JOIN filters_not_applicable n ON n.table_name = 'success_stories' AND n.record_id = t.story_id
LEFT JOIN possible_values v ON v.table_name = 'success_stories' AND v.record_id = t.story_id;
COMMENT ON TABLE story_register IS 'Success stories with the parties of their cooperations and sectors.';
COMMENT ON COLUMN story_register.partners IS 'Partners that the box of the story lists, in its order.';
COMMENT ON COLUMN story_register.parties IS 'Its partners, then the other parties of its cooperations by name.';
COMMENT ON COLUMN story_register.cooperation_ids IS 'Cooperations it is about.';
COMMENT ON COLUMN story_register.country_codes IS
    'ISO codes of the countries of the parties of its cooperations; the country filter reads this.';
COMMENT ON COLUMN story_register.countries IS 'Names of the countries of the parties of its cooperations.';
COMMENT ON COLUMN story_register.region_codes IS
    'Regions of the parties of its cooperations, as far as recorded; the filters by EU region and US state read this.';
COMMENT ON COLUMN story_register.regions_unknown_in IS
    'ISO codes of the countries of those parties whose region is not recorded, or their side.';
COMMENT ON COLUMN story_register.not_applicable IS 'Filters that make no sense for it.';

CREATE TABLE opportunity_register AS
SELECT o.*, s.name AS sector, l.sector_ids, l.theme_ids, l.themes,
    coalesce(possible_sector_ids, []) AS possible_sector_ids, coalesce(not_applicable, []) AS not_applicable
FROM opportunities o
JOIN sectors s USING (sector_id)
JOIN sector_lists l ON l.table_name = 'opportunities' AND l.record_id = o.opportunity_id
LEFT JOIN filters_not_applicable n ON n.table_name = 'opportunities' AND n.record_id = o.opportunity_id
LEFT JOIN possible_values v ON v.table_name = 'opportunities' AND v.record_id = o.opportunity_id;
COMMENT ON TABLE opportunity_register IS 'Opportunities with the name of their sector.';
COMMENT ON COLUMN opportunity_register.sector IS 'Name of the sector.';
COMMENT ON COLUMN opportunity_register.not_applicable IS 'Filters that make no sense for it.';

CREATE VIEW figure_register AS
SELECT f.*, label
FROM figures f LEFT JOIN record_labels l ON l.table_name = 'figures' AND l.record_id = figure_id;
COMMENT ON VIEW figure_register IS 'Figures with their subject in the label.';
COMMENT ON COLUMN figure_register.label IS 'Subject and measure.';

CREATE VIEW source_register AS
WITH owners AS (
    SELECT source_id, list_sort(list(coalesce(l.label, owner_id))) AS owners
    FROM source_owners
    LEFT JOIN record_labels l ON l.table_name = owner_kind || 's' AND l.record_id = owner_id
    GROUP BY ALL
)
SELECT s.*, coalesce(owners, []) AS owners, state, seen_on, archive_url
FROM sources s LEFT JOIN owners USING (source_id) LEFT JOIN source_states USING (source_id);
COMMENT ON VIEW source_register IS
    'Sources with the names of those whose own page they are, and what has become of the page since.';
COMMENT ON COLUMN source_register.owners IS
    'Bodies, projects and events whose own page it is, or the authority: it is an official source about them only.';

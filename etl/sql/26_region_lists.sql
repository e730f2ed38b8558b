-- Regions of records, for the filters by region of the EU and by state of the United States.
-- Whether a region is recorded of every party or place decides between "does not match" and "might match", so each list
-- comes with the countries in which a region is not recorded.

CREATE VIEW organisation_country_lists AS
WITH pairs AS (
    SELECT organisation_id, country_code FROM organisation_countries
    UNION
    SELECT organisation_id, country_code FROM organisations WHERE country_code IS NOT NULL
)
SELECT organisation_id, list_sort(list(country_code)) AS country_codes, list_sort(list(name)) AS countries
FROM pairs JOIN countries USING (country_code)
GROUP BY ALL;
COMMENT ON VIEW organisation_country_lists IS 'Countries of every organisation as lists.';
COMMENT ON COLUMN organisation_country_lists.organisation_id IS 'Organisation.';
COMMENT ON COLUMN organisation_country_lists.country_codes IS
    'ISO codes of its countries; the country filter reads this.';
COMMENT ON COLUMN organisation_country_lists.countries IS 'Names of its countries.';

CREATE VIEW place_regions AS
SELECT 'US' AS country_code, name AS place, NULL::DOUBLE AS latitude, NULL::DOUBLE AS longitude, region_code
FROM regions WHERE country_code = 'US' AND level = 'state'
UNION ALL
SELECT country_code, place, latitude, longitude, min(region_code)
FROM organisations
WHERE place IS NOT NULL AND latitude IS NOT NULL AND region_code IS NOT NULL AND country_code IS NOT NULL
GROUP BY ALL HAVING count(DISTINCT region_code) = 1;
COMMENT ON VIEW place_regions IS
    'Regions of places that are recorded without one: a state by its own name, and the city of an organisation, at the '
    'same point and under the same name, whose region is recorded.';
COMMENT ON COLUMN place_regions.country_code IS 'Country of the place.';
COMMENT ON COLUMN place_regions.place IS 'Name of the city or state.';
COMMENT ON COLUMN place_regions.latitude IS 'Degrees north of the city; null for a state.';
COMMENT ON COLUMN place_regions.longitude IS 'Degrees east of the city; null for a state.';
COMMENT ON COLUMN place_regions.region_code IS 'Region that it belongs to.';

CREATE TABLE organisation_region_lists AS
WITH gaps AS (SELECT organisation_id, list(side) AS sides FROM organisation_gaps GROUP BY ALL),
-- A recorded city decides where its region of statistics is known: it is in the region found for it, or in none of
-- those that sources name (data check cities-in-named-regions).
of_cities AS (
    SELECT organisation_id, c.country_code, coalesce(p.region_code, n.region_code) AS region_code
    FROM organisations o
    JOIN organisation_country_lists USING (organisation_id)
    JOIN nuts_of_cities c ON c.place = o.place AND list_contains(country_codes, c.country_code)
    LEFT JOIN place_regions p ON p.country_code = c.country_code AND p.place = o.place
        AND p.latitude IS NOT DISTINCT FROM o.latitude AND p.longitude IS NOT DISTINCT FROM o.longitude
    LEFT JOIN regions_of_places n ON n.country_code = c.country_code AND n.place = o.place
    WHERE o.region_code IS NULL
),
placed AS (
    SELECT organisation_id, r.country_code, region_code FROM organisations JOIN regions r USING (region_code)
    UNION ALL
    FROM of_cities
)
SELECT o.organisation_id,
    CASE WHEN p.region_code IS NULL THEN [] ELSE [p.region_code] END AS region_codes,
    CASE
        WHEN p.organisation_id IS NULL AND country_codes IS NULL THEN coalesce(sides, [])
        ELSE list_filter(coalesce(country_codes, []), code -> code IS DISTINCT FROM p.country_code)
    END AS regions_unknown_in
FROM organisations o
LEFT JOIN placed p USING (organisation_id)
LEFT JOIN organisation_country_lists USING (organisation_id)
LEFT JOIN gaps USING (organisation_id);
COMMENT ON TABLE organisation_region_lists IS
    'Region of every organisation, recorded or that of its recorded city, and countries in which it has none.';
COMMENT ON COLUMN organisation_region_lists.organisation_id IS 'Organisation.';
COMMENT ON COLUMN organisation_region_lists.region_codes IS 'Its region as a list; empty when none is recorded.';
COMMENT ON COLUMN organisation_region_lists.regions_unknown_in IS
    'ISO codes of its countries for which no region is recorded; the sides (EU, US, OTHER) it may be of where not even '
    'the country is. Empty for a body of no country.';

CREATE VIEW cooperation_region_lists AS
WITH party_region_countries AS (
    SELECT DISTINCT cooperation_id, party_order, country_code FROM cooperation_party_regions JOIN regions USING (region_code)
),
of_parties AS (
    SELECT cooperation_id, region_codes, regions_unknown_in
    FROM cooperation_parties JOIN organisation_region_lists USING (organisation_id)
    UNION ALL
    SELECT cooperation_id, region_codes, regions_unknown_in
    FROM cooperation_parties
    JOIN project_organisations o USING (project_id)
    JOIN organisation_region_lists r ON r.organisation_id = o.organisation_id
    UNION ALL
    SELECT cooperation_id, [], [country_code] FROM cooperation_parties JOIN project_countries USING (project_id)
    UNION ALL
    SELECT cooperation_id, [region_code], [] FROM cooperation_party_regions
    UNION ALL
    SELECT cooperation_id, [], [country_code]
    FROM cooperation_party_countries ANTI JOIN party_region_countries USING (cooperation_id, party_order, country_code)
    UNION ALL
    SELECT cooperation_id, [], [side] FROM cooperation_gaps
    UNION ALL
    -- A party of the US side without a name is of the United States: no gap, but its state may not be known.
    SELECT cooperation_id, [], ['US']
    FROM (SELECT *, side AS country_code FROM cooperation_parties WHERE party_stated IS NOT NULL AND side = 'US')
    ANTI JOIN party_region_countries USING (cooperation_id, party_order, country_code)
)
SELECT cooperation_id, list_sort(list_distinct(flatten(list(region_codes)))) AS region_codes,
    list_sort(list_distinct(flatten(list(regions_unknown_in)))) AS regions_unknown_in
FROM of_parties GROUP BY ALL;
COMMENT ON VIEW cooperation_region_lists IS
    'Regions of the parties of every cooperation; of a project, those of its known members; of a party without a name of '
    'its own, those of cooperation_party_regions.';
COMMENT ON COLUMN cooperation_region_lists.cooperation_id IS 'Cooperation.';
COMMENT ON COLUMN cooperation_region_lists.region_codes IS 'Regions of its parties, as far as they are recorded.';
COMMENT ON COLUMN cooperation_region_lists.regions_unknown_in IS
    'ISO codes of the countries of parties whose region is not recorded; the sides (EU, US, OTHER) of a party or member '
    'whose country is not recorded either.';

CREATE VIEW event_region_lists AS
WITH of_places AS (
    SELECT p.event_id, coalesce(r.region_code, n.region_code) AS region_code,
        CASE WHEN coalesce(r.region_code, n.region_code) IS NULL THEN p.country_code END AS region_unknown_in
    FROM event_places p
    LEFT JOIN regions_of_places n ON n.country_code = p.country_code AND n.place = p.place
    LEFT JOIN place_regions r ON r.country_code = p.country_code AND r.place = p.place
        AND r.latitude IS NOT DISTINCT FROM p.latitude AND r.longitude IS NOT DISTINCT FROM p.longitude
    UNION ALL
    SELECT event_id, NULL, side FROM event_gaps
)
SELECT event_id,
    list_sort(list_distinct(list(region_code) FILTER (region_code IS NOT NULL))) AS region_codes,
    list_sort(list_distinct(list(region_unknown_in) FILTER (region_unknown_in IS NOT NULL))) AS regions_unknown_in
FROM of_places GROUP BY ALL;
COMMENT ON VIEW event_region_lists IS 'Regions of the places of every event (view place_regions, table regions_of_places).';
COMMENT ON COLUMN event_region_lists.event_id IS 'Event.';
COMMENT ON COLUMN event_region_lists.region_codes IS 'Regions of its places, as far as they follow from the records.';
COMMENT ON COLUMN event_region_lists.regions_unknown_in IS
    'ISO codes of the countries of places whose region is unknown; the sides (EU, US, OTHER) it may be of where not even '
    'the country is recorded; empty for an event on the internet.';

-- The city decides, because a region that a source names may span several regions of NUTS.
CREATE TABLE organisation_regions AS
WITH found AS (
    SELECT organisation_id, region_code, 'state' AS assigned_from
    FROM organisations JOIN regions USING (region_code) WHERE level = 'state'
    UNION ALL
    SELECT organisation_id, nuts_code, 'city'
    FROM organisations o LEFT JOIN organisation_country_lists USING (organisation_id)
    JOIN nuts_of_cities n ON n.place = o.place AND list_contains(country_codes, n.country_code)
    UNION ALL
    SELECT organisation_id, nuts_code, 'region' FROM organisations JOIN nuts_of_regions USING (region_code)
)
SELECT * FROM found
QUALIFY row_number() OVER (
    PARTITION BY organisation_id ORDER BY list_position(['state', 'city', 'region'], assigned_from)) = 1;
COMMENT ON TABLE organisation_regions IS
    'The region of statistics that an organisation lies in: a US state, or a NUTS 2 region of 2013. An organisation '
    'whose region is not recorded or not certain has no row.';
COMMENT ON COLUMN organisation_regions.organisation_id IS 'Organisation.';
COMMENT ON COLUMN organisation_regions.region_code IS 'US state or NUTS 2 region.';
COMMENT ON COLUMN organisation_regions.assigned_from IS
    'state: recorded; city, region: assigned by us from the city or the region that is recorded (nuts_of_cities, '
    'nuts_of_regions).';

-- Unknown is not no: an organisation without a region of statistics is in one of those that its records leave open.
CREATE TABLE organisation_possible_regions AS
WITH unplaced AS (
    SELECT o.organisation_id, o.region_code, regions_unknown_in
    FROM organisations o JOIN organisation_region_lists USING (organisation_id)
    ANTI JOIN organisation_regions USING (organisation_id)
),
of_recorded AS (
    SELECT organisation_id, r.country_code, nuts_code
    FROM unplaced JOIN regions r USING (region_code) LEFT JOIN nuts_in_regions USING (region_code)
)
SELECT organisation_id, nuts_code AS region_code FROM of_recorded WHERE nuts_code IS NOT NULL
UNION
SELECT organisation_id, region_code
FROM of_recorded JOIN regions USING (country_code) WHERE nuts_code IS NULL AND level IN ('state', 'nuts2')
UNION
SELECT organisation_id, r.region_code
FROM (SELECT organisation_id, unnest(regions_unknown_in) AS unknown_in FROM unplaced)
JOIN countries c ON unknown_in IN (c.country_code, c.side) JOIN regions r USING (country_code)
WHERE level IN ('state', 'nuts2', 'region');
COMMENT ON TABLE organisation_possible_regions IS
    'Regions that an organisation without a row in organisation_regions may lie in: those of the larger region that is '
    'recorded for it, else all of its countries, or of its side where no country is recorded. A body of no country has '
    'none.';
COMMENT ON COLUMN organisation_possible_regions.organisation_id IS 'Organisation.';
COMMENT ON COLUMN organisation_possible_regions.region_code IS 'US state, NUTS 2 region or region that a source names.';

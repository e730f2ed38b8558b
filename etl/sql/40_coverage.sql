-- How complete the facts are, counted once per build.

CREATE TABLE coverage AS
WITH
cited AS (
    SELECT table_name, record_id, bool_or(reliability = 'seed') AS is_from_seeds
    FROM citations JOIN sources USING (source_id) GROUP BY ALL
),
traits AS (
    SELECT 'organisations' AS table_name, organisation_id AS record_id, side, location_precision FROM organisations
    UNION ALL SELECT 'policies', policy_id, side, NULL FROM policies
    UNION ALL SELECT 'cooperation_parties', concat_ws('|', cooperation_id, party_order), side, NULL
    FROM cooperation_parties
    UNION ALL SELECT 'event_places', concat_ws('|', event_id, sequence), c.side, location_precision
    FROM event_places LEFT JOIN countries c USING (country_code)
)
SELECT
    table_name, side,
    CASE WHEN is_from_seeds IS NULL THEN 'not cited' WHEN is_from_seeds THEN 'seeds' ELSE 'researched' END AS origin,
    count(*) AS row_count,
    count(is_from_seeds) AS cited_count,
    -- Null, not 0, for tables without places.
    CASE WHEN count(location_precision) > 0 THEN count(*) FILTER (location_precision = 'city') END AS city_count,
    CASE WHEN count(location_precision) > 0 THEN count(*) FILTER (location_precision = 'region') END AS region_count,
    CASE WHEN count(location_precision) > 0 THEN count(*) FILTER (location_precision = 'country') END AS country_count,
    CASE WHEN count(location_precision) > 0 THEN count(*) FILTER (location_precision = 'unknown') END AS unknown_count
FROM record_labels
LEFT JOIN cited USING (table_name, record_id)
LEFT JOIN traits USING (table_name, record_id)
GROUP BY ALL
ORDER BY ALL;
COMMENT ON TABLE coverage IS 'How many facts are cited, and how precisely they are located, by table, side and origin.';
COMMENT ON COLUMN coverage.table_name IS 'Table.';
COMMENT ON COLUMN coverage.side IS
    'Side of the Atlantic by the EU membership of 2017, the United Kingdom included; null for a table without sides.';
COMMENT ON COLUMN coverage.origin IS
    'seeds: cited from a seed document; researched: from other sources only; not cited.';
COMMENT ON COLUMN coverage.row_count IS 'Rows.';
COMMENT ON COLUMN coverage.cited_count IS 'Rows with a citation.';
COMMENT ON COLUMN coverage.city_count IS 'Rows placed to the city; null for a table without places.';
COMMENT ON COLUMN coverage.region_count IS 'Rows placed to the region.';
COMMENT ON COLUMN coverage.country_count IS 'Rows placed to the country.';
COMMENT ON COLUMN coverage.unknown_count IS 'Rows without a place.';

CREATE VIEW citation_coverage AS
SELECT
    table_name,
    sum(row_count)::BIGINT AS row_count,
    sum(cited_count)::BIGINT AS cited_count,
    coalesce(sum(row_count) FILTER (origin = 'seeds'), 0)::BIGINT AS seed_count,
    coalesce(sum(row_count) FILTER (origin = 'researched'), 0)::BIGINT AS researched_count
FROM coverage GROUP BY table_name ORDER BY table_name;
COMMENT ON VIEW citation_coverage IS 'Rows and cited rows of every table of facts.';
COMMENT ON COLUMN citation_coverage.seed_count IS 'Rows cited from a seed document.';
COMMENT ON COLUMN citation_coverage.researched_count IS 'Rows cited from other sources only.';

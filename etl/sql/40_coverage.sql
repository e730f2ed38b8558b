-- How complete the facts are, counted once at build time.

CREATE TABLE coverage AS
WITH
cited AS (
    SELECT table_name, record_id, bool_or(reliability = 'seed') AS is_from_seeds
    FROM citations JOIN sources USING (source_id) GROUP BY ALL
),
traits AS (
    SELECT 'organisations' AS table_name, organisation_id AS record_id, side, location_precision FROM organisations
    UNION ALL SELECT 'policies', policy_id, side, NULL FROM policies
    UNION ALL SELECT 'cooperation_parties', concat_ws('|', cooperation_id, party_order), side, NULL FROM cooperation_parties
    UNION ALL SELECT 'event_places', concat_ws('|', event_id, sequence), c.side, location_precision
    FROM event_places LEFT JOIN countries c USING (country_code)
)
SELECT
    table_name, side,
    CASE WHEN is_from_seeds IS NULL THEN 'not cited' WHEN is_from_seeds THEN 'seeds' ELSE 'researched' END AS origin,
    count(*) AS row_count,
    count(is_from_seeds) AS cited_count,
    -- Null, not 0, for tables that have no place.
    CASE WHEN count(location_precision) > 0 THEN count(*) FILTER (location_precision = 'city') END AS city_count,
    CASE WHEN count(location_precision) > 0 THEN count(*) FILTER (location_precision = 'region') END AS region_count,
    CASE WHEN count(location_precision) > 0 THEN count(*) FILTER (location_precision = 'country') END AS country_count,
    CASE WHEN count(location_precision) > 0 THEN count(*) FILTER (location_precision = 'unknown') END AS unknown_count
FROM record_labels
LEFT JOIN cited USING (table_name, record_id)
LEFT JOIN traits USING (table_name, record_id)
GROUP BY ALL
ORDER BY ALL;
COMMENT ON TABLE coverage IS 'How far the facts are cited and placed, by table, side and origin.';
COMMENT ON COLUMN coverage.table_name IS 'Table.';
COMMENT ON COLUMN coverage.side IS 'Side of the Atlantic by the EU membership of 2017, the United Kingdom included; null for a table without sides.';
COMMENT ON COLUMN coverage.origin IS 'seeds: cited from one of the two documents; researched: from other sources only; not cited.';
COMMENT ON COLUMN coverage.row_count IS 'Rows.';
COMMENT ON COLUMN coverage.cited_count IS 'Rows with a citation.';
COMMENT ON COLUMN coverage.city_count IS 'Rows placed to the city; null for a table without places.';
COMMENT ON COLUMN coverage.region_count IS 'Rows placed to the region.';
COMMENT ON COLUMN coverage.country_count IS 'Rows placed to the country.';
COMMENT ON COLUMN coverage.unknown_count IS 'Rows without a place.';

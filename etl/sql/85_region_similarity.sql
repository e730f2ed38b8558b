-- Which regions of the other side are specialised alike: over the traded clusters that both sides have figures of.

-- European statistics are by NACE division. Only the clusters that stand close to whole divisions can be compared.
CREATE VIEW comparable_industries AS
SELECT sector_id AS traded_cluster_id, nace_division_id AS industry_id
FROM nace_links JOIN sectors USING (sector_id) WHERE scheme = 'traded_cluster'
UNION
SELECT sector_id, sector_id FROM nace_links JOIN sectors USING (sector_id) WHERE scheme = 'traded_cluster';
COMMENT ON VIEW comparable_industries IS
    'The traded clusters that both sides have figures of, with the industries they are made of: themselves, or the NACE '
    'divisions of nace_links.';
COMMENT ON COLUMN comparable_industries.traded_cluster_id IS 'Traded cluster.';
COMMENT ON COLUMN comparable_industries.industry_id IS 'The traded cluster itself, or a NACE division.';

CREATE TABLE region_specialisation AS
WITH
needed AS (
    SELECT traded_cluster_id, scheme, count(*) AS industry_count
    FROM comparable_industries JOIN sectors ON sector_id = industry_id GROUP BY ALL
),
cells AS (
    SELECT
        q.region_code, q.country_code, q.period, q.scheme, traded_cluster_id, q.amount, q.location_quotient, q.source_id,
        c.amount AS country_amount, last_year
    FROM location_quotients q
    JOIN comparable_industries USING (industry_id)
    JOIN statistics_periods USING (period)
    LEFT JOIN statistics_country_totals c
        ON c.country_code = q.country_code AND c.industry_id = q.industry_id AND c.period = q.period
        AND c.measure = q.measure
    WHERE q.measure = 'employment' AND q.level IN ('state', 'nuts2')
),
-- A quotient of several industries together is the mean of theirs, weighted by their size in the country.
quotients AS (
    SELECT
        region_code, country_code, period, scheme, traded_cluster_id, last_year, any_value(source_id) AS source_id,
        CASE WHEN count(amount) = industry_count THEN sum(amount) END AS employment,
        CASE
            WHEN count(location_quotient) < industry_count THEN NULL
            WHEN industry_count = 1 THEN any_value(location_quotient)
            ELSE sum(location_quotient * country_amount) / nullif(sum(country_amount), 0)
        END AS location_quotient
    FROM cells JOIN needed USING (traded_cluster_id, scheme)
    GROUP BY region_code, country_code, period, scheme, traded_cluster_id, last_year, industry_count
)
SELECT
    region_code, country_code, traded_cluster_id, period, scheme, employment, location_quotient,
    (location_quotient - 1) / (location_quotient + 1) AS symmetric_quotient, source_id
FROM quotients
-- The latest period of a region; of two schemes the one of traded clusters.
QUALIFY row_number() OVER (
    PARTITION BY region_code, traded_cluster_id ORDER BY last_year DESC, scheme = 'traded_cluster' DESC
) = 1
ORDER BY region_code, traded_cluster_id;
COMMENT ON TABLE region_specialisation IS
    'Specialisation of US states and NUTS 2 regions in the traded clusters that both sides have figures of, by '
    'employment in the latest period.';
COMMENT ON COLUMN region_specialisation.traded_cluster_id IS 'Traded cluster.';
COMMENT ON COLUMN region_specialisation.employment IS
    'Persons employed in it, or in the NACE divisions that it is made of together; null where one is not known.';
COMMENT ON COLUMN region_specialisation.location_quotient IS
    'Its location quotient; of several NACE divisions their mean, weighted by their persons employed in the country, '
    'which is the quotient of their sum. Null where one is not known.';
COMMENT ON COLUMN region_specialisation.symmetric_quotient IS
    '(q - 1) / (q + 1) of the quotient q: between -1 (not there) and 1, 0 as in the country; null without a quotient.';

CREATE TABLE region_similarities AS
SELECT
    a.region_code, b.region_code AS similar_code, count(*) AS cell_count,
    sum(a.symmetric_quotient * b.symmetric_quotient)
        / sqrt(sum(a.symmetric_quotient ** 2) * sum(b.symmetric_quotient ** 2)) AS similarity
FROM (FROM region_specialisation JOIN countries USING (country_code)) a
JOIN (FROM region_specialisation JOIN countries USING (country_code)) b USING (traded_cluster_id)
WHERE (a.side, b.side) IN (('EU', 'US'), ('US', 'EU'))
    AND a.symmetric_quotient IS NOT NULL AND b.symmetric_quotient IS NOT NULL
GROUP BY a.region_code, b.region_code
-- Fewer cells would let one industry decide.
HAVING cell_count >= 10 AND sum(a.symmetric_quotient ** 2) > 0 AND sum(b.symmetric_quotient ** 2) > 0
ORDER BY a.region_code, similarity DESC, similar_code;
COMMENT ON TABLE region_similarities IS
    'How alike two regions of different sides are specialised: cosine of their symmetric quotients over the traded '
    'clusters that are known of both, at least ten. Only regions of the EU and the US side.';
COMMENT ON COLUMN region_similarities.region_code IS 'US state or NUTS 2 region.';
COMMENT ON COLUMN region_similarities.similar_code IS 'Region of the other side.';
COMMENT ON COLUMN region_similarities.cell_count IS 'Traded clusters known of both.';
COMMENT ON COLUMN region_similarities.similarity IS
    'Cosine similarity: 1 specialised in the same direction, 0 unrelated, -1 opposite.';

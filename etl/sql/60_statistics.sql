-- Regional industry statistics: what a location quotient and a strong industry are stands here only.
-- The totals are tables because every quotient needs them and a published file never changes.

CREATE TABLE statistics_region_totals AS
SELECT region_code, year, sum(employment) AS employment, count(*) AS row_count
FROM regional_statistics GROUP BY ALL ORDER BY year, region_code;
COMMENT ON TABLE statistics_region_totals IS 'Regions and years of the imported statistics.';
COMMENT ON COLUMN statistics_region_totals.employment IS 'Persons employed in all traded clusters of the region.';
COMMENT ON COLUMN statistics_region_totals.row_count IS 'Traded clusters with a row.';

CREATE TABLE statistics_country_totals AS
WITH
placed AS (
    SELECT region_code, traded_cluster_id, year, employment, country_code, level = 'country' AS is_country
    FROM regional_statistics JOIN regions USING (region_code)
),
-- A country of which the source gives the country itself: its regions may be withheld or incomplete.
with_own_rows AS (SELECT DISTINCT country_code, year FROM placed WHERE is_country AND employment IS NOT NULL),
totals AS (
    SELECT
        country_code, traded_cluster_id, year,
        sum(employment) FILTER (is_country = (o.year IS NOT NULL)) AS employment,
        CASE WHEN any_value(o.year) IS NULL THEN 'sum of the regions' ELSE 'country itself' END AS total_basis,
        count(*) FILTER (NOT is_country) AS region_count
    FROM placed LEFT JOIN with_own_rows o USING (country_code, year)
    GROUP BY country_code, traded_cluster_id, year
),
-- Not by traded cluster: a region that alone has an industry still differs from its country, which has other regions.
with_employment AS (
    SELECT country_code, year, count(*) AS employing_region_count
    FROM statistics_region_totals JOIN regions USING (region_code) WHERE level <> 'country' AND employment > 0 GROUP BY ALL
)
SELECT totals.*, coalesce(employing_region_count, 0) AS employing_region_count, sum(employment) OVER (PARTITION BY country_code, year) AS country_employment
FROM totals LEFT JOIN with_employment USING (country_code, year) ORDER BY year, traded_cluster_id, country_code;
COMMENT ON TABLE statistics_country_totals IS 'The totals that location quotients are measured against, by country, traded cluster and year.';
COMMENT ON COLUMN statistics_country_totals.employment IS 'Persons employed in the traded cluster in the country.';
COMMENT ON COLUMN statistics_country_totals.total_basis IS 'country itself: the source has a row for the country in that year; sum of the regions: it has none, so those of its regions that were imported are added up.';
COMMENT ON COLUMN statistics_country_totals.region_count IS 'Regions with a row for this traded cluster.';
COMMENT ON COLUMN statistics_country_totals.employing_region_count IS 'Regions of the country with employment above zero in that year, in any traded cluster. The sum of fewer than two regions is that region itself.';
COMMENT ON COLUMN statistics_country_totals.country_employment IS 'Persons employed in all traded clusters in the country.';

CREATE VIEW location_quotients AS
WITH computed AS (
    SELECT
        s.region_code, r.name AS region, r.country_code, r.level, s.traded_cluster_id, s.year, s.employment, s.establishments,
        s.mean_wage, s.wage_currency, s.source_id, s.is_strong AS is_marked_strong, c.total_basis,
        -- Measured against itself a region is 1 whatever its industry: that is no finding.
        c.total_basis = 'sum of the regions' AND c.employing_region_count < 2 AS is_only_region,
        coalesce(
            s.location_quotient,
            CASE WHEN NOT is_only_region
                THEN (s.employment / nullif(t.employment, 0)) / nullif(c.employment / nullif(c.country_employment, 0), 0) END
        ) AS location_quotient,
        s.location_quotient IS NOT NULL AS is_printed
    FROM regional_statistics s
    JOIN regions r USING (region_code)
    LEFT JOIN statistics_region_totals t ON t.region_code = s.region_code AND t.year = s.year
    LEFT JOIN statistics_country_totals c
        ON c.country_code = r.country_code AND c.traded_cluster_id = s.traded_cluster_id AND c.year = s.year
)
SELECT
    * EXCLUDE (is_printed, is_marked_strong, is_only_region),
    CASE WHEN is_printed THEN 'stated' WHEN location_quotient IS NOT NULL THEN 'computed' END AS quotient_basis,
    CASE
        WHEN location_quotient IS NOT NULL THEN NULL
        WHEN employment IS NULL THEN 'withheld'
        WHEN is_only_region THEN 'only region'
        ELSE 'no total'
    END AS quotient_gap,
    coalesce(is_marked_strong, location_quotient >= 1.5) AS is_strong,
    CASE WHEN is_marked_strong IS NOT NULL THEN 'stated' WHEN location_quotient IS NOT NULL THEN 'assigned' END AS strength_basis
FROM computed;
COMMENT ON VIEW location_quotients IS 'Regional statistics with location quotients: the share of a traded cluster in the employment of all traded clusters of the region, over the same share in the region''s country in the same year.';
COMMENT ON COLUMN location_quotients.region IS 'Name of the region.';
COMMENT ON COLUMN location_quotients.location_quotient IS 'As the source prints it, else computed from employment; null where employment is withheld, and where a region would be measured against itself, see quotient_gap.';
COMMENT ON COLUMN location_quotients.quotient_basis IS 'stated: printed by the source; computed: from employment and the totals of the country.';
COMMENT ON COLUMN location_quotients.quotient_gap IS 'Why there is no quotient. withheld: employment is withheld or not stated; only region: the total would be the sum of the regions, and this is the only one of its country with employment in that year, so that the quotient would be 1 whatever the industry; no total: employment of the region or of the country is zero or not stated.';
COMMENT ON COLUMN location_quotients.is_strong IS 'Marked as strong by the source; where it marks none, a location quotient of at least 1.5.';
COMMENT ON COLUMN location_quotients.strength_basis IS 'stated: marked by the source; assigned: by our threshold of 1.5.';

CREATE VIEW organisation_clusters AS
SELECT o.organisation_id, o.name AS organisation, o.side, o.country_code, o.region_code, s.sector_id AS traded_cluster_id, s.basis
FROM organisation_register o JOIN organisation_sectors s USING (organisation_id) JOIN sectors USING (sector_id)
WHERE scheme = 'traded_cluster' AND o.region_code IS NOT NULL AND o.is_cluster_organisation AND o.is_current;
COMMENT ON VIEW organisation_clusters IS 'Cluster organisations that stand beside regional statistics: placed in a region and in a traded cluster, and neither merged nor ended.';
COMMENT ON COLUMN organisation_clusters.organisation IS 'Name of the organisation.';
COMMENT ON COLUMN organisation_clusters.basis IS 'stated: a source names the traded cluster; assigned: by us.';

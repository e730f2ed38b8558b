-- Regional industry statistics: the only definition of a location quotient and of a strong industry.
--
-- A location quotient is (a / A) / (b / B): a and A are the traded cluster and the total of a region, b and B those of
-- its country. It is computed only where all four are known. A cell that is withheld, not available, not stated or
-- without a row is unknown, never zero, so a sum over cells exists only where every cell of it is known.
-- The totals are tables because every quotient needs them and they only change with the next build.

CREATE TABLE statistics_region_totals AS
WITH
scheme AS (SELECT count(*) AS size FROM sectors WHERE scheme = 'traded_cluster'),
cells AS (
    SELECT
        region_code, year, count(*) AS row_count,
        sum(employment) AS employment, count(employment) AS employment_known_count,
        sum(establishments) AS establishments, count(establishments) AS establishments_known_count
    FROM regional_statistics GROUP BY region_code, year
),
-- A sum is comparable within a country only if it is over the same clusters in every region.
grids AS (
    SELECT country_code, year, count(DISTINCT traded_cluster_id) AS cluster_count
    FROM regional_statistics JOIN regions USING (region_code) GROUP BY country_code, year
),
sums AS (
    SELECT
        region_code, year, 'employment' AS measure, row_count,
        employment_known_count AS known_count, employment AS amount
    FROM cells
    UNION ALL
    SELECT region_code, year, 'establishments', row_count, establishments_known_count, establishments FROM cells
),
stated AS (
    SELECT
        region_code, year, measure,
        any_value(amount) FILTER (total_basis = 'all industries') AS all_industries,
        any_value(amount) FILTER (total_basis = 'traded clusters') AS traded_clusters
    FROM (
        SELECT region_code, year, total_basis, 'employment' AS measure, employment AS amount FROM statistics_totals
        UNION ALL
        SELECT region_code, year, total_basis, 'establishments', establishments FROM statistics_totals
    ) GROUP BY region_code, year, measure
)
SELECT
    region_code, year, measure, country_code, level,
    coalesce(row_count, 0) AS row_count, coalesce(known_count, 0) AS known_count, cluster_count,
    stated.all_industries,
    coalesce(
        stated.traded_clusters, CASE WHEN known_count = cluster_count AND cluster_count = size THEN amount END
    ) AS traded_clusters,
    CASE WHEN known_count = cluster_count AND cluster_count < size THEN amount END AS clusters_imported
FROM sums FULL JOIN stated USING (region_code, year, measure)
JOIN regions USING (region_code) JOIN grids USING (country_code, year) CROSS JOIN scheme
ORDER BY year, measure, region_code;
COMMENT ON TABLE statistics_region_totals IS
    'Totals of the regions and countries of the imported statistics, by year and measure.';
COMMENT ON COLUMN statistics_region_totals.measure IS
    'What is counted. employment: persons employed; establishments: establishments.';
COMMENT ON COLUMN statistics_region_totals.row_count IS 'Traded clusters with a row.';
COMMENT ON COLUMN statistics_region_totals.known_count IS 'Traded clusters with a figure.';
COMMENT ON COLUMN statistics_region_totals.cluster_count IS
    'Traded clusters with a row anywhere in the country in that year; a sum is over all of them or does not exist.';
COMMENT ON COLUMN statistics_region_totals.all_industries IS
    'Total of all industries, stated by the file; null when it states none.';
COMMENT ON COLUMN statistics_region_totals.traded_clusters IS
    'Total of the traded clusters: stated by the file, else the sum where the file has all clusters of the scheme and '
    'every figure is known; null otherwise.';
COMMENT ON COLUMN statistics_region_totals.clusters_imported IS
    'Sum of the imported clusters where they are only a part of the scheme and every figure is known; null otherwise.';

CREATE TABLE statistics_country_totals AS
WITH
cells AS (
    SELECT
        country_code, traded_cluster_id, year,
        sum(employment) FILTER (level = 'country') AS own_employment,
        sum(establishments) FILTER (level = 'country') AS own_establishments,
        sum(employment) FILTER (level <> 'country') AS employment,
        count(employment) FILTER (level <> 'country') AS employment_known_count,
        sum(establishments) FILTER (level <> 'country') AS establishments,
        count(establishments) FILTER (level <> 'country') AS establishments_known_count,
        count(*) FILTER (level <> 'country') AS region_row_count
    FROM regional_statistics JOIN regions USING (region_code) GROUP BY country_code, traded_cluster_id, year
),
amounts AS (
    SELECT
        country_code, traded_cluster_id, year, 'employment' AS measure,
        own_employment AS own_amount, employment AS region_sum, employment_known_count AS known_region_count,
        region_row_count
    FROM cells
    UNION ALL
    SELECT
        country_code, traded_cluster_id, year, 'establishments',
        own_establishments, establishments, establishments_known_count, region_row_count
    FROM cells
),
-- Own rows of the country, and its regions that have rows: a region with nothing but a total is in no sum.
countries_by_basis AS (
    SELECT
        country_code, year, measure,
        coalesce(bool_or(known_count > 0) FILTER (level = 'country'), false) AS has_own_rows,
        count(*) FILTER (is_region) AS region_count,
        count(*) FILTER (
            is_region AND coalesce(all_industries, traded_clusters, clusters_imported) > 0
        ) AS active_region_count,
        coalesce(sum(cluster_count) FILTER (is_region), 0)::BIGINT AS cell_count,
        coalesce(sum(known_count) FILTER (is_region), 0)::BIGINT AS known_cell_count,
        any_value(all_industries) FILTER (level = 'country') AS own_all,
        any_value(traded_clusters) FILTER (level = 'country') AS own_traded,
        any_value(clusters_imported) FILTER (level = 'country') AS own_imported,
        count(all_industries) FILTER (is_region) AS all_count,
        sum(all_industries) FILTER (is_region) AS all_sum,
        count(traded_clusters) FILTER (is_region) AS traded_count,
        sum(traded_clusters) FILTER (is_region) AS traded_sum,
        count(clusters_imported) FILTER (is_region) AS imported_count,
        sum(clusters_imported) FILTER (is_region) AS imported_sum
    FROM (SELECT *, level <> 'country' AND row_count > 0 AS is_region FROM statistics_region_totals)
    GROUP BY country_code, year, measure
),
-- One basis for a country, year and measure, so that its regions can be compared: the widest that region and country
-- share.
based AS (
    SELECT *, CASE
        WHEN all_count > 0 AND (own_all IS NOT NULL AND has_own_rows OR all_count = region_count)
            THEN 'all industries'
        WHEN traded_count > 0 AND (own_traded IS NOT NULL AND has_own_rows OR traded_count = region_count)
            THEN 'traded clusters'
        WHEN imported_count > 0 AND (own_imported IS NOT NULL AND has_own_rows OR imported_count = region_count)
            THEN 'clusters imported'
    END AS total_basis
    FROM countries_by_basis
),
totals AS (
    SELECT
        country_code, year, measure, total_basis, region_count, active_region_count, cell_count, known_cell_count,
        CASE total_basis
            WHEN 'all industries' THEN own_all WHEN 'traded clusters' THEN own_traded ELSE own_imported
        END AS own_total,
        CASE
            WHEN total_basis = 'all industries' AND all_count = region_count THEN all_sum
            WHEN total_basis = 'traded clusters' AND traded_count = region_count THEN traded_sum
            WHEN total_basis = 'clusters imported' AND imported_count = region_count THEN imported_sum
        END AS region_total_sum
    FROM based
),
-- Both figures of the country are its own, or both are sums of the same regions.
referenced AS (
    SELECT *, CASE
        WHEN own_amount IS NOT NULL AND own_total IS NOT NULL THEN 'country itself'
        WHEN known_region_count = region_count AND region_total_sum IS NOT NULL THEN 'sum of the regions'
    END AS reference
    FROM amounts JOIN totals USING (country_code, year, measure)
)
SELECT
    country_code, traded_cluster_id, year, measure, total_basis, reference,
    CASE reference WHEN 'country itself' THEN own_amount WHEN 'sum of the regions' THEN region_sum END AS amount,
    CASE reference WHEN 'country itself' THEN own_total WHEN 'sum of the regions' THEN region_total_sum END AS total,
    region_row_count, known_region_count, region_count, active_region_count, known_cell_count, cell_count,
    coalesce(own_total, region_total_sum) IS NOT NULL AS has_total
FROM referenced ORDER BY year, traded_cluster_id, country_code, measure;
COMMENT ON TABLE statistics_country_totals IS
    'What location quotients are measured against, by country, traded cluster, year and measure.';
COMMENT ON COLUMN statistics_country_totals.measure IS 'What is counted: employment or establishments.';
COMMENT ON COLUMN statistics_country_totals.total_basis IS
    'What shares are shares of in this country, year and measure: all industries; traded clusters, the whole scheme; '
    'or clusters imported, a part of the scheme. Null when no total is known.';
COMMENT ON COLUMN statistics_country_totals.reference IS
    'country itself: amount and total are rows of the country; sum of the regions: those of its imported regions added '
    'up, every one of them known. Null when neither is possible.';
COMMENT ON COLUMN statistics_country_totals.amount IS
    'Persons employed or establishments of the traded cluster in the country; null without a reference.';
COMMENT ON COLUMN statistics_country_totals.total IS
    'Persons employed or establishments of everything that total_basis names in the country; null without a reference.';
COMMENT ON COLUMN statistics_country_totals.region_row_count IS 'Regions with a row for this traded cluster.';
COMMENT ON COLUMN statistics_country_totals.known_region_count IS 'Regions with a figure for this traded cluster.';
COMMENT ON COLUMN statistics_country_totals.region_count IS 'Regions of the country with a row for any traded cluster.';
COMMENT ON COLUMN statistics_country_totals.active_region_count IS
    'Regions whose total is known and above zero. The sum of fewer than two regions is that region itself.';
COMMENT ON COLUMN statistics_country_totals.known_cell_count IS
    'Cells of the country (regions times traded clusters) with a figure.';
COMMENT ON COLUMN statistics_country_totals.cell_count IS
    'Cells of the country: regions with a row times traded clusters with a row.';
COMMENT ON COLUMN statistics_country_totals.has_total IS
    'Whether a total of the country on total_basis is known, whatever the traded cluster.';

CREATE VIEW location_quotients AS
WITH
-- Quotients and marks that a source prints are of employment.
cells AS (
    SELECT *, 'employment' AS measure, employment AS amount, employment_missing AS missing_reason
    FROM regional_statistics
    UNION ALL
    SELECT
        * REPLACE (NULL AS location_quotient, NULL AS quotient_total_basis, NULL AS is_strong),
        'establishments', establishments, establishments_missing
    FROM regional_statistics
),
joined AS (
    SELECT
        s.* EXCLUDE (location_quotient, quotient_total_basis, is_strong), r.name AS region, r.country_code, r.level,
        s.location_quotient AS stated_quotient, s.quotient_total_basis AS stated_basis, s.is_strong AS is_marked_strong,
        c.total_basis AS computed_basis, c.reference AS computed_reference, c.amount AS country_amount,
        c.total AS country_total,
        CASE c.total_basis
            WHEN 'all industries' THEN t.all_industries
            WHEN 'traded clusters' THEN t.traded_clusters
            ELSE t.clusters_imported
        END AS region_total,
        -- Measured against itself a region is 1 whatever its industry: that is no finding.
        r.level = 'country' AS is_country,
        c.reference = 'sum of the regions' AND c.active_region_count < 2 AS is_only_region,
        c.has_total, c.region_count, c.known_region_count, c.cell_count, c.known_cell_count,
        t.cluster_count, t.known_count
    FROM cells s
    JOIN regions r USING (region_code)
    LEFT JOIN statistics_region_totals t ON t.region_code = s.region_code AND t.year = s.year AND t.measure = s.measure
    LEFT JOIN statistics_country_totals c
        ON c.country_code = r.country_code AND c.traded_cluster_id = s.traded_cluster_id
        AND c.year = s.year AND c.measure = s.measure
),
computed AS (
    SELECT *, coalesce(
        stated_quotient,
        CASE WHEN NOT is_country AND NOT is_only_region
            THEN (amount / nullif(region_total, 0)) / nullif(country_amount / nullif(country_total, 0), 0) END
    ) AS location_quotient
    FROM joined
),
explained AS (
    SELECT
        *,
        CASE
            WHEN stated_quotient IS NOT NULL THEN stated_basis WHEN location_quotient IS NOT NULL THEN computed_basis
        END AS total_basis,
        CASE
            WHEN location_quotient IS NOT NULL THEN NULL
            WHEN missing_reason IS NOT NULL THEN missing_reason
            WHEN is_country THEN 'country itself'
            WHEN is_only_region THEN 'only region'
            WHEN computed_reference IS NULL AND NOT coalesce(has_total, false) AND known_cell_count < cell_count
                THEN 'country incomplete'
            WHEN computed_reference IS NULL AND known_region_count < region_count THEN 'cluster incomplete'
            WHEN region_total IS NULL AND known_count < cluster_count THEN 'region incomplete'
            ELSE 'no total'
        END AS quotient_gap
    FROM computed
)
SELECT
    region_code, region, country_code, level, traded_cluster_id, year, measure, amount, missing_reason,
    employment, employment_missing, establishments, establishments_missing, mean_wage, wage_currency, flags, source_id,
    location_quotient, total_basis,
    CASE WHEN stated_quotient IS NULL AND location_quotient IS NOT NULL THEN computed_reference END AS reference,
    CASE
        WHEN stated_quotient IS NOT NULL THEN 'stated' WHEN location_quotient IS NOT NULL THEN 'computed'
    END AS quotient_basis,
    quotient_gap,
    CASE quotient_gap
        WHEN 'country incomplete' THEN cell_count - known_cell_count
        WHEN 'cluster incomplete' THEN region_count - known_region_count
        WHEN 'region incomplete' THEN cluster_count - known_count
    END AS unknown_cell_count,
    CASE quotient_gap
        WHEN 'country incomplete' THEN cell_count
        WHEN 'cluster incomplete' THEN region_count
        WHEN 'region incomplete' THEN cluster_count
    END AS needed_cell_count,
    -- A share of a part of the clusters says nothing about strength.
    coalesce(
        is_marked_strong, CASE WHEN total_basis <> 'clusters imported' THEN location_quotient >= 1.5 END
    ) AS is_strong,
    CASE
        WHEN is_marked_strong IS NOT NULL THEN 'stated'
        WHEN total_basis <> 'clusters imported' AND location_quotient IS NOT NULL THEN 'assigned'
    END AS strength_basis
FROM explained;
COMMENT ON VIEW location_quotients IS
    'Regional statistics with location quotients, by measure: the share of a traded cluster in the total of its '
    'region, over the same share in the region''s country in the same year.';
COMMENT ON COLUMN location_quotients.region IS 'Name of the region.';
COMMENT ON COLUMN location_quotients.measure IS 'What is counted: employment or establishments.';
COMMENT ON COLUMN location_quotients.amount IS
    'The figure of the measure: persons employed or establishments; null is explained by missing_reason.';
COMMENT ON COLUMN location_quotients.missing_reason IS
    'Why amount is missing: withheld, not available, not applicable or not stated.';
COMMENT ON COLUMN location_quotients.location_quotient IS
    'As the source prints it, else computed where all four figures it needs are known; null otherwise, see '
    'quotient_gap.';
COMMENT ON COLUMN location_quotients.total_basis IS
    'What the shares are shares of: all industries; traded clusters, the whole scheme; or clusters imported, a part of '
    'it.';
COMMENT ON COLUMN location_quotients.reference IS
    'What a computed quotient is measured against: country itself, or sum of the regions that were imported.';
COMMENT ON COLUMN location_quotients.quotient_basis IS
    'stated: printed by the source; computed: from the figures and the totals.';
COMMENT ON COLUMN location_quotients.quotient_gap IS
    'Why there is no quotient. withheld, not available, not applicable, not stated: the figure itself is missing; '
    'country itself: a country is what its regions are measured against; only region: the only region of its country '
    'with a total, so that its quotient would be 1 whatever the industry; country incomplete, cluster incomplete, '
    'region incomplete: a total is not stated and cannot be added up, because cells of the country, of the cluster in '
    'the country, or of the region are unknown; no total: a total is zero or not stated.';
COMMENT ON COLUMN location_quotients.unknown_cell_count IS
    'Cells that are unknown and keep a total from being added up: withheld, not available, not applicable, not stated, '
    'or without a row.';
COMMENT ON COLUMN location_quotients.needed_cell_count IS 'Cells that such a total would be the sum of.';
COMMENT ON COLUMN location_quotients.is_strong IS
    'Marked as strong by the source; where it marks none, a location quotient of at least 1.5. Null where neither is '
    'possible: without a quotient, or where the shares are of clusters imported.';
COMMENT ON COLUMN location_quotients.strength_basis IS
    'stated: marked by the source; assigned: by our threshold of 1.5.';

CREATE VIEW organisation_clusters AS
SELECT
    o.organisation_id, o.name AS organisation, o.side, o.country_code, o.region_code,
    s.sector_id AS traded_cluster_id, s.basis
FROM organisation_register o JOIN organisation_sectors s USING (organisation_id) JOIN sectors USING (sector_id)
WHERE scheme = 'traded_cluster' AND o.region_code IS NOT NULL AND o.is_cluster_organisation AND o.is_current;
COMMENT ON VIEW organisation_clusters IS
    'Cluster organisations that can be compared with regional statistics: placed in a region and in a traded cluster, '
    'and neither merged nor ended.';
COMMENT ON COLUMN organisation_clusters.organisation IS 'Name of the organisation.';
COMMENT ON COLUMN organisation_clusters.basis IS 'stated: a source names the traded cluster; assigned: by us.';

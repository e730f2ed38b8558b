-- Regional industry statistics: the only definition of a location quotient and of a strong industry.
--
-- A location quotient is (a / A) / (b / B): a and A are the industry and the total of a region, b and B those of its
-- country. It is computed only where all four are known. A cell that is withheld, not available, not stated or without
-- a row is unknown, never zero, so a sum over cells exists only where every cell of it is known.
-- Industries are traded clusters or NACE divisions; figures of one scheme are never set against totals of the other.
-- Totals and periods are tables because many queries need them and they only change with the next build.

CREATE TABLE statistics_periods AS
SELECT
    period, TRY_CAST(left(period, 4) AS INTEGER) AS first_year, TRY_CAST(right(period, 4) AS INTEGER) AS last_year
FROM (SELECT DISTINCT period FROM regional_statistics UNION SELECT DISTINCT period FROM statistics_totals);
COMMENT ON TABLE statistics_periods IS 'The periods that statistics have figures of, with their years.';
COMMENT ON COLUMN statistics_periods.period IS 'Year (2015), or first and last year of a mean (2012-2016).';
COMMENT ON COLUMN statistics_periods.first_year IS 'First year.';
COMMENT ON COLUMN statistics_periods.last_year IS 'Last year; that of a single year is the first.';

CREATE VIEW industries AS
SELECT
    sector_id AS industry_id, scheme,
    CASE scheme WHEN 'nace_division' THEN upper(sector_id[6:]) || ' ' || name ELSE name END AS industry
FROM sectors WHERE scheme IN ('traded_cluster', 'nace_division');
COMMENT ON VIEW industries IS 'The industries that regional statistics may have figures of.';
COMMENT ON COLUMN industries.industry_id IS 'Traded cluster or NACE division.';
COMMENT ON COLUMN industries.scheme IS 'traded_cluster or nace_division.';
COMMENT ON COLUMN industries.industry IS 'Name; that of a NACE division begins with its code.';

CREATE VIEW industry_links AS
SELECT sector_id, sector_id AS industry_id FROM sectors WHERE scheme = 'traded_cluster'
UNION ALL SELECT theme_id, traded_cluster_id FROM sector_links
UNION ALL SELECT sector_id, nace_division_id FROM nace_links;
COMMENT ON VIEW industry_links IS
    'The industries of a theme or traded cluster by our crosswalks sector_links and nace_links; a traded cluster is its '
    'own.';
COMMENT ON COLUMN industry_links.sector_id IS 'Theme or traded cluster.';
COMMENT ON COLUMN industry_links.industry_id IS 'Traded cluster or NACE division.';

-- In this order: the first total that region and country share is the one that shares are shares of.
CREATE VIEW total_scopes AS
SELECT position, total_basis, scheme, sector_id AS industry_id
FROM (VALUES
    (1, 'all industries', ['traded_cluster', 'nace_division'], NULL),
    (2, 'industry and services', ['nace_division'], 'cfghijlmn'),
    (3, 'business economy', ['nace_division'], 'bcdefghijlmns'),
    (4, 'traded clusters', ['traded_cluster'], NULL),
    (5, 'industries imported', ['traded_cluster', 'nace_division'], NULL)
) bases (position, total_basis, schemes, sections)
JOIN sectors ON list_contains(schemes, scheme) AND (sections IS NULL OR contains(sections, sector_id[6]));
COMMENT ON VIEW total_scopes IS 'Which industries each total covers: a share of it is made of these only.';
COMMENT ON COLUMN total_scopes.position IS 'Order in which the totals are tried, from 1.';
COMMENT ON COLUMN total_scopes.total_basis IS
    'The totals of statistics_totals; and industries imported: the industries that a file has, a part of their scheme.';
COMMENT ON COLUMN total_scopes.scheme IS 'Scheme of the industry.';
COMMENT ON COLUMN total_scopes.industry_id IS 'Industry that the total covers.';

CREATE TABLE statistics_region_totals AS
WITH
schemes AS (SELECT scheme, count(*) AS size FROM sectors GROUP BY scheme),
cells AS (
    SELECT
        region_code, period, scheme, count(*) AS row_count,
        sum(employment) AS employment, count(employment) AS employment_known_count,
        sum(establishments) AS establishments, count(establishments) AS establishments_known_count
    FROM regional_statistics JOIN sectors ON sector_id = industry_id GROUP BY region_code, period, scheme
),
-- A sum is comparable within a country only if it is over the same industries in every region.
grids AS (
    SELECT country_code, period, scheme, count(DISTINCT industry_id) AS industry_count
    FROM regional_statistics JOIN regions USING (region_code) JOIN sectors ON sector_id = industry_id
    GROUP BY country_code, period, scheme
),
sums AS (
    SELECT
        region_code, period, scheme, 'employment' AS measure, row_count,
        employment_known_count AS known_count, employment AS amount
    FROM cells
    UNION ALL
    SELECT region_code, period, scheme, 'establishments', row_count, establishments_known_count, establishments
    FROM cells
),
stated AS (
    SELECT
        region_code, period, scheme, measure,
        any_value(amount) FILTER (total_basis = 'all industries') AS all_industries,
        any_value(amount) FILTER (total_basis = 'industry and services') AS industry_and_services,
        any_value(amount) FILTER (total_basis = 'business economy') AS business_economy,
        any_value(amount) FILTER (total_basis = 'traded clusters') AS traded_clusters
    FROM (
        SELECT region_code, period, scheme, total_basis, 'employment' AS measure, employment AS amount
        FROM statistics_totals
        UNION ALL
        SELECT region_code, period, scheme, total_basis, 'establishments', establishments FROM statistics_totals
    ) GROUP BY region_code, period, scheme, measure
)
SELECT
    region_code, period, scheme, measure, country_code, level,
    coalesce(row_count, 0) AS row_count, coalesce(known_count, 0) AS known_count, industry_count,
    all_industries, industry_and_services, business_economy,
    coalesce(
        traded_clusters,
        CASE WHEN scheme = 'traded_cluster' AND known_count = industry_count AND industry_count = size THEN amount END
    ) AS traded_clusters,
    CASE WHEN known_count = industry_count AND industry_count < size THEN amount END AS industries_imported
FROM sums FULL JOIN stated USING (region_code, period, scheme, measure)
JOIN regions USING (region_code) JOIN grids USING (country_code, period, scheme) JOIN schemes USING (scheme)
ORDER BY period, scheme, measure, region_code;
COMMENT ON TABLE statistics_region_totals IS
    'Totals of the regions and countries that have statistics, by period, scheme of industries and measure.';
COMMENT ON COLUMN statistics_region_totals.scheme IS 'Scheme of the industries: traded_cluster or nace_division.';
COMMENT ON COLUMN statistics_region_totals.measure IS
    'What is counted. employment: persons employed; establishments: establishments.';
COMMENT ON COLUMN statistics_region_totals.row_count IS 'Industries with a row.';
COMMENT ON COLUMN statistics_region_totals.known_count IS 'Industries with a figure.';
COMMENT ON COLUMN statistics_region_totals.industry_count IS
    'Industries with a row anywhere in the country in that period; a sum is over all of them or does not exist.';
COMMENT ON COLUMN statistics_region_totals.all_industries IS
    'Total of all industries as it is given; null when there is none.';
COMMENT ON COLUMN statistics_region_totals.industry_and_services IS
    'Total of the sections C, F to J and L to N of NACE Rev. 2 as it is given; null when there is none.';
COMMENT ON COLUMN statistics_region_totals.business_economy IS
    'Total of the sections B to N without K of NACE Rev. 2 and of division S95 as it is given; null when there is none.';
COMMENT ON COLUMN statistics_region_totals.traded_clusters IS
    'Total of the traded clusters: as it is given, else the sum where all clusters of the scheme are there and every '
    'figure is known; null otherwise.';
COMMENT ON COLUMN statistics_region_totals.industries_imported IS
    'Sum of the industries that are there, where they are only a part of the scheme and every figure is known; null '
    'otherwise.';

CREATE TABLE statistics_country_totals AS
WITH
cells AS (
    SELECT
        country_code, industry_id, scheme, period,
        sum(employment) FILTER (level = 'country') AS own_employment,
        sum(establishments) FILTER (level = 'country') AS own_establishments,
        coalesce(bool_or(employment_basis = 'summed') FILTER (level = 'country'), false) AS own_is_sum,
        sum(employment) FILTER (level <> 'country') AS employment,
        count(employment) FILTER (level <> 'country') AS employment_known_count,
        sum(establishments) FILTER (level <> 'country') AS establishments,
        count(establishments) FILTER (level <> 'country') AS establishments_known_count,
        count(*) FILTER (level <> 'country') AS region_row_count
    FROM regional_statistics JOIN regions USING (region_code) JOIN sectors ON sector_id = industry_id
    GROUP BY country_code, industry_id, scheme, period
),
amounts AS (
    SELECT
        country_code, industry_id, scheme, period, 'employment' AS measure, own_is_sum,
        own_employment AS own_amount, employment AS region_sum, employment_known_count AS known_region_count,
        region_row_count
    FROM cells
    UNION ALL
    SELECT
        country_code, industry_id, scheme, period, 'establishments', own_is_sum,
        own_establishments, establishments, establishments_known_count, region_row_count
    FROM cells
),
-- A region with nothing but a total is in no sum.
totals AS (
    SELECT *, level <> 'country' AND row_count > 0 AS is_region FROM statistics_region_totals
),
countries_counted AS (
    SELECT
        country_code, period, scheme, measure,
        coalesce(bool_or(known_count > 0) FILTER (level = 'country'), false) AS has_own_rows,
        count(*) FILTER (is_region) AS region_count,
        count(*) FILTER (
            is_region AND coalesce(
                all_industries, industry_and_services, business_economy, traded_clusters, industries_imported
            ) > 0
        ) AS active_region_count,
        coalesce(sum(industry_count) FILTER (is_region), 0)::BIGINT AS cell_count,
        coalesce(sum(known_count) FILTER (is_region), 0)::BIGINT AS known_cell_count
    FROM totals GROUP BY country_code, period, scheme, measure
),
by_basis AS (
    SELECT
        country_code, period, scheme, measure, replace(column_name, '_', ' ') AS total_basis,
        any_value(total) FILTER (level = 'country') AS own_total,
        count(*) FILTER (is_region) AS total_count, sum(total) FILTER (is_region) AS total_sum
    FROM (
        UNPIVOT totals
        ON all_industries, industry_and_services, business_economy, traded_clusters, industries_imported
        INTO NAME column_name VALUE total
    ) GROUP BY ALL
),
-- A basis is usable where regions and country share it; where no region has a total, that of the country shows at least
-- that it is the region's that is missing.
usable AS (
    SELECT
        country_code, period, scheme, measure, total_basis, own_total, total_count,
        CASE WHEN total_count = region_count THEN total_sum END AS region_total_sum
    FROM by_basis JOIN countries_counted USING (country_code, period, scheme, measure)
    WHERE own_total IS NOT NULL AND has_own_rows OR total_count > 0 AND total_count = region_count
),
-- One basis for a country, period, measure and industry, so that its regions can be compared.
based AS (
    SELECT *
    FROM amounts
    JOIN countries_counted USING (country_code, period, scheme, measure)
    LEFT JOIN (usable JOIN total_scopes USING (scheme, total_basis))
        USING (country_code, period, scheme, measure, industry_id)
    QUALIFY row_number() OVER (
        PARTITION BY country_code, industry_id, period, measure ORDER BY total_count = 0, position) = 1
),
-- Both figures of the country are its own, or both are sums of the same regions.
referenced AS (
    SELECT
        *, own_amount IS NOT NULL AND own_total IS NOT NULL AS is_own,
        known_region_count = region_count AND region_total_sum IS NOT NULL AS is_added_up
    FROM based
)
SELECT
    country_code, industry_id, scheme, period, measure, total_basis,
    CASE
        WHEN is_own AND NOT own_is_sum THEN 'country itself' WHEN is_own OR is_added_up THEN 'sum of the regions'
    END AS reference,
    CASE WHEN is_own THEN own_amount WHEN is_added_up THEN region_sum END AS amount,
    CASE WHEN is_own THEN own_total WHEN is_added_up THEN region_total_sum END AS total,
    region_row_count, known_region_count, region_count, active_region_count, known_cell_count, cell_count,
    coalesce(own_total, region_total_sum) IS NOT NULL AS has_total, coalesce(total_count, 0) AS region_total_count
FROM referenced ORDER BY period, industry_id, country_code, measure;
COMMENT ON TABLE statistics_country_totals IS
    'What location quotients are measured against, by country, industry, period and measure.';
COMMENT ON COLUMN statistics_country_totals.scheme IS 'Scheme of the industry.';
COMMENT ON COLUMN statistics_country_totals.measure IS 'What is counted: employment or establishments.';
COMMENT ON COLUMN statistics_country_totals.total_basis IS
    'What shares are shares of for this country, industry, period and measure, see total_scopes. Null when no total that '
    'covers the industry is known.';
COMMENT ON COLUMN statistics_country_totals.reference IS
    'country itself: amount and total are rows of the country; sum of the regions: those of its regions added up, every '
    'one of them known, or given by the data set as such sums. Null when neither is possible.';
COMMENT ON COLUMN statistics_country_totals.amount IS
    'Persons employed or establishments of the industry in the country; null without a reference.';
COMMENT ON COLUMN statistics_country_totals.total IS
    'Persons employed or establishments of everything that total_basis names in the country; null without a reference.';
COMMENT ON COLUMN statistics_country_totals.region_row_count IS 'Regions with a row for this industry.';
COMMENT ON COLUMN statistics_country_totals.known_region_count IS 'Regions with a figure for this industry.';
COMMENT ON COLUMN statistics_country_totals.region_count IS
    'Regions of the country with a row for any industry of the scheme.';
COMMENT ON COLUMN statistics_country_totals.active_region_count IS
    'Regions whose total is known and above zero. The sum of fewer than two regions is that region itself.';
COMMENT ON COLUMN statistics_country_totals.known_cell_count IS
    'Cells of the country (regions times industries) with a figure.';
COMMENT ON COLUMN statistics_country_totals.cell_count IS
    'Cells of the country: regions with a row times industries with a row.';
COMMENT ON COLUMN statistics_country_totals.has_total IS
    'Whether a total of the country on total_basis is known, whatever the industry.';
COMMENT ON COLUMN statistics_country_totals.region_total_count IS 'Regions of the country with a total on total_basis.';

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
        c.scheme, s.location_quotient AS stated_quotient, s.quotient_total_basis AS stated_basis,
        s.is_strong AS is_marked_strong, c.total_basis AS computed_basis, c.reference AS computed_reference,
        c.amount AS country_amount, c.total AS country_total,
        CASE c.total_basis
            WHEN 'all industries' THEN t.all_industries
            WHEN 'industry and services' THEN t.industry_and_services
            WHEN 'business economy' THEN t.business_economy
            WHEN 'traded clusters' THEN t.traded_clusters
            ELSE t.industries_imported
        END AS region_total,
        r.level = 'country' AS is_country,
        c.active_region_count, c.has_total, c.region_count, c.known_region_count, c.cell_count, c.known_cell_count,
        t.industry_count, t.known_count
    FROM cells s
    JOIN regions r USING (region_code)
    LEFT JOIN statistics_country_totals c
        ON c.country_code = r.country_code AND c.industry_id = s.industry_id
        AND c.period = s.period AND c.measure = s.measure
    LEFT JOIN statistics_region_totals t
        ON t.region_code = s.region_code AND t.period = s.period AND t.measure = s.measure AND t.scheme = c.scheme
),
-- Measured against itself a region is 1 whatever its industry: that is no finding.
measured AS (
    SELECT
        *, coalesce(
            computed_reference = 'sum of the regions' AND active_region_count < 2
            OR NOT is_country AND region_total = country_total, false
        ) AS is_only_region
    FROM joined
),
computed AS (
    SELECT *, coalesce(
        stated_quotient,
        CASE WHEN NOT is_country AND NOT is_only_region
            THEN (amount / nullif(region_total, 0)) / nullif(country_amount / nullif(country_total, 0), 0) END
    ) AS location_quotient
    FROM measured
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
            WHEN country_amount = 0 THEN 'country without'
            WHEN computed_reference IS NULL AND NOT coalesce(has_total, false) AND known_cell_count < cell_count
                THEN 'country incomplete'
            WHEN computed_reference IS NULL AND known_region_count < region_count THEN 'industry incomplete'
            WHEN region_total IS NULL AND known_count < industry_count THEN 'region incomplete'
            ELSE 'no total'
        END AS quotient_gap
    FROM computed
)
SELECT
    region_code, region, country_code, level, industry_id, scheme, period, measure, amount, missing_reason,
    employment, employment_missing, employment_basis, employment_published, establishments, establishments_missing,
    mean_wage, wage_currency, flags, source_id, location_quotient, total_basis,
    CASE WHEN stated_quotient IS NULL AND location_quotient IS NOT NULL THEN computed_reference END AS reference,
    CASE
        WHEN stated_quotient IS NOT NULL THEN 'stated' WHEN location_quotient IS NOT NULL THEN 'computed'
    END AS quotient_basis,
    quotient_gap,
    CASE quotient_gap
        WHEN 'country incomplete' THEN cell_count - known_cell_count
        WHEN 'industry incomplete' THEN region_count - known_region_count
        WHEN 'region incomplete' THEN industry_count - known_count
    END AS unknown_cell_count,
    CASE quotient_gap
        WHEN 'country incomplete' THEN cell_count
        WHEN 'industry incomplete' THEN region_count
        WHEN 'region incomplete' THEN industry_count
    END AS needed_cell_count,
    -- A share of a part of the industries says nothing about strength.
    coalesce(
        is_marked_strong, CASE WHEN total_basis <> 'industries imported' THEN location_quotient >= 1.5 END
    ) AS is_strong,
    CASE
        WHEN is_marked_strong IS NOT NULL THEN 'stated'
        WHEN total_basis <> 'industries imported' AND location_quotient IS NOT NULL THEN 'assigned'
    END AS strength_basis
FROM explained;
COMMENT ON VIEW location_quotients IS
    'Regional statistics with location quotients, by measure: the share of an industry in the total of its region, over '
    'the same share in the region''s country in the same period.';
COMMENT ON COLUMN location_quotients.region IS 'Name of the region.';
COMMENT ON COLUMN location_quotients.scheme IS 'Scheme of the industry: traded_cluster or nace_division.';
COMMENT ON COLUMN location_quotients.measure IS 'What is counted: employment or establishments.';
COMMENT ON COLUMN location_quotients.amount IS
    'The figure of the measure: persons employed or establishments; null is explained by missing_reason.';
COMMENT ON COLUMN location_quotients.missing_reason IS
    'Why amount is missing: withheld, not available, not applicable or not stated.';
COMMENT ON COLUMN location_quotients.location_quotient IS
    'As the source prints it, else computed where all four figures it needs are known; null otherwise, see '
    'quotient_gap.';
COMMENT ON COLUMN location_quotients.total_basis IS 'What the shares are shares of, see total_scopes.';
COMMENT ON COLUMN location_quotients.reference IS
    'What a computed quotient is measured against: country itself, or sum of the regions that have figures.';
COMMENT ON COLUMN location_quotients.quotient_basis IS
    'stated: printed by the source; computed: from the figures and the totals.';
COMMENT ON COLUMN location_quotients.quotient_gap IS
    'Why there is no quotient. withheld, not available, not applicable, not stated: the figure itself is missing; '
    'country itself: a country is what its regions are measured against; only region: the only region of its country '
    'with a total, so that its quotient would be 1 whatever the industry; country without: the country has none of the '
    'industry; country incomplete, industry incomplete, region incomplete: a total is not given and cannot be added up, because cells of the country, of the industry in '
    'the country, or of the region are unknown; no total: a total is zero or not given.';
COMMENT ON COLUMN location_quotients.unknown_cell_count IS
    'Cells that are unknown and keep a total from being added up: withheld, not available, not applicable, not stated, '
    'or without a row.';
COMMENT ON COLUMN location_quotients.needed_cell_count IS 'Cells that such a total would be the sum of.';
COMMENT ON COLUMN location_quotients.is_strong IS
    'Marked as strong by the source; where it marks none, a location quotient of at least 1.5. Null where neither is '
    'possible: without a quotient, or where the shares are of industries imported.';
COMMENT ON COLUMN location_quotients.strength_basis IS
    'stated: marked by the source; assigned: by our threshold of 1.5.';

CREATE VIEW industry_memberships AS
WITH
own AS (
    SELECT organisation_id, sector_id, basis FROM organisation_sectors JOIN sectors USING (sector_id)
    WHERE scheme = 'traded_cluster'
    UNION ALL
    SELECT record_id, theme_id, basis FROM record_themes WHERE table_name = 'organisations'
),
industries AS (
    SELECT organisation_id, sector_id, sector_id AS industry_id, basis FROM own JOIN sectors USING (sector_id)
    WHERE scheme = 'traded_cluster'
    UNION ALL
    SELECT organisation_id, sector_id, nace_division_id, l.basis FROM own JOIN nace_links l USING (sector_id)
)
SELECT o.organisation_id, o.name AS organisation, i.sector_id, industry_id, scheme, basis
FROM organisation_register o JOIN industries i USING (organisation_id) JOIN sectors s ON s.sector_id = industry_id
WHERE counted_as IS NOT NULL;
COMMENT ON VIEW industry_memberships IS
    'Cluster organisations and regional clusters of today by industry, wherever they are.';
COMMENT ON COLUMN industry_memberships.organisation IS 'Name of the organisation.';
COMMENT ON COLUMN industry_memberships.sector_id IS 'Its traded cluster or theme, which leads to the industry.';
COMMENT ON COLUMN industry_memberships.industry_id IS
    'The traded cluster itself, or a NACE division that nace_links joins to the traded cluster or theme.';
COMMENT ON COLUMN industry_memberships.scheme IS 'Scheme of the industry.';
COMMENT ON COLUMN industry_memberships.basis IS
    'stated: a source names the traded cluster; assigned: it is by us, or the link to the NACE division is.';

CREATE VIEW possible_organisation_industries AS
SELECT DISTINCT organisation_id, organisation, region_code, industry_id, scheme
FROM industry_memberships JOIN organisation_possible_regions USING (organisation_id);
COMMENT ON VIEW possible_organisation_industries IS
    'Cluster organisations and regional clusters of today by industry and by the regions that they may lie in, where '
    'the region is not known (organisation_possible_regions).';
COMMENT ON COLUMN possible_organisation_industries.organisation IS 'Name of the organisation.';
COMMENT ON COLUMN possible_organisation_industries.region_code IS 'Region that it may lie in.';
COMMENT ON COLUMN possible_organisation_industries.industry_id IS 'Industry, as of industry_memberships.';
COMMENT ON COLUMN possible_organisation_industries.scheme IS 'Scheme of the industry.';

CREATE VIEW organisation_industries AS
-- Statistics have regions of their own kind (states, NUTS 2), or those that organisations are recorded in.
WITH placed AS (
    SELECT
        organisation_id, side, country_code, unnest(list_distinct([region_code, statistics_region_code])) AS region_code
    FROM organisation_register
)
SELECT
    organisation_id, organisation, side, country_code, region_code, sector_id, industry_id, scheme, basis
FROM placed JOIN industry_memberships USING (organisation_id)
WHERE region_code IS NOT NULL;
COMMENT ON VIEW organisation_industries IS
    'Cluster organisations that can be compared with regional statistics: placed in a region and in an industry, and '
    'neither merged nor ended.';
COMMENT ON COLUMN organisation_industries.organisation IS 'Name of the organisation.';
COMMENT ON COLUMN organisation_industries.region_code IS
    'Region that is recorded for it, or the US state or NUTS 2 region that it lies in.';
COMMENT ON COLUMN organisation_industries.sector_id IS 'Its traded cluster or theme, which leads to the industry.';
COMMENT ON COLUMN organisation_industries.industry_id IS
    'The traded cluster itself, or a NACE division that nace_links joins to the traded cluster or theme.';
COMMENT ON COLUMN organisation_industries.scheme IS 'Scheme of the industry.';
COMMENT ON COLUMN organisation_industries.basis IS
    'stated: a source names the traded cluster; assigned: it is by us, or the link to the NACE division is.';

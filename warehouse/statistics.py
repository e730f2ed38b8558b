"""Queries of the regional statistics; each takes an open connection and returns a DataFrame.

Figures come from shipped data sets and imports. etl/sql/60_statistics.sql defines location quotients and strength.
``scheme`` is that of the industries, 'traded_cluster' or 'nace_division'; ``period`` a year (2015) or the years of a
mean (2012-2016); ``measure`` is 'employment' (persons employed) or 'establishments' (a number of them); mean_wage is a
year's pay in wage_currency. ``countries`` are codes as country_codes returns them; None means every country.
"""

from collections.abc import Sequence

import pandas as pd

from domain.filters import Filters
from warehouse.connection import Connection, fetch

MAX_REGIONS = 10

COLUMNS = (
    "region_code, region, country_code, c.name AS country, level, industry_id, i.industry, i.scheme, period, "
    "measure, amount, missing_reason, employment, employment_missing, employment_basis, employment_published, "
    "establishments, establishments_missing, mean_wage, wage_currency, flags, location_quotient, quotient_basis, "
    "total_basis, reference, quotient_gap, unknown_cell_count, needed_cell_count, is_strong, strength_basis, "
    "q.source_id"
)
_FROM_QUOTIENTS = (
    "FROM location_quotients q JOIN industries i USING (industry_id) JOIN countries c USING (country_code)"
)
IN_COUNTRIES = "($countries::VARCHAR[] IS NULL OR q.country_code IN (SELECT unnest($countries::VARCHAR[])))"


def country_codes(connection: Connection, filters: Filters) -> tuple[str, ...] | None:
    """Codes of the countries that the filters side and country leave, None when neither is set."""
    if not filters.sides and not filters.countries:
        return None
    rows = connection.execute(
        "SELECT country_code FROM countries WHERE (len($sides) = 0 OR list_contains($sides, side)) "
        "AND (len($codes) = 0 OR list_contains($codes, country_code)) ORDER BY country_code",
        {"sides": list(filters.sides), "codes": list(filters.countries)},
    ).fetchall()
    return tuple(code for (code,) in rows)


def as_list(countries: Sequence[str] | None) -> list[str] | None:
    """Countries as a parameter of a query."""
    return None if countries is None else list(countries)


def origins(connection: Connection) -> pd.DataFrame:
    """Where the figures come from, shipped data sets first.

    Columns: name, is_shipped, title, publisher, licence, row_count, schemes (a list).
    """
    return fetch(
        connection,
        "SELECT name, is_shipped, title, publisher, licence, row_count, schemes FROM "
        "(SELECT source_id, count(*) AS row_count, list_sort(list(DISTINCT scheme)) AS schemes "
        "FROM regional_statistics JOIN industries USING (industry_id) GROUP BY source_id) "
        "JOIN row_origins USING (source_id) JOIN sources USING (source_id) ORDER BY is_shipped DESC, name",
    )


def replacements(connection: Connection) -> pd.DataFrame:
    """Rows of shipped statistics that an import takes the place of: title, period, import_name, country, row_count."""
    return fetch(
        connection,
        "SELECT title, period, import_name, c.name AS country, sum(rows_replaced)::BIGINT AS row_count "
        "FROM dataset_replacements JOIN datasets USING (dataset_id) JOIN countries c USING (country_code) "
        "WHERE format = 'regional-statistics' GROUP BY ALL ORDER BY ALL",
    )


def schemes(connection: Connection) -> pd.DataFrame:
    """Schemes of industries with figures of regions: scheme, country_codes, measures (both lists), region_count."""
    return fetch(
        connection,
        "SELECT scheme, list_sort(list(DISTINCT country_code)) AS country_codes, "
        "list_sort(list(DISTINCT measure) FILTER (known_count > 0)) AS measures, "
        "count(DISTINCT region_code) AS region_count FROM statistics_region_totals "
        "WHERE row_count > 0 GROUP BY scheme ORDER BY scheme DESC",
    )


def periods(connection: Connection, scheme: str, industry_id: str | None = None) -> list[str]:
    """Periods that have figures of a scheme (of an industry), oldest first; a mean before its last year alone."""
    rows = connection.execute(
        "SELECT period FROM statistics_periods SEMI JOIN (FROM statistics_country_totals WHERE scheme = $scheme "
        "AND ($industry::VARCHAR IS NULL OR industry_id = $industry)) USING (period) ORDER BY last_year, first_year",
        {"scheme": scheme, "industry": industry_id},
    ).fetchall()
    return [period for (period,) in rows]


def industries(connection: Connection) -> pd.DataFrame:
    """Industries with figures, those of traded clusters first: industry_id, industry, scheme."""
    return fetch(
        connection,
        "SELECT industry_id, industry, scheme FROM industries SEMI JOIN statistics_country_totals USING (industry_id) "
        "ORDER BY scheme DESC, industry",
    )


def linked_industries(connection: Connection, sectors: Sequence[str], scheme: str) -> pd.DataFrame:
    """Where these themes, sub-sectors and traded clusters lead to in a scheme.

    Columns: sector_id, sector, scheme (of the sector), theme (its name, of a sub-sector that of its parent; missing for
    a traded cluster), industry_ids (the industries with figures that our crosswalks join to it; missing where there
    are none).
    """
    return fetch(
        connection,
        "SELECT s.sector_id, s.name AS sector, s.scheme, CASE WHEN s.scheme <> 'traded_cluster' THEN t.name END AS "
        "theme, list(industry_id ORDER BY industry) FILTER (industry_id IS NOT NULL) AS industry_ids FROM sectors s "
        "JOIN sectors t ON t.sector_id = coalesce(s.parent_id, s.sector_id) LEFT JOIN (FROM industry_links l JOIN "
        "industries i USING (industry_id) SEMI JOIN statistics_country_totals USING (industry_id) WHERE i.scheme = "
        "$scheme) l ON l.sector_id = t.sector_id WHERE s.sector_id IN (SELECT unnest($sectors::VARCHAR[])) GROUP BY "
        "ALL ORDER BY sector",
        {"sectors": list(sectors), "scheme": scheme},
    )


def counterparts(connection: Connection, industry_id: str) -> pd.DataFrame:
    """Industries of the other scheme: industry_id, industry, is_close, themes (names shared, a list).

    is_close: a traded cluster and a division that stand close to each other; the others share a theme. Close ones
    first. Only industries with figures.
    """
    return fetch(
        connection,
        "WITH themes AS (SELECT industry_id, sector_id FROM industry_links SEMI JOIN (FROM sectors WHERE scheme = "
        "'theme') USING (sector_id)), close AS (SELECT nace_division_id AS one, sector_id AS other FROM nace_links "
        "WHERE starts_with(sector_id, 'tc-') UNION ALL SELECT sector_id, nace_division_id FROM nace_links WHERE "
        "starts_with(sector_id, 'tc-')) SELECT i.industry_id, i.industry, EXISTS (FROM close WHERE one = $industry "
        "AND other = i.industry_id) AS is_close, list_sort(list(DISTINCT s.name)) AS themes FROM themes own JOIN "
        "themes t USING (sector_id) JOIN sectors s USING (sector_id) JOIN industries i ON i.industry_id = "
        "t.industry_id SEMI JOIN statistics_country_totals c ON c.industry_id = i.industry_id WHERE own.industry_id = "
        "$industry AND i.scheme <> (SELECT scheme FROM industries WHERE industry_id = $industry) GROUP BY ALL ORDER "
        "BY is_close DESC, i.industry",
        {"industry": industry_id},
    )


def regions(connection: Connection, scheme: str, countries: Sequence[str] | None = None) -> pd.DataFrame:
    """Regions and countries with figures of a scheme: region_code, region, country_code, country, level."""
    return fetch(
        connection,
        # Grouped before the joins, which is twice as fast as grouping by the names.
        "SELECT region_code, q.name AS region, q.country_code, c.name AS country, q.level "
        "FROM (SELECT DISTINCT region_code FROM statistics_region_totals WHERE row_count > 0 AND scheme = $scheme) "
        "JOIN regions q USING (region_code) JOIN countries c USING (country_code) "
        f"WHERE {IN_COUNTRIES} ORDER BY country, region",
        {"scheme": scheme, "countries": as_list(countries)},
    )


def centres(connection: Connection) -> pd.DataFrame:
    """Centres of states and regions, their largest city or population centre: region_code, latitude, longitude."""
    return fetch(connection, "SELECT region_code, latitude, longitude FROM region_centres ORDER BY region_code")


def quotients_by_region(
    connection: Connection,
    industry_id: str,
    period: str,
    countries: Sequence[str] | None = None,
    measure: str = "employment",
) -> pd.DataFrame:
    """One industry in one period, a row for each region and country (see level), the highest quotient first.

    Columns: region_code, region, country_code, country (its name), level, industry_id, industry (its name), scheme,
    source_id, and those of view location_quotients, which its comments describe: period, measure, amount,
    missing_reason, employment, establishments with their reasons, employment_basis, employment_published, mean_wage,
    wage_currency, flags, location_quotient, quotient_basis, total_basis, reference, quotient_gap, unknown_cell_count,
    needed_cell_count, is_strong, strength_basis.
    """
    return fetch(
        connection,
        f"SELECT {COLUMNS} {_FROM_QUOTIENTS} WHERE industry_id = $industry AND period = $period "
        f"AND measure = $measure AND {IN_COUNTRIES} ORDER BY location_quotient DESC NULLS LAST, region, region_code",
        {"industry": industry_id, "period": period, "countries": as_list(countries), "measure": measure},
    )


def latest_period(connection: Connection, region_codes: Sequence[str], scheme: str) -> str:
    """The latest period in which one of these regions has figures of a scheme; at least one of them must have any."""
    (period,) = connection.execute(
        "SELECT period FROM statistics_periods SEMI JOIN (FROM statistics_region_totals WHERE scheme = $scheme "
        "AND row_count > 0 AND list_contains($codes, region_code)) USING (period) "
        "ORDER BY last_year DESC, first_year DESC LIMIT 1",
        {"scheme": scheme, "codes": list(region_codes)},
    ).fetchall()[0]
    return str(period)


def compare_regions(
    connection: Connection, region_codes: Sequence[str], scheme: str, period: str, measure: str = "employment"
) -> pd.DataFrame:
    """All industries of up to ten regions in one period; columns as of quotients_by_region."""
    is_chosen, params = _one_of(region_codes)
    return fetch(
        connection,
        f"SELECT {COLUMNS} {_FROM_QUOTIENTS} WHERE i.scheme = $scheme AND period = $period AND measure = $measure "
        f"AND {is_chosen} ORDER BY industry, region",
        params | {"scheme": scheme, "period": period, "measure": measure},
    )


def time_series(
    connection: Connection, region_codes: Sequence[str], industry_id: str, measure: str = "employment"
) -> pd.DataFrame:
    """One industry of up to ten regions in every year, without means of years.

    Columns as of quotients_by_region, and year (a number).
    """
    is_chosen, params = _one_of(region_codes)
    return fetch(
        connection,
        f"SELECT {COLUMNS}, first_year AS year {_FROM_QUOTIENTS} JOIN statistics_periods USING (period) "
        f"WHERE industry_id = $industry AND measure = $measure AND first_year = last_year AND {is_chosen} "
        "ORDER BY region, year",
        params | {"industry": industry_id, "measure": measure},
    )


def missing_cells(
    connection: Connection,
    scheme: str,
    period: str,
    countries: Sequence[str] | None = None,
    measure: str = "employment",
) -> pd.DataFrame:
    """Cells of the regions that have no figure in a period: country_code, country, reason, cell_count.

    reason: as missing_reason of view location_quotients, or 'without a row' where there is no row for a region and an
    industry that has one elsewhere in the country.
    """
    return fetch(
        connection,
        "WITH cells AS (SELECT country_code, CASE $measure WHEN 'employment' THEN employment_missing "
        "ELSE establishments_missing END AS reason FROM regional_statistics JOIN regions USING (region_code) "
        "JOIN industries USING (industry_id) WHERE scheme = $scheme AND period = $period AND level <> 'country'), "
        "counted AS (SELECT country_code, reason, count(*) AS cell_count FROM cells WHERE reason IS NOT NULL "
        "GROUP BY ALL UNION ALL SELECT country_code, 'without a row', sum(industry_count - row_count)::BIGINT "
        "FROM statistics_region_totals WHERE scheme = $scheme AND period = $period AND measure = $measure "
        "AND level <> 'country' AND row_count > 0 GROUP BY ALL) "
        "SELECT country_code, name AS country, reason, cell_count FROM counted q "
        f"JOIN countries USING (country_code) WHERE cell_count > 0 AND {IN_COUNTRIES} ORDER BY country, reason",
        {"scheme": scheme, "period": period, "measure": measure, "countries": as_list(countries)},
    )


def coverage(
    connection: Connection,
    scheme: str,
    period: str,
    countries: Sequence[str] | None = None,
    measure: str = "employment",
) -> pd.DataFrame:
    """How complete the figures of a period are, by country, the one with most regions first.

    Columns: country_code, country, region_count, cell_count (pairs of these regions and an industry of the country),
    row_count (of them with a row), known_count (with a figure), estimated_count (of them estimated; employment only),
    wholly_estimated_count (of them above 0 without a published part), quotient_count, strong_count.
    """
    return fetch(
        connection,
        "SELECT country_code, c.name AS country, count(DISTINCT region_code) AS region_count, "
        "any_value(cell_count) AS cell_count, count(*) AS row_count, count(amount) AS known_count, "
        "count(*) FILTER (measure = 'employment' AND employment_basis = 'estimated') AS estimated_count, "
        "count(*) FILTER (measure = 'employment' AND employment_basis = 'estimated' AND employment_published = 0 "
        "AND amount > 0) AS wholly_estimated_count, "
        "count(location_quotient) AS quotient_count, count(*) FILTER (is_strong) AS strong_count "
        "FROM location_quotients q JOIN countries c USING (country_code) JOIN (SELECT country_code, "
        "sum(industry_count)::BIGINT AS cell_count FROM statistics_region_totals WHERE scheme = $scheme AND "
        "period = $period AND measure = $measure AND level <> 'country' AND row_count > 0 GROUP BY country_code) "
        "USING (country_code) "
        f"WHERE scheme = $scheme AND period = $period AND measure = $measure AND level <> 'country' AND {IN_COUNTRIES} "
        "GROUP BY ALL ORDER BY region_count DESC, country",
        {"scheme": scheme, "period": period, "measure": measure, "countries": as_list(countries)},
    )


def _one_of(region_codes: Sequence[str]) -> tuple[str, dict[str, str | int]]:
    """A condition and its parameters; one parameter for each region, so that DuckDB skips blocks without them."""
    if len(region_codes) > MAX_REGIONS:
        raise ValueError(f"At most {MAX_REGIONS} regions can be compared, got {len(region_codes)}.")
    params: dict[str, str | int] = {f"region{number}": code for number, code in enumerate(region_codes)}
    return (f"region_code IN ({', '.join(f'${name}' for name in params)})" if params else "false"), params

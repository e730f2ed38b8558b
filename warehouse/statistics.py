"""Questions to the imported regional statistics; each takes an open connection and returns a DataFrame.

Every frame is empty until something was imported. Location quotients and strength are decided in
etl/sql/60_statistics.sql. employment is persons, mean_wage a year's pay in wage_currency. ``countries``
are codes as country_codes gives them; None means every country.
"""

from collections.abc import Sequence

import pandas as pd

from domain.filters import Filters
from warehouse.connection import Connection, fetch

MAX_REGIONS = 10

_QUOTIENT = (
    "region_code, region, country_code, level, traded_cluster_id, c.name AS traded_cluster, year, employment, establishments, "
    "mean_wage, wage_currency, location_quotient, quotient_basis, quotient_gap, is_strong, strength_basis, total_basis, q.source_id"
)
_FROM_QUOTIENTS = "FROM location_quotients q JOIN sectors c ON c.sector_id = q.traded_cluster_id"


def country_codes(connection: Connection, filters: Filters) -> tuple[str, ...] | None:
    """Codes of the countries that the filters side and country leave, None when neither is set."""
    if not filters.sides and not filters.countries:
        return None
    found = connection.execute(
        "SELECT country_code FROM countries WHERE (len($sides) = 0 OR list_contains($sides, side)) "
        "AND (len($codes) = 0 OR list_contains($codes, country_code)) ORDER BY country_code",
        {"sides": list(filters.sides), "codes": list(filters.countries)},
    ).fetchall()
    return tuple(code for (code,) in found)


def _listed(countries: Sequence[str] | None) -> list[str] | None:
    return None if countries is None else list(countries)


def imports(connection: Connection) -> pd.DataFrame:
    """What was imported: import_name, format, title, publisher, url, licence, imported_on, rows_* and rejected (JSON text)."""
    return fetch(
        connection,
        "SELECT i.* EXCLUDE (rejected), rejected::VARCHAR AS rejected, title, publisher, url, licence "
        "FROM imports i JOIN sources USING (source_id) ORDER BY import_name",
    )


def years(connection: Connection) -> list[int]:
    """Years that have statistics, oldest first."""
    return [
        year
        for (year,) in connection.execute(
            "SELECT DISTINCT year FROM statistics_country_totals ORDER BY year"
        ).fetchall()
    ]


def clusters(connection: Connection, year: int | None = None) -> pd.DataFrame:
    """Traded clusters that have statistics (in that year): traded_cluster_id, traded_cluster, region_count."""
    return fetch(
        connection,
        "SELECT traded_cluster_id, name AS traded_cluster, max(regions)::BIGINT AS region_count FROM "
        "(SELECT traded_cluster_id, year, sum(region_count) AS regions FROM statistics_country_totals GROUP BY ALL) "
        "JOIN sectors ON sector_id = traded_cluster_id WHERE $year::INTEGER IS NULL OR year = $year GROUP BY ALL ORDER BY name",
        {"year": year},
    )


def themes_of_filter(connection: Connection, sectors: Sequence[str]) -> pd.DataFrame:
    """The themes and sub-sectors among these sectors: sector_id, sector, scheme, theme, traded_cluster_ids.

    traded_cluster_ids: those that our table sector_links joins to the theme (of a sub-sector: to its theme); may be empty.
    """
    return fetch(
        connection,
        "SELECT s.sector_id, s.name AS sector, s.scheme, t.name AS theme, "
        "list(l.traded_cluster_id ORDER BY l.traded_cluster_id) FILTER (l.traded_cluster_id IS NOT NULL) AS traded_cluster_ids "
        "FROM sectors s JOIN sectors t ON t.sector_id = coalesce(s.parent_id, s.sector_id) LEFT JOIN sector_links l ON l.theme_id = t.sector_id "
        "WHERE s.scheme <> 'traded_cluster' AND s.sector_id IN (SELECT unnest($sectors::VARCHAR[])) GROUP BY ALL ORDER BY sector",
        {"sectors": list(sectors)},
    )


def regions(connection: Connection, countries: Sequence[str] | None = None) -> pd.DataFrame:
    """Regions that have statistics: region_code, region, country_code, country, level, first_year, last_year."""
    return fetch(
        connection,
        "SELECT region_code, r.name AS region, country_code, c.name AS country, level, min(year) AS first_year, max(year) AS last_year "
        "FROM statistics_region_totals JOIN regions r USING (region_code) JOIN countries c USING (country_code) "
        "WHERE $countries::VARCHAR[] IS NULL OR country_code IN (SELECT unnest($countries::VARCHAR[])) GROUP BY ALL ORDER BY country, region",
        {"countries": _listed(countries)},
    )


def quotients_by_region(
    connection: Connection, traded_cluster_id: str, year: int, countries: Sequence[str] | None = None
) -> pd.DataFrame:
    """One traded cluster in one year, one row per region (countries as a whole too, see level), the highest quotient first.

    Columns: region_code, region, country_code, level, traded_cluster_id, traded_cluster, year, employment, establishments,
    mean_wage, wage_currency, location_quotient, quotient_basis, quotient_gap (why there is no quotient: 'withheld', 'only region'
    or 'no total'; missing where there is one), is_strong, strength_basis, total_basis, source_id.
    """
    return fetch(
        connection,
        f"SELECT {_QUOTIENT} {_FROM_QUOTIENTS} WHERE traded_cluster_id = $cluster AND year = $year "
        "AND ($countries::VARCHAR[] IS NULL OR country_code IN (SELECT unnest($countries::VARCHAR[]))) ORDER BY location_quotient DESC NULLS LAST, region",
        {"cluster": traded_cluster_id, "year": year, "countries": _listed(countries)},
    )


def compare_regions(connection: Connection, region_codes: list[str], year: int) -> pd.DataFrame:
    """All traded clusters of up to ten regions in one year; columns as of quotients_by_region."""
    is_asked, params = _one_of(region_codes)
    return fetch(
        connection,
        f"SELECT {_QUOTIENT} {_FROM_QUOTIENTS} WHERE year = $year AND {is_asked} ORDER BY traded_cluster, region",
        params | {"year": year},
    )


def time_series(connection: Connection, region_codes: list[str], traded_cluster_id: str) -> pd.DataFrame:
    """One traded cluster of up to ten regions in every year; columns as of quotients_by_region."""
    is_asked, params = _one_of(region_codes)
    return fetch(
        connection,
        f"SELECT {_QUOTIENT} {_FROM_QUOTIENTS} WHERE traded_cluster_id = $cluster AND {is_asked} ORDER BY region, year",
        params | {"cluster": traded_cluster_id},
    )


def comparable_countries(connection: Connection) -> pd.DataFrame:
    """Countries whose regions have statistics: country_code, country, is_comparable.

    Comparable: at least one cluster organisation known here is placed in one of those regions. Elsewhere the file and
    our places use different codes of regions, and "no organisation" would say nothing.
    """
    return fetch(
        connection,
        "SELECT country_code, c.name AS country, count(o.region_code) > 0 AS is_comparable "
        "FROM (SELECT DISTINCT region_code FROM statistics_region_totals) JOIN regions r USING (region_code) JOIN countries c USING (country_code) "
        "LEFT JOIN (SELECT DISTINCT region_code FROM organisation_clusters) o USING (region_code) "
        "WHERE r.level <> 'country' GROUP BY ALL ORDER BY country",
    )


def strong_without_organisation(
    connection: Connection,
    year: int,
    countries: Sequence[str] | None = None,
    traded_cluster_id: str | None = None,
    most: int = 200,
) -> pd.DataFrame:
    """Strong industries of regions in which no cluster organisation of that traded cluster is known, the largest first.

    Columns as of quotients_by_region, and total_count: how many there are, of which at most ``most`` are returned.
    """
    return fetch(
        connection,
        # Counted apart: a window over all of them would take twice the time.
        "WITH gaps AS MATERIALIZED (SELECT q.* FROM location_quotients q "
        "ANTI JOIN organisation_clusters o ON o.region_code = q.region_code AND o.traded_cluster_id = q.traded_cluster_id "
        "WHERE q.year = $year AND q.is_strong AND q.level <> 'country' "
        "AND ($countries::VARCHAR[] IS NULL OR q.country_code IN (SELECT unnest($countries::VARCHAR[]))) "
        "AND ($cluster::VARCHAR IS NULL OR q.traded_cluster_id = $cluster)), largest AS (SELECT *, (SELECT count(*) FROM gaps) AS total_count FROM gaps "
        "ORDER BY employment DESC NULLS LAST, region, traded_cluster_id LIMIT $most) "
        f"SELECT {_QUOTIENT}, total_count FROM largest q JOIN sectors c ON c.sector_id = q.traded_cluster_id "
        "ORDER BY employment DESC NULLS LAST, region, traded_cluster_id",
        {"year": year, "countries": _listed(countries), "cluster": traded_cluster_id, "most": most},
    )


def organisations_without_strong_industry(
    connection: Connection, year: int, countries: Sequence[str] | None = None, traded_cluster_id: str | None = None
) -> pd.DataFrame:
    """Cluster organisations whose traded cluster is not strong in their region, in regions that have statistics.

    Columns: organisation_id, organisation, side, country_code, region_code, region, traded_cluster_id, traded_cluster, basis,
    employment, location_quotient, quotient_basis, finding ('not strong', or 'no figure' where the region has none for
    this traded cluster).
    """
    return fetch(
        connection,
        "WITH asked AS (SELECT * FROM organisation_clusters o "
        "SEMI JOIN (FROM statistics_region_totals WHERE year = $year) t USING (region_code) "
        "WHERE ($countries::VARCHAR[] IS NULL OR country_code IN (SELECT unnest($countries::VARCHAR[]))) "
        "AND ($cluster::VARCHAR IS NULL OR traded_cluster_id = $cluster)), "
        "found AS (SELECT * FROM location_quotients WHERE year = $year "
        "AND region_code IN (SELECT region_code FROM asked) AND traded_cluster_id IN (SELECT traded_cluster_id FROM asked)) "
        "SELECT organisation_id, organisation, side, a.country_code, a.region_code, r.name AS region, a.traded_cluster_id, "
        "c.name AS traded_cluster, basis, employment, location_quotient, quotient_basis, "
        "CASE WHEN is_strong IS NULL THEN 'no figure' ELSE 'not strong' END AS finding "
        "FROM asked a JOIN regions r USING (region_code) JOIN sectors c ON c.sector_id = a.traded_cluster_id "
        "LEFT JOIN found f ON f.region_code = a.region_code AND f.traded_cluster_id = a.traded_cluster_id "
        "WHERE is_strong IS NOT TRUE ORDER BY organisation, traded_cluster",
        {"year": year, "countries": _listed(countries), "cluster": traded_cluster_id},
    )


def _one_of(region_codes: list[str]) -> tuple[str, dict[str, str]]:
    """A condition and its parameters; one parameter for each region, so that DuckDB skips blocks without them."""
    if len(region_codes) > MAX_REGIONS:
        raise ValueError(f"At most {MAX_REGIONS} regions can be compared, got {len(region_codes)}.")
    params = {f"region{number}": code for number, code in enumerate(region_codes)}
    return (f"region_code IN ({', '.join(f'${name}' for name in params)})" if params else "false"), params

"""Queries of the imported regional statistics; each takes an open connection and returns a DataFrame.

Every frame is empty until something was imported. etl/sql/60_statistics.sql defines location quotients and strength.
``measure`` is 'employment' (persons employed) or 'establishments' (a number of them); mean_wage is a year's pay in
wage_currency. ``countries`` are codes as country_codes returns them; None means every country.
"""

from collections.abc import Sequence

import pandas as pd

from domain.filters import Filters
from warehouse.connection import Connection, fetch

MAX_REGIONS = 10

_COLUMNS = (
    "region_code, region, country_code, level, traded_cluster_id, c.name AS traded_cluster, year, measure, amount, "
    "missing_reason, employment, employment_missing, establishments, establishments_missing, mean_wage, wage_currency, "
    "flags, location_quotient, quotient_basis, total_basis, reference, quotient_gap, unknown_cell_count, "
    "needed_cell_count, is_strong, strength_basis, q.source_id"
)
_FROM_QUOTIENTS = "FROM location_quotients q JOIN sectors c ON c.sector_id = q.traded_cluster_id"
_IN_COUNTRIES = "($countries::VARCHAR[] IS NULL OR q.country_code IN (SELECT unnest($countries::VARCHAR[])))"


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


def _as_list(countries: Sequence[str] | None) -> list[str] | None:
    return None if countries is None else list(countries)


def imports(connection: Connection) -> pd.DataFrame:
    """What was imported, by import_name.

    Columns: import_name, format, title, publisher, url, licence, imported_on, rows_* and rejected (JSON text).
    """
    return fetch(
        connection,
        "SELECT i.* EXCLUDE (rejected), rejected::VARCHAR AS rejected, title, publisher, url, licence "
        "FROM imports i JOIN sources USING (source_id) ORDER BY import_name",
    )


def years(connection: Connection) -> list[int]:
    """Years that have statistics, oldest first."""
    rows = connection.execute("SELECT DISTINCT year FROM statistics_country_totals ORDER BY year").fetchall()
    return [year for (year,) in rows]


def clusters(connection: Connection, year: int | None = None) -> pd.DataFrame:
    """Traded clusters that have statistics (in that year): traded_cluster_id, traded_cluster, region_count."""
    return fetch(
        connection,
        "SELECT traded_cluster_id, name AS traded_cluster, max(regions)::BIGINT AS region_count FROM "
        "(SELECT traded_cluster_id, year, sum(region_row_count) AS regions FROM statistics_country_totals "
        "WHERE measure = 'employment' GROUP BY ALL) "
        "JOIN sectors ON sector_id = traded_cluster_id WHERE $year::INTEGER IS NULL OR year = $year "
        "GROUP BY ALL ORDER BY name",
        {"year": year},
    )


def themes_of_filter(connection: Connection, sectors: Sequence[str]) -> pd.DataFrame:
    """The themes and sub-sectors among these sectors: sector_id, sector, scheme, theme, traded_cluster_ids.

    traded_cluster_ids: those that table sector_links joins to the theme (of a sub-sector: to its theme), or missing.
    """
    return fetch(
        connection,
        "SELECT s.sector_id, s.name AS sector, s.scheme, t.name AS theme, list(l.traded_cluster_id "
        "ORDER BY l.traded_cluster_id) FILTER (l.traded_cluster_id IS NOT NULL) AS traded_cluster_ids "
        "FROM sectors s JOIN sectors t ON t.sector_id = coalesce(s.parent_id, s.sector_id) "
        "LEFT JOIN sector_links l ON l.theme_id = t.sector_id "
        "WHERE s.scheme <> 'traded_cluster' AND s.sector_id IN (SELECT unnest($sectors::VARCHAR[])) "
        "GROUP BY ALL ORDER BY sector",
        {"sectors": list(sectors)},
    )


def regions(connection: Connection, countries: Sequence[str] | None = None) -> pd.DataFrame:
    """Regions that have statistics: region_code, region, country_code, country, level, first_year, last_year."""
    return fetch(
        connection,
        # Grouped before the joins, which is twice as fast as grouping by the names.
        "SELECT region_code, q.name AS region, q.country_code, c.name AS country, q.level, first_year, last_year "
        "FROM (SELECT region_code, min(year) AS first_year, max(year) AS last_year FROM statistics_region_totals "
        "WHERE row_count > 0 AND measure = 'employment' GROUP BY region_code) "
        "JOIN regions q USING (region_code) JOIN countries c USING (country_code) "
        f"WHERE {_IN_COUNTRIES} ORDER BY country, region",
        {"countries": _as_list(countries)},
    )


def quotients_by_region(
    connection: Connection,
    traded_cluster_id: str,
    year: int,
    countries: Sequence[str] | None = None,
    measure: str = "employment",
) -> pd.DataFrame:
    """One traded cluster in one year, a row for each region and country (see level), the highest quotient first.

    Columns: region_code, region, country_code, level, traded_cluster_id, traded_cluster, source_id, and those of view
    location_quotients, which its comments describe: year, measure, amount, missing_reason, employment, establishments
    and their reasons, mean_wage, wage_currency, flags, location_quotient, quotient_basis, total_basis, reference,
    quotient_gap, unknown_cell_count, needed_cell_count, is_strong, strength_basis.
    """
    return fetch(
        connection,
        f"SELECT {_COLUMNS} {_FROM_QUOTIENTS} WHERE traded_cluster_id = $cluster AND year = $year "
        f"AND measure = $measure AND {_IN_COUNTRIES} ORDER BY location_quotient DESC NULLS LAST, region",
        {"cluster": traded_cluster_id, "year": year, "countries": _as_list(countries), "measure": measure},
    )


def compare_regions(
    connection: Connection, region_codes: Sequence[str], year: int, measure: str = "employment"
) -> pd.DataFrame:
    """All traded clusters of up to ten regions in one year; columns as of quotients_by_region."""
    is_chosen, params = _one_of(region_codes)
    return fetch(
        connection,
        f"SELECT {_COLUMNS} {_FROM_QUOTIENTS} WHERE year = $year AND measure = $measure AND {is_chosen} "
        "ORDER BY traded_cluster, region",
        params | {"year": year, "measure": measure},
    )


def time_series(
    connection: Connection, region_codes: Sequence[str], traded_cluster_id: str, measure: str = "employment"
) -> pd.DataFrame:
    """One traded cluster of up to ten regions in every year; columns as of quotients_by_region."""
    is_chosen, params = _one_of(region_codes)
    return fetch(
        connection,
        f"SELECT {_COLUMNS} {_FROM_QUOTIENTS} WHERE traded_cluster_id = $cluster AND measure = $measure "
        f"AND {is_chosen} ORDER BY region, year",
        params | {"cluster": traded_cluster_id, "measure": measure},
    )


def missing_cells(
    connection: Connection, year: int, countries: Sequence[str] | None = None, measure: str = "employment"
) -> pd.DataFrame:
    """Cells of the regions that have no figure in a year: country_code, country, reason, cell_count.

    reason: as missing_reason of view location_quotients, or 'without a row' where the file has no row for a region
    and a traded cluster that it has elsewhere in the country.
    """
    return fetch(
        connection,
        "WITH cells AS (SELECT country_code, CASE $measure WHEN 'employment' THEN employment_missing "
        "ELSE establishments_missing END AS reason FROM regional_statistics JOIN regions USING (region_code) "
        "WHERE year = $year AND level <> 'country'), "
        "counted AS (SELECT country_code, reason, count(*) AS cell_count FROM cells WHERE reason IS NOT NULL "
        "GROUP BY ALL UNION ALL SELECT country_code, 'without a row', sum(cluster_count - row_count)::BIGINT "
        "FROM statistics_region_totals WHERE year = $year AND measure = $measure AND level <> 'country' "
        "AND row_count > 0 GROUP BY ALL) SELECT country_code, name AS country, reason, cell_count FROM counted q "
        f"JOIN countries USING (country_code) WHERE cell_count > 0 AND {_IN_COUNTRIES} ORDER BY country, reason",
        {"year": year, "measure": measure, "countries": _as_list(countries)},
    )


def comparable_countries(connection: Connection) -> pd.DataFrame:
    """Countries whose regions have statistics: country_code, country, is_comparable.

    Comparable: at least one cluster organisation is known in one of those regions. Elsewhere the file and our places
    use different codes of regions, and "no organisation" would say nothing.
    """
    return fetch(
        connection,
        "SELECT r.country_code, c.name AS country, count(o.region_code) > 0 AS is_comparable "
        "FROM (SELECT DISTINCT region_code FROM statistics_region_totals WHERE row_count > 0) "
        "JOIN regions r USING (region_code) JOIN countries c USING (country_code) "
        "LEFT JOIN (SELECT DISTINCT region_code FROM organisation_clusters) o USING (region_code) "
        "WHERE r.level <> 'country' GROUP BY ALL ORDER BY country",
    )


def judged_cells(
    connection: Connection,
    year: int,
    countries: Sequence[str] | None = None,
    traded_cluster_id: str | None = None,
    measure: str = "employment",
) -> pd.DataFrame:
    """How many cells of regions were judged strong or not strong, and why the others were not: reason, cell_count.

    reason is missing for the judged cells; for others it is quotient_gap of view location_quotients, or 'clusters
    imported' where the quotient is of a part of the traded clusters only.
    """
    return fetch(
        connection,
        "SELECT CASE WHEN is_strong IS NULL THEN coalesce(quotient_gap, 'clusters imported') END AS reason, "
        "count(*) AS cell_count FROM location_quotients q WHERE year = $year AND measure = $measure "
        f"AND level <> 'country' AND {_IN_COUNTRIES} AND ($cluster::VARCHAR IS NULL OR traded_cluster_id = $cluster) "
        "GROUP BY ALL ORDER BY cell_count DESC, reason",
        {"year": year, "countries": _as_list(countries), "cluster": traded_cluster_id, "measure": measure},
    )


def strong_without_organisation(
    connection: Connection,
    year: int,
    countries: Sequence[str] | None = None,
    traded_cluster_id: str | None = None,
    measure: str = "employment",
    most: int = 200,
) -> pd.DataFrame:
    """Strong industries of regions in which no cluster organisation of that traded cluster is known, the largest first.

    Columns as of quotients_by_region, and total_count: how many there are, of which at most ``most`` are returned.
    """
    return fetch(
        connection,
        # Counted apart: a window over all of them would take twice the time.
        "WITH gaps AS MATERIALIZED (SELECT q.* FROM location_quotients q "
        "ANTI JOIN organisation_clusters o "
        "ON o.region_code = q.region_code AND o.traded_cluster_id = q.traded_cluster_id "
        "WHERE q.year = $year AND q.measure = $measure AND q.is_strong AND q.level <> 'country' "
        f"AND {_IN_COUNTRIES} AND ($cluster::VARCHAR IS NULL OR q.traded_cluster_id = $cluster)), "
        "largest AS (SELECT *, (SELECT count(*) FROM gaps) AS total_count FROM gaps "
        "ORDER BY amount DESC NULLS LAST, region, traded_cluster_id LIMIT $most) "
        f"SELECT {_COLUMNS}, total_count FROM largest q JOIN sectors c ON c.sector_id = q.traded_cluster_id "
        "ORDER BY amount DESC NULLS LAST, region, traded_cluster_id",
        {
            "year": year,
            "countries": _as_list(countries),
            "cluster": traded_cluster_id,
            "measure": measure,
            "most": most,
        },
    )


def organisations_without_strong_industry(
    connection: Connection,
    year: int,
    countries: Sequence[str] | None = None,
    traded_cluster_id: str | None = None,
    measure: str = "employment",
) -> pd.DataFrame:
    """Cluster organisations whose traded cluster is not strong in their region, in regions that have statistics.

    Columns: organisation_id, organisation, side, country_code, region_code, region, traded_cluster_id, traded_cluster,
    basis, employment, establishments, location_quotient, quotient_basis, total_basis, quotient_gap, finding.
    finding: 'not strong'; 'not judged', where there is a quotient of a part of the traded clusters only;
    'no quotient', see quotient_gap; 'no row', where the file has none for the region and traded cluster.
    """
    return fetch(
        connection,
        "WITH placed AS (SELECT * FROM organisation_clusters q "
        "SEMI JOIN (FROM statistics_region_totals WHERE year = $year AND row_count > 0) t USING (region_code) "
        f"WHERE {_IN_COUNTRIES} AND ($cluster::VARCHAR IS NULL OR traded_cluster_id = $cluster)), "
        "quotients AS (SELECT * FROM location_quotients WHERE year = $year AND measure = $measure "
        "AND region_code IN (SELECT region_code FROM placed) "
        "AND traded_cluster_id IN (SELECT traded_cluster_id FROM placed)) "
        "SELECT organisation_id, organisation, side, p.country_code, p.region_code, r.name AS region, "
        "p.traded_cluster_id, c.name AS traded_cluster, basis, employment, establishments, location_quotient, "
        "quotient_basis, total_basis, quotient_gap, CASE WHEN is_strong IS NOT NULL THEN 'not strong' "
        "WHEN location_quotient IS NOT NULL THEN 'not judged' "
        "WHEN f.region_code IS NOT NULL THEN 'no quotient' ELSE 'no row' END AS finding "
        "FROM placed p JOIN regions r USING (region_code) JOIN sectors c ON c.sector_id = p.traded_cluster_id "
        "LEFT JOIN quotients f ON f.region_code = p.region_code AND f.traded_cluster_id = p.traded_cluster_id "
        "WHERE is_strong IS NOT TRUE ORDER BY organisation, traded_cluster",
        {"year": year, "countries": _as_list(countries), "cluster": traded_cluster_id, "measure": measure},
    )


def _one_of(region_codes: Sequence[str]) -> tuple[str, dict[str, str | int]]:
    """A condition and its parameters; one parameter for each region, so that DuckDB skips blocks without them."""
    if len(region_codes) > MAX_REGIONS:
        raise ValueError(f"At most {MAX_REGIONS} regions can be compared, got {len(region_codes)}.")
    params: dict[str, str | int] = {f"region{number}": code for number, code in enumerate(region_codes)}
    return (f"region_code IN ({', '.join(f'${name}' for name in params)})" if params else "false"), params

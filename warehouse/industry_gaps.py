"""Queries that set the strength of industries beside cluster organisations, and the other way round.

An organisation is placed in an industry by its traded cluster or theme (view organisation_industries); where its region
is not known, it may be in any of several (view possible_organisation_industries).
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from warehouse.connection import Connection, fetch
from warehouse.statistics import COLUMNS, IN_COUNTRIES, as_list

_CHOSEN = (
    "period = $period AND measure = $measure AND q.scheme = $scheme AND level <> 'country' "
    f"AND {IN_COUNTRIES} AND ($industry::VARCHAR IS NULL OR q.industry_id = $industry)"
)


class Comparison(NamedTuple):
    """Which strong industries and organisations are compared; ``industry_id`` None stands for all of the scheme."""

    scheme: str
    period: str
    countries: tuple[str, ...] | None = None
    industry_id: str | None = None
    measure: str = "employment"

    def parameters(self) -> dict[str, object]:
        """The values of the placeholders in the queries of this module."""
        return {
            "scheme": self.scheme,
            "period": self.period,
            "countries": as_list(self.countries),
            "industry": self.industry_id,
            "measure": self.measure,
        }


def comparable_countries(connection: Connection, scheme: str) -> pd.DataFrame:
    """Countries whose regions have figures of a scheme: country_code, country, is_comparable.

    Comparable: at least one cluster organisation is known in one of those regions and an industry of the scheme.
    Elsewhere the figures and our places use different codes of regions, or no organisation is known, and "no
    organisation" would say nothing.
    """
    return fetch(
        connection,
        "SELECT r.country_code, c.name AS country, count(o.region_code) > 0 AS is_comparable "
        "FROM (SELECT DISTINCT region_code FROM statistics_region_totals WHERE row_count > 0 AND scheme = $scheme) "
        "JOIN regions r USING (region_code) JOIN countries c USING (country_code) "
        "LEFT JOIN (SELECT DISTINCT region_code FROM organisation_industries WHERE scheme = $scheme) o "
        "USING (region_code) WHERE r.level <> 'country' GROUP BY ALL ORDER BY country",
        {"scheme": scheme},
    )


def regions_compared(connection: Connection, scheme: str, countries: Sequence[str]) -> pd.DataFrame:
    """Regions of these countries that have figures of a scheme: region_code, country_code, country (name), level."""
    return fetch(
        connection,
        "SELECT region_code, country_code, c.name AS country, r.level "
        "FROM (SELECT DISTINCT region_code FROM statistics_region_totals WHERE row_count > 0 AND scheme = $scheme) "
        "JOIN regions r USING (region_code) JOIN countries c USING (country_code) "
        "WHERE r.level <> 'country' AND list_contains($countries, country_code)",
        {"scheme": scheme, "countries": list(countries)},
    )


def regions_without_row(
    connection: Connection,
    industry_id: str,
    period: str,
    countries: Sequence[str] | None = None,
    measure: str = "employment",
) -> int:
    """How many regions have rows of other industries of the scheme in a period, and none of this one."""
    row = connection.execute(
        "SELECT count(*) FROM statistics_region_totals q ANTI JOIN (FROM location_quotients WHERE industry_id = "
        "$industry AND period = $period AND measure = $measure) USING (region_code) WHERE period = $period AND "
        "measure = $measure AND level <> 'country' AND row_count > 0 AND scheme = (SELECT scheme FROM sectors WHERE "
        f"sector_id = $industry) AND {IN_COUNTRIES}",
        {"industry": industry_id, "period": period, "countries": as_list(countries), "measure": measure},
    ).fetchone()
    return int(row[0]) if row else 0


def judged_cells(connection: Connection, compared: Comparison) -> pd.DataFrame:
    """How many cells of regions were judged strong or not strong, and why the others were not: reason, cell_count.

    reason is missing for the judged cells; for others it is quotient_gap of view location_quotients, 'industries
    imported' where the quotient is of a part of the industries only, or 'no row' where a region has rows of other
    industries and none of one that its country has.
    """
    return fetch(
        connection,
        "WITH judged AS (SELECT CASE WHEN is_strong IS NULL THEN coalesce(quotient_gap, 'industries imported') END AS "
        f"reason FROM location_quotients q WHERE {_CHOSEN}), "
        "cells AS (SELECT sum(CASE WHEN $industry::VARCHAR IS NULL THEN industry_count ELSE 1 END)::BIGINT AS "
        "cell_count FROM statistics_region_totals q WHERE period = $period AND measure = $measure AND scheme = $scheme "
        f"AND level <> 'country' AND row_count > 0 AND {IN_COUNTRIES}), "
        "counts AS (SELECT reason, count(*) AS cell_count FROM judged GROUP BY ALL UNION ALL "
        "SELECT 'no row', cell_count - (SELECT count(*) FROM judged) FROM cells) "
        "SELECT reason, cell_count FROM counts WHERE cell_count > 0 ORDER BY cell_count DESC, reason",
        compared.parameters(),
    )


# Names of the organisations that may be in a region, by region and industry.
POSSIBLE = (
    "SELECT region_code, industry_id, list_sort(list(DISTINCT organisation)) AS possible_organisations, "
    "list_sort(list(DISTINCT organisation_id)) AS possible_ids FROM possible_organisation_industries GROUP BY ALL"
)
_GAPS = (
    "FROM location_quotients q ANTI JOIN organisation_industries o "
    f"ON o.region_code = q.region_code AND o.industry_id = q.industry_id WHERE {_CHOSEN} AND is_strong"
)


def strong_without_organisation(connection: Connection, compared: Comparison, most: int = 1000) -> pd.DataFrame:
    """Strong industries of regions in which no cluster organisation of that industry is placed, the ``most`` largest.

    Columns as of statistics.quotients_by_region, and possible_organisations: names of the organisations of the industry
    that may be in the region, a list. The largest first.
    """
    return fetch(
        connection,
        f"WITH possible AS ({POSSIBLE}) SELECT {COLUMNS}, coalesce(possible_organisations, []) AS "
        f"possible_organisations FROM (SELECT q.* {_GAPS} ORDER BY amount DESC NULLS LAST, region, q.industry_id LIMIT "
        "$most) q JOIN industries i USING (industry_id) JOIN countries c USING (country_code) "
        "LEFT JOIN possible USING (region_code, industry_id) ORDER BY amount DESC NULLS LAST, region, industry_id",
        compared.parameters() | {"most": most},
    )


def keys_without_organisation(connection: Connection, compared: Comparison) -> tuple[str, ...]:
    """Keys of all these strong industries, region, industry and period joined by |, as evidence has them."""
    rows = connection.execute(
        f"SELECT concat_ws('|', q.region_code, q.industry_id, period) {_GAPS} ORDER BY ALL",
        compared.parameters(),
    ).fetchall()
    return tuple(key for (key,) in rows)


def possible_organisations(connection: Connection, compared: Comparison) -> pd.DataFrame:
    """Organisations that may be in these regions: organisation_id, region_code, industry_id of a strong industry.

    Only strong industries of regions in which no organisation of the industry is placed.
    """
    return fetch(
        connection,
        "SELECT organisation_id, region_code, industry_id FROM possible_organisation_industries JOIN "
        f"(SELECT q.region_code, q.industry_id {_GAPS}) USING (region_code, industry_id) ORDER BY ALL",
        compared.parameters(),
    )


def organisations_without_industry(connection: Connection, compared: Comparison) -> int:
    """How many organisations placed in these regions have no recorded sector that could lead to an industry."""
    row = connection.execute(
        f"SELECT count(DISTINCT organisation_id) FROM organisation_register o JOIN (SELECT DISTINCT q.region_code "
        f"{_GAPS}) g ON g.region_code IN (o.region_code, statistics_region_code) WHERE counted_as IS NOT NULL AND "
        "organisation_id NOT IN (SELECT organisation_id FROM organisation_sectors JOIN sectors s USING (sector_id) "
        "WHERE s.scheme = 'traded_cluster' OR $scheme <> 'traded_cluster')",
        compared.parameters(),
    ).fetchone()
    return int(row[0]) if row else 0


def strong_regions(connection: Connection, compared: Comparison) -> pd.DataFrame:
    """Regions with a strong industry: region_code, country_code, country (name), level, strong_count, strong_keys.

    strong_count is the number of strong industries; strong_keys is the list of their keys, as of
    keys_without_organisation.
    """
    return fetch(
        connection,
        "SELECT q.region_code, country_code, c.name AS country, level, count(*) AS strong_count, "
        "list(concat_ws('|', q.region_code, q.industry_id, period) ORDER BY q.industry_id) AS strong_keys "
        f"FROM location_quotients q JOIN countries c USING (country_code) WHERE {_CHOSEN} AND is_strong "
        "GROUP BY ALL ORDER BY region_code",
        compared.parameters(),
    )


def organisations_without_strong_industry(connection: Connection, compared: Comparison) -> pd.DataFrame:
    """Cluster organisations none of whose industries is strong in their region, in regions that have figures.

    A row for each organisation and traded cluster or theme of it; where that leads to several industries, the one with
    the highest quotient stands for them. Columns: organisation_id, organisation, side, country_code, region_code,
    region, sector_id, sector, industry_id, industry, industry_count (of the sector in the scheme), basis, employment,
    establishments, location_quotient, quotient_basis, total_basis, quotient_gap, finding. finding: 'not strong'; 'not
    judged', where there is a quotient of a part of the industries only; 'no quotient', see quotient_gap; 'no row',
    where there is none for the region and industry.
    """
    return fetch(
        connection,
        "WITH placed AS (FROM organisation_industries q SEMI JOIN (FROM statistics_region_totals WHERE period = "
        "$period AND scheme = $scheme AND row_count > 0) t USING (region_code) WHERE q.scheme = $scheme AND "
        f"{IN_COUNTRIES} AND ($industry::VARCHAR IS NULL OR industry_id = $industry)), quotients AS (SELECT * FROM "
        "location_quotients WHERE period = $period AND measure = $measure AND region_code IN (SELECT region_code FROM "
        "placed) AND industry_id IN (SELECT industry_id FROM placed)), found AS (SELECT p.*, employment, "
        "establishments, location_quotient, quotient_basis, total_basis, quotient_gap, is_strong, CASE WHEN is_strong "
        "IS NOT NULL THEN 'not strong' WHEN location_quotient IS NOT NULL THEN 'not judged' WHEN f.region_code IS NOT "
        "NULL THEN 'no quotient' ELSE 'no row' END AS finding, count(*) OVER sector AS industry_count, "
        "bool_or(coalesce(is_strong, false)) OVER sector AS has_strong FROM placed p LEFT JOIN quotients f USING "
        "(region_code, industry_id) WINDOW sector AS (PARTITION BY organisation_id, p.region_code, p.sector_id)) "
        "SELECT organisation_id, organisation, side, f.country_code, f.region_code, r.name AS region, f.sector_id, "
        "s.name AS sector, industry_id, industry, industry_count, basis, employment, establishments, "
        "location_quotient, quotient_basis, total_basis, quotient_gap, finding FROM found f JOIN regions r USING "
        "(region_code) JOIN sectors s USING (sector_id) JOIN industries USING (industry_id) WHERE NOT has_strong "
        "QUALIFY row_number() OVER (PARTITION BY organisation_id, f.region_code, f.sector_id ORDER BY "
        "location_quotient DESC NULLS LAST, finding, industry) = 1 ORDER BY organisation, sector",
        compared.parameters(),
    )

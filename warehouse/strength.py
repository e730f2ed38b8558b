"""Strength of an industry beside the cluster organisations of its regions; arguments as in ``warehouse.statistics``."""

from collections.abc import Sequence

import pandas as pd

from warehouse.connection import Connection, fetch
from warehouse.industry_gaps import POSSIBLE
from warehouse.statistics import IN_COUNTRIES, as_list

# What is found of a region, in the order in which it is shown. An unknown strength is never a weak one.
FINDINGS = (
    "strong and organised",
    "strong, no organisation placed there",
    "organised without strength",
    "organised, strength not known",
    "not strong, no organisation placed there",
    "strength not known, no organisation placed there",
)


def strength_and_organisations(
    connection: Connection,
    industry_id: str,
    period: str,
    countries: Sequence[str] | None = None,
    measure: str = "employment",
) -> pd.DataFrame:
    """One industry in one period: a row for each region that has figures, by finding, the largest first.

    Columns: region_code, region, level, country_code, country, industry_id, industry, scheme, period, measure, amount,
    location_quotient, quotient_basis, quotient_gap, is_strong, employment, employment_basis, employment_published (the
    figure of persons employed, and how it is estimated, whatever the measure), organisations (names, a list),
    organisation_ids, organisation_count, possible_organisations and possible_ids (of the organisations of the industry
    that may be in the region, lists), finding (one of FINDINGS), earlier_period (the last year before with a figure;
    missing for a mean of years), earlier_amount, change (amount over earlier_amount, minus 1).
    Organised: a current cluster organisation is placed in the region and in the industry (organisation_industries).
    """
    finding = (
        "CASE WHEN is_strong AND organisation_count > 0 THEN $f0 WHEN is_strong THEN $f1 "
        "WHEN organisation_count > 0 THEN if(is_strong IS NULL, $f3, $f2) ELSE if(is_strong IS NULL, $f5, $f4) END"
    )
    return fetch(
        connection,
        "WITH organised AS (SELECT region_code, list_sort(list(DISTINCT organisation)) AS organisations, "
        "list_sort(list(DISTINCT organisation_id)) AS organisation_ids FROM organisation_industries "
        f"WHERE industry_id = $industry GROUP BY region_code), possible AS ({POSSIBLE}), "
        # A change is between two single years; a mean of years has none.
        "earlier AS (SELECT region_code, max(period) AS earlier_period, arg_max(amount, period) AS earlier_amount "
        "FROM location_quotients WHERE industry_id = $industry AND measure = $measure AND amount IS NOT NULL "
        "AND strlen(period) = 4 AND strlen($period) = 4 AND period < $period GROUP BY region_code), "
        "found AS (SELECT q.region_code, region, level, q.country_code, c.name AS country, industry_id, industry, "
        "q.scheme, period, measure, amount, location_quotient, quotient_basis, quotient_gap, is_strong, "
        "employment, employment_basis, employment_published, coalesce(organisations, []) AS organisations, "
        "coalesce(organisation_ids, []) AS organisation_ids, "
        "len(coalesce(organisations, [])) AS organisation_count, coalesce(possible_organisations, []) AS "
        "possible_organisations, coalesce(possible_ids, []) AS possible_ids, earlier_period, earlier_amount, "
        "amount / nullif(earlier_amount, 0) - 1 AS change "
        "FROM location_quotients q JOIN industries i USING (industry_id) JOIN countries c USING (country_code) "
        "LEFT JOIN organised USING (region_code) LEFT JOIN possible USING (region_code, industry_id) "
        "LEFT JOIN earlier USING (region_code) "
        "WHERE industry_id = $industry AND period = $period AND measure = $measure AND level <> 'country' "
        f"AND {IN_COUNTRIES}) "
        f"SELECT *, {finding} AS finding FROM found "
        "ORDER BY list_position([$f0, $f1, $f2, $f3, $f4, $f5], finding), amount DESC NULLS LAST, region",
        {
            "industry": industry_id,
            "period": period,
            "countries": as_list(countries),
            "measure": measure,
            **{f"f{number}": text for number, text in enumerate(FINDINGS)},
        },
    )

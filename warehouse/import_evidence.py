"""Sources of rows that are not cited one by one: the import or the shipped data set that they came with.

Evidence of horizon_projects holds ids of projects; evidence of regional_statistics the keys of rows, joined by | as
everywhere, and evidence of statistics_region_totals country, scheme and period. View row_origins says what each source
of theirs is.
"""

import pandas as pd

from warehouse.connection import Connection, fetch

# Table -> query for the number of rows behind the ids, by source.
_ROW_COUNTS = {
    # A region code of a file may hold any character, the other two parts of the key may not.
    "regional_statistics": "WITH ids AS (SELECT unnest($ids) AS id), keys AS (SELECT regexp_extract(id, "
    r"'^(.*)\|([^|]*)\|([^|]*)$', ['region_code', 'industry_id', 'period']) AS key FROM ids) "
    "SELECT source_id, count(*) AS facts FROM regional_statistics "
    "SEMI JOIN (SELECT unnest(key) FROM keys) USING (region_code, industry_id, period) GROUP BY source_id",
    "statistics_region_totals": "SELECT source_id, count(*) AS facts FROM regional_statistics "
    "JOIN regions USING (region_code) JOIN industries USING (industry_id) "
    "WHERE level <> 'country' AND list_contains($ids, concat_ws('|', country_code, scheme, period)) GROUP BY source_id",
    "horizon_projects": "SELECT source_id, count(*) AS facts FROM horizon_projects "
    "WHERE horizon_project_id IN (SELECT unnest($ids)) GROUP BY source_id",
}
IMPORTED = frozenset(_ROW_COUNTS)


def source_summary(connection: Connection, table: str, record_ids: list[str]) -> pd.DataFrame:
    """Imports and data sets behind these records, in the columns of warehouse.provenance.source_summary.

    ``facts`` are rows.
    """
    row_counts = _ROW_COUNTS[table]
    return fetch(
        connection,
        "SELECT source_id, title, publisher, url, licence, reliability, accessed_on, locators, facts "
        f"FROM ({row_counts}) JOIN row_origins USING (source_id) JOIN sources USING (source_id) "
        "ORDER BY facts DESC, title",
        {"ids": list(record_ids)},
    )


def project_citations(connection: Connection, record_ids: list[str]) -> pd.DataFrame:
    """Citations of Horizon projects, in the columns of warehouse.provenance.citations."""
    return fetch(
        connection,
        "SELECT 'horizon_projects' AS table_name, horizon_project_id AS record_id, NULL::VARCHAR AS label, "
        "NULL::VARCHAR AS basis, '*' AS field, "
        "'project ' || horizon_project_id || ' in ' || locators[1] || ', ' || locators[3] AS locator, source_id, "
        "s.title, s.publisher, s.reliability, s.published_on, s.published_precision, s.accessed_on, s.licence, s.url "
        "FROM (SELECT horizon_project_id, source_id FROM horizon_projects) JOIN row_origins USING (source_id) "
        "JOIN sources s USING (source_id) "
        "WHERE horizon_project_id IN (SELECT unnest($ids)) ORDER BY record_id",
        {"ids": list(record_ids)},
    )

"""Sources of imported rows: the file of the user, with its hash, its licence and the day of the import.

Imported rows are not cited one by one. Evidence of horizon_projects holds ids of projects; evidence of
regional_statistics, whose rows have no single key, holds the source_id of each import.
"""

import pandas as pd

from warehouse.connection import Connection, fetch

# Table -> query for the number of imported rows behind the ids, by import.
_ROW_COUNTS = {
    "regional_statistics": "SELECT source_id, rows_imported AS facts FROM imports "
    "WHERE source_id IN (SELECT unnest($ids))",
    "horizon_projects": "SELECT source_id, count(*) AS facts FROM horizon_projects "
    "WHERE horizon_project_id IN (SELECT unnest($ids)) GROUP BY source_id",
}
IMPORTED = frozenset(_ROW_COUNTS)

_FILE = "'file ' || input_file || ', imported on ' || strftime(imported_on, '%-d %B %Y')"
_HASH = "'SHA-256 ' || input_sha256[:16] || '…'"


def source_summary(connection: Connection, table: str, record_ids: list[str]) -> pd.DataFrame:
    """Imports behind these records: the columns of warehouse.provenance.source_summary; facts are imported rows."""
    row_counts = _ROW_COUNTS[table]
    return fetch(
        connection,
        "SELECT source_id, title, publisher, url, licence, reliability, accessed_on, "
        f"[{_FILE}, 'licence: ' || licence, {_HASH}] AS locators, facts "
        f"FROM ({row_counts}) JOIN imports USING (source_id) JOIN sources USING (source_id) ORDER BY facts DESC, title",
        {"ids": list(record_ids)},
    )


def project_citations(connection: Connection, record_ids: list[str]) -> pd.DataFrame:
    """Citations of Horizon projects, in the columns of warehouse.provenance.citations."""
    return fetch(
        connection,
        "SELECT 'horizon_projects' AS table_name, horizon_project_id AS record_id, '*' AS field, "
        f"'project ' || horizon_project_id || ' in ' || {_FILE} || ', ' || {_HASH} AS locator, source_id, s.title, "
        "s.publisher, s.reliability, s.published_on, s.published_precision, s.accessed_on, s.licence, s.url "
        "FROM horizon_projects JOIN imports USING (source_id) JOIN sources s USING (source_id) "
        "WHERE horizon_project_id IN (SELECT unnest($ids)) ORDER BY record_id",
        {"ids": list(record_ids)},
    )

"""The data sets that are shipped with the dashboard, as their cards describe them."""

import pandas as pd

from warehouse.connection import Connection, fetch


def data_sets(connection: Connection) -> pd.DataFrame:
    """The shipped data sets, a row each.

    Columns: dataset_id, format, title, period, attribution, licence, accessed_on, method, estimated, rows_shipped,
    rows_loaded (fewer where an import takes their place), replaced_by (names of such imports, a list), sources (a list:
    what it gives, title, locator and address of each), source_id (of the figures).
    """
    return fetch(
        connection,
        "SELECT dataset_id, d.format, d.title, d.period, attribution, f.licence, f.accessed_on, method, estimated, "
        "rows_shipped, rows_loaded, coalesce((SELECT list_sort(list(DISTINCT import_name)) FROM dataset_replacements "
        "r WHERE r.dataset_id = d.dataset_id), []) AS replaced_by, (SELECT list(t.label || ': ' || s.title || ', ' || "
        "u.locator || coalesce(' (' || s.url || ')', '') ORDER BY u.gives <> 'figures', s.title) FROM dataset_sources "
        "u JOIN sources s USING (source_id) JOIN terms t ON t.vocabulary = 'dataset_sources.gives' AND t.term = "
        "u.gives WHERE u.dataset_id = d.dataset_id) AS sources, d.source_id FROM datasets d JOIN sources f ON "
        "f.source_id = d.source_id ORDER BY dataset_id",
    )

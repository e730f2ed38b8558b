"""Sources of every fact: citations, coverage, corrections, checks and changes."""

import pandas as pd

from domain.record_types import RECORD_TYPES, key_column, source_view
from warehouse import import_evidence
from warehouse.connection import Connection, fetch

# In the locator of a page of which only the address in a footnote is known.
NOT_READ = "not read here"
_CITATION = (
    "SELECT c.table_name, c.record_id, l.label, o.basis, c.field, c.locator, s.source_id, s.title, s.publisher, "
    "c.reliability, s.published_on, s.published_precision, s.accessed_on, s.licence, s.url "
    "FROM record_citations c JOIN sources s USING (source_id) "
    "LEFT JOIN record_labels l ON l.table_name = c.table_name AND l.record_id = c.record_id "
    # One equality, which the database looks up; with a second condition it would compare every pair.
    "LEFT JOIN (SELECT concat_ws('|', table_name[:5], record_id, sector_id) AS key, basis FROM own_sectors) o "
    "ON o.key = CASE WHEN c.table_name = 'story_sectors' THEN 'succe|' || c.record_id "
    "WHEN c.table_name LIKE '%_sectors' THEN c.table_name[:5] || '|' || c.record_id END"
)

# Records that are counted in the profiles of the regions $ids.
_IN_REGIONS = (
    "$table = 'regions' AND (c.table_name, c.record_id) IN (SELECT ('organisations', organisation_id) "
    "FROM region_members WHERE region_code IN (SELECT unnest($ids)) UNION "
    "SELECT ('cooperations', cooperation_id) FROM region_cooperations WHERE region_code IN (SELECT unnest($ids)) UNION "
    "SELECT ('projects', project_id) FROM region_projects WHERE region_code IN (SELECT unnest($ids)))"
)

# Sort key of a locator: its numbers with leading zeros, so that 'paragraph 10' comes after 'paragraph 2'.
_LOCATOR_ORDER = r"regexp_replace(regexp_replace(c.locator, '\d+', '00000000\0', 'g'), '0*(\d{9})(\D|$)', '\1\2', 'g')"


def record(connection: Connection, table: str, record_id: str) -> pd.DataFrame:
    """The record with this id as one row, or no row when there is none. ``table`` has a record type."""
    view, key = source_view(table), key_column(table)
    return fetch(connection, f"SELECT * FROM {view} WHERE {key} = $id", {"id": record_id})


def label(connection: Connection, table: str, record_id: str) -> str:
    """Readable name of a record; '' when there is none."""
    row = connection.execute(
        "SELECT label FROM record_labels WHERE table_name = $table AND record_id = $id",
        {"table": table, "id": record_id},
    ).fetchone()
    return row[0] or "" if row else ""


def citations(connection: Connection, table: str, record_ids: list[str]) -> pd.DataFrame:
    """Citations of these records and of their detail rows (parties, members, targets …).

    Columns: table_name, record_id, label (a readable name), basis (of a sector: stated or assigned), field, locator,
    source_id, title, publisher, reliability (of the source for this fact), published_on, published_precision,
    accessed_on, licence, url.
    """
    if table == "horizon_projects":
        return import_evidence.project_citations(connection, record_ids)
    details = RECORD_TYPES[table].details if table in RECORD_TYPES else ()
    return fetch(
        connection,
        _CITATION + " WHERE (c.table_name = $table AND c.record_id IN (SELECT unnest($ids))) "
        "OR (c.table_name IN (SELECT unnest($details)) AND split_part(c.record_id, '|', 1) IN (SELECT unnest($ids))) "
        f"ORDER BY c.reliability <> 'seed', s.title, {_LOCATOR_ORDER}, c.locator, c.table_name <> $table, "
        "c.table_name, c.record_id, c.field, s.source_id",
        {"table": table, "ids": list(record_ids), "details": list(details)},
    )


def source_summary(connection: Connection, table: str, record_ids: list[str]) -> pd.DataFrame:
    """Sources of these records: source_id, title, publisher, url, licence, reliability, accessed_on, locators, facts.

    ``locators`` is a list of text, ``facts`` the number of records cited; ``reliability`` is that of the source for
    these records: seed, official, secondary, or mixed where it is official for some of them only. For regions they are
    the sources of the organisations, cooperations and projects there, for imported tables the imports
    (warehouse/import_evidence.py).
    """
    if table in import_evidence.IMPORTED:
        return import_evidence.source_summary(connection, table, record_ids)
    chosen = _IN_REGIONS if table == "regions" else "c.table_name = $table AND c.record_id IN (SELECT unnest($ids))"
    return fetch(
        connection,
        "FROM (SELECT s.source_id, s.title, s.publisher, s.url, s.licence, s.accessed_on, "
        "CASE WHEN count(DISTINCT c.reliability) > 1 THEN 'mixed' ELSE min(c.reliability) END AS reliability, "
        f"list_transform(list_sort(list_distinct(list([{_LOCATOR_ORDER}, c.locator]))), pair -> pair[2]) AS locators, "
        "count(DISTINCT c.record_id) AS facts "
        "FROM record_citations c JOIN sources s USING (source_id) "
        f"WHERE {chosen} GROUP BY ALL) ORDER BY reliability <> 'seed', facts DESC, title, source_id",
        {"table": table, "ids": list(record_ids)},
    )


def definition(connection: Connection, table: str) -> str:
    """The SQL of the view that defines what is counted for a table; empty for a plain table."""
    name = source_view(table)
    rows = connection.execute("SELECT sql FROM view_sql WHERE name = $name", {"name": name}).fetchone()
    return rows[0] if rows else ""


def themes(connection: Connection, table: str, record_id: str) -> pd.DataFrame:
    """Themes of a record: name, and basis (stated or assigned)."""
    return fetch(
        connection,
        "SELECT s.name, r.basis FROM record_themes r JOIN sectors s ON s.sector_id = r.theme_id "
        "WHERE r.table_name = $table AND r.record_id = $id ORDER BY r.basis DESC, s.name",
        {"table": table, "id": record_id},
    )


def sources(connection: Connection) -> pd.DataFrame:
    """Every source: the columns of sources, facts (number of records that cite it), tables (their tables), is_read.

    A shipped data set counts as one record, of the table datasets. is_read is false where all citations say that the
    page was not read here, because only a footnote gives its address.
    """
    return fetch(
        connection,
        "FROM (SELECT s.*, "
        "count(DISTINCT c.table_name || '/' || c.record_id) AS facts, "
        "list_sort(list_distinct(list(c.table_name) FILTER (c.table_name IS NOT NULL))) AS tables, "
        "coalesce(bool_or(c.is_read), false) AS is_read "
        "FROM source_register s LEFT JOIN (SELECT table_name, record_id, source_id, "
        f"NOT contains(coalesce(locator, ''), '{NOT_READ}') AS is_read FROM citations "
        "UNION ALL SELECT 'datasets', dataset_id, source_id, true FROM dataset_sources) c USING (source_id) "
        "GROUP BY ALL) ORDER BY reliability <> 'seed', facts DESC, title",
    )


def facts_of_source(connection: Connection, source_id: str) -> pd.DataFrame:
    """Facts cited from a source: table_name, record (a readable name), field, locator."""
    return fetch(
        connection,
        "SELECT table_name, coalesce(label, record_id) AS record, field, locator FROM cited_facts "
        "WHERE source_id = $id ORDER BY ALL",
        {"id": source_id},
    )


def place_coverage(connection: Connection) -> pd.DataFrame:
    """Organisations by side and origin (seed documents, researched) and by how precisely they are located."""
    return fetch(
        connection,
        "SELECT side, origin, row_count AS organisations, city_count AS city, region_count AS region, "
        "country_count AS country, unknown_count AS unknown FROM coverage WHERE table_name = 'organisations' "
        "ORDER BY ALL",
    )


def row_coverage(connection: Connection) -> pd.DataFrame:
    """Rows and cited rows of every table of facts, from the seed documents and researched."""
    return fetch(
        connection,
        "SELECT table_name, row_count AS rows, cited_count AS cited, seed_count AS from_the_seed_documents, "
        "researched_count AS researched FROM citation_coverage ORDER BY table_name",
    )


def field_coverage(connection: Connection) -> pd.DataFrame:
    """How many rows have a value, for every column that may be blank, by side where a table has sides."""
    return fetch(
        connection,
        "SELECT table_name, field, side, row_count AS rows, filled_count AS filled, "
        "typed_missing_count AS missing_with_reason FROM field_coverage WHERE row_count > 0 "
        "ORDER BY table_name, field, side",
    )


def names(connection: Connection) -> pd.DataFrame:
    """Decisions on two names: whether they mean the same organisation (merged) or only look alike (kept apart).

    Columns: name_as_found, found_in, decision, organisation, compared_with, reason. Names that were added without a
    like name are left out.
    """
    return fetch(
        connection,
        "SELECT name_as_found, origin AS found_in, decision, o.name AS organisation, "
        "coalesce(other.name, compared_with) AS compared_with, reason "
        "FROM reconciliation r JOIN organisations o USING (organisation_id) "
        "LEFT JOIN organisations other ON other.organisation_id = compared_with "
        "WHERE decision <> 'added' ORDER BY decision, name_as_found, compared_with, origin",
    )


def corrections(connection: Connection) -> pd.DataFrame:
    """Misprints in sources, with the values that replace them."""
    return fetch(connection, "SELECT * FROM corrections ORDER BY table_name, record_id, field")


def checks(connection: Connection) -> pd.DataFrame:
    """Results of the declared data checks of this build."""
    return fetch(connection, "SELECT * FROM check_results ORDER BY passed, severity, check_id")


def changes(connection: Connection) -> pd.DataFrame:
    """Change log of the facts: from the release before the last to the last, and from the last to this build.

    Columns: change (added, changed, withdrawn), from_release, to_release, table_name, record.
    """
    return fetch(
        connection,
        "SELECT change, from_release_id AS from_release, coalesce(to_release_id, 'this build') AS to_release, "
        "table_name, coalesce(label, record_id) AS record FROM release_changes WHERE from_release_id IN "
        "(SELECT release_id FROM releases ORDER BY release_id DESC LIMIT 2) "
        "ORDER BY to_release_id IS NULL DESC, to_release_id DESC, change DESC, table_name, record",
    )

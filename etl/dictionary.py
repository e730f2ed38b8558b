"""The words of the schema: comments of view columns, and the column dictionary of data/README.md."""

from pathlib import Path

import duckdb

from etl.errors import EtlError
from etl.schema import Schema, Table

# The tables or views whose columns a view or register passes on, the most telling first; they
# settle what `name` or `side` means there.
PASSED_ON = {
    "project_usa_targets": ("projects",),
    "escp4i_generations": ("projects",),
    "own_sectors": ("organisation_sectors",),
    "record_sectors": ("sector_themes",),
    "record_themes": ("sector_links",),
    "organisation_themes": ("organisation_countries", "record_themes"),
    "project_themes": ("project_aliases", "record_themes"),
    "cooperation_themes": ("cooperation_parties", "record_themes"),
    "event_themes": ("event_places", "record_themes"),
    "policy_themes": ("policy_sectors", "record_themes"),
    "project_labels": ("projects",),
    "party_labels": ("cooperation_parties",),
    "cited_facts": ("citations", "sources"),
    "organisation_register": ("organisations", "organisation_country_lists", "sector_lists"),
    "project_register": ("projects", "project_labels", "project_usa_targets", "sector_lists", "organisation_register"),
    "cooperation_register": ("cooperations", "sector_lists", "organisation_register"),
    "cooperation_links": ("cooperations",),
    "event_register": ("events", "sector_lists", "organisation_register"),
    "policy_register": ("policies", "policy_projects", "sector_lists", "organisation_register"),
    "story_register": ("success_stories", "sector_lists", "organisation_register"),
    "opportunity_register": ("opportunities", "sector_lists"),
    "statistics_region_totals": ("regional_statistics",),
    "statistics_country_totals": ("regional_statistics", "regions"),
    "location_quotients": ("regional_statistics", "regions", "statistics_country_totals"),
    "organisation_clusters": ("organisations", "regional_statistics"),
    "horizon_project_themes": ("horizon_projects", "sector_links"),
    "horizon_project_register": ("horizon_projects",),
    "horizon_participation_register": ("horizon_participations", "horizon_projects", "countries"),
    "horizon_eu_organisations": ("horizon_participations", "countries"),
}

BEGIN = "<!-- columns: written by `python -m etl describe --columns`, do not edit -->"
END = "<!-- end of columns -->"


def inherit_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Give each bare column of a view or register the comment of the column it passes on.

    A column that is made anew needs a COMMENT of its own in the SQL file; a test finds bare ones.
    """
    rows = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    known = {(table, column): comment for table, column, comment in rows if comment}
    for table, column, comment in rows:
        passed_on = [known[source, column] for source in PASSED_ON.get(table, ()) if (source, column) in known]
        if not comment and passed_on:
            text = passed_on[0].replace("'", "''")
            connection.execute(f"COMMENT ON COLUMN {table}.{column} IS '{text}'")


def column_dictionary(schema: Schema) -> str:
    """Every table and column that input files and imports fill, as Markdown."""
    tables = sorted(schema.described_tables, key=lambda table: table.name)
    return "\n\n".join(map(_table_section, tables)) + "\n"


def _table_section(table: Table) -> str:
    references = {key.columns[0]: f"{key.referenced_table}.{key.referenced_columns[0]}" for key in table.foreign_keys}
    lines = [
        f"### {table.name}",
        "",
        table.comment,
        "",
        "| column | type | blank | meaning |",
        "|---|---|---|---|",
    ]
    for column in table.columns:
        notes = [column.comment]
        if column.name in table.key:
            notes.append("Part of the key." if len(table.key) > 1 else "Key.")
        if column.name in references:
            notes.append(f"Refers to {references[column.name]}.")
        blank = "yes" if column.is_nullable else "no"
        meaning = " ".join(notes).replace("|", "\\|")
        lines.append(f"| `{column.name}` | {column.type.lower()} | {blank} | {meaning} |")
    return "\n".join(lines)


def write_dictionary(readme: Path, schema: Schema) -> bool:
    """Put the dictionary between its two markers in the README. Returns whether the file changed.

    Raises EtlError when a marker is missing.
    """
    text = readme.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise EtlError(f"{readme} needs these two lines once each:\n{BEGIN}\n{END}")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    new = f"{before}{BEGIN}\n\n{column_dictionary(schema)}\n{END}{after}"
    if new != text:
        readme.write_text(new, encoding="utf-8")
    return new != text

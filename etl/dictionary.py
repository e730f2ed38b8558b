"""Column comments: those that views inherit, and the column dictionary in data/README.md."""

from pathlib import Path

from etl.database import Connection, sql_literal
from etl.errors import EtlError
from etl.schema import Schema, Table

# View or register -> the tables and views whose column comments it inherits. The order matters where
# several have a column of the same name, such as `name` or `side`: the first one wins.
COMMENT_SOURCES = {
    "project_usa_targets": ("projects",),
    "escp4i_generations": ("projects",),
    "own_sectors": ("organisation_sectors",),
    "record_sectors": ("sector_themes",),
    "theme_assignments": ("record_sectors", "sector_themes"),
    "record_themes": ("sector_links",),
    "organisation_themes": ("organisation_countries", "record_themes"),
    "project_themes": ("project_aliases", "record_themes"),
    "cooperation_themes": ("cooperation_parties", "record_themes"),
    "event_themes": ("event_places", "record_themes"),
    "policy_themes": ("policy_sectors", "record_themes"),
    "project_labels": ("projects",),
    "party_labels": ("cooperation_parties",),
    "record_citations": ("citations",),
    "cited_facts": ("citations", "sources"),
    "organisation_gaps": ("organisations",),
    "project_gaps": ("projects",),
    "cooperation_gaps": ("cooperations",),
    "event_gaps": ("events",),
    "organisation_register": ("organisations", "organisation_country_lists", "sector_lists", "possible_values"),
    "project_register": (
        "projects",
        "project_labels",
        "project_usa_targets",
        "sector_lists",
        "organisation_register",
        "possible_values",
    ),
    "cooperation_register": (
        "cooperations",
        "cooperation_statuses",
        "sector_lists",
        "organisation_register",
        "possible_values",
    ),
    "cooperation_links": ("cooperations", "cooperation_statuses"),
    "citation_coverage": ("coverage",),
    "event_register": ("events", "sector_lists", "organisation_register", "possible_values"),
    "policy_register": ("policies", "policy_projects", "sector_lists", "organisation_register", "possible_values"),
    "story_register": ("success_stories", "sector_lists", "organisation_register", "possible_values"),
    "opportunity_register": ("opportunities", "sector_lists", "possible_values"),
    "figure_register": ("figures",),
    "source_register": ("sources", "source_states"),
    "statistics_region_totals": ("regional_statistics", "regions"),
    "statistics_country_totals": ("regional_statistics", "regions"),
    "location_quotients": ("regional_statistics", "regions", "statistics_country_totals"),
    "industry_memberships": ("organisations",),
    "possible_organisation_industries": ("organisations",),
    "organisation_industries": ("organisations", "regional_statistics"),
    "horizon_project_themes": ("horizon_projects", "sector_links"),
    "horizon_project_register": ("horizon_projects",),
    "horizon_participation_register": ("horizon_participations", "horizon_projects", "countries"),
    "region_specialisation": ("regions", "regional_statistics", "location_quotients"),
    "region_register": ("regions", "region_centres", "countries"),
    "horizon_organisations": ("horizon_participations", "countries"),
}

BEGIN = "<!-- columns: written by `python -m etl describe --columns`, do not edit -->"
END = "<!-- end of columns -->"


def inherit_comments(connection: Connection) -> None:
    """Give each column of a view or register that has no comment the comment of the column it comes from.

    A computed column needs a COMMENT of its own in the SQL file; a test finds those without one.
    """
    rows = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    known = {(table, column): comment for table, column, comment in rows if comment}
    for table, column, comment in rows:
        inherited = [known[source, column] for source in COMMENT_SOURCES.get(table, ()) if (source, column) in known]
        if not comment and inherited:
            connection.execute(f"COMMENT ON COLUMN {table}.{column} IS {sql_literal(inherited[0])}")


def column_dictionary(schema: Schema) -> str:
    """Markdown that describes every table and column filled from CSV files or imports."""
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
    """Write the dictionary between its two markers in the README. Returns whether the file changed.

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

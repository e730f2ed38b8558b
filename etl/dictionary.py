"""The words of the schema: comments of view columns, and the column dictionary of data/README.md."""

from pathlib import Path

import duckdb

from etl.errors import EtlError
from etl.schema import Schema, Table

# The table whose columns a view passes on; it settles what `name` or `side` means there.
MAIN_TABLES = {
    "project_usa_targets": "projects",
    "organisation_themes": "organisations",
    "project_themes": "projects",
    "cooperation_themes": "cooperations",
    "event_themes": "events",
    "policy_themes": "policies",
    "record_sectors": "sectors",
    "own_sectors": "organisation_sectors",
    "project_labels": "projects",
    "party_labels": "cooperation_parties",
    "cited_facts": "citations",
    "organisation_register": "organisations",
    "project_register": "projects",
    "cooperation_register": "cooperations",
    "cooperation_links": "cooperations",
    "event_register": "events",
    "policy_register": "policies",
    "story_register": "success_stories",
    "opportunity_register": "opportunities",
}

BEGIN = "<!-- columns: written by `python -m etl describe --columns`, do not edit -->"
END = "<!-- end of columns -->"


def inherit_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Give each bare view column the comment of the column it passes on.

    The column of the view's main table wins; otherwise the name must have one meaning in the whole
    database. Columns without either need a COMMENT of their own (a test finds them).
    """
    rows = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    views = {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    known = {(table, column): comment for table, column, comment in rows if comment}
    meanings: dict[str, set[str]] = {}
    for (_, column), comment in known.items():
        meanings.setdefault(column, set()).add(comment)
    for view, column, comment in rows:
        inherited = known.get((MAIN_TABLES.get(view), column))
        if inherited is None and len(meanings.get(column, ())) == 1:
            (inherited,) = meanings[column]
        if view in views and not comment and inherited:
            text = inherited.replace("'", "''")
            connection.execute(f"COMMENT ON COLUMN {view}.{column} IS '{text}'")


def column_dictionary(schema: Schema) -> str:
    """Every table and column of the input files as Markdown."""
    tables = sorted(schema.input_tables, key=lambda table: table.name)
    return "\n\n".join(map(_table_section, tables)) + "\n"


def _table_section(table: Table) -> str:
    references = {
        key.columns[0]: f"{key.referenced_table}.{key.referenced_columns[0]}" for key in table.foreign_keys
    }
    lines = [
        f"### {table.name}", "", table.comment, "",
        "| column | type | blank | meaning |", "|---|---|---|---|",
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

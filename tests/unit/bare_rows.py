"""Rows of the tables of facts with no more than what their rules ask for."""

from datetime import date
from typing import Any

import duckdb

# What each table must have, whatever the rule.
NEEDED: dict[str, dict[str, Any]] = {
    "countries": {"is_eu": False},
    "cooperation_statuses": {"commitment": "activity", "is_current": False},
    "sectors": {"is_priority": False},
    "sources": {
        "title": "T",
        "publisher": "P",
        "document_type": "report",
        "accessed_on": date(2026, 1, 1),
        "licence": "none",
        "reliability": "official",
    },
    "citations": {"field": "*", "locator": "page 1"},
    "organisations": {
        "name": "N",
        "kind": "company",
        "side": "EU",
        "location_precision": "unknown",
        "is_cluster_organisation": False,
        "named_in_seeds": False,
    },
    "projects": {
        "name": "N",
        "kind": "programme",
        "funding_status": "not stated",
        "target_list": "unknown",
        "start_precision": "undated",
        "end_precision": "undated",
    },
    "project_members": {"role": "partner"},
    "project_countries": {"basis": "stated"},
    "policy_projects": {"kind": "programme"},
    "figures": {"subject_type": "project", "unit": "clusters", "qualifier": "exact", "value_stated": "n"},
    "cooperations": {
        "kind": "collaboration",
        "status": "ongoing",
        "title": "T",
        "is_eu_us": True,
        "date_precision": "undated",
    },
    "policies": {"name": "N", "kind": "programme", "side": "EU", "description": "D", "date_precision": "undated"},
    "success_stories": dict.fromkeys(
        ("title", "context", "cooperation_type", "objective", "policy_support", "results"), "T"
    ),
    "opportunities": {"sector_id": "water", "statement": "S"},
    "event_places": {"location_precision": "unknown"},
    "missing_values": {"reason": "not applicable"},
    "events": {"name": "N", "kind": "workshop", "status_in_source": "held", "date_precision": "undated"},
}


def insert(connection: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    """Add a row; other needed columns have a value of NEEDED."""
    values = NEEDED.get(table, {}) | values
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))


def keep_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """Make a view of each table that a build fills from others, so that it sees rows that are added later."""
    kept = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for name, sql in connection.execute("SELECT name, sql FROM view_sql").fetchall():
        if name in kept:
            connection.execute(f"DROP TABLE {name}")
            connection.execute(sql.replace("CREATE TABLE", "CREATE VIEW", 1))

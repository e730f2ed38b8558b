"""Draws where sources disagree, for the profiles of records and sources."""

import pandas as pd

from domain.frames import records
from ui import screen
from ui.markup import joined, md
from warehouse import disagreements
from warehouse.query_cache import run_query


def disagreements_about(table: str, record_id: str) -> None:
    """Draw what other sources say of a record, and the contradictions about it."""
    _alternatives(run_query(disagreements.alternatives, table, record_id), "Other sources say", "source")
    _contradictions(run_query(disagreements.contradictions, table, record_id))


def disagreements_of_source(source_id: str) -> None:
    """Draw where a source differs from what a record or another source says."""
    others = run_query(disagreements.alternatives_of_source, source_id)
    _alternatives(others, "Values that differ from those recorded", "record")
    _contradictions(run_query(disagreements.contradictions_of_source, source_id))


def _alternatives(others: pd.DataFrame, heading: str, column: str) -> None:
    """A line per value; ``column`` names what stands in brackets."""
    if others.empty:
        return
    screen.markdown(md("**{}**", heading))
    for row in records(others):
        note = f" – {row['note']}" if isinstance(row["note"], str) else ""
        screen.markdown(md("- {}: {} ({}){}", row["field"].replace("_", " "), row["value"], row[column], note))


def _contradictions(found: pd.DataFrame) -> None:
    """Both statements of each contradiction with their locators, and how it was handled."""
    if found.empty:
        return
    screen.markdown(md("**Contradictions**"))
    for row in records(found):
        statements = (
            md("  - {} ({}, {})", row[f"statement_{one}"], row[f"title_{one}"], row[f"locator_{one}"])
            for one in ("a", "b")
        )
        lines = (md("- {}", row["topic"]), *statements, md("  - Handling: {}", row["handling"]))
        screen.markdown(joined("\n", lines))

"""Draws where sources disagree, for the profiles of records and sources."""

import pandas as pd
import streamlit as st

from domain.frames import records
from ui.parts.citations import plain
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
    st.markdown(f"**{heading}**")
    for row in records(others):
        note = f" – {plain(row['note'])}" if isinstance(row["note"], str) else ""
        st.markdown(f"- {row['field'].replace('_', ' ')}: {plain(row['value'])} ({plain(row[column])}){note}")


def _contradictions(found: pd.DataFrame) -> None:
    """Both statements of each contradiction with their locators, and how it was handled."""
    if found.empty:
        return
    st.markdown("**Contradictions**")
    for row in records(found):
        statements = (
            f"  - {plain(row[f'statement_{one}'])} ({plain(row[f'title_{one}'])}, {plain(row[f'locator_{one}'])})"
            for one in ("a", "b")
        )
        st.markdown("\n".join([f"- {plain(row['topic'])}", *statements, f"  - Handling: {plain(row['handling'])}"]))

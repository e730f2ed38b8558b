"""Views of the page Sources that are not registers: coverage, gaps, contradictions, checks and the build."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cards import tables
from domain.file_names import file_name
from exports.csv.table import to_csv
from warehouse import disagreements, provenance, queries
from warehouse.query_cache import run_query


@dataclass(frozen=True)
class PlainView:
    """A table of the page: its title, its question to the warehouse, and one sentence on what it shows."""

    title: str
    question: Callable[..., pd.DataFrame]
    words: str


PLAIN_VIEWS = {
    "coverage": PlainView(
        "Coverage",
        provenance.place_coverage,
        "Organisations by side and origin, and the level to which their place is known. Cover differs between the EU and "
        "the USA for reasons of our sources: the two documents are European, and public lists of cluster organisations "
        "differ between the sides. A difference in numbers here is not a difference in the field.",
    ),
    "rows": PlainView(
        "Citations",
        provenance.row_coverage,
        "Rows of every table of facts, how many of them are cited, and whether they rest on the two documents or were "
        "researched.",
    ),
    "fields": PlainView(
        "Fields",
        provenance.field_coverage,
        "How many rows have a value, for every column that may be blank, and how many of the blanks have a reason.",
    ),
    "missing": PlainView(
        "Missing values",
        disagreements.all_missing_values,
        "Values known to be missing, by the reason the source gives. Any other blank is shown as “not stated”.",
    ),
    "alternatives": PlainView(
        "Other values",
        disagreements.all_alternatives,
        "Values that another source gives for a field of a record. The record keeps the value of the seed documents.",
    ),
    "contradictions": PlainView(
        "Contradictions",
        provenance.contradictions,
        "Where two statements do not agree: both are shown, and what this dashboard does about it.",
    ),
    "corrections": PlainView(
        "Corrections",
        provenance.corrections,
        "Slips of the pen, corrected as data. The build fails when the old value is no longer there.",
    ),
    "changes": PlainView(
        "Changes",
        provenance.changes,
        "What was added, changed or withdrawn between the last two releases, and since the last one, fact by fact.",
    ),
    "checks": PlainView("Checks", provenance.checks, "Declared checks of this build, each with its reason."),
}


def plain_view(name: str) -> None:
    """Draw one of PLAIN_VIEWS."""
    view = PLAIN_VIEWS[name]
    _table(name, run_query(view.question), view.words)


def _table(key: str, frame: pd.DataFrame, words: str) -> None:
    """A table with one sentence on what it shows, and its CSV; an empty one says so."""
    st.markdown(words)
    if frame.empty:
        st.info("There is none in this build.")
        return
    headings = {column: column.replace("_", " ").capitalize() for column in frame.columns}
    shown = tables.readable(frame, headings, missing="not applicable")
    st.dataframe(shown, hide_index=True, alt=f"Table of {key}: {len(shown)} rows", key=f"{key}_table")
    st.download_button(
        "CSV",
        lambda: to_csv(shown),
        file_name(key, "no filter"),
        "text/csv",
        key=f"{key}_csv",
        on_click="ignore",
        icon=":material/download:",
    )


def build_section() -> None:
    """Build id, time and the fingerprint of every input file."""
    info = run_query(queries.build_info).iloc[0]
    release = info["release_id"] if isinstance(info["release_id"], str) else "not a release"
    st.markdown(
        f"Build `{info['build_id']}` of {info['built_at']:%-d %B %Y, %H:%M} UTC; release: {release}; schema version "
        f"{info['schema_version']}."
    )
    hashes = json.loads(info["source_hashes"])
    _table(
        "build-inputs",
        pd.DataFrame({"file": list(hashes), "sha_256": list(hashes.values())}),
        "The build id is the hash of all inputs; these are their own.",
    )

"""Views of the page Sources that are not registers: coverage, plain tables, and the build."""

import json

import pandas as pd
import streamlit as st

from exports.csv_file import file_name, to_csv
from ui import tables
from ui.cached import ask
from warehouse import evidence, queries


def plain_table(key: str, frame: pd.DataFrame, words: str) -> None:
    """A table with one sentence on what it shows, and its CSV; an empty one says so."""
    st.markdown(words)
    if frame.empty:
        st.info("There is none in this build.")
        return
    shown = tables.readable(frame, {column: column.replace("_", " ").capitalize() for column in frame.columns})
    st.dataframe(shown, hide_index=True, alt=f"Table of {key}: {len(shown)} rows", key=f"{key}_table")
    st.download_button("CSV", lambda: to_csv(shown), file_name(key, "no filter"), "text/csv", key=f"{key}_csv", on_click="ignore",
                       icon=":material/download:")


def coverage_section() -> None:
    """How far our sources reach, side by side."""
    plain_table("coverage", ask(evidence.coverage), "How many rows each table has, by side and origin, how many are cited, and how "
                "precisely places are known. Cover differs between the EU and the USA for reasons of our sources: the two documents are "
                "European, and public lists of cluster organisations differ between the sides. A difference in numbers here is not a "
                "difference in the field.")


def build_section() -> None:
    """Build id, time and the fingerprint of every input file."""
    info = ask(queries.build_info).iloc[0]
    release = info["release_id"] if isinstance(info["release_id"], str) else "not a release"
    st.markdown(f"Build `{info['build_id']}` of {info['built_at']:%-d %B %Y, %H:%M} UTC; release: {release}; schema version "
                f"{info['schema_version']}.")
    hashes = json.loads(info["source_hashes"])
    plain_table("build-inputs", pd.DataFrame({"file": list(hashes), "sha_256": list(hashes.values())}),
                "The build id is the hash of all inputs; these are their own.")

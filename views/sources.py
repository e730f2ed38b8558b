"""The page Sources: coverage and documents, then tables on citations, gaps, contradictions, checks and the build."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cards import tables
from domain.file_names import file_name
from domain.filter_values import NO_FILTER
from domain.filters import Filters
from domain.frames import records
from domain.record_types.sources import SOURCES
from domain.text import format_period, plural
from exports.csv.table import spreadsheet_csv
from ui import screen, state
from ui.markup import code, md
from ui.parts.cards import show_card
from ui.parts.data_sets import data_set_text
from ui.parts.folded import folded
from ui.parts.number_columns import thousands
from ui.parts.registers import draw_register, kept_rows
from warehouse import datasets, disagreements, provenance, queries, query_cache
from warehouse.connection import Connection
from warehouse.query_cache import run_query


@dataclass(frozen=True)
class PlainView:
    """A table of the page: its title, its query, and a sentence on what it shows."""

    title: str
    query: Callable[[Connection], pd.DataFrame]
    description: str


PLAIN_VIEWS = {
    "rows": PlainView(
        "Citations",
        provenance.row_coverage,
        "Rows of every table of facts, how many of them are cited, and how many come from the seed documents or from "
        "our research.",
    ),
    "fields": PlainView(
        "Fields",
        provenance.field_coverage,
        "For every column that may be blank: how many rows have a value, and how many blanks have a reason.",
    ),
    "missing": PlainView(
        "Missing values",
        disagreements.all_missing_values,
        "Missing values whose reason is known. Any other blank is displayed as “not stated”.",
    ),
    "alternatives": PlainView(
        "Other values",
        disagreements.all_alternatives,
        "Values that another source gives for a field of a record. The record keeps the value of the seed documents.",
    ),
    "contradictions": PlainView(
        "Contradictions",
        disagreements.all_contradictions,
        "Statements that disagree, with their sources, and how this dashboard treats them.",
    ),
    "names": PlainView(
        "Names",
        provenance.names,
        "Which names mean the same organisation and were merged, and which only look alike and were kept apart, each "
        "with the reason. An organisation counts once, under whatever name a source tells of it.",
    ),
    "corrections": PlainView(
        "Corrections",
        provenance.corrections,
        "Misprints in the sources, and the values that replace them. The build fails when an old value is no longer "
        "there.",
    ),
    "changes": PlainView(
        "Changes",
        provenance.changes,
        "Facts that were added, changed or withdrawn between the last two releases, and since the last one.",
    ),
    "checks": PlainView("Checks", provenance.checks, "The data checks of this build, each with its reason and result."),
}

# Views of the panel: value in the URL -> title.
TECHNICAL = {"data-sets": "Data sets"} | {name: view.title for name, view in PLAIN_VIEWS.items()} | {"build": "Build"}


def sources_page(filters: Filters) -> None:
    """Draw coverage and documents, and the other tables in a panel; a link to one of these draws it first."""
    is_chosen = st.query_params.get("view") in TECHNICAL
    if is_chosen:
        _technical(is_open=True)
    show_card("source_coverage", filters)
    if SOURCES.register:
        screen.header("Documents", anchor=False)
        draw_register(SOURCES.register, kept_rows("sources", provenance.sources), filters)
    if not is_chosen:
        _technical(is_open=False)


def _technical(*, is_open: bool) -> None:
    folded(
        "Technical: data sets, citations, gaps, contradictions, checks",
        _technical_view,
        key="technical",
        icon=":material/build:",
        expanded=is_open,
    )


def _technical_view() -> None:
    chosen = state.url_choice("view", TECHNICAL, "Show")
    screen.header(TECHNICAL[chosen], anchor=False)
    if chosen == "build":
        build_section()
    elif chosen == "data-sets":
        data_sets_section()
    else:
        plain_view(chosen)


def plain_view(name: str) -> None:
    """Draw one of PLAIN_VIEWS."""
    view = PLAIN_VIEWS[name]
    _table(name, run_query(view.query), view.description)


def _table(key: str, frame: pd.DataFrame, description: str) -> None:
    """Draw a table with a sentence on what it shows and its CSV; an empty one says so."""
    screen.markdown(description)
    if frame.empty:
        screen.info("This build has no rows for this table.")
        return
    headings = {column: column.replace("_", " ").capitalize() for column in frame.columns}
    table = tables.readable(frame, headings, missing="not applicable")
    st.dataframe(
        table,
        column_config=thousands(table, headings),
        hide_index=True,
        alt=f"Table of {key}: {plural(len(table), 'row')}",
        key=f"{key}_table",
    )
    screen.download_button(
        "CSV",
        lambda: spreadsheet_csv(table),
        file_name(key, NO_FILTER, "csv", query_cache.release_name()),
        "text/csv",
        key=f"{key}_csv",
        on_click="ignore",
        icon=":material/download:",
    )


def data_sets_section() -> None:
    """Draw the card of every data set that is shipped with the dashboard."""
    screen.markdown(
        "Figures that are shipped with this dashboard as a whole. An import of the user takes the place of those that "
        "it holds too."
    )
    for row in records(run_query(datasets.data_sets)):
        with st.container(border=True, key=f"dataset_{row['dataset_id']}"):
            screen.markdown(md("**{}, {}**", row["title"], row["period"]))
            screen.markdown(data_set_text(row))


def build_section() -> None:
    """Draw build id, time and the SHA-256 hash of every input file."""
    info = run_query(queries.build_info).iloc[0]
    release = info["release_id"] if isinstance(info["release_id"], str) else "not a release"
    screen.markdown(
        md(
            "Build {} of {}, {:%H:%M} UTC; release: {}; schema version {}.",
            code(info["build_id"]),
            format_period(info["built_at"], info["built_at"], "day"),
            info["built_at"],
            release,
            info["schema_version"],
        )
    )
    hashes = json.loads(info["source_hashes"])
    _table(
        "build-inputs",
        pd.DataFrame({"file": list(hashes), "sha_256": list(hashes.values())}),
        "The build id is a hash of all inputs. These are the SHA-256 hashes of the single files.",
    )

"""Sources of figures and records: documents, locators, method and SQL."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from cards.citation_words import CitedPlace, cited_places
from cards.sources import RELIABILITY_LABELS, joint_reliability, source_summary
from domain.evidence import Evidence
from domain.frames import records
from domain.record_types import RECORD_TYPES
from domain.text import capitalised, format_locators, format_period, plural
from domain.urls import is_web_address
from ui import screen
from ui.markup import Markdown, joined, markdown_link, md, plain
from warehouse import provenance
from warehouse.query_cache import run_query

MAX_DOCUMENTS, MAX_LOCATORS = 8, 12
MAX_TOLD = 3  # records of a figure of which it is said what each place tells
# Records that are cited by those behind them, or by their import.
_NOT_TOLD = frozenset({"regions", "horizon_projects", "sources"})


def source_popover(
    key: str, evidence: Sequence[Evidence], method: str, *, note: str = "", is_small: bool = False
) -> None:
    """Draw a button that opens the sources of a figure with records of several tables, after a note on the figure.

    The panel is filled only when it is open.
    """
    label = "Sources" if is_small else "Sources and method"
    kind: Literal["tertiary", "secondary"] = "tertiary" if is_small else "secondary"
    panel = screen.popover(label, icon=":material/menu_book:", key=f"{key}_sources", on_change="rerun", type=kind)
    if panel.open:
        with panel, st.container(key=f"panel_{key}_sources"):
            if note:
                screen.markdown(note)
            parts = _by_table(evidence)
            for part in parts:
                if part.table != "sources":
                    documents(part)
            screen.markdown(md("**Method.** {}", method))
            for part in parts:
                _definition(part.table)


def _by_table(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence merged to one per table."""
    ids: dict[str, dict[str, None]] = {}
    for part in evidence:
        ids.setdefault(part.table, {}).update(dict.fromkeys(part.record_ids))
    return tuple(Evidence(table, tuple(record_ids)) for table, record_ids in ids.items())


def _definition(table: str) -> None:
    """Draw the SQL of the view behind a table in a collapsed panel."""
    sql = run_query(provenance.definition, table)
    if sql:
        with screen.expander("SQL of the view"):
            st.code(sql, language=None, wrap_lines=True)


def documents(evidence: Evidence) -> None:
    """Draw the sources of the records, each with its places and the number of records that cite it.

    Of few records it says what is recorded from each place.
    """
    if len(evidence.record_ids) <= MAX_TOLD and evidence.table in RECORD_TYPES and evidence.table not in _NOT_TOLD:
        for record_id in evidence.record_ids:
            _told(evidence.table, record_id)
        return
    summary = source_summary(evidence)
    screen.markdown(
        md("**Sources.** {}, {}.", plural(len(evidence.record_ids), "record"), plural(len(summary), "source"))
    )
    for row in records(summary.head(MAX_DOCUMENTS)):
        locators = list(row["locators"])
        reliability = RELIABILITY_LABELS[row["reliability"]]
        screen.markdown(
            md(
                "- **{}** ({}; {}; read on {}): {}",
                _linked_title(row),
                reliability,
                plural(row["facts"], "record"),
                format_period(row["accessed_on"], row["accessed_on"], "day"),
                format_locators(locators, MAX_LOCATORS),
            )
        )
    if len(summary) > MAX_DOCUMENTS:
        left_out = plural(len(summary) - MAX_DOCUMENTS, "more source")
        screen.caption(f"{left_out}: open single records, or see the page Sources.")


def _told(table: str, record_id: str) -> None:
    """Draw the name of a record, and what is recorded of it from each place."""
    rows = run_query(provenance.record, table, record_id)
    name = "" if rows.empty else rows.iloc[0][RECORD_TYPES[table].title]
    screen.markdown(md("**Sources** of {}", name) if isinstance(name, str) and name else md("**Sources**"))
    _places(table, record_id)


def citation_panel(table: str, record_id: str) -> None:
    """Draw all citations of one record by source, and the SQL of the view that it is read from."""
    _places(table, record_id)
    _definition(table)


def _places(table: str, record_id: str) -> None:
    """Draw each source of a record, with its places and what is recorded from them."""
    citations = run_query(provenance.citations, table, [record_id])
    if len(citations):
        screen.caption("For each place in a source: what is recorded from there, in our own words.")
    for _, rows in citations.groupby("source_id", sort=False):
        _one_source(table, record_id, rows)


def _one_source(table: str, record_id: str, rows: pd.DataFrame) -> None:
    first = records(rows.head(1))[0]
    published = format_period(first["published_on"], first["published_on"], first["published_precision"])
    screen.markdown(md("**{}**  \n{}, published: {}", _linked_title(first), first["publisher"], published))
    places = cited_places(table, record_id, rows)
    screen.markdown(joined("\n", map(_place, places)))
    reliability = RELIABILITY_LABELS[joint_reliability(rows["reliability"])]
    accessed = format_period(first["accessed_on"], first["accessed_on"], "day")
    screen.caption(f"{capitalised(reliability)} · read on {accessed} · licence: {first['licence']}")


def _place(place: CitedPlace) -> Markdown:
    """A line of a list: the place, and what is recorded from there."""
    locators = md("- **{}**", "; ".join(place.locators))
    return md("{}: {}", locators, place.words) if place.words else locators


def _linked_title(source: Mapping[str, Any]) -> Markdown:
    """The title of a source, as a link where it has an address."""
    if is_web_address(source["url"]):
        return markdown_link(source["title"], source["url"])
    return plain(source["title"])

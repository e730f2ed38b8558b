"""Sources of figures and records: documents, locators, method and SQL."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from cards.sources import RELIABILITY_LABELS, joint_reliability, source_summary
from domain.evidence import Evidence
from domain.frames import records
from domain.text import format_locators, format_period, plural
from domain.urls import is_web_address
from warehouse import provenance
from warehouse.query_cache import run_query

MAX_DOCUMENTS, MAX_LOCATORS = 8, 12


def source_popover(
    key: str, evidence: Sequence[Evidence], method: str, *, note: str = "", is_small: bool = False
) -> None:
    """Draw a button that opens the sources of a figure with records of several tables, after a note on the figure.

    The panel is filled only when it is open.
    """
    label = "Sources" if is_small else "Sources and method"
    kind: Literal["tertiary", "secondary"] = "tertiary" if is_small else "secondary"
    panel = st.popover(label, icon=":material/menu_book:", key=f"{key}_sources", on_change="rerun", type=kind)
    if panel.open:
        with panel:
            if note:
                st.markdown(plain(note))
            st.markdown(f"**Method.** {plain(method)}")
            for part in _by_table(evidence):
                _definition(part.table)
                if part.table != "sources":
                    documents(part)


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
        with st.expander("SQL of the view"):
            st.code(sql, language=None, wrap_lines=True)


def documents(evidence: Evidence) -> None:
    """Draw the sources of the records, each with its locators and the number of records that cite it."""
    summary = source_summary(evidence)
    st.markdown(f"**Sources.** {plural(len(evidence.record_ids), 'record')}, {plural(len(summary), 'source')}.")
    for row in records(summary.head(MAX_DOCUMENTS)):
        locators = list(row["locators"])
        reliability = RELIABILITY_LABELS[row["reliability"]]
        st.markdown(
            f"- **{plain(row['title'])}** ({reliability}; {plural(row['facts'], 'record')}): "
            f"{plain(format_locators(locators, MAX_LOCATORS))}"
        )
    if len(summary) > MAX_DOCUMENTS:
        left_out = plural(len(summary) - MAX_DOCUMENTS, "more source")
        st.caption(f"{left_out}: open single records, or see the page Sources.")


def citation_panel(table: str, record_id: str) -> None:
    """Draw all citations of one record, by source."""
    citations = run_query(provenance.citations, table, [record_id])
    for _, rows in citations.groupby("source_id", sort=False):
        _one_source(rows)


def _one_source(rows: pd.DataFrame) -> None:
    first = rows.iloc[0]
    locators = []
    for row in records(rows):
        field = "" if row["field"] == "*" else f" [{row['field'].replace('_', ' ')}]"
        locators.append(plain(row["locator"]) + field)
    published = format_period(first["published_on"], first["published_on"], first["published_precision"])
    title = plain(first["title"])
    if is_web_address(first["url"]):
        title = markdown_link(first["title"], first["url"])
    st.markdown(f"**{title}**  \n{plain(first['publisher'])}, published: {published}")
    st.markdown("\n".join(f"- {locator}" for locator in dict.fromkeys(locators)))
    reliability = RELIABILITY_LABELS[joint_reliability(rows["reliability"])]
    accessed = format_period(first["accessed_on"], first["accessed_on"], "day")
    st.caption(f"{reliability[0].upper()}{reliability[1:]} · accessed {accessed} · licence: {plain(first['licence'])}")


def plain(text: str) -> str:
    """Text of the data with all characters escaped that Markdown would interpret, also as a character reference."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#$|~:&" else c for c in str(text))


def markdown_link(title: str, url: str) -> str:
    """A Markdown link to a web address (domain.urls.is_web_address), whatever characters both hold."""
    # Between angle brackets only a backslash and an ampersand have a meaning of their own.
    return f"[{plain(title)}](<{url.replace(chr(92), '%5C').replace('&', '&amp;')}>)"

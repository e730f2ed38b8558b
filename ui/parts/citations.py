"""One mechanism from any figure, row or point to where it stands in a source."""

import pandas as pd
import streamlit as st

from cards.card import Evidence
from cards.sources import RELIABILITY_WORDS, source_summary
from domain.shares import plural
from domain.text import format_period
from domain.urls import is_web_address
from warehouse import provenance, query_cache

MAX_DOCUMENTS, MAX_LOCATORS = 8, 12


def source_button(key: str, evidence: Evidence, method: str) -> None:
    """The button beside a figure that opens its citation panel; filled only when it is open."""
    source_popover(key, [evidence], method)


def source_popover(key: str, evidence: list[Evidence], method: str) -> None:
    """The same button for a statement that rests on records of several tables."""
    panel = st.popover("Sources and method", icon=":material/menu_book:", key=f"{key}_sources", on_change="rerun")
    if panel.open:
        with panel:
            st.markdown(f"**How is this computed?** {method}")
            for part in evidence:
                _definition(part.table)
                if part.table != "sources":
                    documents(part)


def _definition(table: str) -> None:
    """The SQL behind a figure, folded."""
    sql = query_cache.run_query(provenance.definition, table)
    if sql:
        with st.expander("SQL of the view"):
            st.code(sql, language=None, wrap_lines=True)


def documents(evidence: Evidence) -> None:
    """Documents behind the records, each with its locators and how many records it carries."""
    summary = source_summary(evidence)
    # Evidence of statistics names their import, not each row.
    records = int(summary["facts"].sum()) if evidence.table == "regional_statistics" else len(evidence.record_ids)
    st.markdown(f"**Where does it stand?** {plural(records, 'record')}, {plural(len(summary), 'source')}.")
    for row in summary.head(MAX_DOCUMENTS).itertuples():
        places = list(row.locators)
        more = f" … and {len(places) - MAX_LOCATORS} more" if len(places) > MAX_LOCATORS else ""
        st.markdown(
            f"- **{plain(row.title)}** ({RELIABILITY_WORDS[row.reliability]}; {plural(row.facts, 'record')}): "
            f"{plain('; '.join(places[:MAX_LOCATORS]))}{more}"
        )
    if len(summary) > MAX_DOCUMENTS:
        st.caption(f"{len(summary) - MAX_DOCUMENTS} more sources: open single rows, or see the page Sources.")


def citation_panel(table: str, record_id: str) -> None:
    """All citations of one record: document, locator, reliability, access date, and other values."""
    found = query_cache.run_query(provenance.citations, table, [record_id])
    for source_id, rows in found.groupby("source_id", sort=False):
        _one_source(rows)
    others = query_cache.run_query(provenance.alternatives, table, record_id)
    if len(others):
        st.markdown("**Other sources say**")
        for row in others.itertuples():
            note = f" – {plain(row.note)}" if isinstance(row.note, str) else ""
            st.markdown(f"- {row.field.replace('_', ' ')}: {plain(row.value)} ({plain(row.source)}){note}")


def _one_source(rows: pd.DataFrame) -> None:
    first = rows.iloc[0]
    places = []
    for row in rows.itertuples():
        what = "" if row.field == "*" else f" [{row.field.replace('_', ' ')}]"
        places.append(plain(row.locator) + what)
    published = format_period(first["published_on"], first["published_on"], first["published_precision"])
    title = plain(first["title"])
    if is_web_address(first["url"]):
        title = f"[{title}]({first['url']})"
    st.markdown(f"**{title}**  \n{plain(first['publisher'])}, published: {published}")
    st.markdown("\n".join(f"- {place}" for place in dict.fromkeys(places)))
    st.caption(
        f"{RELIABILITY_WORDS[first['reliability']].capitalize()} · read on {first['accessed_on']:%-d %B %Y} · licence: {plain(first['licence'])}"
    )


def plain(text: str) -> str:
    """Text from the data as text: nothing in it is read as Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#$|~:" else c for c in str(text))

"""One mechanism from any figure, row or point to where it stands in a source."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.formats import format_period
from ui import cached
from warehouse import evidence as questions

MOST_DOCUMENTS, MOST_LOCATORS = 8, 12

RELIABILITY_WORDS = {
    "seed": "one of the two documents presented here",
    "official": "official page",
    "secondary": "secondary source",
}


@dataclass(frozen=True)
class Evidence:
    """The records a figure rests on: a table and the ids counted or shown."""

    table: str
    record_ids: tuple[str, ...]


def key_column(table: str) -> str:
    """The id column of a table whose records can be cited."""
    return questions.RECORD_KEYS[table]


def _summary(evidence: Evidence) -> pd.DataFrame:
    return cached.ask(questions.source_summary, evidence.table, list(evidence.record_ids))


def source_line(evidence: Evidence) -> str:
    """'Sources: Discussion paper … (Table 1) and 3 more documents'."""
    summary = _summary(evidence)
    if evidence.table == "sources":
        return f"{len(evidence.record_ids)} sources"
    if summary.empty:
        return "Sources: none of the rows shown is cited"
    first = summary.iloc[0]
    places = list(first["locators"])
    where = "; ".join(places[:2]) + (f" and {len(places) - 2} more places" if len(places) > 2 else "")
    more = len(summary) - 1
    rest = f" and {more} more source{'s' if more > 1 else ''}" if more else ""
    return f"Source{'s' if more else ''}: {first['title']} ({where}){rest}"


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
    sql = cached.ask(questions.definition, table)
    if sql:
        with st.expander("SQL of the view"):
            st.code(sql, language="sql", wrap_lines=True)


def documents(evidence: Evidence) -> None:
    """Documents behind the records, each with its locators and how many records it carries."""
    summary = _summary(evidence)
    st.markdown(f"**Where does it stand?** {len(evidence.record_ids)} records, {len(summary)} sources.")
    for row in summary.head(MOST_DOCUMENTS).itertuples():
        places = list(row.locators)
        more = f" … and {len(places) - MOST_LOCATORS} more" if len(places) > MOST_LOCATORS else ""
        st.markdown(
            f"- **{plain(row.title)}** ({RELIABILITY_WORDS[row.reliability]}; {row.facts} records): "
            f"{plain('; '.join(places[:MOST_LOCATORS]))}{more}"
        )
    if len(summary) > MOST_DOCUMENTS:
        st.caption(f"{len(summary) - MOST_DOCUMENTS} more sources: open single rows, or see the page Sources.")


def citation_panel(table: str, record_id: str) -> None:
    """All citations of one record: document, locator, reliability, access date, and other values."""
    found = cached.ask(questions.citations, table, [record_id])
    for source_id, rows in found.groupby("source_id", sort=False):
        _one_source(rows)
    others = cached.ask(questions.alternatives, table, record_id)
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
    if isinstance(first["url"], str) and first["url"].startswith("http"):
        title = f"[{title}]({first['url']})"
    st.markdown(f"**{title}**  \n{plain(first['publisher'])}, published: {published}")
    st.markdown("\n".join(f"- {place}" for place in dict.fromkeys(places)))
    st.caption(
        f"{RELIABILITY_WORDS[first['reliability']].capitalize()} · read on {first['accessed_on']:%-d %B %Y} · licence: {plain(first['licence'])}"
    )


def plain(text: str) -> str:
    """Text from the data as text: nothing in it is read as Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#$|~:" else c for c in str(text))

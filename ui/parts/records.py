"""The panel of one record: what is known of it, what it is linked with, and where that stands."""

import pandas as pd
import streamlit as st

from cards import tables
from domain.text import format_period
from ui import state
from ui.parts import citations
from ui.parts.citations import plain
from ui.parts.horizon_participants import participants
from warehouse import provenance, queries, query_cache

TITLE_COLUMNS = {
    "organisations": "name",
    "projects": "name",
    "cooperations": "title",
    "events": "name",
    "policies": "name",
    "success_stories": "title",
    "opportunities": "sector",
    "activities": "description",
    "figures": "measure",
    "sources": "title",
    "usa_share": "label",
    "horizon_projects": "title",
}

# Facts of a record in reading order: column to heading. `period` is the date in words.
FACTS = {
    "organisations": {
        "kind": "Kind",
        "place": "Place",
        "location_note": "About the place",
        "region": "Region",
        "countries": "Country",
        "side": "Side",
        "founded_year": "Founded",
        "member_count": "Members",
        "member_count_as_of": "Members as of",
        "member_count_note": "What is counted",
        "themes": "Themes",
        "traded_clusters": "Traded clusters",
        "website": "Website",
        "location_precision": "Place known to",
        "location_basis": "Place is",
        "named_in_seeds": "Named in the two documents",
    },
    "projects": {
        "acronym": "Acronym",
        "kind": "Kind",
        "programme": "Programme",
        "generation": "ESCP-4i generation",
        "funding_status": "Funding",
        "targets_usa": "USA among the targets",
        "targets": "Target countries",
        "target_list": "Target list is",
        "lead_name": "Lead",
        "themes": "Themes",
        "website": "Website",
    },
    "cooperations": {
        "kind": "Kind",
        "status": "Status in the source",
        "period": "Date",
        "eu_parties": "EU side",
        "us_parties": "US side",
        "other_parties": "Other countries",
        "themes": "Themes",
        "subject": "Subject",
    },
    "events": {
        "kind": "Kind",
        "period": "Date",
        "status_in_source": "Status in the source",
        "places": "Place",
        "countries": "Country",
        "themes": "Themes",
    },
    "policies": {"kind": "Kind", "side": "Side", "country": "Country", "period": "Date", "themes": "Themes"},
    "success_stories": {
        "parties": "Partners",
        "themes": "Themes",
        "context": "Context",
        "cooperation_type": "Kind of cooperation",
        "objective": "Objective",
        "policy_support": "Policy support",
        "results": "Results",
    },
    "opportunities": {"statement": "Opportunity"},
    "activities": {"cell": "Where in the source", "availability": "Availability"},
    "figures": {
        "value_stated": "As printed",
        "value": "Value",
        "unit": "Unit",
        "qualifier": "Qualifier",
        "population": "Of what",
        "as_of": "As of",
    },
    "sources": {
        "publisher": "Publisher",
        "document_type": "Kind",
        "reliability": "Reliability",
        "licence": "Licence",
        "accessed_on": "Read on",
        "url": "Address",
    },
    "usa_share": {"numerator": "k", "denominator": "n", "population": "Population", "basis": "Basis", "note": "Note"},
    "horizon_projects": {
        "acronym": "Acronym",
        "programme": "Programme",
        "funding_scheme": "Type of action",
        "start_on": "Begins",
        "end_on": "Ends",
        "total_cost_eur": "Total cost (euro)",
        "eu_contribution_eur": "EU contribution (euro)",
        "topics": "Topics",
        "keywords": "Keywords",
    },
}


def show_open_record() -> None:
    """Open the panel of the record in the URL, if there is one."""
    asked = state.open_record()
    if asked is None:
        return
    table, record_id = asked
    found = query_cache.run_query(provenance.record, table, record_id)
    if found.empty:
        st.toast(f"There is no record {citations.plain(record_id[:60])} in this release.", icon=":material/link_off:")
        return
    row = found.iloc[0]
    title = row[TITLE_COLUMNS[table]]
    drawer = st.dialog(
        str(title) if isinstance(title, str) else "Not available",
        width="medium",
        position="right",
        on_dismiss=state.close_record,
    )
    drawer(_panel)(table, record_id, row)


def _panel(table: str, record_id: str, row: pd.Series) -> None:
    if state.open_record() not in (None, (table, record_id)):
        st.rerun(scope="app")
    if isinstance(row.get("description"), str):
        st.markdown(plain(row["description"]))
    _facts(table, record_id, row)
    if table == "organisations":
        _partner_link(record_id, row)
        _organisation_links(record_id)
    elif table == "projects":
        _project_links(record_id, row)
    elif table == "success_stories":
        _cooperation_list(query_cache.run_query(queries.story_cooperations, record_id))
    elif table == "horizon_projects":
        participants(record_id)
    _figures(table, record_id)
    if table == "sources":
        _resting_facts(record_id)
    else:
        st.markdown("### Sources")
        citations.citation_panel(table, record_id)


def _resting_facts(source_id: str) -> None:
    """Every fact that rests on a source, with its place in it."""
    facts = query_cache.run_query(provenance.facts_of_source, source_id)
    st.markdown("### Facts resting on it")
    headings = {"record": "Fact", "locator": "Where in the source", "table_name": "Table", "field": "Column"}
    st.dataframe(tables.readable(facts, headings), hide_index=True, alt=f"{len(facts)} facts resting on this source")


def _facts(table: str, record_id: str, row: pd.Series) -> None:
    """Label and value of every fact; a missing value says which kind of missing it is."""
    reasons = query_cache.run_query(provenance.missing, table, record_id)
    lines = []
    for column, heading in FACTS[table].items():
        if column == "themes":
            value = _themes(table, record_id)
        else:
            value = tables.readable(row.to_frame().T, {column: heading}, table)[heading].iloc[0]
        if value == tables.NOT_STATED:
            value = reasons.get(column, tables.NOT_STATED)
            if column in _SILENT_WHEN_MISSING and column not in reasons:
                continue
        lines.append(f"| {heading} | {plain(value)} |")
    st.markdown("| What | Value |\n|:--|:--|\n" + "\n".join(lines))


def _themes(table: str, record_id: str) -> str:
    """Themes with their basis: what the source names, and what we assigned."""
    found = query_cache.run_query(provenance.themes, table, record_id)
    return ", ".join(f"{row.name} ({row.basis})" for row in found.itertuples(index=False)) or tables.NOT_STATED


# Facts that say something only where they exist.
_SILENT_WHEN_MISSING = {
    "location_note",
    "member_count_note",
    "member_count_as_of",
    "other_parties",
    "generation",
    "acronym",
    "traded_clusters",
    "population",
    "as_of",
    "location_basis",
}


def _partner_link(organisation_id: str, row: pd.Series) -> None:
    """The way to the partner finder, for organisations of either side of the Atlantic."""
    if row["side"] in ("EU", "US"):
        st.page_link(
            "pages/partners.py",
            label="Find partners across the Atlantic",
            icon=":material/group_add:",
            query_params=[*state.read_filters()[0].to_params(), ("for", organisation_id)],
        )


def _organisation_links(organisation_id: str) -> None:
    links = query_cache.run_query(provenance.organisation_links, organisation_id)
    _aliases(links["aliases"])
    for relation, frame in query_cache.run_query(provenance.mergers, organisation_id).groupby("relation"):
        _link_list(relation, frame, "organisations", "organisation_id", lambda r: r.name)
    _link_list("Projects", links["projects"], "projects", "project_id", lambda r: f"{r.project} ({', '.join(r.roles)})")
    _cooperation_list(links["cooperations"])
    _event_list(links["events"])


def _project_links(project_id: str, row: pd.Series) -> None:
    links = query_cache.run_query(provenance.project_links, project_id)
    _aliases(links["aliases"])
    _link_list(
        "Known members",
        links["members"],
        "organisations",
        "organisation_id",
        lambda r: f"{r.name} ({', '.join(r.roles)})",
    )
    _cooperation_list(links["cooperations"])
    _event_list(links["events"])


def _aliases(frame: pd.DataFrame) -> None:
    if len(frame):
        st.markdown("**Also known as** " + plain("; ".join(frame["alias"])))


def _cooperation_list(frame: pd.DataFrame) -> None:
    status = query_cache.labels("cooperations.status")
    _link_list(
        "Cooperations",
        frame,
        "cooperations",
        "cooperation_id",
        lambda r: f"{r.title} ({status.get(r.status, r.status)}; {_period(r)})",
    )


def _event_list(frame: pd.DataFrame) -> None:
    _link_list("Events", frame, "events", "event_id", lambda r: f"{r.name} ({_period(r)})")


def _period(row: object) -> str:
    return format_period(row.start_on, row.end_on, row.date_precision)


def _link_list(heading: str, frame: pd.DataFrame, table: str, key: str, words) -> None:
    """A list of records, each a button that opens its own panel."""
    if frame.empty:
        return
    st.markdown(f"### {heading}")
    with st.container(gap=None):
        for row in frame.itertuples(index=False):
            record_id = getattr(row, key)
            st.button(
                plain(words(row)),
                key=f"open_{table}_{record_id}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=state.show_record,
                args=(table, record_id),
            )


def _figures(table: str, record_id: str) -> None:
    subject = {
        "organisations": "organisation",
        "projects": "project",
        "cooperations": "cooperation",
        "events": "event",
    }.get(table)
    if subject is None:
        return
    frame = query_cache.run_query(provenance.figures_of, subject, record_id)
    _link_list("Figures", frame, "figures", "figure_id", lambda r: f"{r.measure}: {r.value_stated}")

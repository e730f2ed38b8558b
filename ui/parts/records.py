"""The profile of a record: its facts, related records and sources."""

from typing import Any

import pandas as pd
import streamlit as st

from cards import tables
from cards.profile import profile
from domain.frames import records
from domain.record_types import RECORD_TYPES
from domain.text import format_period, plain_excerpt
from ui import screen, state
from ui.faults import guarded
from ui.markup import joined, md
from ui.parts import citations
from ui.parts.disagreements import disagreements_about, disagreements_of_source
from ui.parts.horizon_participants import participants
from ui.parts.record_buttons import left_aligned_buttons
from ui.parts.region_profile import region_industries, region_sources, region_summary
from ui.parts.suggest_change import suggest_change
from warehouse import profiles, provenance
from warehouse.query_cache import run_query
from warehouse.related_lists import RelatedList


def show_open_record() -> None:
    """Open the profile of the record in the URL, if there is one."""
    opened = _open_record()
    if opened is None:
        return
    table, record_id = opened
    rows = run_query(provenance.record, table, record_id)
    if rows.empty:
        screen.toast(f"There is no record {plain_excerpt(record_id, 60)} in this release.", icon=":material/link_off:")
        return
    row = rows.iloc[0]
    title = row[RECORD_TYPES[table].title]
    drawer = screen.dialog(
        title if isinstance(title, str) else "Not available",
        width="medium",
        position="right",
        on_dismiss=state.close_record,
    )
    drawer(guarded(_profile))(table, record_id, row)


def _open_record() -> tuple[str, str] | None:
    """Table and id of the record in the URL; a policy instrument that is stored as a project is that project."""
    opened = state.open_record()
    return opened and (run_query(profiles.table_of_record, *opened), opened[1])


def _profile(table: str, record_id: str, row: "pd.Series[Any]") -> None:
    if _open_record() not in (None, (table, record_id)):
        st.rerun(scope="app")
    if isinstance(row.get("description"), str):
        screen.markdown(row["description"])
    if table == "regions":
        region_summary({str(name): value for name, value in row.items()})
    _facts(table, record_id)
    if table == "regions":
        region_industries({str(name): value for name, value in row.items()})
    if table == "organisations":
        _partner_link(record_id, row)
    if len(aliases := row.get("aliases", ())):
        screen.markdown(md("**Also known as** {}", "; ".join(aliases)))
    for related, rows in run_query(profiles.related, table, record_id):
        _related(related, rows)
    if table == "horizon_projects":
        participants(record_id)
    if table == "sources":
        _facts_of_source(record_id)
        disagreements_of_source(record_id)
    elif table == "regions":
        screen.markdown(md("### Sources"))
        region_sources()
    else:
        screen.markdown(md("### Sources"))
        citations.citation_panel(table, record_id)
        disagreements_about(table, record_id)
    title = row[RECORD_TYPES[table].title]
    suggest_change(table, record_id, title if isinstance(title, str) else record_id)


def _facts_of_source(source_id: str) -> None:
    """Draw the facts cited from a source, with their locators."""
    facts = run_query(provenance.facts_of_source, source_id)
    screen.markdown(md("### Facts cited from this source"))
    headings = {"record": "Fact", "locator": "Locator", "table_name": "Table", "field": "Column"}
    st.dataframe(tables.readable(facts, headings), hide_index=True, alt=f"{len(facts)} facts cited from this source")


def _facts(table: str, record_id: str) -> None:
    """Draw heading and value of every fact, and why other values are missing."""
    known = profile(table, record_id)
    if known is None:
        return
    lines = (md("| {} | {} |", heading, value) for heading, value in known.facts)
    screen.markdown(joined("\n", (md("| Fact | Value |\n|:--|:--|"), *lines)))
    if known.missing:
        reasons = "; ".join(f"{field}: {reason}" for field, reason in known.missing)
        screen.caption(f"Known to be missing: {reasons}")


def _partner_link(organisation_id: str, row: "pd.Series[Any]") -> None:
    """Draw a link to the partner finder, for organisations of the EU and US sides that exist or have a successor."""
    if row["side"] in ("EU", "US") and (row["is_current"] or isinstance(row["successor_id"], str)):
        screen.page_link(
            "pages/partners.py",
            label="Find partners across the Atlantic",
            icon=":material/group_add:",
            query_params=[*state.link_params(state.read_filters()[0]), ("for", organisation_id)],
        )


def _related(related: RelatedList, rows: pd.DataFrame) -> None:
    """Draw a list of records as buttons that open their profiles, or as text where they have none."""
    screen.markdown(md("### {}", related.heading))
    left_aligned_buttons()
    with st.container(gap=None):
        for number, row in enumerate(records(rows)):
            details = [row["detail"]] if isinstance(row["detail"], str) else []
            if isinstance(row["date_precision"], str):
                details.append(format_period(row["start_on"], row["end_on"], row["date_precision"]))
            label = f"{row['label']} ({'; '.join(details)})" if details else row["label"]
            if not related.table:
                screen.markdown(label)
                continue
            screen.button(
                label,
                key=f"open_{related.table}_{row['record_id']}_{number}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=state.show_record,
                args=(related.table, row["record_id"]),
            )

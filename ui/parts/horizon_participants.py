"""The organisations of a Horizon project, in its profile."""

import streamlit as st

from cards import tables
from warehouse import horizon, query_cache

_PARTICIPANTS = {
    "organisation_name": "Organisation",
    "country": "Country",
    "city": "City",
    "role": "Role",
    "activity_type": "Kind of organisation",
    "is_sme": "Small or medium-sized enterprise",
    "eu_contribution_eur": "EU contribution (euro)",
}
_KINDS = {"HES": "education", "REC": "research", "PRC": "private for profit", "PUB": "public body", "OTH": "other"}


def participants(project_id: str) -> None:
    """Draw the organisations of one project."""
    rows = query_cache.run_query(horizon.participations, project_id)
    st.markdown(f"### Organisations ({len(rows)})")
    rows["activity_type"] = rows["activity_type"].replace(_KINDS)
    st.dataframe(
        tables.readable(rows, _PARTICIPANTS), hide_index=True, alt=f"{len(rows)} organisations of this project"
    )

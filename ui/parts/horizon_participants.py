"""The organisations of a Horizon project, as part of its record panel."""

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
    """The organisations of one project, for its panel."""
    found = query_cache.run_query(horizon.participations, project_id)
    st.markdown(f"### Organisations ({len(found)})")
    found["activity_type"] = found["activity_type"].replace(_KINDS)
    st.dataframe(
        tables.readable(found, _PARTICIPANTS), hide_index=True, alt=f"{len(found)} organisations of this project"
    )

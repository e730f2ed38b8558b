"""The organisations of a Horizon project, in its profile."""

import pandas as pd
import streamlit as st

from cards import tables
from ui import screen
from ui.markup import md
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
    """Draw the organisations of one project, and apart those that have left it."""
    rows = query_cache.run_query(horizon.participations, project_id)
    has_left = rows["has_left"].fillna(False).astype(bool)
    _organisations("Organisations", rows[~has_left], "organisations of this project")
    if has_left.any():
        _organisations(
            "Have left the project", rows[has_left], "organisations that have left this project; not counted"
        )


def _organisations(heading: str, rows: pd.DataFrame, noun: str) -> None:
    """Draw a table of organisations without the columns that the file does not have."""
    screen.markdown(md("### {} ({})", heading, len(rows)))
    columns = {column: label for column, label in _PARTICIPANTS.items() if not rows[column].map(tables.is_blank).all()}
    shown = rows.assign(activity_type=rows["activity_type"].replace(_KINDS))
    st.dataframe(tables.readable(shown, columns), hide_index=True, alt=f"{len(rows)} {noun}")

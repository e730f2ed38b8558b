"""What the profile of a region adds to its facts: sentences, and strong industries with their sources."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cards.region_text import region_sentences
from ui.parts.citations import plain
from warehouse import region_profiles
from warehouse.query_cache import run_query


def region_summary(row: Mapping[str, Any]) -> None:
    """Draw what is known in the region in sentences. row: of table region_register."""
    for sentence in region_sentences(row, run_query(region_profiles.has_horizon_projects)):
        st.markdown(plain(sentence))


def region_sources() -> None:
    """Say where the sources of the profile are, and where the names come from."""
    st.markdown(
        "Counts and lists rest on the records listed; each opens with its own sources. Names of NUTS regions: "
        "classification NUTS 2013, © European Union; of cities: GeoNames (CC BY 4.0). The assignment of organisations "
        "to NUTS regions is ours."
    )

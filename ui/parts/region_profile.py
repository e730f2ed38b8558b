"""What the profile of a region adds to its facts: sentences, strong industries and how regions are compared."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cards import tables
from cards.region_statistics import COMPARISON, region_statistics
from cards.region_text import region_sentences
from charts.chart import PLOTLY_CONFIG
from ui import screen
from ui.markup import md
from ui.parts.plotly_figure import PlotlyFigure
from warehouse import region_profiles
from warehouse.query_cache import run_query


def region_summary(row: Mapping[str, Any]) -> None:
    """Draw what is known in the region in sentences. row: of table region_register."""
    for sentence in region_sentences(row, run_query(region_profiles.has_horizon_projects)):
        screen.markdown(sentence)


def region_industries(row: Mapping[str, Any]) -> None:
    """Draw the industries with the highest location quotients, with period and source. row: as of region_summary."""
    found = region_statistics(row["region_code"], row["level"], row["side"])
    if not found.sentences:
        return
    screen.markdown(md("### Industries by employment"))
    for sentence in found.sentences:
        screen.markdown(sentence)
    if found.chart is not None:
        st.plotly_chart(
            PlotlyFigure(found.chart.figure),
            theme=None,
            config=dict(PLOTLY_CONFIG),
            alt=found.chart.alt,
            key="region_industries",
        )
    if found.rows is not None:
        with screen.expander(f"All {len(found.rows)} as a table"):
            st.dataframe(tables.readable(found.rows, found.columns), hide_index=True, alt="Industries of the region")
        screen.caption(COMPARISON)
    if found.source:
        screen.caption(found.source)


def region_sources() -> None:
    """Say where the sources of the profile are, and where the names come from."""
    screen.markdown(
        "Counts and lists rest on the records listed; each opens with its own sources. Names of NUTS regions: "
        "classification NUTS 2013, © European Union; of cities: GeoNames (CC BY 4.0). The assignment of organisations "
        "to NUTS regions is ours."
    )

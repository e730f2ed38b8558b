"""Reference for the map: its basemap without a point, and a filter that adds one.

The benchmark serves the outlines instead of a static folder of this app.
"""

import sys
from pathlib import Path

import pydeck as pdk
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the basemap is that of the dashboard

from maps.basemap_layers import outline_layers
from maps.deck import STATIC_URL, CompactDeck
from maps.extents import EXTENTS

view = EXTENTS["Western Europe"]
layers = outline_layers(STATIC_URL)
st.title("Basemap")
if st.sidebar.pills("Side", ["USA"]):
    st.header("One point")
    place = [{"at": [view.longitude, view.latitude]}]
    layers.append(pdk.Layer("ScatterplotLayer", data=place, get_position="at", get_radius=9000))
else:
    st.header("No point")
st.pydeck_chart(
    CompactDeck(
        layers=layers,
        map_provider=None,
        initial_view_state=pdk.ViewState(latitude=view.latitude, longitude=view.longitude, zoom=view.zoom),
    ),
    height=560,
    key="map",
)

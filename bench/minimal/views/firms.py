"""Firms by industry, made up: a filter and a chart."""

import pandas as pd
import plotly.express as px
import streamlit as st

rows = pd.DataFrame(
    {
        "region": ["North", "North", "North", "South", "South", "South"],
        "industry": ["Energy", "Health", "Food"] * 2,
        "firms": [12, 7, 9, 5, 14, 8],
    }
)
st.title("Firms")
region = st.selectbox("Region", ["All", "North", "South"])
if region != "All":
    rows = rows[rows["region"] == region]
st.plotly_chart(px.bar(rows, x="industry", y="firms", color="region"))

"""Reference app: as small as a Streamlit app can be with three pages and a chart on each."""

import streamlit as st

st.navigation(
    [
        st.Page("views/trade.py", title="Trade", default=True),
        st.Page("views/jobs.py", title="Jobs"),
        st.Page("views/firms.py", title="Firms"),
    ]
).run()

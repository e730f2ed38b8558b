"""The page Workshop mode: the findings step by step on a full screen, and the speaker notes."""

import streamlit as st

from ui.frame.shell import current_filters
from views import workshop

filters = current_filters()
if st.query_params.get("view") == "notes":
    workshop.notes(filters)
else:
    workshop.stage(filters)

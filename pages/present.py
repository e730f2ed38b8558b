"""The workshop mode, and its window of speaker notes under ``view=notes``."""

import streamlit as st

from ui.frame.shell import current_filters
from views import workshop

filters = current_filters()
if st.query_params.get("view") == "notes":
    workshop.notes_window(filters)
else:
    workshop.main_window(filters)

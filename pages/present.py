"""The workshop mode, and its window of speaker notes under ``view=notes``."""

import streamlit as st

from ui.frame.shell import current_filters
from views.workshop import main_window
from views.workshop_notes import notes_window

filters = current_filters()
if st.query_params.get("view") == "notes":
    notes_window(filters)
else:
    main_window(filters)

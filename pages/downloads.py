"""Which files can I take home?"""

import streamlit as st

from ui.frame.shell import current_filters, page_header
from views.downloads import command_line, downloads

filters = current_filters()
page_header("downloads", filters)

st.markdown(
    "Each file tells the story of the workshop for the filters chosen, with k of n, every source and its place, the filters in "
    "words and the data release. It is made when you ask for it."
)
downloads(filters)
st.header("The same without the app", anchor=False)
st.code(command_line(filters), language=None)
st.caption(
    "Single charts have their own files: open *Take home* below each of them. Registers have theirs: *CSV and description*."
)

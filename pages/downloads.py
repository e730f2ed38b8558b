"""Which files can I use and share?"""

import streamlit as st

from ui.frame.shell import current_filters, page_header
from views.downloads import command_line, downloads

filters = current_filters()
page_header("downloads", filters)

st.markdown(
    "Each file tells the story of the workshop for the filters chosen, with the numerator and denominator of every share, "
    "every source and its locators, the filters and the data release. Files are generated on request."
)
downloads(filters)
st.header("The same from the command line", anchor=False)
st.code(command_line(filters), language=None)
st.caption(
    "Single charts have files of their own under *Downloads* below each of them, registers under *CSV and description*."
)

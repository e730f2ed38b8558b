"""The page Downloads: files of the whole workshop."""

import streamlit as st

from ui import screen
from ui.frame.shell import current_filters, page_header
from ui.markup import md
from ui.parts.export_menu import CSV_WITH_METADATA
from views.downloads import command_line, downloads

filters = current_filters()
page_header("downloads", filters)

screen.markdown(
    "Each file holds the steps of the workshop for the chosen filters: every share with numerator and denominator, "
    "every source with its locators, the filters and the data release. Files are generated on request."
)
downloads(filters)
screen.header("Command line", anchor=False)
screen.markdown("This command writes the same files without the app:")
st.code(command_line(filters), language=None)
screen.caption(md("Single charts have files of their own under *Downloads*, registers under *{}*.", CSV_WITH_METADATA))

"""The page Downloads: files of the whole workshop."""

import streamlit as st

from ui import screen
from ui.frame.shell import current_filters, page_header
from ui.markup import md
from ui.parts.export_menu import CSV_WITH_METADATA
from views.downloads import annex_choice, command_line, downloads, whole_dataset

filters = current_filters()
page_header("downloads", filters)

screen.markdown(
    "Each file holds what matches the chosen filters, and names them and the data release. The workbook has every row "
    "and every source with its locators; slides and report show what fits them. Files are generated on request."
)
has_annex = annex_choice()
downloads(filters, has_annex)
screen.header("Open data", anchor=False)
whole_dataset()
screen.header("Command line", anchor=False)
screen.markdown("These commands write the same files, and the dataset as a folder, without the app:")
for command in (command_line(filters, has_annex), "python -m exports dataset --out dataset"):
    st.code(command, language=None, wrap_lines=True)
screen.caption(md("Single charts have files of their own under *Downloads*, registers under *{}*.", CSV_WITH_METADATA))

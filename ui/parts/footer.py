"""The footer of cards and registers: sources, method, rows as CSV, and further downloads."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from cards.sources import source_line
from domain.evidence import Evidence
from domain.file_names import file_name
from exports.csv.table import to_csv
from ui import screen
from ui.faults import fragment
from ui.parts import citations
from warehouse import query_cache


def footer(
    key: str,
    title: str,
    table: pd.DataFrame,
    evidence: Sequence[Evidence],
    method: str,
    filter_label: str,
    downloads: Callable[[], None],
) -> None:
    """Draw source line and release, then buttons for sources and method, the rows as CSV, and ``downloads``.

    ``table`` holds the rows as displayed; ``filter_label`` describes the filters, for the file name.
    """
    screen.caption(f"{source_line(*evidence)} · {query_cache.release_line()}")
    with st.container(horizontal=True):
        citations.source_popover(key, evidence, method)
        screen.download_button(
            "CSV",
            lambda: to_csv(table),
            file_name(title, filter_label, "csv"),
            "text/csv",
            key=f"{key}_csv",
            on_click="ignore",
            icon=":material/download:",
            help="The rows of this table as CSV",
        )
        downloads()


# In a fragment, opening the sources does not rerun the page.
footer_fragment = fragment(footer)

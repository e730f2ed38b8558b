"""What stands below every card and register: sources, method, rows as CSV, and more downloads."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from cards.sources import source_line
from domain.evidence import Evidence
from domain.file_names import file_name
from exports.csv.table import to_csv
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
    """Source line and release, then buttons for sources and method, the rows as CSV, and ``downloads``.

    ``table`` are the rows as shown; ``filter_label`` describes the filters behind them, for the file name.
    """
    st.caption(f"{source_line(*evidence)} · {query_cache.release_line()}")
    with st.container(horizontal=True):
        citations.source_popover(key, evidence, method)
        st.download_button(
            "CSV",
            lambda: to_csv(table),
            file_name(title, filter_label, "csv"),
            "text/csv",
            key=f"{key}_csv",
            on_click="ignore",
            icon=":material/download:",
            help="The rows shown, as CSV",
        )
        downloads()


# A fragment of its own, so that opening the sources does not run the page again.
footer_fragment = st.fragment(footer)

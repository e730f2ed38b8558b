"""The footer of cards and registers: sources, method, rows as CSV, and further downloads."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from cards.sources import brief_source_line
from domain.evidence import Evidence
from domain.file_names import file_name
from domain.filters import Filters
from exports.csv.table import spreadsheet_csv
from ui import screen
from ui.faults import fragment
from ui.parts import citations
from warehouse import query_cache


def footer(
    key: str,
    subject: str,
    table: Callable[[], pd.DataFrame],
    evidence: Sequence[Evidence],
    method: str,
    filters: Filters,
    downloads: Callable[[], None],
) -> None:
    """Draw the source line, then buttons for sources and method, the rows as CSV, and ``downloads``.

    ``table`` makes the rows as displayed, when the file is asked for; ``subject`` and the ``filters`` that restrict
    them name the file.
    """
    screen.caption(brief_source_line(*evidence))
    with st.container(key=f"actions_{key}", horizontal=True, gap="small"):
        citations.source_popover(key, evidence, method)
        screen.download_button(
            "CSV",
            query_cache.bound(lambda: spreadsheet_csv(table())),
            file_name(subject, filters.describe(query_cache.vocabulary()), "csv", query_cache.release_name()),
            "text/csv",
            key=f"{key}_csv",
            on_click="ignore",
            icon=":material/download:",
            help="The rows of this table as CSV",
        )
        downloads()


# In a fragment, opening the sources does not rerun the page.
footer_fragment = fragment(footer)

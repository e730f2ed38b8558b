"""Building blocks of pages: headline, chart card, register and empty state.

Each one leads to its sources through the same button and the same citation panel.
"""

from collections.abc import Callable, Iterable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from cards import tables
from cards.card import Card, Evidence, Register
from cards.headlines import Headline
from cards.sources import key_column, source_line
from charts.chart import PLOTLY_CONFIG
from domain.file_names import file_name
from domain.filters import Filters
from domain.shares import plural
from exports.csv.table import to_csv
from ui import state
from ui.parts import citations
from ui.parts.export_menu import described_rows, take_home
from warehouse import query_cache

ROW_HEIGHT_PX = 35  # of a dataframe row; its header is as high


@st.fragment
def chart_card(card: Card) -> None:
    """Draw a card: chart or table, source line, sources and method, CSV of what it shows."""
    shown = tables.readable(card.rows, card.columns, card.evidence.table)
    with st.container(border=True, key=f"card_{card.key}"):
        st.header(card.title, anchor=False)
        st.caption(card.subtitle)
        view = (
            "Table"
            if card.chart is None
            else st.segmented_control(
                "View",
                ["Chart", "Table"],
                default="Chart",
                required=True,
                key=f"{card.key}_view",
                label_visibility="collapsed",
            )
        )
        if view == "Table":
            st.dataframe(shown, hide_index=True, alt=f"Table: {card.title}", key=f"{card.key}_table")
        else:
            st.plotly_chart(
                go.Figure(card.chart.figure, _validate=False),  # the chart tests validate; here it would cost 30 ms
                theme=None,
                config=dict(PLOTLY_CONFIG),
                alt=card.chart.alt,
                key=f"{card.key}_chart",
            )
        words = state.filter_words(card)
        foot(card.key, card.title, shown, card.evidence, card.method, lambda: take_home(card.key, lambda: card), words)


def foot(
    key: str, title: str, shown: pd.DataFrame, evidence: Evidence, method: str, more: Callable[[], None], words: str
) -> None:
    """Under everything shown: source line, and buttons for sources, rows and ``more``; ``words`` are its filters in words."""
    st.caption(f"{source_line(evidence)} · {query_cache.release_line()}")
    with st.container(horizontal=True):
        citations.source_button(key, evidence, method)
        st.download_button(
            "CSV",
            lambda: to_csv(shown),
            file_name(title, words),
            "text/csv",
            key=f"{key}_csv",
            on_click="ignore",
            icon=":material/download:",
            help="The rows shown, as CSV",
        )
        more()


def register(spec: Register, frame: pd.DataFrame, key: str = "", title: str = "") -> None:
    """A register: selecting a row opens its profile with its sources; the whole can be taken home.

    ``frame`` has the key column of the register's table and its columns; ``key`` and ``title`` tell two
    registers of one table on a page apart.
    """
    key, title = key or spec.table, title or spec.title
    ids = frame[key_column(spec.table)].tolist()
    shown = tables.readable(frame, spec.columns, spec.table)
    picked = f"{key}_rows"

    def open_selected() -> None:
        rows = st.session_state[picked].selection.rows
        # Clicking the same row again takes its selection away: that too means "open it".
        row = rows[0] if rows else st.session_state.get(f"{key}_last")
        if row is not None and row < len(ids):
            st.session_state[f"{key}_last"] = row
            state.show_record(spec.table, ids[row])

    st.dataframe(
        shown,
        hide_index=True,
        key=picked,
        on_select=open_selected,
        selection_mode="single-row",
        height=min(spec.height, ROW_HEIGHT_PX * (len(shown) + 1) + 3),
        alt=f"{title}: {plural(len(shown), 'row')}. Select a row to open its profile and sources.",
    )
    st.caption(f"{plural(len(shown), 'row')}. Select a row (box at its left) to open its profile and its sources.")
    with_ids = pd.concat([pd.Series(ids, name="id", dtype="str"), shown], axis=1)
    lone_foot(
        f"{key}_register",
        title,
        with_ids,
        Evidence(spec.table, tuple(ids)),
        spec.method,
        lambda: described_rows(spec, frame, key),
        state.filter_words(spec),
    )


# Apart, so that opening the sources does not run the page again.
lone_foot = st.fragment(foot)


def headline_row(figures: Iterable[Headline]) -> None:
    """Headline figures beside each other, each with what it counts and the way to its source."""
    with st.container(horizontal=True):
        for figure in figures:
            with st.container(border=True, height="stretch", key=f"headline_{figure.key}"):
                st.markdown(f"**{citations.plain(figure.label)}**")
                st.metric(figure.label, figure.value, label_visibility="collapsed")
                st.caption(citations.plain(figure.note))
                headline_sources(figure.key, figure.evidence, figure.method)


@st.fragment
def headline_sources(key: str, evidence: Evidence, method: str) -> None:
    """The source button of a headline, apart, so that opening it does not run the page again."""
    citations.source_button(key, evidence, method)


def empty_state(question: Callable[[Filters], pd.DataFrame], filters: Filters, noun: str) -> None:
    """Say which filters emptied a view, the nearest choice that does not, and offer both ways out.

    ``question`` gives the rows of the view for other filters.
    """
    if filters.is_empty():
        st.info(f"This build holds no {noun}.")
        return
    words = filters.describe(query_cache.vocabulary())
    st.info(f"No {noun} for this filter: {words}.", icon=":material/filter_alt_off:")
    with st.container(horizontal=True):
        for label, relaxed in filters.relaxations():
            found = len(question(relaxed))
            if found:
                st.button(
                    f"Drop {label}: {found} {noun}",
                    key=f"relax_{noun}_{label}",
                    on_click=state.write_filters,
                    args=(relaxed,),
                )
        st.button(
            "Clear all filters",
            key=f"relax_{noun}_all",
            on_click=state.write_filters,
            args=(Filters(),),
            type="primary",
        )

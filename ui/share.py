"""What can be taken home of one card: rows with their description, pictures, citation, link and frame."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from cards.card import Card, Register
from cards.catalogue import CATALOGUE
from cards.sources import source_line
from charts.chart import IMAGE_FORMATS
from exports.citation import citation
from exports.csv_file import file_name
from exports.links import deep_link
from exports.metadata import csv_with_metadata, register_with_metadata
from exports.pictures import Words, can_draw, picture
from settings import load_settings
from ui import state
from warehouse import answers
from warehouse.filters import Filters


@dataclass(frozen=True)
class _Shared:
    """A card and the view it is taken from."""

    card: Card
    page: str
    filters: Filters


def take_home(card: Card) -> None:
    """The button beside a card; its panel is filled only when it is open."""
    panel = st.popover("Take home", icon=":material/download:", key=f"{card.key}_take", on_change="rerun")
    if panel.open:
        entry = CATALOGUE.get(card.key)
        shared = _Shared(card, entry.page if entry else state.current_page(), state.read_filters()[0])
        with panel:
            _files(shared)
            _citation(shared)
            _frame(shared)


def described_rows(spec: Register, frame: pd.DataFrame, key: str) -> None:
    """A button for the rows of a register with their description."""
    filters, page = state.read_filters()[0], state.current_page()
    st.download_button(
        "CSV and description",
        lambda: register_with_metadata(spec, frame, filters, page, date.today()),
        file_name(spec.title, state.filter_words(), "zip"),
        "application/zip",
        key=f"{key}_described",
        on_click="ignore",
        icon=":material/folder_zip:",
        help="The rows with every column, its meaning, sources, filters and the SQL, as ZIP",
    )


def _files(shared: _Shared) -> None:
    card, today = shared.card, date.today()
    with st.container(horizontal=True):
        _file(card, "CSV and description", "zip", "application/zip", lambda: csv_with_metadata(card, shared.filters, shared.page, today))
        reason = can_draw() if card.chart else ""
        if card.chart and reason is None:
            words = Words(card.title, card.subtitle, source_line(card.evidence), card.filters_in_words(state.filter_words()), answers.release_line())
            for kind in IMAGE_FORMATS:
                mime = "image/png" if kind == "png" else "image/svg+xml"
                _file(card, kind.upper(), kind, mime, lambda kind=kind: picture(card.chart, kind, words))
    if reason:
        st.caption(reason)


def _file(card: Card, label: str, extension: str, mime: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        label, make, file_name(card.title, state.filter_words(), extension), mime, key=f"{card.key}_{extension}", on_click="ignore"
    )


def _citation(shared: _Shared) -> None:
    release = answers.release_name()
    path = deep_link(shared.page, shared.filters, release, base="")
    address = deep_link(shared.page, shared.filters, release) if load_settings().public_url else None
    cited = citation(shared.card, address, path, release, date.today(), shared.card.filters_in_words(state.filter_words()))
    st.markdown("**Cite**")
    for text in (cited.inline, cited.full):
        st.code(text, language=None, wrap_lines=True)
    with st.expander("BibTeX"):
        st.code(cited.bibtex, language=None, wrap_lines=True)
    st.markdown("**Link to this view and release**")
    st.code(address or path, language=None, wrap_lines=True)
    if not address:
        st.caption(load_settings().public_url_problem or "No public address is set (CLUSTERS_PUBLIC_URL), so the link is a path of this dashboard.")


def _frame(shared: _Shared) -> None:
    if shared.card.key not in CATALOGUE or not load_settings().public_url:
        return
    address = deep_link(shared.page, shared.filters, answers.release_name()) + f"&embed=true&card={shared.card.key}"
    st.markdown("**Show it on another site**")
    st.code(f'<iframe src="{escape(address)}" width="100%" height="640" title="{escape(shared.card.title)}"></iframe>', language=None, wrap_lines=True)

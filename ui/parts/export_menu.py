"""What can be taken home of one card: rows with their description, pictures, citation, link and frame."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from cards.applied import applied_words
from cards.card import Card, MapCard, Register
from cards.catalogue import CATALOGUE, make_card
from cards.sources import source_line
from charts.chart import IMAGE_FORMATS
from domain.file_names import file_name
from domain.filters import Filters
from domain.urls import Choices, deep_link
from exports.citation import citation
from exports.csv.metadata import csv_with_metadata, register_with_metadata
from exports.images.outlines import chart_of
from exports.images.render import ImageCaption, last_error, render_image, unavailable_reason
from settings import load_settings
from ui import state
from warehouse import query_cache


@dataclass(frozen=True)
class _Shared:
    """A card and the view it is taken from."""

    card: Card
    page: str
    filters: Filters
    choices: Choices

    @property
    def words(self) -> str:
        """The filters behind the card."""
        return applied_words(self.card, self.filters)

    def link(self, base: str | None = None) -> str:
        """The address of the view, as domain.urls.deep_link."""
        return deep_link(self.page, self.filters, query_cache.release_name(), base, self.choices)


def take_home(key: str, make: Callable[[], Card | None]) -> None:
    """The button beside a card of this key; the card is made and its panel filled only when it is open."""
    panel = st.popover("Take home", icon=":material/download:", key=f"{key}_take", on_change="rerun")
    card = make() if panel.open else None
    if card is not None:
        entry = CATALOGUE.get(card.key)
        shared = _Shared(
            card, entry.page if entry else state.current_page(), state.read_filters()[0], state.page_choices()
        )
        with panel:
            _files(shared)
            _citation(shared)
            _frame(shared)


def described_rows(spec: Register, frame: pd.DataFrame, key: str) -> None:
    """A button for the rows of a register with their description."""
    filters, page, choices = state.read_filters()[0], state.current_page(), state.page_choices()
    st.download_button(
        "CSV and description",
        lambda: register_with_metadata(spec, frame, filters, page, date.today(), choices),
        file_name(spec.title, state.filter_words(spec), "zip"),
        "application/zip",
        key=f"{key}_described",
        on_click="ignore",
        icon=":material/folder_zip:",
        help="The rows with every column, its meaning, sources, filters and the SQL, as ZIP",
    )


def _files(shared: _Shared) -> None:
    card, today = shared.card, date.today()
    with st.container(horizontal=True):
        _file(
            card,
            "CSV and description",
            "zip",
            "application/zip",
            lambda: csv_with_metadata(card, shared.filters, shared.page, today, shared.choices),
        )
        has_figure = card.chart is not None or isinstance(card, MapCard)
        reason = unavailable_reason() if has_figure else ""
        if reason is None:
            words = ImageCaption(
                card.title, card.subtitle, source_line(card.evidence), shared.words, query_cache.release_line()
            )
            for kind in IMAGE_FORMATS:
                mime = "image/png" if kind == "png" else "image/svg+xml"
                _file(card, kind.upper(), kind, mime, lambda kind=kind: render_image(chart_of(card), kind, words))
    if reason or last_error():
        st.caption(reason or f"The last image could not be drawn. {last_error()}")


def _file(card: Card, label: str, extension: str, mime: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        make,
        file_name(card.title, state.filter_words(card), extension),
        mime,
        key=f"{card.key}_{extension}",
        on_click="ignore",
    )


def _citation(shared: _Shared) -> None:
    release = query_cache.release_name()
    path = shared.link("")
    address = shared.link() if load_settings().public_url else None
    cited = citation(shared.card, address, path, release, date.today(), shared.words, shared.choices)
    st.markdown("**Cite**")
    for text in (cited.inline, cited.full):
        st.code(text, language=None, wrap_lines=True)
    with st.expander("BibTeX"):
        st.code(cited.bibtex, language=None, wrap_lines=True)
    st.markdown("**Link to this view and release**")
    st.code(address or path, language=None, wrap_lines=True)
    if not address:
        st.caption(
            load_settings().public_url_problem
            or "No public address is set (CLUSTERS_PUBLIC_URL), so the link is a path of this dashboard."
        )


def _frame(shared: _Shared) -> None:
    if shared.card.key not in CATALOGUE or not load_settings().public_url:
        return
    st.markdown("**Show it on another site**")
    if not _is_what_a_frame_shows(shared):
        st.caption(
            "A frame follows the filters alone, so it would show another figure than this choice of the page. Use the link above."
        )
        return
    address = shared.link() + f"&embed=true&card={shared.card.key}"
    st.code(
        f'<iframe src="{escape(address)}" width="100%" height="640" title="{escape(shared.card.title)}"></iframe>',
        language=None,
        wrap_lines=True,
    )


def _is_what_a_frame_shows(shared: _Shared) -> bool:
    """True when the filters alone give this card; a choice of the page may have made another of the same name."""
    framed, card = make_card(shared.card.key, shared.filters), shared.card
    return (
        framed is not None
        and (framed.title, framed.subtitle) == (card.title, card.subtitle)
        and framed.rows.equals(card.rows)
    )

"""The downloads of one card: rows with metadata, images, citation, link and the code to embed it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from cards.card import Card, FiguresCard
from cards.catalogue import CATALOGUE
from cards.sources import source_line
from charts.chart import IMAGE_FORMATS
from domain.file_names import file_name
from domain.filters import Filters
from domain.records import Register
from domain.urls import Choices, deep_link
from exports.citation import citation
from exports.csv.columns import frame_of
from exports.csv.metadata import csv_with_metadata, register_with_metadata
from exports.csv.table import semicolon_csv
from exports.images.caption import ImageCaption
from exports.images.outlines import chart_of, has_static_map
from exports.images.render import last_error, render_image, unavailable_reason
from exports.rows import card_columns, with_reasons
from exports.subject import card_subject
from exports.xlsx import card as xlsx
from settings import load_settings
from ui import screen, state
from ui.markup import md
from ui.parts.embed_code import embed_code
from warehouse import query_cache

CSV_WITH_METADATA = "CSV with metadata"
_SEMICOLONS = "Semicolons between cells and a comma before decimals, as Excel expects them in most European languages"


@dataclass(frozen=True)
class _Shared:
    """A card, and page, filters and choices of its view."""

    card: Card
    page: str
    filters: Filters
    choices: Choices

    def link(self, base: str | None = None) -> str:
        """The URL of the view, as domain.urls.deep_link."""
        return deep_link(self.page, self.filters, query_cache.release_name(), base, self.choices)


def export_menu(key: str, make: Callable[[], Card | None]) -> None:
    """Draw the button with the downloads of a card. The card is made and the menu filled only when it is open."""
    panel = screen.popover("Downloads", icon=":material/download:", key=f"{key}_downloads", on_change="rerun")
    card = make() if panel.open else None
    if card is not None:
        definition = CATALOGUE.get(card.key)
        page = definition.page if definition else state.current_page()
        shared = _Shared(card, page, state.read_filters()[0], choices_of(card))
        with panel:
            _files(shared)
            _citation(shared)
            _frame(shared)


def choices_of(card: Card) -> Choices:
    """The choices of the page that made a card; for a card that is not in the catalogue all of them."""
    definition, choices = CATALOGUE.get(card.key), state.page_choices()
    return tuple((n, value) for n, value in choices if n in definition.choices) if definition else choices


def csv_with_metadata_button(register: Register, frame: pd.DataFrame, filters: Filters, key: str) -> None:
    """Draw a button for the rows of a register with metadata; ``filters`` are those that restrict it."""
    page, choices = state.current_page(), state.page_choices()
    screen.download_button(
        CSV_WITH_METADATA,
        query_cache.bound(lambda: register_with_metadata(register, frame, filters, page, date.today(), choices)),
        file_name(register.title, filters.describe(query_cache.vocabulary()), "zip", query_cache.release_name()),
        "application/zip",
        key=f"{key}_csv_with_metadata",
        on_click="ignore",
        icon=":material/folder_zip:",
        help="ZIP file with the rows in all columns, and the meaning of each column, sources, filters and SQL",
    )


def _files(shared: _Shared) -> None:
    card, today = shared.card, date.today()
    rows = partial(_rows, card)
    with st.container(horizontal=True):
        _file(
            shared,
            CSV_WITH_METADATA,
            "zip",
            "application/zip",
            lambda: csv_with_metadata(card, shared.filters, shared.page, today, shared.choices),
        )
        address = _address(shared) or shared.link("")
        _file(shared, "XLSX", "xlsx", xlsx.MIME, lambda: xlsx.card_workbook(card, today, address))
        # The footer of the card has a button of the same ending.
        _file(shared, "CSV ( ; )", "csv", "text/csv", lambda: semicolon_csv(rows()), "semicolons", help=_SEMICOLONS)
        has_figure = card.chart is not None or has_static_map(card)
        reason = unavailable_reason() if has_figure else ""
        chart = chart_of(card) if reason is None else None
        if chart is not None:
            caption = ImageCaption(
                card.title, card.note, source_line(*card.all_evidence), card.filter_label, query_cache.release_line()
            )
            for kind in IMAGE_FORMATS:
                mime = "image/png" if kind == "png" else "image/svg+xml"
                _file(shared, kind.upper(), kind, mime, partial(render_image, chart, kind, caption))
    if reason or last_error():
        screen.caption(reason or f"The last image could not be drawn. {last_error()}")


def _rows(card: Card) -> pd.DataFrame:
    """The rows of a card with typed columns, as CSV has them."""
    return frame_of(with_reasons(card_columns(card)))


def _file(
    shared: _Shared,
    label: str,
    extension: str,
    mime: str,
    make: Callable[[], bytes],
    key: str = "",
    help: str | None = None,
) -> None:
    """Draw the button of a file; ``key`` is the end of its key, by default the extension."""
    card = shared.card
    filters = card.filters.describe(query_cache.vocabulary())
    screen.download_button(
        label,
        query_cache.bound(make),
        file_name(card_subject(card, shared.choices), filters, extension, query_cache.release_name()),
        mime,
        key=f"{card.key}_{key or extension}",
        on_click="ignore",
        help=help,
    )


def _citation(shared: _Shared) -> None:
    path = shared.link("")
    address = _address(shared)
    if isinstance(shared.card, FiguresCard):
        for figure in shared.card.figures:
            _cite(replace(shared, card=shared.card.of_figure(figure)), f"Cite: {figure.label}")
    else:
        _cite(shared, "Cite")
    screen.markdown(md("**Link to this view and release**"))
    st.code(address or path, language=None, wrap_lines=True)
    if not load_settings().public_url:
        where = "that of this computer or network" if address else "a path of this dashboard"
        screen.caption(
            load_settings().public_url_problem
            or md("No public URL is set (CLUSTERS_PUBLIC_URL), so the link is {}.", where)
        )


def _address(shared: _Shared) -> str | None:
    """Absolute URL of the view: under the public URL, else as the browser requested it; None where neither is known."""
    base = load_settings().public_url or state.own_address()
    return shared.link(base) if base else None


def _cite(shared: _Shared, heading: str) -> None:
    """Draw how to cite one card: its figure, one line with its source, and the full address."""
    release, card = query_cache.release_name(), shared.card
    path, address = shared.link(""), _address(shared)
    cited = citation(card, address, path, release, date.today(), card.filter_label, shared.choices)
    screen.markdown(md("**{}**", heading))
    for text in (cited.inline, cited.full):
        st.code(text, language=None, wrap_lines=True)
    with screen.expander("BibTeX", key=f"{card.key}_bibtex"):
        st.code(cited.bibtex, language=None, wrap_lines=True)


def _frame(shared: _Shared) -> None:
    if shared.card.key not in CATALOGUE or not load_settings().public_url:
        return
    screen.markdown(md("**Embed in another site**"))
    settings = load_settings()
    if settings.embed_hosts_problem or not settings.embed_hosts:
        screen.caption(
            settings.embed_hosts_problem
            or "Other sites may not show it yet: the operator names them in CLUSTERS_EMBED_HOSTS."
        )
    address = shared.link() + f"&embed=true&card={shared.card.key}"
    st.code(embed_code(address, shared.card.title), language=None, wrap_lines=True)

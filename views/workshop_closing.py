"""The last slide of the workshop mode: the documents cited most, and the code that phones in the room photograph."""

from html import escape

import segno
import streamlit as st

from cards.card import Card
from cards.tables import readable
from domain.filters import Filters
from domain.pages import START_PAGE
from domain.urls import deep_link
from settings import load_settings
from views.workshop_step import table_html
from warehouse import query_cache

MAX_DOCUMENTS = 6
MAX_QR_CHARS = 600  # the code of a longer URL is too fine to photograph from a distance


def closing(card: Card, filters: Filters) -> None:
    """Draw the documents and, where phones can reach the dashboard, the code of its start page with these filters."""
    columns = dict(list(card.columns.items())[:2])
    table = readable(card.rows.head(MAX_DOCUMENTS), columns, card.evidence.table)
    rest = len(card.rows) - len(table)
    more = f"<p>And {rest:,} more: see the page Sources.</p>" if rest else ""
    documents = f"<div>{table_html(table)}{more}</div>"
    st.html(f'<div class="workshop-fit"><div class="workshop-closing">{_code(filters)}{documents}</div></div>')


def _code(filters: Filters) -> str:
    """The QR code with its address in letters; '' where no phone could follow it."""
    public_url = load_settings().public_url
    url = deep_link(START_PAGE, filters, query_cache.release_name())
    if not public_url or len(url) > MAX_QR_CHARS:
        return ""
    image = segno.make(url, error="m").svg_data_uri(scale=10, border=3)
    alt = "QR code of this dashboard with these filters"
    return f'<figure><img src="{image}" alt="{alt}"><figcaption>{escape(public_url)}</figcaption></figure>'

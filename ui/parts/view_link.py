"""The link of a view with its release, and a code to photograph when others can reach the address."""

from html import escape
from io import BytesIO
from urllib.parse import urlencode

import segno
import streamlit as st

from domain.filters import Filters
from domain.urls import deep_link
from settings import load_settings
from ui.parts.citations import plain
from warehouse import query_cache

MAX_LETTERS = 600  # a code of more is too fine to photograph across a room
NO_ADDRESS = (
    "No code to photograph: CLUSTERS_PUBLIC_URL names no address under which others could reach this dashboard. "
    "Path and release, to type or to cite:"
)


def view_link(page: str, filters: Filters, more: list[tuple[str, str]]) -> None:
    """Link and code of a page with these filters; ``more`` are further parameters of its address."""
    settings = load_settings()
    release = query_cache.release_name()
    address = f"{deep_link(page, filters, release)}&{urlencode(more)}" if more else deep_link(page, filters, release)
    if settings.public_url and len(address) <= MAX_LETTERS:
        picture = BytesIO()
        segno.make(address, error="m").save(picture, kind="png", scale=7, border=3)
        st.image(picture.getvalue(), width=380, caption=f"Code of the link to this view, release {release}")
    elif settings.public_url:
        st.markdown("The filters make the link too long for a code to photograph from a distance; it can be copied:")
    else:
        st.markdown(plain(settings.public_url_problem or NO_ADDRESS))
    st.html(f'<p style="font-size:24px;line-height:1.25;overflow-wrap:anywhere">{escape(address)}</p>')
    st.code(address, language=None, wrap_lines=True)

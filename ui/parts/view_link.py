"""The link of a view with its release, and a QR code of it when a public URL is set."""

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

MAX_CHARS = 600  # the QR code of a longer link is too dense to scan from a distance
NO_PUBLIC_URL = (
    "There is no QR code, because no public URL is set (CLUSTERS_PUBLIC_URL). Path and release, to type or to cite:"
)


def view_link(page: str, filters: Filters, more: list[tuple[str, str]]) -> None:
    """Draw the link of a page with these filters and its QR code; ``more`` are further parameters of the URL."""
    settings = load_settings()
    release = query_cache.release_name()
    url = f"{deep_link(page, filters, release)}&{urlencode(more)}" if more else deep_link(page, filters, release)
    if settings.public_url and len(url) <= MAX_CHARS:
        image = BytesIO()
        segno.make(url, error="m").save(image, kind="png", scale=7, border=3)
        st.image(image.getvalue(), width=380, caption=f"QR code of the link to this view, release {release}")
    elif settings.public_url:
        st.markdown("With these filters the link is too long for a QR code that can be scanned from a distance:")
    else:
        st.markdown(plain(settings.public_url_problem or NO_PUBLIC_URL))
    st.html(f'<p style="font-size:24px;line-height:1.25;overflow-wrap:anywhere">{escape(url)}</p>')
    st.code(url, language=None, wrap_lines=True)

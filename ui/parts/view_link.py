"""The URL of a view with its release, and a QR code of it when others can reach the dashboard."""

from html import escape
from io import BytesIO

import segno
import streamlit as st

from domain.filters import Filters
from domain.urls import Choices, deep_link
from settings import load_settings
from ui.parts.citations import plain
from warehouse import query_cache

MAX_QR_CHARS = 600  # the code of a longer URL is too fine to scan from a distance
NO_PUBLIC_URL = (
    "No QR code: `CLUSTERS_PUBLIC_URL` is not set, so there is no address under which others could reach this "
    "dashboard. Path and release, to type or to cite:"
)


def view_link(page: str, filters: Filters, choices: Choices) -> None:
    """URL and QR code of a page with these filters; ``choices`` are parameters of that page alone, name and value."""
    settings = load_settings()
    release = query_cache.release_name()
    url = deep_link(page, filters, release, choices=choices)
    if settings.public_url and len(url) <= MAX_QR_CHARS:
        image = BytesIO()
        segno.make(url, error="m").save(image, kind="png", scale=7, border=3)
        st.image(image.getvalue(), width=380, caption=f"QR code of this view, release {release}")
    elif settings.public_url:
        st.markdown("No QR code: with these filters the link is too long to scan from a distance. Copy it:")
    elif settings.public_url_problem:
        st.markdown(plain(settings.public_url_problem))
    else:
        st.markdown(NO_PUBLIC_URL)
    st.html(f'<p style="font-size:24px;line-height:1.25;overflow-wrap:anywhere">{escape(url)}</p>')
    st.code(url, language=None, wrap_lines=True)

"""A button that copies the address of the view, with the release of the data that it shows."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_NAME = "copy_link"
_ASSETS = Path(__file__).parent / "assets"


@st.cache_resource
def _component() -> ComponentRenderer:
    """The button, registered once per server."""
    html, css, js = ((_ASSETS / f"copy_link.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
    return st.components.v2.component(_NAME, html=html, css=css, js=js)


def copy_link(release: str) -> None:
    """Draw the button; ``release`` becomes part of the copied address."""
    _component()(data={"release": release}, key=_NAME, width="content", height="content")

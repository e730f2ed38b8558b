"""The look of buttons that open a record: their names may take several lines."""

import streamlit as st

# Streamlit centres the lines of a label that is wider than its place.
_LEFT_ALIGNED_LABELS = "<style>[class*='st-key-open_'] p {text-align: left}</style>"


def left_aligned_buttons() -> None:
    """Align the lines of all buttons of the page whose key begins with open_."""
    st.html(_LEFT_ALIGNED_LABELS)

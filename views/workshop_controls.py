"""The component of keys, buttons and second window of the workshop mode, and the step in the URL."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from domain.filters import Filters
from ui import state

PARAMETER = "step"
DESIGN_WIDTH_PX = 1280  # of the window in which the scale is 1
MIN_SCALE, MAX_SCALE = 0.5, 4.0
MIN_NARROW_SCALE = 0.3  # a phone
MAX_STEP_DIGITS = 4
_KEY = "workshop_controls"
_ASSETS = Path(__file__).parent / "assets"


@cache
def asset(name: str) -> str:
    """A file of assets/ as text."""
    return (_ASSETS / name).read_text(encoding="utf-8")


@st.cache_resource
def _component() -> ComponentRenderer:
    """The component, registered once per server."""
    return st.components.v2.component(
        _KEY, html=asset("workshop.html"), css=asset("workshop.css"), js=asset("workshop.js")
    )


def step_in_url(count: int) -> int:
    """Number of the step in the URL, from 1 to ``count``; a higher number gives the last step, other text the first."""
    text = st.query_params.get(PARAMETER, "")
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_STEP_DIGITS):
        return 1
    return min(max(int(text), 1), count)


def window_scale() -> float:
    """Size of the window relative to 1280 by 720 pixels, from 0.5 to 4; 1 until the component reports the size.

    For a narrow window, such as a phone, it is its width relative to 1280 pixels as a negative number: steps are read
    there, with the charts of the pages.
    """
    scale = st.session_state.get(_KEY, {}).get("scale")
    if not isinstance(scale, int | float):
        return 1.0
    if scale <= 0:
        return max(min(float(scale), -MIN_NARROW_SCALE), -1.0)
    return min(max(float(scale), MIN_SCALE), MAX_SCALE)


def controls(current: int, steps: Sequence[int], filters: Filters, map_steps: Sequence[int] | None = None) -> None:
    """Draw keys and buttons.

    ``steps`` are the numbers of the steps that are shown, ``map_steps`` those with a map; None in the notes window.
    """
    _component()(
        data={
            "step": current,
            "steps": list(steps),
            "isMainWindow": map_steps is not None,
            "mapSteps": list(map_steps or []),
            "filters": urlencode(state.link_params(filters)),
            "scale": window_scale(),
        },
        key=_KEY,
        on_turn_change=_write_step,
        on_leave_change=lambda: None,
        on_scale_change=lambda: None,
        width="content",
        height="content",
    )
    if st.session_state[_KEY].get("leave"):
        st.switch_page("pages/overview.py", query_params=state.grouped(state.link_params(filters)))


def _write_step() -> None:
    """Write the step that the component reports into the URL."""
    turn = st.session_state[_KEY].get("turn")
    if turn:
        st.query_params[PARAMETER] = str(int(turn["step"]))

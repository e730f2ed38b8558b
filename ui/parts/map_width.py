"""The width for which a map is laid out: that of its container, as the browser measures it."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from maps.extents import DESIGN_WIDTH_PX

# Before the browser has measured: what fits most phones and most other screens, so that few maps are drawn twice.
PHONE_WIDTH_PX, SCREEN_WIDTH_PX = 360, 900
MIN_WIDTH_PX = 200
MAX_HEIGHT_PX, MIN_HEIGHT_PX = 560, 320
_LAST_WIDTH = "last_map_width"  # session key: what was measured last, for maps that are drawn the first time
_SCRIPT = Path(__file__).parent / "assets" / "map_width.js"


def map_width_px(key: str) -> int:
    """Width in pixels for which the map of this key is laid out.

    It is what ``measure_map_width`` measured, at most DESIGN_WIDTH_PX, because the height of a map does not grow. Until
    the browser has measured one map of the session, it follows from the user agent.
    """
    measured = st.session_state.get(_component_key(key), {}).get("width") or st.session_state.get(_LAST_WIDTH)
    if not isinstance(measured, int | float):
        return PHONE_WIDTH_PX if _is_phone() else SCREEN_WIDTH_PX
    return min(max(round(measured), MIN_WIDTH_PX), DESIGN_WIDTH_PX)


def map_height_px(width_px: int) -> int:
    """Height in pixels of a map of this width: a higher one would show what lies beyond the poles."""
    return min(max(width_px, MIN_HEIGHT_PX), MAX_HEIGHT_PX)


def measure_map_width(key: str) -> None:
    """Draw an invisible ruler as wide as the container; the page runs again where the map does not fit the width."""
    component = _component_key(key)
    _ruler()(
        key=component,
        data={"width": map_width_px(key), "widest": DESIGN_WIDTH_PX},
        on_width_change=lambda: _remember(component),
    )


def _remember(component: str) -> None:
    st.session_state[_LAST_WIDTH] = st.session_state[component].get("width")


def _component_key(key: str) -> str:
    return f"{key}_width"


def _is_phone() -> bool:
    """True for a phone, by its user agent."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


@st.cache_resource
def _ruler() -> ComponentRenderer:
    """The component, registered once per server."""
    return st.components.v2.component("map_width", html='<div class="ruler"></div>', js=_script())

"""The width for which a map or chart is laid out: that of its container, as the browser measures it."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from maps.extents import DESIGN_WIDTH_PX

# Before the browser has measured: what fits most phones, and other screens from a window of 1366 pixels on, so that few
# pages run twice.
PHONE_WIDTH_PX, SCREEN_WIDTH_PX = 360, 875
MIN_WIDTH_PX = 200
MAX_HEIGHT_PX, MIN_HEIGHT_PX = 560, 320
_LAST_WIDTH = "last_map_width"  # session key: what was measured last, for maps that are drawn the first time
_SCRIPT = Path(__file__).parent / "assets" / "map_width.js"


def map_width_px(key: str, likely_px: int = SCREEN_WIDTH_PX) -> int:
    """Width in pixels for which the map of this key is laid out.

    It is what ``measure_map_width`` measured, at most DESIGN_WIDTH_PX, because the height of a map does not grow. Until
    the browser has measured this map, it is that of the map measured last, at most ``likely_px``; until it has measured
    any of the session, it follows from the user agent.
    """
    measured = _number(st.session_state.get(_component_key(key), {}).get("width"))
    if measured is None:
        last = _number(st.session_state.get(_LAST_WIDTH))
        measured = (PHONE_WIDTH_PX if _is_phone() else likely_px) if last is None else min(last, likely_px)
    return min(max(round(measured), MIN_WIDTH_PX), DESIGN_WIDTH_PX)


def _number(value: object) -> float | None:
    """The value where it is a number; the browser may send anything."""
    return value if isinstance(value, int | float) else None


def map_height_px(width_px: int) -> int:
    """Height in pixels of a map of this width: a higher one would show what lies beyond the poles."""
    return min(max(width_px, MIN_HEIGHT_PX), MAX_HEIGHT_PX)


def measure_map_width(key: str, width_px: int) -> None:
    """Draw an invisible ruler as wide as the container; the page runs again where a map laid out so does not fit it."""
    _draw_ruler(key, {"width": width_px, "widest": DESIGN_WIDTH_PX})


def is_narrow(key: str, limit_px: int) -> bool:
    """Whether the container has less than ``limit_px``; the page runs again where the browser finds it otherwise."""
    width_px = map_width_px(key)
    _draw_ruler(key, {"width": width_px, "widest": DESIGN_WIDTH_PX, "limit": limit_px})
    return width_px < limit_px


def _draw_ruler(key: str, data: dict[str, int]) -> None:
    component = _component_key(key)
    _ruler()(key=component, data=data, on_width_change=lambda: _remember(component))


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

"""The workshop mode: all steps drawn in advance, one of them visible, and a second window with the speaker notes.

The steps are shown and turned by the component in assets/workshop.js, see docs/decisions/0014-workshop-mode.md.
"""

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from cards.card import MapCard
from cards.sources import ordered_source_summary, short_source_line
from cards.workshop_steps import FilledStep, Step, declared_steps, fill_step
from charts.workshop_charts import FONT_SIZE_PX
from domain.filters import Filters
from domain.frames import records
from domain.text import format_locators, plural
from maps.cooperation_map import cooperation_map
from ui import state
from ui.frame.filter_widgets import filter_widgets
from ui.frame.release_note import is_of_another_release, release_note
from ui.parts.citations import plain
from ui.parts.cooperation_map_view import legend_marks, map_names
from ui.parts.map_width import PHONE_WIDTH_PX
from ui.parts.view_link import view_link
from views.workshop_step import NARROW_WINDOW, draw
from warehouse import query_cache

PARAMETER = "step"
MIN_SCALE, MAX_SCALE = 0.5, 4.0
MAX_STEP_DIGITS = 4
MAX_NOTE_SOURCES, MAX_NOTE_LOCATORS = 6, 6
_CONTROLS = "workshop_controls"  # key of the component
_MAP_STEP = "workshop_map_step"  # session key: the step whose map is drawn
_EMPTY_STEP_HINT = "Choose another filter with the button below, or go to another step."
_ASSETS = Path(__file__).parent / "assets"
# The map is lower here than on its page: in a window of 1280 by 720 pixels the zoom of an extent is that for a map of
# this width in pixels.
_MAP_WIDTHS_PX = {"Atlantic": 880, "Europe": 540, "USA": 700}
# Time in milliseconds that the map takes to fly to an extent. The times differ so that the browser sees a changed view.
_FLIGHTS_MS = {"Atlantic": 1400, "Europe": 1401, "USA": 1402}


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@st.cache_resource
def _controls_component() -> ComponentRenderer:
    """The component of keys and buttons, registered once per server."""
    return st.components.v2.component(
        _CONTROLS, html=_asset("workshop.html"), css=_asset("workshop.css"), js=_asset("workshop.js")
    )


@cache
def _page_stylesheet() -> str:
    return _asset("workshop_page.css")


def step_in_url(count: int) -> int:
    """Number of the step in the URL, from 1 to ``count``; a higher number gives the last step, other text the first."""
    text = st.query_params.get(PARAMETER, "")
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_STEP_DIGITS):
        return 1
    return min(max(int(text), 1), count)


def _window_scale() -> float:
    """Size of the window relative to 1280 by 720 pixels, from 0.5 to 4; NARROW_WINDOW for a phone.

    It is 1 until the component reports the size.
    """
    scale = st.session_state.get(_CONTROLS, {}).get("scale")
    if not isinstance(scale, int | float):
        return 1.0
    return min(max(float(scale), MIN_SCALE), MAX_SCALE) if scale else NARROW_WINDOW


def main_window(filters: Filters) -> None:
    """Draw all steps, beginning with the one in the URL; the browser shows one of them."""
    st.html(f"<style>{_page_stylesheet()}</style>")
    declared = declared_steps()
    current = step_in_url(len(declared))
    scale = _window_scale()
    filled: dict[int, FilledStep] = {}
    with st.container(key="workshop"):
        containers = {step.number: st.container(key=f"workshop_step_{step.number}") for step in declared}
        for step in sorted(declared, key=lambda step: abs(step.number - current)):
            filled[step.number] = fill_step(step, filters)
            with containers[step.number]:
                _step(step, filled[step.number], scale)
        with st.container(key="workshop_filters", horizontal=True):
            _filter_panel(filters)
        _parts_of_current_step(filled, filters, scale)


def _filter_panel(filters: Filters) -> None:
    with st.popover(f"Filter: {filters.describe(query_cache.vocabulary())}", key="workshop_filter"):
        filter_widgets(filters)
    link_notes = state.read_filters()[1]
    if link_notes or is_of_another_release():
        with st.popover("About this link", key="workshop_link_notes"):
            release_note()
            for note in link_notes:
                st.warning(note, icon=":material/link_off:")


@st.fragment
def _parts_of_current_step(filled: Mapping[int, FilledStep], filters: Filters, drawn_scale: float) -> None:
    """Map, link and controls. A turn runs only this fragment again; the steps stay as they are."""
    if _window_scale() != drawn_scale:
        st.rerun()
    current = step_in_url(len(filled))
    maps = {number: step.card for number, step in filled.items() if isinstance(step.card, MapCard)}
    with st.container(key="workshop_map"):
        if maps:
            _map(maps, current, drawn_scale)
    with st.container(key="workshop_bar", horizontal=True, vertical_alignment="center"):
        link = st.popover("Link", key="workshop_link", on_change="rerun")
        if link.open:  # the QR code takes time: not on every turn
            with link:
                view_link("present", filters, ((PARAMETER, str(current)),))
        _controls(current, len(filled), filters, map_steps=sorted(maps))


def _step(step: Step, filled: FilledStep, scale: float) -> None:
    card = filled.card
    heading = card.title if card else filled.empty
    st.html(
        f'<div class="workshop-head"><p>{escape(step.title)} · {escape(step.question)}</p>'
        f"<h1>{escape(heading)}</h1></div>"
    )
    legend = ""
    source = f"{query_cache.release_line()}."
    if card is None:
        not_counted = f"{filled.not_counted}. " if filled.not_counted else ""
        note = f"{not_counted}{_EMPTY_STEP_HINT}"
    else:
        if isinstance(card, MapCard):  # drawn above the steps, once for all of them
            note = card.note
            legend = f'<div class="workshop-legend">{legend_marks(card.points, card.links)}</div>'
        else:
            note = draw(card, step.number, scale)
        source = f"{short_source_line(*card.all_evidence)}. {source}"
    # The sources come first: a long note is cut at its end.
    footer = f"{source} {note.rstrip('.')}."
    st.html(f'<div class="workshop-footer">{legend}<p>{escape(footer)}</p></div>')


def _map(maps: Mapping[int, MapCard], current: int, scale: float) -> None:
    """Draw one map for all map steps: it flies from extent to extent, and keeps its extent at steps without a map."""
    last = st.session_state.get(_MAP_STEP)
    number = min(maps, key=lambda number: (number != current, number != last, abs(number - current), -number))
    st.session_state[_MAP_STEP] = number
    card = maps[number]
    is_narrow = scale == NARROW_WINDOW
    deck = cooperation_map(
        card.points,
        card.links,
        card.extent,
        labels=map_names(),
        width=PHONE_WIDTH_PX if is_narrow else round(_MAP_WIDTHS_PX[card.extent] * scale),
        font_size_px=None if is_narrow else FONT_SIZE_PX * max(scale, 1),
    )
    deck.initial_view_state.transition_duration = _FLIGHTS_MS[card.extent]
    st.pydeck_chart(deck, key="workshop_map_deck", height="stretch", alt=card.alt)


def _controls(current: int, count: int, filters: Filters, map_steps: list[int] | None = None) -> None:
    """Keys and buttons. ``map_steps`` are the numbers of the steps with a map; None in the notes window."""
    _controls_component()(
        data={
            "step": current,
            "count": count,
            "isMainWindow": map_steps is not None,
            "mapSteps": map_steps or [],
            "filters": urlencode(filters.to_params()),
            "scale": _window_scale(),
        },
        key=_CONTROLS,
        on_turn_change=_write_step,
        on_leave_change=lambda: None,
        on_scale_change=lambda: None,
        width="content",
        height="content",
    )
    if st.session_state[_CONTROLS].get("leave"):
        st.switch_page("pages/overview.py", query_params=state.grouped(filters.to_params()))


def _write_step() -> None:
    """Write the step that the component reports into the URL."""
    turn = st.session_state[_CONTROLS].get("turn")
    if turn:
        st.query_params[PARAMETER] = str(int(turn["step"]))


def notes_window(filters: Filters) -> None:
    """Draw the notes for the speaker: what to say at this step, its method and sources, and the next step.

    A turn in this window turns the main window too, and the other way round.
    """
    declared = declared_steps()
    current = step_in_url(len(declared))
    step = declared[current - 1]
    filled = fill_step(step, filters)
    filter_label = plain(filters.describe(query_cache.vocabulary()))
    st.caption(f"Speaker notes · step {current} of {len(declared)} · filter: {filter_label}")
    st.title(plain(step.title), anchor=False)
    st.markdown(f"**{plain(step.question)}** {plain(filled.card.title if filled.card else filled.empty)}.")
    st.html(f'<p style="font-size:1.5rem;line-height:1.45;max-width:60rem">{escape(step.note)}</p>')
    if filled.card:
        st.markdown(f"**How is this computed?** {plain(filled.card.method)}")
        sources = ordered_source_summary(filled.card.all_evidence)
        for row in records(sources.head(MAX_NOTE_SOURCES)):
            st.markdown(f"- {plain(row['title'])}: {plain(format_locators(list(row['locators']), MAX_NOTE_LOCATORS))}")
        if len(sources) > MAX_NOTE_SOURCES:
            st.caption(f"{plural(len(sources) - MAX_NOTE_SOURCES, 'more source')}.")
    if current < len(declared):
        st.caption(f"Next: {plain(declared[current].title)}. {plain(declared[current].question)}")
    _controls(current, len(declared), filters)

"""The workshop mode: all slides drawn in advance, one of them visible.

The slides are shown and turned by the component in assets/workshop.js, see docs/decisions/0014-workshop-mode.md.
"""

from collections.abc import Mapping
from html import escape

import streamlit as st

from cards.card import MapCard
from cards.workshop_steps import CLOSING, FilledStep, declared_steps, fill_step, slide_numbers
from charts.workshop_charts import FONT_SIZE_PX
from domain.filters import Filters
from domain.product import SHORT_NAME
from maps.cooperation_map import cooperation_map
from ui import screen, state
from ui.faults import fragment
from ui.frame.filter_widgets import filter_widgets, sector_buttons
from ui.frame.release_note import is_of_another_release, release_note
from ui.parts.cooperation_map_view import legend_marks, map_names
from views.workshop_closing import closing
from views.workshop_controls import DESIGN_WIDTH_PX, asset, controls, step_in_url, window_scale
from views.workshop_step import empty_footer, figure, footer
from warehouse import query_cache

LONG_HEADING_CHARS = 110  # a longer one is set smaller, so that it takes two lines
_MAP_STEP = "workshop_map_step"  # session key: the step whose map is drawn
# In a window of 1280 by 720 pixels the zoom of an extent is that for a map of this width in pixels.
_MAP_WIDTHS_PX = {"Atlantic": 1100, "Europe": 640, "USA": 860}
# Time in milliseconds that the map takes to fly to an extent. The times differ so that the browser sees a changed view.
_FLIGHTS_MS = {"Atlantic": 1400, "Europe": 1401, "USA": 1402}


def main_window(filters: Filters) -> None:
    """Draw all slides, beginning with the one in the URL; the browser shows one of them."""
    st.html(f"<style>{asset('workshop_page.css')}</style>")
    declared = declared_steps()
    current = step_in_url(len(declared))
    scale = window_scale()
    filled: dict[int, FilledStep] = {}
    with st.container(key="workshop"):
        containers = {step.number: st.container(key=f"workshop_step_{step.number}") for step in declared}
        for step in sorted(declared, key=lambda step: abs(step.number - current)):
            filled[step.number] = fill_step(step, filters)
            with containers[step.number]:
                _slide(filled[step.number], step.number, filters, scale)
        with st.container(key="workshop_filters", horizontal=True, vertical_alignment="center"):
            sector_buttons(filters, query_cache.vocabulary())
            _filter_panel(filters)
        _parts_of_current_step(filled, slide_numbers(filled, current), filters, scale)


def _filter_panel(filters: Filters) -> None:
    count = len(filters.active())
    with screen.popover(f"Filter ({count})" if count else "Filter", key="workshop_filter"):
        if count:
            screen.markdown(f"Now: {filters.describe(query_cache.vocabulary())}")
        filter_widgets(filters)
    link_notes = state.read_filters()[1]
    if link_notes or is_of_another_release():
        with screen.popover("About this link", key="workshop_link_notes"):
            release_note()
            for note in link_notes:
                screen.warning(note, icon=":material/link_off:")


@fragment
def _parts_of_current_step(
    filled: Mapping[int, FilledStep], numbers: list[int], filters: Filters, drawn_scale: float
) -> None:
    """Map and controls. A turn runs only this fragment again; the slides stay as they are."""
    if window_scale() != drawn_scale:
        st.rerun()
    current = min(numbers, key=lambda number: abs(number - step_in_url(max(filled))))
    maps = {number: step.card for number, step in filled.items() if isinstance(step.card, MapCard)}
    with st.container(key="workshop_map"):
        if maps:
            _map(maps, current, drawn_scale)
    with st.container(key="workshop_bar", horizontal=True, vertical_alignment="center"):
        controls(current, numbers, filters, map_steps=sorted(maps))


def _slide(filled: FilledStep, number: int, filters: Filters, scale: float) -> None:
    """One sentence, one figure, a footer of at most twelve words; a slide without a figure has its sentence alone."""
    card, heading = filled.card, filled.heading
    above = f"<p>{escape(SHORT_NAME)}</p>" if number == 1 else ""
    size = ' class="workshop-long"' if len(heading) > LONG_HEADING_CHARS else ""
    st.html(f'<div class="workshop-head">{above}<h1{size}>{escape(heading)}</h1></div>')
    left_out = ""
    with st.container(key=f"workshop_figure_{number}"):
        match card:
            case None:
                st.html('<div class="workshop-nothing"></div>')
            case MapCard():
                st.html(f'<div class="workshop-legend">{legend_marks(card.points, card.links)}</div>')
            case _ if card.key == CLOSING:
                closing(card, filters)
            case _:
                left_out = figure(card, number, scale)
    text = footer(card, left_out) if card else empty_footer(filled.not_counted)
    st.html(f'<div class="workshop-footer"><p>{escape(text)}</p></div>')


def _map(maps: Mapping[int, MapCard], current: int, scale: float) -> None:
    """Draw one map for all map steps: it flies from extent to extent, and keeps its extent at steps without a map."""
    last = st.session_state.get(_MAP_STEP)
    number = min(maps, key=lambda number: (number != current, number != last, abs(number - current), -number))
    st.session_state[_MAP_STEP] = number
    card = maps[number]
    is_narrow = scale < 0
    deck = cooperation_map(
        card.points,
        card.links,
        card.extent,
        labels=map_names(),
        width=round(DESIGN_WIDTH_PX * -scale if is_narrow else _MAP_WIDTHS_PX[card.extent] * scale),
        font_size_px=None if is_narrow else FONT_SIZE_PX * max(scale, 1),
    )
    deck.initial_view_state.transition_duration = _FLIGHTS_MS[card.extent]
    st.pydeck_chart(deck, key="workshop_map_deck", height="stretch", alt=card.alt)

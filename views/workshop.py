"""The workshop mode: one message a step, all drawn beforehand, keys, live filters and speaker notes."""

from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from cards.card import MapCard
from cards.sources import short_source_line, source_summary
from cards.workshop_steps import FilledStep, Step, fill_step, steps
from charts.workshop_charts import FONT_SIZE_PX
from domain.filters import Filters
from maps.cooperation_map import cooperation_map
from ui import state
from ui.frame.filter_widgets import filter_widgets
from ui.frame.release_note import is_of_another_release, release_note
from ui.parts.citations import plain
from ui.parts.cooperation_map_view import PHONE_WIDTH_PX, legend_marks, map_names
from ui.parts.view_link import view_link
from views.workshop_step import NARROW_WINDOW, draw
from warehouse import query_cache

PARAMETER = "step"
_WAY_ON = "Choose another filter with the button below; the other steps may have more."
_ASSETS = Path(__file__).parent / "assets"
_MAP = "map"
_MAP_STEP = "workshop_map_step"
# The stage is flatter than the page: on one of 1280 by 720 each extent is taken as for a map of this width, in pixels.
_MAP_WIDTHS = {"Atlantic": 880, "Europe": 540, "USA": 700}
# Milliseconds a map takes from one extent to the next. They differ so that each flight is a change to the browser.
_FLIGHTS = {"Atlantic": 1400, "Europe": 1401, "USA": 1402}


@st.cache_resource
def _controls():
    """The component of keys and buttons; registered once, its files are read once."""
    read = {kind: (_ASSETS / f"workshop.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")}
    return st.components.v2.component("workshop_controls", **read)


@cache
def _stylesheet() -> str:
    """Read once, not on every turn."""
    return (_ASSETS / "workshop_page.css").read_text(encoding="utf-8")


def asked_step(count: int) -> int:
    """The step that the link names, within the steps there are; the first one otherwise."""
    text = st.query_params.get(PARAMETER, "")
    return min(max(int(text), 1), count) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _scale() -> float:
    """How many times the window is larger than 1280 by 720 pixels, as it told (0.5 to 4); 1 until it has, 0 if it is no stage."""
    told = st.session_state.get("workshop_controls", {}).get("scale")
    if not isinstance(told, int | float):
        return 1.0
    return min(max(float(told), 0.5), 4.0) if told else NARROW_WINDOW


def stage(filters: Filters) -> None:
    """Draw all steps, the one that the link names first, and what a turn changes; the browser shows one of them."""
    st.html(f"<style>{_stylesheet()}</style>")
    declared = steps()
    now = asked_step(len(declared))
    scale = _scale()
    found: dict[int, FilledStep] = {}
    with st.container(key="workshop"):
        places = {step.number: st.container(key=f"workshop_step_{step.number}") for step in declared}
        for step in sorted(declared, key=lambda step: abs(step.number - now)):
            found[step.number] = fill_step(step, filters)
            with places[step.number]:
                _step(step, found[step.number], scale)
        with st.container(key="workshop_filters", horizontal=True):
            _choice(filters)
        _turned(declared, found, filters, scale)


def _choice(filters: Filters) -> None:
    with st.popover(f"Filter: {filters.describe(query_cache.vocabulary())}", key="workshop_filter"):
        filter_widgets(filters)
    notes_on_link = state.read_filters()[1]
    if notes_on_link or is_of_another_release():
        with st.popover("About this link", key="workshop_notes"):
            release_note()
            for note in notes_on_link:
                st.warning(note, icon=":material/link_off:")


@st.fragment
def _turned(declared: tuple[Step, ...], found: dict[int, FilledStep], filters: Filters, drawn_scale: float) -> None:
    """What a turn changes: map, link and controls. Only this runs again then: the steps stay as they are drawn."""
    if _scale() != drawn_scale:
        st.rerun()
    now = asked_step(len(declared))
    with st.container(key="workshop_map"):
        _map(found, now, drawn_scale)
    with st.container(key="workshop_bar", horizontal=True, vertical_alignment="center"):
        link = st.popover("Link", key="workshop_link", on_change="rerun")
        if link.open:  # the code is a picture: not one for every turn
            with link:
                view_link("present", filters, [(PARAMETER, str(now))])
        _bar(declared, now, filters)


def _step(step: Step, found: FilledStep, scale: float) -> None:
    finding = found.card.title if found.card else found.empty
    st.html(
        f'<div class="workshop-head"><p>{escape(step.title)} · {escape(step.question)}</p><h1>{escape(finding)}</h1></div>'
    )
    if found.card is None:
        st.html(f'<div class="workshop-footer"><p>{escape(query_cache.release_line())}. {_WAY_ON}</p></div>')
        return
    is_map = isinstance(found.card, MapCard)  # it stands above the steps, once for all of them
    note = found.card.note if is_map else draw(found.card, step.number, scale)
    legend = f'<div class="workshop-legend">{legend_marks(found.card.points, found.card.links)}</div>' if is_map else ""
    foot = ". ".join((query_cache.release_line(), note.rstrip("."), short_source_line(*found.card.all_evidence)))
    st.html(f'<div class="workshop-footer">{legend}<p>{escape(foot)}</p></div>')


def _map(found: dict[int, FilledStep], now: int, scale: float) -> None:
    """One map for all steps: it flies to the extent of a map step and stays there, for nobody sees it fly at the others."""
    maps = {number: part.card for number, part in found.items() if isinstance(part.card, MapCard)}
    if not maps:
        return
    last = st.session_state.get(_MAP_STEP)
    number = min(maps, key=lambda number: (number != now, number != last, abs(number - now), -number))
    st.session_state[_MAP_STEP] = number
    card = maps[number]
    size = (
        {"width": round(_MAP_WIDTHS[card.extent] * scale), "font_size_px": FONT_SIZE_PX * max(scale, 1)}
        if scale
        else {"width": PHONE_WIDTH_PX}
    )
    deck = cooperation_map(card.points, card.links, card.extent, labels=map_names(), **size)
    deck.initial_view_state.transition_duration = _FLIGHTS[card.extent]
    st.pydeck_chart(deck, key="workshop_map_deck", height="stretch", alt=card.alt)


def _bar(declared: tuple[Step, ...], now: int, filters: Filters, is_stage: bool = True) -> None:
    """Keys and buttons; the kinds of the steps tell the stage when the map is seen, the window of notes has none."""
    kinds = [_MAP if step.name.startswith("map_") else "" for step in declared] if is_stage else []
    _controls()(
        data={
            "step": now,
            "count": len(declared),
            "kinds": kinds,
            "filters": urlencode(filters.to_params()),
            "scale": _scale(),
        },
        key="workshop_controls",
        on_turn_change=_turn,
        on_leave_change=lambda: None,
        on_scale_change=lambda: None,
        width="content",
        height="content",
    )
    if st.session_state["workshop_controls"].get("leave"):
        st.switch_page("pages/overview.py", query_params=state.grouped(filters.to_params()))


def _turn() -> None:
    wanted = st.session_state["workshop_controls"].get("turn")
    if wanted:
        st.query_params[PARAMETER] = str(int(wanted["step"]))


def notes(filters: Filters) -> None:
    """The speaker's window: what to say at this step, where it stands, and what comes next. Both windows turn together."""
    declared = steps()
    now = asked_step(len(declared))
    step = declared[now - 1]
    found = fill_step(step, filters)
    st.caption(
        f"Speaker notes · step {now} of {len(declared)} · filter: {plain(filters.describe(query_cache.vocabulary()))}"
    )
    st.title(plain(step.title), anchor=False)
    st.markdown(f"**{plain(step.question)}** {plain(found.card.title if found.card else found.empty)}.")
    st.html(f'<p style="font-size:1.5rem;line-height:1.45;max-width:60rem">{escape(step.note)}</p>')
    if found.card:
        st.markdown(f"**How is this computed?** {plain(found.card.method)}")
        for row in source_summary(found.card.evidence).head(6).itertuples():
            st.markdown(f"- {plain(row.title)}: {plain('; '.join(list(row.locators)[:6]))}")
    if now < len(declared):
        st.caption(f"Next: {plain(declared[now].title)}. {plain(declared[now].question)}")
    _bar(declared, now, filters, is_stage=False)

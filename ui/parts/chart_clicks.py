"""Draws Plotly charts whose marks open records or set filters, and the list that does the same by keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from charts.chart import NARROW_PX, PLOTLY_CONFIG, Chart
from domain.record_types import RECORD_TYPES
from ui import screen, state
from ui.parts.map_width import is_narrow
from ui.parts.plotly_figure import PlotlyFigure


def draw_chart(chart: Chart, key: str, act: Callable[[Sequence[Any]], None] | None = None) -> None:
    """Draw the chart; a click on a mark opens its record or sets the filters that the chart names.

    ``act`` is called instead with the customdata of the mark, where it is given.
    """
    figure = chart.figure
    if chart.narrow is not None:
        figure = chart.narrow if is_narrow(key, NARROW_PX) else chart.figure
    is_active = chart.marks is not None or bool(chart.narrows) or act is not None
    chart_key = f"{key}_chart"
    clicked = f"{chart_key}_clicked"

    def remember() -> None:
        # A click on the selected mark clears the selection; it is meant to act again.
        points = st.session_state[chart_key].selection.points
        st.session_state[clicked] = points[0]["customdata"] if points else st.session_state.get(f"{clicked}_last")

    st.plotly_chart(
        PlotlyFigure(figure, is_active=is_active),
        theme=None,
        config=dict(PLOTLY_CONFIG),
        alt=chart.alt,
        key=chart_key,
        on_select=remember if is_active else "ignore",
        selection_mode="points",
    )
    values = st.session_state.pop(clicked, None)
    # Of a pair of filters either value may be blank; a mark without a record has no id.
    if values and (any(values) if chart.narrows else values[0]):
        st.session_state[f"{clicked}_last"] = values
        if act is not None:
            act(values)
        else:
            _act(chart, values)
        st.rerun(scope="app")  # the card is a fragment; profile and filters are outside it


def _act(chart: Chart, values: Sequence[Any]) -> None:
    if chart.marks is not None:
        state.show_record(chart.marks.table, str(values[0]))
    else:
        chosen: dict[str, Any] = {n: (str(value),) for n, value in zip(chart.narrows, values, strict=False) if value}
        state.write_filters(replace(state.read_filters()[0], **chosen))


def record_list(chart: Chart, key: str) -> None:
    """Draw a box with the records of the chart; choosing one opens its profile, for those who cannot click a mark."""
    if chart.marks is None or not chart.marks.names:
        return
    marks, box = chart.marks, f"{key}_open"
    chosen = f"{box}_chosen"

    def remember() -> None:
        st.session_state[chosen] = st.session_state[box]
        st.session_state[box] = None

    noun = RECORD_TYPES[marks.table].noun
    what = f"Open {'an' if noun[0] in 'aeiou' else 'a'} {noun}"
    screen.selectbox(
        f"{what} of this chart",
        list(marks.names),
        index=None,
        format_func=marks.names.__getitem__,
        key=box,
        on_change=remember,
        placeholder=what,
        label_visibility="collapsed",
        width=260,
    )
    record_id = st.session_state.pop(chosen, None)
    if record_id:
        state.show_record(marks.table, record_id)
        st.rerun(scope="app")

"""The second window of the workshop mode, for the speaker: a clock, what to say, and the next slide."""

from html import escape

import streamlit as st

from cards.sources import ordered_source_summary
from cards.workshop_charts import workshop_chart
from cards.workshop_steps import FilledStep, declared_steps, fill_step, slide_numbers
from charts.chart import PLOTLY_CONFIG
from domain.filters import Filters
from domain.frames import records
from domain.text import format_locators, plural
from ui import screen
from ui.markup import md
from ui.parts.plotly_figure import PlotlyFigure
from views.workshop_controls import controls, step_in_url
from warehouse import query_cache

MAX_SOURCES, MAX_LOCATORS = 6, 6
NEXT_SCALE = 1.0  # of the picture of the next slide, which the browser makes smaller


def notes_window(filters: Filters) -> None:
    """Draw the notes for the speaker: what to say at this slide, its method and sources, clock and next slide.

    A turn in this window turns the main window too, and the other way round.
    """
    declared = declared_steps()
    filled = {step.number: fill_step(step, filters) for step in declared}
    current = step_in_url(len(declared))
    numbers = slide_numbers(filled, current)
    position = numbers.index(current) + 1
    st.html("<style>[data-testid='stMainBlockContainer'] {padding-top: 1rem}</style>")
    filter_label = filters.describe(query_cache.vocabulary())
    screen.caption(f"Speaker notes · slide {position} of {len(numbers)} · filter: {filter_label}")
    controls(current, numbers, filters)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _what_to_say(filled[current])
    with right:
        _next(filled[numbers[position]] if position < len(numbers) else None)
    _method_and_sources(filled[current])


def _what_to_say(step: FilledStep) -> None:
    screen.title(step.title, anchor=False)
    screen.markdown(md("**{}** {}", step.question, step.heading))
    st.html(f'<p style="font-size:1.5rem;line-height:1.4;margin:0">{escape(step.note)}</p>')
    detail = step.card.note if step.card else step.not_counted
    if detail:
        screen.markdown(f"{detail}.")


def _next(step: FilledStep | None) -> None:
    """Title and finding of the next slide, and its figure where that is a chart."""
    if step is None:
        screen.markdown(md("**Next:** this is the last slide."))
        return
    screen.markdown(md("**Next: {}.** {}", step.title, step.heading))
    card = step.card
    if card and card.chart and not card.small_cards and workshop_chart(card, NEXT_SCALE):
        figure = card.chart.narrow or card.chart.figure
        st.plotly_chart(
            PlotlyFigure(figure),
            theme=None,
            config=dict(PLOTLY_CONFIG) | {"displayModeBar": False, "staticPlot": True},
            alt=card.chart.alt,
            key="workshop_next",
        )


def _method_and_sources(step: FilledStep) -> None:
    card = step.card
    if card is None:
        return
    screen.markdown(md("**How is this computed?** {}", card.method))
    sources = ordered_source_summary(card.all_evidence)
    for row in records(sources.head(MAX_SOURCES)):
        screen.markdown(md("- {}: {}", row["title"], format_locators(list(row["locators"]), MAX_LOCATORS)))
    if len(sources) > MAX_SOURCES:
        screen.caption(f"{plural(len(sources) - MAX_SOURCES, 'more source')}.")

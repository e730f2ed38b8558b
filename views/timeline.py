"""Content of the page Timeline: the lanes, the calendar file, the events of one year, and the register."""

from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from cards.few import MIN_CHART_RECORDS
from cards.seed_note import seed_note
from cards.tables import readable
from domain.file_names import file_name
from domain.filters import Filters
from domain.frames import records
from domain.records import PERIOD
from exports import ics
from ui import screen, state
from ui.markup import md
from ui.parts.cards import show_card
from ui.parts.record_buttons import left_aligned_buttons
from ui.parts.registers import folded_register
from warehouse import query_cache
from warehouse.populations import EVENTS
from warehouse.registers import rows

UNDATED = "undated"


def timeline_page(filters: Filters) -> None:
    """Draw the page for these filters."""
    events = query_cache.run_query(rows, EVENTS, filters)
    show_card("event_dates", filters)
    if len(events):
        _calendar(events, filters)
    if len(events) >= MIN_CHART_RECORDS:
        _by_year(events)
    if len(events):
        screen.caption(seed_note(EVENTS, events))
    folded_register(EVENTS, filters, "Register of events")


def _calendar(events: pd.DataFrame, filters: Filters) -> None:
    label = filters.describe(query_cache.vocabulary())
    dated = int((events["date_precision"] != UNDATED).sum())
    if dated:
        screen.download_button(
            f"Calendar of the {dated:,} dated events (.ics)" if dated > 1 else "Calendar of the dated event (.ics)",
            query_cache.bound(lambda: ics.calendar(events, query_cache.release_name(), date.today(), label)),
            file_name("Events", label, "ics", query_cache.release_name()),
            ics.MIME,
            key="events_ics",
            on_click="ignore",
            icon=":material/calendar_month:",
        )


def _by_year(events: pd.DataFrame) -> None:
    """Draw the years with events as buttons, and the events of the chosen one, each of which opens its profile."""
    years = events["start_on"].dt.year.astype("Int64").astype("string").fillna(UNDATED)
    counts = years.value_counts()
    options = {year: f"{year} ({counts[year]})" for year in _newest_first(counts.index)}
    screen.header("Year by year", anchor=False)
    year = state.url_choice("list", options, "Year in which the event begins", is_labelled=False)
    chosen = events[years == year].sort_values(["start_on", "end_on", "name"])
    texts = readable(chosen, {PERIOD: "Date", "kind": "Kind", "status_in_source": "Status"}, "events")
    left_aligned_buttons()
    with st.container(gap=None, key="events_of_year"):
        for event, text in zip(records(chosen), records(texts), strict=True):
            where = [", ".join(event["places"])] if len(event["places"]) else []
            details = "; ".join([text["Kind"], text["Status"], *where])
            screen.button(
                md("**{}** {} ({})", text["Date"], event["name"], details),
                key=f"open_events_{event['event_id']}_list",
                type="tertiary",
                on_click=state.show_record,
                args=("events", event["event_id"]),
            )


def _newest_first(years: Iterable[str]) -> list[str]:
    """The years, the last first, and 'undated' at the end."""
    return sorted(set(years) - {UNDATED}, reverse=True) + [UNDATED] * (UNDATED in set(years))

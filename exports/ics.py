"""Events as a calendar whose dates are as exact as their sources, and no more."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pandas as pd
from icalendar import Calendar, Event

from domain.progress import Progress, no_progress
from domain.shares import plural
from domain.text import as_date, format_period
from exports.citation import DASHBOARD, release_label
from exports.content import Content
from exports.plain_text import clean
from exports.rows import LIST_SEPARATOR, cited_sources
from warehouse import query_cache

MIME = "text/calendar"
_UID_HOST = "eu-us-cluster-cooperation"
_KNOWN_TO = {
    "day": "The date is known to the day.",
    "month": "Only the month is stated: the entry covers the whole month.",
    "season": "Only the season is stated: the entry covers the whole season.",
    "year": "Only the year is stated: the entry covers the whole year.",
}


def events_file(content: Content, progress: Progress = no_progress) -> bytes:
    """The events of the content as a calendar."""
    progress(0.0, "Calendar of events")
    frame = next(rows for spec, rows in content.registers if spec.table == "events")
    data = calendar(frame, content.release_id, content.made_on, content.filter_label)
    progress(1.0, "Calendar ready")
    return data


def calendar(events: pd.DataFrame, release: str, made_on: date, filter_label: str = "no filter") -> bytes:
    """iCalendar (RFC 5545) of the dated events; undated ones are counted in its description.

    ``events`` are rows of the event register. Every entry is all-day: a day as such, and a month, season or year as a
    span over the whole of it, marked in its summary. No entry blocks time. Identifiers come from the event, so that a
    later import updates what is there.
    """
    dated = events[events["date_precision"] != "undated"]
    found = Calendar()
    found.add("prodid", f"-//{DASHBOARD}//events//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", "EU–US cluster cooperation: events")
    found.add("x-wr-caldesc", _description(len(dated), len(events) - len(dated), release, filter_label))
    places = cited_sources("events", dated["event_id"].tolist())
    stamp = datetime.combine(made_on, time(), UTC)
    for row in dated.itertuples():
        found.add_component(_entry(row, places.get(row.event_id, []), stamp, release))
    return found.to_ical()


def _description(dated: int, undated: int, release: str, filter_label: str) -> str:
    left_out = f"{plural(undated, 'undated event')} {'is' if undated == 1 else 'are'} not in this calendar."
    return f"{dated} of {plural(dated + undated, 'event')} with a date. {left_out} Filter: {filter_label}. {DASHBOARD}, {release_label(release)}."


def _entry(row, places: Iterable[tuple[str, list[str]]], stamp: datetime, release: str) -> Event:
    first, last = _span(as_date(row.start_on), as_date(row.end_on), row.date_precision)
    period = format_period(row.start_on, row.end_on, row.date_precision)
    mark = "" if row.date_precision == "day" else f"[in {period}] "
    entry = Event()
    entry.add("uid", f"{row.event_id}@{_UID_HOST}")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", first)
    entry.add("dtend", last + timedelta(days=1))  # the end of a calendar entry is the first day after it
    is_planned = row.status_in_source == "planned"
    entry.add("summary", clean(mark + row.name + (" (planned)" if is_planned else "")))
    if is_planned:
        entry.add("status", "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    kind = query_cache.labels("events.kind").get(row.kind, row.kind)
    entry.add("categories", [kind, f"date known to the {row.date_precision}"])
    where = LIST_SEPARATOR.join([*row.places, *row.countries])
    if where:
        entry.add("location", clean(where))
    entry.add("description", clean(_body(row, period, places, release)))
    return entry


def _body(row, period: str, places: Iterable[tuple[str, list[str]]], release: str) -> str:
    status = query_cache.labels("events.status_in_source").get(row.status_in_source, row.status_in_source)
    lines = [row.description] if isinstance(row.description, str) else []
    lines += [f"Date: {period}. {_KNOWN_TO[row.date_precision]}", f"Status in the source: {status}."]
    lines += ["Where it stands:", *(f"- {title} ({'; '.join(where)})" for title, where in places)]
    return "\n".join([*lines, f"{DASHBOARD}, {release_label(release)}."])


def _span(first: date, last: date | None, precision: str) -> tuple[date, date]:
    """First and last day of the whole period that the source allows."""
    last = last or first
    if precision == "month":
        return first.replace(day=1), _month_end(last)
    if precision == "season":
        return first.replace(day=1), max(_month_end(last), _month_end(first.replace(day=1) + timedelta(days=62)))
    if precision == "year":
        return first.replace(month=1, day=1), last.replace(month=12, day=31)
    return first, last


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

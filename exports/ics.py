"""Calendar of events whose dates are as exact as their sources."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from domain.filter_values import NO_FILTER
from domain.product import NAME, SHORT_NAME, SLUG
from domain.progress import Progress, no_progress
from domain.text import agree, as_date, format_period, plural
from exports.citation import release_label
from exports.content import Content
from exports.plain_text import clean
from exports.rows import LIST_SEPARATOR, cited_sources
from settings import load_settings
from warehouse import queries, query_cache

MIME = "text/calendar"
Row = Mapping[Hashable, Any]
_PRECISION_NOTES = {
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


def calendar(events: pd.DataFrame, release: str, made_on: date, filter_label: str = NO_FILTER) -> bytes:
    """Calendar file (iCalendar, RFC 5545) of the dated events; its description counts the undated ones.

    ``events`` are rows of the event register. Every entry is all-day. A month, season or year becomes a span over the
    whole of it, and the summary says so. No entry blocks time. Identifiers come from the event, so that a later import
    updates existing entries. An entry has the address of its view where a public URL is set.
    """
    dated = events[events["date_precision"] != "undated"]
    result = Calendar()
    result.add("prodid", f"-//{NAME}//events//EN")
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add("x-wr-calname", f"{SHORT_NAME}: events")
    result.add("x-wr-caldesc", _description(len(dated), len(events) - len(dated), release, filter_label))
    ids = dated["event_id"].tolist()
    sources, places, stamp = cited_sources("events", ids), _places(ids), datetime.combine(made_on, time(), UTC)
    for row in dated.to_dict("records"):
        event_id = row["event_id"]
        entry = _entry(row, sources.get(event_id, []), stamp, release)
        _add_place(entry, places.get(event_id, []))
        if base := load_settings().public_url:
            entry.add("url", f"{base}/events?{urlencode({'event': event_id, 'release': release})}")
        result.add_component(entry)
    if dated.empty:
        result.add_component(_no_entry())
    return bytes(result.to_ical())


def _no_entry() -> Timezone:
    """What a calendar without entries holds, because the standard asks for one component at least: its time zone."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone


def _places(event_ids: list[str]) -> dict[str, list[Row]]:
    """The places of each event, as rows of warehouse.queries.event_places."""
    places: dict[str, list[Row]] = {}
    for row in query_cache.run_uncached(queries.event_places, event_ids).to_dict("records"):
        places.setdefault(row["event_id"], []).append(row)
    return places


def _add_place(entry: Event, places: list[Row]) -> None:
    """Add the first place as map programs find it ('Boston, MA, United States'), its point where the city is known.

    A calendar has one place for an entry; the text of the entry names all.
    """
    named = [text for text in map(_address, places) if text]
    if not named:
        return
    entry.add("location", clean(named[0]))
    first = next(row for row in places if _address(row))
    if not pd.isna(first["latitude"]):
        entry.add("geo", (float(first["latitude"]), float(first["longitude"])))
    if len(named) > 1:
        entry["description"] = vText(clean(f"Places: {LIST_SEPARATOR.join(named)}.\n{entry['description']}"))


def _address(row: Row) -> str:
    """City or area, state of the USA and country, as far as recorded; '' when nothing is."""
    return ", ".join(part for part in (row["place"], row["state"], row["country"]) if isinstance(part, str))


def _description(dated: int, undated: int, release: str, filter_label: str) -> str:
    left_out = f" {plural(undated, 'undated event')} {agree(undated, 'is', 'are')} not in this calendar."
    return (
        f"{dated} of {plural(dated + undated, 'event')} with a date."
        f"{left_out if undated else ''} Filter: {filter_label}. "
        f"{NAME}, {release_label(release)}."
    )


def _entry(row: Row, sources: Iterable[tuple[str, list[str]]], stamp: datetime, release: str) -> Event:
    precision = row["date_precision"]
    first, last = _span(row["start_on"], row["end_on"], precision)
    period = format_period(row["start_on"], row["end_on"], precision)
    entry = Event()
    entry.add("uid", f"{row['event_id']}@{SLUG}")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", first)
    entry.add("dtend", last + timedelta(days=1))  # the end of a calendar entry is the first day after it
    is_planned = row["status_in_source"] == "planned"
    summary = row["name"] if precision == "day" else f"[in {period}] {row['name']}"
    entry.add("summary", clean(f"{summary} (planned)" if is_planned else summary))
    if is_planned:
        entry.add("status", "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [_label("kind", row), f"date known to the {precision}"])
    entry.add("description", clean(_body(row, period, sources, release)))
    return entry


def _body(row: Row, period: str, sources: Iterable[tuple[str, list[str]]], release: str) -> str:
    lines = [row["description"]] if isinstance(row["description"], str) else []
    lines += [f"Date: {period}. {_PRECISION_NOTES[row['date_precision']]}"]
    lines += [f"Status in the source: {_label('status_in_source', row)}."]
    lines += ["Sources:", *(f"- {title} ({'; '.join(locators)})" for title, locators in sources)]
    return "\n".join([*lines, f"{NAME}, {release_label(release)}."])


def _label(field: str, row: Row) -> str:
    """Label of a term in this field of the event."""
    labels = query_cache.labels(f"events.{field}")
    return str(labels.get(row[field], row[field]))


def _span(start: Any, end: Any, precision: str) -> tuple[date, date]:
    """First and last day of the whole period that the source allows; a dated event has a start."""
    first = as_date(start)
    if first is None:
        raise ValueError(f"an event of precision {precision!r} has no start; only an undated one may lack it")
    last = as_date(end) or first
    if precision == "month":
        return first.replace(day=1), _month_end(last)
    if precision == "season":
        return first.replace(day=1), max(_month_end(last), _month_end(first.replace(day=1) + timedelta(days=62)))
    if precision == "year":
        return first.replace(month=1, day=1), last.replace(month=12, day=31)
    return first, last


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

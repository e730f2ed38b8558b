"""The calendar read with icalendar: days, whole months that are marked as such, undated events counted."""

import calendar as months
from datetime import UTC, date, datetime, timedelta

import icalendar
import pandas as pd
import pytest

from domain.filters import Filters
from exports.ics import calendar, events_file
from warehouse import query_cache
from warehouse.populations import EVENTS
from warehouse.registers import rows

DAY = date(2026, 11, 23)
UID_END = "@eu-us-cluster-cooperation"


@pytest.fixture(scope="module")
def data(everything) -> bytes:
    """The calendar without a filter."""
    return events_file(everything)


@pytest.fixture(scope="module")
def entries(data) -> dict[str, icalendar.Event]:
    """Its entries by the id of the event."""
    found = icalendar.Calendar.from_ical(data)
    return {str(entry["UID"]).removesuffix(UID_END): entry for entry in found.walk("VEVENT")}


def test_every_dated_event_is_in_and_no_other(entries, facts):
    """The ids of data/events.csv that have a date."""
    assert set(entries) == {row["event_id"] for row in facts("events") if row["date_precision"] != "undated"}


def test_each_entry_covers_what_the_source_allows(entries, facts):
    """Dates without a time; the end is the day after the last one; a month has all its days."""
    precisions = set()
    for fact in facts("events"):
        if fact["date_precision"] == "undated":
            continue
        entry = entries[fact["event_id"]]
        first, end = entry.decoded("DTSTART"), entry.decoded("DTEND")
        assert type(first) is type(end) is date
        assert first == date.fromisoformat(fact["start_on"])
        assert end - timedelta(days=1) == date.fromisoformat(fact["end_on"] or fact["start_on"])
        if fact["date_precision"] == "month":
            assert (end - first).days == months.monthrange(first.year, first.month)[1]
        precisions.add(fact["date_precision"])
    assert precisions == {"day", "month", "season", "year"}


def test_the_precision_is_marked_in_the_summary_and_said(entries, facts):
    """'[in October 2017] …' for whatever is not known to the day; a category for programs."""
    for fact in facts("events"):
        entry = entries.get(fact["event_id"])
        if entry is None:
            continue
        is_planned = fact["status_in_source"] == "planned"
        assert (str(entry.get("STATUS")) == "TENTATIVE") == is_planned
        assert str(entry["SUMMARY"]).endswith(" (planned)") == is_planned
        summary, precision = str(entry["SUMMARY"]).removesuffix(" (planned)"), fact["date_precision"]
        if precision == "day":
            assert summary == fact["name"]
        else:
            stated = date.fromisoformat(fact["start_on"])
            assert summary.startswith("[in ") and summary.endswith(f"] {fact['name']}") and str(stated.year) in summary
            assert precision != "month" or f"[in {stated:%B %Y}]" in summary
            assert f"Only the {precision} is stated" in str(entry["DESCRIPTION"])
        assert f"date known to the {precision}" in [str(c) for c in entry["CATEGORIES"].cats]
        assert str(entry["TRANSP"]) == "TRANSPARENT"


def test_status_and_sources(entries, facts):
    """What the source says of it, and where that stands."""
    titles = {row["source_id"]: row["title"] for row in facts("sources")}
    words = {"held": "Reported as held", "planned": "Reported as planned", "not stated": "Not stated"}
    statuses = {row["event_id"]: row["status_in_source"] for row in facts("events")}
    for citation in facts("citations"):
        if citation["table_name"] == "events" and citation["field"] == "*" and citation["record_id"] in entries:
            text = str(entries[citation["record_id"]]["DESCRIPTION"])
            assert titles[citation["source_id"]] in text and citation["locator"] in text
            assert f"Status in the source: {words[statuses[citation['record_id']]]}." in text


def test_places_are_found_by_map_programs(entries, facts):
    """One place with its country and the state of the USA, and its point; several are named in the text."""
    countries = {row["country_code"]: row["name"] for row in facts("lookups/countries")}
    places: dict[str, list[dict]] = {}
    for place in sorted(facts("event_places"), key=lambda row: int(row["sequence"])):
        if place["place"] or place["country_code"]:
            places.setdefault(place["event_id"], []).append(place)
    for event_id, entry in entries.items():
        stated = places.get(event_id, [])
        assert ("LOCATION" in entry) == bool(stated)
        if stated:
            first = [stated[0]["place"], countries.get(stated[0]["country_code"], "")]
            parts = str(entry["LOCATION"]).split(", ")
            assert [part for part in parts if len(part) > 2] == [part for part in first if part]
            assert ("GEO" in entry) == (stated[0]["location_precision"] == "city")
        if "GEO" in entry:
            point = (float(stated[0]["latitude"]), float(stated[0]["longitude"]))
            assert (entry["GEO"].latitude, entry["GEO"].longitude) == point
        if len(stated) > 1:
            assert all(place["place"] in str(entry["DESCRIPTION"]) for place in stated)
    assert str(entries["eu-us-cluster-workshop-2015"]["LOCATION"]) == "Boston, MA, United States"


def test_an_entry_leads_to_its_view(monkeypatch):
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://clusters.example.org")
    data = calendar(doctored(event_id="e-1", date_precision="day"), "2026-11-22", DAY)
    (entry,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(entry["URL"]) == "https://clusters.example.org/events?event=e-1&release=2026-11-22"


def test_a_calendar_without_entries_is_valid(facts):
    """RFC 5545, 3.6: at least one component."""
    read = icalendar.Calendar.from_ical(calendar(doctored().head(0), "r", DAY))
    assert read.subcomponents and read.walk("VEVENT") == []


def test_undated_events_are_counted(data, facts):
    """The description of the calendar says how many are not in it, and from which release."""
    found = str(icalendar.Calendar.from_ical(data)["X-WR-CALDESC"])
    undated = sum(row["date_precision"] == "undated" for row in facts("events"))
    assert f"{len(facts('events')) - undated} of {len(facts('events'))} events" in found
    assert f"{undated} undated events are not in this calendar" in found and query_cache.release_name() in found


def test_lines_are_short_and_bytes_the_same(data, everything):
    """RFC 5545: at most 75 octets a line, CRLF; the stamp is the day of the content."""
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and b"\n" not in b"".join(lines)
    assert events_file(everything) == data
    stamps = {entry.decoded("DTSTAMP") for entry in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert stamps == {datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)}


def doctored(**values) -> pd.DataFrame:
    """One dated event with other values."""
    events = query_cache.run_query(rows, EVENTS, Filters()).head(1)
    return events.assign(**{name: pd.Series([value], dtype=object) for name, value in values.items()})


def test_text_cannot_break_out():
    """Line breaks, commas and control characters in a name make neither a new line nor a new property."""
    name = "A, b; c\\d\r\nATTACH:http://x\x00\x07"
    (entry,) = icalendar.Calendar.from_ical(calendar(doctored(name=name, date_precision="day"), "r", DAY)).walk(
        "VEVENT"
    )
    assert str(entry["SUMMARY"]) == "A, b; c\\d\nATTACH:http://x" and "ATTACH" not in entry


@pytest.mark.parametrize(
    ("precision", "start", "end", "days"),
    [
        ("month", "2024-02-01", None, 29),
        ("season", "2017-09-01", None, 91),
        ("year", "2020-01-01", None, 366),
        ("day", "2017-05-04", "2017-05-10", 7),
        ("day", "2017-05-04", None, 1),
        ("season", "2016-12-01", "2017-02-28", 90),
    ],
)
def test_a_period_without_an_end_is_whole(precision, start, end, days):
    """A blank last day means the whole month, season or year, and one day for a day."""
    frame = doctored(
        date_precision=precision, start_on=pd.Timestamp(start), end_on=pd.Timestamp(end) if end else pd.NaT
    )
    (entry,) = icalendar.Calendar.from_ical(calendar(frame, "r", DAY)).walk("VEVENT")
    assert (entry.decoded("DTEND") - entry.decoded("DTSTART")).days == days


def test_a_calendar_without_events_says_so():
    """A filter that leaves nothing gives a calendar that names it."""
    empty = query_cache.run_query(rows, EVENTS, Filters()).head(0)
    found = icalendar.Calendar.from_ical(calendar(empty, "2026-11-22-2", DAY, "Footwear; 1999"))
    assert not found.walk("VEVENT")
    assert str(found["X-WR-CALDESC"]).startswith("0 of 0 events") and "Footwear; 1999" in str(found["X-WR-CALDESC"])

"""What a source says at each place that a record is cited from, in our own words: the values recorded from there."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cards import tables
from domain.frames import records
from domain.record_types import RECORD_TYPES
from domain.text import capitalised
from domain.vocabulary import UNDATED
from warehouse import provenance
from warehouse.query_cache import run_query

NOT_READ = "not read here"  # of a locator: the page is known by its address only
# Tables whose rows belong to a record: what a row tells.
_DETAILS: Mapping[str, str] = {
    "aliases": "also known as",
    "countries": "country",
    "ends": "end",
    "events": "event",
    "members": "member",
    "organisations": "organisation",
    "parties": "party",
    "partners": "partner",
    "places": "place",
    "policies": "policy instrument",
    "projects": "project",
    "renewals": "renewal",
    "sectors": "sector",
    "targets": "target country",
    "cooperations": "cooperation",
}
# Columns whose text is a summary of what the source says.
_SUMMARIES = ("description", "subject", "statement")
# Columns with an id: the column with its name.
_NAMED = {"region_code": "region", "successor_id": "successor", "lead_organisation_id": "lead_name"}
# Headings of columns that no profile has.
_HEADINGS = {"start_on": "start", "end_on": "end", "date_stated": "date as stated"}
# Columns that say how another one is to be read.
_ABOUT_OTHERS = ("_precision", "_basis")


@dataclass(frozen=True)
class CitedPlace:
    """Places in a source from which the same is recorded, and what that is as one line; '' where it is not read."""

    locators: tuple[str, ...]
    words: str


def cited_places(table: str, record_id: str, citations: pd.DataFrame) -> tuple[CitedPlace, ...]:
    """The places of the citations of one record in one source, in their order; those that tell the same together.

    ``citations`` are rows of warehouse.provenance.citations with one source_id.
    """
    values = _values(table, record_id)
    places: dict[str, dict[str, list[str]]] = {}
    for row in records(citations):
        told = places.setdefault(row["locator"], {})
        if NOT_READ in row["locator"]:
            continue
        heading, text = _told(row, table, values)
        if heading and text not in told.setdefault(heading, []):
            told[heading].append(text)
    by_words: dict[str, list[str]] = {}
    for locator, told in places.items():
        by_words.setdefault(_line(told), []).append(locator)
    return tuple(CitedPlace(tuple(locators), words) for words, locators in by_words.items())


def _values(table: str, record_id: str) -> dict[str, str]:
    """Columns of the record that have a value, as text."""
    rows = run_query(provenance.record, table, record_id)
    if rows.empty:
        return {}
    known = [str(column) for column in rows.columns if not tables.is_blank(rows[column].iloc[0])]
    texts = tables.readable(rows, {column: column for column in known}, table, missing="").iloc[0]
    return {column: str(texts[column]) for column in known if texts[column] not in ("", UNDATED)}


def _told(row: dict[str, object], table: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Heading and text of what a citation tells; two empty texts for what only says how another value is to be read."""
    own, field = str(row["table_name"]), str(row["field"])
    if own != table:
        kind = next((words for end, words in _DETAILS.items() if own.endswith(end)), own.replace("_", " "))
        text = row["label"] if isinstance(row["label"], str) else ""
        for name in (values.get("label", ""), values.get(RECORD_TYPES[table].title, "")):
            text = text.removeprefix(f"{name}: ")
        return (f"{kind} (assigned by us)" if row["basis"] == "assigned" else kind), text
    if field == "*":
        return "summary", _summary(table, values)
    if field.endswith(_ABOUT_OTHERS):
        return "", ""
    column = _NAMED.get(field, field)
    headings = {**RECORD_TYPES[table].register_columns, **RECORD_TYPES[table].profile}
    heading = headings.get(column) or _HEADINGS.get(column) or column.replace("_", " ")
    return heading if heading.isupper() else heading.lower(), values.get(column, "")


def _summary(table: str, values: Mapping[str, str]) -> str:
    """What a source that is cited for a whole record says of it."""
    if table == "figures":
        return f"{values.get('measure', '')}: {values.get('value_stated', '')} {values.get('unit', '')}".strip()
    if table == "usa_share":
        return values.get("label", "")
    return next((values[column] for column in _SUMMARIES if column in values), "")


def _line(told: Mapping[str, list[str]]) -> str:
    """The line of a place: 'A French cluster for plastics. Country: France; place: Oyonnax.'."""
    summary = " ".join(told.get("summary", []))
    others = [
        f"{heading}: {', '.join(filter(None, texts))}" if any(texts) else heading
        for heading, texts in told.items()
        if heading != "summary"
    ]
    line = "; ".join(others)
    line = f"{capitalised(line)}." if line else ""
    return f"{summary} {line}".strip()

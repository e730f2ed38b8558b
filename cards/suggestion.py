"""The values of a record's profile that somebody may suggest to change, each with its sources."""

from collections.abc import Iterable

import pandas as pd

from cards.profile import profile
from domain.frames import records
from domain.record_types import RECORD_TYPES
from domain.records import PERIOD
from domain.suggestion import ShownValue
from warehouse import provenance
from warehouse.query_cache import run_query

# Columns of a profile that rows of a table of their own make up -> how the name of that table ends.
_MADE_OF = {
    "themes": "_sectors",
    "sub_sectors": "_sectors",
    "traded_clusters": "_sectors",
    "countries": "_countries",
    "places": "_places",
    "ended": "_ends",
    "targets": "_targets",
    "parties": "_parties",
    "eu_parties": "_parties",
    "us_parties": "_parties",
    "other_parties": "_parties",
}
# Columns of a profile that are made of other columns of the record.
_COLUMNS = {PERIOD: ("date_stated", "start_on", "end_on"), "lead_name": ("lead_organisation_id",)}
_WHOLE_ROW = "*"


def shown_values(table: str, record_id: str) -> tuple[ShownValue, ...]:
    """Name, description and facts of a profile in their order; empty when there is no such record."""
    known, rows = profile(table, record_id), run_query(provenance.record, table, record_id)
    if known is None or rows.empty:
        return ()
    record_type, row = RECORD_TYPES[table], rows.iloc[0]
    columns = {heading: column for column, heading in record_type.profile.items()}
    facts = [(columns[heading], heading, value) for heading, value in known.facts]
    shown = {column for column, *_ in facts}
    facts = [
        *(
            (column, heading, row[column])
            for column, heading in ((record_type.title, "Name"), ("description", "Description"))
            if column not in shown and isinstance(row.get(column), str)
        ),
        *facts,
    ]
    if table == "sources":
        address = row["url"] if isinstance(row["url"], str) else "without an address"
        return tuple(
            ShownValue(heading, f"{table}.{c}", value, (f"the source itself, {address}",))
            for c, heading, value in facts
        )
    citations = run_query(provenance.citations, table, [record_id])
    return tuple(
        ShownValue(heading, f"{table}.{column}", value, _sources(citations, table, column))
        for column, heading, value in facts
    )


def _sources(citations: pd.DataFrame, table: str, column: str) -> tuple[str, ...]:
    """Sources of one value: of the rows it is made of, of its column, else of the record as a whole."""
    own = citations[citations["table_name"] == table]
    parts = citations[[name.endswith(_MADE_OF.get(column, "no table")) for name in citations["table_name"]]]
    fields = own[own["field"].isin(_COLUMNS.get(column, (column,)))]
    chosen = next((rows for rows in (parts, fields, own[own["field"] == _WHOLE_ROW]) if len(rows)), citations)
    return tuple(dict.fromkeys(_lines(chosen)))


def _lines(rows: pd.DataFrame) -> Iterable[str]:
    """'Title (publisher): locator, URL' of each citation."""
    for row in records(rows):
        address = f", {row['url']}" if isinstance(row["url"], str) else ""
        yield f"{row['title']} ({row['publisher']}): {row['locator']}{address}"

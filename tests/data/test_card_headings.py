"""Tables of cards: no two headings alike, and under each heading what it says, by the names in the CSV files."""

from collections.abc import Iterator

import pandas as pd
import pytest

from cards.catalogue import CATALOGUE, make_card
from domain.filters import Filters
from tests.statistics_oracle import EU, US, lookup, rows

pytestmark = pytest.mark.usefixtures("published")
HORIZON = "horizon-2020-with-us-2016"
# Cards that need a choice before they show anything.
CHOICES = {
    "my_country": {"home": ("FR",)},
    "partner_proposals": {"for": ("lyonbiopole",)},
    "regions_compared": {"region": ("US-OH", "US-MI"), "scheme": ("traded_cluster",)},
    "quotient_points": {"scheme": ("nace_division",)},
}


def names(file: str, column: str, **having: str) -> set[str]:
    """Values of a column of a CSV file, of the rows that have these values in other columns."""
    return {row[column] for row in lookup(file) if all(row[key] == value for key, value in having.items())}


def _horizon(column: str, **having: str) -> set[str]:
    table = rows(HORIZON, "horizon_participations")
    for key, value in having.items():
        table = table[table[key] == value]
    return set(table[column])


def _labels() -> set[str]:
    return {row["acronym"] or row["name"] for row in lookup("projects")}


def _industry(sector_id: str) -> str:
    """'Automotive' of a traded cluster, 'C29 Manufacture of …' of a NACE division."""
    scheme, _, code = sector_id.partition("-")
    return f"{code.upper()} {SECTORS[sector_id]}" if scheme == "nace" else SECTORS[sector_id]


COUNTRIES = names("lookups/countries", "name") | names("lookups/countries", "country_code")
THEMES = names("lookups/sectors", "name", scheme="theme")
STATES = {row["name"] for row in lookup("lookups/regions") if row["level"] == "state"}
SECTORS = {row["sector_id"]: row["name"] for row in lookup("lookups/sectors")}
# Heading -> what may stand under it. Of other headings nothing is known here.
HOLDS: dict[str, set[str]] = {
    "Agreement": names("cooperations", "title"),
    "Basis of persons employed": {"stated", "estimated (in part) where figures are withheld", "sum of the regions"},
    "Basis of the strength": {"assigned", "stated"},
    "Conclusion": names("policies", "name"),
    "Cooperation": names("cooperations", "title"),
    "Country": COUNTRIES,
    "Document": names("sources", "title"),
    "EU country": names("lookups/countries", "name", side="EU"),
    "Event": names("events", "name"),
    "Industry": {_industry(one) for data_set in (US, EU) for one in set(rows(data_set)["industry_id"])},
    "Partnership": _labels(),
    "Publisher": names("sources", "publisher"),
    "Region": names("lookups/regions", "name"),
    "Status": names("lookups/cooperation_statuses", "status"),
    "Status in the source": names("events", "status_in_source"),
    "Story": names("success_stories", "title"),
    "Target countries": names("lookups/countries", "name"),
    "Target country": names("lookups/countries", "name"),
    "Themes": THEMES,
    "Traded cluster": names("lookups/sectors", "name", scheme="traded_cluster"),
    "US organisation": _horizon("organisation_name", country_code="US"),
    "US state": STATES,
}
COUNTS = ("source_coverage",)  # its columns hold numbers of organisations: 'Region' are those located to a region


def _values(column: pd.Series) -> Iterator[str]:
    """Values of a column, and those of its lists, as text."""
    for value in column.dropna():
        yield from [value] if isinstance(value, str) else map(str, value)


@pytest.fixture(scope="module")
def tables(published) -> dict[str, tuple[dict[str, str], pd.DataFrame]]:
    """Columns with their headings, and rows, of every card that has something to show without a filter."""
    made = {name: make_card(name, Filters(), CHOICES.get(name, {})) for name in CATALOGUE}
    return {name: (dict(card.columns), card.rows) for name, card in made.items() if card is not None}


def test_no_two_headings_of_a_table_are_alike(tables):
    """Two columns of one name cannot be told apart, and a file loses one of them."""
    alike = {name for name, (columns, _) in tables.items() if len(set(columns.values())) < len(columns)}
    assert len(tables) > 30 and alike == set()


def test_what_stands_under_a_heading_is_what_it_says(tables):
    """Under 'Target country' stand countries, under 'Partnership' projects."""
    wrong = [
        f"{name}, {heading}: {value}"
        for name, (columns, frame) in tables.items()
        if name not in COUNTS
        for column, heading in columns.items()
        if heading in HOLDS and column in frame
        for value in set(_values(frame[column])) - HOLDS[heading]
    ]
    assert wrong == []
    seen = {heading for columns, _ in tables.values() for heading in columns.values()}
    assert set(HOLDS) - seen == set(), "headings that no card has"

"""The filters by EU region and US state on the shipped data, beside what the CSV files say."""

import pytest

from domain.filters import Filters
from warehouse.populations import ALL_COOPERATIONS, ALL_ORGANISATIONS, EVENTS
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import possible_rows, rows

pytestmark = pytest.mark.usefixtures("published")


def ids(query, population, **filters):
    """Ids of the matching or possible records."""
    return set(run_query(query, population, Filters(**filters))[population.record_type.key])


@pytest.mark.parametrize(
    ("name", "code", "is_possible"),
    [
        ("states", "US-LA", lambda row: row["side"] == "US"),
        ("regions", "es-catalonia", lambda row: row["country_code"] == "ES"),
        ("regions", "fr-brittany", lambda row: row["country_code"] == "FR"),
    ],
)
def test_organisations_of_a_region(facts, name, code, is_possible):
    """Those with the code match; those of its country without a region might; all others do not."""
    organisations = facts("organisations")
    expected = {row["organisation_id"] for row in organisations if row["region_code"] == code}
    assert expected and ids(rows, ALL_ORGANISATIONS, **{name: (code,)}) == expected
    possible = ids(possible_rows, ALL_ORGANISATIONS, **{name: (code,)})
    certain = {row["organisation_id"] for row in organisations if not row["region_code"] and is_possible(row)}
    assert certain and certain <= possible
    # The others have several countries, or no recorded one.
    by_id = {row["organisation_id"]: row for row in organisations}
    assert not [one for one in possible - certain if by_id[one]["region_code"] or by_id[one]["country_code"]]


def test_cooperations_of_a_state(facts):
    """A party in the state; without one, a US party of no recorded state leaves it open."""
    state_of = {row["organisation_id"]: row["region_code"] for row in facts("organisations")}
    parties = facts("cooperation_parties")
    expected = {row["cooperation_id"] for row in parties if state_of.get(row["organisation_id"]) == "US-OH"}
    assert expected and ids(rows, ALL_COOPERATIONS, states=("US-OH",)) == expected
    us = [row for row in parties if row["side"] == "US" and not row["project_id"]]
    unknown = {row["cooperation_id"] for row in us if not state_of.get(row["organisation_id"])}
    possible = ids(possible_rows, ALL_COOPERATIONS, states=("US-OH",))
    assert unknown - expected <= possible
    # An organisation of another side may be in the United States as well.
    also_us = {row["organisation_id"] for row in facts("organisation_countries") if row["country_code"] == "US"}
    others = {row["cooperation_id"] for row in parties if row["organisation_id"] in also_us}
    assert possible <= (unknown | others) - expected


def test_events_of_a_state(facts):
    """A city is in the state of an organisation at the same point; a place may be a state; elsewhere it is unknown."""
    assert "transatlantic-cluster-roadshow-2019" in ids(rows, EVENTS, states=("US-IN",))
    assert "catalan-water-mission-new-orleans-2018" in ids(rows, EVENTS, states=("US-LA",))
    places = facts("event_places")
    abroad = {row["event_id"] for row in places if row["country_code"] not in ("US", "")}
    at_home = {row["event_id"] for row in places if row["country_code"] in ("US", "")}
    seen = ids(rows, EVENTS, states=("US-LA",)) | ids(possible_rows, EVENTS, states=("US-LA",))
    assert not seen & (abroad - at_home), "an event outside the United States"
    # It has no recorded region, and no organisation is recorded at its point.
    assert "bio-annual-events" in ids(possible_rows, EVENTS, states=("US-LA",))


def test_what_can_be_chosen(facts):
    """Regions and states with a record, by name; regions of Norway or Canada are not of the EU side."""
    known = vocabulary()
    assert set(known.states) >= {row["region_code"] for row in facts("organisations") if row["side"] == "US"} - {""}
    assert all(code.startswith("US-") for code in known.states)
    assert known.regions["es-catalonia"] == "Catalonia, Spain" and "no-oslo" not in known.regions

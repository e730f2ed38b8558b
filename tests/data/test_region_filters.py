"""The filters by EU region and US state on the shipped data, beside what the CSV files say."""

import pytest

from cards.catalogue import make_card
from domain.filters import Filters
from tests.oracle_records import Chosen
from warehouse.populations import ALL_COOPERATIONS, ALL_ORGANISATIONS, EVENTS, REGIONS
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
    """A party in the state, or a member of a project; without one, a US party of no recorded state leaves it open."""
    state_of = {row["organisation_id"]: row["region_code"] for row in facts("organisations")}
    parties = facts("cooperation_parties")
    of_projects = {row["project_id"] for row in facts("project_members") if state_of[row["organisation_id"]] == "US-OH"}
    expected = {
        row["cooperation_id"]
        for row in parties
        if state_of.get(row["organisation_id"]) == "US-OH" or row["project_id"] in of_projects
    } | {"collaboration-arena2036-us-partners"}  # with "partners in Ohio and Michigan"
    assert expected and ids(rows, ALL_COOPERATIONS, states=("US-OH",)) == expected
    placed = {(row["cooperation_id"], row["party_order"]) for row in facts("cooperation_party_regions")}
    us = [row for row in parties if row["side"] == "US" and not row["project_id"]]
    us = [row for row in us if (row["cooperation_id"], row["party_order"]) not in placed]
    unknown = {row["cooperation_id"] for row in us if not state_of.get(row["organisation_id"])}
    possible = ids(possible_rows, ALL_COOPERATIONS, states=("US-OH",))
    assert unknown - expected <= possible
    # A party that no source places, a project with unknown members, and a body of the whole world may be there as well.
    assert "membership-btca-other-bluetech-clusters" in possible
    only_eu = {"agreement-healthtech-cluster-massmedic-2016"}  # Catalonia and Massachusetts, both recorded
    assert not possible & only_eu


def test_members_of_a_project_have_its_cooperations():
    """BioXClusters plus: Catalonia, Piedmont, Bavaria and Auvergne-Rhône-Alpes; its other members are not known."""
    found = [ids(rows, ALL_COOPERATIONS, regions=(one,)) for one in ("es-catalonia", "it-piedmont", "de-bavaria")]
    assert all("mission-bioxclusters-plus-boston-2013" in own for own in found)
    assert "mission-bioxclusters-plus-boston-2013" in ids(possible_rows, ALL_COOPERATIONS, regions=("it-lombardy",))
    assert "mou-magia-medical-alley" in ids(rows, ALL_COOPERATIONS, regions=("be-wallonia",))


def test_what_is_not_recorded_of_a_record_that_matches():
    """Its region is not among that, even where another party has none; of one with regions, further ones."""
    open_ = run_query(possible_rows, ALL_COOPERATIONS, Filters(regions=("es-catalonia",), year_from=2015))
    labels = {key: list(own) for key, own in zip(open_["cooperation_id"], open_["not_recorded"], strict=True)}
    assert labels["mou-four-escp4i-partnerships-2019"] == ["date"]
    open_ = run_query(possible_rows, ALL_COOPERATIONS, Filters(regions=("it-lombardy",)))
    labels = {key: list(own) for key, own in zip(open_["cooperation_id"], open_["not_recorded"], strict=True)}
    assert labels["mission-bioxclusters-plus-boston-2013"] == ["perhaps further regions"]


def test_regions_of_one_side_are_none_of_the_other():
    """Plastipolis is in Auvergne-Rhône-Alpes; of its US partners of 2016 the paper names no state (s2.3, bullet 3)."""
    open_ = run_query(possible_rows, ALL_COOPERATIONS, Filters(states=("US-TN",)))
    labels = {key: list(own) for key, own in zip(open_["cooperation_id"], open_["not_recorded"], strict=True)}
    assert labels["collaboration-plastipolis-us-clusters-2016"] == ["US state"]
    assert labels["collaboration-plastipolis-usa-next-steps"] == ["perhaps further US states"]


# Parties without a name, with the words of the documents: "two San Diego companies" (s2.4), "Ohio companies" (s2.3),
# "mission to upstate New York" (s3.5), "mission to Boston" (s3.4), "Washington companies" and "procurement in the State
# of Washington" (s1.2), "Seattle (State of Washington) … local companies" (s3.3), "visited Washington-DC and New York"
# (s2.1).
WORDS_NAME_A_STATE = [
    ("contact-san-diego-companies-french-partners", {"US-CA"}),
    ("exchange-plastipolis-us-partners", {"US-OH", "US-MS"}),
    ("mission-silicon-europe-worldwide-new-york-2016", {"US-NY"}),
    ("mission-bioxclusters-plus-boston-2013", {"US-MA"}),
    ("collaboration-state-of-washington-airbus", {"US-WA"}),
    ("procurement-airbus-state-of-washington", {"US-WA"}),
    ("mission-eacp-abroad-pnaa-2017", {"US-WA"}),
    ("collaboration-arena2036-us-partners", {"US-MI", "US-OH"}),
    ("alliance-international-cleantech-network-2009", {"US-CO"}),
    ("visit-dutch-minister-usa", {"US-DC", "US-NY"}),
    ("participation-healthtech-cluster-catalonia-cluster-programme", {"es-catalonia"}),
]


def test_a_party_without_a_name_is_where_its_words_say():
    """The cooperation is known in the states that the words name, and no others where all of its US side is placed."""
    rows_of_all = run_query(rows, ALL_COOPERATIONS, Filters())
    found = dict(zip(rows_of_all["cooperation_id"], rows_of_all["region_codes"], strict=True))
    of_us = {one: {c for c in found[one] if c.startswith("US-")} or set(found[one]) for one, _ in WORDS_NAME_A_STATE}
    assert of_us == dict(WORDS_NAME_A_STATE)
    # The other parties of the US side of these two are in Ohio and Mississippi; San Diego is the only one of the other.
    might = ids(possible_rows, ALL_COOPERATIONS, states=("US-TN",))
    assert not might & {"exchange-plastipolis-us-partners", "contact-san-diego-companies-french-partners"}
    assert "visit-dutch-minister-usa" in might, "the host is the federal government, of no recorded state"


def test_cards_count_parties_without_a_name():
    """California: seven by named parties, the two companies of San Diego and five with Silicon Valley (s1.2, s2.4,
    Table 2); New York: the mission and its event."""
    card = make_card("map_usa", Filters(states=("US-CA",)))
    assert "13 recorded EU–US cooperations for California" in card.subtitle + card.title
    assert "43 more EU–US cooperations might match: no recorded US state (38), perhaps further US states (5)" in str(
        card.not_counted
    )
    # Greece: a mission to upstate New York, and two others without a state.
    assert (
        "1 of the 3 EU–US cooperations has both (2 without a recorded state)"
        in make_card("who_with_whom", Filters(countries=("GR",))).subtitle
    )
    new_york = {"states": ("US-NY",)}
    assert "mission-silicon-europe-worldwide-new-york-2016" in ids(rows, ALL_COOPERATIONS, **new_york)
    assert "silicon-europe-worldwide-mission-new-york-2016" in ids(rows, EVENTS, **new_york)
    assert {"eacp-abroad-mission-seattle-2017", "niedersachsen-aviation-mission-seattle"} <= ids(
        rows, EVENTS, states=("US-WA",)
    )
    assert "milan-expo-matchmaking-2015" in ids(rows, EVENTS, regions=("it-lombardy",))


def test_events_of_a_state(facts):
    """A city is in the state of an organisation at the same point; a place may be a state; elsewhere it is unknown."""
    assert "transatlantic-cluster-roadshow-2019" in ids(rows, EVENTS, states=("US-IN",))
    assert "catalan-water-mission-new-orleans-2018" in ids(rows, EVENTS, states=("US-LA",))
    places = facts("event_places")
    abroad = {row["event_id"] for row in places if row["country_code"] not in ("US", "")}
    at_home = {row["event_id"] for row in places if row["country_code"] in ("US", "")}
    seen = ids(rows, EVENTS, states=("US-LA",)) | ids(possible_rows, EVENTS, states=("US-LA",))
    assert not seen & (abroad - at_home), "an event outside the United States"
    # Latin America is not in the EU, and the other places of the visit are in the United States.
    assert "smartcitytech-field-visit" not in ids(possible_rows, EVENTS, regions=("es-catalonia",))
    # It has no recorded region, and no organisation is recorded at its point.
    assert "bio-annual-events" in ids(possible_rows, EVENTS, states=("US-LA",))


def test_what_can_be_chosen(facts):
    """Regions and states with a record, by name; regions of Norway or Canada are not of the EU side."""
    known = vocabulary()
    assert set(known.states) >= {row["region_code"] for row in facts("organisations") if row["side"] == "US"} - {""}
    assert all(code.startswith("US-") for code in known.states)
    assert known.regions["es-catalonia"] == "Catalonia, Spain" and "no-oslo" not in known.regions


def test_profiles_of_countries_and_states_count_as_the_filters_do(oracle):
    """EU–US cooperations, each agreement once."""
    found = run_query(rows, REGIONS, Filters())
    counts = dict(zip(found["region_code"], found["cooperation_count"], strict=True))
    countries = [one for one in oracle.names("countries", "country_code") if one in counts]
    states = [one for one, level in oracle.names("regions", "region_code", "level").items() if level == "state"]
    states = [one for one in states if one in counts]
    chosen = {one: Chosen(countries=(one,)) for one in countries} | {one: Chosen(states=(one,)) for one in states}
    assert len(countries) > 40 and len(states) > 30
    expected = {one: len(oracle.counted("EU–US cooperations", filters)) for one, filters in chosen.items()}
    assert {one: counts[one] for one in chosen} == expected and max(expected.values()) == expected["US"]

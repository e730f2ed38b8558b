"""Policies, events, stories and statements that were once missing or flattened: values typed from the documents."""

from datetime import date

import pytest

D = date
WORKSHOP = "eu-us-cluster-workshop-2015"


# ---------------------------------------------------------------- policies


def test_the_flood_protection_memorandum_is_dutch_and_american(rows):
    """Signed by 'the Dutch Minister' and 'the USA Secretary' (s2.1)."""
    found = rows("SELECT country_codes, sides FROM policy_register WHERE policy_id = 'mou-netherlands-usa-water-2013'")
    assert found == [(["NL", "US"], ["EU", "US"])]


def test_policies_of_both_sides_have_the_united_states(rows):
    """None of them shows 'not stated' for its country; the two documents name eight, and EU ENERGY STAR."""
    ((known, with_usa),) = rows(
        "SELECT count(*), count(*) FILTER (list_contains(country_codes, 'US')) FROM policy_register WHERE side = 'BOTH'"
    )
    assert known == with_usa >= 9
    reasons = rows(
        "SELECT DISTINCT reason FROM missing_values WHERE table_name = 'policies' AND field = 'country_code' ORDER BY 1"
    )
    assert reasons == [("not applicable",), ("several values",)]


def test_instruments_of_the_energy_sector(column):
    """Section 3.2 names the labelling agreement, Clean Energy Ministerial, Mission Innovation, EU ENERGY STAR."""
    found = column(
        "SELECT policy_id FROM policy_register WHERE list_contains(theme_ids, 'energy') AND start_on IS NULL"
    )
    assert {"clean-energy-ministerial", "eu-energy-star", "eu-us-energy-star-agreement", "mission-innovation"} <= set(
        found
    )


def test_an_instrument_is_stored_once(rows):
    """The register shows policies and the marked projects, each of them once."""
    assert rows("SELECT count(*) FROM policy_register") == rows(
        "SELECT (SELECT count(*) FROM policies) + (SELECT count(*) FROM policy_projects)"
    )
    assert rows("SELECT policy_id FROM policy_register GROUP BY policy_id HAVING count(*) > 1") == []


# ---------------------------------------------------------------- events


@pytest.mark.parametrize(
    ("event", "places"),
    [
        ("escp4i-second-generation-launch-2018", [("Brussels", "BE")]),
        ("eu4sports-clusters-alliance-final-conference-2017", [("Brussels", "BE")]),
        ("magia-mission-usa-2019", [("Minneapolis", "US"), ("Washington D.C.", "US")]),
        ("peres-study-visit-chicago-2019", [("Chicago", "US"), ("Pittsburgh", "US")]),
    ],
)
def test_places_that_the_cited_page_states(rows, event, places):
    """They stood on the very page cited, and were marked as not stated."""
    assert rows("SELECT place, country_code FROM event_places WHERE event_id = $1 ORDER BY sequence", event) == places
    assert (
        rows("SELECT 1 FROM missing_values WHERE table_name = 'event_places' AND record_id LIKE $1 || '|%'", event)
        == []
    )


def test_dates_that_the_cited_page_states(rows):
    """MAGIA and Medical Alley signed during the mission of 15 to 19 April 2019; PERES went in March 2019."""
    assert rows(
        "SELECT start_on, end_on, date_precision FROM cooperations WHERE cooperation_id = 'mou-magia-medical-alley'"
    ) == [(D(2019, 4, 15), D(2019, 4, 19), "day")]
    assert rows(
        "SELECT start_on, end_on, date_precision FROM events WHERE event_id = 'peres-study-visit-chicago-2019'"
    ) == [(D(2019, 3, 1), D(2019, 3, 31), "month")]


def test_lead_and_members_of_peres(rows, column):
    """Coordinated by DITECFER, with i-Trans, BTS Rail Saxony, Rail Alliance and RCSEE (page of DITECFER)."""
    assert rows("SELECT lead_organisation_id FROM projects WHERE project_id = 'escp4i2-peres'") == [("ditecfer",)]
    found = column("SELECT organisation_id FROM project_members WHERE project_id = 'escp4i2-peres'")
    assert sorted(found) == ["bts-rail-saxony", "ditecfer", "i-trans", "rail-alliance", "rcsee"]


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (D(2011, 6, 1), D(2011, 6, 30), 1),
        (D(2013, 1, 1), D(2013, 12, 31), 4),
        (D(2014, 1, 1), D(2014, 12, 31), 2),
        (D(2015, 1, 1), D(2015, 12, 31), 2),
        (D(2024, 1, 1), D(2024, 12, 31), 2),
    ],
)
def test_signatures_are_events(rows, first, last, count):
    """June 2011, 2013 (October twice), 2014, and in 2015 the Arrangement and a renewal.

    Other pages date one more in 2013 (Silicon Saxony) and 2014 (The Hague Security Delta), and two in 2024.
    """
    found = rows(
        "SELECT count(*) FROM events WHERE kind = 'signature' AND start_on >= $1 AND end_on <= $2", first, last
    )
    assert found == [(count,)]


# ---------------------------------------------------------------- stories and statements


@pytest.mark.parametrize(
    ("story", "partners"),
    [
        ("story-nolaba-nwp", ["New Orleans Business Alliance", "Netherlands Water Partnership"]),
        (
            "story-plastipolis",
            ["Plastipolis", "Polymer Ohio", "Mississippi Polymer Institute", "Ohio Bioproducts Innovation Centre"],
        ),
    ],
)
def test_the_partners_of_the_box_come_first(rows, story, partners):
    """In the order of the box, and only then the others who are named on the way."""
    ((boxed, parties),) = rows("SELECT partners, parties FROM story_register WHERE story_id = $1", story)
    assert boxed == partners
    assert parties[: len(partners)] == partners
    assert len(parties) == len(set(parties)) > len(partners)


def test_alliance_of_eight_partners(rows):
    """Seven Charter Members and the first Regular Member (s2.4)."""
    found = rows(
        "SELECT role, count(*) FROM story_partners WHERE story_id = 'story-bluetech' GROUP BY role ORDER BY role"
    )
    assert found == [("charter member", 7), ("regular member", 1)]


def test_story_of_plastipolis_keeps_its_numbers_and_names(rows):
    """s2.3: more than 340 members, 230 firms, 90 % SMEs, 5.5 billion, 4,000 contacts; four further partners."""
    ((context, results),) = rows("SELECT context, results FROM success_stories WHERE story_id = 'story-plastipolis'")
    for part in ("340", "230", "90 %", "5.5 billion", "4,000", "key role"):
        assert part in context
    for partner in (
        "Ben Franklin Technology Partners",
        "EEB Hub",
        "University of Pennsylvania",
        "University of Southern Mississippi",
    ):
        assert partner in results


@pytest.mark.parametrize(
    ("subject", "stated"),
    [
        ("biotechnology", "one of the strongest sectors"),  # s3.4, paragraph 1
        ("biotechnology", "fast-growing"),  # s3.4, paragraph 4
        ("aerospace", "generally positive"),  # s3.3, paragraph 1
        ("ict", "main drivers of growth"),  # s3.5, paragraph 4
        ("collaboration-eu-usa", "one of the most powerful"),  # s1, paragraph 1
    ],
)
def test_statements_of_the_paper_about_a_sector(rows, subject, stated):
    """Rankings and growth without a number are figures without a value."""
    found = rows(
        "SELECT value, qualifier FROM figures WHERE subject_id = $1 AND contains(value_stated, $2)", subject, stated
    )
    assert found == [(None, "unquantified")]


def test_the_workshop_spoke_of_benchmarking_and_evaluation(rows):
    """'How to benchmark innovation clusters' and 'cluster policies and their evaluations' (news item, 2 and 8)."""
    ((description,),) = rows("SELECT description FROM events WHERE event_id = $1", WORKSHOP)
    assert "benchmark" in description and "evaluation" in description and "First event" in description


def test_activities_that_the_paper_tells_as_done(column):
    """EnW 'has developed' a database and 'organised' workshops (s3.1); missions before 2017 took place."""
    done = column("SELECT activity_id FROM activities WHERE progress = 'carried out'")
    assert {
        "escp4i-enw-text-1",
        "escp4i-enw-text-2",
        "escp4i-bioxclusters-plus-text-1",
        "escp4i-bioxclusters-plus-text-2",
        "escp4i-eacp-abroad-text-1",
        "escp4i-silicon-europe-worldwide-text-1",
    } <= set(done)
    table_2 = column("SELECT DISTINCT progress FROM activities WHERE cell <> 'text' AND availability = 'stated'")
    assert table_2 == ["planned"]


def test_the_second_generation_was_launched_on_20_and_21_february(rows):
    """'During the launching event on the 20th and 21th of February in Brussels' (Pôle SCS, 1 March 2018)."""
    found = rows(
        "SELECT start_on, end_on, date_precision FROM events WHERE event_id = 'escp4i-second-generation-launch-2018'"
    )
    assert found == [(D(2018, 2, 20), D(2018, 2, 21), "day")]

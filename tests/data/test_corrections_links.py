"""Links, bodies and places that were once wrong or vague: each value is typed from the documents or the page named."""

from datetime import date

import pytest

D = date
WORKSHOP = "eu-us-cluster-workshop-2015"


# ---------------------------------------------------------------- what is a link, and how firm


def test_netbioclue_is_no_link_to_the_usa(rows):
    """'Launched … under the 6th Framework Programme … in Europe' (s3.4): a project, without a US party."""
    assert rows("SELECT cooperation_id FROM cooperation_parties WHERE project_id = 'netbioclue'") == []
    assert rows("SELECT programme FROM projects WHERE project_id = 'netbioclue'") == [("6th Framework Programme",)]


def test_missions_of_nolaba_and_nwp_were_and_are_possible(rows):
    """'It was (and is) possible to establish missions … and to organise bilateral conferences, seminars, forums,
    workshops and competitions in each country' (s2.1)."""
    ((status, subject),) = rows(
        "SELECT status, subject FROM cooperations WHERE cooperation_id = 'mission-nolaba-nwp-water-specialists'"
    )
    ((results,),) = rows("SELECT results FROM success_stories WHERE story_id = 'story-nolaba-nwp'")
    assert status == "ongoing"
    for text in (subject, results):
        for form in ("missions", "conferences", "seminars", "forums", "workshops", "competitions"):
            assert form in text


def test_a_filter_of_2015_to_2017_keeps_the_renewal(rows):
    """'This partnership was renewed in 2015 for another 3 years' (s2.3)."""
    found = rows(
        "SELECT cooperation_id, renewed_cooperation_id FROM cooperation_register "
        "WHERE status = 'renewed' AND start_on <= '2017-12-31' AND end_on >= '2015-01-01' "
        "AND list_contains(story_ids, 'story-plastipolis')"
    )
    assert found == [("renewal-plastipolis-polymerohio-2015", "mou-plastipolis-polymerohio-2011")]


def test_aims_are_told_as_aims(rows):
    """'Aims to facilitate global cooperation between cities and smart systems stakeholders' (s3.5)."""
    ((description,),) = rows("SELECT description FROM projects WHERE project_id = 'escp4i-smartcitytech'")
    assert "aims" in description and "smart systems stakeholders" in description
    for project, verb in [
        ("escp4i-enw", "aims"),
        ("escp4i-silicon-europe-worldwide", "aims"),
        ("escp4i-eacp-abroad", "aims"),
    ]:
        assert verb in rows("SELECT description FROM projects WHERE project_id = $1", project)[0][0], project


@pytest.mark.parametrize(
    "cooperation", ["mou-plastipolis-polymerohio-2011", "mou-plastipolis-obic-2013", "mou-plastipolis-mpi-2013"]
)
def test_themes_that_no_source_prints_are_assigned(rows, cooperation):
    """The box prints 'Plastics', 'Automotive' and 'Production Technology and Heavy Machinery' (s2.3), no theme."""
    found = rows(
        "SELECT DISTINCT basis FROM cooperation_sectors JOIN sectors USING (sector_id) "
        "WHERE cooperation_id = $1 AND scheme = 'theme'",
        cooperation,
    )
    assert found == [("assigned",)]


# ---------------------------------------------------------------- who and where


@pytest.mark.parametrize(
    ("project", "countries"),
    [
        ("escp4i-enw", ["DK", "ES", "FR", "GB", "NL"]),  # s3.1, paragraph 4
        ("escp4i-silicon-europe-worldwide", ["BE", "DE", "FR", "GB", "IT", "NL"]),  # s3.5, paragraph 3
    ],
)
def test_countries_that_the_paper_prints_for_a_project(rows, column, project, countries):
    """Named countries count with those of the known members."""
    assert sorted(column("SELECT country_code FROM project_countries WHERE project_id = $1", project)) == countries
    ((listed,),) = rows("SELECT country_codes FROM project_register WHERE project_id = $1", project)
    assert set(countries) <= set(listed)


@pytest.mark.parametrize("hub", ["cleveland-hub", "new-york-hub", "san-diego-hub"])
def test_hubs_are_no_cluster_organisations(rows, hub):
    """'Important hubs, such as Cleveland, New York and San Diego' (s1.2)."""
    assert rows("SELECT kind, is_cluster_organisation FROM organisations WHERE organisation_id = $1", hub) == [
        ("hub", False)
    ]


@pytest.mark.parametrize(
    ("organisation", "successor", "how", "ended_on", "precision"),
    [
        ("plastipolis", "polymeris", "merged", D(2020, 12, 31), "day"),
        ("pole-eau", "aqua-valley", "merged", D(2017, 6, 28), "day"),
        ("healthtech-cluster", "cataloniabio-healthtech", "merged", D(2017, 12, 31), "year"),
        ("optitec", "pole-scs", "merged", D(2024, 1, 1), "day"),
        (
            "environmental-technology-cluster-upper-austria",
            "cleantech-cluster-oberosterreich",
            "merged",
            None,
            "undated",
        ),
        ("veneto-nanotech", None, "in liquidation", D(2015, 12, 31), "year"),
        ("france-water-team", None, "dissolved", D(2024, 1, 31), "month"),
        ("nolaba", None, "dissolution decided", D(2025, 12, 31), "year"),
    ],
)
def test_bodies_that_are_gone(rows, organisation, successor, how, ended_on, precision):
    """They stay on record, with successor and end, and are none of today's."""
    found = rows(
        "SELECT successor_id, end_kind, ended_on, ended_precision, is_current FROM organisation_register "
        "WHERE organisation_id = $1",
        organisation,
    )
    assert found == [(successor, how, ended_on, precision, False)]


def test_only_current_bodies_are_in_the_headline(rows):
    """Named cluster organisations of a side, less the merged and ended ones, counted on the base tables."""
    for side in ("EU", "US"):
        expected = rows(
            "SELECT count(*)::VARCHAR FROM organisations WHERE is_cluster_organisation AND side = $1 "
            "AND kind <> 'regional_cluster' AND successor_id IS NULL "
            "AND organisation_id NOT IN (SELECT organisation_id FROM organisation_ends)",
            side,
        )
        assert (
            rows("SELECT value FROM headline_figures WHERE figure = $1", f"cluster organisations, side {side}")
            == expected
        )
    assert rows("SELECT count(*) FROM organisation_register WHERE NOT is_current") >= [(8,)]


def test_arena2036_has_its_own_website(rows):
    """Not that of the project InterSpiN."""
    assert rows("SELECT website FROM organisations WHERE organisation_id = 'arena2036'") == [("arena2036.de",)]


def test_presenters_of_the_workshop_come_from_both_sides(rows):
    """'Massachusetts, New Orleans and South Carolina', and 'Denmark … the Basque country, Hamburg and Wallonia'."""
    found = dict(
        rows(
            "SELECT side, list_sort(list(organisation_id)) FROM event_organisations "
            "JOIN organisations USING (organisation_id) "
            "WHERE event_id = $1 AND role = 'presenter' GROUP BY side",
            WORKSHOP,
        )
    )
    assert found == {
        "US": ["city-of-new-orleans", "state-of-massachusetts", "state-of-south-carolina"],
        "EU": ["government-of-denmark", "region-of-the-basque-country", "region-of-wallonia", "state-of-hamburg"],
    }


def test_policies_presented_at_the_workshop(column):
    """Nine national, state and regional policies in paragraph 8 of the news item."""
    found = column(
        "SELECT policy_id FROM event_policies JOIN citations c ON c.table_name = 'event_policies' "
        "AND c.record_id = concat_ws('|', event_id, policy_id) WHERE event_id = $1 AND locator = 'paragraph 8'",
        WORKSHOP,
    )
    assert sorted(found) == [
        "basque-country-cluster-policy",
        "danish-cluster-policy",
        "german-leading-edge-cluster-competition",
        "hamburg-cluster-policy",
        "massachusetts-cluster-policy",
        "new-orleans-cluster-policy",
        "poles-de-competitivite",
        "south-carolina-cluster-policy",
        "wallonia-cluster-policy",
    ]


def test_countries_of_participants_without_a_name(column):
    """'Additional participants from Canada, India, Mexico, and South Korea' (news item, paragraph 4)."""
    found = column(
        "SELECT country_code FROM cooperation_party_countries "
        "WHERE cooperation_id = 'exchange-eu-us-cluster-workshop-2015'"
    )
    assert sorted(found) == ["CA", "IN", "KR", "MX"]


def test_members_of_a_consortium_signed_and_not_their_network(rows):
    """'Signed between some of the EACP-ABROAD consortium members and our international cluster partners' (EACP)."""
    found = rows(
        "SELECT organisation_id, party_stated FROM cooperation_parties WHERE cooperation_id = 'mou-eacp-pnaa-2017' "
        "ORDER BY party_order"
    )
    assert found == [(None, "some members of the EACP ABROAD consortium"), ("pnaa", None)]


@pytest.mark.parametrize(
    ("organisation", "operated_or_partner"),
    [
        # 'Operated by the Defense Alliance …, the APC is one of 10 Regional Innovation Clusters' (powerfordefense.com).
        ("defense-alliance", {"APC", "Advanced Power and Energy Cluster"}),
        # 'Led by the City of Manchester'; the institute is one of five partners, BioFabUSA its programme (armiusa.org).
        (
            "southern-new-hampshire-biofabrication-cluster",
            {"ARMI", "Advanced Regenerative Manufacturing Institute", "BioFabUSA"},
        ),
        # 'The Capital Region has lived up to its Tech Valley moniker' (Daily Gazette): the name of the region.
        ("center-for-economic-growth", {"Tech Valley"}),
        # Printed by no page; the platform has 'bavAIRia e.V. / Cluster Aerospace'.
        ("bavairia", {"Cluster Aerospace Bayern"}),
    ],
)
def test_another_body_is_no_other_name(column, organisation, operated_or_partner):
    found = column("SELECT alias FROM organisation_aliases WHERE organisation_id = $1", organisation)
    assert not operated_or_partner & set(found)


@pytest.mark.parametrize(
    ("organisation", "name", "members", "as_of"),
    [
        # 'The APC currently has 82 member companies and organizations': of the cluster, not of the alliance.
        ("defense-alliance", "Defense Alliance", None, None),
        # 'Le pôle breton compte 354 adhérents' (La Tribune, March 2019); the page cited before gives no number.
        ("pole-mer-bretagne-atlantique", "Pôle Mer Bretagne Atlantique", 354, "2019"),
        # 'We started the Colorado Cleantech Industry Association (CCIA)' (ColoradoBiz, paragraph 2).
        ("colorado-cleantech-industries-association", "Colorado Cleantech Industry Association", None, None),
    ],
)
def test_names_and_members_that_a_page_states(rows, organisation, name, members, as_of):
    found = rows(
        "SELECT name, member_count, member_count_as_of FROM organisations WHERE organisation_id = $1", organisation
    )
    assert found == [(name, members, as_of)]


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        # 'A new name for the former Northern Colorado Energy Cluster' (Denver Post, December 2010).
        ("northern-colorado-clean-energy-cluster", "Colorado Clean Energy Cluster"),
        ("epsi", "European Platform for Sports Innovation"),
        ("bavairia", "bavAIRia e.V. / Cluster Aerospace"),
    ],
)
def test_another_name_that_a_page_prints(column, organisation, name):
    assert name in column("SELECT alias FROM organisation_aliases WHERE organisation_id = $1", organisation)


def test_the_year_of_a_nickname_is_not_the_year_of_foundation(rows):
    """'In 1992, Business Week magazine bestowed the name "Optics Valley" on Tucson' (SPIE)."""
    assert rows("SELECT founded_year FROM organisations WHERE organisation_id = 'optics-valley'") == [(None,)]


def test_representatives_were_scheduled_for_meetings(column):
    """'A total of 75 cluster representatives were scheduled for matchmaking meetings' (European Commission)."""
    sql = "SELECT measure FROM figures WHERE figure_id = 'hannover-matchmaking-2016-representatives'"
    assert column(sql) == ["cluster representatives scheduled for matchmaking meetings"]

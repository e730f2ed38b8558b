"""What is wanted, planned or possible is not what is: statuses, sides and countries of the two documents."""

import pytest


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("Basque Energy Cluster", {"aspiration"}),  # "want to establish future cooperation actions"
        ("Energy IN cluster / Energy IN", {"aspiration"}),
        ("BioValley", {"aspiration"}),  # "aims to strengthen the links"
        ("Merinova", {"ongoing", "completed"}),  # "has developed several contacts", "has exchanged"
    ],
)
def test_wanting_is_not_having(rows, organisation, body, statuses):
    """What a cluster wants or aims at is an aspiration; what it has done is not."""
    found = rows(
        "SELECT cooperation_id, status FROM cooperations JOIN cooperation_parties USING (cooperation_id) "
        "WHERE organisation_id = $1 AND is_eu_us AND cooperation_id IN "
        "(SELECT record_id FROM citations WHERE table_name = 'cooperations' AND source_id = 'd35')",
        organisation(body),
    )
    assert found and {status for _, status in found} <= statuses, found


@pytest.mark.parametrize("words", ["Brazil", "Dutch BlueTech cluster"])
def test_what_is_possible_stays_possible(rows, organisation, words):
    """The Maritime Alliance may help a Brazilian and a Dutch cluster: 'possible', 'possibility' and no more."""
    found = rows(
        "SELECT status FROM cooperations JOIN cooperation_parties USING (cooperation_id) "
        "WHERE organisation_id = $1 AND kind <> 'visit' AND concat_ws(' ', title, subject) ILIKE '%' || $2 || '%'",
        organisation("The Maritime Alliance"),
        words,
    )
    assert found == [("possible",)]


def test_airbus_plans_to_double_its_procurement(rows, organisation):
    """Buying today is ongoing, doubling it by 2020 is planned; nothing of it is signed."""
    found = rows(
        "SELECT DISTINCT status FROM cooperations JOIN cooperation_parties USING (cooperation_id) "
        "WHERE organisation_id = $1",
        organisation("Airbus"),
    )
    assert found and {status for (status,) in found} <= {"ongoing", "planned", "aspiration", "possible"}


def test_french_german_biovalley_has_two_countries(rows, column, organisation):
    """A cluster on a border belongs to both countries and to neither alone."""
    biovalley = organisation("BioValley")
    countries = column("SELECT country_code FROM organisation_countries WHERE organisation_id = $1", biovalley)
    assert sorted(countries) == ["DE", "FR"]
    assert rows("SELECT country_code FROM organisations WHERE organisation_id = $1", biovalley) == [(None,)]


def test_washington_state_is_not_washington_dc(rows, organisation):
    """The aerospace cluster and the state are in the North-West; departments of the government are not."""
    for body in ("Washington Aerospace Cluster", "State of Washington / Washington State"):
        assert rows("SELECT region_code FROM organisations WHERE organisation_id = $1", organisation(body)) == [
            ("US-WA",)
        ]
    found = rows("SELECT region_code FROM organisations WHERE organisation_id = 'us-department-of-commerce'")
    assert found in ([("US-DC",)], [(None,)])


def test_sides_are_consistent(rows):
    """A link is EU–US exactly when it has a party on each side, and a party is on its organisation's side."""
    assert (
        rows(
            "SELECT cooperation_id FROM cooperations JOIN cooperation_parties USING (cooperation_id) "
            "GROUP BY cooperation_id, is_eu_us "
            "HAVING is_eu_us <> (bool_or(side = 'EU') AND bool_or(side = 'US'))"
        )
        == []
    )
    assert (
        rows(
            "SELECT cooperation_id FROM cooperation_parties p JOIN organisations o USING "
            "(organisation_id) WHERE p.side <> o.side"
        )
        == []
    )

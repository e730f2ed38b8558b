"""The numbers of the two documents: value, unit, qualifier and what exactly is counted."""

import pytest

from domain.record_types import RECORD_TYPES
from warehouse import provenance
from warehouse.query_cache import run_query

# Subject (names, divided by ' / '), value, unit, qualifier, a word of what is counted.
ORGANISATION_FIGURES = [
    ("Netherlands Water Partnership / NWP", 200, "organisations", "exact", ""),
    ("MassMEDIC", 350, None, "exact", ""),
    ("Plastipolis", 340, None, "more than", ""),
    ("Plastipolis", 230, "firms", "exact", ""),
    ("Plastipolis", 90, "percent", "exact", "sme"),
    ("Plastipolis", 5_500_000_000, "EUR", "exact", "turnover"),
    ("Plastipolis", 4_000, "contacts", "exact", ""),
    ("Airbus", 10_000_000_000, "USD", "more than", ""),
    ("MassMEDIC", 2, None, "ordinal", ""),
]


@pytest.mark.parametrize(("names", "value", "unit", "qualifier", "word"), ORGANISATION_FIGURES)
def test_figures_of_organisations(rows, organisation, names, value, unit, qualifier, word):
    """Each number once, with its unit and its hedge; an ordinal is not a count."""
    found = rows(
        "SELECT unit, qualifier, concat_ws(' ', measure, unit, population) FROM figures "
        "WHERE subject_type = 'organisation' AND subject_id = $1 AND value = $2",
        organisation(names),
        value,
    )
    assert len(found) == 1, found
    assert unit in (None, found[0][0])
    assert found[0][1] == qualifier
    assert word in found[0][2].lower()


def test_cleantech_association(rows, organisation):
    """Three US clusters joined in 2010, eighteen are members at the date of the paper: two numbers, two dates."""
    found = rows(
        "SELECT value, left(as_of, 4) FROM figures WHERE value IN (3, 18) AND (subject_id = $1 OR subject_id IN "
        "(SELECT cooperation_id FROM cooperation_parties WHERE organisation_id = $1)) ORDER BY value",
        organisation("Global Cleantech Cluster Association / EU Global Cleantech Cluster Association"),
    )
    assert found == [(3, "2010"), (18, "2017")]


def test_forty_aerospace_clusters(rows):
    """The European Aerospace Cluster Partnership has 40 clusters."""
    found = rows("SELECT subject_id, qualifier FROM figures WHERE value = 40 AND unit ILIKE '%cluster%'")
    assert [(s in ("eacp", "escp4i-eacp-abroad"), q) for s, q in found] == [(True, "exact")]


def test_trade_balance_of_us_aerospace(rows):
    """82.5 billion dollars in 2015: of the US industry, not of a cluster."""
    found = rows("SELECT subject_type, unit, qualifier, as_of FROM figures WHERE value = 82500000000")
    assert found == [("sector", "USD", "exact", "2015")]


def test_thirty_is_two_numbers(rows):
    """30 other Catalan clusters and 30 clusters at a workshop in Chicago: a coincidence, two records."""
    found = rows(
        "SELECT subject_id FROM figures JOIN citations ON table_name = 'figures' AND record_id = figure_id "
        "WHERE value = 30 AND source_id = 'd35'"
    )
    assert len(set(found)) == 2


def test_two_companies_of_san_diego(rows):
    """They found French partners through Pôle Mer Méditerranée."""
    found = rows(
        "SELECT value FROM figures WHERE value = 2 AND concat_ws(' ', measure, population, unit) ILIKE '%San Diego%'"
    )
    assert found == [(2,)]


def test_eight_clusters_of_the_pilot(rows):
    """'an EC funded pilot project between 2012 and 2014 with a group of eight European clusters' (s2.3)."""
    assert rows("SELECT value, qualifier, as_of FROM figures WHERE subject_id = 'wiintech-pilot' AND value = 8") == [
        (8, "exact", "2012/2014")
    ]


def test_every_figure_says_of_when_it_is_or_why_not(rows):
    """The paper was read whole: what it does not date is not stated. Of other pages an excerpt was read."""
    found = dict(
        rows(
            "SELECT figure_id, coalesce(as_of, reason) FROM figures LEFT JOIN missing_values "
            "ON table_name = 'figures' AND record_id = figure_id AND field = 'as_of'"
        )
    )
    assert None not in found.values()
    assert found["plastipolis-members"] == "not stated" and found["eacp-member-clusters"] == "not in the excerpt"
    assert found["d35-contractual-delivery-month"] == "not applicable" and found["bilat-usa-4-0-duration"] == "2016-02"
    assert found["escp4i-gen1-partnerships-final"] == "2016/2017"


def test_amounts_without_a_number_are_not_given_one(rows):
    """'Billions of dollars', 'thousands of jobs': kept in words, without a value."""
    found = rows("SELECT value_stated FROM figures WHERE qualifier = 'unquantified'")
    words = " ".join(stated.lower() for (stated,) in found)
    assert "billion" in words and "thousands" in words


def test_member_counts_agree_with_the_figures(rows):
    """Where the documents count members, the organisation's own field says the same number."""
    found = dict(rows("SELECT organisation_id, member_count FROM organisations WHERE member_count IS NOT NULL"))
    assert {key: found.get(key) for key in ("nwp", "massmedic", "plastipolis")} == {
        "nwp": 200,
        "massmedic": 350,
        "plastipolis": 340,
    }
    assert rows("SELECT founded_year FROM organisations WHERE organisation_id = 'plastipolis'") == [(2005,)]


def test_counted_figures(rows):
    """About 45 numbers are expected. Wider bounds: ordinals and 'several' may or may not be numbers."""
    found = rows(
        "SELECT count(DISTINCT record_id) FROM citations WHERE table_name = 'figures' AND source_id "
        "IN ('d35', 'news2015')"
    )
    assert 36 <= found[0][0] <= 65


def test_the_profile_of_a_figure_names_its_subject(published):
    """Not "memoranda of understanding reached" alone."""
    title = RECORD_TYPES["figures"].title
    for figure, name in (
        ("escp4i-gen1-mous", "ESCP-4i: memoranda of understanding reached"),
        ("nwp-members", "members"),
    ):
        found = run_query(provenance.record, "figures", figure)[title].item()
        assert found.endswith(name) and found != "members"

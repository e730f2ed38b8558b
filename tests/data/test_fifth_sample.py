"""What the fifth reader found, with the values that were counted from the CSV files or stand in the source."""

import pytest

from cards.catalogue import make_card
from domain.filters import Filters
from tests.oracle_records import Chosen
from warehouse.populations import ALL_COOPERATIONS, EVENTS
from warehouse.query_cache import run_query
from warehouse.registers import possible_rows, rows

pytestmark = pytest.mark.usefixtures("published")


def not_counted(name, **filters):
    """What a card says about records that might match."""
    return str(make_card(name, Filters(**filters)).not_counted)


@pytest.mark.parametrize(
    ("region", "number"),
    # Without Lublin, Gdańsk, Bydgoszcz and twice Białystok; without ctna, which is in Rome, and one of Lombardy.
    [("pl-silesia", 6), ("it-basilicata", 19), ("it-lombardy", 19)],
)
def test_a_recorded_city_decides_the_region(region, number):
    """An organisation of another city of the country is not in the region, though no region of it is recorded."""
    told = not_counted("map", regions=(region,))
    assert f"{number} more cluster organisations and regional clusters might match (EU): no recorded region;" in told


def test_a_city_of_a_named_region_is_in_it(oracle):
    """PEMAS is in Coimbra (Centro), AIFF in Santa Maria de Lamas (Norte), si-Cluster in Maroúsi (Attica)."""
    found = {one.id: one.regions for one in oracle.records["organisations"]}
    named = {"pemas": "pt-centro", "aiff": "pt-norte", "si-cluster": "gr-attica", "gce-node": "no-agder"}
    assert {one: set(found[one].codes) for one in named} == {one: {code} for one, code in named.items()}
    assert {one.id for one in oracle.matching("organisations", Chosen(regions=("pt-norte",)))} >= {"aiff"}


def test_silicon_valley_is_in_california():
    """So it is not in Pennsylvania, and neither are its cooperations and the field visit."""
    told = not_counted("headlines", states=("US-PA",))
    assert "43 more EU–US cooperations might match: no recorded US state (38), perhaps further US states (5)" in told
    assert "24 more events might match: no recorded US state" in told and "regional cluster" not in told


def test_latin_america_and_europe_are_not_taiwan():
    """The field visit is to Silicon Valley and Latin America; members of ESCP-4i partnerships are European."""
    told = not_counted("headlines", countries=("TW",), year_from=2008, year_to=2008)
    assert "6 more EU–US cooperations might match" in told and "event" not in told
    for population in (EVENTS, ALL_COOPERATIONS):
        might = {
            country: set(
                run_query(possible_rows, population, Filters(countries=(country,)))[population.record_type.key]
            )
            for country in ("TW", "BR")
        }
        visit = {"smartcitytech-field-visit", "visit-smartcitytech-silicon-valley"}
        assert not might["TW"] & visit and might["BR"] & visit


def test_a_renewal_is_not_before_what_it_renews():
    """2016: of five EU–US agreements without a date, one renews that of 2018, and Aquanova, of 2024, signed another."""
    assert "3 more EU–US agreements might match: no recorded date" in not_counted(
        "map_agreements", year_from=2016, year_to=2016
    )


def test_a_party_is_not_before_its_beginning():
    """EnW began in January 2016, the BlueTech Cluster Alliance in January 2017; BioXClusters plus was there before."""

    def possible(year):
        found = run_query(possible_rows, ALL_COOPERATIONS, Filters(year_from=year, year_to=year))
        return set(found["cooperation_id"])

    enw, alliance = "collaboration-enw-third-country-clusters", "affiliation-btca-institute-of-the-americas"
    assert not {enw, alliance} & possible(2014) and enw in possible(2016) and alliance not in possible(2016)
    assert alliance in possible(2017)
    # The mission of BioXClusters plus to Boston was in October 2013, before the ESCP-4i partnership of that name.
    known = run_query(rows, ALL_COOPERATIONS, Filters()).set_index("cooperation_id")["earliest_on"]
    assert known.isna()["collaboration-bioxclusters-plus-us-clusters"] and not known.isna()[enw]


def test_the_conclusions_name_the_documents_they_cite():
    """All three stand in paragraph 9 of the news item; the second is not in the discussion paper."""
    subtitle = make_card("conclusions", Filters()).subtitle
    assert "“Transatlantic cluster cooperation kicks off with fruitful U.S. - EU exchange” (3 of 3)" in subtitle
    assert "D3.5. Discussion paper" in subtitle and "(2 of 3)" in subtitle


@pytest.mark.parametrize(
    ("name", "filters", "counts"),
    # Published parts of regional_statistics: 0 in Alaska, Hawaii and Vermont; the whole figure in Indiana,
    # Pennsylvania and Wisconsin.
    [
        ("quotients", {"states": ("US-VT",)}, "43 estimated in part, 3 estimated"),
        ("quotient_map", {"sectors": ("materials",)}, "43 estimated in part and 2 estimated as a whole"),
    ],
)
def test_estimates_are_counted_apart(name, filters, counts):
    """What is estimated as a whole, and what adds nothing, is not estimated in part."""
    assert counts in make_card(name, Filters(**filters)).subtitle


def test_words_that_leave_nothing_out():
    """Agreements without a date may be later; what has no list of targets is not among those that lack one."""
    assert make_card("agreements", Filters()).title == "28 EU–US agreements, the latest dated one of 12 June 2024"
    assert "for 51 of 58 projects of a kind with targets" in make_card("target_countries", Filters()).subtitle
    assert (
        "168 of 415 cluster organisations and regional clusters of all sides"
        in make_card("map_europe", Filters()).subtitle
    )
    no_state = make_card("who_with_whom", Filters(sides=("OTHER",), year_from=2013)).subtitle
    assert "no state is recorded" not in no_state
    third = make_card("generations", Filters()).chart.alt.split("Generation 3: ")[1]
    assert "not known here" not in third


def test_records_say_what_the_paper_says(facts):
    """s3.3, paragraph 4 ("meet local companies and institutions") and s4, paragraph 1 name no hosts."""
    parties = {(row["cooperation_id"], row["party_order"]): row["role"] for row in facts("cooperation_parties")}
    assert parties["mission-eacp-abroad-pnaa-2017", "3"] == parties["mission-eccp-bilat-usa-4-0-2017", "4"] == ""
    assert not [row for row in facts("organisation_aliases") if row["alias"] == "Dutch officials"]
    # Table 1, row MobiGoIn: "Mobility".
    assert [r["sector_id"] for r in facts("project_sectors") if r["project_id"] == "escp4i-mobigoin"] == ["mobility"]
    institute = next(r for r in facts("organisations") if r["organisation_id"] == "institute-of-the-americas")
    assert "assigned by us" in institute["location_note"]

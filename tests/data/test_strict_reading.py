"""Sentences read as by somebody who wants to find them untrue, with values from the sources or from the files."""

import pytest

from cards.catalogue import make_card
from domain.filters import Filters
from warehouse import provenance
from warehouse.populations import ALL_COOPERATIONS, ALL_PROJECTS, EVENTS
from warehouse.query_cache import run_query
from warehouse.registers import possible_rows, rows

pytestmark = pytest.mark.usefixtures("published")


def possible(population, **filters):
    """Ids of the records that might match."""
    return set(run_query(possible_rows, population, Filters(**filters))[population.record_type.key])


def test_activities_of_an_alliance_are_not_before_it():
    """The BlueTech Cluster Alliance is of January 2017; Aquanova, a signatory, was made in 2024."""
    known = run_query(rows, ALL_COOPERATIONS, Filters()).set_index("cooperation_id")["earliest_on"]
    bounds = {
        "collaboration-btca-activities": 2017,
        "participation-btca-joint-events": 2017,
        "agreement-water-council-poles-eau": 2024,
    }
    assert {one: known[one].year for one in bounds} == bounds
    assert not set(bounds) & possible(ALL_COOPERATIONS, year_from=2008, year_to=2016)


def test_what_a_source_tells_as_done_is_not_later_than_the_source():
    """The paper of February 2017 tells two visits and an exchange as done; that of ESA and NASA goes on."""
    later, then = (possible(ALL_COOPERATIONS, year_from=year) for year in (2018, 2017))
    done = {"visit-dutch-minister-usa", "visit-the-maritime-alliance-netherlands", "exchange-merinova-virginia-tech"}
    assert not done & later and done <= then and "collaboration-esa-nasa" in later
    # Reported on 5 April 2019.
    assert "mou-four-escp4i-partnerships-2019" not in possible(ALL_COOPERATIONS, year_from=2020)
    visits = {"dutch-minister-visit-washington-new-york", "the-maritime-alliance-visit-netherlands"}
    assert not visits & possible(EVENTS, year_from=2018) and "smartcitytech-field-visit" in possible(
        EVENTS, year_from=2018
    )


def test_a_partnership_is_not_before_its_generation():
    """The first dated partnerships: December 2015, December 2017, January 2020 and September 2021."""
    undated = {
        "escp4i-peres": 2015,
        "escp4i2-cosmetics4wellbeing": 2017,
        "escp4i3-gssc": 2020,
        "escp4i4-h2global": 2021,
    }
    for project, year in undated.items():
        assert project in possible(ALL_PROJECTS, year_to=year) and project not in possible(
            ALL_PROJECTS, year_to=year - 1
        )


def test_what_has_no_targets_is_not_among_those_that_might_match():
    """Of the projects that may be of Portugal, programmes and initiatives have no list of targets."""
    told = make_card("target_countries", Filters(countries=("PT",))).not_counted
    might = run_query(possible_rows, ALL_PROJECTS, Filters(countries=("PT",)))
    expected = int((might["target_list"] != "not applicable").sum())
    assert told.startswith(f"{expected} more projects of a kind with targets might match") and expected < len(might)


def test_the_latest_agreement_is_named_only_as_far_as_its_date_goes():
    """In 2016 one is of October, one of May, and one of the year: that may be December."""
    assert make_card("agreements", Filters(year_from=2016, year_to=2016)).title.endswith(", the latest of 2016")
    assert make_card("agreements", Filters(year_from=2017, year_to=2017)).title.endswith("of 3–5 October 2017")


def test_points_without_an_organisation_are_not_called_organisations():
    """57 regional clusters have no named organisation."""
    card = make_card("map", Filters(states=("US-OH",)))
    assert "of 6 cluster organisations and regional clusters for Ohio" in card.subtitle
    assert "organisations and regional clusters (" in card.alt


def test_agreements_and_cooperations_join_both_sides():
    """Two parties of one side make no arc, whatever is known of their cities."""
    for name, noun in (("map_agreements", "EU–US agreement"), ("map", "EU–US cooperation")):
        title = make_card(name, Filters(countries=("NO",))).title
        assert title == f"No {noun} for Norway joins organisations of known cities on both sides"


def test_the_lowest_are_those_above_0_where_others_are_0():
    """Three regions have no motor vehicles: they are lower than the six that are drawn."""
    subtitle = make_card("other_side", Filters()).subtitle
    assert "the 14 highest and the 6 lowest above 0" in subtitle and "3 regions with a quotient of 0" in subtitle


def test_offices_and_countries_are_no_names_of_an_organisation(oracle):
    """A minister, a secretary or a country stands for a body in a text, and is not another name of it."""
    aliases = {row["alias"] for row in oracle.rows("organisation_aliases")}
    assert not {one for one in aliases if any(word in one for word in ("Minister ", "Secretary", "officials"))}
    assert not aliases & {row["name"] for row in oracle.rows("countries")} | aliases & {"the USA", "The Netherlands"}


def test_areas_hold_the_countries_of_the_standard(oracle):
    """UN M49: South America holds Bouvet Island and South Georgia, too; Puerto Rico and Guadeloupe are of the sides."""
    found = {row["country_code"] for row in oracle.rows("area_countries") if row["area"] == "Latin America"}
    assert {"BV", "GS", "BR", "MX", "CU", "PA"} <= found and not {"PR", "VI", "GP", "GF", "MQ", "MF"} & found


def test_a_kind_of_page_is_no_place_in_it():
    """citations.csv has “article” for Aqua-Valley and “paragraph 1” for Aquanova."""
    found = run_query(provenance.citations, "organisations", ["aqua-valley", "aquanova"])
    told = {one["source_id"]: one["locator"] for one in found.to_dict("records") if one["source_id"] != "geonames"}
    assert told["europesays-com-fr"] == "article, place in it not recorded"
    assert told["environnement-magazine-fr-aquanova-2024"] == "paragraph 1"

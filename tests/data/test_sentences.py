"""Sentences that were once untrue, with their right values counted by hand in the CSV files.

The counts are literals on purpose: they do not come from tests/oracle.py. The renewal of 2015 between Plastipolis and
PolymerOhio is left out of them, because it may be told as part of the agreement of 2011 or as an act of its own.
"""

import re

import pytest

from cards.card import Card, FiguresCard, Headline, MapCard
from cards.catalogue import make_card
from domain.filters import Filters
from warehouse.populations import ALL_ORGANISATIONS, EU_US_COOPERATIONS, EVENTS, REGIONAL_CLUSTERS
from warehouse.query_cache import run_query
from warehouse.registers import rows

pytestmark = pytest.mark.usefixtures("published")
RENEWAL = "renewal-plastipolis-polymerohio-2015"
POLAND = Filters(countries=("PL",))


def card(name: str, filters: Filters) -> Card:
    made = make_card(name, filters)
    assert made is not None, name
    return made


def headline(key: str, filters: Filters) -> Headline:
    made = card("headlines", filters)
    assert isinstance(made, FiguresCard)
    return next(figure for figure in made.figures if figure.key == key)


# Numbers are those of other tests: here every number is a #.
NOTES = {
    "usa_share": "#\N{NO-BREAK SPACE}% of the first-generation partnerships, at least. The discussion paper prints "
    "that the USA is the top target of “#.#\N{NO-BREAK SPACE}%”, a survey result without a denominator.",
    "cooperations": "Of the # EU–US cooperations recorded, whatever their status, intentions included; each agreement "
    "counts once; # undated.",
    "organisations": "Named organisations and networks of both sides, besides # of neither side; located to the city: "
    "# of #. Counted apart: # regional clusters without a named organisation, all in the USA. The numbers show what "
    "our sources cover, not how many exist.",
    "events": "# of # events are dated to the day; # undated.",
}


def test_what_the_headline_figures_say_of_themselves():
    """Each note is a statement of its own: how far the figure goes and what it leaves out."""
    made = card("headlines", Filters())
    assert isinstance(made, FiguresCard)
    assert {figure.key: re.sub(r"\d+", "#", figure.note) for figure in made.figures} == NOTES


@pytest.mark.parametrize(
    ("country", "listed"),
    [
        (
            "DE",
            (
                "the first 50 of # organisations of Germany by projects that have a US organisation, then by different "
                "US organisations in them, then by name"
            ),
        ),
        (
            "PL",
            (
                "# organisations of Poland by projects that have a US organisation, then by different US organisations "
                "in them"
            ),
        ),
    ],
)
def test_the_order_of_horizon_organisations_is_told(country, listed):
    """As they stand in the table: by projects, then by US organisations, then by name; of many only the first."""
    made = card("horizon_organisations", Filters(countries=(country,)))
    found = made.rows
    in_order = found.assign(name=found["organisation_name"]).sort_values(
        ["project_count", "us_partner_count"], ascending=False, kind="stable"
    )
    assert list(in_order["participant_id"]) == list(found["participant_id"])
    assert re.sub(r"\b(?<!first )\d+", "#", made.subtitle).split(": ")[-1].startswith(f"{listed};")


def test_poland_has_fifteen_cluster_organisations():
    """Not 20: five bodies of no recorded country were counted for every country.

    organisations.csv has 15 rows with country_code PL, all of kind cluster_organisation and without a successor, and
    organisation_countries.csv the same 15; of these rows 10 have location_precision city.
    """
    figure = headline("organisations", POLAND)
    assert figure.value == "15 + 0"
    assert "located to the city: 10 of 15" in figure.note


def test_poland_has_no_cooperation_and_no_event():
    """Not "0 of 19" and 7: those were records of no recorded country.

    No organisation of the 15 is in cooperation_parties.csv, and no row of event_places.csv has country_code PL.
    """
    assert headline("cooperations", POLAND).value == "none"
    assert headline("events", POLAND).value == "none"
    assert make_card("statuses", POLAND) is None and make_card("event_dates", POLAND) is None
    assert "Poland" in headline("events", POLAND).note


def test_cooperations_of_france_are_those_with_a_french_party():
    """Not 6 of 42: links without any recorded country were counted. Signed or renewed with an organisation of France:

    BioXClusters and the Wistar Institute; Pôle EAU and the Water Council, of 2014 and the agreement of the water poles;
    BlueTech Cluster Alliance; Plastipolis with MPI, OBIC and PolymerOhio; Silicon Europe (Minalogic) and NY Loves
    Nanotech of 2017: eight rows of cooperations.csv with a party of country_code FR in organisations.csv; and the
    memorandum of MAGIA, of which Lyonbiopole is a member. Without an agreement, seven more have a project with a French
    member or French clusters as party: three of Silicon Europe Worldwide, two of EnW, the missions of EACP ABROAD and
    BioXClusters plus.
    """
    found = run_query(rows, EU_US_COOPERATIONS, Filters(countries=("FR",))).set_index("cooperation_id")
    signed = set(found.index[found["status"].isin(["signed", "renewed"])]) - {RENEWAL}
    assert signed == {
        "agreement-bioxclusters-wistar-institute",
        "agreement-water-council-poles-eau",
        "alliance-btca-2017",
        "mou-magia-medical-alley",
        "mou-plastipolis-mpi-2013",
        "mou-plastipolis-obic-2013",
        "mou-plastipolis-polymerohio-2011",
        "mou-pole-eau-milwaukee-water-council-2014",
        "mou-silicon-europe-ny-loves-nanotech-2017",
    }
    assert len(found.drop(RENEWAL, errors="ignore")) == 28 + 8
    assert all("FR" in codes for codes in found["country_codes"])


def test_events_of_2016_are_those_dated_2016():
    """Not 15: undated events were counted, among them Milan Expo 2015 and BIO Chicago 2013.

    events.csv has eleven rows whose start_on and end_on lie in 2016: eight of the seed documents, the first meetings of
    the Transatlantic Cluster Initiative and its delegation to Germany, and a signature of Denmark.
    """
    assert set(run_query(rows, EVENTS, Filters(year_from=2016, year_to=2016))["event_id"]) == {
        "bioxclusters-agreement-bio-san-francisco-2016",
        "escp4i-first-generation-launch-brussels-2016",
        "escp4i-partnership-of-the-year-brussels-2016",
        "hannover-matchmaking-2016",
        "healthtech-strategic-meeting-2016",
        "high-level-policy-seminar-hannover-2016",
        "mission-innovation-ministerial-san-francisco-2016",
        "mou-signature-denmark-boem-2016",
        "silicon-europe-worldwide-mission-new-york-2016",
        "tci-first-meetings-usa-2016",
        "tci-metal-delegation-germany-2016",
    }


def test_cooperations_with_a_us_party_from_2015_to_2017_are_dated():
    """Not 7 of 75: undated links were counted.

    Twelve dated rows of cooperations.csv that cite a seed document, four of them signed (HealthTech and MassMEDIC 2016,
    BTCA 2017, the Cooperation Arrangement 2015, EACP ABROAD and PNAA 2017), and six added from other pages, five of
    them signed (Silicon Europe, Lower Saxony, Midlands Engine, Denmark, InnovationQuarter). The renewal of 2015 may be
    a row of its own.
    """
    found = run_query(rows, EU_US_COOPERATIONS, Filters(sides=("US",), year_from=2015, year_to=2017))
    found = found[found["cooperation_id"] != RENEWAL]
    assert len(found) == 18 and found["start_on"].notna().all()
    assert set(found.loc[found["status"].isin(["signed", "renewed"]), "cooperation_id"]) == {
        "agreement-healthtech-cluster-massmedic-2016",
        "alliance-btca-2017",
        "arrangement-dg-grow-us-doc-2015",
        "mou-denmark-boem-2016",
        "mou-eacp-pnaa-2017",
        "mou-maryland-innovationquarter-2016",
        "mou-maryland-midlands-engine-2017",
        "mou-silicon-europe-ny-loves-nanotech-2017",
        "mou-washington-state-lower-saxony-2017",
    }


def test_a_filter_by_sector_is_no_reason_to_call_other_sectors_empty():
    """Not "15 of 16 themes have none" on /sectors?sector=water: the filter hides them."""
    assert "have none" not in card("sectors_theme", Filters(sectors=("water",))).subtitle


def test_bodies_and_programmes_are_counted_apart_on_both_sides():
    """Not "295 + 109": regional clusters and award programmes without a named body are no organisations.

    organisations.csv has rows of kind regional_cluster on the US side alone.
    """
    assert set(run_query(rows, REGIONAL_CLUSTERS, Filters())["side"]) == {"US"}
    every = run_query(rows, ALL_ORGANISATIONS, Filters())
    bodies = every["kind"].isin(["cluster_organisation", "cluster_network"]) & every["successor_id"].isna()
    us = int((bodies & (every["side"] == "US")).sum())
    assert headline("organisations", Filters()).value.endswith(f" + {us}")


def test_the_map_of_europe_counts_the_eu_side_alone():
    """Not "295 European cluster organisations": Norway, Serbia and Türkiye are on that map and not in the number."""
    title = card("map_europe", Filters()).title
    assert "of the EU side" in title and "European" not in title


def test_cooperations_and_arcs_are_two_numbers():
    """Not 24 and 42 of the same noun: cooperations in the title, arcs in the line below and in the text for the map."""
    made = card("map_atlantic", Filters())
    cooperations = len(made.more_evidence[0].record_ids)
    assert made.title.startswith(f"{cooperations} EU–US cooperations")
    assert isinstance(made, MapCard)
    assert f"{cooperations} join organisations" in made.subtitle and f"drawn as {len(made.links)} arcs" in made.subtitle
    assert f"{len(made.links)} links" in made.alt


@pytest.mark.parametrize(
    ("name", "caveat"),
    [
        ("co_targets", "a listed target is not a cooperation"),
        ("co_targets", "This is not a share of all ESCP-4i partnerships"),
        ("target_countries", "a listed target is not a cooperation"),
        ("generations", "it is not known, which does not mean no"),
        ("sectors_theme", "reflects our sources, not the size of the sector"),
        ("headlines", "show what our sources cover, not how many exist"),
        ("statuses", "agreements, activities and intentions are counted apart"),
        ("horizon_organisations", "taking part in the same project is not by itself a cooperation"),
        ("strength_and_organisations", "without a quotient the strength is not known, and never weak"),
        ("quotients", "is unknown and not zero"),
    ],
)
def test_what_a_number_does_not_say(name, caveat):
    """Where a figure is easily read for more than it is, the card says what it is not."""
    made = card(name, Filters(sectors=("energy", "water")) if name == "target_countries" else Filters())
    notes = [figure.note for figure in made.figures] if isinstance(made, FiguresCard) else []
    assert caveat in " ".join([made.title, made.subtitle, made.method, *notes])

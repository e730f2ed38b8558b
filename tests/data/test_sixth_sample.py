"""What the sixth reader found, with the values that were counted from the CSV files or stand in the source."""

import re

import pytest

from cards.catalogue import make_card
from domain.filters import Filters
from tests.statistics_oracle import STRONG, country_of, eu_quotients, lookup, placed

pytestmark = pytest.mark.usefixtures("published")
# Codes of NUTS 2013 with which the parts of a larger region begin, written down apart from lookups/nuts_in_regions.
PARTS = {
    "be-flanders": ("BE2",),
    "be-wallonia": ("BE3",),
    "de-baden-wurttemberg": ("DE1",),
    "de-bavaria": ("DE2",),
    "de-north-rhine-westphalia": ("DEA",),
    "de-saxony": ("DED",),
    "fr-auvergne-rhone-alpes": ("FR71", "FR72"),
    "fr-bourgogne-franche-comte": ("FR26", "FR43"),
}
WOOD = (Filters(sectors=("tc-wood-products",), sides=("EU",)), {"scheme": ("nace_division",)})


def of_division(oracle, division):
    """Cluster organisations of today in a theme or traded cluster joined to a division: id -> record."""
    linked = {row["sector_id"] for row in lookup("lookups/nace_links") if row["nace_division_id"] == division}
    today = oracle.matching("cluster organisations") + oracle.matching("regional clusters")
    return {one.id: one for one in today if linked & (one.sectors | one.themes)}


def located():
    """Organisations that are placed in a state or a region of NUTS 2."""
    codes = {row["region_code"] for row in lookup("lookups/regions") if row["level"] in ("state", "nuts2")}
    return {one for one, region in placed() if region in codes}


def may_be_in(organisation):
    """Codes of NUTS 2 in which an organisation without a region of the statistics may be."""
    every = [row for row in lookup("lookups/regions") if row["level"] == "nuts2"]
    if parts := PARTS.get(organisation.row["region_code"]):
        return {row["region_code"] for row in every if row["region_code"].startswith(parts)}
    countries = organisation.countries | organisation.possible.countries
    return {row["region_code"] for row in every if row["country_code"] in countries}


def test_an_unknown_place_is_not_no_organisation(oracle):
    """C16: 69 of 78 strong regions without one placed there, in some of which one of 27 without a region may be."""
    own, where = of_division(oracle, "nace-c16"), located()
    unplaced = [one for one in own.values() if one.id not in where and one.row["side"] == "EU"]
    card = make_card("strong_without_organisation", *WOOD)
    compared = set(card.rows["country_code"])
    values = eu_quotients().xs("nace-c16", level="industry_id")
    strong = {region for region in values[values >= STRONG].index if country_of()[region] in compared}
    gaps = strong - {region for one, region in placed() if one in own}
    open_in = {one.id: may_be_in(one) & gaps for one in unplaced}
    regions = set().union(*open_in.values())
    assert (len(unplaced), len(gaps)) == (27, 69) and gaps == set(card.rows["region_code"])
    alone = "69 of them without a cluster organisation or regional cluster of the industry placed there"
    assert card.title.endswith(f"strong in 78 regions of 17 countries, {alone}")
    more = sum(map(bool, open_in.values()))
    assert (
        f"{more} more organisations of the industry, whose region is not recorded, may be in {len(regions)} of"
        in card.subtitle
    )
    names = card.rows.set_index("region_code")["possible"]
    assert {code for code, text in names.items() if text} == regions
    # Romania without a place; Wallonia and Bavaria, of which these are parts, and not the rest of Germany.
    assert "PRO WOOD Regional Cluster" in names["RO12"] and names["BE34"] == "GreenWin, Plastiwin"
    assert names["DE22"] == "Chemie-Cluster Bayern" and not names["DE40"]
    organised = make_card("strength_and_organisations", *WOOD)
    assert (
        f"{len(regions)} of them strong" in organised.subtitle
        and "strong without an organisation placed there" in organised.title
    )


def test_all_and_none_of_the_states():
    """No US cluster organisation or regional cluster of Automotive is known: all seven strong states are told."""
    assert make_card("strong_without_organisation", Filters()).title.startswith(
        "Automotive: strong in 7 US states, 7 of"
    )


def test_a_region_profile_counts_those_that_may_be_there(oracle, rows):
    """Those of Belgium and of the EU side without a country, and those of Wallonia in its parts alone."""
    where = located()
    unplaced = [one for one in oracle.matching("cluster organisations") if one.id not in where]
    told = dict(rows("SELECT region_code, unplaced_cluster_count FROM region_register WHERE level = 'nuts2'"))
    for code in ("BE10", "BE34", "DE22", "DE40", "FR71", "RO12"):
        assert told[code] == sum(code in may_be_in(one) for one in unplaced), code
    assert told["BE34"] > told["BE10"]


def test_documents_that_are_only_named(facts):
    """One of 47 is named in the text of the paper (s1, paragraph 1; s3, introduction), the others in a footnote."""
    locators = {}
    for row in facts("citations"):
        locators.setdefault(row["source_id"], set()).add(row["locator"])
    unread = {one: own for one, own in locators.items() if all("not read here" in text for text in own)}
    noted = sum(any("footnote" in text for text in own) for own in unread.values())
    assert (len(unread), noted) == (47, 46)
    title = make_card("documents", Filters()).title
    assert title.endswith(
        "; 47 more are only named in the discussion paper, 46 of them in footnotes, and were not read"
    )


def test_partial_lists_are_told(facts):
    """11 of the 51 lists of targets are partial, 5 of them without the United States."""
    targets = {}
    for row in facts("project_targets"):
        targets.setdefault(row["project_id"], set()).add(row["country_code"])
    partial = {row["project_id"] for row in facts("projects") if row["target_list"] == "partial"} & set(targets)
    assert (len(partial), sum("US" not in targets[one] for one in partial)) == (11, 5)
    card = make_card("target_countries", Filters())
    assert card.title.startswith("The United States is listed as a target by at least 39 of 51")
    assert "11 of these lists are partial, 5 of them without the United States" in card.subtitle
    assert make_card("generations", Filters()).title.startswith("At least 39 of 55")


def test_the_place_of_an_event_decides():
    """2015 and the EU side: the workshop in Boston and Washington is not among them, and the card says why."""
    chosen = Filters(sides=("EU",), year_from=2015, year_to=2015)
    headlines = make_card("headlines", chosen).figures
    figure = next(one for one in headlines if one.key == "events")
    assert figure.value == "1" and "those of its place, not of who takes part" in figure.note and figure.beside
    organisations = next(one for one in headlines if one.key == "organisations")
    assert "leaves out the USA" in organisations.note and "both sides" not in organisations.note
    assert "those of its place" in make_card("event_dates", chosen).subtitle
    whole = make_card("event_dates", Filters()).subtitle
    assert "17 planned in the source; of 5 it is not stated" in whole and "its place" not in whole


@pytest.mark.parametrize("name", ["partnership_waffle", "generations"])
def test_as_many_squares_as_are_told(name):
    """25 squares for 22 partnerships known here, 63 for 55; the parts of the text add up to them."""
    chart = make_card(name, Filters()).chart
    squares = sum(len(trace["x"]) for trace in chart.figure["data"])
    start, parts = chart.alt.split(". ", 1)
    assert start.startswith(f"{squares} squares: ") and squares in (25, 63)
    assert sum(map(int, re.findall(r" (\d+)(?=[,;.](?: |$))", parts))) == squares


def test_intentions_are_no_cooperation_under_way():
    """Materials in 2016: the only one drawn is planned; the opportunities have one theme each."""
    subtitle = make_card("map_atlantic", Filters(sectors=("materials",), year_from=2016, year_to=2016)).subtitle
    assert subtitle.endswith(": 1 planned, possible or an aspiration")
    assert "several themes" not in make_card("opportunities", Filters()).subtitle
    assert "EU–US agreements with a party of neither side" in make_card("agreements", Filters(sides=("OTHER",))).title


def test_records_say_what_the_paper_says(facts):
    """s1.2, paragraph 7 names no organiser; s2.3, bullet 1 gives three subjects for three memoranda together."""
    places = {(r["record_id"], r["locator"]) for r in facts("citations") if r["table_name"] == "cooperation_parties"}
    assert not {(f"mission-hannover-2016|{one}", "s1.2, paragraph 7") for one in (1, 2, 3)} & places
    subjects = {
        row["basis"]
        for row in facts("cooperation_sectors")
        if row["cooperation_id"].startswith(("mou-plastipolis", "renewal-plastipolis"))
        and row["sector_id"] in ("sub-polymers", "sub-composites", "sub-bio-based-materials")
    }
    assert subjects == {"assigned"}

"""What the check of docs/trust.md found wrong; expected values are counted in the files or typed from the documents."""

import pytest

from cards.card import FiguresCard
from cards.catalogue import make_card
from domain.filters import Filters
from warehouse.populations import ALL_COOPERATIONS, EVENTS
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import possible_rows
from warehouse.registers import rows as rows_of

pytestmark = pytest.mark.usefixtures("published")
WORKSHOP = "exchange-eu-us-cluster-workshop-2015"


def card(name, **filters):
    made = make_card(name, Filters(**filters))
    assert made is not None, name
    return made


def test_the_map_tells_of_cooperations_without_a_date(facts):
    """Not only "Of 44 recorded EU–US cooperations since 2008": those without a date may be of these years too."""
    typed = {
        row["record_id"]
        for row in facts("missing_values")
        if (row["table_name"], row["field"], row["reason"]) == ("cooperations", "start_on", "not applicable")
    }
    renewals = {row["cooperation_id"] for row in facts("cooperation_renewals")}
    both = [row for row in facts("cooperations") if row["is_eu_us"] == "true" and row["cooperation_id"] not in renewals]
    undated = [row for row in both if not row["start_on"] and row["cooperation_id"] not in typed]
    told = f"{len(undated)} more EU–US cooperations might match: no recorded date"
    assert card("map", year_from=2008).not_counted == told
    assert card("map", year_from=2008, show_possible=False).not_counted == ""


def test_organisations_without_a_traded_cluster_are_told(facts):
    """Not "293 … by traded cluster; 19 of 51 have none" alone: some of the 293 have no traded cluster recorded."""
    ended = {row["organisation_id"] for row in facts("organisation_ends")}
    clusters = {
        row["organisation_id"]
        for row in facts("organisations")
        if row["kind"] in ("cluster_organisation", "cluster_network")
        and row["side"] == "EU"
        and not row["successor_id"]
    } - ended
    traded = {row["organisation_id"] for row in facts("organisation_sectors") if row["sector_id"].startswith("tc-")}
    subtitle = card("sectors_traded_cluster", sides=("EU",)).subtitle
    assert f"{len(clusters - traded)} organisations have no recorded traded cluster" in subtitle


def test_two_sectors_of_a_filter_are_told_apart():
    """The six make furniture; none is recorded in forestry. Each of the two is told alone."""
    title = card("sectors_traded_cluster", sectors=("tc-forestry", "tc-furniture")).title
    assert title.startswith("Forestry: 0 EU and 0 US; Furniture: 6 EU and 0 US")


def test_a_network_of_both_sides_is_not_of_another_country():
    """The BlueTech Cluster Alliance: '(Canada, France, Ireland, Portugal, Spain, UK and USA)' (s2.4)."""
    made = card("headlines", countries=("US",))
    assert isinstance(made, FiguresCard)
    note = next(figure.note for figure in made.figures if figure.key == "organisations")
    assert "besides 1 of neither side" in note and "other countries" not in note


def test_target_countries_name_the_years():
    """Not "1 of 2 projects": there are more, and these two are those of the years that may list targets."""
    made = card("target_countries", year_from=2011, year_to=2015)
    when = "that ran in 2011 to 2015"
    assert made.title.endswith(when) and f"of 2 projects of a kind with targets {when};" in made.subtitle


def test_the_share_of_those_at_launch_names_its_condition():
    """24 at the launch and 25 in the end: one that lists the USA may have joined later."""
    assert "of those at launch, if none joined later: 18 of 24" in card("usa_share").chart.alt


def test_a_party_of_a_us_state_is_of_the_united_states(facts):
    """Colorado, and Ohio and Michigan: the filter by country left these two cooperations out of those of the USA."""
    countries = {(row["cooperation_id"], row["country_code"]) for row in facts("cooperation_party_countries")}
    assert ("alliance-international-cleantech-network-2009", "US") in countries
    assert ("collaboration-arena2036-us-partners", "US") in countries


def test_the_parties_of_the_workshop_are_cited_where_they_are_named(rows):
    """Harvard Business School: third paragraph of the news item only; the paper does not name it."""
    places = rows(
        "SELECT source_id, locator FROM citations WHERE table_name = 'cooperation_parties' AND record_id = $1",
        f"{WORKSHOP}|3",
    )
    assert places == [("news2015", "paragraph 3")]


def test_what_was_recognised_or_intended_is_not_told_as_done(rows):
    """'have recognised the usefulness of using and channelling support through clusters' (s1.1); 'aim to' (s2.4)."""
    subject = "SELECT subject FROM cooperations WHERE cooperation_id = $1"
    ((bilat,),) = rows(subject, "collaboration-dg-rtd-usa-bilat")
    assert "partly through clusters" not in bilat and "sees a use" in bilat
    ((members,),) = rows(subject, "membership-btca-other-bluetech-clusters")
    assert "aims to" in members


def test_the_days_of_the_workshop_are_cited_for_its_conclusions(rows):
    """The conclusions stand in paragraph 9 of the news item, the days in paragraph 1."""
    dated = rows(
        "SELECT count(*) FROM citations WHERE table_name = 'policies' AND starts_with(record_id, 'conclusion-2015-') "
        "AND field = 'start_on' AND source_id = 'news2015' AND locator = 'paragraph 1'"
    )
    assert dated == [(3,)]


RENEWALS = ("cooperation_renewals", "cooperation_id", "renewed_cooperation_id")


def test_an_agreement_counts_once(oracle):
    """Not 32 of 111: four of them renew an agreement that is among them. Title, alternative text and start page."""
    both = {row["cooperation_id"]: row["status"] for row in oracle.rows("cooperations") if row["is_eu_us"] == "true"}
    renewed = oracle.names(*RENEWALS)
    agreements = {one: status for one, status in both.items() if one not in renewed}
    assert set(renewed.values()) <= set(agreements) and len(both) - len(agreements) == 4
    signed = sum(status in ("signed", "renewed") for status in agreements.values())
    made, headline = card("statuses"), card("headlines")
    assert made.title.startswith(f"{signed} of {len(agreements)} recorded EU–US cooperations (")
    assert f"signed {signed}," in made.chart.alt and "renewal is not counted beside" in made.subtitle
    assert isinstance(headline, FiguresCard)
    figure = next(figure for figure in headline.figures if figure.key == "cooperations")
    assert figure.value == f"{signed} of {len(agreements)}" and "each agreement counts once" in figure.note


def test_a_filter_of_years_finds_the_renewal(oracle):
    """Plastipolis and PolymerOhio signed in 2011 and renewed in 2015: under 2015 the renewal counts, as renewed."""
    ids = card("statuses", year_from=2015, year_to=2015).evidence.record_ids
    assert "renewal-plastipolis-polymerohio-2015" in ids and "mou-plastipolis-polymerohio-2011" not in ids
    ids = card("statuses", year_from=2011, year_to=2015).evidence.record_ids
    assert "renewal-plastipolis-polymerohio-2015" not in ids and "mou-plastipolis-polymerohio-2011" in ids


def test_a_filter_says_which_business_services_it_means():
    """A theme and a traded cluster have that name."""
    names = vocabulary().sectors
    assert names["business-services"] == "Business services (theme)"
    assert names["tc-business-services"] == "Business Services (traded cluster)"
    assert names["energy"] == "Energy" and names["tc-plastics"] == "Plastics"


def test_an_event_counts_for_each_of_its_places(oracle):
    """'Inspiration field visit to Silicon Valley, Latin America' (Table 2): in the USA and on neither side."""
    visit = "smartcitytech-field-visit"
    for side in ("US", "OTHER"):
        assert visit in run_query(rows_of, EVENTS, Filters(sides=(side,)))["event_id"].tolist(), side
    possible = run_query(possible_rows, EVENTS, Filters(countries=("BR",))).set_index("event_id")
    assert list(possible.loc[visit, "not_recorded"]) == ["perhaps further countries"]
    assert visit not in run_query(possible_rows, EVENTS, Filters(countries=("FR",)))["event_id"].tolist()


def test_a_party_that_no_source_places_is_on_no_side():
    """'a strategic third country' (s3.1): outside the EU, and perhaps the United States."""
    party = "agreement-enw-strategic-third-country"
    assert party not in run_query(rows_of, ALL_COOPERATIONS, Filters(sides=("OTHER",)))["cooperation_id"].tolist()
    possible = run_query(possible_rows, ALL_COOPERATIONS, Filters(sides=("US",))).set_index("cooperation_id")
    assert list(possible.loc[party, "not_recorded"]) == ["perhaps further sides"]


def test_partners_of_the_platform_are_not_called_companies(facts):
    """'ECCP partners inno TSD is involved … and SPI is also involved' (s1.1, footnote 4): not that either is a firm."""
    kinds = {row["organisation_id"]: row["kind"] for row in facts("organisations")}
    assert kinds["inno-tsd"] == kinds["spi"] == "support_organisation"


def test_projects_of_horizon_are_counted_by_their_beginning(facts):
    """All 61 projects ran in the years 2016 to 2019; 28 of them were begun then."""
    projects = facts("datasets/horizon-2020-with-us-2016/horizon_projects")
    assert all(row["start_on"] < "2020" and row["end_on"] >= "2016" for row in projects) and len(projects) == 61
    begun = sum("2016" <= row["start_on"] < "2020" for row in projects)
    assert begun == 28
    shown = card("horizon_themes", year_from=2016, year_to=2019)
    assert "13 of 28 projects in the data with US participation begun 2016 to 2019" in shown.title
    assert (
        "for Health, begun in 2015"
        in card("horizon_programmes", sectors=("health",), year_from=2015, year_to=2015).subtitle
    )


def test_a_list_that_is_cut_does_not_claim_the_most(facts):
    """Of the 852 pairs 18 have several common projects: which 182 of the others are listed decides their name."""
    pairs = card("horizon_pairs")
    assert (pairs.rows["projects"] > 1).sum() == 18 and len(pairs.rows) == 200
    for name in ("horizon_pairs", "horizon_organisations", "horizon_partner_countries"):
        subtitle = card(name).subtitle
        assert "then by name" in subtitle and "with the most" not in subtitle

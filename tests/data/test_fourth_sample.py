"""What the fourth sample of docs/trust.md found, with values counted from data/ by pandas alone."""

import pandas as pd
import pytest

from cards.catalogue import make_card
from domain.filters import Filters
from settings import ROOT

pytestmark = pytest.mark.usefixtures("published")
US_STATES = ROOT / "data/datasets/us-states-traded-clusters-2012-2016"
HORIZON = ROOT / "data/datasets/horizon-2020-with-us-2016"
# Of a success story's box, and said of no single partner: sectors concerned by the cooperation.
OF_A_BOX = "Sectors and subsectors concerned"


def table(path, **options) -> pd.DataFrame:
    """A CSV file as text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, **options)


def alt_of(card) -> str:
    """Text alternative of the chart of a card."""
    return card.chart.alt


def test_a_quotient_is_rounded_once():
    """Each of the twelve highest quotients of Automotive, as the text alternative lists them; one is 1.32536."""
    rows = table(US_STATES / "regional_statistics.csv").query("region_code != 'US'")
    rows = rows.assign(employment=pd.to_numeric(rows["employment"]))
    total, own = rows.groupby("region_code")["employment"].sum(), rows.query("industry_id == 'tc-automotive'")
    share = own.set_index("region_code")["employment"] / total
    quotients = (share / (own["employment"].sum() / total.sum())).sort_values(ascending=False)
    names = table(ROOT / "data/lookups/regions.csv").set_index("region_code")["name"]
    expected = "; ".join(f"{names[code]} {value:.2f}" for code, value in quotients.head(12).items())
    card = make_card("quotients", Filters(regions=("at-styria",)))
    assert "Mississippi 1.33" in expected and expected in alt_of(card)
    # The region comparison takes them unrounded, too.
    compared = make_card("regions_compared", Filters(), {"region": ("US-MS",), "scheme": ("traded_cluster",)})
    assert "1.33" in alt_of(compared) or "Mississippi" in compared.title


def test_pages_not_read_are_no_source_of_facts(facts):
    """A page whose every citation says that it was not read stands for the address in a footnote."""
    citations = pd.DataFrame(facts("citations"))
    is_read = ~citations["locator"].str.contains("not read here")
    unread = set(citations["source_id"]) - set(citations.loc[is_read, "source_id"])
    datasets = {
        line.split('"')[1]
        for path in (ROOT / "data/datasets").glob("*/dataset.toml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith("source_id")
    }
    read = (set(citations["source_id"]) | datasets) - unread
    card = make_card("documents", Filters())
    assert f"from {len(read)} documents" in card.title and f"{len(unread)} more" in card.title and len(unread) == 47
    assert int(card.rows["is_read"].sum()) == len(read)


def test_sectors_of_a_box_are_not_stated_of_its_partners(facts):
    """The box gives them for the cooperation; where only a box supports a sector of an organisation, it is ours."""
    locators = pd.DataFrame(facts("citations")).groupby(["table_name", "record_id"])["locator"].agg(list)
    rows = [row for row in facts("organisation_sectors") if row["basis"] == "stated"]
    of_a_box = [
        row
        for row in rows
        if all(
            OF_A_BOX in one
            for one in locators.get(("organisation_sectors", f"{row['organisation_id']}|{row['sector_id']}"), [""])
        )
    ]
    assert of_a_box == []


def test_the_conference_is_not_an_event_of_the_mission(facts):
    """Section 4: the mission was jointly organised in the context of the conference; no project took part in it."""
    events = {row["event_id"] for row in facts("event_projects")}
    assert "techconnect-innovation-conference-2017" not in events and "techconnect-mission-2017" in events


def test_horizon_cards_tell_the_span_of_the_data():
    """The projects of the snapshot begin November 2014 to May 2016, so that no year is compared with another."""
    days = table(HORIZON / "horizon_projects.csv")["start_on"]
    assert (days.min()[:7], days.max()[:7], len(days)) == ("2014-11", "2016-05", 61)
    for name in ("horizon_years", "horizon_programmes", "horizon_organisations", "horizon_pairs"):
        card = make_card(name, Filters(year_from=2008))
        assert "hold 61 projects begun November 2014 to May 2016" in card.subtitle
        assert "any other year" not in card.title


def test_most_concentrated_only_where_every_region_is_known():
    """Of motor vehicles 48 of 283 regions have no quotient, of Automotive each of the 50 states has one."""
    other = make_card("other_side", Filters())
    assert other.title.startswith("Of 235 regions of 21 countries with a quotient, Basilicata has the highest")
    assert other.title.endswith("(location quotient 7.38); 92 (39.1\u00a0%) are above 1")
    assert make_card("quotients", Filters()).title.startswith("Automotive is most concentrated in Michigan")


def test_areas_are_named():
    """Under a filter of a European region the card shows US states."""
    norte = make_card("strength_and_organisations", Filters(regions=("pt-norte",)))
    assert norte.title.startswith("Automotive in 50 US states: 0 strong and organised, 7 strong without")
    alone = make_card("strong_without_organisation", Filters(sectors=("tc-insurance-services",)))
    assert alone.title.startswith("Insurance Services: strong in 7 US states, 7 of them without")
    both = make_card("strength_and_organisations", Filters(sectors=("aerospace", "mobility")))
    assert "The filter leads to Aerospace Vehicles and Defense" in both.subtitle


def test_years_of_projects_are_those_in_which_they_ran():
    """'Known here since 2016' would say when they became known."""
    title = make_card("generations", Filters(year_from=2016)).title
    assert title.startswith("At least 30 of 42 ESCP-4i partnerships known here that ran in 2016 or later (71")

"""The card of regions by strength and organisation, worked out again from the CSV files."""

import csv

import pytest

from cards.catalogue import make_card
from domain.filters import Filters
from settings import ROOT
from warehouse.strength import FINDINGS

pytestmark = pytest.mark.usefixtures("published")
STATES = ROOT / "data" / "datasets" / "us-states-traded-clusters-2012-2016"


def _rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(industry: str, facts) -> dict[str, set[str]]:
    """Finding -> US states, from the shipped figures and the tables of organisations.

    A quotient is the share of the industry in the traded clusters of a state over that in all states together.
    """
    amounts = {
        row["region_code"]: float(row["employment"])
        for row in _rows(STATES / "regional_statistics.csv")
        if row["industry_id"] == industry and row["region_code"] != "US"
    }
    totals = {
        row["region_code"]: float(row["employment"])
        for row in _rows(STATES / "statistics_totals.csv")
        if row["total_basis"] == "traded clusters" and row["region_code"] in amounts
    }
    whole = sum(amounts.values()) / sum(totals.values())
    strong = {code for code in amounts if amounts[code] / totals[code] / whole >= 1.5}
    ended = {row["organisation_id"] for row in facts("organisation_ends")}
    ended |= {row["organisation_id"] for row in facts("organisations") if row["successor_id"]}
    in_industry = {row["organisation_id"] for row in facts("organisation_sectors") if row["sector_id"] == industry}
    organised = {
        row["region_code"]
        for row in facts("organisations")
        if row["is_cluster_organisation"] == "true" and row["organisation_id"] in in_industry - ended
    } & set(amounts)
    return {
        FINDINGS[0]: strong & organised,
        FINDINGS[1]: strong - organised,
        FINDINGS[2]: organised - strong,
        FINDINGS[4]: set(amounts) - strong - organised,
    }


@pytest.mark.parametrize(
    "industry", ["tc-automotive", "tc-water-transportation", "tc-information-technology-and-analytical-instruments"]
)
def test_states_by_strength_and_organisation(facts, industry):
    """Each state under its finding; the title counts the first three."""
    card = make_card("strength_and_organisations", Filters(), {"cluster": (industry,)})
    found = {finding: set(rows["region_code"]) for finding, rows in card.rows.groupby("finding")}
    wanted = {finding: codes for finding, codes in expected(industry, facts).items() if codes}
    assert found == wanted
    both, alone, weak = (len(wanted.get(finding, ())) for finding in FINDINGS[:3])
    assert f" in {len(card.rows)} US states: {both} strong and organised, {alone} strong without" in card.title
    assert f"{weak} organised without strength" in card.title
    assert "No change is shown" in card.subtitle


def test_unknown_strength_is_never_weak():
    """Regions of Europe without a quotient stand apart, whether organised or not."""
    card = make_card("strength_and_organisations", Filters(), {"cluster": ("nace-c29",)})
    unknown = card.rows[card.rows["location_quotient"].isna()]
    assert len(unknown) and set(unknown["finding"]) <= {FINDINGS[3], FINDINGS[5]}
    assert set(card.rows.loc[card.rows["location_quotient"].notna(), "finding"]).isdisjoint({FINDINGS[3], FINDINGS[5]})
    assert "Malta" in card.subtitle and "MT" not in set(card.rows["country_code"])

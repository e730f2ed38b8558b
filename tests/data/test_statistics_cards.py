"""What the cards of regional statistics count under filters, worked out by pandas from the CSV files.

Which industry a sector leads to is tested elsewhere; here it is taken from the page. Scheme and countries are not.
"""

import re
from dataclasses import dataclass

import pandas as pd
import pytest

from cards.card import Card
from cards.catalogue import make_card
from cards.statistics_view import StatisticsView, view_of
from domain.text import plural
from tests.card_checks import TYPICAL, random_choices, to_filters
from tests.expected.texts import Token, label, number, problem, rate, said, share
from tests.oracle import Oracle
from tests.oracle_records import Chosen
from tests.statistics_oracle import (
    EU,
    STRONG,
    US,
    areas,
    country_of,
    estimates,
    eu_quotients,
    lookup,
    organisations_by_industry,
    rows,
    us_quotients,
)
from warehouse.query_cache import vocabulary

pytestmark = [pytest.mark.usefixtures("published"), pytest.mark.slow]  # reads all figures with pandas
PERIODS = {"traded_cluster": "2012-2016", "nace_division": "2015"}
INDUSTRIES = {"traded_cluster": 51, "nace_division": 68}
SHIPPED = {"traded_cluster": US, "nace_division": EU}
RANDOM_CHOICES, SEED, MAX_DRAWN = 20, 2027, 20
CASES = {**TYPICAL, "side EU": Chosen(sides=("EU",)), "neither side": Chosen(sides=("OTHER",))}


@dataclass(frozen=True)
class Shown:
    """What a choice of filters selects: figures (blank where there is none) and quotients, by region."""

    view: StatisticsView
    scope: str
    figures: pd.Series
    quotients: pd.Series
    estimated: int
    without_row: int  # regions with rows of other industries only


@pytest.fixture(params=[*CASES, *range(RANDOM_CHOICES)], scope="module")
def chosen(request, published) -> Chosen:
    """Typical choices of filters, and some chosen at random."""
    if request.param in CASES:
        return CASES[request.param]
    known = vocabulary()
    return random_choices(RANDOM_CHOICES, SEED, known)[request.param]


def _allowed(oracle: Oracle, chosen: Chosen) -> set[str]:
    sides = oracle.names("countries", "country_code", "side")
    return {
        code
        for code, side in sides.items()
        if (not chosen.sides or side in chosen.sides) and (not chosen.countries or code in chosen.countries)
    }


def _scheme(allowed: set[str]) -> str:
    """US states unless only countries with European regions are chosen."""
    european = {country_of().get(code) for code in rows(EU)["region_code"]}
    return "nace_division" if "US" not in allowed and allowed & european else "traded_cluster"


def _scope(oracle: Oracle, chosen: Chosen) -> str:
    text = label(oracle, Chosen(sides=chosen.sides, countries=chosen.countries))
    return f" for {'this filter' if len(text) > 60 else text}" if text else ""


def _regions(scheme: str, allowed: set[str]) -> pd.DataFrame:
    """Rows of the regions of these countries, countries as a whole left out."""
    data = rows(SHIPPED[scheme])
    countries = data["region_code"].map(country_of())
    return data[countries.isin(allowed) & (data["region_code"] != countries)]


@pytest.fixture(scope="module")
def shown(oracle, chosen) -> Shown:
    view, allowed = view_of(to_filters(chosen), {}), _allowed(oracle, chosen)
    scheme = _scheme(allowed)
    assert view is not None and (view.scheme, view.period) == (scheme, PERIODS[scheme])
    data = _regions(scheme, allowed)
    own = data[data["industry_id"] == view.industry].set_index("region_code")
    quotients = us_quotients() if scheme == "traded_cluster" else eu_quotients()
    of_industry = quotients[quotients.index.get_level_values("industry_id") == view.industry].droplevel("industry_id")
    known = of_industry[of_industry.index.isin(own.index)]
    without_row, estimated = data["region_code"].nunique() - len(own), estimates(own).get("estimates", 0)
    return Shown(view, _scope(oracle, chosen), own["employment"], known, estimated, without_row)


def card_of(name: str, chosen: Chosen) -> Card | None:
    return make_card(name, to_filters(chosen))


def _above(shown: Shown) -> list[Token]:
    count = int((shown.quotients > 1).sum())
    population = f"{areas(shown.quotients.index, shown.scope)[1]} with a quotient{shown.scope}"
    return [*share("above 1", count, "with a quotient", len(shown.quotients), population), *said("above 1")]


def _name(region: str) -> str:
    return next(row["name"] for row in lookup("lookups/regions") if row["region_code"] == region)


def _gaps(card: Card, shown: Shown) -> None:
    """The sentences below the title give a reason for every region without a quotient."""
    without = sum(int(count) for count in re.findall(r"(\d+) regions? without a figure", card.subtitle))
    assert without == shown.figures.isna().sum()
    counted = sum(int(count) for count in re.findall(r"No quotient for (\d+) regions?", card.subtitle))
    single = re.search(r"No quotient for ([^:;]*): (?:each )?the only region", card.subtitle)
    alone = len(re.split(r", | and ", single.group(1))) if single else 0
    assert counted + alone == shown.figures.notna().sum() - len(shown.quotients)


def highest_of_known(values: pd.Series, scope: str, industry: str) -> list[Token]:
    """'Of 235 regions of 21 countries with a quotient, Basilicata has the highest in …; 92 (39.1 %) are above 1'."""
    above, total = int((values > 1).sum()), len(values)
    return [
        *said("Of"),
        number("with a quotient", total),
        *said(f"{areas(values.index, scope)[1]} with a quotient{scope}", _name(values.idxmax()), industry),
        Token("quotient", f"{values.max():.2f}"),
        number("quotients above 1", above),
        *rate(above, total),
        *said("above 1"),
    ]


def test_regions_by_quotient(shown, chosen):
    card = card_of("quotients", chosen)
    if shown.figures.empty:
        assert card is None
        return
    values, name = shown.quotients, said(shown.view.industry_name)
    best = values[values == values.max()]
    if values.empty:
        one = areas(shown.figures.index, shown.scope)[0]
        title = [*name, *said(f"no location quotient for any {one}{shown.scope}")]
        title += [number("unknown", int(shown.figures.isna().sum())), number("figures", len(shown.figures))][
            : 2 if shown.figures.isna().any() else 0
        ]
    elif len(values) == 1:
        title = [*name, *said(_name(best.index[0])), Token("quotient", f"{values.max():.2f}")]
    elif len(best) > 1:
        title = [*name, *_above(shown)]
    elif len(values) < len(shown.figures) or shown.without_row:
        # Where a region has no quotient, none is said to be the highest of all.
        title = highest_of_known(values, shown.scope, shown.view.industry_name)
    else:
        leader = [*said("most concentrated in", _name(best.index[0])), Token("quotient", f"{values.max():.2f}")]
        title = [*name, *leader, *_above(shown)]
    assert problem(card.title, title) == ""
    _gaps(card, shown)
    drawn = min(MAX_DRAWN, int((values > 0).sum()))
    of_all = plural(len(shown.figures), *areas(shown.figures.index, shown.scope))
    assert (f"{drawn} of {of_all} drawn" in card.subtitle) is (0 < drawn < len(shown.figures))
    assert ("highest and the 6 lowest" in card.subtitle) is (int((values > 0).sum()) > MAX_DRAWN)
    keys = {f"{region}|{shown.view.industry}|{shown.view.period}" for region in shown.figures.index}
    assert set(card.evidence.record_ids) == keys and card.evidence.table == "regional_statistics"
    estimates = f"{shown.estimated} of {shown.figures.notna().sum()} figures of persons employed"
    assert (estimates in card.subtitle) is (shown.estimated > 0)


@pytest.mark.parametrize(
    ("name", "one", "scheme"),
    [("quotient_map", "area", "traded_cluster"), ("quotient_points", "region", "nace_division")],
)
def test_maps(shown, chosen, name, one, scheme):
    """US states as areas, European regions as circles; Ireland has no quotient, and three regions have no centre."""
    card = card_of(name, chosen)
    is_empty = shown.quotients.empty if one == "area" else shown.figures.empty
    if scheme != shown.view.scheme or is_empty:
        assert card is None
        return
    start = [*said(shown.view.industry_name), *said(shown.view.period)]
    none = areas(shown.figures.index, shown.scope)[0]
    above = _above(shown) if len(shown.quotients) else said(f"no {none} with a quotient{shown.scope}")
    assert problem(card.title, [*start, *above]) == ""
    _gaps(card, shown) if one == "region" else None


def test_coverage(oracle, shown, chosen):
    card, scheme = card_of("statistics_coverage", chosen), shown.view.scheme
    data = _regions(scheme, _allowed(oracle, chosen))
    assert (card is None) == data.empty
    if card is None:
        return
    quotients = us_quotients() if scheme == "traded_cluster" else eu_quotients()
    own = quotients[quotients.index.isin(set(data["region_code"]), level="region_code")]
    known = int(data["employment"].notna().sum())
    # A region without a row of an industry has no figure of it: 50 states and 51 traded clusters are 2,550 cells.
    codes, regions = data["region_code"].map(country_of()), data["region_code"].nunique()
    all_cells = regions * INDUSTRIES[scheme]
    cells = [number("known", known), number("cells", all_cells), *said(f"cells{shown.scope}"), *rate(known, all_cells)]
    title = [*said(shown.view.period), *cells, number("quotients", len(own))]
    assert problem(card.title, title) == ""
    without = [number("without a row", all_cells - len(data))] if all_cells > len(data) else []
    name = next(row["name"] for row in lookup("lookups/countries") if row["country_code"] == codes.iloc[0])
    of = [number("countries", codes.nunique())] if codes.nunique() > 1 else said(name)
    of += [number(what, count) for what, count in estimates(data).items() if count]
    assert problem(card.subtitle, [number("regions", regions), *of, *without]) == ""


def test_strength_beside_organisations(shown, chosen):
    """Of the states, who is organised comes from the files; of European regions, only how many are strong."""
    card, gaps = card_of("strength_and_organisations", chosen), card_of("strong_without_organisation", chosen)
    if card is None:
        assert gaps is None
        return
    both, alone, weak = (int(count) for count in re.findall(r"(\d+) (?:strong|organised) ", card.title))
    compared = set(card.rows["region_code"])
    of_all = plural(len(compared), *areas(compared, shown.scope))
    assert card.title.startswith(f"{shown.view.industry_name} in {of_all}{shown.scope}: {both} strong")
    strong = set(shown.quotients[shown.quotients >= STRONG].index) & compared
    assert both + alone == len(strong) and compared <= set(shown.figures.index)
    if shown.view.scheme == "traded_cluster":
        organised = {region for region, industry in organisations_by_industry() if industry == shown.view.industry}
        assert (both, weak) == (len(strong & organised), len(compared & organised - strong))
    start = f"{of_all}{shown.scope} with a row of the industry in the statistics of"
    assert card.subtitle.startswith(start)
    assert (gaps is None) is (alone == 0)
    if gaps:
        named = plural(len(strong), *areas(strong, shown.scope))
        which = f"{alone} of them " if len(strong) > 1 else ""
        assert gaps.title.startswith(f"{shown.view.industry_name}: strong in {named}, {which}without a cluster")
        of_all = f"{areas(compared, shown.scope)[1][1:]}{shown.scope}"
        assert f"{of_all} in which {shown.view.industry_name}" in gaps.subtitle
        assert {key.split("|")[0] for key in gaps.evidence.record_ids} == strong and len(gaps.rows) == alone
        left_out = {country_of()[region] for region in set(shown.figures.index) - compared}
        assert ("Not compared: " in gaps.subtitle) is bool(left_out)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("quotients", "13 more regions of these statistics have no row of this industry"),
        ("quotient_map", "13 more regions of these statistics have no row of this industry"),
        ("strength_and_organisations", "13 more regions of these statistics have no row of this industry"),
        ("strong_without_organisation", "37 of 50 pairs of region and industry were compared. The others: 13 no row"),
    ],
)
def test_regions_without_a_row_are_told(name, words):
    """Coal mining has rows of 37 of the 50 states; without one, nothing is known, which is not zero."""
    own = [row["region_code"] for _, row in rows(US).iterrows() if row["industry_id"] == "tc-coal-mining"]
    assert len(set(own) - {"US"}) == 37
    card = make_card(name, to_filters(Chosen()), {"cluster": ("tc-coal-mining",)})
    assert card is not None and words in card.subtitle


def test_all_industries_compared():
    """46 of 2,550 pairs of state and traded cluster have no row (card of the data set)."""
    card = make_card("strong_without_organisation", to_filters(Chosen()), {"gaps": ("all",)})
    assert card is not None and "2,504 of 2,550 pairs" in card.subtitle and "46 no row in the data" in card.subtitle


def test_the_other_side():
    """Without a filter: motor vehicles in Europe, beside the automotive cluster of the states."""
    card, own = card_of("other_side", Chosen()), eu_quotients()
    values = own[own.index.get_level_values("industry_id") == "nace-c29"].droplevel("industry_id")
    assert problem(card.title, highest_of_known(values, "", "C29")) == ""


def test_regions_compared():
    """The highest quotient of two states over all traded clusters; one period gives no series."""
    states, own = ("US-MI", "US-OH"), us_quotients()
    values = own[own.index.get_level_values("region_code").isin(states)]
    region, industry = values.idxmax()
    card = make_card("regions_compared", to_filters(Chosen()), {"region": states})
    cluster = next(row["name"] for row in lookup("lookups/sectors") if row["sector_id"] == industry)
    title = [*said("of the regions compared", _name(region), cluster), Token("quotient", f"{values.max():.2f}")]
    assert problem(card.title, title) == ""
    assert {key.split("|")[0] for key in card.evidence.record_ids} == set(states)
    assert make_card("region_series", to_filters(Chosen()), {"region": states}) is None


def test_sectors_that_lead_to_no_industry_are_not_named():
    """Motor vehicles are shown where no division stands close to the sector: they are not filtered by it."""
    idle = Chosen(sectors=("tc-electric-power-generation-and-transmission",), sides=("EU",))
    card = card_of("quotients", idle)
    assert "the highest in C29" in card.title and card.filter_label == "side: European Union"
    assert card_of("quotients", idle._replace(sides=())).filter_label == "Electric Power Generation and Transmission"
    two = Chosen(sectors=("tc-automotive", "tc-insurance-services"))
    assert card_of("quotient_map", two).filter_label == "Automotive"
    of_all = make_card("strong_without_organisation", to_filters(two), {"gaps": ("all",)})
    assert of_all.filter_label == "no filter" and "strong industries of US states, 423 of them without" in of_all.title

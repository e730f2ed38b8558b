"""The shipped snapshot of Horizon projects: totals of its source, and pairs of partners against pandas."""

import pandas as pd
import pytest

from domain.filters import Filters
from settings import ROOT
from warehouse import horizon_network

FOLDER = ROOT / "data" / "datasets" / "horizon-2020-with-us-2016"
# Counted in the files of CORDIS of early 2016, which write GR as EL and GB as UK.
PARTICIPATIONS = {"DE": 120, "GB": 115, "FR": 87, "US": 75, "IT": 69, "NL": 68, "ES": 52, "BE": 44, "CH": 34, "SE": 30}
TOTAL_COST, EU_CONTRIBUTION = 438825144.21, 360517836.97


def read(name: str) -> pd.DataFrame:
    """A file of the data set, as text."""
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def pairs() -> pd.DataFrame:
    """One row for each project, US organisation and organisation of the EU side in it."""
    countries = pd.read_csv(ROOT / "data" / "lookups" / "countries.csv", dtype=str, keep_default_na=False)
    sides = countries.set_index("country_code")["side"]
    parties = read("horizon_participations")
    side = parties["country_code"].map(sides)
    columns = ["horizon_project_id", "participant_id", "country_code"]
    return parties[side == "US"].merge(parties.loc[side == "EU", columns], on=columns[0], suffixes=("_us", "_eu"))


def test_the_totals_of_the_source():
    """Projects, participations, coordinators, money, days."""
    projects, parties = read("horizon_projects"), read("horizon_participations")
    assert (len(projects), projects["horizon_project_id"].nunique(), len(parties)) == (61, 61, 935)
    assert set(parties["horizon_project_id"]) == set(projects["horizon_project_id"])
    assert parties["country_code"].value_counts().head(10).to_dict() == PARTICIPATIONS
    assert parties["country_code"].nunique() == 58
    coordinators = parties[parties["role"] == "coordinator"]
    assert sorted(coordinators["horizon_project_id"]) == sorted(projects["horizon_project_id"])
    assert set(parties.loc[parties["country_code"] == "US", "horizon_project_id"]) == set(
        projects["horizon_project_id"]
    )
    assert projects["total_cost_eur"].astype(float).sum() == pytest.approx(TOTAL_COST, abs=0.005)
    assert projects["eu_contribution_eur"].astype(float).sum() == pytest.approx(EU_CONTRIBUTION, abs=0.005)
    assert (projects["start_on"].min(), projects["start_on"].max()) == ("2014-11-01", "2016-05-01")


def test_no_broken_letters():
    """Names are completed from other sources, or the letter is left out."""
    assert not any("\ufffd" in path.read_text(encoding="utf-8") for path in FOLDER.iterdir())


def assert_same(found: pd.DataFrame, expected: pd.DataFrame, names: list[str], keys: list[str]) -> None:
    """The same pairs with the same number of common projects."""
    counts = expected.groupby(keys)["horizon_project_id"].nunique().sort_index()
    series = found.set_index(names)["projects"].sort_index()
    pd.testing.assert_series_equal(series, counts, check_names=False, check_dtype=False, check_index_type=False)


@pytest.mark.parametrize("codes", [(), ("DE",), ("EE", "LV")])
def test_who_works_with_whom(db, pairs, codes: tuple[str, ...]):
    """Each cell of the matrix and each pair; countries choose projects, and the organisations in pairs."""
    filters, of = Filters(countries=codes), pairs["country_code_eu"].isin(codes)
    matching = pairs[pairs["horizon_project_id"].isin(pairs.loc[of, "horizon_project_id"])] if codes else pairs
    assert_same(
        horizon_network.us_organisations_by_country(db, filters),
        matching,
        ["us_participant_id", "country_code"],
        ["participant_id_us", "country_code_eu"],
    )
    assert_same(
        horizon_network.pairs_of_organisations(db, filters, 10_000),
        pairs[of] if codes else pairs,
        ["us_participant_id", "participant_id"],
        ["participant_id_us", "participant_id_eu"],
    )


def test_numbers_that_the_guide_gives(db, pairs):
    """64 US organisations, 27 countries, 852 pairs."""
    matrix, partners = horizon_network.us_organisations_by_country(db), horizon_network.pairs_of_organisations(db)
    assert (matrix["us_participant_id"].nunique(), matrix["country_code"].nunique(), len(matrix)) == (64, 27, 448)
    assert set(zip(partners["total_count"], partners["repeated_count"], strict=True)) == {(852, 18)}
    assert len(pairs.drop_duplicates(["participant_id_us", "participant_id_eu"])) == 852

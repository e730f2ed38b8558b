"""The shipped statistics in the database against pandas over their CSV files, and what they must say."""

import re

import pandas as pd
import pytest

from domain.vocabulary import STRONG_QUOTIENT
from settings import ROOT
from tests.statistics_oracle import (
    EU,
    NARROW,
    STRONG,
    US,
    eu_quotients,
    organisations_by_industry,
    rows,
    strong,
    us_quotients,
)
from warehouse import industry_gaps, region_profiles, statistics
from warehouse.industry_gaps import Comparison

STATES, REGIONS = ("traded_cluster", "2012-2016"), ("nace_division", "2015")


def in_database(db, scheme: str, measure: str = "employment", column: str = "location_quotient") -> pd.Series:
    """A column of view location_quotients by region and industry, without countries and blanks."""
    frame = db.execute(
        f"SELECT region_code, industry_id, {column} FROM location_quotients "
        f"WHERE scheme = $1 AND measure = $2 AND level <> 'country' AND {column} IS NOT NULL",
        [scheme, measure],
    ).df()
    return frame.set_index(["region_code", "industry_id"])[column]


def test_every_row_is_loaded(db):
    """No more and no fewer than the files have, with the source of the card."""
    for data_set, source in ((US, "census-county-business-patterns"), (EU, "eurostat-sbs-r-nuts06-r2")):
        for table in ("regional_statistics", "statistics_totals"):
            (found,) = db.execute(f"SELECT count(*) FROM {table} WHERE source_id = $1", [source]).fetchone()
            assert found == len(rows(data_set, table)) > 0


@pytest.mark.parametrize(
    ("scheme", "measure", "expected"),
    [
        ("traded_cluster", "employment", us_quotients),
        ("traded_cluster", "establishments", lambda: us_quotients("establishments")),
        ("nace_division", "employment", eu_quotients),
    ],
)
def test_quotients(db, scheme, measure, expected):
    """Where there is one, and which."""
    found, own = in_database(db, scheme, measure), expected()
    assert len(own) > 2000
    pd.testing.assert_series_equal(found.sort_index(), own.sort_index(), check_names=False, rtol=1e-9)


def test_the_states_and_the_country(db):
    """Totals of states are sums of their rows; those of the country the sums of the states, without Washington, DC."""
    states = rows(US)
    own = states[states["region_code"] != "US"]
    assert own["region_code"].nunique() == 50 and own["industry_id"].nunique() == 51 and len(own) == 2504
    assert "US-DC" not in set(own["region_code"])
    country = states[states["region_code"] == "US"].set_index("industry_id")
    totals = rows(US, "statistics_totals").set_index("region_code")
    for measure in ("employment", "establishments"):
        pd.testing.assert_series_equal(country[measure], own.groupby("industry_id")[measure].sum())
        pd.testing.assert_series_equal(
            totals.loc[totals.index != "US", measure], own.groupby("region_code")[measure].sum()
        )
        assert totals.loc["US", measure] == pytest.approx(own[measure].sum())


def test_estimates_are_marked_and_keep_what_is_published(db):
    """1,973 of 2,504 figures; nothing estimated is called stated, and the published part is never more."""
    states = rows(US)
    own = states[states["region_code"] != "US"]
    estimated = own["employment_basis"] == "estimated"
    assert estimated.sum() == 1973 and set(own.loc[~estimated, "employment_basis"]) == {"stated"}
    assert own.loc[estimated, "employment_published"].notna().all()
    assert own.loc[~estimated, "employment_published"].isna().all()
    assert (own["employment_published"] <= own["employment"])[estimated].all()
    share = (own["employment"] - own["employment_published"])[estimated].sum() / own["employment"].sum()
    assert round(100 * share, 2) == 3.48
    found = in_database(db, "traded_cluster", column="employment_basis")
    assert dict(found.value_counts()) == {"estimated": 1973, "stated": 531}


def test_european_figures_that_are_not_known(db):
    """A blank is no zero: 2,344 of 19,244 cells have no figure, and none has a quotient."""
    europe = rows(EU)
    regions = europe[europe["region_code"].str.len() == 4]
    assert len(regions) == 283 * 68 and regions["employment"].isna().sum() == 2344
    (unknown,) = db.execute(
        "SELECT count(*) FROM location_quotients WHERE scheme = 'nace_division' AND measure = 'employment' "
        "AND level <> 'country' AND employment IS NULL AND missing_reason = 'not stated' AND location_quotient IS NULL"
    ).fetchone()
    assert unknown == 2344


def test_european_totals_hold_their_divisions():
    """A total of sections is never below the sum of the divisions that are known of it, but for rounding."""
    figures = rows(EU).assign(section=lambda frame: frame["industry_id"].str[5])
    totals = rows(EU, "statistics_totals")
    for basis, sections in (("industry and services", NARROW), ("business economy", NARROW | set("bdes"))):
        known = figures[figures["section"].isin(sections)].groupby("region_code")["employment"].sum()
        own = totals[totals["total_basis"] == basis].set_index("region_code")["employment"]
        assert len(own) in (296, 240)
        assert ((own - known.reindex(own.index)) >= -8).all()
    complete = figures.groupby("region_code")["employment"].apply(lambda values: values.notna().all())
    wide = totals[totals["total_basis"] == "business economy"].set_index("region_code")["employment"]
    exact = [code for code in complete[complete].index if code in wide.index]
    known = figures.groupby("region_code")["employment"].sum()
    assert len(exact) == 27 and all(abs(wide[code] - known[code]) <= 8 for code in exact)


def test_strong_industries(db):
    """The threshold stands once in Python and once in SQL, and both are that of the quotients above."""
    assert STRONG_QUOTIENT == STRONG
    (sql,) = db.execute("SELECT sql FROM view_sql WHERE name = 'location_quotients'").fetchone()
    assert f"location_quotient >= {STRONG_QUOTIENT}" in sql
    (comment,) = db.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'location_quotients' AND column_name = 'is_strong'"
    ).fetchone()
    assert f"at least {STRONG_QUOTIENT}" in comment
    for scheme, own in (("traded_cluster", us_quotients()), ("nace_division", eu_quotients())):
        marks = in_database(db, scheme, column="is_strong")
        assert set(marks[marks.astype(bool)].index) == strong(own)


def test_strong_industries_without_an_organisation(db):
    """Every strong traded cluster of a state, but for those with a cluster organisation of it in the state."""
    found = industry_gaps.strong_without_organisation(db, Comparison(*STATES))
    keys = set(zip(found["region_code"], found["industry_id"], strict=True))
    assert keys == strong(us_quotients()) - organisations_by_industry() and len(keys) > 300
    evidence = industry_gaps.keys_without_organisation(db, Comparison(*STATES))
    assert set(evidence) == {f"{region}|{industry}|2012-2016" for region, industry in keys}
    counted = industry_gaps.strong_regions(db, Comparison(*STATES))["strong_keys"].explode()
    assert sorted(counted) == sorted(f"{region}|{industry}|2012-2016" for region, industry in strong(us_quotients()))


@pytest.mark.parametrize(("country", "quotients"), [("US", us_quotients), ("NL", eu_quotients), ("DE", eu_quotients)])
def test_strong_industries_of_the_regions_of_a_country(db, country, quotients):
    """For its profile: every pair of region and industry, judged by the files, the highest quotient first."""
    own = quotients()
    regions = {code for code in own.index.get_level_values("region_code") if code.removeprefix("US-") != code}
    if country != "US":
        regions = {code for code in own.index.get_level_values("region_code") if code.startswith(country)}
    found = region_profiles.industries_of_regions(db, country)
    marked = found[found["is_strong"].astype(bool)]
    keys = set(zip(marked["region_code"], marked["industry_id"], strict=True))
    assert keys == {key for key in strong(own) if key[0] in regions} and keys
    first = found.iloc[0]
    highest = own[own.index.get_level_values("region_code").isin(regions)]
    assert (first["region_code"], first["industry_id"]) == highest.idxmax()


def test_coverage(db):
    """By country, from the files."""
    found = statistics.coverage(db, *REGIONS).set_index("country_code")
    germany = rows(EU)[lambda frame: frame["region_code"].str.fullmatch("DE..")]
    assert found.loc["DE", ["region_count", "row_count", "known_count"]].tolist() == [
        germany["region_code"].nunique(),
        len(germany),
        germany["employment"].notna().sum(),
    ]
    assert found.loc["DE", "cell_count"] == 38 * 68 == len(germany)
    states = statistics.coverage(db, *STATES).set_index("country_code").loc["US"]
    assert states[["cell_count", "row_count"]].tolist() == [50 * 51, 2504]
    own = eu_quotients()
    of_germany = own[own.index.get_level_values(0).str.startswith("DE")]
    assert found.loc["DE", ["quotient_count", "strong_count"]].tolist() == [len(of_germany), (of_germany >= 1.5).sum()]
    assert found["quotient_count"].sum() == len(own)


def test_the_cards_of_the_data_sets(db):
    """What the texts of the cards count is what the files have."""
    cards = dict(db.execute("SELECT dataset_id, concat_ws(' ', method, estimated) FROM datasets").fetchall())
    assert "1,973 of the 2,504 figures" in cards[US] and "(3.48 %)" in cards[US] and "46 pairs" in cards[US]
    assert 50 * 51 - 2504 == 46
    totals = rows(EU, "statistics_totals")
    of_regions = totals["region_code"].str.len() == 4
    for basis, words in (
        ("industry and services", "for {} regions and {} countries"),
        ("business economy", "for {} regions and {} countries"),
    ):
        own = totals["total_basis"] == basis
        assert words.format((own & of_regions).sum(), (own & ~of_regions).sum()) in cards[EU]
    missing = set(rows(EU)["region_code"][lambda codes: codes.str.len() == 2]) - set(totals["region_code"])
    assert missing == {"IE"} and "Ireland has neither" in cards[EU]


def test_the_threshold_is_written_once():
    """Texts of cards take it from domain.vocabulary."""
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "cards").rglob("*.py")}
    assert [path.name for path, text in texts.items() if re.search(r"\b1\.5\b", text)] == []
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    assert f"else {STRONG_QUOTIENT} and more" in guide

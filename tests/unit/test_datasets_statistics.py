"""Shipped regional statistics: filled columns, totals by scheme, and how an import of the user takes their place."""

import pytest
from etl_dataset import messages
from import_files import STATISTICS, run, write
from test_datasets import CARD, run_query
from typer.testing import CliRunner

from etl.__main__ import app
from etl.imports import regional_statistics
from etl.pipeline import build
from warehouse import horizon, statistics
from warehouse.connection import open_database

pytestmark = pytest.mark.slow  # builds a database in most tests

FIGURES = (
    "region_code,industry_id,employment,employment_basis,employment_published,establishments\n"
    "US-OH,tc-plastics,20.5,estimated,12,3\nUS-TX,tc-plastics,10,stated,,2\nUS,tc-plastics,30.5,summed,,5\n"
    "FR,tc-plastics,,,,7\n"
)
TOTALS = (
    "region_code,scheme,total_basis,employment\nUS-OH,traded_cluster,traded clusters,100\n"
    "US-TX,traded_cluster,traded clusters,300\nUS,traded_cluster,traded clusters,400\n"
)


@pytest.fixture
def folder(data):
    """data/datasets/figures with figures of two states and of two countries, a mean of five years."""
    regions = data / "lookups" / "regions.csv"
    regions.write_text(regions.read_text() + "US-TX,Texas,US,state,48\n")
    path = data / "datasets" / "figures"
    path.mkdir(parents=True)
    (path / "dataset.toml").write_text(
        CARD.replace('"cordis"', '"regional-statistics"').replace('"2015"', '"2012-2016"')
    )
    (path / "regional_statistics.csv").write_text(FIGURES)
    (path / "statistics_totals.csv").write_text(TOTALS)
    return path


def test_a_build_loads_them(folder, inputs, link):
    """Period and source from the card, reasons for blanks, and countries as regions of their own."""
    summary = build(inputs, link)
    assert summary.rows_in == summary.rows_out and not summary.notes
    columns = "region_code, period, employment, employment_missing, employment_basis, employment_published"
    assert run_query(link, f"SELECT {columns} FROM regional_statistics ORDER BY ALL") == [
        ("FR", "2012-2016", None, "not stated", None, None),
        ("US", "2012-2016", 30.5, None, "summed", None),
        ("US-OH", "2012-2016", 20.5, None, "estimated", 12),
        ("US-TX", "2012-2016", 10, None, "stated", None),
    ]
    assert run_query(link, "SELECT region_code FROM regions WHERE level = 'country' ORDER BY 1") == [("FR",), ("US",)]
    assert run_query(link, "FROM statistics_periods") == [("2012-2016", 2012, 2016)]
    assert run_query(link, "SELECT rows_shipped, rows_loaded FROM datasets") == [(7, 7)]


def test_sums_of_the_data_set_are_no_figures_of_the_country(folder, inputs, link):
    """(20.5 / 100) / (30.5 / 400), measured against the sum of the regions."""
    build(inputs, link)
    found = run_query(
        link,
        "SELECT location_quotient, total_basis, reference FROM location_quotients "
        "WHERE region_code = 'US-OH' AND measure = 'employment'",
    )
    assert found == [(pytest.approx((20.5 / 100) / (30.5 / 400)), "traded clusters", "sum of the regions")]


def import_rows(data, folder, *rows):
    """Import these rows of the template as 'mine'."""
    run(regional_statistics.FORMAT, write(folder / "own.csv", STATISTICS, rows), data, "mine")


def test_an_import_of_the_same_takes_their_place(folder, data, inputs, link, tmp_path):
    """All rows and totals of the United States of that period; France, which the file does not have, stays."""
    import_rows(data, tmp_path, "US-OH,Plastics,2012-2016,99,1,,,")
    summary = build(inputs, link)
    assert summary.rows_in == summary.rows_out
    assert summary.notes == ["The import mine takes the place of 6 rows of the shipped data set figures (US)."]
    assert run_query(link, "SELECT region_code, employment FROM regional_statistics ORDER BY 1") == [
        ("FR", None),
        ("US-OH", 99),
    ]
    assert run_query(link, "SELECT count(*) FROM statistics_totals") == [(0,)]
    assert run_query(
        link, "SELECT import_name, country_code, sum(rows_replaced) FROM dataset_replacements GROUP BY ALL"
    ) == [("mine", "US", 6)]
    with open_database(link) as connection:  # the page of each kind of data names its own
        assert statistics.replacements(connection)["import_name"].tolist() == ["mine"]
        assert horizon.replaced(connection).empty
    listed = CliRunner().invoke(app, ["import", "--list", "--data", str(data)])
    assert "figures (shipped):" in listed.stdout and summary.notes[0] in listed.stdout


@pytest.mark.parametrize("row", ["US-OH,Plastics,2016,99,1,,,", "FRK2,Plastics,2015,99,1,,,FR"])
def test_other_periods_stand_beside_them(folder, data, inputs, link, tmp_path, row):
    """A single year is not the mean of five, and nothing is added up over periods."""
    import_rows(data, tmp_path, row)
    summary = build(inputs, link)
    assert summary.notes == []
    assert run_query(link, "SELECT count(*) FROM regional_statistics") == [(5,)]
    listed = CliRunner().invoke(app, ["import", "--list", "--data", str(data)])
    assert "figures (shipped):" in listed.stdout and "takes the place" not in listed.stdout


CARD_NAME, FIGURES_NAME, TOTALS_NAME = "dataset.toml", "regional_statistics.csv", "statistics_totals.csv"
WRONG = [
    (CARD_NAME, "2012-2016", "2012/2016", ", period: '2012/2016' is not a period of statistics."),
    (FIGURES_NAME, "US-TX", "US-TY", " line 3, region_code: 'US-TY' is not in regions or countries."),
    (FIGURES_NAME, "FR,tc-plastics", "FR,water", " line 5, industry_id: 'water' is not in the industries"),
    (FIGURES_NAME, "US-TX,tc", "US-OH,tc", " line 3, region_code, industry_id: 'US-OH|tc-plastics' is the"),
    (FIGURES_NAME, "estimated,12", "estimated,21", " line 2, employment_published: "),
    (FIGURES_NAME, "stated,,", "known,,", " line 3, employment_basis: 'known' is not one of stated"),
    (TOTALS_NAME, "US-TX", "US-TY", " line 3, region_code: 'US-TY' is not in regions or countries."),
    (TOTALS_NAME, "US-TX,traded_cluster,traded", "US-OH,traded_cluster,traded", " line 3, region_code,"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), WRONG)
def test_what_is_wrong_is_named(folder, inputs, file, old, new, message):
    """With file, line and column."""
    path = folder / file
    path.write_text(path.read_text().replace(old, new, 1))
    found = messages(inputs)
    assert any(text.startswith(f"data/datasets/figures/{file}{message}") for text in found), found

"""Periods in the plain template: a year, or the first and last year of a mean."""

import duckdb
import pytest
from import_files import STATISTICS, rejection_messages, run, write

from etl.imports.regional_statistics import FORMAT


@pytest.fixture
def file(tmp_path):
    """`file(row, …)`: a template file of these rows."""
    return lambda *rows: write(tmp_path / "in.csv", STATISTICS, rows)


def test_a_mean_of_years_is_a_period(file, data):
    """First and last year with any dash, which is not each of its years; a year also as a number or its first day."""
    rows = [
        "US-OH,Plastics,2012-2016,6,1,,,",
        "US-OH,Plastics, 2012 \u2013 2015 ,7,1,,,",
        "US-OH,Plastics,2016,8,1,,,",
        "US-OH,Plastics,2017.0,9,1,,,",
        "US-OH,Plastics,2018-01-01,10,1,,,",
        "US-OH,All traded clusters,2012-2016,90,10,,,",
    ]
    run(FORMAT, file(*rows), data)
    sql = f"SELECT year, traded_cluster_id, employment FROM '{data}/imports/regional-statistics.parquet' ORDER BY ALL"
    assert duckdb.sql(sql).fetchall() == [
        ("2012-2015", "tc-plastics", 7),
        ("2012-2016", "tc-plastics", 6),
        ("2012-2016", "traded clusters", 90),
        ("2016", "tc-plastics", 8),
        ("2017", "tc-plastics", 9),
        ("2018", "tc-plastics", 10),
    ]


@pytest.mark.parametrize(
    "year", ["2016-2012", "2016-2016", "12-16", "2012/2016", "2012-16", "2012-2016 (mean)", "2018-01-02"]
)
def test_what_is_no_period(file, data, year):
    """Is rejected with its line; the other rows stay."""
    rows = ["US-OH,Plastics,2016,8,1,,,", "US-OH,Plastics,2015,8,1,,,", f"US-OH,Plastics,{year},6,1,,,"]
    summary = run(FORMAT, file(*rows), data)
    assert [(one.line, one.column, one.reason) for one in summary.reject_log.rejections] == [
        (4, "year", "neither a year nor years such as 2012-2016")
    ]
    assert summary.manifest.rows_imported == 2


def test_a_period_twice(file, data):
    """However it is written."""
    rows = ["US-OH,Plastics,2012-2016,6,1,,,", "US-OH,Plastics,2012 - 2016,7,1,,,"]
    (first, *_) = rejection_messages(FORMAT, file(*rows), data)
    assert "region: 'US-OH' has more than one row with the same industry and year" in first
    assert "(US-OH | tc-plastics | 2012-2016)" in first

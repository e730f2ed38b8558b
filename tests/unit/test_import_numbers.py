"""Decimal commas, thousands separators, codes for missing figures and dates: read where one reading is possible."""

import duckdb
import pytest
from import_files import rejection_message, run, write

from etl.imports.regional_statistics import FORMAT

HEADER = "region;traded_cluster;year;employment;establishments;wage;currency;country"


@pytest.fixture
def file(tmp_path):
    """`file(cell, …)` writes a file with semicolons: these figures of persons employed, one a year."""
    return lambda *cells, **how: write(
        tmp_path / "in.csv",
        HEADER,
        [f"US-OH;Plastics;{2000 + at};{cell};10;{how.get('wage', '')};USD;US" for at, cell in enumerate(cells)],
    )


def figures(data, column="employment"):
    """The figures in the order of the years."""
    sql = f"SELECT {column} FROM '{data}/imports/regional-statistics.parquet' ORDER BY year"
    return [figure for (figure,) in duckdb.sql(sql).fetchall()]


@pytest.mark.parametrize(
    ("cells", "read", "said"),
    [
        (("1234,5", "500,0"), [1234.5, 500], "comma"),
        (("1.234,5", "12"), [1234.5, 12], "comma"),
        (("1.234.567", "121.045"), [1234567, 121045], "comma"),
        (("12,50", "1,234"), [12.5, 1.234], "comma"),
        (("1,234.5", "1,234"), [1234.5, 1234], "point"),
        (("1,234,567", "12,500"), [1234567, 12500], "point"),
        (("1 234", "12\u00a0345", "1\u202f234\u202f567"), [1234, 12345, 1234567], None),
        (("1'234", "12"), [1234, 12], None),
        (("1234,5 b", ": c", "12"), [1234.5, None, 12], "comma"),
        (("0,123", "5"), [0.123, 5], "comma"),
    ],
)
def test_numbers_with_one_reading(file, data, cells, read, said):
    """The style is taken from cells that allow no other, and told."""
    summary = run(FORMAT, file(*cells), data)
    assert figures(data) == read and summary.manifest.rejected == {}
    assert [f"decimal {said}" in note for note in summary.reject_log.notes] == ([True] if said else [])


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (("1,234", "12,500"), "comma"),
        (("121.045", "940"), "point"),
        # As numbers these are 121.04 and 12, which do not show where the point stood.
        (("121.040", "93.210"), "point"),
        (("12.000", "940"), "point"),
        (("12.500 b", "940"), "point"),
    ],
)
def test_numbers_with_two_readings_are_asked_for(file, data, cells, mark):
    """Persons are whole numbers: 1,234 is never read as 1.234 unasked."""
    message = rejection_message(FORMAT, file(*cells), data)
    assert message.startswith(f"in.csv line 2, employment: '{cells[0]}' ")
    assert "--decimal comma" in message and "--decimal point" in message and mark in message


@pytest.mark.parametrize(
    ("cells", "decimal", "read"),
    [
        (("1,234", "12,500"), "point", [1234, 12500]),
        (("1,234", "12,500"), "comma", [1.234, 12.5]),
        (("121.045", "940"), "comma", [121045, 940]),
        (("121.045", "940"), "point", [121.045, 940]),
    ],
)
def test_the_answer_is_kept_to(file, data, cells, decimal, read):
    """In both directions."""
    run(FORMAT, file(*cells), data, decimal=decimal)
    assert figures(data) == read


def test_a_cell_against_the_answer_is_rejected(file, data):
    """12.5 has no decimal comma: it is not read as 125 nor as 12.5."""
    summary = run(FORMAT, file("1,5", "7", "12.5"), data, decimal="comma")
    assert figures(data) == [1.5, 7]
    assert [(one.line, one.value, one.reason) for one in summary.reject_log.rejections] == [(4, "12.5", "not a number")]


def test_two_styles_in_one_column(file, data):
    """One of the two would be misread."""
    message = rejection_message(FORMAT, file("12,5", "1.5"), data)
    assert "numbers are written in two ways: '12,5' with a decimal comma, '1.5' with a point" in message


def test_wages_have_a_style_of_their_own(file, data):
    """The column decides for itself."""
    run(FORMAT, file("12", wage="41250,50"), data)
    assert figures(data, "mean_wage") == [41250.5] and figures(data) == [12]


@pytest.mark.parametrize("code", ["-666666666", "-999", "-888888888", "-99"])
def test_codes_for_missing_figures_are_named(file, data, code):
    """As tables of the US Census Bureau hold them."""
    assert rejection_message(FORMAT, file("5", code), data) == (
        f"in.csv line 3, employment: '{code}' is a code that stands for a missing figure, not a figure "
        "(US-OH | tc-plastics | 2001). Write in its place why the figure is missing: withheld or not available."
    )


def test_figures_beyond_reason(file, data):
    """More persons than any country has, such as the code of nine nines."""
    summary = run(FORMAT, file("5", "6", "999999999"), data)
    assert summary.manifest.rejected == {"999,999,999 or more": 1}


def test_a_year_that_a_spreadsheet_turned_into_a_day(tmp_path, data):
    """The number of the day is explained."""
    rows = [f"US-OH;Plastics;{year};5;1;;;US" for year in ("2014", "2016", "42005")]
    summary = run(FORMAT, write(tmp_path / "in.csv", HEADER, rows), data)
    assert summary.manifest.rejected == {
        "neither a year nor years such as 2012-2016 (spreadsheets store 2015-01-01 as this number)": 1
    }


def test_a_wage_with_a_point_between_thousands(file, data):
    """A wage of 61.000 euros is not one of 61."""
    message = rejection_message(FORMAT, file("5", wage="61.000"), data)
    assert message.startswith("in.csv line 2, wage: '61.000' can be read in two ways")


def test_points_of_decimals_beside_others(file, data):
    """One cell that allows a single reading decides for the column."""
    run(FORMAT, file("121.045", "93210.5"), data)
    assert figures(data) == [121.045, 93210.5]


def test_marks_that_spreadsheets_write(file, data):
    """Their errors are no figures; the rows stay."""
    summary = run(FORMAT, file("#DIV/0!", "#NV", "#N/D", "k.A.", "5"), data)
    assert figures(data) == [None, None, None, None, 5] and summary.manifest.rejected == {}

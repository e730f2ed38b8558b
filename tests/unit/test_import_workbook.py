"""Excel workbooks: which sheet, which line, and what a spreadsheet does to codes, years and figures."""

import zipfile
from datetime import date, datetime

import duckdb
import openpyxl
import pytest
import xlsxwriter
from import_files import STATISTICS, rejection_message, run

from etl.imports.regional_statistics import FORMAT

HEADER = STATISTICS.split(",")
ROW = ["US-OH", "Plastics", 2019, 7, 1, None, None, "US"]


@pytest.fixture
def book(tmp_path):
    """`book({sheet: rows}, hidden)` saves a workbook and returns its path."""

    def save(sheets, hidden=()):
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            sheet.sheet_state = "hidden" if name in hidden else "visible"
            for row in rows:
                sheet.append(row)
        path = tmp_path / "in.xlsx"
        workbook.save(path)
        return path

    return save


def columns(data, *names):
    """These columns of the statistics."""
    sql = f"SELECT {', '.join(names)} FROM '{data}/imports/regional-statistics.parquet' ORDER BY ALL"
    return duckdb.sql(sql).fetchall()


def test_a_workbook_is_read(book, data):
    """Whole numbers without a point, rows by their number in the sheet, blank rows skipped."""
    rows = [HEADER, ROW, [], [None, ""], [*ROW[:2], "soon", *ROW[3:]], [*ROW[:2], 2018, 12.5, ": c", *ROW[5:]]]
    summary = run(FORMAT, book({"Notes": [["About"]], "Data": rows}), data)
    assert columns(data, "year", "employment", "establishments_missing") == [
        ("2018", 12.5, "withheld"),
        ("2019", 7, None),
    ]
    assert [(one.line, one.value) for one in summary.reject_log.rejections] == [(5, "soon")]
    assert summary.reject_log.notes == ["Sheet 'Data' of the workbook was read."]
    assert summary.manifest.input_file == "in.xlsx" and summary.manifest.columns == {"in.xlsx": HEADER}


def test_the_sheet_is_asked_for_when_several_fit(book, data):
    """Named in the message; a hidden one is not read unasked."""
    path = book({"2018": [HEADER, ROW], "2019": [HEADER, ROW], "Other": [["x"]]})
    message = rejection_message(FORMAT, path, data)
    assert message == (
        "in.xlsx: several sheets hold a table of this form ('2018', '2019'). Choose one: --sheet '2018'."
    )
    run(FORMAT, path, data, sheet="2019")
    assert "the workbook has no sheet 'None'" in rejection_message(FORMAT, path, data, sheet="None")
    path = book({"Shown": [["x"]], "Kept": [HEADER, ROW]}, hidden=["Kept"])
    assert "only a hidden sheet, 'Kept', holds a table" in rejection_message(FORMAT, path, data)
    path = book({"One": [["x"]], "Two": [["region"]]})
    assert "none of its 2 sheets ('One', 'Two') has a row with the columns region" in rejection_message(
        FORMAT, path, data
    )


def test_merged_title_rows(tmp_path, data):
    """The row of the header is named; with --header-line they are skipped."""
    path = tmp_path / "in.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"] = "Persons employed, thousands?"
    sheet.merge_cells("A1:H1")
    sheet.append([])
    sheet.append(HEADER)
    sheet.append(ROW)
    workbook.save(path)
    message = rejection_message(FORMAT, path, data)
    assert message.startswith("in.xlsx, sheet 'Sheet': the header is in line 3, below other text ('Persons employed")
    summary = run(FORMAT, path, data, header_line=3)
    assert summary.manifest.rows_imported == 1


@pytest.mark.parametrize(
    ("year", "format_", "read"),
    [(2015, "yyyy-mm-dd", 2015), (datetime(2015, 1, 1), "yyyy", 2015), (2015.0, "0.00", 2015), ("2015", "@", 2015)],
)
def test_years_in_every_format(tmp_path, data, year, format_, read):
    """A year that is formatted as a date is a day of 1905 to a program; the year 2015 may be its first day."""
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["US-OH", "Plastics"])
        shown = workbook.add_format({"num_format": format_})
        (sheet.write_datetime if isinstance(year, date) else sheet.write)(1, 2, year, shown)
        sheet.write(1, 3, 7)
    run(FORMAT, path, data)
    assert columns(data, "year::INTEGER", "employment") == [(read, 7)]


def test_a_figure_that_became_a_date(book, data):
    """1.5 is the first of May to a German spreadsheet: the row is set aside with the reason."""
    rows = [HEADER, ROW, [*ROW[:2], 2018, *ROW[3:]], [*ROW[:2], 2017, datetime(2026, 5, 1), *ROW[4:]]]
    summary = run(FORMAT, book({"Data": rows}), data)
    assert [(one.line, one.column, one.value, one.reason) for one in summary.reject_log.rejections] == [
        (4, "employment", "2026-05-01", "a date that a spreadsheet made of a number")
    ]


def test_a_code_that_became_a_number(book, data):
    """FIPS 39 without quotes, as a number."""
    run(FORMAT, book({"Data": [HEADER, [39, *ROW[1:]]]}), data)
    assert columns(data, "region_code") == [("US-OH",)]


def test_formulas(tmp_path, data):
    """The stored result is read; a formula without one is named, and what looks like one in a text stays text."""
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, [*HEADER, "region_name"])
        sheet.write_row(1, 0, ["FR99", "Plastics", 2019])
        sheet.write_formula(1, 3, "=3+4", None, 7)
        sheet.write(1, 7, "FR")
        sheet.write_string(1, 8, '=HYPERLINK("x")')
    run(FORMAT, path, data)
    assert columns(data, "employment", "region_name") == [(7, '=HYPERLINK("x")')]
    workbook = openpyxl.Workbook()
    workbook.active.append(HEADER)
    workbook.active.append([*ROW[:3], "=3+4", *ROW[4:]])
    workbook.save(path)
    message = rejection_message(FORMAT, path, data)
    assert "line 2: cell 4 of the row is a formula without a stored result" in message


def rewritten(path, change):
    """The workbook with the bytes of its members changed by `change(name, bytes)`."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, change(name, content))
    return path


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda name, content: content[:40] if name.endswith("sheet1.xml") else content, "the workbook is damaged"),
        (lambda name, content: b"" if name.endswith("workbook.xml") else content, "the workbook is damaged"),
        (
            lambda name, content: b" " * (60 << 20) if name.endswith("styles.xml") else content,
            "unpacks to far more than a table of figures",
        ),
        (
            lambda name, content: (
                b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">'
                + b"".join(b'<!ENTITY b%d "%s">' % (at, b"&b%d;" % (at - 1) * 50) for at in range(1, 12))
                + b"]><worksheet><a>&b11;</a></worksheet>"
                if name.endswith("sheet1.xml")
                else content
            ),
            "the workbook is damaged",
        ),
    ],
    ids=["cut sheet", "no workbook", "zip bomb", "entities"],
)
def test_hostile_workbooks(book, data, change, words):
    """One clear line for each, in a moment."""
    assert words in rejection_message(FORMAT, rewritten(book({"Data": [HEADER, ROW]}), change), data)


def test_a_sheet_that_claims_a_million_rows(book, data):
    """Empty formatted rows at the end cost nothing."""
    path = rewritten(
        book({"Data": [HEADER, ROW]}),
        lambda name, content: (
            content.replace(b'<row r="2"', b'<row r="1048570"') if name.endswith("sheet1.xml") else content
        ),
    )
    summary = run(FORMAT, path, data)
    assert summary.manifest.rows_imported == 1


def test_cells_that_are_merged_downwards(book, data):
    """What a row is about is repeated and told; a merged figure is of several rows and refused."""
    path = book({"Data": [HEADER, ROW, [None, "Plastics", 2018, 8, 2, None, None, None], []]})
    workbook = openpyxl.load_workbook(path)
    for column in "AH":
        workbook["Data"].merge_cells(f"{column}2:{column}4")
    workbook.save(path)
    summary = run(FORMAT, path, data)
    assert columns(data, "region_code", "year", "employment") == [("US-OH", "2018", 8), ("US-OH", "2019", 7)]
    assert "Cells that are merged downwards were read as if each row had their text." in summary.reject_log.notes
    workbook["Data"].merge_cells("D2:D3")
    workbook.save(path)
    assert rejection_message(FORMAT, path, data) == (
        "in.xlsx, sheet 'Data' line 2: a figure is merged over the rows 2 to 3: it is of all of them. "
        "Split the cells and write the figure of each row, or none."
    )


def test_a_workbook_with_the_name_of_a_csv_file(book, data):
    """What a file is says its content."""
    path = book({"Data": [HEADER, ROW]})
    run(FORMAT, path.rename(path.with_suffix(".csv")), data)
    assert columns(data, "employment") == [(7,)]

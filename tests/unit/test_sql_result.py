"""The result of a query as bars and as files."""

import csv
import io
from datetime import date, datetime

import openpyxl
import plotly.graph_objects as go
import pyarrow as pa
import pytest

from charts.query_bars import MAX_ROWS, fits, query_bars
from sql_box.outcome import Outcome, from_bytes, to_bytes
from views.sql_files import csv_bytes, workbook_bytes

TABLE = pa.table(
    {
        "name": ["=1+1", "Pôle Mer", None],
        "themes": [["Water", "Energy"], [], None],
        "n": [1, None, 3],
        "day": pa.array([date(2016, 2, 29), None, date(1066, 10, 14)]),
    }
)


@pytest.mark.parametrize(
    ("labels", "values", "wanted"),
    [
        (["a", "b"], [1, 2.5], True),
        (["a"], [1], False),
        (["a", "a"], [1, 2], False),
        (["a", None], [1, 2], False),
        (["a", " "], [1, 2], False),
        (["a", "b"], [1, None], False),
        (["a", "b"], [1, -2], False),
        (["a", "b"], [1, float("nan")], False),
        (["x" * 80 + "a", "x" * 80 + "b"], [1, 2], False),
        ([str(i) for i in range(MAX_ROWS)], [0] * MAX_ROWS, True),
        ([str(i) for i in range(MAX_ROWS + 1)], [0] * (MAX_ROWS + 1), False),
        ([], [], False),
    ],
)
def test_bars_are_offered_where_each_row_has_a_label_and_a_number(labels, values, wanted):
    assert fits(labels, values) is wanted


def test_bars_keep_the_order_of_the_rows_and_show_text_as_text():
    chart = query_bars(["b", "<b>a</b> %{x}", "c"], [2, 1234567, 0.125], "name", "n")
    bar = go.Figure(chart.figure).data[0]  # validates it
    assert list(bar.x) == [2, 1234567, 0.125] and list(bar.text) == ["2", "1,234,567", "0.12"]
    assert "<b>" not in bar.y[1] and "%{x}" not in bar.y[1]
    assert chart.alt == "Bar chart of the result, 3 rows: n by name. b 2; <b>a</b> %{x} 1,234,567; c 0.12."


def test_csv_is_that_of_the_data_api():
    rows = list(csv.reader(io.StringIO(csv_bytes(TABLE).decode("utf-8-sig"))))
    assert rows == [
        ["name", "themes", "n", "day"],
        ["'=1+1", "Water|Energy", "1", "2016-02-29"],
        ["Pôle Mer", "", "", ""],
        ["", "", "3", "1066-10-14"],
    ]


def test_the_workbook_holds_values_and_the_query():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes(TABLE, "SELECT 1\n  AS a", "Data 2026-11-27", date(2026, 11, 27)))
    )
    rows = [[cell.value for cell in row] for row in book["Result"].iter_rows()]
    assert rows[0] == ["name", "themes", "n", "day"]
    assert rows[1][:3] == ["=1+1", "Water|Energy", 1] and rows[1][3].date() == date(2016, 2, 29)
    assert book["Result"]["A2"].data_type == "s"
    assert [value or None for value in rows[2]] == ["Pôle Mer", None, None, None]
    assert rows[3][3] == "1066-10-14"
    texts = [row[0].value for row in book["Query"].iter_rows()]
    assert texts[:3] == ["Query", "SELECT 1", "  AS a"] and "Data 2026-11-27. Licence: CC BY 4.0." in texts


def test_the_workbook_takes_every_value_that_the_page_shows():
    """Times, what is no number, and whole numbers with more digits than a spreadsheet holds."""
    table = pa.table(
        {
            "time": [datetime(2026, 11, 27, 9, 30), datetime(44, 3, 15)],
            "quotient": [float("inf"), float("nan")],
            "whole": [2**53 + 1, 2**53],
        }
    )
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(table, "SELECT 1", "Data 2026-11-27", date(2026, 11, 27))))
    assert [[cell.value for cell in row] for row in book["Result"].iter_rows(min_row=2)] == [
        ["2026-11-27 09:30:00", "inf", "9007199254740993"],
        ["0044-03-15 00:00:00", "nan", 9007199254740992],
    ]


def test_an_outcome_comes_back_as_it_was_sent():
    rows = from_bytes(to_bytes(Outcome(TABLE, is_cut=True)))
    assert rows.table == TABLE and rows.is_cut
    told = Outcome(problem="What é", place="LINE 1: x\n        ^")
    assert from_bytes(to_bytes(told)) == told
    for broken in (b"", b"x", b"Tx", b"E{", b"T" + to_bytes(Outcome(TABLE))[20:]):
        with pytest.raises((ValueError, OSError)):
            from_bytes(broken)

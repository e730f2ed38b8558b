"""CSV exports: an independent reader gets back what was shown, and nothing in it runs."""

import csv
import io

import pandas as pd

from exports.csv.table import semicolon_csv, spreadsheet_csv, to_csv


def read(data: bytes):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_round_trip_with_commas_quotes_and_umlauts():
    frame = pd.DataFrame({"name": ['Pôle Mer, "Bretagne"', "Türkiye"], "members": [400, None]})
    assert read(to_csv(frame)) == [["name", "members"], ['Pôle Mer, "Bretagne"', "400.0"], ["Türkiye", ""]]


def test_formula_is_text():
    rows = read(to_csv(pd.DataFrame({"x": ["=1+1", "+1", "-1", "@a", "a=b"], "n": [-1, 0, 1, 2, 3]})))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+1", "'-1", "'@a", "a=b"]
    assert rows[1][1] == "-1"


def test_spreadsheets_of_either_custom_read_letters_and_numbers():
    """A byte order mark; semicolons and a decimal comma where asked for, also before a negative number."""
    frame = pd.DataFrame({"place": ["Zürich; Genève", "=1"], "longitude": [-93.2638, 8.5], "members": [1200, 3]})
    assert spreadsheet_csv(frame) == b"\xef\xbb\xbf" + to_csv(frame)
    data = semicolon_csv(frame)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [
        ["place", "longitude", "members"],
        ["Zürich; Genève", "-93,2638", "1200"],
        ["'=1", "8,5", "3"],
    ]

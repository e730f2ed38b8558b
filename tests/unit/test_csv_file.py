"""CSV exports: an independent reader gets back what was shown, and nothing in it runs."""

import csv
import io

import pandas as pd

from exports.csv.table import to_csv


def read(data: bytes):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_round_trip_with_commas_quotes_and_umlauts():
    frame = pd.DataFrame({"name": ['Pôle Mer, "Bretagne"', "Türkiye"], "members": [400, None]})
    assert read(to_csv(frame)) == [["name", "members"], ['Pôle Mer, "Bretagne"', "400.0"], ["Türkiye", ""]]


def test_formula_is_text():
    rows = read(to_csv(pd.DataFrame({"x": ["=1+1", "+1", "-1", "@a", "a=b"], "n": [-1, 0, 1, 2, 3]})))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+1", "'-1", "'@a", "a=b"]
    assert rows[1][1] == "-1"

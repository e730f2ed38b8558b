"""CSV exports: an independent reader gets back what was shown, and nothing in it runs."""

import csv
import io
import re

import pandas as pd

from exports.csv.table import file_name, to_csv


def read(data: bytes):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_round_trip_with_commas_quotes_and_umlauts():
    frame = pd.DataFrame({"name": ['Pôle Mer, "Bretagne"', "Türkiye"], "members": [400, None]})
    assert read(to_csv(frame)) == [["name", "members"], ['Pôle Mer, "Bretagne"', "400.0"], ["Türkiye", ""]]


def test_formula_is_text():
    rows = read(to_csv(pd.DataFrame({"x": ["=1+1", "+1", "-1", "@a", "a=b"], "n": [-1, 0, 1, 2, 3]})))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+1", "'-1", "'@a", "a=b"]
    assert rows[1][1] == "-1"


def test_file_name_tells_filters():
    assert file_name("Events", "no filter") == "events.csv"
    assert file_name("Events", "Energy; 2015 to 2017") == "events--energy-2015-to-2017.csv"


def test_long_filters_do_not_share_a_name():
    """Both begin with the same sixty letters; each name stays the same from run to run, and short enough."""
    sectors = "Aerospace, Biotechnology, Construction, Digital industries, Energy or "
    water, wood = file_name("Events", sectors + "Water"), file_name("Events", sectors + "Wood")
    assert water != wood and water == file_name("Events", sectors + "Water")
    assert re.fullmatch(r"events--aerospace-[a-z-]{,60}-[0-9a-f]{6}\.csv", water) and "digital-ind" in water
    assert file_name("Events " * 20 + "a", "no filter") != file_name("Events " * 20 + "b", "no filter")


def test_a_title_without_latin_letters():
    """A name of an ending alone would be a hidden file."""
    assert file_name("Кластеры", "no filter") == "data.csv"
    assert file_name("Кластеры", "Energy", "zip") == "data--energy.zip"

"""Codes of regions as files write them: one region stays one, and nothing counts twice."""

import csv
import shutil

import duckdb
import pytest
from import_files import rejection_message, run, write

from etl.imports.nuts_versions import read_nuts_changes
from etl.imports.regional_statistics import FORMAT
from settings import ROOT

HEADER = "region,traded_cluster,year,employment,country,region_name"


@pytest.fixture
def known(data):
    """The data folder with the countries, regions and changes of NUTS that are shipped."""
    for name in ("countries", "regions", "nuts_changes"):
        shutil.copy(ROOT / "data" / "lookups" / f"{name}.csv", data / "lookups" / f"{name}.csv")
    return data


@pytest.fixture
def file(tmp_path):
    """`file(row, …)` writes a template file."""
    return lambda *rows: write(tmp_path / "in.csv", HEADER, rows)


def regions(data, name="regional-statistics"):
    """(region, year, figure) of the rows."""
    sql = f"SELECT region_code, year::INTEGER, employment FROM '{data}/imports/{name}.parquet' ORDER BY ALL"
    return duckdb.sql(sql).fetchall()


def new_regions(data):
    """The regions that the import adds."""
    return duckdb.sql(f"FROM '{data}/imports/regional-statistics.regions.parquet' ORDER BY ALL").fetchall()


@pytest.mark.parametrize(
    ("written", "country", "code"),
    [
        ("EL30", "EL", "EL30"),
        ("GR30", "GR", "EL30"),
        ("GR30", "EL", "EL30"),
        ("UKI3", "UK", "UKI3"),
        ("GBI3", "GB", "UKI3"),
        ("EL", "EL", "GR"),
        ("UK", "", "GB"),
        ("de11", "de", "DE11"),
        ("DE11 ", " DE", "DE11"),
        ("us-oh", "US", "US-OH"),
        ("39", "US", "US-OH"),
        ("1", "US", "US-AL"),
        ("01", "us", "US-AL"),
        ("72", "US", "US-PR"),
        ("78", "US", "US-VI"),
        ("1.0", "US", "US-AL"),
        ("al", "US", "US-AL"),
        ("Puerto Rico", "US", "US-PR"),
        ("AL", "AL", "AL"),
        ("FRB0", "FR", "FR24"),
        ("FR24", "FR", "FR24"),
        ("pl71", "PL", "PL11"),
        ("HR05", "HR", "HR05"),
        ("CH03", "CH", "CH03"),
        ("IS00", "IS", "IS00"),
        ("TR10", "TR", "TR10"),
        ("RS11", "RS", "RS11"),
        ("norte", "PT", "norte"),
    ],
)
def test_one_code_for_each_region(file, known, written, country, code):
    """Greece and the United Kingdom, capitals, FIPS codes without their zero, territories, versions of NUTS."""
    summary = run(FORMAT, file(f"{written},Plastics,2018,5,{country},"), known)
    assert regions(known) == [(code, 2018, 5)]
    said = [] if written.strip() == code else [True]
    assert [f"{written.strip()} as {code}" in note for note in summary.reject_log.notes] == said


def test_two_ways_of_writing_are_one_region(file, known):
    """Over the years, and for two industries."""
    run(FORMAT, file("EL30,Plastics,2018,5,EL,", "GR30,Plastics,2017,6,GR,", "UKI3,Plastics,2018,7,UK,"), known)
    assert regions(known) == [("EL30", 2017, 6), ("EL30", 2018, 5), ("UKI3", 2018, 7)]


def test_codes_of_ones_own_in_two_ways(file, known):
    """Capitals do not make a region."""
    run(FORMAT, file("North-West,Plastics,2018,5,FR,", "north-west,Plastics,2017,6,FR,"), known)
    assert regions(known) == [("North-West", 2017, 6), ("North-West", 2018, 5)]


def test_the_same_region_under_two_codes_of_nuts(file, known):
    """FR24 became FRB0 in 2016."""
    message = rejection_message(FORMAT, file("FR24,Plastics,2018,100,FR,", "FRB0,Plastics,2018,110,FR,"), known)
    assert message == (
        "in.csv line 2, region: 'FR24' has more than one row with the same industry and year, as it is one region "
        "under several codes (FR24 | tc-plastics | 2018); also in line 3. Keep one row for each region, industry and "
        "year."
    )
    summary = run(FORMAT, file("FR24,Plastics,2015,100,FR,", "FRB0,Plastics,2018,110,FR,"), known)
    assert regions(known) == [("FR24", 2015, 100), ("FR24", 2018, 110)]
    (note,) = summary.reject_log.notes
    assert note == (
        "Codes of regions were read as those known here: FRB0 as FR24 (the code of NUTS before 2016 for the same "
        "territory)."
    )


def test_a_row_without_a_figure_gives_way_to_the_other_code(file, known):
    """Tables with several versions of NUTS have both."""
    summary = run(FORMAT, file("FR24,Plastics,2018,:,FR,", "FRB0,Plastics,2018,110,FR,"), known)
    assert regions(known) == [("FR24", 2018, 110)]
    reason = "row without a figure beside one with a figure under another code of the region"
    assert summary.manifest.rejected == {reason: 1} and summary.manifest.rows_read == 2


@pytest.mark.parametrize(
    ("older", "newer", "country"), [("HU10", "HU11", "HU"), ("PL12", "PL92", "PL"), ("HR04", "HR06", "HR")]
)
def test_parts_of_a_region_that_was_split(file, known, older, newer, country):
    """In one year they would count twice; in two years they are two regions."""
    row = "{},Plastics,{},5,{},"
    message = rejection_message(FORMAT, file(row.format(older, 2018, country), row.format(newer, 2018, country)), known)
    assert message.startswith(f"in.csv line 3, region: '{newer}' (NUTS ")
    assert f"covers territory of {older}" in message and message.endswith("one version of NUTS for each year.")
    run(FORMAT, file(row.format(older, 2015, country), row.format(newer, 2018, country)), known)
    blank = row.replace(",5,", ",: c,")
    run(FORMAT, file(blank.format(older, 2018, country), row.format(newer, 2018, country)), known)


@pytest.mark.parametrize(
    ("part", "whole", "country"), [("DE11", "DE1", "DE"), ("39001", "39", "US"), ("FRB0", "FRB", "FR")]
)
def test_regions_within_others(file, known, part, whole, country):
    """Two levels of NUTS, and counties beside their state."""
    rows = [f"{code},Plastics,2018,5,{country}," for code in (part, whole)]
    assert "count twice" in rejection_message(FORMAT, file(*rows), known) or "covers territory" in rejection_message(
        FORMAT, file(*rows), known
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("XX1,Plastics,2018,5,XX,", "line 2, region: 'XX1' has the unknown country 'XX'"),
        ("99,Plastics,2018,5,US,", "line 2, region: '99' is not the FIPS code of a US state or territory"),
        ("GR,Plastics,2018,5,CH,", "line 2, region: 'GR' is a region of GR, not of CH"),
    ],
)
def test_regions_that_are_refused(file, known, row, message):
    """With the cure."""
    assert f"in.csv {message}" in rejection_message(FORMAT, file(row), known)


def test_several_faults_are_one_message(file, known):
    """The first in full, the others by code and line."""
    rows = [f"{code},Plastics,2018,5,{country}," for code, country in (("A1", "XX"), ("B1", "YY"), ("DE11", "DE"))]
    assert rejection_message(FORMAT, file(*rows), known) == (
        "in.csv line 2, region: 'A1' has the unknown country 'XX'; the same or another fault is in B1 (line 3). "
        "Write the two letters of ISO 3166-1, such as DE or US."
    )


def test_names_of_known_regions_stay(file, known):
    """The table of regions wins over the file; a new region has the name of the file."""
    run(FORMAT, file("DE11,Plastics,2018,5,DE,Swabia", "CH03,Plastics,2018,5,CH,Nordwestschweiz"), known)
    assert new_regions(known) == [("CH03", "Nordwestschweiz", "CH", "region")]


@pytest.mark.parametrize("level", ["nuts1", "nuts2", "nuts3"])
def test_regions_of_one_version_do_not_overlap(level):
    """All regions of NUTS 2013 of a level can stand in one file."""
    with (ROOT / "data" / "lookups" / "regions.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["region_code"] for row in csv.DictReader(file) if row["level"] == level}
    assert len(codes) > 90 and read_nuts_changes(ROOT / "data").overlaps(codes) == []


@pytest.mark.parametrize(
    ("code", "version"),
    [("FR24", "NUTS before 2016"), ("FRB0", "NUTS 2016 and later"), ("DE11", ""), ("UKN10", "NUTS 2016")],
)
def test_versions_of_codes(code, version):
    """By the table of changes alone: a code that never changed belongs to all."""
    assert read_nuts_changes(ROOT / "data").version_of(code) == version


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["72,Plastics,2018,5,US,", "PR,All industries,2018,5,PR,"],
            (
                "line 2, region: 'US-PR' is the territory PR, which the file has too, so that it would count twice. "
                "Keep one of both codes."
            ),
        ),
        (
            ["01,Plastics,2018,5,,"],
            (
                "line 2, region: '01' has no country. If it is the FIPS code of a US state, write US in the column "
                "country."
            ),
        ),
        (
            ["US-AL,Plastics,2018,5,,", "Total,Plastics,2018,5,,"],
            (
                "line 3, region: 'TOTAL' is a total, not a region. Delete the row; figures of a whole country stand "
                "under its own code, such as DE."
            ),
        ),
    ],
)
def test_the_cure_is_for_what_a_region_is(file, known, rows, message):
    """And not for the code that it resembles."""
    assert rejection_message(FORMAT, file(*rows), known) == f"in.csv {message}"


@pytest.mark.parametrize(
    ("written", "country", "code"),
    [
        ("DE 11", "DE", "DE11"),
        ("\ufeffDE11", "DE", "DE11"),
        ("'01", "US", "US-AL"),
        ("New  Jersey", "US", "US-NJ"),
        ("1003", "US", "01003"),  # the first zero of a county
        ("Germany", "DE", "DE"),
        ("Georgia", "US", "US-GA"),
        ("Georgia", "GE", "GE"),
    ],
)
def test_more_ways_to_write_a_code(file, known, written, country, code):
    """What stands before it unseen, spaces, a name in place of a code."""
    run(FORMAT, file(f"{written},Plastics,2019,5,{country},"), known)
    assert regions(known) == [(code, 2019, 5)]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("Total,Plastics,2019,30,DE,", "is a total, not a region"),
        ("Total Germany,Plastics,2019,31,DE,", "is a total, not a region"),
        ("Deutschland,Plastics,2019,3000,DE,", "has in every row the sum of the other regions of its country"),
    ],
)
def test_a_row_of_totals_with_a_country(file, known, row, rule):
    """It would count its country twice."""
    message = rejection_message(FORMAT, file("DE11,Plastics,2019,1000,DE,", "DE21,Plastics,2019,2000,DE,", row), known)
    assert message.startswith(f"in.csv line 4, region: '{row.split(',')[0]}' {rule}") and "Delete the row" in message


def test_an_aggregate_of_countries(file, known):
    """The cure is not to give it a country."""
    message = rejection_message(FORMAT, file("EU27_2020,Plastics,2019,5,,"), known)
    assert message.startswith("in.csv line 2, region: 'EU27_2020' is an aggregate of countries") and "Delete" in message


def test_a_country_without_a_code(file, known):
    """Kosovo: the cure is another than for a misspelt country."""
    assert "Kosovo has no code" in rejection_message(FORMAT, file("XK00,Plastics,2019,5,XK,"), known)

"""python -m etl import regional-statistics: the plain template, its faults and its numbers."""

from datetime import UTC, datetime

import duckdb
import pytest
from import_files import STATISTICS, rejection_message, run, write

from etl.errors import EtlError
from etl.imports import staging
from etl.imports.manifest import read_manifests
from etl.imports.regional_statistics import FORMAT
from settings import ROOT

GOOD = [
    "US-OH,Plastics,2019,1200,85,41250.5,USD,US",
    "FRK2,plastics ,2019,300,9,NA,,FR",
    "FR,tc-plastics,2019,3000,,,,",
]


@pytest.fixture
def file(tmp_path):
    """`file(row, …)` writes a template file."""
    return lambda *rows, **how: write(tmp_path / "in [1].csv", how.pop("header", STATISTICS), rows, **how)


def result(data, ending=".parquet"):
    """Rows of a result."""
    return duckdb.sql(f"SELECT * FROM '{data}/imports/regional-statistics{ending}' ORDER BY ALL").fetchall()


def columns(data, *names):
    """These columns of the statistics."""
    sql = f"SELECT {', '.join(names)} FROM '{data}/imports/regional-statistics.parquet' ORDER BY ALL"
    return duckdb.sql(sql).fetchall()


def test_a_good_file(file, data):
    """Names and ids of clusters in any capitals, NA, a byte order mark, known and new regions."""
    summary = run(FORMAT, file(*GOOD, start="\ufeff", end="\r\n"), data)
    assert (summary.manifest.rows_read, summary.manifest.rows_imported, summary.manifest.rows_rejected) == (3, 3, 0)
    figures = ("employment", "establishments", "establishments_missing", "mean_wage", "wage_currency")
    assert columns(data, "region_code", "traded_cluster_id", "year", *figures) == [
        ("FR", "tc-plastics", "2019", 3000, None, "not stated", None, None),
        ("FRK2", "tc-plastics", "2019", 300, 9, None, None, None),
        ("US-OH", "tc-plastics", "2019", 1200, 85, None, 41250.5, "USD"),
    ]
    assert result(data, ".regions.parquet") == [("FR", "France", "FR", "country"), ("FRK2", "FRK2", "FR", "region")]
    (card,), problems = read_manifests(data, "data")
    assert problems == [] and card == summary.manifest
    assert card.input_file == "in [1].csv" and len(card.input_sha256) == 64
    assert card.columns == {"in [1].csv": STATISTICS.split(",")}


def test_columns_in_any_order_and_quoted(file, data):
    """Optional columns may be absent; others are ignored."""
    header = '"employment","note","year","traded_cluster","region"'
    run(FORMAT, file('"5","a, b","2020","Plastics","US-OH "', header=header), data)
    assert [row[:4] for row in result(data)] == [("US-OH", "tc-plastics", "2020", 5)]


def test_rows_that_cannot_be_used_are_listed_with_their_lines(file, data):
    """One bad number, one cell too few, no region, no year: counted with their lines; a wage alone costs no row."""
    summary = run(
        FORMAT,
        file(
            GOOD[0],
            'US-OH,"Plastics",2018,few,1,1,USD,US',
            "US-OH,Plastics,2017,1,1",
            "US-OH,Plastics,,1,1,1,USD,US",
            ",Plastics,2016,1,1,1,USD,US",
            "US-OH,Plastics,2015,1,1,7,,US",
            "US-OH,Plastics,2014,inf,1,1,USD,US",
            "US-OH,Plastics,2013,1,1,1,USD,US",
            "US-OH,Plastics,2012,1,1,1,USD,US",
            "US-OH,Plastics,2011,1,1,1,USD,US",
        ),
        data,
    )
    assert (summary.manifest.rows_read, summary.manifest.rows_imported, summary.manifest.rows_rejected) == (10, 5, 5)
    assert summary.manifest.rejected == {
        "not a number": 1,
        "too few cells": 1,
        "neither a year nor years such as 2012-2016": 1,
        "no region": 1,
        "wage without a currency of ISO 4217: the row is kept, the cell is blank": 1,
        "not a finite number": 1,
    }
    listed = (data / "imports" / "regional-statistics.rejected.csv").read_text().splitlines()
    assert listed[:3] == [
        "line,column,value,reason",
        "3,employment,few,not a number",
        '4,,"US-OH,Plastics,2017,1,1",too few cells',
    ]
    assert [line.split(",")[0] for line in listed[1:]] == ["3", "4", "5", "6", "7", "8"]


def test_lines_count_every_line_break(file, data):
    """Those inside quotes, blank lines and a byte order mark too."""
    header = f"{STATISTICS},region_name"
    summary = run(
        FORMAT,
        file(
            '"FRK2","Plastics",2019,1,1,,,FR,"Two\nlines"',
            "",
            "FRK2,Plastics,2018,x,1,,,FR,A",
            "FRK2,Plastics,2017,2,1,,,FR,A",
            header=header,
            start="\ufeff",
            end="\r\n",
        ),
        data,
    )
    assert [(rejection.line, rejection.value) for rejection in summary.reject_log.rejections] == [(5, "x")]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["US-OH,Plastik,2019,1,,,,"],
            "line 2, traded_cluster: 'Plastik' is not a traded cluster. Did you mean 'Plastics'?",
        ),
        (
            ["US-OH,Plastics,2019,1,,,,", "US-OH,Total,2019,3,,,,"],
            (
                "line 3, traded_cluster: 'Total' is not a traded cluster. Write All industries or All traded clusters, "
                "whichever it is the total of; else delete the row."
            ),
        ),
        (
            ["US-OH,Plastics,2019,1,,,,", "Source: a yearbook,,,,,,,"],
            (
                "line 3, traded_cluster: '' is not a traded cluster. Write the industry; if the row is a sum or a note "
                "below the table, delete it."
            ),
        ),
        (
            ["US-OH,Plastics,2019,1,,,,", "region,traded_cluster,year,employment,,,,country"],
            "line 3, traded_cluster: 'traded_cluster' is the header again, not a traded cluster. Delete the line.",
        ),
        (
            ["US-OH,Plastics,2019,1,,,,", "US-OH,Plastics,2018,-4,,,,"],
            (
                "line 3, employment: '-4' is negative (US-OH | tc-plastics | 2018). "
                "Write withheld where the source withholds the number, else correct it."
            ),
        ),
        (
            ["US-OH,Plastics,2019,1,,,,", "FRK2,Plastics,2019,1,,,,FR", "US-OH,plastics,2019,2,,,,"],
            (
                "line 2, region: 'US-OH' has more than one row with the same industry and year "
                "(US-OH | tc-plastics | 2019); also in line 4. "
                "Keep one row for each region, industry and year."
            ),
        ),
        (
            ["US-OO,Plastics,2019,1,,,,"],
            (
                "line 2, region: 'US-OO' is not in data/lookups/regions.csv and has no country. "
                "Did you mean 'US-OH'? Otherwise fill in the column country."
            ),
        ),
        (
            ["XX1,Plastics,2019,1,,,,XX"],
            (
                "line 2, region: 'XX1' has the unknown country 'XX'. Write the two letters of ISO 3166-1, such as DE "
                "or US."
            ),
        ),
        (
            ["US-OH,Plastics,2019,1,,,,FR"],
            "line 2, region: 'US-OH' is a region of US, not of FR. Correct the region or the country.",
        ),
        (
            ["FRK,Plastics,2019,1,,,,FR", "FRK2,Plastics,2019,1,,,,FR"],
            (
                "line 3, region: 'FRK2' lies in FRK, which the file has too, "
                "so that its country would count twice. Give the regions of one level only, and the country itself "
                "under its own code if you have it."
            ),
        ),
        (
            ["FRK2,Plastics,2019,121.045,,,,FR", "FR10,Plastics,2019,940,,,,FR"],
            (
                "line 2, employment: '121.045' can be read in two ways: the point separates thousands or decimals. "
                "Say which mark is before decimals: add --decimal comma or --decimal point."
            ),
        ),
        (
            ["FRK2,Plastics,2019,30,,,,FR", "FRK2,All industries,2019,20,,,,FR"],
            (
                "line 3, employment: '20' is smaller than a figure of the same region and year that is part of it "
                "(FRK2 | all industries | 2019). Correct the total or the figure; both must count the same thing in "
                "the same unit."
            ),
        ),
    ],
)
def test_files_that_are_rejected(file, data, rows, message):
    """Where, what and how to mend it; nothing is imported and the import of before stays."""
    run(FORMAT, file(*GOOD), data)
    assert rejection_message(FORMAT, file(*rows), data) == f"in [1].csv {message}"


def test_rows_of_totals(file, data):
    """They stay apart from the traded clusters under the name of what they cover."""
    run(
        FORMAT,
        file(
            "FRK2,Plastics,2019,5,1,,,FR", "FRK2,All industries,2019,900,50,,,FR", "FR,all  traded Clusters,2019,70,,,,"
        ),
        data,
    )
    assert columns(data, "region_code", "traded_cluster_id", "employment", "establishments") == [
        ("FR", "traded clusters", 70, None),
        ("FRK2", "all industries", 900, 50),
        ("FRK2", "tc-plastics", 5, 1),
    ]


def test_a_file_of_which_most_cannot_be_used(file, data):
    """Refused, with the lines of the most frequent reason and the counts of all."""
    assert rejection_message(
        FORMAT,
        file(
            "FRK2,Plastics,2019,few,1,,,FR",
            "FR10,Plastics,2019,: c,1,,,FR",
            "FR10,Plastics,2018,many,1,,,FR",
            ",Plastics,2019,5,1,,,FR",
        ),
        data,
    ) == (
        "in [1].csv line 2, employment: 'few' not a number; also in line 4; 3 rows, more than half of the file, cannot "
        "be used (not a number: 2, no region: 1). Compare the file with the description in data/imports/README.md."
    )


def test_the_template_is_never_imported(data):
    """Its numbers are made up."""
    message = rejection_message(FORMAT, ROOT / "data" / "imports" / "regional_statistics_template.csv", data)
    assert "is a made-up region of the template" in message or "not a traded cluster" in message


def test_a_name_must_be_a_slug(file, data):
    """It becomes a file name and part of an id."""
    with pytest.raises(EtlError, match="is not a name"):
        run(FORMAT, file(*GOOD), data, name="../x")
    with pytest.raises(EtlError, match="is not a name"):
        run(FORMAT, file(*GOOD), data, name="x" * 300)


def test_memory_is_limited(tmp_path):
    """DuckDB may not take the memory of the machine, whatever the size of the file."""
    with staging.connect(tmp_path) as connection:
        (limit,) = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    assert limit == "476.8 MiB"


def test_an_earlier_import_is_replaced_as_a_whole(file, data):
    """Files that the new one does not have go away with the old one."""
    run(FORMAT, file(GOOD[0], "US-OH,Plastics,2018,x,,,,"), data)
    assert (data / "imports" / "regional-statistics.rejected.csv").exists()
    run(FORMAT, file("US-OH,Plastics,2000,1,,,,"), data)
    assert not (data / "imports" / "regional-statistics.rejected.csv").exists()
    assert [row[2] for row in result(data)] == ["2000"]


def test_currencies_and_years_that_there_are(file, data):
    """DEM was a currency, XYZ is none; a year that has not begun has no statistics."""
    later = datetime.now(UTC).year + 1
    rows = [
        "US-OH,Plastics,1998,1,1,5,DEM,US",
        "US-OH,Plastics,1999,1,1,5,XYZ,US",
        f"US-OH,Plastics,{later},1,1,5,USD,US",
    ]
    summary = run(FORMAT, file(*rows), data)
    assert columns(data, "year", "mean_wage", "wage_currency") == [("1998", 5, "DEM"), ("1999", None, None)]
    assert [(one.line, one.column) for one in summary.reject_log.rejections] == [(3, "wage"), (4, "year")]

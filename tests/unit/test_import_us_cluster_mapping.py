"""python -m etl import us-cluster-mapping: the export of the portal as it is."""

import duckdb
import pytest
from import_files import PORTAL, rejection_messages, run, write

from etl.imports.us_cluster_mapping import FORMAT

OHIO = '2016,"Plastics","35","State","39","Ohio   ",TRUE,1200,85,51234.5,1.84,TRUE,NA'

# What the portal's quotients are shares of: it divides by the sum of the traded clusters (see the module).
TRADED = "traded clusters"


@pytest.fixture
def file(tmp_path):
    """`file(row, …)` writes an export."""
    return lambda *rows, header=PORTAL: write(tmp_path / "export.csv", header, rows)


def result(data):
    """Rows of the result."""
    return duckdb.sql(f"SELECT * FROM '{data}/imports/us-cluster-mapping.parquet' ORDER BY ALL").fetchall()


def test_states_and_the_country(file, data):
    """Two-digit FIPS codes, NA, trailing spaces, strong or not; a spreadsheet may have dropped a leading zero."""
    lookups = data / "lookups" / "regions.csv"
    lookups.write_text(lookups.read_text() + "US-AL,Alabama,US,state,01\n")
    run(
        FORMAT,
        file(
            OHIO,
            '2016,"plastics ","35","State","1","Alabama ",TRUE,NA,NA,NA,NA,NA,NA',
            '2016,"Plastics","35","Country","98","United States",TRUE,9e5,10,40000,1,FALSE,NA',
        ),
        data,
    )
    assert result(data) == [
        ("US", "tc-plastics", "2016", 900000, None, 10, None, 40000, "USD", 1, TRADED, False, None),
        ("US-AL", "tc-plastics", "2016", None, "not stated", None, "not stated", None, None, None, None, None, None),
        ("US-OH", "tc-plastics", "2016", 1200, None, 85, None, 51234.5, "USD", 1.84, TRADED, True, None),
    ]
    regions = duckdb.sql(f"SELECT * FROM '{data}/imports/us-cluster-mapping.regions.parquet'").fetchall()
    assert regions == [("US", "United States", "US", "country")]


def test_employment_that_the_portal_estimates(file, data):
    """Where nothing is reported the figure is an estimate; a wage of 0 is not stated; suppressed cells are withheld."""
    header = PORTAL.replace('"other"', '"emp_reported_tl","supression_b"')
    run(
        FORMAT,
        file(
            OHIO.replace("1200,85,51234.5", "8685,85,0").replace(",NA", ",0,FALSE"),
            OHIO.replace("2016", "2015").replace("51234.5", "0").replace(",NA", ",1200,FALSE"),
            OHIO.replace("2016", "2014")
            .replace("1200,85,51234.5,1.84,TRUE", "NA,85,NA,NA,NA")
            .replace("NA,NA,NA,NA", "NA,NA,NA,NA,TRUE"),
            header=header,
        ),
        data,
    )
    sql = "year, employment, employment_missing, mean_wage, wage_currency, flags"
    assert duckdb.sql(f"SELECT {sql} FROM '{data}/imports/us-cluster-mapping.parquet' ORDER BY year").fetchall() == [
        ("2014", None, "withheld", None, None, None),
        ("2015", 1200, None, None, None, None),
        ("2016", 8685, None, None, None, "employment: nothing reported, estimated by the source"),
    ]


def test_what_is_left_out_by_rule_is_counted(file, data):
    """Local clusters, other regions, parts of clusters and totals; bad rows besides, with their line."""
    header = PORTAL.replace('"other"', '"subcluster_b"')
    summary = run(
        FORMAT,
        file(
            OHIO,
            '2016,"Local Health","101","State","39","Ohio",FALSE,1,1,NA,NA,NA,FALSE',
            '2016,"Plastics","35","Economic Area","12","X",TRUE,1,1,1,1,TRUE,FALSE',
            '2016,"Plastics","35","County","39049","Franklin",TRUE,1,1,1,1,TRUE,FALSE',
            '2016,"Pipes","35","State","39","Ohio",TRUE,1,1,1,1,TRUE,TRUE',
            '2016,"All","all","State","39","Ohio",TRUE,1,1,1,1,TRUE,FALSE',
            '2015,"Plastics","35","State","39","Ohio",TRUE,n/a,1,1,1,TRUE,FALSE',
            header=header,
        ),
        data,
    )
    assert (summary.manifest.rows_read, summary.manifest.rows_imported, summary.manifest.rows_rejected) == (7, 1, 6)
    assert summary.manifest.rejected == {
        "region that is neither a state nor the country": 2,
        "local cluster": 1,
        "part of a cluster (subcluster)": 1,
        "total of all clusters": 1,
        "not a number": 1,
    }
    assert summary.reject_log.first_lines("not a number") == [8]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            OHIO.replace("Plastics", "Plastic"),
            "line 3, cluster_name_t: 'Plastic' is not a traded cluster. Did you mean 'Plastics'?",
        ),
        (
            OHIO.replace("2016", "2015").replace("1200", "-1200"),
            "line 3, emp_tl: '-1200' is negative (Plastics | 39 | 2015). Export the file again or correct the cell.",
        ),
        *(
            (
                OHIO.replace("2016", "2015").replace("1.84", text),
                f"line 3, lq_tf: '{text}' is {rule} (Plastics | 39 | 2015). Export the file again or correct the cell.",
            )
            for text, rule in (
                ("Inf", "not a finite number"),
                ("1e999", "not a finite number"),
                ("1e10", "999,999,999 or more"),
            )
        ),
        (
            OHIO.replace('"39"', '"77"'),
            (
                "line 3, region_code_t: '77' is not the FIPS code of a state. "
                "Write the two digits of the state, or add the region with its fips_code to data/lookups/regions.csv."
            ),
        ),
        (
            OHIO,
            (
                "line 2, region_code_t: '39' has more than one row with the same cluster and year "
                "(Plastics | 39 | 2016); also in line 3. Keep one row for each region, cluster and year."
            ),
        ),
    ],
)
def test_files_that_are_rejected(file, data, row, message):
    """Nothing is imported."""
    assert rejection_messages(FORMAT, file(OHIO, row), data)[0] == f"export.csv {message}"


def test_an_export_without_states(file, data):
    """Says what to export."""
    (message,) = rejection_messages(FORMAT, file(OHIO.replace("State", "County")), data)
    assert "no row about a traded cluster in a state" in message


COMMAS = '2016;"Plastics, other";"35";"State";"39";"Ohio";FALSE;1.200;85;51234,5;1,8412345;TRUE;NA'


def test_an_export_that_a_spreadsheet_saved_with_decimal_commas(file, data):
    """All figures are read in the way that one of them shows, and lines stay; as they are where there is no comma."""
    row = COMMAS.replace("Plastics, other", "Plastics").replace("FALSE", "TRUE")
    bad = row.replace("2016", "2015").replace("51234,5", "many")
    summary = run(FORMAT, file(row, COMMAS, bad, row.replace("2016", "2014"), header=PORTAL.replace(",", ";")), data)
    assert [one[2:4] + one[5:6] + one[7:8] + one[9:10] for one in result(data)] == [
        ("2014", 1200, 85, 51234.5, 1.8412345),
        ("2016", 1200, 85, 51234.5, 1.8412345),
    ]
    assert summary.reject_log.notes == ["Numbers have a decimal comma, as in '1,8412345'."]
    assert [(one.line, one.value, one.reason) for one in summary.reject_log.rejections] == [(4, "many", "not a number")]
    two_ways = [row, row.replace("2016", "2014").replace("51234,5", "51234.5")]
    (message,) = rejection_messages(FORMAT, file(*two_ways, header=PORTAL.replace(",", ";")), data)
    assert message == (
        "export.csv line 2, lq_tf: the file writes numbers in two ways, '1,8412345' and '51234.5'. "
        "Export the file again, or write all numbers with a decimal point."
    )


def test_what_programs_of_other_countries_write(file, data):
    """Words for true and false, FIPS codes with a point, NULL; a zero of a suppressed cell is withheld."""
    header = PORTAL.replace('"other"', '"supression_b"')
    rows = [
        OHIO.replace('"39"', '"39.0"').replace("TRUE", "WAHR").replace(",NA", ",FALSCH"),
        OHIO.replace("2016", "2015").replace("1200,85", "NULL,85").replace("TRUE", "VRAI").replace(",NA", ",FAUX"),
        OHIO.replace("2016", "2014").replace("1200,85", "0,85").replace(",NA", ",WAHR"),
    ]
    run(FORMAT, file(*rows, header=header), data)
    sql = "region_code, year, employment, employment_missing, is_strong"
    assert duckdb.sql(f"SELECT {sql} FROM '{data}/imports/us-cluster-mapping.parquet' ORDER BY year").fetchall() == [
        ("US-OH", "2014", None, "withheld", True),
        ("US-OH", "2015", None, "not stated", True),
        ("US-OH", "2016", 1200, None, True),
    ]


def test_points_between_thousands_of_persons(file, data):
    """The quotient has a decimal point, yet 1.200 persons are not one and a bit."""
    message = rejection_messages(FORMAT, file(OHIO.replace("1200", "1.200")), data)[0]
    assert message.startswith("export.csv line 2, emp_tl: '1.200' can be read in two ways")

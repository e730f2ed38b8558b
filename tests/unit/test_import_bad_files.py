"""Files that are not what they seem, for every format: a clear message, nothing imported."""

import gzip

import pytest
from import_files import STATISTICS, rejection_messages, run, write

from etl.imports import regional_statistics, us_cluster_mapping

FORMATS = [regional_statistics.FORMAT, us_cluster_mapping.FORMAT]
ROW = "US-OH,Plastics,2019,1,1,1,USD,US"


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"\n <!DOCTYPE html><html><body>Please log in</body></html>", "it is a web page (HTML or XML)"),
        (b"\xef\xbb\xbf<HTML>", "it is a web page (HTML or XML)"),
        (b'{"a": 1}', "it is a JSON file"),
        (b"PK\x03\x04rest", "is a zip archive or an Excel workbook"),
        (b"%PDF-1.7", "is a PDF document"),
        (gzip.compress(b"a,b", mtime=0), "is a gzip archive"),
        ("region,year".encode("utf-16"), "is encoded in UTF-16"),
        (b"a,b\n\x00\x01", "it is not a text file"),
        (b"region,name\nx,Universit\xe9\n", "it is not valid UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_another_kind_of_file(tmp_path, data, kind, content, words):
    """Recognised by its content, not by its name."""
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    (message,) = rejection_messages(kind, path, data)
    assert words in message and message.startswith("in.csv")


def test_no_file(tmp_path, data):
    """A name that is mistyped, and a folder."""
    assert "there is no such file" in rejection_messages(FORMATS[0], tmp_path / "none.csv", data)[0]
    assert "it is a folder" in rejection_messages(FORMATS[0], tmp_path, data)[0]


@pytest.mark.parametrize(("delimiter", "words"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_the_wrong_delimiter(tmp_path, data, delimiter, words):
    """Named, not reported as missing columns."""
    path = write(tmp_path / "in.csv", STATISTICS.replace(",", delimiter), [])
    assert rejection_messages(FORMATS[0], path, data) == [
        f"in.csv line 1: its columns are separated by {words} instead of commas. Save it with commas."
    ]


@pytest.mark.parametrize(
    ("first", "end"), [("sep=,", "\n"), ('"sep=,"', "\r\n"), ("SEP=,", "\r\n"), ("\ufeffsep=,", "\n")]
)
def test_a_line_that_names_the_delimiter(tmp_path, data, first, end):
    """Excel writes it above the header; it is no row, and it counts as a line of the file."""
    rows = [STATISTICS, ROW, ROW.replace("2019", "soon"), ROW.replace("2019", "3018")]
    path = write(tmp_path / "in.csv", first, rows, end=end)
    summary = run(FORMATS[0], path, data)
    assert (summary.manifest.rows_read, summary.manifest.rows_imported) == (3, 1)
    assert [(rejection.line, rejection.value) for rejection in summary.reject_log.rejections] == [
        (4, "soon"),
        (5, "3018"),
    ]


def test_a_line_that_names_another_delimiter(tmp_path, data):
    """The header is on the second line."""
    path = write(tmp_path / "in.csv", "sep=;", [STATISTICS.replace(",", ";")])
    assert rejection_messages(FORMATS[0], path, data) == [
        "in.csv line 2: its columns are separated by semicolons instead of commas. Save it with commas."
    ]


@pytest.mark.parametrize("empty", [",,,,,,,", '"","","","","","","",""', ",,", "", " , ,,,,,,"])
def test_empty_rows_at_the_end(tmp_path, data, empty):
    """Spreadsheets write them; they are neither rows nor errors, however many there are."""
    summary = run(FORMATS[0], write(tmp_path / "in.csv", STATISTICS, [ROW, *[empty] * 5]), data)
    assert (summary.manifest.rows_read, summary.manifest.rows_imported, summary.manifest.rejected) == (1, 1, {})


def test_missing_and_double_columns(tmp_path, data):
    """With the name that was perhaps meant."""
    path = write(tmp_path / "in.csv", "region,traded_clusters,year", [])
    assert rejection_messages(FORMATS[0], path, data) == [
        (
            "in.csv line 1, employment: the column is missing. Add it; the header needs region, "
            "traded_cluster, year, employment."
        ),
        (
            "in.csv line 1, traded_cluster: the column is missing (did you mean 'traded_clusters'?). "
            "Add it; the header needs region, traded_cluster, year, employment."
        ),
    ]
    path = write(tmp_path / "in.csv", STATISTICS + ",Year", [])
    assert "the column occurs twice in the header" in rejection_messages(FORMATS[0], path, data)[0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([ROW, 'US-OH,"Plastics,2018,1,1,1,USD,US', ROW], "line 3: a quote is not opened and closed"),
        ([], "the file has a header and no rows"),
        ([ROW + ",7", ROW + ",8", ROW.replace("2019", "2018") + ","], "too many cells; 2 of 3 rows are like this"),
    ],
)
def test_broken_rows(tmp_path, data, rows, words):
    """A file that cannot be trusted as a whole is refused."""
    run(FORMATS[0], write(tmp_path / "good.csv", STATISTICS, [ROW]), data)
    assert words in " ".join(rejection_messages(FORMATS[0], write(tmp_path / "in.csv", STATISTICS, rows), data))


def test_broken_letters_far_down(tmp_path, data):
    """Beyond what is looked at first."""
    path = write(tmp_path / "in.csv", STATISTICS, [ROW.replace("2019", str(year)) for year in range(1900, 2100)] * 200)
    with path.open("ab") as file:
        file.write(b"Universit\xe9,Plastics,2019,1,1,1,USD,FR\n")
    (message,) = rejection_messages(FORMATS[0], path, data)
    assert message == "in.csv line 40002: the row is not valid UTF-8. Save the file as CSV in UTF-8."

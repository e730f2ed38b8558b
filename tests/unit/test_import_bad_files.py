"""Files that are not what they seem, for every format: a clear message, nothing imported."""

import gzip
import zipfile

import openpyxl
import pytest
from import_files import STATISTICS, rejection_message, run, write

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
        (b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "LibreOffice (.ods)"),
        (b"\xd0\xcf\x11\xe0rest", "is an Excel workbook of the old kind (.xls), or one with a password"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"PAR1rest", "is a Parquet file"),
        (b"SQLite format 3\0rest", "is an SQLite database"),
        (gzip.compress(b"region,year", mtime=0)[:-6], "the gzip archive is damaged or cut off"),
        (gzip.compress(b"\0" * (51 << 20), mtime=0), "a gzip bomb"),
        (b"a,b\n\x00\x01", "it is not a text file"),
        (b"region,name\nx,Universit\xe9\n", "it is not valid UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_another_kind_of_file(tmp_path, data, kind, content, words):
    """Recognised by its content, not by its name."""
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    message = rejection_message(kind, path, data)
    assert words in message and message.startswith("in.csv")


def test_no_file(tmp_path, data):
    """A name that is mistyped, and a folder."""
    assert "there is no such file" in rejection_message(FORMATS[0], tmp_path / "none.csv", data)
    assert "it is a folder" in rejection_message(FORMATS[0], tmp_path, data)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_every_usual_delimiter(tmp_path, data, delimiter):
    """Known by the header, with or without a line that names it."""
    rows = [row.replace(",", delimiter) for row in (STATISTICS, ROW)]
    for start in ([], [f"sep={delimiter}"]):
        first, *others = [*start, *rows]
        summary = run(FORMATS[0], write(tmp_path / "in.csv", first, others), data)
        assert (summary.manifest.rows_read, summary.manifest.rows_imported) == (1, 1)


@pytest.mark.parametrize(
    ("first", "end"), [("sep=,", "\n"), ('"sep=,"', "\r\n"), ("SEP=,", "\r\n"), ("\ufeffsep=,", "\n")]
)
def test_a_line_that_names_the_delimiter(tmp_path, data, first, end):
    """Excel writes it above the header; it is no row, and it counts as a line of the file."""
    good = [ROW.replace("2019", year) for year in ("2018", "2017")]
    rows = [STATISTICS, ROW, ROW.replace("2019", "soon"), ROW.replace("2019", "3018"), *good]
    path = write(tmp_path / "in.csv", first, rows, end=end)
    summary = run(FORMATS[0], path, data)
    assert (summary.manifest.rows_read, summary.manifest.rows_imported) == (5, 3)
    assert [(rejection.line, rejection.value) for rejection in summary.reject_log.rejections] == [
        (4, "soon"),
        (5, "3018"),
    ]


def test_a_line_that_names_a_wrong_delimiter(tmp_path, data):
    """The header is on the second line, and has none of the columns when it is cut by commas."""
    path = write(tmp_path / "in.csv", "sep=,", [STATISTICS.replace(",", ";")])
    assert rejection_message(FORMATS[0], path, data).startswith(
        "in.csv line 2: the columns region, traded_cluster, year, employment are missing"
    )


@pytest.mark.parametrize("empty", [",,,,,,,", '"","","","","","","",""', ",,", "", " , ,,,,,,"])
def test_empty_rows_at_the_end(tmp_path, data, empty):
    """Spreadsheets write them; they are neither rows nor errors, however many there are."""
    summary = run(FORMATS[0], write(tmp_path / "in.csv", STATISTICS, [ROW, *[empty] * 5]), data)
    assert (summary.manifest.rows_read, summary.manifest.rows_imported, summary.manifest.rejected) == (1, 1, {})


def test_missing_and_double_columns(tmp_path, data):
    """In one message, with the name that was perhaps meant."""
    path = write(tmp_path / "in.csv", "region,traded_clusters,year", [])
    assert rejection_message(FORMATS[0], path, data) == (
        "in.csv line 1: the columns traded_cluster, employment are missing (did you mean 'traded_clusters'?). "
        "Add them to the header, which needs region, traded_cluster, year, employment."
    )
    path = write(tmp_path / "in.csv", STATISTICS + ",Year", [])
    assert "the column occurs twice in the header" in rejection_message(FORMATS[0], path, data)
    many = ",".join(f"c{number}" for number in range(100_000))
    path = write(tmp_path / "in.csv", f"{STATISTICS},{many}", [])
    assert "the header has 100,008 columns" in rejection_message(FORMATS[0], path, data)


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
    assert words in rejection_message(FORMATS[0], write(tmp_path / "in.csv", STATISTICS, rows), data)


def test_broken_letters_far_down(tmp_path, data):
    """Beyond what is looked at first."""
    path = write(tmp_path / "in.csv", STATISTICS, [ROW.replace("2019", str(year)) for year in range(1900, 2100)] * 200)
    with path.open("ab") as file:
        file.write(b"Universit\xe9,Plastics,2019,1,1,1,USD,FR\n")
    message = rejection_message(FORMATS[0], path, data)
    assert message.startswith(
        "in.csv line 40002: the row is not valid UTF-8. Save it as CSV UTF-8, or name its encoding"
    )


def test_a_line_that_ends_twice(tmp_path, data):
    """A carriage return within the header is the end of a line, and no traceback."""
    path = tmp_path / "in.csv"
    path.write_bytes(f"{STATISTICS[:20]}\r{STATISTICS[20:]}\n{ROW}\n".encode())
    assert rejection_message(FORMATS[0], path, data).startswith("in.csv")


def test_a_workbook_with_wrong_bytes_in_a_part_that_is_not_read_first(tmp_path, data):
    """The theme of a workbook is unpacked by the library, long after the archive was found to be one."""
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    book.active.append(STATISTICS.split(","))
    book.save(path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        theme = archive.getinfo("xl/theme/theme1.xml")
    start = theme.header_offset + 30 + len(theme.filename)
    content[start : start + 40] = b"\xff" * 40
    path.write_bytes(content)
    assert "the workbook is damaged" in rejection_message(FORMATS[0], path, data)

"""Text files as people have them: encodings, delimiters, lines above the header, marks of conflicts."""

import gzip

import duckdb
import pytest
from import_files import STATISTICS, rejection_message, run, write

from etl.imports.regional_statistics import FORMAT

HEADER = f"{STATISTICS},region_name"
ROW = "FR99,Plastics,2019,7,1,,,FR,Rhône-Alpes"


def names(data):
    """Names of the regions that the import adds."""
    sql = f"SELECT name FROM '{data}/imports/regional-statistics.regions.parquet'"
    return [name for (name,) in duckdb.sql(sql).fetchall()]


def encoded(path, encoding, *rows):
    """A template file in an encoding."""
    path.write_bytes("\n".join([HEADER, *(rows or [ROW]), ""]).encode(encoding))
    return path


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", []), ("utf-8-sig", []), ("utf-16", ["UTF-16"])])
def test_encodings_that_the_file_declares(tmp_path, data, encoding, said):
    """UTF-8 with and without its mark, and UTF-16 with its mark, which is said."""
    summary = run(FORMAT, encoded(tmp_path / "in.csv", encoding), data)
    assert names(data) == ["Rhône-Alpes"]
    assert summary.reject_log.notes == [f"The file was read as {name}." for name in said]


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16-le", "mac-roman", "cp850"])
def test_other_encodings_are_read_when_asked_for(tmp_path, data, encoding):
    """And refused when not: nothing is guessed."""
    path = encoded(tmp_path / "in.csv", encoding)
    message = rejection_message(FORMAT, path, data)
    assert "UTF-8" in message or "zero bytes" in message
    run(FORMAT, path, data, encoding=encoding)
    assert names(data) == ["Rhône-Alpes"]


def test_the_cure_shows_how_the_line_would_read(tmp_path, data):
    """The line that is not UTF-8 is named."""
    path = encoded(tmp_path / "in.csv", "cp1252", ROW.replace("ô", "o").replace("2019", "2018"), ROW)
    assert rejection_message(FORMAT, path, data) == (
        "in.csv line 3: it is not valid UTF-8. Save it as CSV UTF-8, or name its encoding, such as --encoding "
        f"windows-1252 (this line then reads '{ROW}')."
    )


@pytest.mark.parametrize(
    ("written", "asked", "words"),
    [
        ("utf-8", "windows-1252", "it is valid UTF-8 and has letters beyond ASCII, which windows-1252 would garble"),
        ("utf-16", "windows-1252", "it is UTF-16, not windows-1252"),
        ("utf-8", "klingon", "'klingon' is no text encoding"),
        ("utf-8", "base64", "'base64' is no text encoding"),
        ("windows-1252", "ascii", "line 2: it cannot be read as ascii"),
    ],
)
def test_a_wrong_encoding_is_refused(tmp_path, data, written, asked, words):
    """Letters are never garbled."""
    path = encoded(tmp_path / "in.csv", written, ROW.replace("ô", "o"), ROW.replace("2019", "2018"))
    if written == "windows-1252":
        path = encoded(tmp_path / "in.csv", written)
    assert words.removeprefix("line 2: ") in rejection_message(FORMAT, path, data, encoding=asked)


def test_packed_files(tmp_path, data):
    """As statistical offices offer them."""
    path = tmp_path / "in.csv.gz"
    path.write_bytes(gzip.compress("\n".join([HEADER, ROW, ""]).encode()))
    run(FORMAT, path, data)
    assert names(data) == ["Rhône-Alpes"]


def test_lines_that_end_as_on_old_computers(tmp_path, data):
    """A carriage return alone."""
    run(FORMAT, write(tmp_path / "in.csv", HEADER, [ROW], end="\r"), data)
    assert names(data) == ["Rhône-Alpes"]


TITLE = ['Persons employed by region, "in full"', "", "Source: an office; thousands?"]


def test_text_above_the_header_is_refused_in_one_message(tmp_path, data):
    """It may say that the figures are thousands; the line of the header is named."""
    path = write(tmp_path / "in.csv", TITLE[0], [*TITLE[1:], HEADER, ROW])
    assert rejection_message(FORMAT, path, data) == (
        "in.csv: the header is in line 4, below other text ('Persons employed by region, \"in full'). If that text "
        "does not change what the figures mean, such as their unit, add --header-line 4 or delete lines 1 to 3."
    )


def test_text_above_the_header_is_skipped_when_asked(tmp_path, data):
    """Lines are still those of the file."""
    path = write(tmp_path / "in.csv", TITLE[0], [*TITLE[1:], HEADER, ROW, ROW.replace("2019", "soon")])
    summary = run(FORMAT, path, data, header_line=4)
    assert summary.manifest.rows_imported == 1
    assert [(one.line, one.value) for one in summary.reject_log.rejections] == [(6, "soon")]
    assert "the header is in line 4, not in line 2" in rejection_message(FORMAT, path, data, header_line=2)


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> 0af3", "||||||| base"])
def test_marks_of_a_merge_conflict(tmp_path, data, mark):
    """Named, before anything else is said about the doubled rows."""
    path = write(tmp_path / "in.csv", HEADER, [ROW, mark, ROW])
    assert rejection_message(FORMAT, path, data) == (
        f"in.csv line 3: '{mark}' is the mark of a merge conflict: the file holds two versions of its rows. "
        "Keep one version and delete the marks."
    )


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("fipstate,naics,empflag,emp_nf,emp,est", "it is a file of County Business Patterns"),
        ("id,cluster_name_t,region_code_t,emp_tl", "python -m etl import us-cluster-mapping"),
        ("id;acronym;title;totalCost", "python -m etl import cordis"),
        ("projectID;organisationID;name;country", "python -m etl import cordis"),
        ("TIME\t2019\t2020", "Download it as TSV or SDMX-CSV instead"),
    ],
)
def test_files_of_another_kind_are_known(tmp_path, data, header, words):
    """By their header, with the command or the work that they need."""
    assert words in rejection_message(FORMAT, write(tmp_path / "in.csv", header, ["1,2,3"]), data)


def test_control_characters_in_names_are_dropped(tmp_path, data):
    """They break pages and files."""
    run(FORMAT, write(tmp_path / "in.csv", HEADER, ["FR99,Plastics,2019,7,1,,,FR,Ile\x07-de\x0b-France"]), data)
    assert names(data) == ["Ile -de -France"]


def test_lines_that_end_in_several_ways(tmp_path, data):
    """A line that somebody put above what Excel wrote; no row is lost."""
    path = tmp_path / "in.csv"
    path.write_bytes(b"sep=,\n" + "\r\n".join([HEADER, "FR99,Plastics,2019,7,1,,,FR,A", ""]).encode())
    assert run(FORMAT, path, data).manifest.rows_imported == 1
    assert names(data) == ["A"]

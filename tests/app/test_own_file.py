"""The page Bring your own file: files that are read, set aside, refused, or hostile; nothing is kept."""

import gzip
import tempfile

import pytest

from settings import ROOT
from views import file_check

HEADER = "region,traded_cluster,year,employment,country,region_name"
GOOD = f"{HEADER}\nDE11,Plastics,2014,12,DE,\nDE21,Plastics,2014,: c,DE,\n"


@pytest.fixture
def checked(open_app):
    """`checked(name, content, parameters)` is the page after a file was chosen."""

    def choose(name: str, content: bytes, parameters: dict | None = None):
        app = open_app("own_file", parameters)
        app.file_uploader[0].upload(name, content, "application/octet-stream").run()
        assert [error.value for error in app.exception] == []
        return app

    return choose


def texts(app) -> str:
    """All that the page says."""
    parts = [*app.markdown, *app.caption, *app.info, *app.success, *app.error]
    return " ".join(element.value for element in parts).replace("\\", "")


def commands(app) -> list[str]:
    """The commands that the page shows."""
    return [code.value for code in app.code]


@pytest.fixture(autouse=True)
def nothing_is_kept(tmp_path, monkeypatch):
    """Neither in the temporary folder, which is one of this test, nor beside the imports."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    imports = sorted(path.name for path in (ROOT / "data" / "imports").iterdir())
    yield
    assert list(tmp_path.glob("clusters-*")) == []
    assert sorted(path.name for path in (ROOT / "data" / "imports").iterdir()) == imports


def test_before_a_file_is_chosen(open_app):
    """What is read, the template, and the commands."""
    app = open_app("own_file")
    assert [title.value for title in app.title] == ["Bring your own file"]
    assert "Regional tables of Eurostat are read as downloaded" in texts(app)
    assert len(app.get("download_button")) == 1 and not app.error and not app.dataframe
    assert commands(app)[0].startswith("python -m etl import regional-statistics FILE --origin")


def test_a_file_that_is_read(checked, approved_screen):
    """The numbers, a preview with the reason for a missing figure, and the command with the name of the file."""
    app = checked("my figures.csv", GOOD.encode())
    approved_screen("own-file-read", app)
    assert "2 of 2 rows would be read" in texts(app) and "No row would be left out." in texts(app)
    preview = app.dataframe[0].value
    assert preview[["Region", "Industry", "Year", "Persons employed"]].values.tolist() == [
        ["DE11", "Plastics", "2014", "12"],
        ["DE21", "Plastics", "2014", "withheld"],
    ]
    assert commands(app)[0].startswith("python -m etl import regional-statistics 'my figures.csv' --origin")


def test_rows_that_are_left_out(checked, approved_screen):
    """With the reason and the lines."""
    app = checked("in.csv", (GOOD + "DE12,Plastics,2014,few,DE,\nDE13,Plastics,2014,7,DE,\n").encode())
    assert "3 of 4 rows would be read" in texts(app) and "1 row would not be imported" in texts(app)
    assert app.dataframe[0].value.values.tolist() == [["not a number", 1, "4"]]
    approved_screen("own-file-rows-left-out", app)


def test_a_refused_file_names_the_cure(checked, approved_screen):
    """One message; with the answer chosen on the page the same file is read."""
    app = checked("in.csv", f"{HEADER}\nFRK2,Plastics,2014,5,FR,Rhône-Alpes\n".encode("cp1252"))
    (error,) = app.error
    said = error.value.replace("\\", "")
    assert "in.csv line 2: it is not valid UTF-8" in said and "--encoding windows-1252" in said
    assert "On this page you choose it above: How the file is written" in texts(app)
    assert not app.dataframe
    approved_screen("own-file-refused", app)
    app.selectbox(key="encoding_regional-statistics").select("windows-1252").run()
    assert not app.error and "1 of 1 row would be read" in texts(app)
    assert "--encoding=windows-1252" in commands(app)[0]


def test_another_kind_of_file(checked):
    """Each kind has its own check."""
    app = checked("release.zip", b"PK\x03\x04rest", {"file": "cordis"})
    assert "the zip archive is damaged or cut off" in texts(app)
    assert commands(app)[0].startswith("python -m etl import cordis release.zip --licence")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("in.csv", b"", "the file is empty"),
        ("in.csv", bytes(range(256)) * 100, "it is not a text file"),
        ("in.csv", b"%PDF-1.7", "is a PDF document"),
        ("in.csv.gz", gzip.compress(b" " * (60 << 20)), "a gzip bomb"),
        ("in.csv", b'region,year\n"' + b"x" * (3 << 20), "columns traded_cluster, employment are missing"),
        ("../../etc/passwd\x07<b>.csv", b"<html>", "passwd<b>.csv: it is a web page"),
    ],
    ids=["empty", "binary", "pdf", "bomb", "open quote", "name"],
)
def test_hostile_files(checked, name, content, words):
    """One clear line for each."""
    app = checked(name, content)
    (error,) = app.error
    assert words in error.value.replace("\\", "") and "\n" not in error.value


def test_markup_and_formulas_are_text(checked):
    """In the preview and in messages."""
    rows = '=HYPERLINK(""x""),Plastics,2014,5,ZZ,<b>x</b>'
    app = checked("in.csv", f"{HEADER}\n{rows}\n".encode())
    (error,) = app.error
    assert "\\<b\\>" not in error.value and "HYPERLINK" in error.value and "unknown country" in error.value


def test_a_check_that_hangs_or_crashes(checked, monkeypatch):
    """The page says so, and stays."""
    monkeypatch.setattr(file_check, "_run", lambda *_: None)
    assert "took longer than" in texts(checked("in.csv", GOOD.encode()))
    monkeypatch.setattr(file_check, "_run", lambda *_: "Killed")
    assert "stopped before it had a result" in texts(checked("in.csv", GOOD.encode()))


def test_too_many_checks_at_once(checked, monkeypatch):
    """The others wait."""
    assert file_check._FREE.acquire(blocking=False) and file_check._FREE.acquire(blocking=False)
    try:
        assert "Try again in a minute" in texts(checked("in.csv", GOOD.encode()))
    finally:
        file_check._FREE.release(2)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("C:\\data\\a.csv", "a.csv"), ("a/b\x00.csv", "b.csv"), ("", "file"), ("x" * 300 + ".csv", "x" * 96 + ".csv")],
)
def test_names_of_files(name, shown):
    """Without folders and control characters."""
    assert file_check.shown_name(name) == shown


def test_the_template_is_the_one_of_the_imports(open_app):
    """And it is refused, as its numbers are made up."""
    path = ROOT / "data" / "imports" / "regional_statistics_template.csv"
    with path.open("rb") as content:
        report = file_check.check_file("regional-statistics", path.name, content, ())
    assert "is a made-up region of the template" in report.message

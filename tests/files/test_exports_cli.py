"""`python -m exports pack` as a process of its own: files and numbers, errors in words, nothing half-made."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import icalendar
import openpyxl
import pytest
import typer
from pptx import Presentation
from typer.testing import CliRunner

from domain.filters import Filters
from domain.progress import CancelledError
from exports import formats, pack
from exports.__main__ import app
from exports.formats import FORMATS, ExportFormat
from exports.pack import BadRequestError, parse_filters, write_pack
from settings import ROOT
from warehouse import query_cache

pytestmark = pytest.mark.slow  # runs the command and writes whole packs

DAY = date(2026, 11, 23)


@pytest.fixture
def run(shipped_database, tmp_path):
    """`run(arguments)` runs the command in the project; the home directory is empty."""

    def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
        variables = {**os.environ, "CLUSTERS_DB": str(shipped_database), "HOME": str(tmp_path), **environment}
        return subprocess.run(
            [sys.executable, "-m", "exports", "pack", *arguments],
            check=False,
            cwd=ROOT,
            env=variables,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return command


def stem(filters: str = "") -> str:
    """Name of the files of a pack: the same as on the page Downloads."""
    parts = ("eu-us-cluster-cooperation", filters, query_cache.release_name().replace(" ", "-"))
    return "--".join(part for part in parts if part)


def test_a_pack_for_energy(run, run_query, tmp_path):
    """Every format, under a name that tells the filter; the numbers are those of SQL written here.

    The slides have the layouts of the template, and the command says what these lack.
    """
    template = Presentation()
    template.slide_layouts[1]._element.cSld.set("name", "Inhalt unseres Amtes")
    template.save(tmp_path / "ours.pptx")
    out, ours = str(tmp_path / "new" / "pack"), str(tmp_path / "ours.pptx")
    done = run("--sector", "energy", "--no-unknown", "--out", out, "--template", ours)
    assert done.returncode == 0, done.stderr
    assert "Template: The layout “Inhalt unseres Amtes” (slides “Chart”" in done.stderr
    deck = Presentation(str(tmp_path / "new" / "pack" / f"{stem('energy')}.pptx"))
    assert "Inhalt unseres Amtes" in {slide.slide_layout.name for slide in deck.slides}
    name = stem("energy")
    files = {path.name for path in (tmp_path / "new" / "pack").iterdir()}
    assert files == {f"{name}.{kind.extension}" for kind in FORMATS.values()}
    assert all(file in done.stdout for file in files) and "Filter: Energy" in done.stdout
    book = openpyxl.load_workbook(tmp_path / "new" / "pack" / f"{name}.xlsx", read_only=True)
    for sheet, register, key in (
        ("Organisations", "organisation_register", "organisation_id"),
        ("Events", "event_register", "event_id"),
    ):
        ids = {row[0] for row in book[sheet].iter_rows(min_row=2, max_col=1, values_only=True)}
        assert (
            ids == {i for (i,) in run_query(f"SELECT {key} FROM {register} WHERE list_contains(sector_ids, 'energy')")}
            and ids
        )
    dated = run_query(
        "SELECT count(*) FROM event_register WHERE list_contains(sector_ids, 'energy') AND start_on IS NOT NULL"
    )[0][0]
    calendar = icalendar.Calendar.from_ical((tmp_path / "new" / "pack" / f"{name}.ics").read_bytes())
    assert len(calendar.walk("VEVENT")) == dated > 0


def test_what_is_not_known_is_said_with_what_comes_close(run, tmp_path):
    """Exit code 1, one sentence, no folder."""
    done = run("--sector", "enrgy", "--out", str(tmp_path / "pack"))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "There is no sector “enrgy”. Did you mean --sector energy (Energy)?" in done.stderr
    done = run("--out", str(tmp_path / "pack"), "--template", str(tmp_path / "gone.potx"))
    assert done.returncode == 1 and "gone.potx cannot be read" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize(
    ("sectors", "sides", "countries", "message"),
    [
        (["software"], [], [], "no sector “software”"),
        ([], ["usa"], [], "Did you mean --side US"),
        ([], [], ["zambia"], "No organisation, cooperation or event is recorded in Zambia"),
        ([], [], ["Germny"], "Did you mean --country DE .Germany."),
        ([], [], ["zzz"], "Known values: "),
    ],
)
def test_close_names_of_every_filter(sectors, sides, countries, message):
    """The value that was typed, and what to type."""
    with pytest.raises(BadRequestError, match=message):
        parse_filters({"sector": sectors, "side": sides, "country": countries}, query_cache.vocabulary())


def test_without_a_database(run, tmp_path):
    """The command that makes it is named."""
    done = run("--out", str(tmp_path / "pack"), CLUSTERS_DB=str(tmp_path / "no.duckdb"))
    assert done.returncode == 1 and "python -m etl build" in done.stderr and "Traceback" not in done.stderr


@pytest.fixture
def small(monkeypatch) -> dict[str, ExportFormat]:
    """Two quick formats in place of the real ones."""
    kinds = {
        "one": ExportFormat("One", "one", "text/plain", lambda content, progress: b"1", "First use"),
        "two": ExportFormat("Two", "two", "text/plain", lambda content, progress: b"2", "Second use"),
    }
    monkeypatch.setattr(pack, "FORMATS", kinds)
    return kinds


def test_the_folder_is_a_file(everything, small, tmp_path):
    """Said as such; the file stays."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BadRequestError, match=r"is a file, not a folder.*--out"):
        write_pack(everything, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_the_folder_cannot_be_written(everything, small, tmp_path, monkeypatch):
    """The reason of the system and the way out."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pack.tempfile, "mkdtemp", refuse)
    with pytest.raises(BadRequestError, match=r"cannot be written: Permission denied.*--out"):
        write_pack(everything, tmp_path)


@pytest.mark.parametrize("error", [CancelledError, KeyboardInterrupt, OSError("disk full"), ValueError])
def test_a_run_that_ends_early_leaves_nothing(everything, small, tmp_path, error):
    """Neither the first file, nor a half of the second, nor a folder; an earlier pack stays whole."""

    def fail(content, progress):
        raise error

    small["two"] = ExportFormat("Two", "two", "text/plain", fail, "Second use")
    expected = BadRequestError if isinstance(error, OSError) else error
    with pytest.raises(expected):
        write_pack(everything, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    (tmp_path / f"{stem()}.one").write_bytes(b"old")
    with pytest.raises(expected):
        write_pack(everything, tmp_path)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(f"{stem()}.one", b"old")]


def names_and_bytes(folder) -> dict[str, bytes | None]:
    """What is in a folder; None for a folder within it."""
    return {path.name: None if path.is_dir() else path.read_bytes() for path in folder.iterdir()}


def test_a_folder_in_the_way_of_one_file(everything, small, tmp_path):
    """It is named, and the file before it in the pack is still the earlier one."""
    (tmp_path / f"{stem()}.one").write_bytes(b"old")
    (tmp_path / f"{stem()}.two").mkdir()
    with pytest.raises(BadRequestError, match=rf"{stem()}\.two is a folder.*--out"):
        write_pack(everything, tmp_path)
    assert names_and_bytes(tmp_path) == {f"{stem()}.one": b"old", f"{stem()}.two": None}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt])
@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_an_end_between_two_files_restores_the_first(everything, small, tmp_path, monkeypatch, error, step):
    """Whichever move it is that fails: the earlier file is back, the new one gone, nothing else left."""
    (tmp_path / f"{stem()}.two").write_bytes(b"old")
    small["three"] = ExportFormat("Three", "three", "text/plain", lambda content, progress: b"3", "Third use")
    moves, move = [], pack.os.replace

    def fail_once(source, target):
        moves.append(target)
        if len(moves) == step:
            raise error
        move(source, target)

    monkeypatch.setattr(pack.os, "replace", fail_once)
    with pytest.raises(BadRequestError if isinstance(error, OSError) else KeyboardInterrupt):
        write_pack(everything, tmp_path)
    assert names_and_bytes(tmp_path) == {f"{stem()}.two": b"old"}


def test_a_pack_replaces_the_one_before_and_reports_progress(everything, small, tmp_path):
    """Same filters, same names; the parts of the work go up to one."""
    (tmp_path / f"{stem()}.one").write_bytes(b"old")
    small["two"] = ExportFormat(
        "Two", "two", "text/plain", lambda content, progress: progress(0.5, "half") or b"2", "Second use"
    )
    seen = []
    files = write_pack(everything, tmp_path, lambda part, step: seen.append((part, step)))
    assert [path.read_bytes() for path in files] == [b"1", b"2"] and seen == [(0.75, "Two: half")]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{stem()}.one", f"{stem()}.two"]


def test_filters_as_they_are_typed():
    """Ids or names in any case, each once."""
    typed = {
        "sector": ["Energy", "energy", "WATER"],
        "side": ["us"],
        "country": ["germany", "FR"],
        "from": ["2015"],
        "to": ["2017"],
        "unknown": ["no"],
    }
    assert parse_filters(typed, query_cache.vocabulary()) == Filters(
        ("energy", "water"), ("US",), ("DE", "FR"), 2015, 2017, show_possible=False
    )


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ({"from": ["2017"], "to": ["2015"]}, "is after"),
        ({"from": ["1800"]}, "not a year"),
        ({"to": ["3000"]}, "not a year"),
    ],
)
def test_years_that_cannot_be(years, message):
    """A range that is none, a year that no record has."""
    with pytest.raises(BadRequestError, match=message):
        parse_filters(years, query_cache.vocabulary())


def test_a_report_with_its_annex_has_a_name_of_its_own(everything, tmp_path):
    """The workbook is the same with and without; the report is not."""
    kinds = [replace(FORMATS[name], make=lambda content, progress: b"1") for name in ("html", "xlsx")]
    files = write_pack(replace(everything, has_annex=True), tmp_path, kinds=kinds)
    start = "eu-us-cluster-cooperation"
    assert [path.name for path in files] == [f"{start}-with-annex{stem()[len(start) :]}.html", f"{stem()}.xlsx"]


def test_a_machine_without_a_browser(everything, tmp_path, monkeypatch, shipped_database):
    """Everything else is written, and the reason is told; a report asked for as PDF ends with it, and no file."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    kinds = {
        "html": replace(FORMATS["html"], make=lambda content, progress: b"1"),
        "pdf": replace(FORMATS["pdf"], unavailable_reason=lambda: "No browser. Install one."),
    }
    monkeypatch.setattr(pack, "FORMATS", kinds)
    done = CliRunner().invoke(app, ["pack", "--out", str(tmp_path / "pack")])
    assert done.exit_code == 0 and [path.suffix for path in (tmp_path / "pack").iterdir()] == [".html"]
    assert "Not written: Report (PDF): No browser. Install one." in done.output
    done = CliRunner().invoke(app, ["report", "--pdf", "--out", str(tmp_path / "report")])
    assert done.exit_code == 1 and "No browser. Install one. Nothing was written." in done.output
    assert not (tmp_path / "report").exists()


def test_every_format_has_an_ending_of_its_own():
    """Two formats under one name would overwrite each other."""
    endings = [kind.extension for kind in formats.FORMATS.values()]
    assert {"xlsx", "ics"} <= set(endings) and len(set(endings)) == len(endings)


def test_documented_options_exist():
    """`python -m exports pack --x` in a document: an option that the program itself lists."""
    known = {option for parameter in typer.main.get_command(app).commands["pack"].params for option in parameter.opts}
    shown = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/guide.md"))
    asked = {
        option for line in re.findall(r"python -m exports pack(.*)", shown) for option in re.findall(r"--[a-z-]+", line)
    }
    assert {"--sector", "--out"} <= asked <= known

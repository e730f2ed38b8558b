"""A dry run, what an import replaces, and what it shares with others: said first, and nothing lost."""

import json
import shutil

import duckdb
import pytest
from import_files import STATISTICS, request_for, run, write, write_cordis
from typer.testing import CliRunner

from etl.errors import EtlError, InputError
from etl.imports import cordis, us_cluster_mapping
from etl.imports.commands import app
from etl.imports.manifest import read_manifests
from etl.imports.regional_statistics import FORMAT
from etl.imports.run import check_import, run_import
from settings import ROOT

ROWS = ["FRK2,Plastics,2014,12,1,,,FR", "FR10,Plastics,2014,13,1,,,FR"]


@pytest.fixture
def file(tmp_path):
    """`file(name, row, …)` writes a template file."""
    return lambda name, *rows: write(tmp_path / name, STATISTICS, rows)


@pytest.fixture
def command(data):
    """`command(argument, …)` runs python -m etl import with the data folder."""
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments), "--data", str(data)])


def everything(data):
    """Every file of the data folder with its bytes."""
    return {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_a_check_writes_nothing(file, data, command):
    """It prints what would be read, set aside and why, and what it would replace."""
    before = everything(data)
    path = file("germany.csv", *ROWS, "FRK2,Plastics,2015,x,1,,,FR", "FRK2,Plastics,2016,5 b,1,,,FR")
    result = command("regional-statistics", path, "--check")
    assert result.exit_code == 0 and everything(data) == before and not (data / "imports").exists()
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == "Checked; nothing was written. An import would give:"
    assert lines[1:8] == [
        "rows read 4",
        "rows imported 3",
        "regions and countries 2",
        "industries and totals 1",
        "years 2014 to 2016",
        "rows not imported 1",
        "not a number 1, line 4",
    ]


def test_a_check_that_is_refused(file, data, command):
    """One line, exit code 1."""
    result = command("regional-statistics", file("in.csv", "FRK2,Plastik,2014,12,1,,,FR"), "--check")
    assert result.exit_code == 1 and result.stdout == "" and result.stderr.count("\n") == 1
    assert result.stderr.endswith("Did you mean 'Plastics'? It would not be imported; nothing was written.\n")


def test_a_check_as_json(file, data, command):
    """What the page reads."""
    path = file("in.csv", *ROWS, "FRK2,Plastics,2015,x,1,,,FR")
    report = json.loads(command("regional-statistics", path, "--check", "--json").stdout)
    assert (report["accepted"], report["rows_read"], report["rows_imported"], report["rows_rejected"]) == (
        True,
        3,
        2,
        1,
    )
    assert report["reasons"] == [{"reason": "not a number", "count": 1, "lines": [4]}]
    assert report["columns"][:4] == ["Region", "Industry", "Year", "Persons employed"]
    assert report["rows"][0][:5] == ["FR10", "Plastics", "2014", "13", "1"]
    report = json.loads(command("regional-statistics", path, "--check", "--json", "--shown-as", "x.csv").stdout)
    refused = json.loads(
        command("regional-statistics", file("in.csv"), "--check", "--json", "--shown-as", "x.csv").stdout
    )
    assert refused == {"accepted": False, "message": "x.csv: the file has a header and no rows. Export it again."}


def test_a_check_of_other_formats(tmp_path, data):
    """CORDIS and the export of the portal are checked in the same way."""
    summary = check_import(request_for(cordis.FORMAT, write_cordis(tmp_path / "release")), cordis.FORMAT, data)
    assert summary.preview.columns[0] == "Project" and summary.preview.reach["projects"] == "2"
    with pytest.raises(InputError, match="there is no such file"):
        check_import(request_for(us_cluster_mapping.FORMAT, tmp_path / "no.csv"), us_cluster_mapping.FORMAT, data)
    assert not (data / "imports").exists()


def test_nothing_is_replaced_unasked(file, data, command):
    """The message names the file, its rows and its day, and both ways out."""
    germany, austria = file("1_germany.csv", *ROWS), file("2_austria.csv", "NL11,Plastics,2014,9,1,,,NL")
    command("regional-statistics", germany)
    before = everything(data)
    result = command("regional-statistics", austria)
    ((first,), _) = read_manifests(data, "data")
    taken = f"the import of 1_germany.csv (2 rows, imported on {first.imported_on.isoformat()})"
    assert result.exit_code == 1 and everything(data) == before
    assert result.stderr == (
        f"The name 'regional-statistics' is taken by {taken}. Add --replace to put 2_austria.csv in its place, or "
        "--name NAME to keep both. Nothing was imported; an earlier import is unchanged.\n"
    )
    checked = command("regional-statistics", austria, "--check")
    assert f"is taken by {taken}. To import this file, add --replace" in checked.stdout
    assert command("regional-statistics", austria, "--name", "austria").exit_code == 0
    result = command("regional-statistics", austria, "--replace", "--name", "austria")
    assert result.stdout.startswith("'austria' replaces the import of 2_austria.csv (1 row, imported on ")
    assert [manifest.input_file for manifest in read_manifests(data, "data")[0]] == ["2_austria.csv", "1_germany.csv"]


def test_the_same_file_again_needs_no_word(file, data):
    """A new version of the project asks to import again."""
    request = request_for(FORMAT, file("in.csv", *ROWS))
    run_import(request, FORMAT, data)
    assert run_import(request, FORMAT, data).replaces is not None


def test_another_release_of_cordis_is_not_replaced_unasked(tmp_path, data):
    """A folder has a hash too, once it is read."""
    run_import(request_for(cordis.FORMAT, write_cordis(tmp_path / "one")), cordis.FORMAT, data)
    path = write_cordis(tmp_path / "two", start="")
    with pytest.raises(EtlError, match="The name 'cordis' is taken by the import of one"):
        run_import(request_for(cordis.FORMAT, path), cordis.FORMAT, data)


def test_two_imports_may_not_hold_the_same_rows(file, data):
    """Region, industry and year belong to one source; a shared region is told."""
    run(FORMAT, file("one.csv", *ROWS), data, "one")
    ((first,), _) = read_manifests(data, "data")
    shown = f"the import 'one' (one.csv, {first.imported_on.isoformat()})"
    with pytest.raises(InputError) as caught:
        run(FORMAT, file("two.csv", ROWS[0]), data, "two")
    assert str(caught.value) == (
        f"two.csv: 1 row is for a region, industry and year that {shown} has already, such as FRK2, tc-plastics, 2014. "
        "Leave them out, or remove that one: python -m etl import --remove one."
    )
    summary = run(FORMAT, file("two.csv", ROWS[0].replace("2014", "2015")), data, "two")
    assert summary.reject_log.notes == [
        f"Shared with {shown}: FRK2, for other industries or years. Both imports are shown."
    ]


def test_two_imports_may_not_cover_the_same_territory(file, data):
    """A region of the one within a region of the other would count twice."""
    run(FORMAT, file("one.csv", *ROWS), data, "one")
    with pytest.raises(InputError, match=r"FRK covers territory of FRK2, which the import 'one' .* has for 2014 too"):
        run(FORMAT, file("two.csv", "FRK,Plastics,2014,9,1,,,FR"), data, "two")
    run(FORMAT, file("two.csv", "FRK,Plastics,2015,9,1,,,FR"), data, "two")


def test_what_shipped_figures_an_import_replaces_is_said_first(file, data, tmp_path):
    """The same country, scheme and period; another year stands beside them."""
    shutil.copytree(ROOT / "data" / "datasets", data / "datasets")
    for name in ("countries", "regions", "sectors"):
        shutil.copy(ROOT / "data" / "lookups" / f"{name}.csv", data / "lookups" / f"{name}.csv")
    rows = ["US-OH,Plastics,{},5,1,,,US", "FR24,C22,2015,5,1,,,FR", "DE11,C22,2015,5,1,,,DE", "AT11,C22,2014,5,,,,AT"]
    path = file("in.csv", *(row.format("2012-2016") for row in rows))
    assert check_import(request_for(FORMAT, path), FORMAT, data).reject_log.notes == [
        "Takes the place of the shipped data set eu-regions-nace-divisions-2015 (period 2015) for DE and FR.",
        "Takes the place of the shipped data set us-states-traded-clusters-2012-2016 (period 2012-2016) for US.",
    ]
    path = file("in.csv", rows[0].format("2014"))
    assert check_import(request_for(FORMAT, path), FORMAT, data).reject_log.notes == []


def test_licence_and_notes_are_kept(file, data, command):
    """The manifest has the licence that the user states."""
    command("regional-statistics", file("in.csv", *ROWS), "--licence", "CC BY 4.0")
    assert [manifest.licence for manifest in read_manifests(data, "data")[0]] == ["CC BY 4.0"]
    assert duckdb.sql(f"SELECT count(*) FROM '{data}/imports/regional-statistics.parquet'").fetchone() == (2,)


@pytest.mark.parametrize("text", ["Census\u202e Bureau", "Census\x07", "Census\nBureau"])
def test_texts_of_options_can_be_seen(file, data, command, text):
    """They are shown with the figures, so nothing hidden may be in them."""
    result = command("regional-statistics", file("a.csv", *ROWS), "--origin", text)
    assert result.exit_code == 2 and "--origin" in result.output and not (data / "imports").exists()

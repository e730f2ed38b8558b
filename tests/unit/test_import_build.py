"""Imports in a build: picked up, removed, verified; and the commands around them."""

import json

import duckdb
import pytest
from etl_dataset import messages
from import_files import PORTAL, STATISTICS, run, write, write_cordis
from typer.testing import CliRunner

from etl.__main__ import app
from etl.imports import cordis, regional_statistics, us_cluster_mapping
from etl.imports.manifest import manifest_hashes, read_manifests
from etl.pipeline import build, check, release

pytestmark = pytest.mark.slow  # builds a database in most tests

OHIO = '2016,"Plastics","35","State","39","Ohio   ",TRUE,1200,85,51234.5,1.84,TRUE,NA'


@pytest.fixture
def command(monkeypatch):
    """`command(argument, …)` runs python -m etl import."""
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, ["import", *map(str, arguments)])


@pytest.fixture
def imported(tmp_path, data):
    """All three imports."""
    run(us_cluster_mapping.FORMAT, write(tmp_path / "export.csv", PORTAL, [OHIO]), data)
    run(
        regional_statistics.FORMAT,
        write(tmp_path / "own.csv", STATISTICS, ["FRK2,Plastics,2016,10,1,20000,EUR,FR"]),
        data,
    )
    run(cordis.FORMAT, write_cordis(tmp_path / "release"), data)
    return data


def run_query(link, sql):
    """Rows of a query to the published database."""
    with duckdb.connect(str(link.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_build_picks_them_up(imported, inputs, link):
    """Statistics, new regions, projects, participations, a source and a card for each; the counts add up."""
    summary = build(inputs, link)
    assert summary.rows_in == summary.rows_out
    assert run_query(
        link, "SELECT region_code, industry_id, employment, source_id FROM regional_statistics ORDER BY ALL"
    ) == [
        ("FRK2", "tc-plastics", 10, "import-regional-statistics"),
        ("US-OH", "tc-plastics", 1200, "import-us-cluster-mapping"),
    ]
    assert run_query(link, "SELECT country_code, level FROM regions WHERE region_code = 'FRK2'") == [("FR", "region")]
    assert run_query(link, "SELECT count(*) FROM horizon_projects")[0][0] == 2
    assert run_query(link, "SELECT count(*) FROM horizon_participations")[0][0] == 7
    assert run_query(link, "SELECT import_name, source_id, rows_imported FROM imports ORDER BY ALL") == [
        ("cordis", "import-cordis", 9),
        ("regional-statistics", "import-regional-statistics", 1),
        ("us-cluster-mapping", "import-us-cluster-mapping", 1),
    ]
    assert run_query(
        link, "SELECT document_type, licence, reliability FROM sources WHERE source_id = 'import-cordis'"
    ) == [("dataset", "not stated", "official")]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_name_wins_over_a_code(tmp_path, data, inputs, link, order):
    """A region that one import names and another does not has its name, whichever was imported first."""
    header = f"{STATISTICS},region_name"
    with_name = write(tmp_path / "with.csv", header, ["FR99,Plastics,2015,10,1,,,FR,Rhône <b>Alpes</b>"])
    without = write(tmp_path / "without.csv", STATISTICS, ["FR99,Plastics,2014,10,1,,,FR"])
    run(regional_statistics.FORMAT, without, data, order[0])
    run(regional_statistics.FORMAT, with_name, data, order[1])
    build(inputs, link)
    assert run_query(link, "SELECT name FROM regions WHERE region_code = 'FR99'") == [("Rhône <b>Alpes</b>",)]


def test_the_build_id_follows_the_cards(imported, inputs, link):
    """Another import is another build; without it the id is the old one again."""
    assert set(manifest_hashes(imported)) == {
        f"data/imports/{name}.json" for name in ("cordis", "regional-statistics", "us-cluster-mapping")
    }
    with_all = check(inputs).build_id
    saved = (imported / "imports" / "cordis.json").read_bytes()
    (imported / "imports" / "cordis.json").unlink()
    assert check(inputs).build_id != with_all
    (imported / "imports" / "cordis.json").write_bytes(saved)
    assert check(inputs).build_id == with_all


def test_a_release_is_not_touched_by_an_import(tmp_path, data, inputs, link):
    """Imported numbers are nobody's reviewed facts."""
    release(inputs, "2026-11-30")
    assert build(inputs, link).release_id == "2026-11-30"
    run(cordis.FORMAT, write_cordis(tmp_path / "release"), data)
    assert build(inputs, link).release_id == "2026-11-30"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (
            lambda folder: (folder / "cordis.parquet").unlink(),
            "cordis.parquet: the file is missing. Import the data again",
        ),
        (
            lambda folder: (folder / "cordis.parquet").write_bytes(b"x"),
            "cordis.parquet: the file is not the one that its manifest names",
        ),
        (
            lambda folder: (folder / "cordis.json").write_text("{}"),
            "cordis.json: it is not the manifest of an import",
        ),
    ],
)
def test_a_damaged_import_stops_the_build(imported, inputs, damage, words):
    """With the command that takes it away."""
    damage(imported / "imports")
    (message,) = messages(inputs)
    assert f"data/imports/{words}" in message and "--remove cordis" in message


def test_lookups_that_changed_since(imported, inputs):
    """The rows of an import still have to point at something."""
    path = imported / "lookups" / "regions.csv"
    path.write_text(path.read_text().replace("US-OH", "US-OX"))
    organisations = imported / "organisations.csv"
    organisations.write_text(organisations.read_text().replace("US-OH", "US-OX"))
    assert messages(inputs) == [
        (
            "data/imports/us-cluster-mapping.parquet, region_code: 'US-OH' is not in "
            "data/lookups/regions.csv any more. Import the data again."
        )
    ]


def test_remove_and_list(imported, command, inputs):
    """What is there, and how to take it away."""
    listed = command("--list", "--data", imported)
    assert listed.exit_code == 0
    assert "cordis:" in listed.stdout and "regional-statistics:" in listed.stdout
    assert "rows imported      9" in listed.stdout
    removed = command("--remove", "cordis", "--data", imported)
    assert removed.exit_code == 0 and "cordis.participations.parquet" in removed.stdout
    assert not list((imported / "imports").glob("cordis*"))
    assert "cordis:" not in command("--list", "--data", imported).stdout
    again = command("--remove", "cordis", "--data", imported)
    assert again.exit_code == 1
    assert "There is no import named 'cordis'. Imports: regional-statistics, us-cluster-mapping." in again.stderr


def test_the_closing_summary(tmp_path, data, command):
    """Rows, reasons with lines, licence, seconds; nothing on stderr where there is no terminal."""
    file = write(
        tmp_path / "own.csv",
        STATISTICS,
        [
            "US-OH,Plastics,2016,10,1,,,",
            "US-OH,Plastics,2017,x,1,,,",
            "US-OH,Plastics,2018,y,1,,,",
            "US-OH,Plastics,2019,1,1,,,",
        ],
    )
    result = command(
        "regional-statistics", file, "--data", data, "--licence", "CC BY 4.0", "--origin", "A statistical office"
    )
    assert result.exit_code == 0 and result.stderr == ""
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[1:8] == [
        "rows read 4",
        "rows imported 2",
        "regions and countries 1",
        "industries and totals 1",
        "years 2016 to 2019",
        "rows not imported 2",
        "not a number 2, lines 3, 4",
    ]
    assert "licence CC BY 4.0" in lines and any(line.startswith("seconds ") for line in lines)
    card = json.loads((data / "imports" / "regional-statistics.json").read_text())
    assert (card["origin"], card["licence"], card["title"]) == (
        "A statistical office",
        "CC BY 4.0",
        "Regional statistics: A statistical office",
    )


def test_a_rejected_file_exits_with_1(tmp_path, data, command):
    """Every message on stderr, and what it means."""
    result = command("cordis", tmp_path / "none.zip", "--data", data)
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith("Nothing was imported; an earlier import is unchanged.\n")


@pytest.mark.parametrize("kind", ["us-cluster-mapping", "regional-statistics", "cordis"])
def test_every_command_explains_itself(command, kind):
    """--help of each, and of all."""
    assert kind in command("--help").stdout
    result = command(kind, "--help")
    assert result.exit_code == 0
    assert all(option in result.stdout for option in ("--name", "--origin", "--licence", "--data"))


def test_without_a_command_all_are_listed(command, data):
    """As --help does."""
    assert "us-cluster-mapping" in command().stdout
    assert "There are no imports in data/imports." in command("--list", "--data", "data").stdout


def test_left_overs_of_an_interrupted_import_are_cleared(tmp_path, data):
    """They would fill the disk."""
    left = data / "imports" / ".unfinished-abc"
    left.mkdir(parents=True)
    (left / "project.csv").write_text("x")
    run(cordis.FORMAT, write_cordis(tmp_path / "release"), data)
    assert not left.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda values: values.pop("licence"), "the key licence is missing"),
        (lambda values: values.update(rows_set_aside=0), "the key rows_set_aside is unknown"),
        (lambda values: values.update(title=5), "title is not text"),
        (lambda values: values.update(rows_read=-1), "rows_read is not a number of rows"),
        (lambda values: values.update(rows_read=True), "rows_read is not a number of rows"),
        (lambda values: values.update(files=[]), "files is not an object"),
        (lambda values: values["rejected"].update({"not a number": "2"}), "not a number is not a number of rows"),
        (lambda values: values.update(columns={"own.csv": [1]}), "own.csv is not a list of texts"),
        (lambda values: values.update(imported_on="26 November"), "Invalid isoformat string: '26 November'"),
    ],
)
def test_a_changed_manifest_is_reported_with_its_key(imported, change, reason):
    """Every value has its type, and no key is missing or unknown."""
    path = imported / "imports" / "cordis.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    path.write_text(json.dumps(values), encoding="utf-8")
    manifests, (problem,) = read_manifests(imported, "data")
    assert [manifest.name for manifest in manifests] == ["regional-statistics", "us-cluster-mapping"]
    assert problem.location == "data/imports/cordis.json"
    assert problem.rule == f"it is not the manifest of an import ({reason})"


def test_a_manifest_is_read_as_it_was_written(imported):
    """Numbers, dates and lists."""
    (cordis_manifest, *_), problems = read_manifests(imported, "data")
    values = json.loads((imported / "imports" / "cordis.json").read_text(encoding="utf-8"))
    assert problems == []
    assert (cordis_manifest.rows_read, cordis_manifest.imported_on.isoformat()) == (
        values["rows_read"],
        values["imported_on"],
    )
    assert cordis_manifest.columns == values["columns"] and cordis_manifest.rejected == values["rejected"]

"""Data sets that ship with the project: loaded by a build, verified row by row, giving way to an import."""

import duckdb
import pytest
from etl_dataset import messages
from import_files import run, write_cordis
from typer.testing import CliRunner

from etl.__main__ import app
from etl.datasets import data_set_hashes
from etl.imports import cordis
from etl.pipeline import build, check

pytestmark = pytest.mark.slow  # builds a database in most tests

CARD = """
format = "cordis"
title = "Projects of the test"
period = "2015"
attribution = "CORDIS"
method = "Written by hand."
estimated = "Nothing."

[[source]]
source_id = "eccp-gen2"
gives = "figures"
locator = "table 1"
"""
PROJECTS = "horizon_project_id,title,start_on,total_cost_eur\n101,Clean water,2015-04-01,10.5\n102,Law,2015-05-01,\n"
PARTICIPATIONS = (
    "horizon_project_id,participant_id,organisation_name,country_code,role\n"
    "101,1,Polymer Centre,FR,coordinator\n101,2,Ohio University,US,participant\n102,2,Ohio University,US,participant\n"
)


@pytest.fixture
def folder(data):
    """data/datasets/projects with a card and two files."""
    path = data / "datasets" / "projects"
    path.mkdir(parents=True)
    (path / "dataset.toml").write_text(CARD)
    (path / "horizon_projects.csv").write_text(PROJECTS)
    (path / "horizon_participations.csv").write_text(PARTICIPATIONS)
    return path


def run_query(link, sql):
    """Rows of a query to the published database."""
    with duckdb.connect(str(link.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_build_loads_it(folder, inputs, link):
    """Rows with the source of the card, the card itself, its sources, and where its rows come from."""
    summary = build(inputs, link)
    assert summary.rows_in == summary.rows_out and summary.notes == []
    assert run_query(link, "SELECT horizon_project_id, total_cost_eur, source_id FROM horizon_projects ORDER BY 1") == [
        ("101", 10.5, "eccp-gen2"),
        ("102", None, "eccp-gen2"),
    ]
    assert run_query(link, "SELECT count(*) FROM horizon_participations") == [(3,)]
    assert run_query(link, "SELECT dataset_id, title, rows_shipped, rows_loaded FROM datasets") == [
        ("projects", "Projects of the test", 5, 5)
    ]
    assert run_query(link, "SELECT source_id, gives, locator FROM dataset_sources") == [
        ("eccp-gen2", "figures", "table 1")
    ]
    assert run_query(link, "SELECT is_shipped, name, locators[1] FROM row_origins") == [
        (True, "projects", "Projects of the test, 2015, shipped with this dashboard")
    ]
    assert ("datasets", "Projects of the test", "table 1") in run_query(
        link, "SELECT table_name, label, locator FROM cited_facts WHERE source_id = 'eccp-gen2'"
    )


def test_the_build_id_follows_its_files(folder, data, inputs):
    """Card and tables are inputs of the build."""
    assert set(data_set_hashes(data)) == {
        f"data/datasets/projects/{name}"
        for name in ("dataset.toml", "horizon_participations.csv", "horizon_projects.csv")
    }
    before = check(inputs).build_id
    (folder / "horizon_projects.csv").write_text(PROJECTS.replace("10.5", "11.5"))
    assert check(inputs).build_id != before


def test_an_import_of_projects_takes_its_place(folder, data, inputs, link, tmp_path):
    """As a whole: 2 projects and 3 participations give way, and the build says so."""
    run(cordis.FORMAT, write_cordis(tmp_path / "release"), data, "mine")
    summary = build(inputs, link)
    assert summary.rows_in == summary.rows_out
    assert summary.notes == ["The import mine takes the place of 5 rows of the shipped data set projects."]
    assert run_query(link, "SELECT DISTINCT source_id FROM horizon_projects") == [("import-mine",)]
    assert run_query(link, "SELECT rows_shipped, rows_loaded FROM datasets") == [(5, 0)]
    assert run_query(
        link, "SELECT import_name, country_code, sum(rows_replaced) FROM dataset_replacements GROUP BY ALL"
    ) == [("mine", None, 5)]
    listed = CliRunner().invoke(app, ["import", "--list", "--data", str(data)])
    assert summary.notes[0] in listed.stdout
    result = CliRunner().invoke(app, ["build", "--data", str(data), "--database", str(link)])
    assert "Note: The import mine takes the place of 5 rows" in result.stdout


CARD_NAME, PROJECTS_NAME, PARTICIPATIONS_NAME = "dataset.toml", "horizon_projects.csv", "horizon_participations.csv"
WRONG = [
    (CARD_NAME, 'title = "Projects of the test"', "", ", title: the card lacks the key. Add it"),
    (CARD_NAME, "title", "titel", ", titel: the card has no such key. Remove it (did you mean 'title'?)."),
    (CARD_NAME, '"Nothing."', '" "', ", estimated: is not text, or it is blank."),
    (CARD_NAME, '"cordis"', '"xls"', ", format: 'xls' is not a format of data sets. Write one of"),
    (CARD_NAME, '"figures"', '"names"', ", source: there is not exactly one source of the figures."),
    (CARD_NAME, "eccp-gen2", "eccp-gen3", ", source_id: 'eccp-gen3' is not in sources.csv."),
    (CARD_NAME, "[[source]]", "[[source]", ": it is not valid TOML"),
    (PARTICIPATIONS_NAME, "organisation_name", "name", " line 1: the column organisation_name is missing"),
    (PROJECTS_NAME, "start_on", "begin_on", " line 1, begin_on: the table horizon_projects has no such column"),
    (PROJECTS_NAME, "10.5", "ten", " line 2, total_cost_eur: 'ten' is not a number."),
    (PROJECTS_NAME, "2015-05-01", "1.5.2015", " line 3, start_on: '1.5.2015' is not a date."),
    (PROJECTS_NAME, "10.5", "-1", " line 2, total_cost_eur: '-1' is less than 0."),
    (PROJECTS_NAME, "102,Law", "101,Law", " line 3, horizon_project_id: '101' is the key of another row"),
    (PARTICIPATIONS_NAME, "Polymer Centre", "", " line 2, organisation_name: the cell is blank"),
    (PARTICIPATIONS_NAME, "FR", "FX", " line 2, country_code: 'FX' is not in countries."),
    (PARTICIPATIONS_NAME, "102,2", "103,2", " line 4, horizon_project_id: '103' is not in horizon_projects."),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), WRONG)
def test_what_is_wrong_is_named(folder, inputs, file, old, new, message):
    """With file, line and column."""
    path = folder / file
    path.write_text(path.read_text().replace(old, new, 1))
    assert any(text.startswith(f"data/datasets/projects/{file}{message}") for text in messages(inputs))


def test_files_that_do_not_belong(folder, inputs):
    """A misspelt file is not passed over, and a missing one is named."""
    (folder / "horizon_projects.csv").rename(folder / "horizon_project.csv")
    assert messages(inputs) == [
        (
            "data/datasets/projects/horizon_project.csv: a data set of cordis has no file of this name. "
            "Rename it (did you mean 'horizon_projects'?) or remove it."
        ),
        "data/datasets/projects/horizon_projects.csv: the file is missing. A data set of cordis needs it.",
    ]


def test_a_folder_without_a_card(folder, inputs):
    """It is not passed over either."""
    (folder / "dataset.toml").unlink()
    assert messages(inputs) == [
        "data/datasets/projects/dataset.toml: the file is missing. Add the card; data/README.md describes it."
    ]

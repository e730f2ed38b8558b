"""The page Horizon projects: the shipped snapshot, an import in its place, and neither."""

import shutil

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from etl.imports import cordis
from etl.pipeline import Inputs, build
from settings import ROOT, load_settings
from tests.unit.import_files import run, write_cordis

SNAPSHOT = ROOT / "data/datasets/horizon-2020-with-us-2016"


def words(app: AppTest) -> str:
    """Everything the page says in text, notes and headings."""
    return "\n".join(part.value for kind in (app.markdown, app.info, app.header, app.caption) for part in kind)


def headers(app: AppTest) -> list[str]:
    """Headings of cards and sections."""
    return [header.value for header in app.header]


def alts(app: AppTest) -> str:
    """The words that stand for the charts and maps."""
    return "\n".join(chart.proto.alt for kind in ("plotly_chart", "deck_gl_json_chart") for chart in app.get(kind))


@pytest.fixture(scope="module")
def snapshot() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The shipped projects and participations as text."""
    return tuple(
        pd.read_csv(SNAPSHOT / f"horizon_{name}.csv", dtype=str, keep_default_na=False)
        for name in ("projects", "participations")
    )


@pytest.fixture
def open_imported(open_app, imported_database):
    """`open_imported(page, parameters)`: a page with the imports, without any fault."""

    def open_page(page: str, parameters: dict | None = None) -> AppTest:
        app = open_app(page, parameters, imported_database)
        assert [error.value for error in app.exception] == []
        return app

    return open_page


def test_the_shipped_snapshot(open_app, snapshot):
    """What it is and of when, how to import today's files, and every project with its acronym for want of titles."""
    projects, _ = snapshot
    app = open_app("horizon")
    assert not app.exception and not app.warning
    (origin,) = app.info
    assert "Horizon 2020 projects with US participants, as CORDIS had them in early 2016" in origin.value
    assert "61 projects of the first two years of Horizon 2020" in origin.value
    assert "November 2014 to May 2016" in origin.value and "takes its place" in origin.value
    assert "python -m etl import cordis ZIP_OR_FOLDER" in [code.value for code in app.code]
    register = app.dataframe[-1].value
    assert sorted(register["Project"]) == sorted(projects["acronym"]) and "Title" not in register.columns
    assert sorted(register["Topic of the call"]) == sorted(projects["topic_titles"])
    # Nothing for what the snapshot lacks: places, several programmes.
    assert not app.get("deck_gl_json_chart") and not [text for text in headers(app) if text.startswith("H2020")]
    assert "nan" not in words(app).split() and not [text for text in headers(app) if "nan" in text.lower()]


@pytest.mark.parametrize(
    ("parameters", "condition"),
    [
        ({"country": "CH"}, lambda own: (own["country_code"] == "CH").any()),
        ({"country": "DE", "sector": "health"}, lambda own: (own["country_code"] == "DE").any()),
        ({"sector": "water"}, lambda own: True),
    ],
)
def test_filters_of_the_snapshot(open_app, snapshot, parameters, condition):
    """The register holds the projects that match, those of the topics of the theme."""
    projects, participations = snapshot
    topics = {"health": "PHC-|HCO-|Health|NMP-10-", "water": "WATER-"}.get(parameters.get("sector", ""), "")
    ids = {key for key, own in participations.groupby("horizon_project_id") if condition(own)}
    wanted = projects[projects["horizon_project_id"].isin(ids) & projects["topics"].str.match(topics)]
    app = open_app("horizon", parameters)
    assert not app.exception
    shown = next(table.value for table in reversed(app.dataframe) if "Project" in table.value.columns)
    assert sorted(shown["Project"]) == sorted(wanted["acronym"]) and len(wanted)


def test_a_project_of_the_snapshot(open_app, snapshot, approved_screen):
    """Its acronym as title, its organisations with the coordinator first, no column without any value, its source."""
    _, participations = snapshot
    own = participations[participations["horizon_project_id"] == "633211"]
    app = open_app("policies", {"horizon": "633211"})
    approved_screen("panel-horizon", app, is_panel=True)
    assert not app.exception and f"### Organisations ({len(own)})" in words(app)
    table = app.dataframe[-1].value
    assert list(table.columns) == ["Organisation", "Country", "Role"] and table["Role"][0] == "coordinator"
    assert table["Organisation"][0] == own.loc[own["role"] == "coordinator", "organisation_name"].item()
    assert "shipped with this dashboard" in words(app)


def test_an_import_takes_the_place_of_the_snapshot(open_imported):
    """As a whole; the page says so and how to get the snapshot back."""
    app = open_imported("horizon")
    (origin,) = app.info
    assert "2 projects of your import cordis" in origin.value and "file release" in origin.value
    assert (
        "takes the place of the shipped data set as a whole: Horizon 2020 projects with US participants" in origin.value
    )
    assert "python -m etl import --remove cordis" in origin.value
    assert app.dataframe[-1].value["Project"].tolist() == ["GAMMA", "ALPHA"]


def test_imported_projects(open_imported, approved_screen):
    """Two projects with US participation: Clean water of 2016 and history of law of 2017, which has no theme."""
    app = open_imported("horizon")
    approved_screen("horizon-imported", app)
    assert not app.warning and "2 projects with US participation" in headers(app)
    assert "Columns of projects by year. 2016 1; 2017 1." in alts(app)
    assert "France 2; Greece 1; United Kingdom 1." in alts(app) and "Water 1; not classified 1." in alts(app)
    assert "2 US organisations, 3 countries. Most often met: France. France 2 of 2; Greece 1 of 2" in alts(app)
    # Of seven participations Lyon has two points, Athens in Ohio and Leeds one each.
    assert any(header.startswith("4 of 7 participations in projects in the data") for header in headers(app))
    assert "4 participations with a point (EU 3, USA 1)" in alts(app)
    organisations, pairs, register = (table.value for table in app.dataframe)
    assert organisations["Organisation"].tolist() == [
        "POLYMER CENTRE OF LYON",
        "ATHENS WATER COMPANY",
        "LEEDS INSTITUTE",
    ]
    assert pairs[["US organisation", "EU organisation", "Which"]].values.tolist() == [
        ["OHIO UNIVERSITY", "ATHENS WATER COMPANY", "ALPHA"],
        ["OHIO UNIVERSITY", "POLYMER CENTRE OF LYON", "ALPHA"],
        ["PLASTICS GROUP INC", "LEEDS INSTITUTE", "GAMMA"],
        ["PLASTICS GROUP INC", "POLYMER CENTRE OF LYON", "GAMMA"],
    ]
    pairs_title = "4 pairs of a US organisation and one of the EU side have one in common"
    assert f"Projects in the data with US participation: {pairs_title}" in headers(app)
    assert register["Title"].tolist() == ["History of law", "Clean water"]
    assert register["EU countries"].tolist() == ["France, United Kingdom", "France, Greece"]


@pytest.mark.parametrize(
    ("parameters", "projects"),
    [
        ({"country": "GB"}, ["GAMMA"]),
        ({"to": "2016"}, ["ALPHA"]),
        ({"sector": "water"}, ["ALPHA"]),
        ({"sector": "water", "unknown": "no"}, ["ALPHA"]),
    ],
)
def test_filters_of_imported_projects(open_imported, parameters, projects):
    """The register and the organisations follow the filters."""
    app = open_imported("horizon", parameters)
    assert app.dataframe[-1].value["Project"].tolist() == projects


def test_emptied_by_filters(open_imported):
    """The way out is there, and it leads out."""
    app = open_imported("horizon", {"country": "ES"})
    assert not app.dataframe and any("No Horizon projects" in info.value and "Spain" in info.value for info in app.info)
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert not app.exception and app.dataframe


def test_panel_of_an_imported_project(open_imported, approved_screen):
    """Its organisations and the file it came in; an unknown number is told."""
    app = open_imported("policies", {"horizon": "103"})
    approved_screen("panel-horizon-imported", app, is_panel=True)
    assert "### Organisations (4)" in words(app) and "project 103 in file release, imported on" in words(app)
    assert "LEEDS INSTITUTE" in app.dataframe[-1].value["Organisation"].tolist()
    assert any("There is no record" in toast.value for toast in open_imported("policies", {"horizon": "9999"}).toast)


@pytest.fixture(scope="module")
def other_builds(tmp_path_factory):
    """Databases without any Horizon projects, and with an import in which an organisation has left."""
    folder, settings = tmp_path_factory.mktemp("horizon"), load_settings()
    data = folder / "data"
    ignored = shutil.ignore_patterns("build", "*.parquet", "*.json", "*.rejected.csv", "horizon-*")
    shutil.copytree(settings.data_dir, data, ignore=ignored)
    inputs = Inputs(data, "data", settings.static_dir, settings.schema_version)
    build(inputs, folder / "empty.duckdb")
    release = write_cordis(folder / "release")
    path = release / "organization.csv"
    header, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    rows = [f'{row};"{"LEEDS" in row}"' for row in rows]
    path.write_text("\n".join([f'{header};"endOfParticipation"', *rows]) + "\n")
    run(cordis.FORMAT, release, data)
    build(inputs, folder / "left.duckdb")
    return folder


def test_neither_snapshot_nor_import(open_app, other_builds):
    """What is missing, and the commands; nothing is drawn."""
    app = open_app("horizon", database=other_builds / "empty.duckdb")
    assert not app.exception and not app.dataframe and not app.get("plotly_chart")
    assert "There are no Horizon projects in this build." in words(app)
    assert [code.value for code in app.code] == ["python -m etl import cordis ZIP_OR_FOLDER", "python -m etl build"]


def test_an_organisation_that_left(open_app, other_builds):
    """It stands in the profile of its project, apart, and in no count."""
    app = open_app("policies", {"horizon": "103"}, other_builds / "left.duckdb")
    assert "### Organisations (3)" in words(app) and "### Have left the project (1)" in words(app)
    remaining, left = (table.value["Organisation"].tolist() for table in list(app.dataframe)[-2:])
    assert "LEEDS INSTITUTE" not in remaining and left == ["LEEDS INSTITUTE"]
    page = open_app("horizon", database=other_builds / "left.duckdb")
    assert "France 2; Greece 1." in alts(page) and "LEEDS" not in page.dataframe[0].value["Organisation"].tolist()
    # Three in each of its projects, so the register has no column for it.
    assert "All organisations: 3" in words(page) and "All organisations" not in page.dataframe[-1].value

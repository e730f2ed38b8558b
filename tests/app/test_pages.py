"""Every page in every state a link can bring about: whole, filtered, emptied, without data."""

import logging

import duckdb
import pytest

from etl import first_build
from etl.first_build import FirstBuildError
from settings import SCHEMA_VERSION
from tests.approval.pages import FRAME, block_lines, look_lines, page_lines
from views.sources import TECHNICAL

# Address and title of every page, as the menu promises them.
PAGES = {
    "overview": "EU–US cluster cooperation",
    "map": "Map",
    "sectors": "Sectors",
    "projects": "Partnerships",
    "cooperations": "Links and agreements",
    "policies": "Policies and the 2015 workshop",
    "events": "Timeline",
    "partners": "Partner finder",
    "statistics": "Regions and statistics",
    "explore": "Explorer",
    "own_file": "Bring your own file",
    "horizon": "Horizon projects",
    "downloads": "Downloads",
    "sql": "SQL",
    "sources": "Sources",
}
# No organisation, project or dated fact of construction is of 1990, American and in Germany.
NOTHING = {"sector": "construction", "side": "US", "country": "DE", "from": "1990", "to": "1990", "unknown": "no"}
STATES = {"no filter": {}, "one filter": {"sector": "energy"}, "empty result": NOTHING}

CHARTS = {"overview", "sectors", "projects", "cooperations", "events", "statistics", "explore", "horizon", "sources"}
MAPS = {"overview", "map", "statistics"}


def charts_of(app) -> list:
    """Protocol messages of all charts and maps of the page."""
    return [chart.proto for kind in ("plotly_chart", "deck_gl_json_chart") for chart in app.get(kind)]


@pytest.fixture(params=STATES)
def state(request) -> str:
    """Name of one of the states."""
    return request.param


@pytest.mark.parametrize("page", PAGES)
def test_page_in_every_state(open_app, caplog, approved, page, state):
    """No exception, the title of the menu, words for every chart, no note about the link; all else as approved."""
    with caplog.at_level(logging.INFO):
        app = open_app(page, STATES[state])
    assert [error.value for error in app.exception] == []
    assert [error.value for error in app.error] == []
    assert [title.value for title in app.title] == [PAGES[page]]
    assert [note.value for note in app.warning] == []
    assert [chart.alt for chart in charts_of(app) if len(chart.alt.split()) < 5] == []
    # Streamlit mends a column of mixed types silently, at a cost on every run.
    assert "Serialization of dataframe" not in caplog.text
    lines = page_lines(app, has_menu=page == "overview")
    approved(f"pages/{page}-{state.replace(' ', '-')}", "\n".join(lines))
    if state == "no filter":
        approved(f"look/{page}", "\n".join(look_lines(app, frozenset(() if page == "overview" else FRAME))))


def test_the_technical_tables_of_sources(open_app, approved):
    """Each under its title, with a sentence and its columns; those of a build change with every release."""
    lines = []
    for view in (name for name in TECHNICAL if name not in ("changes", "build")):
        app = open_app("sources", {"view": view})
        assert not app.exception
        (panel,) = [panel for panel in app.expander if panel.label.startswith("Technical")]
        lines += [f"== {view}", *block_lines(panel)]
    approved("pages/sources-technical", "\n".join(lines))


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_what_they_are_for(open_app, page):
    """Charts and maps are there, a register too, and the question the page answers."""
    app = open_app(page)
    assert bool(app.get("plotly_chart")) >= (page in CHARTS)
    assert bool(app.get("deck_gl_json_chart")) == (page in MAPS)
    # For a sector, an organisation, an import, a click.
    asks_first = ("sectors", "partners", "own_file", "downloads")
    assert app.dataframe or page in ("overview", *asks_first)
    assert any(text.value.endswith("?") for text in app.markdown)


@pytest.mark.parametrize(
    "page",
    # The Explorer has facets besides the filters: tests/app/test_explorer_page.py.
    [
        page
        for page in PAGES
        if page not in ("partners", "statistics", "explore", "own_file", "horizon", "downloads", "sql", "sources")
    ],
)
def test_empty_result_says_why_and_shows_the_way_out(open_app, page):
    """The sentence names the filters that apply, and a button clears them."""
    app = open_app(page, NOTHING)
    sentences = [info.value for info in app.info]
    assert sentences and all("No " in sentence and "Germany" in sentence for sentence in sentences)
    # Years do not apply to organisations, nor to success stories.
    dated = [sentence for sentence in sentences if "1990" in sentence]
    assert bool(dated) is (page not in MAPS) and not [one for one in dated if "stories" in one]
    assert [button for button in app.button if button.label == "Clear all filters"]
    assert app.get("deck_gl_json_chart") == []


def test_the_way_out_leads_out(open_app):
    """Clearing the filters on an emptied page brings its rows back."""
    app = open_app("events", NOTHING)
    assert not app.dataframe
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert app.dataframe and not app.info and not app.exception


@pytest.mark.parametrize("page", ["policies", "events"])
def test_filter_stands_under_the_title_in_words(open_app, page):
    """Whoever gets a screenshot knows what was filtered."""
    app = open_app(page, {"sector": "energy", "from": "2015"})
    assert any("Energy" in text.value and "since 2015" in text.value for text in app.markdown), [
        t.value for t in app.markdown
    ][:4]


@pytest.mark.parametrize("page", PAGES)
def test_database_that_cannot_be_built(open_app, tmp_path, page, monkeypatch, approved_screen):
    """One sentence and the command to run, no traceback."""

    def refuse(*_: object) -> None:
        raise FirstBuildError("The disk is full.")

    monkeypatch.setattr(first_build, "build_first", refuse)
    app = open_app(page, database=tmp_path / "none.duckdb")
    assert [error.value for error in app.exception] == []
    assert len(app.error) == 1 and app.error[0].value.startswith("The disk is full. To build the database, run")
    assert [code.value for code in app.code] == ["python -m etl build"]
    if page == "overview":
        approved_screen("no-database", app)


@pytest.mark.parametrize("page", ["overview", "map", "sources"])
def test_database_of_another_version(open_app, tmp_path, page):
    """An older or newer build is named, with both versions and the same command."""
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute(f"CREATE TABLE build_info AS SELECT {SCHEMA_VERSION + 1} AS schema_version")
    app = open_app(page, database=other)
    assert [error.value for error in app.exception] == []
    assert str(SCHEMA_VERSION + 1) in app.error[0].value and str(SCHEMA_VERSION) in app.error[0].value
    assert [code.value for code in app.code] == ["python -m etl build"]


@pytest.mark.parametrize("contents", [b"", b"not a database", b"\0" * 4096])
def test_file_that_is_no_database(open_app, tmp_path, contents):
    """A broken file is told like a missing one."""
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(contents)
    app = open_app("overview", database=broken)
    assert [error.value for error in app.exception] == []
    assert len(app.error) == 1 and [code.value for code in app.code] == ["python -m etl build"]


@pytest.mark.slow
def test_the_first_reader_of_a_fresh_clone_gets_the_page(open_app, tmp_path):
    """`streamlit run dashboard.py` is enough: the database is built, then the page is drawn."""
    link = tmp_path / "build" / "clusters.duckdb"
    app = open_app("overview", database=link)
    assert not app.exception
    assert link.is_symlink()
    assert [title.value for title in app.title] != ["The data are not ready"]
    assert app.title


def test_a_file_that_is_no_database_is_told_and_kept(open_app, tmp_path):
    mine = tmp_path / "mine.duckdb"
    mine.write_bytes(b"not a database")
    app = open_app("overview", database=mine)
    assert [title.value for title in app.title] == ["The data are not ready"]
    assert mine.read_bytes() == b"not a database"
    assert str(tmp_path) not in app.error[0].value

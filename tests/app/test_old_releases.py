"""Links of an earlier release: its figures where they are kept, else those of today, each told in one line."""

import csv
from pathlib import Path

import pytest

from etl.release_archive import ArchiveError
from settings import ROOT
from tests.old_release import EVENTS, OLD
from ui.frame import released
from warehouse import earlier_releases, query_cache
from warehouse.connection import open_database


@pytest.fixture(autouse=True)
def _nothing_found_yet():
    earlier_releases._FOUND.clear()
    yield
    earlier_releases._FOUND.clear()


@pytest.fixture
def kept(old_database, monkeypatch):
    """The release is kept; the list has the releases that were asked for."""
    asked = []
    monkeypatch.setattr("etl.released.released_database", lambda _i, _l, name, _r: asked.append(name) or old_database)
    return asked


def words(app) -> str:
    kinds = (app.markdown, app.info, app.warning, app.caption)
    return "\n".join(one.value for kind in kinds for one in kind).replace("\\", "")


def links(app) -> list[str]:
    return [link.proto.query_string for link in app.get("page_link")]


def changed_figures(database: Path) -> list[str]:
    """Lines of the list of headline figures that have another value today than in the file of the release."""
    with (ROOT / "data" / "releases" / f"{OLD}.csv").open(encoding="utf-8", newline="") as file:
        then = {row["record_id"]: row["value"] for row in csv.DictReader(file) if row["table_name"] == "headline"}
    with open_database(database) as connection:
        now = dict(connection.execute("SELECT figure, value FROM headline_figures").fetchall())
    return [f"- {name}" for name in sorted(then) if now.get(name) != then[name]]


def test_a_kept_release_is_shown_and_marked(open_app, kept):
    """Its figures, one line that says so, links that stay with it, files of it, and the way to those of today."""
    app = open_app("events", {"release": OLD})
    assert [error.value for error in app.exception] == [] and kept == [OLD]
    assert f"You see the figures of release {OLD} of 22 November 2026." in words(app)
    assert "changed since" in words(app) and f"Data {OLD}, 22 November 2026" in words(app)
    events = len(app.dataframe[0].value)
    assert events == EVENTS
    menu = [link for link in links(app) if "view=changes" not in link]
    assert menu and all(f"release={OLD}" in link for link in menu)
    # A run of a fragment, or a second page, builds nothing again.
    app.run()
    assert kept == [OLD]
    assert app.button(key="forget_release").label == "Show the figures of today"
    app.button(key="forget_release").click().run()
    assert "release" not in app.query_params and len(app.dataframe[0].value) > 3
    assert "You see the figures of release" not in words(app)


def test_work_of_a_page_keeps_its_database(published, old_database):
    """A file that is made later, in another thread, is of the database that the page showed."""
    query_cache.choose_database_by(lambda: old_database)
    try:
        make = query_cache.bound(query_cache.release_name)
    finally:
        query_cache.choose_database_by(released.database_of_reader)
    assert make() == OLD != query_cache.release_name()


def test_a_release_that_is_not_kept_shows_today(open_app, shipped_database):
    app = open_app("events", {"release": OLD})
    assert [error.value for error in app.exception] == []
    assert f"The data of release {OLD} are not kept here. What you see is Data " in words(app)
    assert len(app.dataframe[0].value) > 3
    assert app.button(key="forget_release").label == "Dismiss this note"
    assert "The headline figures that changed" in [panel.label for panel in app.expander]
    (changes,) = (link.proto for link in app.get("page_link") if "view=changes" in link.proto.query_string)
    assert changes.label == "All changes, fact by fact" and changes.page == "sources"
    (listed,) = (text.value for text in app.markdown if text.value.startswith("- ") and ", now " in text.value)
    assert [line.split(":")[0] for line in listed.replace("\\", "").splitlines()] == changed_figures(shipped_database)


def test_a_release_that_cannot_be_built_is_asked_for_once(open_app, monkeypatch):
    asked = []

    def refuse(_inputs, _link, name, _report):
        asked.append(name)
        raise ArchiveError("The data of release 1 are in version 9 of the schema; this program reads up to version 8.")

    monkeypatch.setattr("etl.released.released_database", refuse)
    app = open_app("map", {"release": OLD})
    app.run()
    assert asked == [OLD] and "this program reads up to version 8. What you see is Data " in words(app)

"""What a shared link shows: title, text and picture in the head of each page, read as a program of others reads it."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit import file_util
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from api.shared_links import SharedLinks
from domain.pages import PAGES, START_PAGE
from settings import ROOT
from tests.api_client import Reply, ask
from tests.old_release import OLD
from warehouse import earlier_releases, query_cache

pytestmark = pytest.mark.usefixtures("published")
APP = SharedLinks(create_streamlit_static_handler(file_util.get_static_dir(), ""))


class Head(HTMLParser):
    """Title and properties of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.found: dict[str, str] = {}
        self.scripts = 0
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._in_title = tag == "title"
        self.scripts += tag == "script"
        if tag == "meta" and (name := values.get("property") or values.get("name")):
            assert name not in self.found, name
            self.found[name] = values["content"]

    def handle_data(self, data):
        if self._in_title:
            self.titles.append(data)

    def handle_endtag(self, tag):
        self._in_title = False


def head(url: str, **headers: str) -> Head:
    reply = ask(url, APP, **headers)
    assert reply.status == 200 and int(reply.headers["content-length"]) == len(reply.body)
    return Head(reply.body.decode())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_title_text_and_picture_of_its_own(page):
    path = "/" if page.name == START_PAGE else f"/{page.name}"
    read = head(path)
    assert read.titles == [page.browser_title] == [read.found["og:title"]]
    assert read.found["og:description"] == read.found["description"]
    assert query_cache.release_line() in read.found["og:description"]
    assert read.found["og:url"] == f"http://clusters.test{path}"
    picture = read.found["og:image"].removeprefix("http://clusters.test/app/static/")
    assert (ROOT / "static" / picture).read_bytes().startswith(b"\x89PNG")
    assert Path(picture).stem in (page.name, START_PAGE)  # a new page has that of the start page until one is taken


def test_the_text_is_the_finding_under_the_filters_of_the_link(run_query):
    ((events,),) = run_query("SELECT count(*) FROM event_register WHERE list_contains(sector_ids, 'energy')")
    text = head("/events?sector=energy&year=2015").found["og:description"]
    assert text.startswith(f"{events} events for Energy") and "Filter: Energy." in text
    assert "Filter" not in head("/events").found["og:description"]
    card = head("/projects?embed=true&card=generations").found["og:description"]
    assert card != head("/projects").found["og:description"]


def test_a_link_to_the_explorer_tells_what_it_counts(facts):
    stored = facts("organisations")
    polish = [row for row in stored if row["country_code"] == "PL"]
    text = head("/explore?register=organisations&country=PL").found["og:description"]
    assert text.startswith(f"{len(polish)} of {len(stored)} organisations: Poland. Data ")


def test_an_open_record_is_the_title(facts):
    name = next(row["name"] for row in facts("organisations") if row["organisation_id"] == "plastipolis")
    assert head("/map?organisation=plastipolis").titles[0].startswith(f"{name} – ")
    assert head("/map?organisation=nobody").titles == head("/map").titles


def test_figures_of_another_release_are_its_own_or_not_claimed(old_database, monkeypatch):
    text = head(f"/events?release={OLD}").found["og:description"]
    assert f"The link names release {OLD}." in text and "Data " not in text
    monkeypatch.setitem(earlier_releases._FOUND, OLD, old_database)
    assert f"Data {OLD}, 22 November 2026." in head(f"/events?release={OLD}").found["og:description"]


@pytest.mark.parametrize("parameter", ["sector", "organisation", "release", "card", "x"])
def test_hostile_values_are_only_text(parameter):
    value = quote('"><script>alert(1)</script>')
    read = head(f"/events?{parameter}={value}")
    assert read.scripts == head("/events").scripts and len(read.titles) == 1


def test_the_public_address_goes_before_that_of_the_request(monkeypatch):
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://clusters.example.org/eu-us")
    read = head("/events?sector=energy")
    assert read.found["og:url"] == "https://clusters.example.org/eu-us/events?sector=energy"
    assert read.found["og:image"] == "https://clusters.example.org/eu-us/app/static/share/events.png"


def test_pages_are_never_taken_from_a_cache_and_other_files_are_as_they_are():
    """The file is the same for all pages, so its mark would let a browser show the words of another view."""
    plain: Reply = ask("/favicon.png", APP)
    again = ask("/favicon.png", APP, if_none_match=plain.headers["etag"])
    assert plain.body == (Path(file_util.get_static_dir()) / "favicon.png").read_bytes() and again.status == 304
    page = ask("/events", APP, if_none_match=plain.headers["etag"], accept_encoding="gzip")
    assert page.status == 200 and "etag" not in page.headers and page.headers["cache-control"] == "no-cache"
    assert ask("/no/such/file.js", APP).status in (200, 404)


def test_without_a_database_the_page_opens(monkeypatch, tmp_path):
    monkeypatch.setenv("CLUSTERS_DB", str(tmp_path / "none.duckdb"))
    read = head("/events")
    assert read.titles and read.found["og:description"]

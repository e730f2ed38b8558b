"""The data API of an earlier release: its figures, marked as such, or why they cannot be had."""

import csv
import io
import threading

import duckdb
import pytest

from api.releases import _Opening, open_releases_by
from tests.api_client import ask
from tests.old_release import EVENTS, OLD
from warehouse import earlier_releases

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture(autouse=True)
def _nothing_open_yet():
    earlier_releases._FOUND.clear()
    yield
    earlier_releases._FOUND.clear()
    open_releases_by(None)


def threads_of_releases() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("release ")]


def opened(how) -> list[str]:
    """Have releases opened by ``how``; gives the list of the ids that are asked for."""
    asked = []
    open_releases_by(lambda name, _report: asked.append(name) or how(name))
    return asked


def test_an_earlier_release_answers_with_its_own_figures_and_is_marked(old_database, shipped_database):
    """Prepared once, then every register and card is of that release, in all formats and on every page of rows."""
    asked = opened(lambda _name: old_database)
    with duckdb.connect(str(old_database), read_only=True) as connection:
        wanted = {key for (key,) in connection.execute("SELECT event_id FROM event_register").fetchall()}
    now, then = ask("/api/v1/events"), ask(f"/api/v1/events?release={OLD}&limit=2")
    assert then.status == 200 and asked == [OLD]
    assert (then.json["release"], then.json["count"]) == (OLD, EVENTS) and now.json["count"] > EVENTS
    assert then.json["note"].startswith(f"You see the figures of release {OLD} of 22 November 2026. ")
    assert then.json["newest_release"] == now.json["release"] and "note" not in now.json
    assert (then.headers["x-data-release"], now.headers["x-data-release"]) == (OLD, now.json["release"])
    after = ask(then.headers["link"].split(">")[0].removeprefix("<http://clusters.test"))
    assert {row["event_id"] for row in then.json["rows"] + after.json["rows"]} == wanted
    file = ask(f"/api/v1/events?release={OLD}&format=csv")
    assert len(list(csv.DictReader(io.StringIO(file.body.decode("utf-8-sig"))))) == EVENTS
    assert f'filename="events--{OLD}.csv"' in file.headers["content-disposition"]
    for url in ("/api/v1", "/api/v1/cards", "/api/v1/cards/usa_share", "/api/v1/cooperations/edges"):
        assert ask(f"{url}?release={OLD}").json["release"] == OLD, url
    listed = ask(f"/api/v1?release={OLD}").json
    assert {one["name"]: one["count"] for one in listed["registers"]}["events"] == EVENTS
    assert OLD in listed["releases"] and ask("/api/v1").json["releases"] == listed["releases"]


def test_the_mark_of_an_answer_changes_with_release_and_published_build(old_database, monkeypatch, tmp_path):
    opened(lambda _name: old_database)
    url = f"/api/v1/policies?release={OLD}"
    tag = ask(url).headers["etag"]
    assert ask(url, if_none_match=tag).status == 304 and ask("/api/v1/policies").headers["etag"] != tag
    # What changed since is told in the answer, so that a new published build changes it.
    monkeypatch.setenv("CLUSTERS_DB", str(_with_another_build(old_database, tmp_path)))
    assert ask(url, if_none_match=tag).status == 200


def _with_another_build(database, folder):
    path = folder / "published.duckdb"
    path.write_bytes(database.read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE build_info SET release_id = NULL, build_id = 'published later'")
    return path


def test_what_cannot_be_had_says_why():
    """A release that nobody wrote, and one whose data are not kept: never the figures of today."""
    unknown = ask("/api/v1/events?release=2020-01-01")
    assert unknown.status == 400 and f"release=2020-01-01 is not known; known are {OLD}" in unknown.json["error"]
    alone = ask(f"/api/v1/events?release={OLD}")
    assert (alone.status, alone.json["error"]) == (404, "This server answers for the newest release alone.")
    opened(lambda name: f"The data of release {name} are not kept here.")
    reply = ask(f"/api/v1/cards/usa_share?release={OLD}")
    assert (reply.status, reply.json["error"]) == (404, f"The data of release {OLD} are not kept here.")
    for url in ("/api/v1?x=1", "/api/v1/cards?sector=energy"):
        assert ask(url).status == 400 and "Known: release" in ask(url).json["error"]


def test_a_release_is_prepared_by_one_thread():
    """Requests that come meanwhile are told to wait, and hold up nothing."""
    go_on = threading.Event()
    open_releases_by(lambda name, _report: go_on.wait(60) and f"{name} is here.")
    try:
        replies = [ask(f"/api/v1/events?release={OLD}") for _ in range(5)]
        assert {(one.status, one.headers["retry-after"]) for one in replies} == {(503, "30")}
        assert f"release {OLD} are being prepared" in replies[0].json["error"]
        (thread,) = threads_of_releases()
        assert ask("/api/v1/events").status == 200
    finally:
        go_on.set()
    thread.join()
    assert not _Opening.running and ask(f"/api/v1/events?release={OLD}").json["error"] == f"{OLD} is here."


def test_the_description_names_the_release_of_every_address():
    for path, item in ask("/api/v1/openapi.json").json["paths"].items():
        assert "release" in [one["name"] for one in item["get"]["parameters"]], path

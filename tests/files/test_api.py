"""The data API: rows, counts and formats against the CSV files of data/, and read by programs that are not ours."""

import csv
import io
import json
from itertools import combinations
from urllib.parse import urlencode
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from openapi_spec_validator import validate

from api.shared_links import SharedLinks
from tests.api_client import APP, ask
from tests.card_checks import random_choices, to_filters
from tests.oracle_records import ID
from warehouse import query_cache

pytestmark = pytest.mark.usefixtures("published")
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def table(body: bytes) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def pages_of(path: str, limit: int) -> list[dict]:
    """All rows of a register, page after page by the links of the replies."""
    rows, url = [], f"{path}{'&' if '?' in path else '?'}limit={limit}"
    while url:
        reply = ask(url)
        assert reply.status == 200
        rows += reply.json["rows"]
        link = reply.headers.get("link", "")
        url = link.split(">")[0].removeprefix("<http://clusters.test") if link else ""
    return rows


@pytest.mark.parametrize(
    ("register", "key"),
    [
        ("organisations", "organisation_id"),
        ("projects", "project_id"),
        ("events", "event_id"),
        ("success_stories", "story_id"),
    ],
)
def test_all_pages_hold_every_record_once(facts, register, key):
    rows = pages_of(f"/api/v1/{register}", 37)
    assert sorted(row[key] for row in rows) == sorted(row[key] for row in facts(register))


def test_rows_are_those_known_to_match_and_the_others_are_told_apart(facts):
    """Poland: by the column country_code of data/organisations.csv; a blank one might be Poland."""
    stored = facts("organisations")
    reply = ask("/api/v1/organisations?country=PL&limit=1000").json
    wanted = {row["organisation_id"] for row in stored if row["country_code"] == "PL"}
    assert {row["organisation_id"] for row in reply["rows"]} == wanted and reply["count"] == len(wanted)
    unknown = [row for row in stored if not row["country_code"]]
    assert reply["not_counted"] and "no recorded country" in reply["not_counted"]
    assert int(reply["not_counted"].split(" ")[0]) <= len(unknown)


@pytest.mark.parametrize("register", ["organisations", "projects", "cooperations", "policies", "events"])
def test_twenty_random_filters(oracle, register):
    """Ids of the rows, as tests/oracle.py works them out from the files of data/; each register has some to give."""
    key, found = ID.get(register, f"{register[:-1]}_id"), 0
    for chosen in random_choices(20, 14, query_cache.vocabulary()):
        wanted = sorted(record.id for record in oracle.matching(register, chosen))
        reply = ask(f"/api/v1/{register}?limit=1000&{urlencode(to_filters(chosen).to_params())}").json
        assert sorted(row[key] for row in reply["rows"]) == wanted and reply["count"] == len(wanted), chosen
        found += len(wanted)
    assert found


def test_values_have_types_and_unknown_is_null(facts):
    stored = {row["organisation_id"]: row for row in facts("organisations")}
    for row in pages_of("/api/v1/organisations", 1000):
        before = stored[row["organisation_id"]]
        assert row["latitude"] == (float(before["latitude"]) if before["latitude"] else None)
        assert row["member_count"] == (int(before["member_count"]) if before["member_count"] else None)
        assert row["is_cluster_organisation"] is (before["is_cluster_organisation"] == "true")
        assert isinstance(row["theme_ids"], list)


def test_all_formats_hold_the_same_rows():
    query = "sector=energy&limit=1000"
    rows = ask(f"/api/v1/events?{query}").json["rows"]
    assert rows
    cells = table(ask(f"/api/v1/events?{query}&format=csv").body)
    parquet = pq.read_table(io.BytesIO(ask(f"/api/v1/events?{query}&format=parquet").body)).to_pylist()
    assert (
        [row["event_id"] for row in cells] == [row["event_id"] for row in parquet] == [row["event_id"] for row in rows]
    )
    for one, other, cell in zip(rows, parquet, cells, strict=True):
        assert one["start_on"] == (other["start_on"].isoformat() if other["start_on"] else None)
        assert (one["start_on"] or "") == cell["start_on"]
        assert one["themes"] == other["themes"] and "|".join(one["themes"]) == cell["themes"]


def test_organisations_are_points_where_their_city_is_known(facts):
    stored = {row["organisation_id"]: row for row in facts("organisations")}
    content = ask("/api/v1/organisations?format=geojson&limit=1000").json
    assert content["type"] == "FeatureCollection" and len(content["features"]) == len(stored)
    for feature in content["features"]:
        row = stored[feature["id"]]
        drawn = [float(row["longitude"]), float(row["latitude"])] if row["location_precision"] == "city" else None
        assert (feature["geometry"] or {}).get("coordinates") == drawn
        assert drawn is None or feature["geometry"]["type"] == "Point"


def test_cooperations_are_lines_between_cities(facts):
    stored = {row["organisation_id"]: row for row in facts("organisations")}
    content = ask("/api/v1/cooperations?format=geojson&limit=1000").json
    assert content["features"] and content["count"] == len(content["features"])
    for feature in content["features"]:
        ends = [stored[feature["properties"][f"{side}_organisation_id"]] for side in ("eu", "us")]
        assert [row["side"] for row in ends] == ["EU", "US"]
        wanted = [[float(row["longitude"]), float(row["latitude"])] for row in ends]
        assert feature["geometry"] == {"type": "LineString", "coordinates": wanted}


def test_edges_are_all_pairs_of_parties(facts):
    """Counted from data/cooperation_parties.csv; renewals count with the agreement they renew."""
    renewals = {row["cooperation_id"] for row in facts("cooperation_renewals")}
    parties: dict[str, list[str]] = {}
    for row in sorted(facts("cooperation_parties"), key=lambda row: int(row["party_order"])):
        if row["organisation_id"] and row["cooperation_id"] not in renewals:
            parties.setdefault(row["cooperation_id"], []).append(row["organisation_id"])
    wanted = sorted(
        (key, one, other) for key, names in parties.items() for one, other in combinations(names, 2) if one != other
    )
    rows = pages_of("/api/v1/cooperations/edges", 1000)
    assert sorted((row["cooperation_id"], row["source"], row["target"]) for row in rows) == wanted


def test_a_card_has_its_finding_rows_and_sources():
    listed = [card["name"] for card in ask("/api/v1/cards").json["cards"]]
    assert {"usa_share", "documents"} <= set(listed)
    for name in listed:
        reply = ask(f"/api/v1/cards/{name}")
        assert reply.status == 200, name
        content = reply.json
        # The rows of documents are the sources themselves, which nothing else is cited for.
        has_sources = bool(content.get("sources")) or name == "documents"
        assert content["finding"] is None or (content["rows"] and has_sources and content["method"]), name


def test_what_nothing_is_left_of_says_so():
    reply = ask("/api/v1/events?country=LV&sector=water&from=1991&to=1992").json
    assert reply["rows"] == [] and reply["count"] == 0


def test_a_reader_who_has_it_already_gets_nothing_new():
    """Through the middleware of the server, too, for which /policies is a page."""
    first = ask("/api/v1/policies")
    for app in (APP, SharedLinks(APP)):
        again = ask("/api/v1/policies", app, if_none_match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
    assert ask("/api/v1/policies?limit=1").headers["etag"] != first.headers["etag"]


def test_a_script_of_another_site_may_ask_whether_something_changed():
    """A browser asks with OPTIONS before it sends If-None-Match, and reads a refusal of what would change data."""
    for url in ("/api/v1", "/api/v1/events?sector=energy", "/api/v1/cards/map", "/api/v1/feed.atom"):
        reply = ask(
            url,
            method="OPTIONS",
            origin="https://other.example",
            access_control_request_method="GET",
            access_control_request_headers="if-none-match",
        )
        assert 200 <= reply.status < 300 and reply.headers["access-control-allow-origin"] == "*", url
        allowed = {one.strip().casefold() for one in reply.headers["access-control-allow-headers"].split(",")}
        assert allowed & {"*", "if-none-match"} and "GET" in reply.headers["access-control-allow-methods"]
    refused = ask("/api/v1/events", method="POST")
    assert refused.status == 405 and "GET" in refused.headers["allow"] and "read" in refused.json["error"]
    assert refused.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [
        ("/api/v1/nothing", 404, "organisations"),
        ("/api/v1/events?country=XX", 400, "country “XX” is not known"),
        ("/api/v1/events?sectr=energy", 400, "Unknown parameters: sectr"),
        ("/api/v1/events?limit=0", 400, "limit=0 is not a whole number from 1 to 1,000"),
        ("/api/v1/events?limit=1e3", 400, "limit="),
        ("/api/v1/events?offset=-1", 400, "offset="),
        ("/api/v1/events?from=20x5", 400, "from="),
        ("/api/v1/events?format=xml", 400, "json, csv, parquet and geojson"),
        ("/api/v1/policies?format=geojson", 400, "organisations and cooperations"),
        ("/api/v1/cards/nothing", 404, "/api/v1/cards"),
        ("/api/v1/cards/nothing?x=1", 404, "/api/v1/cards"),
        ("/api/v2/events", 404, "openapi.json"),
        ("/api/v1/events?" + urlencode({"country": "'; DROP TABLE events; --"}), 400, "not known"),
        ("/api/v1/" + "a" * 5000, 404, "no register"),
    ],
)
def test_what_cannot_be_answered_says_why(url, status, told):
    reply = ask(url)
    assert reply.status == status and told in reply.json["error"]
    assert len(reply.json["error"]) < 400 and "/data/" not in reply.json["error"]
    assert reply.headers["access-control-allow-origin"] == "*", "a script of another site reads the fault"


def test_a_text_that_a_spreadsheet_would_run_is_text():
    """No cell of any register begins with a sign that starts a formula."""
    for register in (one["name"] for one in ask("/api/v1").json["registers"]):
        for row in table(ask(f"/api/v1/{register}?format=csv&limit=1000").body):
            assert not any(value.startswith(("=", "@", "\t", "\r")) for value in row.values())


def test_the_description_is_valid_and_names_every_register():
    content = ask("/api/v1/openapi.json").json
    validate(content)
    for register in (one["name"] for one in ask("/api/v1").json["registers"]):
        assert f"/api/v1/{register}" in content["paths"]
        row = ask(f"/api/v1/{register}?limit=1").json["rows"][0]
        assert set(row) == set(content["components"]["schemas"][register]["properties"]), register


def test_the_feed_lists_every_release(facts):
    from settings import ROOT

    feed = ElementTree.fromstring(ask("/api/v1/feed.atom").body)
    ids = [entry.findtext("a:id", namespaces=ATOM).rsplit(":", 1)[1] for entry in feed.findall("a:entry", ATOM)]
    assert sorted(ids) == sorted(path.stem for path in (ROOT / "data/releases").glob("*.csv"))
    assert ids == sorted(ids, reverse=True)


def test_the_feed_counts_facts_as_the_files_of_the_releases_do():
    """Hashes of two releases compared here; tables that hold no facts are named apart."""
    from settings import ROOT

    others = ("checksum", "headline", "whole table")

    def facts_of(path):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {(row["table_name"], row["record_id"]): row["hash"] for row in rows if row["table_name"] not in others}

    older, newer = sorted((ROOT / "data/releases").glob("*.csv"), key=lambda path: path.stem)[-2:]
    then, now = facts_of(older), facts_of(newer)
    changed = sum(then.get(key) != now.get(key) for key in then.keys() | now.keys())
    feed = ElementTree.fromstring(ask("/api/v1/feed.atom").body)
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert titles[0] == f"Data {newer.stem}: {changed} facts changed"
    assert titles[-1].endswith(": the first release")


def test_health_robots_and_site_map():
    assert ask("/healthz").json["status"] == "ok"
    assert "Sitemap: http://clusters.test/sitemap.xml" in ask("/robots.txt").body.decode()
    places = ElementTree.fromstring(ask("/sitemap.xml").body).findall(".//{*}loc")
    assert {"http://clusters.test/", "http://clusters.test/map"} <= {place.text for place in places}


def test_without_a_database_each_route_says_to_try_again(monkeypatch, tmp_path):
    monkeypatch.setenv("CLUSTERS_DB", str(tmp_path / "missing.duckdb"))
    for url in ("/healthz", "/api/v1", "/api/v1/events", "/api/v1/cards", "/api/v1/feed.atom", "/sitemap.xml"):
        reply = ask(url)
        assert reply.status == 503, url
        assert str(tmp_path) not in reply.body.decode()


def test_json_has_no_value_outside_its_standard():
    """NaN and infinity are not JSON."""
    for name in ("organisations", "horizon_projects"):
        json.loads(ask(f"/api/v1/{name}?limit=1000").body, parse_constant=lambda name: pytest.fail(name))

"""python -m etl add: one command for an organisation, an event, an agreement, a source or a name; no file edited."""

import json

import duckdb
import pytest
from maintain_data import copy_of_the_data, guard_every_table, hashes, rows
from typer.testing import CliRunner

from etl.__main__ import app

SOURCE = ("--source", "eccp-gen2", "--locator", "heading")
ORGANISATION = ("--name", "Water Cluster", "--kind", "cluster_organisation", "--country", "France", "--sector", "water")


@pytest.fixture
def run(monkeypatch):
    """`run(argument, …, typed=…)` gives the result of a command; `typed` are the lines of its user."""
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments, typed=None):
        return CliRunner().invoke(app, list(arguments), input=None if typed is None else "\n".join(typed) + "\n")

    return invoke


@pytest.fixture
def add(run, data):
    """`add(kind, option, …)` adds to the tiny dataset without asking."""
    guard_every_table(data)
    return lambda kind, *options, **typed: run(
        "add", kind, *options, "--data", "data", *(() if typed else ("--yes",)), **typed
    )


def row(data, table, **cells):
    """The one row of a file with these cells."""
    (found,) = [r for r in rows(data, table) if all(r[column] == value for column, value in cells.items())]
    return found


def cited(data, table, record_id):
    """(field, source, locator) of the citations of a record."""
    return {
        (r["field"], r["source_id"], r["locator"])
        for r in rows(data, "citations")
        if (r["table_name"], r["record_id"]) == (table, record_id)
    }


@pytest.mark.slow
def test_three_commands_add_an_organisation_an_event_and_an_agreement(run, tmp_path, monkeypatch):
    """Each is one command and the files are never touched by hand; the build passes and the change log shows all."""
    monkeypatch.chdir(tmp_path)
    data = copy_of_the_data(tmp_path)
    before = {table: rows(data, table) for table in ("organisations", "events", "cooperations", "citations")}
    (tmp_path / "organisation.toml").write_text(
        """
        name = "Example Water Cluster of Styria"
        kind = "cluster organisation"
        country = "Austria"
        place = "Graz"
        latitude = 47.06667
        longitude = 15.45
        description = "Cluster of water technology firms."
        source = "https://www.example.org/about/"
        source_title = "About the cluster"
        source_publisher = "Example Water Cluster of Styria"
        source_published = "June 2026"
        source_reliability = "official"
        source_owner = "itself"
        locator = "page"
        """,
        encoding="utf-8",
    )
    (tmp_path / "event.json").write_text(
        json.dumps(
            {
                "name": "Signature of the memorandum of the Example Water Cluster",
                "kind": "signature",
                "status": "held",
                "date": "12 October 2026",
                "place": [{"place": "Milwaukee", "country": "US"}],
                "organisation": [
                    {"organisation": "Example Water Cluster of Styria", "role": "participant"},
                    "The Water Council; role=host",
                ],
                "sector": ["water"],
                "source": "http://example.org/about?utm_source=newsletter#top",
                "locator": "paragraph 2",
            }
        ),
        encoding="utf-8",
    )
    agreement = ("--kind", "mou", "--status", "signed", "--date", "12 October 2026", "--source", "About the cluster")
    parties = ("--party", "example-water-cluster-of-styria", "--party", "milwaukee-water-council; role=host")
    for command in (
        ("organisation", "--from", "organisation.toml"),
        ("event", "--from", "event.json"),
        ("cooperation", *agreement, *parties, "--locator", "paragraph 2"),
    ):
        result = run("add", *command, "--data", "data", "--yes")
        assert result.exit_code == 0, result.output
    assert "python -m etl add event --kind signature" in result.output
    for table, old in before.items():
        assert [r for r in rows(data, table) if r in old] == old, "the old rows stand in their order"
    link = tmp_path / "build" / "clusters.duckdb"
    assert run("build", "--data", "data", "--database", str(link)).exit_code == 0
    with duckdb.connect(str(link), read_only=True) as connection:
        log = connection.execute(
            "SELECT change, table_name, label FROM release_changes WHERE to_release_id IS NULL"
        ).fetchall()
        source = connection.execute("FROM sources WHERE source_id = 'example-org-about'").fetchall()
    assert {change for change, *_ in log} == {"added"}
    assert {
        ("organisations", "Example Water Cluster of Styria"),
        ("events", "Signature of the memorandum of the Example Water Cluster"),
        ("cooperations", "Example Water Cluster of Styria and Milwaukee Water Council MoU"),
    } <= {(table, label) for _, table, label in log}
    assert len(source) == 1, "the page is one source, however its address is written"
    # organisation, country, theme; event, place, two organisations, theme; agreement, two parties; the source
    assert len(log) == 12
    assert "since release" in run("describe", "--database", str(link)).stdout


def test_an_organisation_with_everything(add, data):
    """Country, region that is new, city, members, names, themes with their basis, and a citation for each row."""
    result = add(
        "organisation",
        *("--name", "Cluster de l'Eau e.V.", "--acronym", "CDE", "--kind", "1", "--country", "fr"),
        *("--region", "Brittany", "--place", "Brest", "--latitude", "48.3903", "--longitude", "-4.4863"),
        *("--website", "eau.example", "--founded-year", "2011", "--member-count", "40", "--alias", "Eau!"),
        *("--description", 'A cluster, of "water".', "--sector", "water; basis=stated", "--sector", "materials"),
        *SOURCE,
    )
    assert result.exit_code == 0, result.output
    new = "cluster-de-l-eau"
    assert row(data, "organisations", organisation_id=new) == {
        "organisation_id": new,
        "name": "Cluster de l'Eau e.V.",
        "acronym": "CDE",
        "kind": "cluster_organisation",
        "side": "EU",
        "country_code": "FR",
        "region_code": "fr-brittany",
        "place": "Brest",
        "latitude": "48.3903",
        "longitude": "-4.4863",
        "location_precision": "city",
        "location_basis": "researched",
        "location_note": "",
        "website": "eau.example",
        "founded_year": "2011",
        "member_count": "40",
        "member_count_as_of": "",
        "member_count_note": "",
        "is_cluster_organisation": "true",
        "named_in_seeds": "false",
        "successor_id": "",
        "description": 'A cluster, of "water".',
    }
    assert row(data, "regions", region_code="fr-brittany")["name"] == "Brittany"
    assert row(data, "missing_values", record_id=new)["field"] == "member_count_as_of"
    bases = {r["sector_id"]: r["basis"] for r in rows(data, "organisation_sectors") if r["organisation_id"] == new}
    assert bases == {"water": "stated", "materials": "assigned"}
    whole = {("*", "eccp-gen2", "heading")}
    point = {(field, "eccp-gen2", "heading") for field in ("latitude", "longitude")}  # GeoNames is not known here
    assert cited(data, "organisations", new) == whole | point
    for table, record_id in (
        ("organisation_countries", f"{new}|FR"),
        ("organisation_aliases", f"{new}|Eau!"),
        ("organisation_sectors", f"{new}|water"),
    ):
        assert cited(data, table, record_id) == whole
    assert row(data, "reconciliation", organisation_id=new)["decision"] == "added"


def test_an_organisation_of_a_seed_document_is_one(add, data):
    """What the two documents say is told apart, and a place that they give is stated."""
    assert add("organisation", *ORGANISATION, "--source", "d35", "--locator", "s2").exit_code == 0
    new = row(data, "organisations", organisation_id="water-cluster")
    assert (new["named_in_seeds"], new["location_basis"], new["location_precision"]) == ("true", "stated", "country")


def test_several_countries_and_none(add, data):
    """Several stand in their own table; a missing one has its reason."""
    two = ("--name", "Border Cluster", "--kind", "company", "--country", "France", "--country", "Netherlands")
    none = (
        "--name",
        "Cluster of Nowhere",
        "--kind",
        "company",
        "--side",
        "OTHER",
        "--country-missing",
        "not available",
    )
    assert add("organisation", *two, *SOURCE).exit_code == 0
    assert add("organisation", *none, *SOURCE).exit_code == 0
    reasons = {r["record_id"]: r["reason"] for r in rows(data, "missing_values") if r["field"] == "country_code"}
    assert reasons == {"border-cluster": "several values", "cluster-of-nowhere": "not available"}
    assert row(data, "organisations", organisation_id="border-cluster")["side"] == "EU"
    assert row(data, "organisations", organisation_id="cluster-of-nowhere")["location_precision"] == "unknown"


def test_a_place_takes_the_point_that_the_data_have(add, data):
    """Oyonnax is known; a city that is not has no point, and says so."""
    assert add("organisation", *ORGANISATION, "--place", "Oyonnax", *SOURCE).exit_code == 0
    assert row(data, "organisations", organisation_id="water-cluster")["latitude"] == "46.26"
    other = ("--name", "Second One", "--kind", "company", "--country", "FR", "--place", "Dole", *SOURCE)
    assert add("organisation", *other).exit_code == 0
    new = row(data, "organisations", organisation_id="second-one")
    assert (new["place"], new["latitude"], new["location_precision"]) == ("Dole", "", "country")
    assert "no point on the map" in new["location_note"]


@pytest.mark.parametrize(
    ("date", "start", "end", "precision"),
    [
        ("29 June 2023", "2023-06-29", "2023-06-29", "day"),
        ("15–19 May 2017", "2017-05-15", "2017-05-19", "day"),
        ("October 2017", "2017-10-01", "2017-10-31", "month"),
        ("autumn 2017", "2017-09-01", "2017-11-30", "season"),
        ("2015, in the name", "2015-01-01", "2015-12-31", "year"),
        ("", "", "", "undated"),
    ],
)
def test_dates_become_the_days_that_bound_them(add, data, date, start, end, precision):
    """As data/README.md says; without a date the reason is written."""
    named = ("--name", "Gathering", "--kind", "meeting", "--status", "held", "--date", date, "--place", "Oyonnax, FR")
    assert add("event", *named, *SOURCE).exit_code == 0
    new = row(data, "events", name="Gathering")
    assert (new["start_on"], new["end_on"], new["date_precision"], new["date_stated"]) == (start, end, precision, date)
    assert new["event_id"] == "-".join(["gathering", "oyonnax", start[:4]]).rstrip("-")
    missing = [r["reason"] for r in rows(data, "missing_values") if r["record_id"] == new["event_id"]]
    assert missing == ([] if start else ["not stated"])


def test_a_date_that_cannot_be_read_is_asked_for(add, data):
    """Nothing is guessed from the words."""
    words = ("--name", "Gathering", "--kind", "meeting", "--status", "held", "--date", "late in 2019", *SOURCE)
    refused = add("event", *words)
    assert refused.exit_code == 1 and "--date-precision is needed" in refused.stderr
    bounds = ("--date-precision", "year", "--start-on", "2019-01-01", "--end-on", "2019-12-31")
    assert add("event", *words, *bounds).exit_code == 0
    assert row(data, "events", name="Gathering")["date_stated"] == "late in 2019"


def test_places_of_an_event(add, data):
    """In order; a country alone, a place without a country and an event without a place say what is missing."""
    named = ("--name", "Tour", "--kind", "mission", "--status", "planned", "--date", "2024", *SOURCE)
    places = ("--place", "Oyonnax, France", "--place", "US", "--place", "place=near the coast; precision=unknown")
    assert add("event", *named, *places).exit_code == 0
    found = [r for r in rows(data, "event_places") if r["event_id"] == "tour-oyonnax-2024"]
    assert [(r["sequence"], r["place"], r["country_code"], r["location_precision"]) for r in found] == [
        ("1", "Oyonnax", "FR", "city"),
        ("2", "", "US", "country"),
        ("3", "near the coast", "", "unknown"),
    ]
    missing = {(r["record_id"], r["field"]) for r in rows(data, "missing_values") if "tour" in r["record_id"]}
    assert missing == {("tour-oyonnax-2024|2", "place"), ("tour-oyonnax-2024|3", "country_code")}


def test_parties_of_a_cooperation(add, data):
    """Organisations, projects and bodies without a name of their own; sides give is_eu_us."""
    result = add(
        "cooperation",
        *("--kind", "contact", "--status", "aspiration", "--title", "Contacts"),
        *("--party", "NWP", "--party", "WIINTECH2020; side=EU", "--sector", "water"),
        *("--party", "stated=Clusters of North America; side=US; role=host; country=US,CA"),
        *SOURCE,
    )
    assert result.exit_code == 0, result.output
    new = "contact-nwp-escp4i-wiintech2020"
    parties = [r for r in rows(data, "cooperation_parties") if r["cooperation_id"] == new]
    assert [(r["organisation_id"], r["project_id"], r["party_stated"], r["side"], r["role"]) for r in parties] == [
        ("nwp", "", "", "EU", ""),
        ("", "escp4i-wiintech2020", "", "EU", ""),
        ("", "", "Clusters of North America", "US", "host"),
    ]
    countries = [r for r in rows(data, "cooperation_party_countries")]
    assert [(r["party_order"], r["country_code"]) for r in countries] == [("3", "CA"), ("3", "US")]
    assert row(data, "cooperations", cooperation_id=new)["is_eu_us"] == "true"
    assert row(data, "missing_values", record_id=new)["reason"] == "not applicable", "an aspiration has no date"


def test_a_renewal_names_what_it_renews(add, data):
    """It is a cooperation of its own."""
    asked = ("--kind", "MoU", "--status", "renewed", "--party", "plastipolis", "--party", "polymer-ohio")
    refused = add("cooperation", *asked, "--date", "2016", *SOURCE)
    assert refused.exit_code == 1 and "--renews is needed" in refused.stderr
    done = add("cooperation", *asked, "--date", "2016", "--renews", "MoU on plastics", *SOURCE)
    assert done.exit_code == 0, done.output
    assert rows(data, "cooperation_renewals") == [
        {
            "cooperation_id": "mou-plastipolis-polymer-ohio-2016",
            "renewed_cooperation_id": "mou-plastipolis-polymerohio-2011",
        }
    ]


def test_a_source_with_its_owners_and_without_a_url(add, data):
    """An official one names whose page it is; a missing URL has its reason; a copy in an archive is kept."""
    page = (
        "--url",
        "https://www.nwp.example/en/about/",
        "--title",
        "About",
        "--publisher",
        "NWP",
        "--published",
        "2019",
    )
    owned = ("--reliability", "official", "--owner", "NWP", "--owner", "authority=European Commission")
    archived = ("--accessed", "2026-11-27", "--archive-url", "https://archive.example/1")
    assert add("source", *page, *owned, *archived).exit_code == 0
    new = row(data, "sources", source_id="nwp-example-en-about")
    assert (new["published_on"], new["published_precision"], new["accessed_on"]) == ("2019-01-01", "year", "2026-11-27")
    owners = {(r["owner_kind"], r["owner_id"]) for r in rows(data, "source_owners")}
    assert owners == {("organisation", "nwp"), ("authority", "European Commission")}
    assert row(data, "source_states", source_id="nwp-example-en-about")["archive_url"] == "https://archive.example/1"
    leaflet = ("--title", "A leaflet", "--publisher", "NWP", "--type", "report", "--url-missing", "withheld")
    assert add("source", *leaflet).exit_code == 0
    assert row(data, "missing_values", record_id="a-leaflet")["reason"] == "withheld"


def test_a_name_of_an_organisation_and_of_a_project(add, data):
    """With its source."""
    assert add("alias", "--of", "NWP", "--alias", "Water NL", *SOURCE).exit_code == 0
    assert add("alias", "--of", "escp4i-move", "--alias", "MOVE!", *SOURCE).exit_code == 0
    assert cited(data, "organisation_aliases", "nwp|Water NL") == {("*", "eccp-gen2", "heading")}
    assert cited(data, "project_aliases", "escp4i-move|MOVE!") == {("*", "eccp-gen2", "heading")}


def test_further_sources_are_cited_too(add, data):
    """Each row of the fact has both."""
    more = ("--also-cited", "d35; locator=s1.1, paragraph 2")
    assert add("alias", "--of", "nwp", "--alias", "Water NL", *SOURCE, *more).exit_code == 0
    both = {("*", "eccp-gen2", "heading"), ("*", "d35", "s1.1, paragraph 2")}
    assert cited(data, "organisation_aliases", "nwp|Water NL") == both


def test_options_and_files_give_the_same(run, data, tmp_path):
    """TOML, JSON and options: the files end up equal, byte by byte."""
    guard_every_table(data)
    start = hashes(data)
    written = {path: path.read_bytes() for path in data.rglob("*.csv")}
    answers = {"name": "Water Cluster", "kind": "cluster_organisation", "country": ["France"], "sector": ["water"]}
    answers |= {"source": "eccp-gen2", "locator": "heading", "founded_year": 2011}
    (tmp_path / "a.json").write_text(json.dumps(answers))
    (tmp_path / "a.toml").write_text("\n".join(f"{key} = {json.dumps(value)}" for key, value in answers.items()))
    options = (*ORGANISATION, *SOURCE, "--founded-year", "2011")
    results = []
    for arguments in (("--from", "a.json"), ("--from", "a.toml"), options):
        for path in set(data.rglob("*.csv")) - set(written):
            path.unlink()
        for path, content in written.items():
            path.write_bytes(content)
        assert run("add", "organisation", *arguments, "--data", "data", "--yes").exit_code == 0
        results.append(hashes(data))
    assert results[0] == results[1] == results[2] != start

"""python -m etl add: one command for an organisation, a source or a name, and no file edited."""

import json

import pytest
from maintain_data import add, cited, guard_every_table, hashes, row, rows

pytestmark = pytest.mark.slow

SOURCE = ("--source", "eccp-gen2", "--locator", "heading")
ORGANISATION = ("--name", "Water Cluster", "--kind", "cluster_organisation", "--country", "France", "--sector", "water")


@pytest.fixture(autouse=True)
def guarded(data):
    """The tiny dataset, whose checks guard every table."""
    guard_every_table(data)


def test_an_organisation_with_everything(data):
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


def test_an_organisation_of_a_seed_document_is_one(data):
    """What the two documents say is told apart, and a place that they give is stated."""
    assert add("organisation", *ORGANISATION, "--source", "d35", "--locator", "s2").exit_code == 0
    new = row(data, "organisations", organisation_id="water-cluster")
    assert (new["named_in_seeds"], new["location_basis"], new["location_precision"]) == ("true", "stated", "country")


def test_several_countries_and_none(data):
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


def test_a_place_takes_the_point_that_the_data_have(data):
    """Oyonnax is known; a city that is not has no point, and says so."""
    assert add("organisation", *ORGANISATION, "--place", "Oyonnax", *SOURCE).exit_code == 0
    assert row(data, "organisations", organisation_id="water-cluster")["latitude"] == "46.26"
    other = ("--name", "Second One", "--kind", "company", "--country", "FR", "--place", "Dole", *SOURCE)
    assert add("organisation", *other).exit_code == 0
    new = row(data, "organisations", organisation_id="second-one")
    assert (new["place"], new["latitude"], new["location_precision"]) == ("Dole", "", "country")
    assert "no point on the map" in new["location_note"]


def test_a_source_with_its_owners_and_without_a_url(data):
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


def test_a_name_of_an_organisation_and_of_a_project(data):
    """With its source."""
    assert add("alias", "--of", "NWP", "--alias", "Water NL", *SOURCE).exit_code == 0
    assert add("alias", "--of", "escp4i-move", "--alias", "MOVE!", *SOURCE).exit_code == 0
    assert cited(data, "organisation_aliases", "nwp|Water NL") == {("*", "eccp-gen2", "heading")}
    assert cited(data, "project_aliases", "escp4i-move|MOVE!") == {("*", "eccp-gen2", "heading")}


def test_further_sources_are_cited_too(data):
    """Each row of the fact has both."""
    more = ("--also-cited", "d35; locator=s1.1, paragraph 2")
    assert add("alias", "--of", "nwp", "--alias", "Water NL", *SOURCE, *more).exit_code == 0
    both = {("*", "eccp-gen2", "heading"), ("*", "d35", "s1.1, paragraph 2")}
    assert cited(data, "organisation_aliases", "nwp|Water NL") == both


def test_options_and_files_give_the_same(data, tmp_path):
    """TOML, JSON and options: the files end up equal, byte by byte."""
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
        assert add("organisation", *arguments).exit_code == 0
        results.append(hashes(data))
    assert results[0] == results[1] == results[2] != start


def test_a_new_city_gets_its_nuts_region(data):
    """Asked once for a city, then known; a region of another country is none, and NUTS codes name no region here."""
    regions = data / "lookups" / "regions.csv"
    new = "FRK2,Rhône-Alpes,FR,nuts2,\nNL31,Utrecht,NL,nuts2,\n"
    regions.write_text(regions.read_text(encoding="utf-8") + new, encoding="utf-8")
    named = ("--name", "First", "--kind", "company", "--country", "FR", "--place", "Dole", *SOURCE)
    assert "Known: FRK2 Rhône-Alpes." in add("organisation", *named, "--nuts", "NL31").stderr
    assert "--nuts-note is needed" in add("organisation", *named, "--nuts", "rhone alpes").stderr
    assert "'FRK2' is no region of FR" in add("organisation", *named, "--region", "FRK2").stderr
    assert add("organisation", *named, "--nuts", "rhone alpes", "--nuts-note", "Its point lies in it.").exit_code == 0
    assert rows(data, "nuts_of_cities") == [
        {
            "country_code": "FR",
            "place": "Dole",
            "nuts_code": "FRK2",
            "basis": "assigned",
            "note": "Its point lies in it.",
        }
    ]
    second = ("--name", "Second", *named[2:], "--nuts", "FRK2", "--nuts-note", "x")
    assert "it is known to lie in FRK2" in add("organisation", *second).stderr
    place = ("--name", "Third", "--kind", "company", "--country", "NL", "--region", "Veluwe", *SOURCE)
    assert add("organisation", *place, "--nuts", "Utrecht", "--nuts-note", "Lies in it.").exit_code == 0
    assert rows(data, "nuts_of_regions")[0]["region_code"] == "nl-veluwe"

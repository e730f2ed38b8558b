"""The whole dataset, opened with frictionless, rdflib, DuckDB and a reader of YAML, and compared with the database."""

import hashlib
import json
import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml
from frictionless import Package
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD
from typer.testing import CliRunner

from domain.progress import CancelledError
from exports.__main__ import app
from exports.dataset.write import dataset_files, write_dataset
from exports.pack import BadRequestError
from settings import ROOT

pytestmark = pytest.mark.slow  # writes and validates every table

URL = "https://data.example.org/clusters/"
SPDX, SCHEMA = Namespace("http://spdx.org/rdf/terms#"), Namespace("https://schema.org/")
NUMBERS = ("INTEGER", "BIGINT", "DOUBLE", "FLOAT", "HUGEINT")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The dataset as the command writes it."""
    out = tmp_path_factory.mktemp("portal") / "dataset"
    done = CliRunner().invoke(app, ["dataset", "--out", str(out), "--url", URL])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Data ") and str(out) in done.output
    return out


@pytest.fixture(scope="module")
def package(folder) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_frictionless_finds_no_fault(folder, package):
    """Types, keys, foreign keys and constraints of every CSV file hold."""
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "fieldName", "message"])[:10]
    assert {path.stem for path in (folder / "csv").iterdir()} == {one["name"] for one in package["resources"]}
    assert {path.stem for path in (folder / "parquet").iterdir()} == {one["name"] for one in package["resources"]}


def test_the_files_of_data_are_all_in_it(package):
    """Each CSV file of data/ and data/lookups/ is a table of the package."""
    files = {path.stem for path in (*(ROOT / "data").glob("*.csv"), *(ROOT / "data" / "lookups").glob("*.csv"))}
    assert files <= {one["name"] for one in package["resources"]}


def test_every_table_has_the_rows_and_sums_of_the_database(folder, package, shipped_database):
    with duckdb.connect(str(shipped_database.resolve()), read_only=True) as connection:
        for resource in package["resources"]:
            name = resource["name"]
            columns = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {name})").fetchall()
            sums = ", ".join(f'round(sum("{c}"), 6)' for c, kind in columns if kind in NUMBERS)
            counts = ", ".join(f'count("{c}")' for c, kind in columns if not kind.endswith("[]"))
            query = f"SELECT count(*), {counts}{', ' + sums if sums else ''} FROM "
            stored = connection.execute(query + name).fetchone()
            csv = f"read_csv('{folder}/csv/{name}.csv', header=true, all_varchar=true)"
            casts = query.replace('sum("', 'sum(CAST("').replace('"), 6)', '" AS DOUBLE)), 6)')
            assert connection.execute(casts + csv).fetchone() == pytest.approx(stored), name
            assert connection.execute(f"{query}'{folder}/parquet/{name}.parquet'").fetchone() == pytest.approx(stored)
            assert resource["rowCount"] == stored[0]


def test_reasons_for_blanks_stand_beside_them(folder, facts):
    """As in data/missing_values.csv, for dates of cooperations and countries of organisations."""
    for table, key, field in (
        ("cooperations", "cooperation_id", "start_on"),
        ("organisations", "organisation_id", "country_code"),
    ):
        wanted = {
            row["record_id"]: row["reason"]
            for row in facts("missing_values")
            if (row["table_name"], row["field"]) == (table, field)
        }
        rows = pq.read_table(folder / "parquet" / f"{table}.parquet", columns=[key, field, f"{field}_flag"]).to_pylist()
        assert {row[key]: row[f"{field}_flag"] for row in rows if row[f"{field}_flag"]} == wanted and wanted
        assert all(row[field] is None for row in rows if row[f"{field}_flag"])


def test_meanings_keys_and_rules_come_from_the_schema(package):
    resources = {one["name"]: one for one in package["resources"]}
    fields = [field for one in package["resources"] for field in one["schema"]["fields"]]
    assert [field["name"] for field in fields if not field["description"]] == []
    organisations = resources["organisations"]["schema"]
    assert organisations["primaryKey"] == ["organisation_id"]
    by_name = {field["name"]: field for field in organisations["fields"]}
    assert by_name["side"]["constraints"]["enum"] == ["EU", "US", "OTHER"]
    assert by_name["latitude"]["type"] == "number" and by_name["latitude"]["constraints"]["maximum"] == 90
    assert by_name["member_count"]["type"] == "integer" and by_name["member_count"]["constraints"] == {"minimum": 0}
    keys = resources["citations"]["schema"]["foreignKeys"]
    assert {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}} in keys
    assert resources["regional_statistics"]["licenses"] and "licenses" not in resources["organisations"]
    assert all(one["description"] for one in package["resources"])


def test_the_release_its_day_and_the_licences_are_named(folder, package, run_query):
    ((release,),) = run_query("SELECT coalesce(release_id, 'build ' || build_id[:8]) FROM build_info")
    assert package["version"] == release
    cited = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["type"], cited["version"], cited["license"]) == ("dataset", release, "CC-BY-4.0")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", cited["date-released"]) and cited["authors"][0]["name"]
    if re.match(r"\d{4}-", release):
        assert release.startswith(cited["date-released"])
    assert (folder / "LICENSE-data").read_bytes() == (ROOT / "LICENSE-data").read_bytes()
    parts = (folder / "LICENCES-OF-PARTS.md").read_text(encoding="utf-8")
    for licence, title in run_query("SELECT licence, s.title FROM datasets JOIN sources s USING (source_id)"):
        assert licence in parts and title in parts
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert release in text and "| `organisations` |" in text


def test_check_sums_are_those_of_all_other_files(folder):
    listed = dict(
        reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert listed == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items() if name != "SHA256SUMS"
    }


def test_portals_read_dcat_ap(folder):
    """What DCAT-AP 3 asks of a catalogue, a dataset and a distribution, and the check sum of the database."""
    graph = Graph().parse(folder / "dcat-ap.jsonld", format="json-ld")
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = graph.objects(catalogue, DCAT.dataset)
    assert dataset == URIRef(URL) and (dataset, RDF.type, DCAT.Dataset) in graph
    for subject in (catalogue, dataset):
        assert {DCTERMS.title, DCTERMS.description, DCTERMS.publisher} <= set(graph.predicates(subject))
    assert all(graph.value(one, FOAF.name) for one in graph.objects(dataset, DCTERMS.publisher))
    forms = list(graph.objects(dataset, DCAT.distribution))
    assert len(forms) == 3
    for form in forms:
        (address,) = graph.objects(form, DCAT.accessURL)
        assert isinstance(address, URIRef) and (folder / address.removeprefix(URL)).exists()
        assert graph.value(form, DCTERMS.license) and (form, RDF.type, DCAT.Distribution) in graph
    (form,) = graph.subjects(DCAT.downloadURL, URIRef(f"{URL}clusters.duckdb"))
    database = (folder / "clusters.duckdb").read_bytes()
    assert graph.value(form, DCAT.byteSize) == Literal(len(database), datatype=XSD.nonNegativeInteger)
    checksum = graph.value(graph.value(form, SPDX.checksum), SPDX.checksumValue)
    assert str(checksum).lower() == hashlib.sha256(database).hexdigest()


def test_search_engines_read_schema_org(folder):
    described = json.loads((folder / "dataset.jsonld").read_text(encoding="utf-8"))
    assert described["@context"] == "https://schema.org/"
    described["@context"] = {"@vocab": str(SCHEMA)}  # the same words without the network
    graph = Graph().parse(data=json.dumps(described), format="json-ld")
    (dataset,) = graph.subjects(RDF.type, SCHEMA.Dataset)
    for needed in (SCHEMA.name, SCHEMA.description, SCHEMA.license, SCHEMA.version, SCHEMA.datePublished):
        assert graph.value(dataset, needed)
    assert len(list(graph.objects(dataset, SCHEMA.distribution))) == 3


def test_same_data_same_bytes_whole_or_not_at_all(folder, tmp_path, monkeypatch):
    with pytest.raises(BadRequestError, match="not empty"):
        write_dataset(folder)
    again = {name: hashlib.sha256(data).hexdigest() for name, data in dataset_files(URL)}
    assert again == {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }

    def stop(part: float, _: str) -> None:
        if part > 0.5:
            raise CancelledError

    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "new", tmp_path / "empty"):
        with pytest.raises(CancelledError):
            write_dataset(out, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["empty"] and not any((tmp_path / "empty").iterdir())
    (tmp_path / "file").write_text("")
    with pytest.raises(BadRequestError, match="is a file"):
        write_dataset(tmp_path / "file")
    refused = CliRunner().invoke(app, ["dataset", "--out", str(tmp_path / "new"), "--url", "no address"])
    assert refused.exit_code == 1 and "is not the address of a folder" in refused.output

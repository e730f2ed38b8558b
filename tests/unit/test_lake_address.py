"""The address of a lake: how it is written, what is said of a wrong one, and that no message has its password."""

import dataclasses
from pathlib import Path

import duckdb
import pytest

from etl.lake import attach
from etl.lake.attach import Lake, LakeError, attached, lake_errors
from settings import ROOT, load_settings

ADDRESS = "ducklake:postgres:dbname=clusters host=db.example.org user=reader password=hush"


def test_the_address_is_no_path_and_each_lake_has_its_own_copies():
    settings = load_settings({"CLUSTERS_DB": ADDRESS, "CLUSTERS_LAKE_DATA": " s3://bucket/lake "})
    assert Lake.of(settings) == Lake(ADDRESS, "s3://bucket/lake")
    other = load_settings({"CLUSTERS_DB": ADDRESS.replace("clusters", "other")})
    assert settings.database.parent.parent == other.database.parent.parent == ROOT / "data" / "build"
    assert settings.database.name == "clusters.duckdb" and settings.database != other.database
    named = load_settings({"CLUSTERS_DB": ADDRESS, "CLUSTERS_LAKE_COPY": "/srv/copies"})
    assert named.database == Path("/srv/copies/clusters.duckdb")
    assert "hush" not in repr(settings) + repr(Lake.of(settings))
    file = load_settings({"CLUSTERS_DB": "/srv/clusters.duckdb", "CLUSTERS_LAKE_COPY": "/srv/copies"})
    assert (file.lake, file.database) == ("", Path("/srv/clusters.duckdb"))


def test_a_folder_for_the_files_is_found_from_any_folder():
    """The catalogue keeps it, and other programs run elsewhere."""
    settings = load_settings({"CLUSTERS_DB": ADDRESS, "CLUSTERS_LAKE_DATA": "store"})
    assert Lake.of(settings).data_path == str(Path("store").absolute())


@pytest.mark.parametrize(
    "address", ["ducklake:", "ducklake:postgres:", "ducklake:catalog.ducklake", "ducklake:mysql:db=x"]
)
def test_another_catalogue_is_refused_with_the_right_form(address):
    with pytest.raises(LakeError, match="Write it like ducklake:postgres:dbname="):
        Lake.of(load_settings({"CLUSTERS_DB": address}))


def test_without_a_lake_there_is_nothing_to_copy():
    with pytest.raises(LakeError, match="names no lake"):
        Lake.of(load_settings({}))


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.setattr(attach, "find_spec", lambda _name: None)
    with pytest.raises(LakeError, match="r requirements-lake"), attached(Lake(ADDRESS)):
        pass


# As DuckDB 1.5.5 writes them.
UNREACHABLE = (
    f'Failed to attach DuckLake MetaData "x" at path + "{ADDRESS}"Unable to connect to Postgres at '
    f'"{ADDRESS.removeprefix("ducklake:postgres:")}": connection refused'
)
OF_A_URI = "could not open postgresql://reader:hush@db/clusters"
QUOTED = "invalid option in dbname=clusters password = 'hush hush' host=db"


@pytest.mark.parametrize("told", [UNREACHABLE, OF_A_URI, QUOTED])
def test_no_message_has_the_password(told):
    with pytest.raises(LakeError) as raised, lake_errors():
        raise duckdb.IOException(told)
    assert "hush" not in str(raised.value) and raised.value.__cause__ is None
    assert str(raised.value).startswith("The lake cannot be used, or its copy on this machine: ")


def test_the_settings_of_a_lake_are_others():
    """They are kept for each set of values."""
    first, second = (load_settings({"CLUSTERS_DB": ADDRESS, "CLUSTERS_LAKE_DATA": data}) for data in ("a", "b"))
    assert dataclasses.replace(first, lake_data="b") == second != first

"""Archives of releases: what is kept, and the database that is built of it when a link asks for it."""

import os
import threading
import zipfile

import duckdb
import pytest
from etl_dataset import edit

from etl import released
from etl.errors import EtlError
from etl.pipeline import archive_release, build, release
from etl.release_archive import ArchiveError, archive_path, write_archive
from etl.released import released_database

pytestmark = pytest.mark.slow  # builds a database in most tests


def text_of(database):
    """The opportunity that these tests change."""
    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        return connection.execute("SELECT release_id, statement FROM opportunities, build_info").fetchone()


@pytest.fixture
def changed(inputs, data, link):
    """A release, and a published build of data that changed since."""
    release(inputs, "2026-11-30")
    edit(data, "opportunities", "Work on the reuse of water.", "Another text.")
    build(inputs, link)
    return inputs


def test_the_database_of_a_release_is_built_once_and_has_its_facts(changed, link, monkeypatch):
    """Several readers at once wait for one build; the published database stays as it is."""
    builds = []
    original = released.build
    monkeypatch.setattr(released, "build", lambda *args: builds.append(1) or original(*args))
    found = []
    (link.parent / "releases" / ".building-left").mkdir(parents=True)  # of a server that was killed
    threads = [
        threading.Thread(target=lambda: found.append(released_database(changed, link, "2026-11-30"))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (database,) = set(found)
    assert len(found) == 3 and len(builds) == 1
    assert text_of(database) == ("2026-11-30", "Work on the reuse of water.")
    assert text_of(link) == (None, "Another text.")
    assert {path.name for path in database.parent.iterdir()} <= {database.name, ".lock"}


def test_what_cannot_be_had_is_told_in_one_sentence(changed, data, link, monkeypatch):
    """No archive, a newer schema, other facts, a damaged file; each leaves nothing behind."""

    def reason(release_id="2026-11-30"):
        with pytest.raises(ArchiveError) as refused:
            released_database(changed, link, release_id)
        assert "\n" not in str(refused.value) and str(data) not in str(refused.value)
        return str(refused.value)

    assert reason("2026-11-01") == "The data of release 2026-11-01 are not kept here."
    write_archive(data, "2026-11-30", changed.schema_version + 1)
    assert f"this program reads up to version {changed.schema_version}" in reason()
    write_archive(data, "2026-11-30", changed.schema_version)  # those of today, not those of the release
    assert "are not those that it was written from" in reason()
    archive_path(data, "2026-11-30").rename(archive_path(data, "2026-11-29"))
    assert reason("2026-11-29") == "The kept data of release 2026-11-29 are those of release 2026-11-30."
    damaged = bytearray(archive_path(data, "2026-11-29").read_bytes())
    with zipfile.ZipFile(archive_path(data, "2026-11-29")) as archive:
        entry = archive.getinfo("opportunities.csv")
    damaged[entry.header_offset + 60] ^= 255  # the list of files and the manifest are whole
    for content in (bytes(damaged), b"no archive"):
        archive_path(data, "2026-11-30").write_bytes(content)
        assert reason() == "The kept data of release 2026-11-30 cannot be read."
    with zipfile.ZipFile(archive_path(data, "2026-11-30"), "w") as archive:
        archive.writestr("archive.json", "[]")
    assert reason() == "The kept data of release 2026-11-30 cannot be read."
    write_archive(data, "2026-11-30", changed.schema_version)
    monkeypatch.setattr(released, "build", lambda *_: duckdb.sql("SELECT x"))
    assert reason() == "The program of today cannot read the data of release 2026-11-30."
    assert list((link.parent / "releases").glob("*.duckdb")) == []


def test_only_so_many_databases_are_kept(tmp_path, monkeypatch):
    """Those that were built first go, and any other of the same release."""
    monkeypatch.setattr(released, "MAX_DATABASES", 2)
    for age, name in enumerate(("2026-11-30-b", "2026-11-28-a", "2026-11-27-a", "2026-11-30-a")):
        (tmp_path / f"{name}.duckdb").write_bytes(b"")
        os.utime(tmp_path / f"{name}.duckdb", (1000 - age, 1000 - age))
    released._remove_first_built(tmp_path, tmp_path / "2026-11-30-b.duckdb")
    assert {path.stem for path in tmp_path.iterdir()} == {"2026-11-30-b", "2026-11-28-a"}


def test_the_archive_holds_the_data_and_no_imports(inputs, data):
    (data / "imports").mkdir(exist_ok=True)
    (data / "imports" / "mine.parquet").write_bytes(b"mine")
    release(inputs, "2026-11-30")
    path = archive_path(data, "2026-11-30")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert archive.read("opportunities.csv") == (data / "opportunities.csv").read_bytes()
    assert "archive.json" in names and "lookups/terms.csv" in names
    assert not any(name.startswith(("imports", "releases", "build")) for name in names)
    before = path.read_bytes()
    write_archive(data, "2026-11-30", inputs.schema_version)
    assert path.read_bytes() == before
    # A release from before there were archives gets one, as long as its facts are there.
    with pytest.raises(EtlError, match="has an archive already"):
        archive_release(inputs)
    path.unlink()
    assert archive_release(inputs) == path and path.read_bytes() == before
    path.unlink()
    edit(data, "opportunities", "Work on the reuse of water.", "Two.")
    with pytest.raises(EtlError, match="not those of the newest release"):
        archive_release(inputs)

"""Publishing: one atomic swap, readers keep what they read, three builds stay, errors change nothing."""

import hashlib
import os
from pathlib import Path

import duckdb
import pytest
from etl_dataset import edit
from filelock import FileLock

from domain.database_file import open_database
from domain.published import published_file
from etl.errors import InputError, PublishError
from etl.first_build import is_ours
from etl.load import builds_of
from etl.pipeline import build
from warehouse.connection import cache_key

pytestmark = pytest.mark.slow  # builds a database in most tests

# Put together here, so that no file of the repository holds an address.
WITH_ADDRESS = "Write to someone" + "@" + "example.org about the reuse"


def _one(path, sql):
    with duckdb.connect(str(path.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchone()


def _state(folder):
    """Every file of a folder with its hash, every link with its target."""
    return {
        path.name: os.readlink(path) if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if not path.name.endswith(".lock")
    }


def test_a_build_publishes_a_link_to_a_file_beside_it(inputs, link):
    """The link is relative, the file carries the build id, and nothing else is left over."""
    summary = build(inputs, link)
    assert os.readlink(link) == summary.path.name
    assert summary.path.name.startswith(f"clusters-{summary.build_id[:12]}-")
    assert set(_state(link.parent)) == {"clusters.duckdb", summary.path.name}
    assert _one(link, "SELECT count(*) FROM projects") == (4,)


def test_the_build_id_is_the_hash_of_the_inputs(inputs, data, link):
    """The same inputs give the same id in any folder and at any time; a changed byte another one."""
    first = build(inputs, link)
    assert build(inputs, link).build_id == first.build_id
    assert _one(link, "SELECT build_id, release_id, schema_version FROM build_info") == (
        first.build_id,
        None,
        inputs.schema_version,
    )
    (hashes,) = _one(link, "SELECT source_hashes FROM build_info")
    assert '"data/lookups/countries.csv"' in hashes and '"etl/sql/10_schema.sql"' in hashes
    edit(data, "opportunities", "Work on the reuse", "Work on a reuse")
    assert build(inputs, link).build_id != first.build_id


def test_a_reader_keeps_the_old_build_open(inputs, data, link):
    """A connection made before the swap goes on reading what it read; a new one sees the new build."""
    build(inputs, link)
    reader = duckdb.connect(str(link.resolve()), read_only=True)
    edit(data, "opportunities", "Work on the reuse of water.", "Another statement.")
    build(inputs, link)
    statement = "SELECT statement FROM opportunities"
    assert reader.execute(statement).fetchone() == ("Work on the reuse of water.",)
    assert _one(link, statement) == ("Another statement.",)
    reader.close()


def test_the_last_three_builds_are_kept(inputs, data, link):
    """Older files go, the newest three stay, and a stranger's file is left alone."""
    link.parent.mkdir()
    stranger = link.parent / "clusters-notes.duckdb"
    stranger.write_text("mine")
    names = []
    for _ in range(4):
        names.append(build(inputs, link).path.name)
    assert [path.name for path in builds_of(link)] == names[:0:-1]
    assert stranger.read_text() == "mine"


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("projects", "2016-02-01", "2013-13-01"),  # found before anything is written
        ("opportunities", "Work on the reuse", WITH_ADDRESS),  # found by a check
    ],
)
def test_an_error_leaves_the_published_database_as_it_was(inputs, data, link, table, old, new):
    """Byte for byte, and no half-written file stays."""
    build(inputs, link)
    before = _state(link.parent)
    edit(data, table, old, new)
    with pytest.raises(InputError):
        build(inputs, link)
    assert _state(link.parent) == before


def test_a_first_build_that_fails_publishes_nothing(inputs, data, link):
    """No link, no file."""
    edit(data, "opportunities", "Work on the reuse", WITH_ADDRESS)
    with pytest.raises(InputError):
        build(inputs, link)
    assert _state(link.parent) == {}


def test_a_half_written_file_of_a_killed_build_is_removed(inputs, link):
    """The next build clears it away."""
    link.parent.mkdir()
    (link.parent / "clusters-0123456789ab-20260101T000000000000Z.unfinished").write_text("half")
    build(inputs, link)
    assert not list(link.parent.glob("*.unfinished*"))


def test_a_file_in_the_place_of_the_link_is_not_overwritten(inputs, link):
    """It may be somebody's own database."""
    link.parent.mkdir()
    link.write_text("mine")
    with pytest.raises(PublishError, match="not the link that a build creates"):
        build(inputs, link)
    assert link.read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_a_sentence(inputs, tmp_path):
    """Not a traceback: here a file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError, match="cannot be written"):
        build(inputs, tmp_path / "file" / "clusters.duckdb")


def test_one_build_at_a_time(inputs, link):
    """A second build reports that another one is running and changes nothing."""
    link.parent.mkdir()
    with FileLock(link.with_name(".clusters.lock")), pytest.raises(PublishError, match="Another build is writing"):
        build(inputs, link)
    build(inputs, link)


@pytest.fixture
def windows(monkeypatch):
    """A system like Windows: no links for users, and no replacing or removing of a file that somebody reads."""
    read: set[str] = set()

    def no_link(self, *_arguments, **_options):
        error = OSError("A required privilege is not held by the client")
        error.winerror = 1314
        raise error

    replace, unlink, refused = os.replace, Path.unlink, []

    def replace_once_it_is_free(source, target):
        if Path(target).name.endswith(".current") and len(refused) < 2:
            refused.append(target)
            error = PermissionError("in use")
            error.winerror = 32
            raise error
        replace(source, target)

    def unlink_unless_read(self, *arguments, **options):
        if self.name in read:
            raise PermissionError("in use")
        unlink(self, *arguments, **options)

    monkeypatch.setattr(Path, "symlink_to", no_link)
    monkeypatch.setattr(os, "replace", replace_once_it_is_free)
    monkeypatch.setattr(Path, "unlink", unlink_unless_read)
    return read


def test_publishing_without_links(inputs, data, link, windows):
    """As on Windows: readers find each new build, one that is read stays, and one that fails changes nothing."""
    first = build(inputs, link).path
    assert not link.exists() and link.with_name("clusters.duckdb.current").read_text() == first.name
    with open_database(link) as connection:
        assert connection.execute("SELECT count(*) FROM build_info").fetchone() == (1,)
    windows.add(first.name)
    keys = {cache_key(link)}
    for number in range(4):
        edit(data, "opportunities", "Work on the reuse", f"Work {number} on the reuse")
        newest = build(inputs, link).path
        edit(data, "opportunities", f"Work {number} on the reuse", "Work on the reuse")
        keys.add(cache_key(link))
    assert len(keys) == 5 and published_file(link) == newest
    assert first in builds_of(link) and len(builds_of(link)) == 4  # three, and the one that is read
    windows.clear()
    edit(data, "opportunities", "Work on the reuse", WITH_ADDRESS)
    with pytest.raises(InputError):
        build(inputs, link)
    assert published_file(link) == newest and is_ours(link)


def test_a_note_leads_to_no_other_folder(tmp_path):
    """It names a file beside it, whatever stands in it."""
    link = tmp_path / "clusters.duckdb"
    for text in ("../other.duckdb", "/etc/passwd", "", "."):
        link.with_name("clusters.duckdb.current").write_text(text)
        assert published_file(link) == link and cache_key(link) == (str(link), 0, 0)  # nothing is published


def test_names_with_marks_of_patterns_lose_no_build(inputs, tmp_path):
    """`[`, `*` and `?` are letters of a name like any other; links of killed builds go."""
    link = tmp_path / "out" / "clusters[1]*.duckdb"
    for _ in range(3):
        build(inputs, link)
    (link.parent / ".clusters[1]*-0123456789ab-20260101T000000000000Z.link").symlink_to("nothing")
    build(inputs, link)
    assert len(list(link.parent.glob("*.duckdb"))) == 4 and not list(link.parent.glob(".*.link"))

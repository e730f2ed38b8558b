"""Archives of releases: the data that a release was written from, so that its figures can be shown later.

data/releases/<release_id>.zip holds the CSV files, lookups, checks and shipped data sets, and archive.json, which names
the release and the version of the schema. Imports are the user's own and are left out. Like the file of the release an
archive is written once and never edited.
"""

import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from etl.errors import EtlError
from etl.files import replacing

FOLDER = "releases"
MANIFEST = "archive.json"
_PATTERNS = ("*.csv", "*.toml", "lookups/*.csv", "datasets/*/*")
# What reading a damaged archive raises.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # so that the same data give the same bytes


class ArchiveError(EtlError):
    """The figures of a release cannot be had; the message says why and is for readers of the page."""


@dataclass(frozen=True)
class Archive:
    """An archive: its file, the release, and the version of the schema that its data are in."""

    path: Path
    release_id: str
    schema_version: int

    def extract(self, data_dir: Path) -> None:
        """Write the data into a new folder. Raises ArchiveError where the archive is damaged."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                archive.extractall(data_dir, [name for name in archive.namelist() if name != MANIFEST])
        except _DAMAGE as error:
            raise _unreadable(self.release_id) from error


def archive_path(data_dir: Path, release_id: str) -> Path:
    """Where the archive of a release is kept."""
    return data_dir / FOLDER / f"{release_id}.zip"


def write_archive(data_dir: Path, release_id: str, schema_version: int) -> Path:
    """Keep the data of the folder as those of a release. Returns the archive."""
    path = archive_path(data_dir, release_id)
    manifest = json.dumps({"release_id": release_id, "schema_version": schema_version}) + "\n"
    files = {
        file.relative_to(data_dir).as_posix(): file
        for pattern in _PATTERNS
        for file in data_dir.glob(pattern)
        if file.is_file()
    }
    with replacing(path) as unfinished, zipfile.ZipFile(unfinished, "w") as archive:
        for name, content in [(MANIFEST, manifest.encode()), *((n, files[n].read_bytes()) for n in sorted(files))]:
            entry = zipfile.ZipInfo(name, date_time=_NO_TIME)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compress_type=zipfile.ZIP_DEFLATED, compresslevel=9)
    return path


def read_archive(data_dir: Path, release_id: str) -> Archive:
    """The archive of a release. Raises ArchiveError when there is none or it cannot be read."""
    path = archive_path(data_dir, release_id)
    if not path.is_file():
        raise ArchiveError(f"The data of release {release_id} are not kept here.")
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
        found = Archive(path, str(manifest["release_id"]), int(manifest["schema_version"]))
    except (*_DAMAGE, OSError, KeyError, TypeError, ValueError) as error:
        raise _unreadable(release_id) from error
    if found.release_id != release_id:  # a file under the name of another release
        raise ArchiveError(f"The kept data of release {release_id} are those of release {found.release_id}.")
    return found


def _unreadable(release_id: str) -> ArchiveError:
    return ArchiveError(f"The kept data of release {release_id} cannot be read.")

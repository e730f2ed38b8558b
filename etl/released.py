"""Databases of earlier releases, made when somebody asks for them: copied from a lake, or built from their archives."""

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from etl.errors import EtlError, PublishError
from etl.files import exclusive_lock, file_hash
from etl.lake.attach import Lake, attached
from etl.lake.snapshots import newest, write_copy
from etl.pipeline import Inputs, build, no_report
from etl.release_archive import FOLDER, Archive, ArchiveError, read_archive
from etl.schema import DERIVED_SQL, SCHEMA_SQL
from settings import Settings

log = logging.getLogger(__name__)

MAX_DATABASES = 8  # kept at a time; of more, those that were built first are removed
_UNFINISHED = ".building-"  # begins the name of the folder of a build
MAX_WAIT_SECONDS = 180.0  # a build takes less than a minute


def database_or_reason(settings: Settings, release_id: str, report: Callable[[str], None]) -> Path | str:
    """The database of a release of the project's data, or a sentence that says why there is none."""
    if settings.lake and (kept := _from_lake(settings, release_id)):
        return kept
    inputs = Inputs(settings.data_dir, "data", settings.static_dir, settings.schema_version)
    try:
        return released_database(inputs, settings.database, release_id, report)
    except ArchiveError as problem:
        return str(problem)


def _from_lake(settings: Settings, release_id: str) -> Path | None:
    """The newest build of a release in the lake, copied beside the published one; None where there is none to be had.

    Then the archive of the release may still help.
    """
    try:
        with attached(Lake.of(settings)) as connection:
            snapshot = newest(connection, settings.schema_version, release_id)
            if snapshot is None:
                return None

            def copy(path: Path) -> None:
                with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=path.parent) as scratch:
                    write_copy(connection, snapshot, Path(scratch) / path.name)
                    os.replace(Path(scratch) / path.name, path)

            path = settings.database.parent / FOLDER / f"{release_id}-snapshot{snapshot.number}.duckdb"
            _make_once(path, copy)
            return path
    except (EtlError, OSError):
        log.warning("the lake has not given the release %s", release_id, exc_info=True)
        return None


def released_database(inputs: Inputs, link: Path, release_id: str, report: Callable[[str], None] = no_report) -> Path:
    """The database of a release, beside the published one behind ``link``; built from its archive unless it is there.

    Of several processes or threads that ask at once, one builds and the others wait. ``report`` is called with the name
    of each step. Raises ArchiveError when the figures of the release cannot be had.
    """
    archive = read_archive(inputs.data_dir, release_id)
    # Data of an older version are tried: most changes of the schema leave the files of the data as they are.
    if archive.schema_version > inputs.schema_version:
        raise ArchiveError(
            f"The data of release {release_id} are in version {archive.schema_version} of the schema; this program "
            f"reads up to version {inputs.schema_version}."
        )
    path = link.parent / FOLDER / f"{release_id}-{_fingerprint(archive, inputs)}.duckdb"
    try:
        _make_once(path, lambda new: _build(archive, inputs, new, report))
    except ArchiveError:
        raise
    except (EtlError, OSError, duckdb.Error) as error:  # the SQL of today may not fit data of then
        log.exception("the database of release %s could not be built", release_id)
        raise ArchiveError(f"The program of today cannot read the data of release {release_id}.") from error
    return path


def _make_once(path: Path, make: Callable[[Path], None]) -> None:
    """Have the file of a release made by ``make`` unless it is there, and remove others. Raises PublishError."""
    folder = path.parent
    folder.mkdir(parents=True, exist_ok=True)
    busy = PublishError("another process has been preparing a database of a release for minutes")
    with exclusive_lock(folder / ".lock", busy, MAX_WAIT_SECONDS):
        if not path.exists():
            for left in folder.glob(f"{_UNFINISHED}*"):  # by a server that ended meanwhile: the lock is ours
                shutil.rmtree(left, ignore_errors=True)
            make(path)
            _remove_first_built(folder, path)


def _fingerprint(archive: Archive, inputs: Inputs) -> str:
    """Twelve digits that change with the archive, the files of releases and the SQL of the program."""
    files = [archive.path, *_releases_until(inputs.data_dir, archive.release_id), SCHEMA_SQL, *DERIVED_SQL]
    return hashlib.sha256("\n".join(map(file_hash, files)).encode()).hexdigest()[:12]


def _releases_until(data_dir: Path, release_id: str) -> list[Path]:
    """The files of the release and of those before it, which its build compares."""
    return sorted(path for path in (data_dir / FOLDER).glob("*.csv") if path.stem <= release_id)


def _build(archive: Archive, inputs: Inputs, path: Path, report: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=path.parent) as scratch:
        data_dir = Path(scratch) / "data"
        archive.extract(data_dir)
        (data_dir / FOLDER).mkdir()
        for file in _releases_until(inputs.data_dir, archive.release_id):
            (data_dir / FOLDER / file.name).write_bytes(file.read_bytes())
        its_own = Inputs(
            data_dir,
            f"{inputs.display_path}/{FOLDER}/{archive.path.name}",
            inputs.static_dir,
            inputs.schema_version,
            is_archived=True,
        )
        summary = build(its_own, Path(scratch) / "build" / "clusters.duckdb", report)
        if summary.release_id != archive.release_id or summary.path is None:
            raise ArchiveError(f"The kept data of release {archive.release_id} are not those that it was written from.")
        _verify_figures(summary.path, archive.release_id)
        os.replace(summary.path, path)


def _verify_figures(database: Path, release_id: str) -> None:
    """Raise ArchiveError where the program of today counts a headline figure otherwise than the release did."""
    with duckdb.connect(str(database), read_only=True) as connection:
        changed = connection.execute(
            "SELECT figure FROM release_figures WHERE release_id = ? AND value IS DISTINCT FROM value_now", [release_id]
        ).fetchall()
    if changed:
        raise ArchiveError(
            f"The program of today counts the data of release {release_id} otherwise than it was published "
            f"({len(changed)} of its headline figures)."
        )


def _remove_first_built(folder: Path, newest: Path) -> None:
    """Remove databases of the same release that are out of date, and the first ones of more than MAX_DATABASES."""
    others = sorted((one for one in folder.glob("*.duckdb") if one != newest), key=lambda one: one.stat().st_mtime)
    release = newest.stem.rsplit("-", 1)[0]
    stale = [one for one in others if one.stem.rsplit("-", 1)[0] == release]
    kept = [one for one in others if one not in stale]
    for old in [*stale, *kept[: max(0, len(kept) + 1 - MAX_DATABASES)]]:
        try:
            old.unlink()
        except OSError:  # Windows keeps a file that somebody reads; the next build tries again
            log.warning("%s is in use and was not removed", old.name)

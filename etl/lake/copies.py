"""Copies of builds of a lake on this machine: files that readers read as they read those of a build made here."""

from datetime import UTC
from functools import partial
from pathlib import Path

from domain.published import published_file
from etl.database import Connection
from etl.lake.attach import Lake, LakeError, attached
from etl.lake.snapshots import Snapshot, add_build, newest, write_copy
from etl.load import HandOver, new_version, only_writer, version_of
from settings import Settings

# How long to wait while another process of this machine builds or copies.
MAX_WAIT_SECONDS = 180.0


def hand_over(settings: Settings) -> HandOver | None:
    """To give each build to the lake of the settings; None where they name none. Raises LakeError for a wrong address.

    A database that is published for the lake is published on this machine as well, under the link of its copies.
    """
    return HandOver(partial(add_build, Lake.of(settings)), MAX_WAIT_SECONDS) if settings.lake else None


def fetch(settings: Settings) -> Path:
    """Copy the newest build of the lake, unless it is here; returns its file. Raises PublishError."""
    with attached(Lake.of(settings)) as connection:
        return fetch_newest(connection, settings.database, settings.schema_version)


def fetch_newest(connection: Connection, link: Path, schema_version: int) -> Path:
    """Publish the newest build of the attached lake under ``link``, unless it is; returns its file.

    Builds of another version of the schema are passed over. Raises PublishError.
    """
    snapshot = _newest(connection, schema_version)
    if not _is_published(link, snapshot):
        with only_writer(link, MAX_WAIT_SECONDS):
            snapshot = _newest(connection, schema_version)
            if not _is_published(link, snapshot):  # another process may have copied it meanwhile
                with new_version(link, snapshot.build_id, snapshot.built_at.replace(tzinfo=UTC)) as file:
                    write_copy(connection, snapshot, file)
    return _version(link, snapshot)


def _newest(connection: Connection, schema_version: int) -> Snapshot:
    snapshot = newest(connection, schema_version)
    if snapshot is None:
        raise LakeError(
            f"The lake has no build of version {schema_version} of the schema, which this program reads. "
            "`python -m etl build` of the same program adds one."
        )
    return snapshot


def _version(link: Path, snapshot: Snapshot) -> Path:
    return version_of(link, snapshot.build_id, snapshot.built_at.replace(tzinfo=UTC))


def _is_published(link: Path, snapshot: Snapshot) -> bool:
    file = published_file(link)
    return file.name == _version(link, snapshot).name and file.exists()

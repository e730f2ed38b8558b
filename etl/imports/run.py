"""The steps of an import that all formats share, from the request to the manifest."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.constraint_messages import SLUG
from etl.errors import EtlError
from etl.files import file_hash
from etl.imports.lookups import Lookups, read_lookups
from etl.imports.manifest import Manifest, publish, working_folder
from etl.imports.rejects import RejectLog
from etl.imports.staging import connect

STEPS = ("inspecting the file", "reading", "checking", "writing", "publishing")


@dataclass(frozen=True)
class ImportRequest:
    """What the user asked for. file: the input; display_path: its path as typed; name: name of the import."""

    file: Path
    display_path: str
    name: str
    title: str
    publisher: str
    url: str | None
    origin: str
    licence: str


@dataclass(frozen=True)
class ImportContext:
    """What a reader of a format works with.

    folder: for temporary files, removed afterwards. connection: an empty database in memory. report: called with
    the name of each step.
    """

    request: ImportRequest
    folder: Path
    data_dir: Path
    connection: duckdb.DuckDBPyConnection
    lookups: Lookups
    report: Callable[[str], None]


@dataclass(frozen=True)
class ImportResult:
    """What a reader of a format produced.

    files: suffix of the name, such as .parquet -> finished file. columns: input file -> its columns.
    """

    files: dict[str, Path]
    input_sha256: str
    rows_read: int
    rows_imported: int
    columns: dict[str, list[str]]
    reject_log: RejectLog = field(default_factory=RejectLog)


@dataclass(frozen=True)
class ImportFormat:
    """A kind of input. reliability: value for its row in sources. read: raises InputError."""

    name: str
    reliability: str
    read: Callable[[ImportContext], ImportResult]


@dataclass(frozen=True)
class ImportSummary:
    """Result of an import; seconds: duration."""

    manifest: Manifest
    reject_log: RejectLog
    seconds: float


def run_import(
    request: ImportRequest, kind: ImportFormat, data_dir: Path, report: Callable[[str], None] | None = None
) -> ImportSummary:
    """Read, check and publish an import. Raises InputError or EtlError; then an earlier import is unchanged."""
    began = time.monotonic()
    on_step = report or _no_report
    if not re.fullmatch(SLUG, request.name):
        raise EtlError(f"'{request.name}' is not a name. Write lower-case letters and digits joined by single hyphens.")
    lookups = read_lookups(data_dir)
    with working_folder(data_dir) as folder:
        on_step(STEPS[0])
        with connect(folder) as connection:
            try:
                result = kind.read(ImportContext(request, folder, data_dir, connection, lookups, on_step))
            except duckdb.OutOfMemoryException as error:
                raise EtlError(
                    f"The import needs more memory or disk space than it may use: {str(error).splitlines()[0]}"
                ) from error
        on_step(STEPS[4])
        manifest, made = _finished(request, kind, result, folder)
        publish(data_dir, manifest, made)
    return ImportSummary(manifest, result.reject_log, time.monotonic() - began)


def _no_report(_step: str) -> None:
    pass


def _finished(
    request: ImportRequest, kind: ImportFormat, result: ImportResult, folder: Path
) -> tuple[Manifest, dict[str, Path]]:
    made = {f"{request.name}{ending}": path for ending, path in result.files.items()}
    files = {name: file_hash(path) for name, path in made.items()}
    if result.reject_log.rejections:
        listed = folder / "rejected.csv"
        result.reject_log.write(listed)
        made[f"{request.name}.rejected.csv"] = listed
    manifest = Manifest(
        name=request.name,
        format=kind.name,
        title=request.title,
        publisher=request.publisher,
        url=request.url,
        origin=request.origin,
        licence=request.licence,
        reliability=kind.reliability,
        input_file=request.file.name,
        input_sha256=result.input_sha256,
        imported_on=datetime.now(UTC).date(),
        rows_read=result.rows_read,
        rows_imported=result.rows_imported,
        rows_rejected=result.reject_log.rows,
        rejected=result.reject_log.counts(),
        columns=result.columns,
        files=files,
    )
    return manifest, made

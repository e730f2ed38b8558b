"""The steps of an import that all formats share, from the request to the manifest."""

import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from etl.constraint_messages import SLUG
from etl.errors import EtlError, shorten
from etl.files import file_hash
from etl.imports.lookups import Lookups, read_lookups
from etl.imports.manifest import Manifest, existing_import, publish, validate_replacement, working_folder
from etl.imports.preview import Preview, preview_of
from etl.imports.rejects import RejectLog
from etl.imports.staging import connect
from etl.imports.text_input import AS_THE_FILE_SAYS, Reading

MAX_NAME_CHARS = 60
BY_THE_USER = "download by the user"  # the origin of a file that has only one
# Options of a command that not every format has.
OWN_OPTIONS = ("--url", "--decimal", "--header-line", "--sheet")
STEPS = ("inspecting the file", "reading", "checking", "writing", "publishing")


@dataclass(frozen=True)
class ImportRequest:
    """What the user asked for.

    file: the input; display_path: its path as typed; name: name of the import; reading: how to read the file; replace:
    whether it may take the place of an import of this name.
    """

    file: Path
    display_path: str
    name: str
    title: str
    publisher: str
    url: str | None
    origin: str
    licence: str
    reading: Reading = AS_THE_FILE_SAYS
    replace: bool = False


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
class ImportSource:
    """What the row of an import in sources says; origin: where the file is from."""

    title: str
    publisher: str
    url: str | None
    origin: str


@dataclass(frozen=True, kw_only=True)
class ImportFormat:
    """A kind of input, listed in etl.imports.formats.

    name: of its command and in manifests. help: text of the command; argument: its name there, and what to give.
    options: those of OWN_OPTIONS that apply. source: from the file, and the origin and URL that the user named, if any.
    reliability: value for its row in sources. fills: the tables that its rows go to. read: raises InputError.
    """

    name: str
    help: str
    source: Callable[[Path, str | None, str | None], ImportSource]
    reliability: str
    fills: Literal["statistics", "projects"]
    read: Callable[[ImportContext], ImportResult]
    argument: tuple[str, str] = ("FILE", "The file as it was downloaded.")
    options: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ImportSummary:
    """Result of an import or of a check.

    replaces: the import whose place it takes or would take; preview: what of it there is to see; seconds: duration.
    """

    manifest: Manifest
    reject_log: RejectLog
    replaces: Manifest | None
    preview: Preview
    seconds: float


def run_import(
    request: ImportRequest, kind: ImportFormat, data_dir: Path, report: Callable[[str], None] | None = None
) -> ImportSummary:
    """Read, check and publish an import. Raises InputError or EtlError; then an earlier import is unchanged."""
    began = time.monotonic()
    existing = existing_import(data_dir, request.name)
    if request.file.is_file():
        _validate_replacement(existing, request, file_hash(request.file))
    with working_folder(data_dir) as folder:
        result, preview = _read(request, kind, data_dir, folder, report)
        _validate_replacement(existing, request, result.input_sha256)
        manifest, made = _finished(request, kind, result, folder)
        publish(data_dir, manifest, made)
    return ImportSummary(manifest, result.reject_log, existing, preview, time.monotonic() - began)


def check_import(
    request: ImportRequest, kind: ImportFormat, data_dir: Path, report: Callable[[str], None] | None = None
) -> ImportSummary:
    """Do all that run_import does in a temporary folder, and write nothing. Raises InputError or EtlError."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="clusters-check-") as name:
        folder = Path(name)
        result, preview = _read(request, kind, data_dir, folder, report)
        manifest, _ = _finished(request, kind, result, folder)
    existing = existing_import(data_dir, request.name)
    return ImportSummary(manifest, result.reject_log, existing, preview, time.monotonic() - began)


def _read(
    request: ImportRequest,
    kind: ImportFormat,
    data_dir: Path,
    folder: Path,
    report: Callable[[str], None] | None,
) -> tuple[ImportResult, Preview]:
    on_step = report or _no_report
    if not re.fullmatch(SLUG, request.name) or len(request.name) > MAX_NAME_CHARS:
        raise EtlError(
            f"'{shorten(request.name)}' is not a name. Write up to {MAX_NAME_CHARS} lower-case letters and digits "
            "joined by single hyphens."
        )
    lookups = read_lookups(data_dir)
    on_step(STEPS[0])
    with connect(folder) as connection:
        try:
            result = kind.read(ImportContext(request, folder, data_dir, connection, lookups, on_step))
        except duckdb.OutOfMemoryException as error:
            raise EtlError(
                f"The import needs more memory or disk space than it may use: {str(error).splitlines()[0]}"
            ) from error
        except OSError as error:
            raise EtlError(f"{request.display_path} cannot be read: {error.strerror or error}.") from error
        on_step(STEPS[4])
        return result, preview_of(connection, kind.fills, result.files[".parquet"], lookups.industry_names)


def _validate_replacement(existing: Manifest | None, request: ImportRequest, sha256: str) -> None:
    validate_replacement(existing, request.name, request.file.name, sha256, request.replace)


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

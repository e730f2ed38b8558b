"""An import from request to card: the steps that all formats share."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.constraint_messages import SLUG
from etl.errors import EtlError
from etl.imports.lookups import Lookups, read_lookups
from etl.imports.manifest import Card, file_hash, put_in_place, working_folder
from etl.imports.rejects import Ledger
from etl.imports.staging import connect

STEPS = ("looking at the file", "reading", "checking", "writing", "putting in place")


@dataclass(frozen=True)
class Request:
    """What the user asked for. file: the input; shown: its path as typed; name: what to call the import."""

    file: Path
    shown: str
    name: str
    title: str
    publisher: str
    url: str | None
    origin: str
    licence: str


@dataclass(frozen=True)
class Work:
    """What an importer works with: a folder that is removed afterwards, a database in memory, the lookups."""

    request: Request
    folder: Path
    data_dir: Path
    connection: duckdb.DuckDBPyConnection
    lookups: Lookups
    report: Callable[[str], None]


@dataclass(frozen=True)
class Result:
    """What an importer made. files: ending of the name (such as .parquet) to the finished file."""

    files: dict[str, Path]
    input_sha256: str
    rows_read: int
    rows_imported: int
    columns: dict[str, list[str]]
    ledger: Ledger = field(default_factory=Ledger)


@dataclass(frozen=True)
class Format:
    """A kind of input. reliability: that of its row in sources."""

    name: str
    reliability: str
    read: Callable[[Work], Result]


@dataclass(frozen=True)
class Summary:
    """What an import did."""

    card: Card
    ledger: Ledger
    seconds: float


def run_import(
    request: Request, kind: Format, data_dir: Path, report: Callable[[str], None] = lambda step: None
) -> Summary:
    """Read, check and put in place. Raises InputError or EtlError; then an earlier import stays as it was."""
    began = time.monotonic()
    if not re.fullmatch(SLUG, request.name):
        raise EtlError(f"'{request.name}' is not a name. Write lower-case letters and digits joined by single hyphens.")
    lookups = read_lookups(data_dir)
    with working_folder(data_dir) as folder:
        report(STEPS[0])
        with connect(folder) as connection:
            try:
                result = kind.read(Work(request, folder, data_dir, connection, lookups, report))
            except duckdb.OutOfMemoryException as error:
                raise EtlError(
                    f"The import needs more memory or disk than it may take: {str(error).splitlines()[0]}"
                ) from error
        report(STEPS[4])
        card, made = _finished(request, kind, result, folder)
        put_in_place(data_dir, card, made)
    return Summary(card, result.ledger, time.monotonic() - began)


def _finished(request: Request, kind: Format, result: Result, folder: Path) -> tuple[Card, dict[str, Path]]:
    made = {f"{request.name}{ending}": path for ending, path in result.files.items()}
    files = {name: file_hash(path) for name, path in made.items()}
    if result.ledger.faults:
        listed = folder / "set_aside.csv"
        result.ledger.write(listed)
        made[f"{request.name}.set_aside.csv"] = listed
    card = Card(
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
        rows_set_aside=result.ledger.rows,
        set_aside=result.ledger.counts(),
        columns=result.columns,
        files=files,
    )
    return card, made
